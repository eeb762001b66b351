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

/** What a key asks for; null: nothing, or it belongs to what has the focus. */
export function shortcut(event: KeyboardEvent): Act | null {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return key === "z" && event.shiftKey ? "redo" : (WITH_CTRL[key] ?? null);
  if (event.altKey) return WITH_ALT[key] ?? null;
  const focused = event.target instanceof HTMLElement ? event.target : null;
  const typing = focused !== null && (/^(INPUT|TEXTAREA|SELECT)$/.test(focused.tagName) || focused.isContentEditable);
  if (typing) return key === "escape" ? "leave" : null;
  // the space bar presses the button that has the focus
  if (key === " " && focused?.tagName === "BUTTON") return null;
  return PLAIN[key] ?? null;
}
