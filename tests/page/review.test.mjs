// The real page in Chromium with the real engine behind it, over loopback.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DRAWN, clear, colours, share } from "../front/map.mjs";
import { picture } from "../front/png.mjs";
import { artefacts, city, until } from "../front/program.mjs";
import { browser, serve } from "./program.mjs";

const kept = artefacts("page");
const { workspace, project } = city();
const SIZES = [
  [1366, 768],
  [1920, 1080],
];

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

const id = (page, name) => page.locator(`[data-testid="${name}"]`);

/** What went wrong in a page: nothing must. */
function faults(page) {
  const found = [];
  page.on("pageerror", (error) => found.push(`${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(message.text());
  });
  return found;
}

async function look(page, name) {
  return picture(await page.screenshot({ path: join(kept, `${name}.png`) }));
}

const mapBox = async (page) => clear(await id(page, "map").boundingBox());

/** Keeps the picture of a city once it is drawn. */
async function drawn(page, name) {
  const box = await mapBox(page);
  const { width } = page.viewportSize();
  return until(async () => {
    const seen = await look(page, name);
    return colours(seen, width, box) > DRAWN && seen;
  }, "a map that is drawn");
}

/** Keeps the picture once two in a row are alike: nothing moves any more. */
async function settled(page, name) {
  let last = null;
  await until(async () => {
    const bytes = await page.screenshot();
    const alike = last !== null && bytes.equals(last);
    last = bytes;
    await page.waitForTimeout(300);
    return alike;
  }, `a page that stands still (${name})`);
  return look(page, name);
}

/** Presses a switch until the document says what is wanted. */
async function press(page, name, said, wanted) {
  for (let presses = 0; presses < 3 && (await page.locator("html").evaluate(said)) !== wanted; presses += 1)
    await id(page, name).first().click();
  assert.equal(await page.locator("html").evaluate(said), wanted);
}

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
    for (const theme of ["light", "dark"]) {
      await press(page, "theme", (root) => root.dataset.theme, theme);
      for (const lang of ["zh", "en"]) {
        await press(page, "lang", (root) => root.lang.slice(0, 2), lang);
        await settled(page, `3-${w}x${h}-${lang}-${theme}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${w}×${h} ${lang}: the page is ${wide} px too wide`);
      }
    }
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
