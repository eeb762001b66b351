import { describe, expect, it } from "vitest";
import type { Trial, TryEdit } from "../engine/wire";
import { recordedEngine } from "./recorded/engine";
import recorded from "./recorded/trial.json";
import { beside, TrialTool } from "./trial-tool.svelte";
import { WhatIf } from "./whatif.svelte";

const { look, moved } = recorded as unknown as { look: Trial; moved: Trial };
const [corner, next] = look.outline[0]![0]! as [[number, number], [number, number]];
const middle: [number, number] = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];

// a map on which a degree is a million pixels
const map = { project: ([x, y]: [number, number]): [number, number] => [x * 1e6, y * 1e6], setCursor: () => {} };
const told = (at: [number, number]) => ({ at, point: map.project(at), metresPerPixel: 1, shift: false, hold: () => {} });
const key = (name: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key: name, ...more });

async function begun() {
  const engine = recordedEngine({ try_edit: ({ edit }) => (edit.do === "reset" ? look : moved) });
  const whatif = new WhatIf(engine);
  const tool = new TrialTool(whatif);
  await tool.begin({ review: 1, plot: "1.1", given: null });
  const edits = async () => {
    await whatif.settled();
    return (engine.of("try_edit") as TryEdit[]).slice(1);
  };
  return { tool, whatif, edits };
}

describe("the tool of a trial", () => {
  it("drags a vertex and keeps it where the button goes up", async () => {
    const { tool, edits } = await begun();
    tool.down(map, told(corner));
    const to: [number, number] = [corner[0] + 0.001, corner[1]];
    tool.move(map, told(to));
    tool.up(map);
    const vertex = { polygon: 0, ring: 0, point: 0 };
    expect(await edits()).toMatchObject([
      { edit: { do: "move-vertex", vertex, to }, keep: false },
      { edit: { do: "move-vertex", vertex, to }, keep: true },
    ]);
  });

  it("takes a vertex that is clicked, and Delete takes it away", async () => {
    const { tool, edits } = await begun();
    tool.down(map, told(next));
    tool.up(map);
    expect(tool.taken).toEqual({ polygon: 0, ring: 0, point: 1 });
    expect(await edits()).toEqual([]);
    expect(tool.key(key("Delete"))).toBe(true);
    expect(await edits()).toMatchObject([{ edit: { do: "delete-vertex", vertex: { point: 1 } }, keep: true }]);
  });

  it("inserts a vertex where an edge is clicked", async () => {
    const { tool, edits } = await begun();
    tool.down(map, told(middle));
    tool.up(map);
    expect(await edits()).toMatchObject([{ edit: { do: "insert-vertex", vertex: { point: 0 } }, keep: true }]);
    expect(tool.taken).toEqual({ polygon: 0, ring: 0, point: 1 });
  });

  it("moves the plot by a metre, with Shift by ten", async () => {
    const { tool, edits } = await begun();
    expect(tool.key(key("ArrowRight"))).toBe(true);
    expect(tool.key(key("ArrowUp", { shiftKey: true }))).toBe(true);
    expect(tool.key(key("q"))).toBe(false);
    const asked = await edits();
    expect(asked.map(({ edit, keep }) => [edit.do, keep])).toEqual([["move", true], ["move", true]]);
  });

  it("walks the vertices by V", async () => {
    const { tool } = await begun();
    tool.key(key("v"));
    tool.key(key("v"));
    expect(tool.taken?.point).toBe(1);
    tool.key(key("V", { shiftKey: true }));
    expect(tool.taken?.point).toBe(0);
  });

  it("draws a footprint by its corners, judged while it is drawn", async () => {
    const engine = recordedEngine({ try_edit: () => moved });
    const whatif = new WhatIf(engine);
    const tool = new TrialTool(whatif);
    await tool.begin({ review: null, plot: "", given: null });
    for (const at of [[113, 23], [113.01, 23]] as [number, number][]) tool.click(told(at));
    tool.key(key("Enter"));
    expect(tool.sketch).toHaveLength(2);
    tool.move(map, told([113.01, 23.01]));
    tool.click(told([113.01, 23.01]));
    tool.key(key("Enter"));
    await whatif.settled();
    const asked = engine.of("try_edit") as TryEdit[];
    expect(asked.map(({ edit, keep }) => [edit.do, keep])).toEqual([["draw", false], ["draw", true]]);
    expect(tool.sketch).toBeNull();
  });
});

describe("a step of the arrows", () => {
  it("is the metres asked for: a kilometre north by the series of the meridian arc", () => {
    const [lon, lat] = beside([113.5, 23.6], 0, 1000);
    const degree = (b: number): number => 111_132.954 - 559.822 * Math.cos(2 * b) + 1.175 * Math.cos(4 * b);
    expect((lat - 23.6) * degree(((23.6 + lat) / 2) * (Math.PI / 180))).toBeCloseTo(1000, 1);
    expect(lon).toBe(113.5);
  });
});
