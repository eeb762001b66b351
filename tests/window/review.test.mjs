// The built window on a screen that is not there: a reviewer opens a city, gives it a project file,
// reads the outcome and goes to an overlap on the map.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DRAWN, clear, colours, share } from "../front/map.mjs";
import { picture } from "../front/png.mjs";
import { WINDOW, apart, artefacts, city, until } from "../front/program.mjs";
import { start } from "./driver.mjs";

const kept = artefacts("window");
const { workspace, project } = city();
const { env } = apart();

let window;
let mapBox;
let cityOnly;

async function look(name) {
  const bytes = await window.screenshot();
  writeFileSync(join(kept, `${name}.png`), bytes);
  return picture(bytes);
}

/** Keeps the picture once two in a row are alike: the map has flown there and its tiles have come. */
async function settled(name) {
  let last = null;
  await until(async () => {
    const bytes = await window.screenshot();
    const alike = last !== null && bytes.equals(last);
    last = bytes;
    await new Promise((resume) => setTimeout(resume, 400));
    return alike;
  }, `a map that stands still (${name})`);
  return look(name);
}

const outcome = () => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`);
const forbidden = () => window.run("return globalThis.redlineCspViolations");

before(async () => {
  const begun = performance.now();
  window = await start(WINDOW, [workspace], env);
  const found = await until(
    () =>
      window.run(
        `const map = document.querySelector('[data-testid="map"]');
         if (!map) return null;
         const { x, y, width, height } = map.getBoundingClientRect();
         return { x, y, width, height, page: innerWidth };`,
      ),
    "the map",
  );
  mapBox = { ...clear(found), page: found.page };
  cityOnly = await until(async () => {
    const seen = await look("1-city");
    return colours(seen, mapBox.page, mapBox) > DRAWN && seen;
  }, "a map that is drawn");
  console.log(`from the start to a drawn map, driver included: ${Math.round(performance.now() - begun)} ms`);
});
after(() => window?.close());

test("a file given to the program while it runs is reviewed, and an overlap is one click from its place on the map", async () => {
  // what a double click in the file browser does
  const second = spawn(WINDOW, [project("01-tier2-two-uses.txt")], { env, stdio: "inherit" });
  const code = await new Promise((resolve) => second.once("exit", resolve));
  assert.equal(code, 0, "the second start hands its file over and ends");
  assert.match(await until(outcome, "the outcome"), /^(prohibited|manual|conditional|permitted)$/);
  const [row] = await until(async () => {
    const rows = await window.all("overlap-row");
    return rows.length > 0 && rows;
  }, "the overlaps");
  await settled("2-outcome");
  const mine = await window.run(`return document.querySelector('[data-testid="overlap-row"]').dataset.outcome`);
  await window.click(row);
  const before = share(cityOnly, mapBox.page, mapBox, mine);
  await until(
    async () => share(await look("3-overlap"), mapBox.page, mapBox, mine) > before + 0.05,
    `pixels of the clipped polygon in the colour of ${mine}`,
  );
  await settled("3-overlap");
  assert.deepEqual(await forbidden(), []);
});

test("nothing in the panels is cut off at the side", async () => {
  const cut = await window.run(
    `return [...document.querySelectorAll("aside")].flatMap((aside) => {
       const edge = aside.getBoundingClientRect().right + 1;
       return [...aside.querySelectorAll("td, th, dd, p, button, label")]
         .filter((e) => e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().right > edge)
         .filter((e) => !e.matches("[class*=fold]"))
         .map((e) => e.textContent.trim());
     });`,
  );
  assert.deepEqual(cut, []);
});

test("the window speaks the other language after one click, and wears the dark", async () => {
  const words = () => window.run("return document.body.innerText");
  const chinese = await words();
  const [lang] = await window.all("lang");
  await window.click(lang);
  await until(async () => (await words()) !== chinese, "the other language");
  await settled("4-other-language");
  const [theme] = await window.all("theme");
  // light, dark, as the system has it
  for (let presses = 0; presses < 3; presses += 1)
    if ((await window.run("return document.documentElement.dataset.theme")) !== "dark") await window.click(theme);
  assert.equal(await window.run("return document.documentElement.dataset.theme"), "dark");
  await settled("5-dark");
  assert.deepEqual(await forbidden(), []);
});

test("a city and a project file given as arguments stand there at once", async () => {
  await window.close();
  window = await start(WINDOW, [workspace, project("02-resort-no-prj.zip")], apart().env);
  assert.match(await until(outcome, "the outcome"), /^(prohibited|manual|conditional|permitted)$/);
  await settled("6-arguments");
  assert.deepEqual(await forbidden(), [], "nothing was asked for that the policy forbids");
});
