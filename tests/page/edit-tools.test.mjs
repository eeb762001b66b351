// The tools that draw, in the page with the real engine: ground carved out of one tier for the other, a
// boundary led along a line, a zone split and merged again; then all of it taken back.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { apart, city, until } from "../front/program.mjs";
import { ask, goTo, meeting, onPage } from "./ground.mjs";
import { drawn, everyLook, faults, id, settled, SIZES } from "./page.mjs";
import { browser, serve } from "./program.mjs";

let chromium;
let server;
before(async () => {
  const workspace = join(apart().folder, "city.gpkg");
  copyFileSync(city().workspace, workspace);
  chromium = await browser();
  server = await serve([workspace]);
});
after(async () => {
  await chromium?.close();
  await server?.end();
});

const ledger = async (page) => (await ask(page, "draft_state", {})).ledger;
const net = ({ rows }, tier) => rows.find((row) => row.tier === tier)?.net_m2.planar_m2 ?? 0;
const edits = (page, count) => until(async () => (await id(page, "edit-line").count()) === count, `${count} edits in the list`);

/** Waits for an edit that was sent. While a line is drawn the preview refuses what is not whole yet: only
 *  what stands refused when the edit does not come is the answer. */
async function edited(page, count) {
  try {
    await edits(page, count);
  } catch (late) {
    throw new Error(`${late.message}: ${await id(page, "refusal").allInnerTexts()}`);
  }
}

/** The map's middle, where nothing but the map is drawn. */
async function mapPicture(page) {
  const { x, y, width, height } = await id(page, "map").boundingBox();
  return page.screenshot({ clip: { x: x + width * 0.55, y: y + height * 0.2, width: width * 0.3, height: height * 0.6 } });
}

/** Draws these corners, ending with the Enter key. */
async function draw(page, corners) {
  for (const [x, y] of corners) {
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.click(x, y);
  }
  await page.keyboard.press("Enter");
}

