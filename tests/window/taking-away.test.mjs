// What leaves the built window: the table and the map's picture on the clipboard, a file through the
// desktop's own dialog. The screen is asked, not the page: what another program would be given.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { WINDOW, apart, city, until } from "../front/program.mjs";
import { saveAs } from "./dialog.mjs";
import { start } from "./driver.mjs";

const { workspace, project } = city();
const { env, folder } = apart();
const outcome = () => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`);

let window;
before(async () => {
  window = await start(WINDOW, [workspace, project("01-tier2-two-uses.txt")], env);
  await until(outcome, "the outcome");
  await until(() => window.run(`return document.querySelector('[data-testid="map"]')?.dataset.drawn === "true"`), "the map");
});
after(() => window?.close());

/** What the clipboard holds of a kind. */
function clipboard(kind) {
  try {
    return execFileSync("xclip", ["-o", "-selection", "clipboard", "-t", kind], {
      maxBuffer: 64 << 20,
      timeout: 10_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return Buffer.alloc(0);
  }
}

async function press(name) {
  const [button] = await until(async () => {
    const found = await window.all(name);
    return found.length > 0 && found;
  }, name);
  await window.click(button);
}

test("the table is on the clipboard with borders for documents and with tabs for sheets", async () => {
  await press("copy-table");
  const html = await until(() => clipboard("text/html").toString() || null, "a table on the clipboard", 15_000);
  assert.match(html, /<table/);
  assert.match(html, /border: 1px solid/);
  assert.match(html, /65 ?321\.68|65321\.68/);
  assert.match(clipboard("text/plain").toString(), /\t/);
});

test("the map's picture is on the clipboard as a PNG", async () => {
  await press("copy-picture");
  const png = await until(() => {
    const bytes = clipboard("image/png");
    return bytes.length > 10_000 && bytes;
  }, "a picture on the clipboard", 15_000);
  assert.equal(png.subarray(1, 4).toString(), "PNG");
});

test("a spreadsheet is written where the desktop's dialog says", async () => {
  const path = join(folder, "taken.xlsx");
  await press("save-xlsx");
  await saveAs(path);
  assert.equal(readFileSync(path).subarray(0, 2).toString(), "PK");
});
