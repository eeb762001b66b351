// A file dragged from another program onto the window: the drag is the desktop's own, from a square
// that stands for the file browser, moved by a mouse.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { WINDOW, apart, artefacts, city, until } from "../front/program.mjs";
import { start } from "./driver.mjs";

const kept = artefacts("window");
const { workspace, project } = city();
const { env } = apart();

let window;
before(async () => {
  window = await start(WINDOW, [workspace], env);
  await until(() => window.run(`return document.querySelector('[data-testid="map"]') !== null`), "the map");
});
after(() => window?.close());

const mouse = (...words) => {
  const done = spawnSync("xdotool", words.map(String), { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
};
const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Drags these files to a place of the screen and lets them go there, or leaves the window again
 *  first; what became of the drag. */
async function drag(files, to, during = async () => {}) {
  const [x, y] = [20, 860];
  const source = spawn("/usr/bin/python3", [join(import.meta.dirname, "drag_source.py"), x, y, ...files], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  source.stdout.on("data", (words) => (said += words));
  const ended = new Promise((resolve) => source.once("exit", resolve));
  try {
    await until(() => said.includes("ready"), "the square to drag from");
    mouse("mousemove", x + 10, y + 10, "mousedown", 1);
    // a hand moves in steps; the drag begins after the first few pixels
    for (let step = 0; step <= 20; step += 1) {
      mouse("mousemove", Math.round(x + 10 + ((to[0] - x) * step) / 20), Math.round(y + 10 + ((to[1] - y) * step) / 20));
      await pause(25);
    }
    await during();
    mouse("mouseup", 1);
    await ended;
    return said.split("\n").at(-2);
  } finally {
    mouse("mouseup", 1);
    source.kill();
  }
}

const outcome = () => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`);
const words = () => window.run("return document.body.innerText");

test("a project file dropped on the map is reviewed; the window says where to let go while it is carried", async () => {
  assert.equal(await outcome(), null);
  let carried;
  const became = await drag([project("01-tier2-two-uses.txt")], [700, 450], async () => {
    carried = await until(() => window.run(`return document.querySelector('[data-testid="drop"]')?.innerText`), "the words");
    writeFileSync(join(kept, "drop-carried.png"), await window.screenshot());
  });
  assert.equal(became, "dropped");
  assert.notEqual(carried, "");
  assert.match(await until(outcome, "the outcome"), /^(prohibited|manual|conditional|permitted)$/);
  assert.match(await words(), /01-tier2-two-uses\.txt/);
  writeFileSync(join(kept, "drop-outcome.png"), await window.screenshot());
});

test("several files dropped at once become an inbox", async () => {
  const files = ["01-tier2-two-uses.txt", "02-resort-no-prj.zip"].map(project);
  assert.equal(await drag(files, [700, 450]), "dropped");
  await until(async () => (await words()).includes("02-resort-no-prj.zip"), "the second file");
});
