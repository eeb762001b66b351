// Finding a place by keys alone.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SearchHit } from "../engine/wire";
import { memory } from "../platform/memory";
import { mapped } from "../state/mapped.svelte";
import { settings } from "../state/settings.svelte";
import Search from "./Search.svelte";

vi.mock("../platform", async () => ({ platform: (await import("../platform/memory")).memory }));

const hit = (title: string, kind = "zone"): SearchHit => ({
  kind,
  title,
  detail: { zh: "生态保护红线", en: "Red line" },
  at: [113.5, 23.5],
  bounds: [113, 23, 114, 24],
  place: null,
  zone: null,
});
const map = { flyTo: vi.fn(), setData: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  settings.begin({ lang: "zh" }, async () => {});
  mapped.map = map as never;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.clearAllMocks();
  memory.reset();
  mapped.map = null;
});

const box = (): HTMLElement => screen.getByRole("combobox");
const type = async (text: string): Promise<void> => {
  await fireEvent.input(box(), { target: { value: text } });
  await vi.advanceTimersByTimeAsync(300);
};

test("arrows choose, Enter goes there", async () => {
  memory.answers.search = () => [hit("白云山"), hit("帽峰山")];
  render(Search);
  await type("山");
  await fireEvent.keyDown(box(), { key: "ArrowDown" });
  expect(screen.getAllByRole("option")[1]?.getAttribute("aria-selected")).toBe("true");
  expect(box().getAttribute("aria-activedescendant")).toBe("found-1");
  await fireEvent.keyDown(box(), { key: "Enter" });
  expect(map.flyTo).toHaveBeenCalledOnce();
  expect(screen.queryByRole("listbox")).toBeNull();
});

test("typing on asks once, when the person pauses", async () => {
  memory.answers.search = () => [];
  render(Search);
  for (const text of ["白", "白云", "白云山"]) await fireEvent.input(box(), { target: { value: text } });
  await vi.advanceTimersByTimeAsync(300);
  expect(memory.requests("search").map(({ text }) => text)).toEqual(["白云山"]);
});

test("Enter does not wait for the pause", async () => {
  memory.answers.search = () => [hit("白云山")];
  render(Search);
  await fireEvent.input(box(), { target: { value: "白云" } });
  await fireEvent.keyDown(box(), { key: "Enter" });
  await vi.advanceTimersByTimeAsync(0);
  expect(map.flyTo).toHaveBeenCalledOnce();
});

test("nothing found says what can be searched", async () => {
  memory.answers.search = () => [];
  render(Search);
  await type("不存在");
  expect(screen.getByRole("listbox").textContent).toContain("没有找到“不存在”");
});

test("a name that looks like markup stays text", async () => {
  memory.answers.search = () => [hit('<img src=x onerror="alert(1)">')];
  render(Search);
  await type("x");
  expect(screen.getByRole("option").textContent).toContain("<img src=x");
  expect(document.querySelector("#found img")).toBeNull();
});

test("Esc empties the box and takes the mark from the map", async () => {
  memory.answers.search = () => [hit("白云山")];
  render(Search);
  await type("白云");
  await fireEvent.keyDown(box(), { key: "Escape" });
  expect((box() as HTMLInputElement).value).toBe("");
  expect(map.setData).toHaveBeenLastCalledWith("found", { type: "FeatureCollection", features: [] });
});
