import { expect, test } from "vitest";
import { scaleBar, scaleOf } from "./scale";

test("the scale is told in two digits, as people say it", () => {
  expect(scaleOf(7.0112)).toBe(25_000);
  expect(scaleOf(0.28)).toBe(1000);
  expect(scaleOf(217.9)).toBe(780_000);
});

test("the scale bar has a round length and is as long on the screen as it says", () => {
  for (const metresPerPixel of [0.013, 0.31, 1.7, 24, 390, 2600]) {
    const { px, label } = scaleBar(metresPerPixel);
    const [number, unit] = label.split(" ");
    const metres = Number(number) * (unit === "km" ? 1000 : 1);
    expect(px).toBeLessThanOrEqual(110);
    expect(px).toBeGreaterThan(20);
    expect(px * metresPerPixel).toBeCloseTo(metres, 6);
    expect([1, 2, 5]).toContain(Number(metres.toExponential().split("e")[0]));
  }
});

test("from a kilometre on the bar speaks of kilometres, below of metres", () => {
  expect(scaleBar(10).label).toBe("1 km");
  expect(scaleBar(9).label).toBe("500 m");
});
