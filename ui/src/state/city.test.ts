// The open workspace and its layers.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LayerRole, LayerView, WorkspaceView } from "../engine/wire";
import { memory, refusal } from "../platform/memory";
import { city, ordered } from "./city.svelte";
import { leaving } from "./leaving.svelte";
import { settings } from "./settings.svelte";
import { tasks } from "./tasks.svelte";

vi.mock("../platform", async () => ({ platform: (await import("../platform/memory")).memory }));

const layer = (name: string, role: LayerRole): LayerView => ({
  name,
  title: name,
  role,
  revision: 1,
  date: "2024-01-01",
  source: "",
  sha256: "",
  features: 1,
  area: { ellipsoidal_m2: 1, planar_m2: 1 },
  bounds: null,
  edited_outside: false,
  tiles: name,
  min_zoom: 5,
  max_zoom: 15,
  legend: [],
});
const LAYERS = [layer("dltb", "land-use"), layer("kzx", "control-line"), layer("hx", "red-line"), layer("xzq", "district")];
const view = (path: string): WorkspaceView => ({
  path,
  file: path,
  city: "穗城",
  crs: "EPSG:4526",
  crs_name: { zh: "", en: "" },
  sample: true,
  unit: "ha",
  sliver_m2: 1,
  rule_book: null,
  revision: 6,
  read_only: false,
  bounds: null,
  layers: LAYERS,
  notes: [],
});

beforeEach(() => {
  settings.begin({ lang: "zh" }, async () => {});
  memory.answers.prepare_tiles = () => ({ built: [], troubles: [] });
  memory.answers.set_preferences = () => ({});
});
afterEach(() => {
  memory.reset();
  city.view = null;
  city.layers = [];
  for (const { key } of tasks.notices) tasks.dismiss(key);
});

describe("layers", () => {
  test("stand by what they are for: lines above, land use the ground", () => {
    expect(ordered(LAYERS, []).map(({ view }) => view.name)).toEqual(["hx", "kzx", "xzq", "dltb"]);
  });

  test("come back in the person's order, with what was hidden hidden; a new layer joins by its role", () => {
    const left = [
      { name: "dltb", visible: false, opacity: 0.4 },
      { name: "hx", visible: true, opacity: 1 },
    ];
    const shown = ordered(LAYERS, left);
    expect(shown.map(({ view }) => view.name)).toEqual(["dltb", "hx", "kzx", "xzq"]);
    expect(shown[0]).toMatchObject({ visible: false, opacity: 0.4 });
  });

  test("moved, hidden and faded are remembered", async () => {
    memory.answers.open_workspace = ({ path }) => view(path);
    await city.open("/a.gpkg");
    city.move("dltb", 0);
    city.show("hx", { opacity: 0.5 });
    city.show("kzx", { visible: false });
    expect(settings.layers).toEqual([
      { name: "dltb", visible: true, opacity: 1 },
      { name: "hx", visible: true, opacity: 0.5 },
      { name: "kzx", visible: false, opacity: 1 },
      { name: "xzq", visible: true, opacity: 1 },
    ]);
  });

  test("moved beyond either end stay at the end", async () => {
    memory.answers.open_workspace = ({ path }) => view(path);
    await city.open("/a.gpkg");
    city.move("hx", 99);
    expect(city.layers.at(-1)?.view.name).toBe("hx");
    city.move("hx", -5);
    expect(city.layers[0]?.view.name).toBe("hx");
  });
});

describe("opening", () => {
  test("a workspace leads with its unit, stands first among the recent ones and makes its tiles ready", async () => {
    city.recent = [{ path: "/b.gpkg", file: "b", city: "" }, { path: "/a.gpkg", file: "a", city: "" }];
    memory.answers.open_workspace = ({ path }) => view(path);
    expect(await city.open("/a.gpkg")).toBe(true);
    expect(settings.unit).toBe("ha");
    expect(city.recent.map(({ path }) => path)).toEqual(["/a.gpkg", "/b.gpkg"]);
    expect(memory.requests("prepare_tiles")).toHaveLength(1);
  });

  test("what cannot be opened is said, and the city open before stays", async () => {
    memory.answers.open_workspace = ({ path }) => view(path);
    await city.open("/a.gpkg");
    memory.answers.open_workspace = () => {
      throw refusal("workspace-newer", "由更新的版本写成。", "Written by a newer version.");
    };
    expect(await city.open("/b.gpkg")).toBe(false);
    expect(city.view?.path).toBe("/a.gpkg");
    expect(tasks.notices.map(({ text }) => text.zh)).toContain("由更新的版本写成。");
  });

  describe("over reviews that nobody saved", () => {
    beforeEach(async () => {
      memory.answers.open_workspace = ({ path }) => view(path);
      await city.open("/a.gpkg");
      memory.answers.open_workspace = ({ path, let_go }) => {
        if (let_go) return view(path);
        throw refusal("reviews-unsaved", "2 项审查未保存：a.txt、b.txt。", "2 reviews are not saved: a.txt; b.txt.");
      };
    });

    test("names them and opens nothing before the person answers; kept, all stays as it was", async () => {
      const opening = city.open("/b.gpkg");
      await vi.waitFor(() => expect(leaving.question?.zh).toContain("2 项审查未保存"));
      expect(city.view?.path).toBe("/a.gpkg");
      leaving.answer(false);
      expect(await opening).toBe(false);
      expect(city.view?.path).toBe("/a.gpkg");
      expect(leaving.question).toBeNull();
      expect(tasks.notices).toEqual([]);
      expect(memory.requests("open_workspace").every((asked) => !asked.let_go)).toBe(true);
    });

    test("opens once they are let go, a dropped city too", async () => {
      const opening = city.openIfWorkspace("/b.gpkg");
      await vi.waitFor(() => expect(leaving.question).not.toBeNull());
      leaving.answer(true);
      expect(await opening).toBe("opened");
      expect(city.view?.path).toBe("/b.gpkg");
    });
  });

  test("a GeoPackage that is no workspace may be a project: nothing is said", async () => {
    memory.answers.open_workspace = () => {
      throw refusal("not-a-workspace", "不是工作空间。", "No workspace.");
    };
    expect(await city.openIfWorkspace("/p.gpkg")).toBe("no-workspace");
    expect(tasks.notices).toEqual([]);
  });

  test("zones that cannot be drawn are said by name", async () => {
    memory.answers.open_workspace = ({ path }) => view(path);
    memory.answers.prepare_tiles = () => ({ built: [], troubles: [{ zh: "图斑 7 没有画出。", en: "Zone 7 is not drawn." }] });
    await city.open("/a.gpkg");
    await vi.waitFor(() => expect(tasks.notices.map(({ text }) => text.en)).toContain("Zone 7 is not drawn."));
  });
});
