// A planner's work in the page with the real engine behind it: a draft from its first vertex to the named
// version, every figure reckoned a second time.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { apart, city, until } from "../front/program.mjs";
import { ask, goTo, meeting, onPage, read, swept } from "./ground.mjs";
import { drawn, everyLook, faults, id, look, press, settled, SIZES } from "./page.mjs";
import { browser, serve } from "./program.mjs";

let chromium;
let server;
before(async () => {
  // the draft, its goals and its version are written into the city: another test's stays as it is
  const workspace = join(apart().folder, "city.gpkg");
  copyFileSync(city().workspace, workspace);
  chromium = await browser();
  server = await serve([workspace]);
});
after(async () => {
  await chromium?.close();
  await server?.end();
});

/** Rows of a table of the panel: what each is about, its numbers. */
async function rows(page, name) {
  const cells = await id(page, name).evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim())),
  );
  return cells.map(([key, ...numbers]) => ({ key, numbers: numbers.map(read) }));
}

/** In, out and net of both tiers and of the layer, m². */
async function ledger(page) {
  const [tiers, [total]] = [await rows(page, "ledger-row"), await rows(page, "ledger-total")];
  const of = (pattern) => tiers.find(({ key }) => pattern.test(key))?.numbers ?? [0, 0, 0];
  return { tier1: of(/一级|tier 1/i), tier2: of(/二级|tier 2/i), total: total.numbers };
}

/** Areas of the zones chosen, by their order. */
async function areas(page) {
  const written = await id(page, "chosen-zone").evaluateAll((all) => all.map((row) => row.querySelector(".num")?.textContent ?? ""));
  return written.map((words) => read(words.replace("m²", "")));
}

function near(found, wanted, what, within = 0.02) {
  assert.equal(found.length, wanted.length, what);
  for (const [n, value] of found.entries())
    assert.ok(Math.abs(value - wanted[n]) <= within, `${what}: ${found} for ${wanted}`);
}

/** Follows what the map shows: the bounds for which handles were last asked. */
function shown(page) {
  const seen = { bounds: null };
  page.on("request", (request) => {
    if (request.url().includes("/rpc/draft_vertices")) seen.bounds = request.postDataJSON().bounds;
  });
  return seen;
}

/** One step nearer or farther, once the map stands there. */
async function zoom(page, map, name) {
  const { bounds } = map;
  await page.getByRole("button", { name }).click();
  await until(() => map.bounds !== bounds, "the map one step on");
  await page.waitForTimeout(300);
}

/** Whether the map itself, and no card, has the pointer there. */
const free = (page, [x, y]) =>
  page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.matches("[data-testid=map-canvas]") ?? false, [x, y]);

/** A vertex of both zones with room around it, its neighbours on the boundary, and where all lie. */
async function sharedVertex(page, zones, bounds, box) {
  const [one, other] = await Promise.all(zones.map(({ id: zone }) => ask(page, "draft_vertices", { zones: [zone], bounds })));
  const name = ({ east, north }) => `${east}/${north}`;
  const both = new Set(other.vertices.map(({ place }) => name(place)));
  const project = onPage(bounds, box);
  for (const { place, junction } of one.vertices) {
    if (junction || !both.has(name(place))) continue;
    const beside = one.edges.flatMap(([a, b]) => (name(a) === name(place) ? [b] : name(b) === name(place) ? [a] : []));
    if (beside.length !== 2 || !beside.every((end) => both.has(name(end)))) continue;
    const [at, ...ends] = [place, ...beside].map((end) => project(end.at));
    const apart = ends.every(([x, y]) => Math.hypot(x - at[0], y - at[1]) > 14);
    if (apart && (await free(page, at))) return { place, beside, at, ends };
  }
  throw new Error("no vertex is shared with room around it");
}

