// Closing the built window: reviews that nobody saved are named first.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { WINDOW, apart, city, until } from "../front/program.mjs";
import { start } from "./driver.mjs";

const { workspace, project } = city();

/** Presses keys in the window as its person does; no window manager hands out the keyboard. */
function press(keys) {
  const found = execFileSync("xdotool", ["search", "--onlyvisible", "--name", "红线"]).toString().trim().split("\n");
  execFileSync("xdotool", ["windowfocus", "--sync", found[0], "key", keys]);
}

const gone = (window) =>
  window.title().then(
    () => false,
    () => true,
  );

test("a window with an unsaved review asks before it closes, and stays when the review is kept", async () => {
  const window = await start(WINDOW, [workspace, project("01-tier2-two-uses.txt")], apart().env);
  try {
    await until(() => window.run(`return document.querySelector('[data-testid="outcome"]')?.dataset.outcome`), "the outcome");
    press("ctrl+q");
    const [keep] = await until(async () => {
      const found = await window.all("leaving-keep");
      return found.length > 0 && found;
    }, "the question");
    const asked = await window.run(`return document.querySelector('[data-testid="leaving"]').innerText`);
    assert.match(asked, /01-tier2-two-uses\.txt/);
    await window.click(keep);
    await new Promise((resume) => setTimeout(resume, 1000));
    assert.equal(await gone(window), false, "the window stays");
    press("ctrl+q");
    const [go] = await until(async () => {
      const found = await window.all("leaving-go");
      return found.length > 0 && found;
    }, "the question again");
    await window.click(go).catch(() => {});
    await until(() => gone(window), "the window closed");
  } finally {
    await window.close();
  }
});

test("a window with nothing to lose closes at once", async () => {
  const window = await start(WINDOW, [workspace], apart().env);
  try {
    await until(() => window.run(`return document.querySelector('[data-testid="map"]') !== null`), "the map");
    press("ctrl+q");
    await until(() => gone(window), "the window closed");
  } finally {
    await window.close();
  }
});
