// What runs is seen and can be stopped; what went wrong is said once.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask } from "../engine/ask";
import { memory } from "../platform/memory";
import { tasks } from "./tasks.svelte";

vi.mock("../platform", async () => ({ platform: (await import("../platform/memory")).memory }));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  memory.reset();
  for (const { key } of tasks.notices) tasks.dismiss(key);
});

const title = { zh: "审查", en: "Checking" };

test("what is over within a blink is never shown; what takes longer is, with how far it is", async () => {
  let end: (() => void) | undefined;
  memory.answers.prepare_tiles = (_, watch) => {
    watch.onProgress?.({ stage: { zh: "绘制", en: "Drawing" }, done: 1, total: 4 });
    return new Promise((resolve) => (end = () => resolve({ built: [], troubles: [] })));
  };
  const asked = ask("prepare_tiles", {}, { title });
  expect(tasks.running[0]?.shown).toBe(false);
  await vi.advanceTimersByTimeAsync(250);
  expect(tasks.running[0]?.shown).toBe(true);
  expect(tasks.running[0]?.share).toBe(0.25);
  end?.();
  await asked;
  expect(tasks.running).toEqual([]);
});

test("cancel reaches the engine, and the task is gone", async () => {
  let stopped = false;
  memory.answers.prepare_tiles = (_, watch) =>
    new Promise((_, reject) =>
      watch.signal?.addEventListener("abort", () => {
        stopped = true;
        reject(new DOMException("", "AbortError"));
      }),
    );
  const asked = ask("prepare_tiles", {}, { title }).catch((error: unknown) => error);
  tasks.running[0]?.cancel();
  await asked;
  expect(stopped).toBe(true);
  expect(tasks.running).toEqual([]);
});

test("a trouble stays until it is dismissed, good news go by themselves, and nothing is said twice", async () => {
  tasks.say({ zh: "读不了。", en: "Unreadable." }, true);
  tasks.say({ zh: "读不了。", en: "Unreadable." }, true);
  tasks.say({ zh: "已保存。", en: "Kept." }, false);
  expect(tasks.notices.map(({ text }) => text.zh)).toEqual(["读不了。", "已保存。"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tasks.notices.map(({ text }) => text.zh)).toEqual(["读不了。"]);
  tasks.dismiss(tasks.notices[0]?.key ?? -1);
  expect(tasks.notices).toEqual([]);
});
