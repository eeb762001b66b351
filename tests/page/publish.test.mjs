// Sheets, reports and map sets as a person makes them in the page, with the real engine behind it: every file is
// opened as far as its first bytes say what it is.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { apart, city, until } from "../front/program.mjs";
import { ask } from "./ground.mjs";
import { drawn, everyLook, faults, id, settled, SIZES } from "./page.mjs";
import { browser, serve } from "./program.mjs";

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** A page of its own on a city of its own, drawn. */
async function opened(name) {
  const workspace = join(apart().folder, "city.gpkg");
  copyFileSync(city().workspace, workspace);
  const server = await serve([workspace]);
  const [width, height] = SIZES[0];
  const page = await chromium.newPage({ viewport: { width, height } });
  const wrong = faults(page);
  const asked = [];
  page.on("request", (request) => {
    if (request.url().includes("/rpc/preview_sheet")) asked.push(request.postDataJSON().sheet);
  });
  await page.goto(server.address);
  await drawn(page, name);
  return {
    page,
    asked,
    async close() {
      assert.deepEqual(await page.evaluate(() => globalThis.redlineCspViolations), []);
      assert.deepEqual(wrong, []);
      await page.close();
      assert.equal(await server.end(), 0);
    },
  };
}

/** The preview once nothing is drawn any more. */
async function previewed(page) {
  await until(
    async () => (await id(page, "preview-picture").count()) === 1 && (await id(page, "preview-drawing").count()) === 0,
    "the sheet's preview",
  );
  const picture = id(page, "preview-picture");
  await until(() => picture.evaluate((image) => image.complete && image.naturalWidth > 0), "its picture");
  return id(page, "preview-facts").textContent();
}

/** Presses a button and gives the bytes of the file that comes of it. */
async function written(page, name) {
  const coming = page.waitForEvent("download", { timeout: 120_000 });
  await id(page, name).click();
  const download = await coming;
  const bytes = readFileSync(await download.path());
  const row = id(page, "written").filter({ hasText: download.suggestedFilename() });
  await row.waitFor();
  return bytes;
}

const begins = (bytes, with_) => assert.equal(bytes.subarray(0, with_.length).toString("latin1"), with_);
const subject = (page, n) => id(page, "publish-subject").locator("label").nth(n).click();
const middle = async (page) => {
  const { x, y, width, height } = await id(page, "frame-handle").boundingBox();
  return [x + width / 2, y + height / 2];
};

test("the city: a sheet is looked at, its frame is dragged, its paper chosen, and it is exported; then a map set by district", async () => {
  const { page, asked, close } = await opened("publish-1-city");
  await page.keyboard.press("Control+p");
  const facts = await previewed(page);
  assert.match(facts, /1:[\d\u2009]+/);
  assert.equal(asked.at(-1).subject.of, "city");
  await settled(page, "publish-2-frame");

  // the frame goes with the pointer, and the sheet is asked for where it was let go
  const before = await middle(page);
  const [dx, dy] = [64, -48];
  await page.mouse.move(before[0] + 40, before[1] + 40);
  await page.mouse.down();
  await page.mouse.move(before[0] + 40 + dx, before[1] + 40 + dy, { steps: 6 });
  const held = await middle(page);
  assert.ok(Math.hypot(held[0] - before[0] - dx, held[1] - before[1] - dy) < 2, `the frame follows: ${before} ${held}`);
  assert.equal(asked.at(-1).centre, null, "nothing is asked while it is dragged");
  await page.mouse.up();
  await until(() => asked.at(-1).centre !== null, "the sheet at its new place");
  await previewed(page);
  const after = await middle(page);
  assert.ok(Math.hypot(after[0] - held[0], after[1] - held[1]) < 2, `the engine's frame is where it was put: ${held} ${after}`);
  assert.ok(asked.at(-1).scale > 0, "the scale it had stays");

  // the keyboard does the same, and Esc takes it back
  await id(page, "frame-handle").focus();
  const dragged = asked.at(-1).centre;
  await page.keyboard.press("Shift+ArrowRight");
  await until(() => asked.at(-1).centre?.[0] > dragged[0], "the nudged frame");
  await page.keyboard.press("Escape");
  await until(() => asked.at(-1).centre?.[0] === dragged[0], "the frame back");
  await id(page, "automatic").click();
  await until(() => asked.at(-1).centre === null && asked.at(-1).scale === null, "the automatic frame");

  // another paper
  const a3 = await id(page, "preset").locator("option").filter({ hasText: "A3" }).first().getAttribute("value");
  await id(page, "preset").selectOption(a3);
  await until(() => asked.at(-1).preset === a3, "the other paper");
  assert.match(await previewed(page), /420 × 297|297 × 420/);

  // the paper large: finer once it is nearer
  await id(page, "preview").click();
  await id(page, "paper-picture").waitFor();
  const wide = () => id(page, "paper-picture").evaluate((image) => image.naturalWidth);
  await previewed(page);
  const small = await wide();
  for (let steps = 0; steps < 5; steps += 1) await id(page, "paper-nearer").click();
  await until(async () => (await wide()) > small, "a finer picture");
  await settled(page, "publish-3-paper");
  await page.keyboard.press("Escape");
  await id(page, "paper").waitFor({ state: "detached" });

  begins(await written(page, "export-sheet"), "%PDF");
  await id(page, "sheet-format").locator("label").nth(1).click();
  await id(page, "sheet-dpi").selectOption("96");
  begins(await written(page, "export-sheet"), "\u0089PNG");

  // a sheet a district
  await id(page, "atlas-make").click();
  const where = id(page, "atlas-where");
  await until(async () => (await where.count()) + (await id(page, "atlas-trouble").count()) > 0, "the map set", 240_000);
  const folder = await where.textContent();
  assert.ok(existsSync(folder), folder);
  const files = readdirSync(folder).filter((file) => file.endsWith(".pdf"));
  const sheets = Number(/\d+/.exec(await id(page, "atlas-made").textContent())[0]);
  assert.ok(sheets > 1 && files.length === sheets + 1, `${sheets} sheets and an index: ${files}`);
  for (const file of files) assert.ok(statSync(join(folder, file)).size > 1000, file);
  await id(page, "atlas-made").scrollIntoViewIfNeeded();
  await settled(page, "publish-4-set");

  await id(page, "publish-subject").scrollIntoViewIfNeeded();
  const [width, height] = SIZES[1];
  await page.setViewportSize({ width, height });
  await everyLook(page, `publish-5-city-${width}x${height}`);
  await close();
});

