// What the publish mode draws on the map: the sheet's frame, and everything outside it a little dimmed.
import type { FilterSpecification, LayerSpecification } from "maplibre-gl";

/** Sources. */
export const SOURCES = ["publish-frame"] as const;

const OUTSIDE: FilterSpecification = ["==", ["get", "is"], "outside"];
const FRAME: FilterSpecification = ["==", ["get", "is"], "frame"];

/** Layers, bottom to top. */
export const LAYERS: LayerSpecification[] = [
  { id: "publish-outside", type: "fill", source: "publish-frame", filter: OUTSIDE, paint: { "fill-color": "#14171B", "fill-opacity": 0.22, "fill-antialias": false } },
  { id: "publish-halo", type: "line", source: "publish-frame", filter: FRAME, paint: { "line-color": "#FFFFFF", "line-width": 5, "line-opacity": 0.9 } },
  { id: "publish-line", type: "line", source: "publish-frame", filter: FRAME, paint: { "line-color": "#0B5FA5", "line-width": 2 } },
];
