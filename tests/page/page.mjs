// What every test of the page does with it: finds, waits, switches, keeps pictures.
import assert from "node:assert/strict";
import { join } from "node:path";
import { DRAWN, clear, colours } from "../front/map.mjs";
import { picture } from "../front/png.mjs";
import { artefacts, until } from "../front/program.mjs";

const kept = artefacts("page");

/** Sizes of screens the page is looked at on. */
export const SIZES = [
  [1366, 768],
  [1920, 1080],
];

export const id = (page, name) => page.locator(`[data-testid="${name}"]`);

/** What went wrong in a page: nothing must. */
export function faults(page) {
  const found = [];
  page.on("pageerror", (error) => found.push(`${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(message.text());
  });
  return found;
}

export async function look(page, name) {
  return picture(await page.screenshot({ path: join(kept, `${name}.png`) }));
}

export const mapBox = async (page) => clear(await id(page, "map").boundingBox());

/** Keeps the picture of a city once it is drawn. */
export async function drawn(page, name) {
  const box = await mapBox(page);
  const { width } = page.viewportSize();
  return until(async () => {
    const seen = await look(page, name);
    return colours(seen, width, box) > DRAWN && seen;
  }, "a map that is drawn");
}

/** Keeps the picture once two in a row are alike: nothing moves any more. */
export async function settled(page, name) {
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
export async function press(page, name, said, wanted) {
  for (let presses = 0; presses < 3 && (await page.locator("html").evaluate(said)) !== wanted; presses += 1)
    await id(page, name).first().click();
  assert.equal(await page.locator("html").evaluate(said), wanted);
}

/** Keeps pictures of the page as it is, in both languages and both themes, and leaves it as it was; nothing
 *  may be wider than the screen. */
export async function everyLook(page, name) {
  const asked = [
    ["theme", (root) => root.dataset.theme, ["light", "dark"]],
    ["lang", (root) => root.lang.slice(0, 2), ["zh", "en"]],
  ];
  const before = await Promise.all(asked.map(([, said]) => page.locator("html").evaluate(said)));
  // another language asks for papers anew, another theme for nothing
  for (const lang of asked[1][2]) {
    await press(page, "lang", asked[1][1], lang);
    for (const theme of asked[0][2]) {
      await press(page, "theme", asked[0][1], theme);
      await settled(page, `${name}-${lang}-${theme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name} ${lang}: the page is ${wide} px too wide`);
    }
  }
  for (const [n, [switched, said]] of asked.entries()) await press(page, switched, said, before[n]);
}
