// How the city's layers become what MapLibre draws.
import { describe, expect, test } from "vitest";
import type { LayerView, Symbol } from "../engine/wire";
import { hatchName, hatches, landUseLayers, source, styleLayers } from "./style";

const area = { ellipsoidal_m2: 1, planar_m2: 1 };
const bare: Symbol = { fill: null, fill_opacity: 1, hatch: null, stroke: null, official: false };
const view = (role: LayerView["role"], symbols: Record<string, Partial<Symbol>>): LayerView => ({
  name: "layer",
  title: "图层",
  role,
  revision: 1,
  date: "2024-01-01",
  source: "a.gpkg",
  sha256: "",
  features: 2,
  area,
  bounds: [113, 22, 114, 23],
  edited_outside: false,
  tiles: "layer/abc",
  min_zoom: 5,
  max_zoom: 15,
  legend: Object.entries(symbols).map(([key, symbol]) => ({
    key,
    name: { zh: key, en: key },
    features: 1,
    area,
    symbol: { ...bare, ...symbol },
  })),
});
const hatch = { colour: "#8B0000", angle_deg: 45, spacing_px: 6, width_px: 1, cross: false };
const RED = view("red-line", {
  core: { hatch, stroke: { colour: "#8B0000", width_px: 2, dash: [] } },
  other: { fill: "#ff0000", fill_opacity: 0.2, stroke: { colour: "#8B0000", width_px: 2, dash: [6, 4] } },
});

describe("a layer of lines and hatches", () => {
  test("draws each key of its legend as its symbol says: fill, then hatch, then outline", () => {
    const layers = styleLayers({ view: RED, visible: true, opacity: 1 });
    expect(layers.map(({ id }) => id.replace("city-layer-", ""))).toEqual(["hatch-core", "line-core", "fill-other", "line-other"]);
    expect(layers.every((layer) => "source-layer" in layer && layer["source-layer"] === "zones")).toBe(true);
  });

  test("counts dashes in widths of the line, as MapLibre does", () => {
    const line = styleLayers({ view: RED, visible: true, opacity: 1 }).find(({ id }) => id.endsWith("line-other"));
    expect(line?.paint).toMatchObject({ "line-dasharray": [3, 2] });
  });

  test("fades as a whole, and a fill keeps its own lightness in that", () => {
    const paints = styleLayers({ view: RED, visible: true, opacity: 0.5 }).map(({ paint }) => paint);
    expect(paints[0]).toMatchObject({ "fill-opacity": 0.5 });
    expect(paints[2]).toMatchObject({ "fill-opacity": 0.1 });
    expect(paints[3]).toMatchObject({ "line-opacity": 0.5 });
  });

  test("that is switched off stays in the style and is not drawn", () => {
    for (const { layout } of styleLayers({ view: RED, visible: false, opacity: 1 }))
      expect(layout).toMatchObject({ visibility: "none" });
  });

  test("asks for exactly the hatches it names", () => {
    const named = styleLayers({ view: RED, visible: true, opacity: 1 }).flatMap(({ paint }) =>
      paint && "fill-pattern" in paint ? [paint["fill-pattern"]] : [],
    );
    expect(named).toEqual(hatches(RED.legend).map(hatchName));
  });
});

describe("land use", () => {
  const LAND = view("land-use", { "01": { fill: "#fff000", fill_opacity: 0.6 }, "03": { fill: "#00ff00", fill_opacity: 0.6 } });

  test("is one fill with a colour a class, and edges only near by", () => {
    const [fill, edge, ...more] = landUseLayers({ view: LAND, visible: true, opacity: 1 });
    expect(more).toEqual([]);
    expect(fill?.paint).toMatchObject({
      "fill-color": ["match", ["get", "k"], "01", "#fff000", "03", "#00ff00", "#cccccc"],
      "fill-opacity": 0.6,
    });
    expect(edge?.minzoom).toBeGreaterThanOrEqual(14);
  });

  test("without a class is drawn in one colour instead of a broken style", () => {
    const [fill] = landUseLayers({ view: view("land-use", {}), visible: true, opacity: 1 });
    expect(fill?.paint).toMatchObject({ "fill-color": "#cccccc" });
  });
});

test("a layer's tiles come from the front's address, at the zooms there are", () => {
  expect(source(RED, (path) => `tiles://localhost/${path}`)).toEqual({
    type: "vector",
    tiles: ["tiles://localhost/layer/abc/{z}/{x}/{y}.mvt"],
    minzoom: 5,
    maxzoom: 15,
    bounds: [113, 22, 114, 23],
  });
});
