import { describe, expect, it } from "vitest";
import type { Edit, Trial, TryEdit } from "../engine/wire";
import { recordedEngine } from "./recorded/engine";
import trial from "./recorded/trial.json";
import { reverse, WhatIf } from "./whatif.svelte";

const { look, moved } = trial as unknown as { look: Trial; moved: Trial };

function tried() {
  const engine = recordedEngine({
    try_edit: ({ edit }) => (edit.do === "reset" ? look : moved),
  });
  return { engine, whatif: new WhatIf(engine) };
}
const of = { review: 1, plot: "1.1", given: null };
const edit: Edit = { do: "move", from: [113.5, 23.61], to: [113.504, 23.61] };

describe("trying a plot elsewhere", () => {
  it("begins with the file's geometry", async () => {
    const { whatif } = tried();
    await whatif.begin(of);
    expect(whatif.original?.overlaps).toHaveLength(4);
    expect(whatif.trial?.changed).toBe(false);
  });

  it("shows what the engine says of the newest place", async () => {
    const { whatif, engine } = tried();
    await whatif.begin(of);
    for (let i = 0; i < 10; i += 1) whatif.hover({ ...edit, to: [113.5 + i / 1000, 23.61] });
    await whatif.settled();
    const asked = engine.of("try_edit") as TryEdit[];
    // the reset, the first move, the last one: those between were overtaken
    expect(asked).toHaveLength(3);
    expect((asked.at(-1)?.edit as { to: number[] }).to[0]).toBeCloseTo(113.509);
    expect(asked.every((question, n) => question.keep === (n === 0))).toBe(true);
    expect(whatif.trial?.changed).toBe(true);
  });

  it("takes a step back by its reverse, and resets to the file's geometry", async () => {
    const { whatif, engine } = tried();
    await whatif.begin(of);
    whatif.keep(edit);
    await whatif.settled();
    expect(whatif.steps).toBe(1);
    expect(whatif.undo()).toBe(true);
    await whatif.settled();
    expect(whatif.steps).toBe(0);
    expect((engine.of("try_edit") as TryEdit[]).at(-1)?.edit).toEqual({ do: "move", from: edit.to, to: edit.from });
    expect(whatif.undo()).toBe(false);
    whatif.reset();
    await whatif.settled();
    expect(whatif.trial?.changed).toBe(false);
  });

  it("says why a trial could not be made and keeps what was shown", async () => {
    const engine = recordedEngine({
      try_edit: ({ edit }) => {
        if (edit.do === "reset") return look;
        throw { code: "review-unknown", text: { zh: "这次审查已经关闭。", en: "This review was closed." } };
      },
    });
    const whatif = new WhatIf(engine);
    await whatif.begin(of);
    whatif.keep(edit);
    await whatif.settled();
    expect(whatif.refusal?.text.en).toBe("This review was closed.");
    expect(whatif.trial).toEqual(look);
  });
});

describe("the reverse of an edit", () => {
  const at = { polygon: 0, ring: 0, point: 2 };
  it("puts a vertex back where it was", () => {
    expect(reverse({ do: "move-vertex", vertex: at, to: [0, 0] }, look)).toEqual({
      do: "move-vertex",
      vertex: at,
      to: look.outline[0]?.[0]?.[2],
    });
  });
  it("brings a deleted vertex back on the edge it was on", () => {
    expect(reverse({ do: "delete-vertex", vertex: at }, look)).toEqual({
      do: "insert-vertex",
      vertex: { ...at, point: 1 },
      to: look.outline[0]?.[0]?.[2],
    });
  });
  it("takes an inserted vertex away", () => {
    expect(reverse({ do: "insert-vertex", vertex: at, to: [0, 0] }, look)).toEqual({
      do: "delete-vertex",
      vertex: { ...at, point: 3 },
    });
  });
});
