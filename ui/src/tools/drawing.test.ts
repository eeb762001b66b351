import { expect, test } from "vitest";
import type { Snapped } from "../engine/wire";
import { Drawing, type LonLat } from "./drawing.svelte";

const pointed = (east: number, north = 23): { at: LonLat; metresPerPixel: number } => ({ at: [east, north], metresPerPixel: 1 });
const snapped = (at: LonLat, kind: string): Snapped => ({ place: { at, east: 0, north: 0 } as Snapped["place"], kind, layer: null });
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** An engine that answers only when it is told to. */
function slow() {
  const waiting: { at: LonLat; answer: (snapped: Snapped | null) => void; fail: (error: unknown) => void }[] = [];
  const snap = (at: LonLat): Promise<Snapped | null> =>
    new Promise((answer, fail) => waiting.push({ at, answer, fail }));
  return { waiting, snap };
}

test("a corner is set where the engine snaps the click, not where it last snapped the pointer", async () => {
  const drawing = new Drawing(async (at) => snapped([Math.round(at[0]), at[1]], "vertex"));
  drawing.move(pointed(113.0001));
  await settle();
  await drawing.click(pointed(114.0001));
  expect(drawing.points).toEqual([[114, 23]]);
});

test("corners keep the order of the clicks while the engine is slow", async () => {
  const { waiting, snap } = slow();
  const drawing = new Drawing(snap);
  const first = drawing.click(pointed(1));
  const second = drawing.click(pointed(2));
  await settle();
  expect(waiting.length).toBe(1);
  waiting[0]?.answer(snapped([1, 23], "edge"));
  await first;
  await settle();
  waiting[1]?.answer(null);
  await second;
  expect(drawing.points).toEqual([
    [1, 23],
    [2, 23],
  ]);
});

test("the pointer follows the hand before the engine has answered", () => {
  const { snap } = slow();
  const drawing = new Drawing(snap);
  drawing.move(pointed(5));
  expect(drawing.pointer).toEqual([5, 23]);
});

test("what is snapped holds on to the pointer until it has left its reach", async () => {
  const drawing = new Drawing(async (at) => (at[0] < 1.0005 ? snapped([1, 23], "vertex") : snapped(at, "none")));
  drawing.move(pointed(1.00001));
  await settle();
  expect([drawing.pointer, drawing.on]).toEqual([[1, 23], "vertex"]);
  drawing.move(pointed(1.00002));
  expect(drawing.pointer).toEqual([1, 23]);
  drawing.move(pointed(1.01));
  expect([drawing.pointer, drawing.on]).toEqual([[1.01, 23], "none"]);
});

test("an engine that cannot snap still lets the person draw, and its reason is kept", async () => {
  const reason = { code: "broken", text: { zh: "读不出图层。", en: "The layer cannot be read." } };
  const drawing = new Drawing(() => Promise.reject(reason));
  drawing.move(pointed(3));
  await drawing.click(pointed(3));
  expect(drawing.points).toEqual([[3, 23]]);
  expect(drawing.trouble).toBe(reason);
});

test("a double click ends the line without a corner too many", async () => {
  const drawing = new Drawing(async () => null);
  void drawing.click(pointed(1));
  void drawing.click(pointed(2));
  void drawing.click(pointed(2));
  await drawing.doubleClick();
  expect(drawing.points).toEqual([
    [1, 23],
    [2, 23],
  ]);
  expect(drawing.done).toBe(true);
});

test("a click after the end begins anew", async () => {
  const drawing = new Drawing(async () => null);
  await drawing.click(pointed(1));
  await drawing.click(pointed(2));
  drawing.finish();
  await drawing.click(pointed(9));
  expect(drawing.points).toEqual([[9, 23]]);
  expect(drawing.done).toBe(false);
});

test("a corner asked for before the drawing was cleared never lands in the next one", async () => {
  const { waiting, snap } = slow();
  const drawing = new Drawing(snap);
  const click = drawing.click(pointed(1));
  await settle();
  drawing.clear();
  waiting[0]?.answer(null);
  await click;
  expect(drawing.points).toEqual([]);
});

test("taking a corner back opens a line that was ended", async () => {
  const drawing = new Drawing(async () => null);
  await drawing.click(pointed(1));
  await drawing.click(pointed(2));
  drawing.finish();
  drawing.back();
  expect([drawing.points, drawing.done]).toEqual([[[1, 23]], false]);
});
