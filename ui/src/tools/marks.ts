// What the tools draw: measured lines, the zone identified, the place found.
import type { LayerSpecification } from "maplibre-gl";

/** Sources. */
export const SOURCES = ["identified", "measured", "found"] as const;

const ACCENT = "#0B5FA5";

/** Layers, bottom to top. */
export const LAYERS: LayerSpecification[] = [
  { id: "identified-fill", type: "fill", source: "identified", paint: { "fill-color": ACCENT, "fill-opacity": 0.12 } },
  { id: "identified-line", type: "line", source: "identified", paint: { "line-color": ACCENT, "line-width": 2 } },
  {
    id: "measured-halo",
    type: "line",
    source: "measured",
    paint: { "line-color": "#FFFFFF", "line-width": 5, "line-opacity": 0.9 },
  },
  { id: "measured-line", type: "line", source: "measured", paint: { "line-color": ACCENT, "line-width": 2 } },
  {
    id: "measured-point",
    type: "circle",
    source: "measured",
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 4, "circle-color": "#FFFFFF", "circle-stroke-color": ACCENT, "circle-stroke-width": 2 },
  },
  {
    id: "found-point",
    type: "circle",
    source: "found",
    paint: { "circle-radius": 8, "circle-color": "rgba(11,95,165,0.15)", "circle-stroke-color": ACCENT, "circle-stroke-width": 3 },
  },
];