test("a review: its sheet, its report to be filed and to be edited, its table; and what a version changed", async () => {
  const { page, asked, close } = await opened("publish-6-city");

  // nothing was reviewed yet: the panel says where that is done
  await id(page, "mode-publish").click();
  await subject(page, 1);
  await id(page, "publish-missing").waitFor();
  await settled(page, "publish-7-no-review");
  await id(page, "to-review").click();
  const chooser = page.waitForEvent("filechooser");
  await id(page, "review-files").first().click();
  await (await chooser).setFiles(city().project("01-tier2-two-uses.txt"));
  await id(page, "outcome").first().waitFor();

  await page.keyboard.press("Control+p");
  await previewed(page);
  assert.equal(asked.at(-1).subject.of, "review");
  assert.equal(asked.at(-1).decided, false);
  await id(page, "words-unit").fill("穗城规划编制中心");
  await until(() => asked.at(-1).unit === "穗城规划编制中心", "the sheet with its maker");
  await previewed(page);
  await settled(page, "publish-8-review");
  begins(await written(page, "report-docx"), "PK");
  begins(await written(page, "table-xlsx"), "PK");
  await id(page, "decided").check();
  assert.ok(await id(page, "report-pdf").isDisabled(), "a report that says it was decided is signed");
  await id(page, "decided-by").fill("李工");
  begins(await written(page, "report-pdf"), "%PDF");
  begins(await written(page, "export-sheet"), "%PDF");

  // the maker is remembered
  await until(async () => (await ask(page, "start", {})).preferences.publisher === "穗城规划编制中心", "the maker kept");

  await id(page, "publish-subject").scrollIntoViewIfNeeded();
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await everyLook(page, `publish-9-review-${width}x${height}`);
  }
  await page.setViewportSize({ width: SIZES[0][0], height: SIZES[0][1] });
  await id(page, "preview").click();
  await everyLook(page, "publish-9-review-paper");
  await page.keyboard.press("Escape");

  // a version that moves a zone from tier to tier
  const zone = await ask(page, "start_draft", { layer: "control_line", name: "东片调整", author: "李工" }).then(async () => {
    const record = (await ask(page, "search", { text: "区", limit: 50 })).map(({ bounds }) => bounds);
    for (const [west, south, east, north] of record) {
      const found = await ask(page, "draft_zone_at", { at: [(west + east) / 2, (south + north) / 2] });
      if (found) return found;
    }
    throw new Error("no zone lies in the middle of a district");
  });
  await ask(page, "apply_edit", { edit: { edit: "set-facts", zone: zone.id, facts: { tier: zone.tier === "1" ? "2" : "1" } } });
  await ask(page, "confirm_draft", { title: "东片调整", author: "李工", reason: "批复", date: "2025-02-03" });
  await subject(page, 2);
  await id(page, "publish-layer").selectOption("control_line");
  await until(() => asked.at(-1).subject.of === "changes", "the comparison's sheet");
  await previewed(page);
  await settled(page, "publish-10-comparison");
  begins(await written(page, "changes-docx"), "PK");
  begins(await written(page, "changes-pdf"), "%PDF");
  await close();
});