test("a planner drafts the control line: a shared vertex, undo and redo, a goal, a simplified boundary, a version compared", async () => {
  const [width, height] = SIZES[0];
  const page = await chromium.newPage({ viewport: { width, height } });
  const wrong = faults(page);
  const map = shown(page);
  await page.goto(server.address);
  await drawn(page, "edit-1-city");
  await id(page, "measure").locator("label").nth(1).click();
  await id(page, "mode-edit").click();
  await id(page, "draft-author").fill("李工");
  await id(page, "draft-start").click();
  await id(page, "ledger").waitFor();
  assert.deepEqual(await ledger(page), { tier1: [0, 0, 0], tier2: [0, 0, 0], total: [0, 0, 0] });

  // where the tiers meet, both zones are chosen
  const districts = (await ask(page, "search", { text: "区", limit: 50 })).map(({ bounds }) => bounds);
  const around = [0, 1, 2, 3].map((n) => Math[n < 2 ? "min" : "max"](...districts.map((bounds) => bounds[n])));
  const { at: middle, zones } = await meeting(page, around);
  await goTo(page, middle);
  await settled(page, "edit-2-meeting");
  await id(page, "edit-select").click();
  const box = await id(page, "map").boundingBox();
  const centre = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(centre[0] + 60, centre[1] + 60);
  await until(() => map.bounds, "the handles of what was chosen");
  const places = [null, null];
  for (let n = 0; n < 400 && places.includes(null); n += 1) {
    const away = [((n % 20) - 10) / 10, (Math.floor(n / 20) - 10) / 10];
    const at = [middle[0] + away[0] * 0.0015, middle[1] + away[1] * 0.0015];
    const on = onPage(map.bounds, box)(at);
    if (!(await free(page, on))) continue;
    const zone = await ask(page, "draft_zone_at", { at });
    const which = zones.findIndex((one) => one.id === zone?.id);
    if (which >= 0) places[which] ??= on;
  }
  await page.mouse.click(...places[0]);
  await page.keyboard.down("Shift");
  await page.mouse.click(...places[1]);
  await page.keyboard.up("Shift");
  await until(async () => (await id(page, "chosen-zone").count()) === 2, "two zones chosen");
  const before = await areas(page);
  near(before, zones.map(({ area }) => area.planar_m2), "areas of the zones chosen");

  // one vertex of both is dragged across the boundary
  await id(page, "edit-vertex").click();
  await zoom(page, map, /放大|Zoom in/);
  // the whole of a boundary has more vertices than handles fit on it; here all of them do
  assert.equal(await id(page, "crowded").count(), 0);
  for (let n = 0; n < 3; n += 1) await zoom(page, map, /缩小|Zoom out/);
  await id(page, "crowded").waitFor();
  await page.mouse.move(centre[0] + 20, centre[1] + 60);
  await settled(page, "edit-2-crowded");
  for (let n = 0; n < 3; n += 1) await zoom(page, map, /放大|Zoom in/);
  await id(page, "crowded").waitFor({ state: "detached" });
  await page.locator(".snap input").uncheck();
  const { place, beside, at, ends } = await sharedVertex(page, zones, map.bounds, box);
  const along = [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]];
  const long = Math.hypot(...along);
  const to = [at[0] - (along[1] / long) * 12, at[1] + (along[0] / long) * 12];
  await page.mouse.move(...at);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 6 });
  await id(page, "plan-moved").waitFor();
  await look(page, "edit-3-dragging");
  await page.mouse.up();
  await until(async () => (await id(page, "edit-line").count()) === 1, "the edit in the list of changes");
  const now = { east: Number(await id(page, "exact-east").inputValue()), north: Number(await id(page, "exact-north").inputValue()) };
  const moved = Math.abs(swept(beside[0], place, now, beside[1]));
  assert.ok(moved > 1, `${moved} m² were to change hands`);
  const dragged = await ledger(page);
  const sign = Math.sign(dragged.tier1[2]);
  near([dragged.tier1[2], dragged.tier2[2]], [sign * moved, -sign * moved], "net of both tiers");
  near([dragged.tier1[0], dragged.tier1[1]], [dragged.tier2[1], dragged.tier2[0]], "what one tier gains the other loses");
  near(dragged.total, [0, 0, 0], "the layer as a whole");
  const tierOf = (n) => dragged[`tier${zones[n].tier}`][2];
  await until(async () => Math.abs((await areas(page))[0] - before[0]) > 0.5, "areas of the zones as they are now");
  near(await areas(page), [before[0] + tierOf(0), before[1] + tierOf(1)], "areas of both zones");
  await everyLook(page, "edit-3-vertex");

  // undone and done again
  await page.keyboard.press("Control+z");
  await until(async () => (await id(page, "ledger-row").count()) === 0, "an empty ledger");
  await until(async () => Math.abs((await areas(page))[0] - before[0]) < 0.01, "areas as they were");
  near(await areas(page), before, "areas of both zones after undoing");
  await page.keyboard.press("Control+Shift+z");
  await until(async () => (await id(page, "ledger-row").count()) > 0, "the ledger of the edit made again");
  assert.deepEqual(await ledger(page), dragged);

  // a goal of the workspace's own, after a wrong one
  const whose = await id(page, "goals-whose").innerText();
  await id(page, "goals-edit").click();
  const listed = await id(page, "goal-row").count();
  await id(page, "goal-add").click();
  const goal = id(page, "goal-row").nth(listed);
  await goal.locator("[data-testid=goal-role]").selectOption("control-line");
  await goal.locator("[data-testid=goal-part]").selectOption({ index: 1 });
  await goal.locator("[data-testid=goal-km2]").fill("很多");
  await id(page, "goals-save").click();
  await goal.locator("[data-testid=goal-wrong]").waitFor();
  await everyLook(page, "edit-4-goals");
  await goal.locator("[data-testid=goal-km2]").fill("1 784.5");
  await id(page, "goals-save").click();
  await id(page, "goals-form").waitFor({ state: "detached" });
  await until(async () => (await id(page, "goal").count()) === 4, "four goals of the control line");
  assert.notEqual(await id(page, "goals-whose").innerText(), whose);
  const last = (await rows(page, "goal")).at(-1);
  const tier1 = (await ask(page, "goals", {})).goals.at(-1);
  assert.deepEqual([tier1.role, tier1.tier, tier1.km2, tier1.percent], ["control-line", "1", 1784.5, null]);
  near(last.numbers.slice(0, 1), [1_784_500_000], "the aim");
  assert.match(await id(page, "goal").last().innerText(), /⊘/);

  // both boundaries simplified: the plan's figures come true
  await id(page, "edit-simplify").click();
  await id(page, "tolerance").fill("0");
  await id(page, "tolerance-wrong").waitFor();
  assert.ok(await id(page, "generalise-send").isDisabled());
  await id(page, "tolerance").fill("20");
  await id(page, "area-change").first().waitFor();
  await until(() => id(page, "generalise-send").isEnabled(), "a plan that can be made");
  const planned = await rows(page, "area-change");
  await everyLook(page, "edit-5-simplify");
  const sum = (pattern) => planned.filter(({ key }) => pattern.test(key)).reduce((all, { numbers }) => all + numbers[0], 0);
  near([planned.reduce((all, { numbers }) => all + numbers[0], 0)], [0], "what the plan gives and takes in all", 0.05);
  assert.ok(zones.every(({ id: zone }) => planned.some(({ key, numbers }) => key.includes(zone) && numbers[0] !== 0)));
  await id(page, "generalise-send").click();
  await until(async () => (await id(page, "edit-line").count()) === 2, "the second edit");
  const simplified = await ledger(page);
  near(
    [simplified.tier1[2], simplified.tier2[2]],
    [dragged.tier1[2] + sum(/[，,] ?(一级管制区|tier 1)[）)]/), dragged.tier2[2] + sum(/[，,] ?(二级管制区|tier 2)[）)]/)],
    "the ledger after simplifying",
    0.1,
  );
  await settled(page, "edit-6-simplified");

  // the version, beside the one before it
  await page.keyboard.press("Escape");
  await id(page, "draft-confirm").click();
  await id(page, "version-title").fill("东片调整");
  await id(page, "version-reason").fill("批复");
  await id(page, "version-send").click();
  await until(async () => /东片调整/.test(await id(page, "version").first().innerText()), "the version in the list");
  assert.match(await id(page, "version").first().innerText(), /李工.*批复/);
  await id(page, "versions-compare").click();
  await id(page, "compared").waitFor();
  const compared = await id(page, "compared").locator("tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim())),
  );
  const numbers = (pattern) => compared.find(([key]) => pattern.test(key)).slice(1).map(read);
  near(numbers(/^(一级管制区|tier 1)$/i), simplified.tier1, "tier 1 between the versions");
  near(numbers(/^(二级管制区|tier 2)$/i), simplified.tier2, "tier 2 between the versions");
  assert.ok(simplified.tier1[0] > 0 && simplified.tier1[1] > 0, "ground came and went");
  await everyLook(page, "edit-7-compared");
  for (const lang of ["en", "zh"]) {
    await press(page, "lang", (root) => root.lang.slice(0, 2), lang);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog");
    await sheet.waitFor();
    for (const [key, words] of [["R", /沿所画的线改边界|Lead a boundary along a line/], ["T", /沿边界描|Trace boundaries/]])
      assert.equal(await sheet.locator("dt", { hasText: new RegExp(`^${key}$`) }).locator("xpath=following-sibling::dd[1]").filter({ hasText: words }).count(), 1);
    await settled(page, `edit-8-keys-${lang}`);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
  }
  assert.deepEqual(await page.evaluate(() => globalThis.redlineCspViolations), []);
  assert.deepEqual(wrong, []);
  await page.close();
});
