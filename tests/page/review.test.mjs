// The real page in Chromium with the real engine behind it, over loopback.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { share } from "../front/map.mjs";
import { city, until } from "../front/program.mjs";
import { drawn, everyLook, faults, id, look, mapBox, SIZES } from "./page.mjs";
import { browser, serve } from "./program.mjs";

const { workspace, project } = city();

let chromium;
let server;
before(async () => {
  chromium = await browser();
  server = await serve([workspace]);
});
after(async () => {
  await chromium?.close();
  await server?.end();
});

test("a reviewer opens the printed address, uploads a project file, reads the outcome and finds an overlap on the map", async () => {
  const [width, height] = SIZES[0];
  const page = await chromium.newPage({ viewport: { width, height } });
  const wrong = faults(page);
  await page.goto(server.address);
  assert.ok(!page.url().includes("token"), "the token has left the address bar");
  const before = await drawn(page, "1-city");
  const chooser = page.waitForEvent("filechooser");
  await id(page, "review-files").first().click();
  await (await chooser).setFiles(project("01-tier2-two-uses.txt"));
  const outcome = id(page, "outcome").first();
  await outcome.waitFor();
  assert.match(await outcome.getAttribute("data-outcome"), /^(prohibited|manual|conditional|permitted|clear)$/);
  const row = id(page, "overlap-row").first();
  const mine = await row.getAttribute("data-outcome");
  await row.click();
  const box = await mapBox(page);
  await until(
    async () => share(await look(page, "2-overlap"), width, box, mine) > share(before, width, box, mine) + 0.05,
    `pixels of the clipped polygon in the colour of ${mine}`,
  );

  for (const [w, h] of SIZES) {
    await page.setViewportSize({ width: w, height: h });
    await everyLook(page, `3-${w}x${h}`);
  }
  assert.deepEqual(await page.evaluate(() => globalThis.redlineCspViolations), []);
  assert.deepEqual(wrong, []);
  await page.close();
});

test("whoever comes without the address is told how to come in, and so is whoever uses it again", async () => {
  const stranger = await chromium.newContext();
  const page = await stranger.newPage();
  for (const address of [new URL("/", server.address).href, server.address]) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 403);
    assert.match(await page.innerText("body"), /redline open --browser/);
  }
  await stranger.close();
});

test("Ctrl-C ends the server well", async () => {
  const other = await serve([workspace]);
  assert.equal(await other.end(), 0);
});
