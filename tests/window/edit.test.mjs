// Editing in the built window: a shared vertex is dragged, undone and done again, and becomes a version
// whose comparison with the one before it says what the ledger said.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { REDLINE, WINDOW, apart, artefacts, city, until } from "../front/program.mjs";
import { arrived, meeting, onPage, read, swept } from "../page/ground.mjs";
import { start } from "./driver.mjs";

const kept = artefacts("window");
const { folder, env } = apart();
const [CONTROL, SHIFT] = ["\uE009", "\uE008"];

let window;
before(async () => {
  // the draft and its version are written into the city: another test's stays as it is
  const workspace = join(folder, "city.gpkg");
  copyFileSync(city().workspace, workspace);
  // one review that was saved, for the draft to be held against
  const review = [REDLINE, ["check", city().project("01-tier2-two-uses.txt"), "--workspace", workspace, "--save"]];
  const { stderr } = spawnSync(...review, { env, encoding: "utf8" });
  if (stderr) console.log(stderr.trim());
  window = await start(WINDOW, [workspace], env);
  await until(() => window.run(`return document.querySelector('[data-testid="map"]')?.dataset.drawn === "true"`), "the map");
});
after(() => window?.close());

/** Asks the engine one command as the page does. */
const ask = async (command, request) => {
  const said = await window.run(
    `const internals = globalThis.__TAURI_INTERNALS__;
     const progress = "__CHANNEL__:" + internals.transformCallback(() => {});
     const [command, request] = arguments;
     return internals
       .invoke("rpc", { command, request: JSON.stringify(request), task: Date.now() * 1000 + Math.floor(Math.random() * 1000), progress })
       .then((bytes) => JSON.parse(new TextDecoder().decode(bytes)), (error) => ({ error: JSON.stringify(error) + error }));`,
    command,
    request,
  );
  if (said?.error) throw new Error(`${command}: ${said.error}`);
  return said?.answer ?? said;
};
/** What `meeting` asks through. */
const page = { evaluate: (_, [command, request]) => ask(command, request) };

const count = async (name) => (await window.all(name)).length;
const one = (name) => until(async () => (await window.all(name))[0], name);
const click = async (name) => window.click(await one(name));
const fill = async (name, text) => window.type(await one(name), text);
const words = (name) => window.run(`return document.querySelector('[data-testid="${name}"]')?.innerText ?? ""`);
const value = (name) => window.run(`return document.querySelector('[data-testid="${name}"]').value`);
const look = async (name) => writeFileSync(join(kept, `${name}.png`), await window.screenshot());

const cells = (rows) =>
  window.run(
    `return [...document.querySelectorAll(arguments[0])].map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim()));`,
    rows,
  );
const numbers = (table, pattern) => table.find(([key]) => pattern.test(key))?.slice(1).map(read) ?? [0, 0, 0];
const TIERS = [/^(一级管制区|tier 1)$/i, /^(二级管制区|tier 2)$/i];
/** In, out and net of both tiers and of the layer, m². */
async function ledger() {
  const rows = await cells('[data-testid="ledger-row"]');
  const [total] = await cells('[data-testid="ledger-total"]');
  return { tier1: numbers(rows, TIERS[0]), tier2: numbers(rows, TIERS[1]), total: total.slice(1).map(read) };
}
async function areas() {
  const written = await window.run(
    `return [...document.querySelectorAll('[data-testid="chosen-zone"]')].map((row) => row.querySelector(".num")?.textContent ?? "");`,
  );
  return written.map((text) => read(text.replace("m²", "")));
}

function near(found, wanted, what, within = 0.02) {
  assert.equal(found.length, wanted.length, what);
  for (const [n, number] of found.entries())
    assert.ok(Math.abs(number - wanted[n]) <= within, `${what}: ${found} for ${wanted}`);
}

