// The city's layers as MapLibre draws them, from the engine's symbols: fills, hatches as repeated
// pictures, outlines. Land use is the ground; the person's order stands above the roles'.
import type { DataDrivenPropertyValueSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Hatch, LayerView, LegendEntry } from "../engine/wire";
import type { ShownLayer } from "../state/city.svelte";

/** The ground of an empty map: paper, in the dark theme dimmed paper, for the lines' own dark red and dark
 *  green (and the project's near black) would drown in a dark one. */
export const GROUND = { light: "#F3F2EE", dark: "#B4B9BF" };

/** Name of a layer's source. */
export const sourceOf = (view: LayerView): string => `city-${view.name}`;

/** A layer's tiles. */
export function source(view: LayerView, tileUrl: (path: string) => string): SourceSpecification {
  return {
    type: "vector",
    tiles: [`${tileUrl(view.tiles)}/{z}/{x}/{y}.mvt`],
    minzoom: view.min_zoom,
    maxzoom: view.max_zoom,
    ...(view.bounds ? { bounds: view.bounds } : {}),
  };
}

/** Name of a hatch's picture. */
export const hatchName = (hatch: Hatch): string =>
  `hatch-${hatch.colour}-${hatch.angle_deg}-${hatch.spacing_px}-${hatch.width_px}-${hatch.cross ? 1 : 0}`;

/** A line of this width at the scales of a review; over the whole city, thinner: there its zones are a few px
 *  across and lines at full width would be all there is to see. */
export const thinner = (width: number): DataDrivenPropertyValueSpecification<number> => [
  "interpolate",
  ["linear"],
  ["zoom"],
  8,
  width * 0.35,
  11,
  width * 0.6,
  13.5,
  width,
];

/** The style layers of one city layer, bottom to top. */
export function styleLayers(shown: ShownLayer): LayerSpecification[] {
  const { view, visible, opacity } = shown;
  const base = { source: sourceOf(view), "source-layer": "zones" };
  const layout = { visibility: visible ? ("visible" as const) : ("none" as const) };
  const layers: LayerSpecification[] = [];
  for (const entry of view.legend) {
    const { symbol } = entry;
    const own = { ...base, filter: ["==", ["get", "k"], entry.key] as ["==", ["get", string], string] };
    const id = (part: string): string => `${sourceOf(view)}-${part}-${entry.key}`;
    if (symbol.fill)
      layers.push({
        id: id("fill"),
        type: "fill",
        ...own,
        layout,
        paint: {
          "fill-color": symbol.fill,
          "fill-opacity": symbol.fill_opacity * opacity,
          // neighbours that share an edge must not show the ground between them
          "fill-antialias": view.role !== "land-use",
        },
      });
    if (symbol.hatch)
      layers.push({
        id: id("hatch"),
        type: "fill",
        ...own,
        layout,
        paint: { "fill-pattern": hatchName(symbol.hatch), "fill-opacity": opacity },
      });
    if (symbol.stroke) {
      const { colour, width_px, dash } = symbol.stroke;
      layers.push({
        id: id("line"),
        type: "line",
        ...own,
        layout: { ...layout, "line-join": "round" },
        paint: {
          "line-color": colour,
          "line-width": thinner(width_px),
          "line-opacity": opacity,
          // MapLibre counts dashes in widths of the line
          ...(dash.length > 0 ? { "line-dasharray": dash.map((px) => px / width_px) } : {}),
        },
      });
    }
  }
  return layers;
}

/** Land use has many keys drawn alike but for their colour: one layer instead of twenty. */
export function landUseLayers(shown: ShownLayer): LayerSpecification[] {
  const { view, visible, opacity } = shown;
  const colours = view.legend.flatMap((entry) => [entry.key, entry.symbol.fill ?? "#cccccc"]);
  const strength = view.legend[0]?.symbol.fill_opacity ?? 0.6;
  const base = { source: sourceOf(view), "source-layer": "zones" };
  const layout = { visibility: visible ? ("visible" as const) : ("none" as const) };
  return [
    {
      id: `${sourceOf(view)}-fill`,
      type: "fill",
      ...base,
      layout,
      paint: {
        "fill-color": colours.length > 2 ? (["match", ["get", "k"], ...colours, "#cccccc"] as never) : "#cccccc",
        "fill-opacity": strength * opacity,
        "fill-antialias": false,
      },
    },
    {
      // near enough to tell parcels of one class apart, and not before
      id: `${sourceOf(view)}-edge`,
      type: "line",
      ...base,
      minzoom: 14,
      layout,
      paint: { "line-color": "#6B6458", "line-width": 0.5, "line-opacity": 0.55 * opacity },
    },
  ];
}

/** A hatch as a picture that repeats without a seam. */
export function hatchPicture(hatch: Hatch, ratio: number): ImageData | null {
  // lines at 45° meet again after √2 of their distance, both ways
  const side = Math.max(4, Math.round(hatch.spacing_px * Math.SQRT2 * ratio));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const ink = canvas.getContext("2d");
  if (!ink) return null;
  ink.strokeStyle = hatch.colour;
  ink.lineWidth = hatch.width_px * ratio;
  for (const shift of [-side, 0, side]) {
    ink.beginPath();
    ink.moveTo(shift, side);
    ink.lineTo(shift + side, 0);
    ink.stroke();
    if (!hatch.cross) continue;
    ink.beginPath();
    ink.moveTo(shift, 0);
    ink.lineTo(shift + side, side);
    ink.stroke();
  }
  return ink.getImageData(0, 0, side, side);
}

/** Every hatch a legend needs. */
export const hatches = (legend: LegendEntry[]): Hatch[] =>
  legend.flatMap((entry) => (entry.symbol.hatch ? [entry.symbol.hatch] : []));
