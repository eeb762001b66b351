import { describe, expect, it } from "vitest";
import type { Choices, ProjectReview, Trial, WaysToClear } from "../engine/wire";
import { matching } from "./activities";
import { codeTyped, CRS_CHOICES, nearFirst } from "./crs";
import { labelPlace } from "./label-place";
import { nameAlone, pathOf, remedies } from "./notes";
import { areaIn, grouped } from "./numbers";
import { previewPieces, reviewPieces, trialPieces, wayPieces } from "./pieces";
import { hit } from "./pointing";
import batch from "./recorded/batch.json";
import bowTie from "./recorded/bow-tie.json";
import choices from "./recorded/choices.json";
import trial from "./recorded/trial.json";
import ways from "./recorded/ways.json";
import { step, stops } from "./rows";

describe("numbers", () => {
  it("are grouped by thin spaces and keep their decimals", () => {
    expect(grouped(119_941.516_8, 2)).toBe("119\u2009941.52");
    expect(grouped(-1234.5, 2)).toBe("−1\u2009234.50");
    expect(grouped(-0.0001, 2)).toBe("0.00");
    expect(grouped(0.123_456, 4)).toBe("0.1235");
  });
  it("stand in the unit asked for: 15 mu make a hectare", () => {
    expect(areaIn(10_000, "ha")).toBe("1.0000");
    expect(areaIn(10_000, "mu")).toBe("15.000");
  });
});

describe("coordinate systems to choose from", () => {
  it("hold the survey's zones under their EPSG codes", () => {
    const name = (code: string) => CRS_CHOICES.find((choice) => choice.code === code)?.name.zh;
    expect(name("EPSG:4526")).toContain("38 带");
    expect(name("EPSG:4547")).toContain("114°");
    expect(name("EPSG:2362")).toContain("38 带");
    expect(name("EPSG:2414")).toContain("38 带");
    expect(name("EPSG:4554")).toContain("135°");
  });
  it("begin with the workspace's own zone and its neighbours", () => {
    expect(nearFirst("EPSG:4526").slice(0, 3).map(({ code }) => code)).toEqual(["EPSG:4526", "EPSG:4525", "EPSG:4527"]);
  });
  it("are read from what a person types", () => {
    expect(["4526", " epsg:4526", "EPSG 4526", "EPSG：4526"].map(codeTyped)).toEqual(Array(4).fill("EPSG:4526"));
    expect(["", "45", "abc", "4526x"].map(codeTyped)).toEqual([null, null, null, null]);
  });
});

describe("activities", () => {
  const { activities } = (choices as unknown as Choices).books[0]!;
  it("are found by part of a name, a code or a group, in either language", () => {
    const found = (typed: string) => matching(activities, typed).flatMap((group) => group.activities.map(({ code }) => code));
    expect(found("")).toHaveLength(activities.length);
    expect(found("度假 旅游")).toEqual([]);
    expect(found("旅游设施")).toContain("tourism-facility");
    expect(found("road")).toContain("road");
    expect(found("Transport")).toContain("railway");
  });
});

describe("a note", () => {
  it("offers what can be done about it", () => {
    expect(remedies("self-crossing")).toEqual(["repair"]);
    expect(remedies("datum-assumed")).toEqual(["crs"]);
    expect(remedies("encoding-guessed")).toEqual([]);
  });
  it("belongs to the file, ZIP or folder it came in", () => {
    expect(pathOf("a.txt", ["/x/a.txt", "/x/b.txt"])).toBe("/x/a.txt");
    expect(pathOf("b.zip/inside/c.shp", ["/x/a.txt", "C:\\x\\b.zip"])).toBe("C:\\x\\b.zip");
    expect(pathOf("c.shp", ["/x/folder"])).toBe("/x/folder");
    expect(pathOf("folder/c.shp", ["/x/folder/"])).toBe("/x/folder/c.shp");
    expect(pathOf("folder/d.zip/e.shp", ["/x/folder"])).toBe("/x/folder/d.zip");
    expect(nameAlone("folder/d.zip/e.shp", "/x/folder/d.zip")).toBe("d.zip/e.shp");
    expect(pathOf("a.txt", ["/x/a.txt", "/y/a.txt"])).toBeNull();
  });
});

