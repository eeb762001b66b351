import { describe, expect, it, vi } from "vitest";
import { Editing } from "./editing.svelte";
import { EditTool } from "./edit-tool.svelte";
import { editEngine, HANDLES, placeAt, ZONES } from "./recorded/engine";
import { NO_FACTS, type LonLat, type ZoneEdit } from "./wire";

// a map on which a degree is a hundred thousand pixels
const map = { project: ([x, y]: LonLat): LonLat => [x * 1e5, y * 1e5], setCursor: () => {} };
const told = (at: LonLat, shift = false) => ({ at, point: map.project(at), metresPerPixel: 1, shift, hold: () => {} });
const key = (name: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key: name, ...more });

async function begun(answers: Parameters<typeof editEngine>[0] = {}) {
  const engine = editEngine(answers);
  const editing = new Editing(engine);
  const tool = new EditTool(engine, editing, () => ["control_line"]);
  await editing.start("control_line", "一", "");
  editing.see([0, 0, 1, 1]);
  const edits = async (command: "apply_edit" | "plan_edit" = "apply_edit") => {
    await tool.settled();
    return (engine.of(command) as { edit: ZoneEdit }[]).map(({ edit }) => edit);
  };
  return { engine, editing, tool, edits };
}

describe("the edit tool", () => {
  it("drags a shared vertex: previews while it moves, commits once where it is let go", async () => {
    const { tool, editing, edits } = await begun();
    tool.take("vertex");
    await tool.click(told([0.2, 0.2]));
    expect(editing.chosen.map((zone) => zone.id)).toEqual(["a"]);
    await tool.settled();
    expect(editing.handles.vertices).toHaveLength(HANDLES.vertices.length);
    tool.down(map, told([0, 0]));
    tool.move(map, told([0.001, 0]));
    tool.move(map, told([0.002, 0]));
    tool.up(map);
    expect(await edits()).toEqual([{ edit: "move-vertex", from: [0, 0], to: [200, 0] }]);
    expect((await edits("plan_edit")).length).toBeLessThanOrEqual(2);
    expect(tool.taken).toEqual(placeAt([0.002, 0]));
  });

  it("does nothing where the button only goes down and up, and takes the vertex for Delete", async () => {
    const { tool, edits } = await begun();
    tool.take("vertex");
    await tool.click(told([0.2, 0.2]));
    await tool.settled();
    tool.down(map, told([0, 0]));
    tool.move(map, told([0.00001, 0]));
    tool.up(map);
    expect(await edits()).toEqual([]);
    expect(tool.key(key("Delete"))).toBe(true);
    expect(await edits()).toEqual([{ edit: "delete-vertex", at: [0, 0] }]);
    expect(tool.taken).toBeNull();
  });

  it("takes only handles that are drawn: at a scale where they overlap the others are an edge's", async () => {
    const { tool, edits } = await begun();
    tool.take("vertex");
    await tool.click(told([0.2, 0.2]));
    await tool.settled();
    expect(tool.handles).toHaveLength(2);
    expect(tool.crowded).toBe(false);
    // the two lie a kilometre apart, which is 4 px now; the one where boundaries meet is kept
    tool.metresPerPixel = 250;
    expect(tool.handles.map(({ junction }) => junction)).toEqual([true]);
    expect(tool.crowded).toBe(true);
    tool.down(map, told([0, 0]));
    tool.move(map, told([0, 0.001]));
    tool.up(map);
    expect(await edits()).toEqual([{ edit: "insert-vertex", edge: [[0, 0], [1000, 0]], at: [0, 100] }]);
  });

  it("leaves alone what is planned beside the map", async () => {
    const { tool, editing } = await begun();
    tool.take("select");
    editing.beside = true;
    editing.preview(async () => ({ edit: "smooth", zones: ["a"] }));
    await editing.settled();
    tool.leave();
    tool.take(null);
    expect(editing.plan).not.toBeNull();
    editing.beside = false;
    tool.leave();
    expect(editing.plan).toBeNull();
  });

  it("asks for the areas of the zones chosen after every edit", async () => {
    let grown = 0;
    const { tool, editing } = await begun({
      draft_zone_at: ({ at }) => {
        const zone = at[0] < 0.5 ? ZONES[0]! : ZONES[1]!;
        return { ...zone, area: { ellipsoidal_m2: zone.area.ellipsoidal_m2 + grown, planar_m2: 1 } };
      },
    });
    tool.take("select");
    await tool.click(told([0.2, 0.2]));
    grown = 7;
    await editing.apply({ edit: "smooth", zones: ["a"] });
    await vi.waitFor(() => expect(editing.chosen[0]?.area?.ellipsoidal_m2).toBe(10_007));
  });

  it("bends an edge that is dragged", async () => {
    const { tool, edits } = await begun();
    tool.take("vertex");
    await tool.click(told([0.2, 0.2]));
    await tool.settled();
    tool.down(map, told([0.005, 0]));
    tool.move(map, told([0.005, 0.001]));
    tool.up(map);
    expect(await edits()).toEqual([{ edit: "insert-vertex", edge: [[0, 0], [1000, 0]], at: [500, 100] }]);
  });

  it("goes where it snaps", async () => {
    const snapped = placeAt([0.0033, 0.0001]);
    const { tool, edits } = await begun({ draft_snap: () => ({ place: snapped, kind: "vertex", layer: "land_use" }) });
    tool.take("vertex");
    await tool.click(told([0.2, 0.2]));
    await tool.settled();
    tool.down(map, told([0, 0]));
    tool.move(map, told([0.0033, 0]));
    tool.up(map);
    expect(await edits()).toEqual([{ edit: "move-vertex", from: [0, 0], to: [snapped.east, snapped.north] }]);
  });

  it("cuts a zone along a drawn line; a double click sets no corner twice", async () => {
    const { tool, edits } = await begun();
    tool.take("select");
    await tool.click(told([0.2, 0.2]));
    tool.take("split");
    for (const at of [[0, 0.1], [1, 0.1], [1, 0.1]] as LonLat[]) void tool.click(told(at));
    await tool.doubleClick();
    expect(await edits()).toEqual([{ edit: "split", zone: "a", line: [[0, 10_000], [100_000, 10_000]] }]);
    expect(tool.points).toEqual([]);
  });

  it("ends a line by Enter pressed at once after the clicks, before the engine has said where they lie", async () => {
    const { tool, edits } = await begun();
    tool.take("select");
    await tool.click(told([0.2, 0.2]));
    tool.take("split");
    for (const at of [[0, 0.1], [1, 0.1]] as LonLat[]) void tool.click(told(at));
    expect(tool.points).toEqual([]);
    expect(tool.key(key("Enter"))).toBe(true);
    expect(await edits()).toEqual([{ edit: "split", zone: "a", line: [[0, 10_000], [100_000, 10_000]] }]);
  });

  it("takes the last corner clicked back, though it has not come yet, and lets go of all by Esc", async () => {
    const { tool } = await begun();
    tool.take("carve");
    for (const at of [[0, 0], [1, 0], [1, 1]] as LonLat[]) void tool.click(told(at));
    expect(tool.key(key("Backspace"))).toBe(true);
    await tool.settled();
    expect(tool.points).toHaveLength(2);
    void tool.click(told([1, 1]));
    expect(tool.key(key("Escape"))).toBe(true);
    expect(tool.name).toBe("carve");
    expect(tool.key(key("Enter"))).toBe(false);
    expect(tool.key(key("Escape"))).toBe(true);
    expect(tool.name).toBeNull();
    await tool.settled();
    expect(tool.points).toEqual([]);
  });

  it("carves from tier to tier, follows boundaries where it traces, and takes typed coordinates", async () => {
    const { tool, edits } = await begun();
    tool.take("carve");
    tool.from = { ground: "tier", tier: "1" };
    tool.to = { recipient: "new", facts: { ...NO_FACTS, tier: "2" } };
    await tool.click(told([0, 0]));
    expect(tool.key(key("t"))).toBe(true);
    await tool.click(told([1, 1]));
    await tool.exactly(0, 100_000, [0, 1]);
    expect(tool.key(key("Enter"))).toBe(true);
    expect(await edits()).toEqual([
      {
        edit: "carve",
        ring: [[0, 0], [50_000, 50_000], [100_000, 100_000], [0, 100_000]],
        from: { ground: "tier", tier: "1" },
        to: { recipient: "new", facts: { ...NO_FACTS, tier: "2" } },
      },
    ]);
  });

  it("keeps what is drawn where the edit is refused, says why and where", async () => {
    const refusal = { code: "line-misses", text: { zh: "线没有穿过分区。", en: "The line does not cross the zone." }, at: placeAt([0.1, 0.1]) };
    const { tool, editing } = await begun({
      apply_edit: () => {
        throw { code: refusal.code, text: refusal.text };
      },
      plan_edit: () => ({ boundaries: { type: "FeatureCollection", features: [] }, moved: [], notes: [], refusal }),
    });
    tool.take("select");
    await tool.click(told([0.2, 0.2]));
    tool.take("split");
    void tool.click(told([0, 0]));
    void tool.click(told([0.1, 0]));
    await tool.doubleClick();
    expect(tool.points).toHaveLength(2);
    expect(editing.trouble?.text).toEqual(refusal.text);
    expect(editing.plan?.refusal?.at).toEqual(refusal.at);
  });

  it("lets go of what is drawn at the first Esc, of the tool at the second", async () => {
    const { tool } = await begun();
    tool.take("carve");
    await tool.click(told([0, 0]));
    expect(tool.key(key("Escape"))).toBe(true);
    expect([tool.points.length, tool.name]).toEqual([0, "carve"]);
    tool.key(key("Escape"));
    expect(tool.name).toBeNull();
    expect(tool.key(key("Escape"))).toBe(false);
  });

  it("chooses several zones with Shift, and takes one out again", async () => {
    const { tool, editing } = await begun();
    tool.take("select");
    await tool.click(told([0.2, 0.2]));
    await tool.click(told([0.8, 0.2], true));
    expect(editing.chosen).toEqual(ZONES);
    await tool.click(told([0.2, 0.2], true));
    expect(editing.chosen).toEqual([ZONES[1]]);
  });
});
