// The keyboard of interface.md.
import { expect, test } from "vitest";
import { shortcut } from "./keys";

const press = (key: string, more: KeyboardEventInit = {}, on: HTMLElement = document.body): string | null => {
  let told: string | null = null;
  const listen = (event: Event): void => void (told = shortcut(event as KeyboardEvent));
  on.addEventListener("keydown", listen);
  on.dispatchEvent(new KeyboardEvent("keydown", { key, ...more }));
  on.removeEventListener("keydown", listen);
  return told;
};

test("every key of the interface does its work", () => {
  const ctrl = { ctrlKey: true };
  expect(press("o", ctrl)).toBe("open-workspace");
  expect(press("i", ctrl)).toBe("import-project");
  expect(press("Enter", ctrl)).toBe("check");
  expect(press("p", ctrl)).toBe("publish");
  expect(press("z", ctrl)).toBe("undo");
  expect(press("Z", { ...ctrl, shiftKey: true })).toBe("redo");
  expect(press("f", ctrl)).toBe("find");
  expect(press("f")).toBe("fly-to-selection");
  expect(press(" ")).toBe("pan");
  expect(press("Escape")).toBe("leave");
  expect(press("ArrowDown")).toBe("next");
  expect(press("?", { shiftKey: true })).toBe("shortcuts");
  expect(press("ArrowLeft", { altKey: true })).toBe("zoom-back");
});

test("letters typed into a field are letters; Ctrl and Esc still work there", () => {
  const field = document.createElement("input");
  expect(press("f", {}, field)).toBeNull();
  expect(press("?", {}, field)).toBeNull();
  expect(press("ArrowDown", {}, field)).toBeNull();
  expect(press("f", { ctrlKey: true }, field)).toBe("find");
  expect(press("Escape", {}, field)).toBe("leave");
});

test("the space bar presses the button that has the focus", () => {
  expect(press(" ", {}, document.createElement("button"))).toBeNull();
});

test("Ctrl+Z in a field takes back what was typed there, not a decision", () => {
  expect(press("z", { ctrlKey: true }, document.createElement("input"))).toBeNull();
});

test("a tick box is pressed by the space bar and lets every other key through; a slider keeps its arrows", () => {
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  expect(press(" ", {}, box)).toBeNull();
  expect(press("z", { ctrlKey: true }, box)).toBe("undo");
  expect(press("f", {}, box)).toBe("fly-to-selection");
  const slider = Object.assign(document.createElement("input"), { type: "range" });
  expect(press("ArrowUp", {}, slider)).toBeNull();
});
