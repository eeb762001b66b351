import { expect, test } from "vitest";
import { fitting, NARROWEST, WIDEST } from "./panels";

test("a panel takes the width it is dragged to", () => {
  expect(fitting(300, 420, 1920)).toBe(300);
});

test("a panel is never too narrow to read and never wider than a page", () => {
  expect(fitting(20, 420, 1920)).toBe(NARROWEST);
  expect(fitting(5000, 0, 5000)).toBe(WIDEST);
});

test("widths remembered from a wide screen leave the map room on a small one", () => {
  const right = fitting(720, 400, 1366);
  expect(right).toBeLessThan(720);
  expect(1366 - right - 400).toBeGreaterThanOrEqual(320);
});
