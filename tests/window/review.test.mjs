// The built window on a screen that is not there: a reviewer opens a city with a project file, reads
// the outcome and goes to an overlap on the map.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { colours, share } from "../front/map.mjs";
import { picture } from "../front/png.mjs";
import { WINDOW, apart, artefacts, city, until } from "../front/program.mjs";
import { start } from "./driver.mjs";

const kept = artefacts("window");
const box = (window, id) =>
  window.run(
    `const { x, y, width, height } = document.querySelector('[data-testid="' + arguments[0] + '"]').getBoundingClientRect();
     return { x, y, width, height, page: innerWidth };`,
    id,
  );

async function look(window, name) {
  const bytes = await window.screenshot();
  writeFileSync(join(kept, `${name}.png`), bytes);
  return picture(bytes);
}

let window;
before(async () => {
  const { workspace, project } = city();
  const begun = Date.now();
  window = await start(WINDOW, [workspace, project("01-tier2-two-uses.txt")], apart().env);
  console.log(`the window is there after ${Date.now() - begun} ms`);
});
after(() => window?.close());

test("a reviewer reads the outcome of a file given to the program, and an overlap is one click from its place on the map", async () => {
  const outcome = await until(
    () => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`),
    "the outcome",
  );
  assert.match(outcome, /^(prohibited|manual|conditional|permitted|clear)$/);
  const rows = await until(async () => {
    const found = await window.all("overlap-row");
    return found.length > 0 && found;
  }, "the overlaps");
  const mine = await window.run(`return document.querySelector('[data-testid="overlap-row"]').dataset.outcome`);
  const map = await box(window, "map");
  await until(async () => colours(await look(window, "1-outcome"), map.page, map) > 60, "a map that is drawn");
  await window.click(rows[0]);
  await until(
    async () => share(await look(window, "2-overlap"), map.page, map, mine) > 0.02,
    `pixels of the clipped polygon in the colour of ${mine}`,
  );
});

test("the window asks for nothing that its policy forbids", async () => {
  assert.deepEqual(await window.run("return globalThis.redlineCspViolations"), []);
});

test("the page and the native title speak the other language after one click", async () => {
  const words = () => window.run("return document.body.innerText");
  const chinese = await words();
  const [lang] = await window.all("lang");
  await window.click(lang);
  await until(async () => (await words()) !== chinese, "the other language");
  await look(window, "3-other-language");
  const [theme] = await window.all("theme");
  await window.click(theme);
  await look(window, "4-other-theme");
  assert.deepEqual(await window.run("return globalThis.redlineCspViolations"), []);
});
