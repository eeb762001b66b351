// Before a version is confirmed, a planner sees which saved reviews would come out otherwise; and brings a
// colleague's draft in.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { apart, city, REDLINE, until } from "../front/program.mjs";
import { ask } from "./ground.mjs";
import { drawn, everyLook, faults, id, settled, SIZES } from "./page.mjs";
import { browser, serve } from "./program.mjs";

let chromium;
let server;
before(async () => {
  // reviews and drafts are written into the city: another test's stays as it is
  const workspace = join(apart().folder, "city.gpkg");
  copyFileSync(city().workspace, workspace);
  const project = city().project("01-tier2-two-uses.txt");
  const keys = ["--activity", "environmental-infrastructure", "--stage", "new", "--date", "2018-06-01"];
  try {
    execFileSync(REDLINE, ["check", project, "--workspace", workspace, ...keys, "--save", "--format", "json", "--quiet"]);
  } catch (error) {
    // the other plot is in doubt: 1 is an outcome, not a failure
    assert.equal(error.status, 1, error.stderr?.toString());
  }
  chromium = await browser();
  server = await serve([workspace]);
});
after(async () => {
  await chromium?.close();
  await server?.end();
});

const words = (page, name) => id(page, name).first().textContent();

test("a draft lists the saved reviews it would turn, and another draft is brought into it", async () => {
  const page = await chromium.newPage({ viewport: { width: SIZES[0][0], height: SIZES[0][1] } });
  const wrong = faults(page);
  await page.goto(server.address);
  await drawn(page, "consequences-1-city");

  // a colleague's draft: the zones of the saved review's plots become tier 1, one by one
  const record = (await ask(page, "saved_reviews", {}))[0];
  assert.equal(record.title, "01-tier2-two-uses.txt");
  const start = (name) => ask(page, "start_draft", { layer: "control_line", name, author: "李工" });
  const theirs = (await start("东片调整")).draft.id;
  const review = await ask(page, "open_saved_review", { id: record.id });
  const overlaps = review.record.projects[0].plots.flatMap((plot) => plot.overlaps);
  const zones = [...new Set(overlaps.filter(({ zone }) => zone.layer === "control_line").map(({ zone }) => zone.id))];
  assert.ok(zones.length > 0);
  const permitted = overlaps.filter(({ outcome }) => outcome === "permitted");
  assert.equal(permitted.length, 2, "both plots may stand in tier 2");
  await ask(page, "apply_edit", { edit: { edit: "set-facts", zone: zones[0], facts: { tier: "1", name: "东片" } } });
  await ask(page, "close_draft", {});
  await ask(page, "drop_review", { review: review.review });

  // my own draft names the same zone otherwise
  await start("西片调整");
  await ask(page, "apply_edit", { edit: { edit: "set-facts", zone: zones[0], facts: { name: "西片" } } });
  await id(page, "mode-edit").click();
  await id(page, "edit-line").first().waitFor();
  await id(page, "merge-look").click();
  assert.match(await words(page, "merge-told"), /东片调整/);
  assert.equal(await id(page, "merge-conflict").count(), 1);
  assert.ok(await id(page, "merge-draft-send").isDisabled(), "nothing is decided yet");
  await id(page, "merge-theirs").click();
  await settled(page, "consequences-2-merge");
  await id(page, "merge-draft-send").click();
  await until(async () => (await id(page, "edit-line").count()) === 2, "the draft brought in as one edit");

  await id(page, "impact-find").click();
  await id(page, "impact-told").waitFor();
  const flips = id(page, "flip");
  assert.ok((await flips.count()) >= 1, await words(page, "impact-told"));
  const flip = await flips.first().textContent();
  assert.match(flip, /01-tier2-two-uses\.txt/);
  // what flips is what the engine says: permitted before, a matter for a person in tier 1
  const impact = await ask(page, "draft_impact", {});
  assert.deepEqual([impact.reviews, impact.away, impact.troubles], [1, 0, []]);
  for (const { before, after, moved } of impact.flipped) {
    assert.deepEqual([before, after], ["permitted", "manual"]);
    assert.ok(moved[0].area.ellipsoidal_m2 > 1000);
  }
  await flips.first().click();
  await everyLook(page, "consequences-3");

  // taken back, nothing is turned any more
  await id(page, "edit-undo").click();
  await until(async () => (await id(page, "impact-told").count()) === 0, "the old list gone");
  await id(page, "impact-find").click();
  await id(page, "impact-told").waitFor();
  assert.equal(await flips.count(), 0);
  assert.deepEqual(wrong, []);
  await page.close();
});