const pointer = (actions) => ({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
const to = ([x, y], duration = 0) => ({ type: "pointerMove", x: Math.round(x), y: Math.round(y), duration, origin: "viewport" });
const [down, up] = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
const pressAt = (at) => window.act(pointer([to(at), down, up]));
const key = (type, which) => ({ type, value: which });
const chord = (...keys) =>
  window.act({
    type: "key",
    id: "keys",
    actions: [...keys.map((which) => key("keyDown", which)), ...keys.toReversed().map((which) => key("keyUp", which))],
  });
const held = (type) => window.act({ type: "key", id: "keys", actions: [key(type, SHIFT)] });

const bounds = () => window.run("return globalThis.shownBounds ?? null");
const free = ([x, y]) =>
  window.run(`return document.elementFromPoint(arguments[0], arguments[1])?.matches("[data-testid=map-canvas]") ?? false`, x, y);

/** A vertex of both zones with room around it, its neighbours on the boundary, and where all lie. */
async function sharedVertex(zones, shown, box) {
  const [first, other] = await Promise.all(zones.map(({ id }) => ask("draft_vertices", { zones: [id], bounds: shown })));
  const name = ({ east, north }) => `${east}/${north}`;
  const both = new Set(other.vertices.map(({ place }) => name(place)));
  const project = onPage(shown, box);
  for (const { place, junction } of first.vertices) {
    if (junction || !both.has(name(place))) continue;
    const beside = first.edges.flatMap(([a, b]) => (name(a) === name(place) ? [b] : name(b) === name(place) ? [a] : []));
    if (beside.length !== 2 || !beside.every((end) => both.has(name(end)))) continue;
    const [at, ...ends] = [place, ...beside].map((end) => project(end.at));
    if (ends.every(([x, y]) => Math.hypot(x - at[0], y - at[1]) > 14) && (await free(at))) return { place, beside, at, ends };
  }
  return null;
}

test("a shared vertex dragged in the window is a version whose comparison says what the ledger said", async () => {
  // for which ground the map last asked for handles
  await window.run(
    `const before = globalThis.fetch;
     globalThis.fetch = (address, init) => {
       if (typeof init?.body === "string" && init.body.includes("draft_vertices"))
         globalThis.shownBounds = JSON.parse(JSON.parse(init.body).request).bounds;
       return before(address, init);
     };`,
  );
  await window.run(`document.querySelectorAll('[data-testid="measure"] label')[1].click()`);
  await click("mode-edit");
  await fill("draft-author", "李工");
  await click("draft-start");
  await one("ledger");
  const nothing = { tier1: [0, 0, 0], tier2: [0, 0, 0], total: [0, 0, 0] };
  assert.deepEqual(await ledger(), nothing);

  const districts = (await ask("search", { text: "区", limit: 50 })).map((found) => found.bounds);
  const around = [0, 1, 2, 3].map((n) => Math[n < 2 ? "min" : "max"](...districts.map((all) => all[n])));
  const { at: middle, zones } = await meeting(page, around);
  const scale = () => window.run(`return document.querySelector(".scale").textContent`);
  const before = await scale();
  await fill("search", `${middle.join(", ")}\uE007`);
  await arrived(scale, before);
  await click("edit-select");
  const box = await window.run(
    `const { x, y, width, height } = document.querySelector('[data-testid="map"]').getBoundingClientRect(); return { x, y, width, height };`,
  );
  const centre = [box.x + box.width / 2, box.y + box.height / 2];
  await pressAt([centre[0] + 60, centre[1] + 60]);
  await until(bounds, "the handles of what was chosen");
  const places = [null, null];
  for (let n = 0; n < 400 && places.includes(null); n += 1) {
    const away = [((n % 20) - 10) / 10, (Math.floor(n / 20) - 10) / 10];
    const at = [middle[0] + away[0] * 0.0015, middle[1] + away[1] * 0.0015];
    const on = onPage(await bounds(), box)(at);
    if (!(await free(on))) continue;
    const zone = await ask("draft_zone_at", { at });
    const which = zones.findIndex(({ id }) => id === zone?.id);
    if (which >= 0) places[which] ??= on;
  }
  await pressAt(places[0]);
  await held("keyDown");
  await pressAt(places[1]);
  await held("keyUp");
  await until(async () => (await count("chosen-zone")) === 2, "two zones chosen", 15_000);
  const were = await areas();
  near(were, zones.map(({ area }) => area.planar_m2), "areas of the zones chosen");

  await click("edit-vertex");
  await window.run(`const snap = document.querySelector(".snap input"); if (snap.checked) snap.click();`);
  let found = null;
  for (let n = 0; n < 4 && found === null; n += 1) {
    const from = JSON.stringify(await bounds());
    await window.run(`[...document.querySelectorAll("button")].find((b) => /^(放大|Zoom in)/.test(b.ariaLabel ?? b.title)).click()`);
    await until(async () => JSON.stringify(await bounds()) !== from, "the map one step on", 15_000);
    await new Promise((resume) => setTimeout(resume, 600));
    found = await sharedVertex(zones, await bounds(), box);
  }
  assert.ok(found, "a vertex that is shared, with room around it");
  const { place, beside, at, ends } = found;
  const along = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
  const long = Math.hypot(...along);
  const goal = [at[0] - (along[1] / long) * 12, at[1] + (along[0] / long) * 12];
  await window.act(pointer([to(at), down, to(goal, 400)]));
  await one("plan-moved");
  await look("edit-1-dragging");
  await window.act(pointer([up]));
  await until(async () => (await count("edit-line")) === 1, "the edit in the list of changes", 15_000);
  const now = { east: Number(await value("exact-east")), north: Number(await value("exact-north")) };
  const moved = Math.abs(swept(beside[0], place, now, beside[1]));
  assert.ok(moved > 1, `${moved} m² were to change hands`);
  const dragged = await ledger();
  const sign = Math.sign(dragged.tier1[2]);
  near([dragged.tier1[2], dragged.tier2[2]], [sign * moved, -sign * moved], "net of both tiers");
  near(dragged.tier1.slice(0, 2), dragged.tier2.slice(0, 2).toReversed(), "what one tier gains the other loses");
  near(dragged.total, [0, 0, 0], "the layer as a whole");
  await until(async () => Math.abs((await areas())[0] - were[0]) > 0.5, "areas of the zones as they are now");
  near(await areas(), zones.map(({ tier }, n) => were[n] + dragged[`tier${tier}`][2]), "areas of both zones");
  await look("edit-2-dragged");

  await chord(CONTROL, "z");
  await until(async () => (await count("ledger-row")) === 0, "an empty ledger");
  assert.deepEqual(await ledger(), nothing);
  await until(async () => Math.abs((await areas())[0] - were[0]) < 0.01, "areas as they were");
  near(await areas(), were, "areas of both zones after undoing");
  await chord(CONTROL, SHIFT, "z");
  await until(async () => (await count("ledger-row")) > 0, "the ledger of the edit made again");
  assert.deepEqual(await ledger(), dragged);

  await click("impact-find");
  const told = await until(() => words("impact-told"), "what it does to reviews");
  const [reviews, away, again] = told.match(/\d+/g)?.map(Number) ?? [];
  assert.deepEqual([reviews, away + again], [1, 1], told);
  await look("edit-3-impact");

  await click("draft-confirm");
  await fill("version-title", "窗口调整");
  await fill("version-reason", "批复");
  await click("version-send");
  await until(async () => /窗口调整/.test(await words("version")), "the version in the list");
  assert.match(await words("version"), /李工[^]*批复/);
  await click("versions-compare");
  await one("compared");
  const compared = await cells('[data-testid="compared"] tbody tr');
  near(numbers(compared, TIERS[0]), dragged.tier1, "tier 1 between the versions");
  near(numbers(compared, TIERS[1]), dragged.tier2, "tier 2 between the versions");
  await look("edit-4-compared");
  assert.deepEqual(await window.run("return globalThis.redlineCspViolations"), []);
});
