import { expect, test } from "vitest";
import { gapAt, placeInGap } from "./reorder";

const middles = [20, 60, 100];

test("a layer let go above all others becomes the topmost", () => {
  expect(placeInGap(2, gapAt(middles, 5))).toBe(0);
});

test("a layer let go below all others becomes the lowest", () => {
  expect(placeInGap(0, gapAt(middles, 300))).toBe(2);
});

test("a layer let go between two others stands between them, from above and from below", () => {
  expect(placeInGap(0, gapAt(middles, 70))).toBe(1);
  expect(placeInGap(2, gapAt(middles, 50))).toBe(1);
});

test("a layer let go where it was stays, on both sides of its own middle", () => {
  expect(placeInGap(1, gapAt(middles, 59))).toBeNull();
  expect(placeInGap(1, gapAt(middles, 61))).toBeNull();
});