test("a planner carves, reshapes, splits and merges, and takes all of it back", async () => {
  const [width, height] = SIZES[0];
  const page = await chromium.newPage({ viewport: { width, height } });
  const wrong = faults(page);
  let bounds = null;
  page.on("request", (request) => {
    if (request.url().includes("/rpc/draft_vertices")) bounds = request.postDataJSON().bounds;
  });
  await page.goto(server.address);
  await drawn(page, "tools-1-city");
  await id(page, "mode-edit").click();
  await id(page, "draft-author").fill("李工");
  await id(page, "draft-start").click();
  await id(page, "ledger").waitFor();
  const districts = (await ask(page, "search", { text: "区", limit: 50 })).map((found) => found.bounds);
  const around = [0, 1, 2, 3].map((n) => Math[n < 2 ? "min" : "max"](...districts.map((box) => box[n])));
  const { at: middle, zones } = await meeting(page, around);
  await goTo(page, middle);
  await settled(page, "tools-2-meeting");
  await id(page, "edit-select").click();
  const box = await id(page, "map").boundingBox();
  // right of the cards: what is drawn begins on the map
  await page.mouse.click(box.x + box.width / 2 + 60, box.y + box.height / 2 + 60);
  await until(() => bounds, "what the map shows");
  const toPage = onPage(bounds, box);
  const [cx, cy] = toPage(middle);

  // carved: a square about the meeting, what is tier 1 of it becomes tier 2
  await page.locator("[data-testid=edit-carve]").click();
  await page.locator(".snap input").uncheck();
  await id(page, "carve-from").selectOption("tier 1");
  await id(page, "carve-to").selectOption("new 2");
  const square = [[-60, -60], [60, -60], [60, 60], [-60, 60]].map(([x, y]) => [cx + x, cy + y]);
  for (const [x, y] of square) {
    await page.mouse.move(x, y, { steps: 3 });
    await page.mouse.click(x, y);
  }
  await id(page, "plan-moved").waitFor();
  await everyLook(page, "tools-3-carve");
  // the switches of language and theme have the keyboard now
  await id(page, "draw-finish").click();
  await edits(page, 1);
  const carved = await ledger(page);
  assert.ok(net(carved, "2") > 100, `${net(carved, "2")} m² carved`);
  assert.ok(Math.abs(net(carved, "1") + net(carved, "2")) < 1e-4, "what tier 1 lost tier 2 gained");
  assert.ok(Math.abs(carved.total.net_m2.planar_m2) < 1e-4);

  // the carved zone, on whichever side of the boundary it lies, is chosen
  const known = new Set(zones.map((zone) => zone.id));
  const degrees = (x) => [middle[0] + ((bounds[2] - bounds[0]) * x) / box.width, middle[1]];
  const sides = await Promise.all([-30, 30].map(async (x) => [Math.sign(x), await ask(page, "draft_zone_at", { at: degrees(x) })]));
  const [side] = sides.find(([, zone]) => zone && !known.has(zone.id));
  await id(page, "edit-select").click();
  await page.mouse.click(cx + side * 40, cy);
  await until(async () => (await id(page, "chosen-zone").count()) === 1, "the carved zone chosen");

  // split by a line and merged again: the ledger does not see it
  await page.locator("[data-testid=edit-split]").click();
  await draw(page, [[cx - 90, cy + 1], [cx + 90, cy + 3]]);
  await edited(page, 2);
  const split = await ledger(page);
  assert.ok(Math.abs(net(split, "2") - net(carved, "2")) < 1e-4, "a split moves nothing between tiers");
  await settled(page, "tools-4-split");

  // both halves chosen and merged
  await id(page, "edit-select").click();
  await page.mouse.click(cx + side * 40, cy - 40);
  await page.keyboard.down("Shift");
  await page.mouse.click(cx + side * 40, cy + 40);
  await page.keyboard.up("Shift");
  await until(async () => (await id(page, "chosen-zone").count()) === 2, "two zones chosen");
  assert.ok(Math.abs(net(await ledger(page), "2") - net(carved, "2")) < 1e-4);
  await id(page, "edit-merge").click();
  await id(page, "merge-send").waitFor();
  await settled(page, "tools-5-merge");
  await id(page, "merge-send").click();
  await edits(page, 3);

  // a boundary led along a line: it begins and ends within the carved ground
  await id(page, "edit-select").click();
  await page.mouse.click(cx + side * 40, cy);
  await until(async () => (await id(page, "chosen-zone").count()) === 1, "the merged zone chosen");
  await page.locator("[data-testid=edit-reshape]").click();
  await draw(page, [[40, -20], [75, -10], [75, 15], [40, 20]].map(([x, y]) => [cx + side * x, cy + y]));
  await edited(page, 4);
  await settled(page, "tools-6-reshaped");
  const reshaped = await ledger(page);
  assert.ok(Math.abs(reshaped.total.net_m2.planar_m2) < 1e-4, "both neighbours followed");
  assert.notEqual(net(reshaped, "2"), net(carved, "2"), "the carved zone grew");

  // taken back and made again faster than the map draws: it shows the state that stands
  const standing = (count) => until(async () => (await ask(page, "draft_state", {})).draft.position === count, `${count} edits standing`);
  let asked = 0;
  page.on("request", (request) => {
    if (/\/rpc\/(undo|redo)_edit/.test(request.url())) asked += 1;
  });
  const backAndForth = async (name) => {
    asked = 0;
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Control+z");
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("Control+Shift+z");
    // each is asked once the one before is done
    await until(() => asked === 6, "all of it taken back and made again");
    await standing(4);
    await settled(page, name);
  };
  await page.keyboard.press("Escape");
  // a zone that was gone meanwhile is chosen no more
  await backAndForth("tools-7-again");
  const shown = await mapPicture(page);
  await backAndForth("tools-8-again");
  assert.ok(shown.equals(await mapPicture(page)), "the map of the same state is the same picture");
  for (let left = 3; left >= 0; left -= 1) {
    await page.keyboard.press("Control+z");
    await standing(left);
  }
  await settled(page, "tools-9-nothing");
  assert.ok(!shown.equals(await mapPicture(page)), "nothing of the draft is drawn");
  assert.deepEqual((await ledger(page)).rows, []);
  assert.deepEqual(wrong, []);
  await page.close();
});
