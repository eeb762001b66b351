// What the tools draw: measured lines, the zone identified, the place found.
import type { FilterSpecification, LayerSpecification } from "maplibre-gl";

/** Sources. */
export const SOURCES = ["identified", "measured", "found"] as const;

const ACCENT = "#0B5FA5";
const LINE: FilterSpecification = ["==", ["geometry-type"], "LineString"];

/** Layers, bottom to top. */
export const LAYERS: LayerSpecification[] = [
  { id: "identified-fill", type: "fill", source: "identified", paint: { "fill-color": ACCENT, "fill-opacity": 0.12 } },
  { id: "identified-line", type: "line", source: "identified", paint: { "line-color": ACCENT, "line-width": 2 } },
  {
    id: "measured-fill",
    type: "fill",
    source: "measured",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": ACCENT, "fill-opacity": 0.08 },
  },
  {
    id: "measured-halo",
    type: "line",
    source: "measured",
    filter: LINE,
    paint: { "line-color": "#FFFFFF", "line-width": 5, "line-opacity": 0.9 },
  },
  { id: "measured-line", type: "line", source: "measured", filter: LINE, paint: { "line-color": ACCENT, "line-width": 2 } },
  {
    id: "measured-point",
    type: "circle",
    source: "measured",
    filter: ["==", ["geometry-type"], "Point"],
    // the corner under the pointer: small where it hangs free, full where it snapped, large on a vertex
    paint: {
      "circle-radius": ["match", ["get", "on"], "vertex", 6, "edge", 5, "none", 2.5, 4],
      "circle-color": ["match", ["get", "on"], ["vertex", "edge"], ACCENT, "#FFFFFF"],
      "circle-stroke-color": ["match", ["get", "on"], ["vertex", "edge"], "#FFFFFF", ACCENT],
      "circle-stroke-width": 2,
    },
  },
  {
    id: "found-point",
    type: "circle",
    source: "found",
    paint: { "circle-radius": 8, "circle-color": "rgba(11,95,165,0.15)", "circle-stroke-color": ACCENT, "circle-stroke-width": 3 },
  },
];
