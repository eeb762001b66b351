import { expect, test } from "vitest";
import { thinned } from "./handles";
import type { DraftVertex } from "./wire";

const vertex = (east: number, north: number, junction = false): DraftVertex => ({ place: { at: [east, north], east, north }, junction });
const apart = (a: DraftVertex, b: DraftVertex): number => Math.hypot(a.place.east - b.place.east, a.place.north - b.place.north);

test("handles keep their distance, and none is left out that has room", () => {
  const all = Array.from({ length: 400 }, (_, n) => vertex(38_400_000 + 30 * Math.cos(n * 1.7) + n / 4, 2_550_000 + 30 * Math.sin(n * 2.3)));
  const kept = thinned(all, 8, null);
  for (const one of kept) for (const other of kept) if (one !== other) expect(apart(one, other)).toBeGreaterThanOrEqual(8);
  for (const one of all) expect(kept.some((other) => apart(one, other) < 8)).toBe(true);
  expect(kept.length).toBeLessThan(all.length);
});

test("where boundaries meet, and the vertex taken, handles stay", () => {
  const row = [vertex(0, 0), vertex(3, 0), vertex(6, 0, true), vertex(9, 0), vertex(20, 0)];
  expect(thinned(row, 8, null)).toEqual([row[2], row[4]]);
  expect(thinned(row, 8, row[1]!.place)).toEqual([row[1], row[4]]);
  // a draggable vertex is drawn though the boundary's meeting place is near
  expect(thinned([vertex(0, 0, true), vertex(1, 0)], 8, vertex(1, 0).place)).toEqual([vertex(1, 0)]);
});

test("zoomed in, all are there", () => {
  const row = [vertex(0, 0), vertex(3, 0), vertex(6, 0)];
  expect(thinned(row, 2.9, null)).toEqual(row);
  expect(thinned(row, 0, null)).toEqual(row);
  expect(thinned([], 8, null)).toEqual([]);
});
