// The sheet, its picture and its frame, without a window.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Watch } from "../engine/ask";
import type { PreviewSheet } from "../engine/wire";
import type { Engine } from "../review/engine";
import { desk, REVIEW } from "./recorded/desk.svelte";
import { preview } from "./recorded/engine";
import { GATHER, Previewed } from "./preview.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const soon = () => vi.advanceTimersByTimeAsync(GATHER + 5);
const shifted = (ring: number[][], by: number) => ring.map(([x = 0]) => Number((x + by).toFixed(9)));

describe("what a sheet is of", () => {
  test("is the review looked at, if there is one, else the city", async () => {
    const { sheet, hold } = desk();
    await sheet.begin();
    expect(sheet.asked?.subject).toEqual({ of: "city" });
    expect(sheet.asked?.preset).toBe("a4");
    hold(REVIEW);
    expect(sheet.asked?.subject).toEqual({ of: "review", review: 7 });
    sheet.of("city");
    expect(sheet.asked?.subject).toEqual({ of: "city" });
  });

  test("says what is missing where it cannot be drawn, and what to do", async () => {
    const { sheet, compared } = desk({ versions: () => [] });
    await sheet.begin();
    sheet.of("review");
    expect(sheet.asked).toBeNull();
    expect(sheet.missing?.zh).toContain("先到“审查”");
    sheet.of("changes");
    await compared.list();
    expect(sheet.missing?.zh).toContain("只有一个版本");
  });

  test("two revisions: the newest against the one before, or those chosen; never one against itself", async () => {
    const { sheet, compared } = desk();
    await sheet.begin();
    sheet.of("changes");
    await compared.list();
    expect(sheet.asked?.subject).toEqual({ of: "changes", layer: "control_line", from: 2, to: 6 });
    compared.between({ from: 6 });
    expect(sheet.asked).toBeNull();
    expect(sheet.missing?.zh).toBe("选两个不同的版本。");
  });

  test("revisions of a layer left meanwhile never land", async () => {
    let land = (_: unknown): void => {};
    const { compared } = desk({ versions: ({ layer }) => (layer === "control_line" ? new Promise((ok) => (land = ok)) : []) });
    const first = compared.of("control_line");
    await compared.of("red_line");
    land([{ revision: 9 }]);
    await first;
    expect(compared.versions).toEqual([]);
  });

  test("a review that is checked again is undecided again", async () => {
    const { sheet, hold } = desk();
    await sheet.begin();
    hold(REVIEW);
    sheet.decided = true;
    expect(sheet.asked?.decided).toBe(true);
    hold({ ...REVIEW, review: 8 });
    expect(sheet.asked).toMatchObject({ subject: { review: 8 }, decided: false });
  });

  test("another subject has its own frame and title; the maker stays", async () => {
    const { sheet, hold } = desk();
    await sheet.begin();
    hold(REVIEW);
    sheet.place([113.5, 23.5], 5000);
    sheet.title = "附图一";
    sheet.publisher = "规划局";
    sheet.of("city");
    expect(sheet.asked).toMatchObject({ scale: null, centre: null, title: "", unit: "规划局" });
  });
});

