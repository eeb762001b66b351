// Keys, after interface.md's keyboard. Plain letters do nothing while somebody types.
import type { MenuId } from "./platform";

/** Whatever a key or the menu can ask for. */
export type Act =
  | MenuId
  | "zoom-forth"
  | "undo"
  | "redo"
  | "next"
  | "previous"
  | "pan"
  | "identify"
  | "distance"
  | "area"
  | "leave";

const WITH_CTRL: Record<string, Act> = {
  o: "open-workspace",
  i: "import-project",
  enter: "check",
  p: "publish",
  s: "save-review",
  e: "export",
  f: "find",
  z: "undo",
  y: "redo",
};
const WITH_ALT: Record<string, Act> = { arrowleft: "zoom-back", arrowright: "zoom-forth" };
const PLAIN: Record<string, Act> = {
  f: "fly-to-selection",
  home: "zoom-city",
  " ": "pan",
  i: "identify",
  d: "distance",
  a: "area",
  arrowdown: "next",
  arrowup: "previous",
  "?": "shortcuts",
  f11: "full-screen",
  escape: "leave",
};

/** Keys that a field has a use of its own for. */
const OWN: readonly (Act | undefined)[] = ["undo", "redo"];

/** What a key asks for; null: nothing, or it belongs to what has the focus. */
export function shortcut(event: KeyboardEvent): Act | null {
  const key = event.key.toLowerCase();
  const focused = event.target instanceof HTMLElement ? event.target : null;
  const kind = focused instanceof HTMLInputElement ? focused.type : "";
  const pressed = kind === "checkbox" || kind === "radio" || kind === "range";
  const typing =
    !pressed && focused !== null && (/^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName) || focused.isContentEditable);
  if (event.ctrlKey || event.metaKey) {
    const act = key === "z" && event.shiftKey ? "redo" : WITH_CTRL[key];
    return act === undefined || (typing && OWN.includes(act)) ? null : act;
  }
  if (event.altKey) return WITH_ALT[key] ?? null;
  if (typing) return key === "escape" || key === "f11" ? (PLAIN[key] ?? null) : null;
  // the space bar presses the button that has the focus, arrows move the slider
  if (key === " " && (pressed || focused?.tagName === "BUTTON" || focused?.tagName === "SUMMARY")) return null;
  if (pressed && (key.startsWith("arrow") || key === "home")) return null;
  return PLAIN[key] ?? null;
}
