// The question whether reviews may be lost.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { leaving } from "../state/leaving.svelte";
import { settings } from "../state/settings.svelte";
import Leaving from "./Leaving.svelte";

vi.mock("../platform", async () => ({ platform: (await import("../platform/memory")).memory }));

const LOST = { zh: "2 项审查未保存：a.txt、b.txt。", en: "2 reviews are not saved: a.txt; b.txt." };

beforeEach(() => {
  // there is no top layer in jsdom
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  settings.begin({ lang: "zh" }, async () => {});
});
afterEach(() => {
  leaving.answer(false);
  cleanup();
});

test("names what is lost; the answer is the button's, and the question is gone with it", async () => {
  render(Leaving);
  for (const [button, go] of [["leaving-keep", false], ["leaving-go", true]] as const) {
    const answer = leaving.ask(LOST);
    expect((await screen.findByTestId("leaving")).textContent).toContain("2 项审查未保存");
    await fireEvent.click(screen.getByTestId(button));
    expect(await answer).toBe(go);
    expect(screen.queryByTestId("leaving")).toBeNull();
  }
});

test("keys pressed in it are its own: Esc does not reach the page's tools, which would take it away", async () => {
  const page = vi.fn();
  addEventListener("keydown", page);
  render(Leaving);
  void leaving.ask(LOST);
  const keep = await screen.findByTestId("leaving-keep");
  const untouched = await fireEvent.keyDown(keep, { key: "Escape" });
  expect(untouched).toBe(true);
  expect(page).not.toHaveBeenCalled();
  removeEventListener("keydown", page);
});