describe("the preview", () => {
  test("gathers changes, asks once, and shows what came", async () => {
    const { engine, sheet, previewed } = desk();
    await sheet.begin();
    previewed.want(sheet.asked, 900);
    sheet.take("a3");
    previewed.want(sheet.asked, 900);
    expect(previewed.running).toBe(true);
    await soon();
    expect(engine.of("preview_sheet")).toEqual([{ sheet: sheet.asked, pixels: 900 }]);
    expect(previewed).toMatchObject({ running: false, trouble: null, view: { scale: 10_000, paper_mm: [420, 297] } });
  });

  test("an answer to an older question is stopped, and never lands where it comes all the same", async () => {
    const lands: (() => void)[] = [];
    const stopped: boolean[] = [];
    const { sheet } = desk();
    const deaf = {
      call: (_: string, asked: PreviewSheet, { signal }: Watch = {}) =>
        new Promise((ok) => {
          lands.push(() => ok(preview(asked)));
          signal?.addEventListener("abort", () => stopped.push(true));
        }),
    } as unknown as Engine;
    const previewed = new Previewed(deaf);
    await sheet.begin();
    previewed.want(sheet.asked, 900);
    await soon();
    sheet.scale = 25_000;
    previewed.want(sheet.asked, 900);
    await soon();
    expect(stopped).toEqual([true]);
    lands[1]?.();
    await soon();
    lands[0]?.();
    await soon();
    expect(previewed).toMatchObject({ running: false, view: { scale: 25_000 } });
  });

  test("a refusal stands in its own words beside the picture from before, and can be tried again", async () => {
    let able = true;
    const { sheet, previewed } = desk({
      preview_sheet: (asked) => {
        if (able) return preview(asked);
        throw { code: "sheet-too-large", text: { zh: "纸太大。请选小一些的比例尺。", en: "Too large. Choose a smaller scale." } };
      },
    });
    await sheet.begin();
    previewed.want(sheet.asked, 900);
    await soon();
    able = false;
    sheet.scale = 5000;
    previewed.want(sheet.asked, 900);
    await soon();
    expect(previewed.trouble?.text.zh).toBe("纸太大。请选小一些的比例尺。");
    expect(previewed).toMatchObject({ stale: true, view: { scale: 10_000 } });
    able = true;
    previewed.again();
    await soon();
    expect(previewed).toMatchObject({ trouble: null, view: { scale: 5000 } });
  });

  test("a picture of another subject is taken away at once; more pixels are asked for, fewer are not", async () => {
    const { engine, sheet, previewed, hold } = desk();
    await sheet.begin();
    previewed.want(sheet.asked, 900);
    await soon();
    previewed.want(sheet.asked, 1600);
    expect(previewed).toMatchObject({ running: true, stale: false });
    await soon();
    previewed.want(sheet.asked, 900);
    await soon();
    expect(engine.of("preview_sheet")).toHaveLength(2);
    hold(REVIEW);
    previewed.want(sheet.asked, 900);
    expect(previewed.view).toBeNull();
  });
});

describe("the frame", () => {
  async function framed() {
    const all = desk();
    await all.sheet.begin();
    all.previewed.want(all.sheet.asked, 900);
    await soon();
    return all;
  }

  test("moves with the pointer, and what it comes to is asked for where it is let go, at the scale it had", async () => {
    const { frame, sheet, previewed } = await framed();
    const ring = frame.ring ?? [];
    frame.begin([113.02, 23.01]);
    frame.drag([113.12, 23.01]);
    expect(shifted(frame.ring ?? [], 0)).toEqual(shifted(ring, 0.1));
    expect(sheet.centre).toBeNull();
    frame.end();
    expect(sheet.centre?.[0]).toBeCloseTo(113.1, 9);
    expect(sheet.scale).toBe(10_000);
    // until the answer is there it stays where it was put
    expect(shifted(frame.ring ?? [], 0)).toEqual(shifted(ring, 0.1));
    previewed.want(sheet.asked, 900);
    await soon();
    expect(frame.ring).toEqual(previewed.view?.frame);
  });

  test("Esc while it is dragged leaves it where it was", async () => {
    const { frame, sheet } = await framed();
    const ring = frame.ring;
    frame.begin([113, 23]);
    frame.drag([114, 24]);
    expect(frame.cancel()).toBe(true);
    frame.end();
    expect(sheet.centre).toBeNull();
    expect(frame.ring).toEqual(ring);
    expect(frame.cancel()).toBe(false);
  });

  test("a click that does not move it changes nothing", async () => {
    const { frame, sheet } = await framed();
    frame.begin([113, 23]);
    frame.end();
    expect(sheet.automatic).toBe(true);
  });

  test("arrow keys nudge it, Esc brings it back to where the keyboard took it", async () => {
    const { frame, sheet } = await framed();
    frame.nudge(1, 0, false);
    frame.nudge(1, 0, true);
    expect(sheet.centre?.[0]).toBeCloseTo(113 + 0.1 * 0.22, 9);
    frame.nudge(0, -1, false);
    expect(sheet.centre?.[1]).toBeCloseTo(23 - 0.1 * 0.02, 9);
    expect(frame.restore()).toBe(true);
    expect(sheet.automatic).toBe(true);
    expect(frame.restore()).toBe(false);
    frame.nudge(1, 0, false);
    frame.leave();
    expect(frame.restore()).toBe(false);
    expect(sheet.automatic).toBe(false);
  });

  test("shows another scale at once, before the answer", async () => {
    const { frame, sheet } = await framed();
    sheet.scale = 5000;
    const xs = (frame.ring ?? []).map(([x]) => x);
    expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(0.05, 9);
  });
});
