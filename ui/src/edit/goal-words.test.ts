import { expect, test } from "vitest";
import { goalOf, partsOf, partWords, typedGoal, WHOLE, wrongWith, type TypedGoal } from "./goal-words";
import { GOALS } from "./recorded/engine";
import { readNumber } from "./typed";

test("numbers are read as people type them, and a comma that may be a decimal point is none", () => {
  const typed = ["12.5", " 1 784.5 ", "1,784,256", "１２．５", ".5", "3,5", "12,34", "1,234 567", "", "1e9", "很多", "Infinity", "1 78"];
  expect(typed.map(readNumber)).toEqual([12.5, 1784.5, 1_784_256, 12.5, 0.5, null, null, null, null, null, null, null, null]);
});

const typed = (km2: string, percent: string): TypedGoal => ({ was: null, role: "control-line", part: WHOLE, km2, percent });

test("a goal needs an area or a share that can be", () => {
  const wrong = (km2: string, percent: string) => wrongWith(typed(km2, percent))?.field ?? null;
  expect([wrong("4000", ""), wrong("", "24"), wrong("4000", "55")]).toEqual([null, null, null]);
  expect([wrong("", ""), wrong("0", ""), wrong("-1", "24"), wrong("x", ""), wrong("1784256000", "")]).toEqual(Array(5).fill("km2"));
  expect([wrong("", "0"), wrong("", "100.1"), wrong("4000", "many")]).toEqual(Array(3).fill("percent"));
});

test("a goal left as it was stays word for word; one changed is no longer what the plan says", () => {
  const was = GOALS.goals[0]!;
  expect(goalOf(typedGoal(was))).toBe(was);
  expect(goalOf({ ...typedGoal(was), km2: "0.0090" })).toBe(was);
  expect(goalOf({ ...typedGoal(was), km2: "0.01" })).toEqual({ ...was, km2: 0.01, clause: "", source: "" });
});

test("parts are those of the layer, and those a plan names in its own words", () => {
  const words = (role: Parameters<typeof partsOf>[0]) => partsOf(role, GOALS.goals).map((part) => partWords(role, part).zh);
  expect(words("control-line")).toEqual(["整体", "一级管制区", "二级管制区"]);
  expect(words("land-use")).toEqual(["整体", "农用地", "建设用地", "未利用地", "林地"]);
  expect(words("farmland")).toEqual(["整体"]);
  expect(words(null)).toEqual(["整体"]);
});
