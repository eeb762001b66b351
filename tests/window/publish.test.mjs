// Publishing in the built window: the sheet of a review is looked at and written through the desktop's own
// dialog; its report is laid out by the command beside the window.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { WINDOW, apart, artefacts, city, until } from "../front/program.mjs";
import { saveAs } from "./dialog.mjs";
import { start } from "./driver.mjs";

const { workspace, project } = city();
const { env, folder } = apart();
const kept = artefacts("window");

let window;
before(async () => {
  window = await start(WINDOW, [workspace, project("01-tier2-two-uses.txt")], env);
  await until(() => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`), "the outcome");
});
after(() => window?.close());

async function press(name) {
  const [button] = await until(async () => {
    const found = await window.all(name);
    return found.length > 0 && found;
  }, name);
  await window.click(button);
}

/** Where the dialog is told to write, and the file's first bytes. */
async function saved(name) {
  const path = join(folder, name);
  await saveAs(path, 240_000);
  return readFileSync(path).subarray(0, 4).toString("latin1");
}

test("a review's sheet is looked at, and written with its report where the desktop's dialog says", async () => {
  // Ctrl+P
  const keys = ["\uE009", "p"];
  const [down, up] = ["keyDown", "keyUp"].map((type) => keys.map((value) => ({ type, value })));
  await window.act({ type: "key", id: "keys", actions: [...down, ...up.toReversed()] });
  const drawn = () =>
    window.run(`return document.querySelector('[data-testid="preview-picture"]')?.naturalWidth > 100`);
  await until(drawn, "the sheet's picture", 240_000);
  // decoded, and the map where the frame is
  await new Promise((later) => setTimeout(later, 3000));
  writeFileSync(join(kept, "publish.png"), await window.screenshot());
  await press("export-sheet");
  assert.equal(await saved("sheet.pdf"), "%PDF");
  await press("report-docx");
  assert.equal((await saved("report.docx")).slice(0, 2), "PK");
});
