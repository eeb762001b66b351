// From the start of the window's program to the first drawn map, as a person sees it: read off the
// screen's own memory, with no driver between.
//
//   dbus-run-session node tests/window/launch.mjs CITY.gpkg [RUNS]
import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DRAWN } from "../front/map.mjs";
import { WINDOW, apart } from "../front/program.mjs";

const [city, runs = "5"] = process.argv.slice(2);
const PATIENCE = 60_000;
/** The middle of the map in a window of 1440 × 900. */
const MIDDLE = { x: 420, y: 160, width: 500, height: 560 };

/** Every so many pixels are looked at: the looking must not take the processor from what is looked at. */
const STRIDE = 6;

/** Colours in the middle of an XWD picture, 32 bits a pixel. */
function colours(file) {
  const header = Buffer.alloc(100);
  readSync(file, header, 0, 100, 0);
  const word = (n) => header.readUInt32BE(n * 4);
  const [size, bytesPerLine, entries] = [word(0), word(12), word(19)];
  const row = Buffer.alloc(MIDDLE.width * 4);
  const seen = new Set();
  for (let y = MIDDLE.y; y < MIDDLE.y + MIDDLE.height; y += STRIDE) {
    readSync(file, row, 0, row.length, size + entries * 12 + y * bytesPerLine + MIDDLE.x * 4);
    for (let x = 0; x < MIDDLE.width; x += STRIDE) seen.add(row.readUInt32LE(x * 4) & 0xffffff);
  }
  return seen.size;
}

const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

async function once(display, env) {
  const folder = mkdtempSync(join(tmpdir(), "redline-screen-"));
  const screen = spawn("Xvfb", [display, "-screen", "0", "1440x900x24", "-fbdir", folder], { stdio: "ignore" });
  await sleep(700);
  const picture = openSync(join(folder, "Xvfb_screen0"), "r");
  const begun = performance.now();
  const window = spawn(WINDOW, [city], { env: { ...env, DISPLAY: display }, stdio: "ignore" });
  let took = null;
  while (took === null && performance.now() - begun < PATIENCE) {
    await sleep(40);
    if (colours(picture) > DRAWN) took = performance.now() - begun;
  }
  window.kill();
  await new Promise((resume) => window.once("exit", resume));
  screen.kill();
  return took;
}

const seconds = (ms) => (ms / 1000).toFixed(2);
async function told(words, envs) {
  const times = [];
  for (const [run, env] of envs.entries()) times.push(await once(`:${70 + run}`, env));
  if (times.includes(null)) throw new Error(`no drawn map within ${PATIENCE / 1000} s`);
  times.sort((a, b) => a - b);
  console.log(`${words}, ${times.length} runs: median ${seconds(times[times.length >> 1])} s, ${seconds(times[0])}–${seconds(times.at(-1))} s`);
}

// a very first start finds nothing of what the system keeps for the next ones (compiled shaders, fonts, code)
const count = Number(runs);
await told("start to first drawn map, nothing kept", Array.from({ length: count }, () => apart().env));
const { env } = apart();
await once(":69", env);
await told("start to first drawn map, started before", Array(count).fill(env));