describe("rows", () => {
  const project = batch.view.record.projects[0] as unknown as ProjectReview;
  it("are walked from the first to the last and no further", () => {
    const list = stops(project, 0, new Set());
    expect(list.map(({ key }) => key)).toEqual(["1.1.1", "1.2.1"]);
    expect(step(list, null, 1)?.key).toBe("1.1.1");
    expect(step(list, "1.2.1", 1)?.key).toBe("1.2.1");
    expect(step(list, "1.1.1", -1)?.key).toBe("1.1.1");
    expect(step([], null, 1)).toBeNull();
  });
  it("are walked only where the filter lets them stand", () => {
    expect(stops(project, 0, new Set(["prohibited"] as const)).map(({ key }) => key)).toEqual(["1.2.1"]);
  });
});

describe("pieces on the map", () => {
  it("are numbered for the file looked at; of others only outlines stay", () => {
    const { features } = reviewPieces(batch.view as never, 0, null);
    const role = (wanted: string) => features.filter(({ properties }) => properties["role"] === wanted);
    expect(role("badge").map(({ properties }) => properties["badge"])).toEqual(["badge-permitted-1", "badge-prohibited-1"]);
    expect(role("overlap")).toHaveLength(2);
    expect(role("plot").length).toBeGreaterThan(2);
  });
  it("of a plot that is tried elsewhere leave a shadow", () => {
    const { features } = reviewPieces(batch.view as never, 0, "1.1");
    expect(features.filter(({ properties }) => properties["role"] === "shadow")).toHaveLength(1);
    expect(features.filter(({ properties }) => properties["role"] === "overlap")).toHaveLength(1);
  });
  it("of a preview show what is drawn and what would be used", () => {
    const { features } = previewPieces(bowTie.preview.files[0]!.plots as never);
    expect(features.map(({ properties }) => properties["role"])).toEqual(["used", "drawn"]);
  });
  it("of a trial carry a handle for every vertex, the taken one marked", () => {
    const { features } = trialPieces(trial.look as unknown as Trial, { polygon: 0, ring: 0, point: 1 }, true);
    const handles = features.filter(({ properties }) => properties["role"] === "vertex");
    expect(handles).toHaveLength(trial.look.outline[0]![0]!.length - 1);
    expect(handles.filter(({ properties }) => properties["taken"])).toHaveLength(1);
  });
  it("of a way to clear show what is lost and what is left", () => {
    const roles = (shown: "trim" | "shift") =>
      wayPieces(ways as unknown as WaysToClear, shown).features.map(({ properties }) => properties["role"]);
    expect(roles("trim")).toEqual(["lost", "left"]);
    expect(roles("shift")).toEqual(["left"]);
  });
});

describe("the number of a piece", () => {
  it("stands inside it, even where the middle is outside", () => {
    const horseshoe: [number, number][] = [
      [0, 0], [10, 0], [10, 10], [8, 10], [8, 2], [2, 2], [2, 10], [0, 10], [0, 0],
    ];
    const [x, y] = labelPlace([[horseshoe]])!;
    expect(x < 2 || x > 8 || y < 2).toBe(true);
    expect(x > 0 && x < 10 && y > 0 && y < 10).toBe(true);
  });
  it("is nowhere where there is no ground", () => {
    expect(labelPlace([])).toBeNull();
  });
});

describe("what the pointer takes", () => {
  const square: [number, number][][][] = [[[[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]]];
  const at = (x: number, y: number) => hit(square, { x, y }, ([px, py]) => ({ x: px, y: py }));
  it("is a vertex before an edge, an edge before the ground", () => {
    expect(at(2, 2)).toEqual({ on: "vertex", vertex: { polygon: 0, ring: 0, point: 0 } });
    expect(at(50, 3)).toEqual({ on: "edge", vertex: { polygon: 0, ring: 0, point: 0 } });
    expect(at(50, 50)).toEqual({ on: "inside" });
    expect(at(150, 50)).toEqual({ on: "nothing" });
  });
});
