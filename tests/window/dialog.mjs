// The desktop's own dialogs, driven as a person's keyboard would.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { until } from "../front/program.mjs";

/** Says the save dialog that is open where to write, and waits for the file. */
export async function saveAs(path, patience = 15_000) {
  const dialog = await until(() => {
    try {
      return execFileSync("xdotool", ["search", "--onlyvisible", "--name", "^Save File$"]).toString().trim();
    } catch {
      return null;
    }
  }, "the dialog", 15_000);
  // no window manager hands out the keyboard; a path that begins with a slash is taken whole
  execFileSync("xdotool", ["windowfocus", "--sync", dialog, "mousemove", "400", "26", "click", "1"]);
  execFileSync("xdotool", ["key", "ctrl+a"]);
  execFileSync("xdotool", ["type", "--delay", "20", path]);
  execFileSync("xdotool", ["key", "Return"]);
  await until(() => existsSync(path), `the written file ${path}`, patience);
}
