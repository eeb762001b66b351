// Files handed to the window's program before its page is there, and what a second start leaves behind.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { WINDOW, apart, city, until } from "../front/program.mjs";
import { start } from "./driver.mjs";

const { workspace, project } = city();
const { folder, env: clean } = apart();
const TMPDIR = join(folder, "tmp");
mkdirSync(TMPDIR);
const env = { ...clean, TMPDIR };

let window;
after(() => window?.close());

/** Whether the program has its name on the bus: from then on a second start hands over. */
function named() {
  const list = ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames"];
  return spawnSync("dbus-send", list, { encoding: "utf8" }).stdout.includes("redline");
}

function handOver(file) {
  const second = spawn(WINDOW, [file], { env, stdio: "inherit" });
  return new Promise((resolve) => second.once("exit", resolve));
}

const scratch = () => readdirSync(TMPDIR).filter((name) => name.startsWith("redline-"));

test("a project handed over while the window is still being built is reviewed", async () => {
  const starting = start(WINDOW, [workspace], env);
  await until(named, "the program's name on the bus");
  const begun = performance.now();
  assert.equal(await handOver(project("01-tier2-two-uses.txt")), 0);
  window = await starting;
  console.log(`handed over within ${Math.round(performance.now() - begun)} ms of the name`);
  const outcome = () => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`);
  assert.match(await until(outcome, "the outcome"), /^(prohibited|manual|conditional|permitted)$/);
});

test("a second start leaves no scratch folder behind", async () => {
  const before = scratch();
  assert.equal(before.length, 1, "the window's own");
  assert.equal(await handOver(project("02-resort-no-prj.zip")), 0);
  assert.deepEqual(scratch(), before);
});
