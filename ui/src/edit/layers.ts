// How an edit is drawn: zones that changed in their tier's green, ground that changes hands shaded, handles
// near the pointer, the reach of snapping as a ring, refusals as a red mark at their place.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";

/** The source of the zones that a draft changes, as tiles. */
export const DRAFT = "edit-zones";
/** The sources above it, bottom to top. */
export const SOURCES = ["edit-compared", "edit-plan", "edit-moved", "edit-marks"] as const;

const ACCENT = "#0B5FA5";
const GREEN = "#1F6B3A";
const RED = "#B3261E";
const is = (role: string): ExpressionSpecification => ["==", ["get", "role"], role];
const GAINED: ExpressionSpecification = ["match", ["get", "kind"], "gained", "#1B7A57", "lost", RED, "#A15C00"];
const TIER: ExpressionSpecification = ["match", ["get", "k"], "1", 0.34, 0.16];

/** Layers, bottom to top. */
export const LAYERS: LayerSpecification[] = [
  { id: "edit-zone-fill", type: "fill", source: DRAFT, "source-layer": "zones", paint: { "fill-color": GREEN, "fill-opacity": TIER } },
  {
    id: "edit-zone-line",
    type: "line",
    source: DRAFT,
    "source-layer": "zones",
    layout: { "line-join": "round" },
    paint: { "line-color": GREEN, "line-width": 2 },
  },
  { id: "edit-compared-fill", type: "fill", source: "edit-compared", paint: { "fill-color": GAINED, "fill-opacity": 0.5 } },
  { id: "edit-compared-line", type: "line", source: "edit-compared", paint: { "line-color": GAINED, "line-width": 2 } },
  {
    id: "edit-plan-halo",
    type: "line",
    source: "edit-plan",
    paint: { "line-color": "#FFFFFF", "line-width": 5, "line-opacity": 0.85 },
  },
  { id: "edit-plan-line", type: "line", source: "edit-plan", layout: { "line-join": "round" }, paint: { "line-color": ACCENT, "line-width": 2.5 } },
  {
    id: "edit-moved-fill",
    type: "fill",
    source: "edit-moved",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": "#A15C00", "fill-opacity": 0.45 },
  },
  {
    id: "edit-moved-line",
    type: "line",
    source: "edit-moved",
    paint: { "line-color": "#7A4500", "line-width": 1.5, "line-dasharray": [3, 2] },
  },
  { id: "edit-chosen", type: "line", source: "edit-marks", filter: is("edge"), paint: { "line-color": ACCENT, "line-width": 2.5 } },
  { id: "edit-sketch-halo", type: "line", source: "edit-marks", filter: is("sketch"), paint: { "line-color": "#FFFFFF", "line-width": 5 } },
  {
    id: "edit-sketch",
    type: "line",
    source: "edit-marks",
    filter: is("sketch"),
    paint: { "line-color": ACCENT, "line-width": 2, "line-dasharray": [3, 1.5] },
  },
  {
    id: "edit-handle",
    type: "circle",
    source: "edit-marks",
    filter: is("handle"),
    // where three boundaries meet a handle is darker: it cannot be taken out
    paint: {
      "circle-radius": ["case", ["get", "taken"], 6, 3.25],
      "circle-color": ["case", ["get", "taken"], ACCENT, ["get", "junction"], "#C9D8E6", "#FFFFFF"],
      "circle-stroke-color": ACCENT,
      "circle-stroke-width": 1.5,
    },
  },
  {
    id: "edit-corner",
    type: "circle",
    source: "edit-marks",
    filter: is("corner"),
    paint: { "circle-radius": 4, "circle-color": "#FFFFFF", "circle-stroke-color": ACCENT, "circle-stroke-width": 2 },
  },
  {
    id: "edit-reach",
    type: "circle",
    source: "edit-marks",
    filter: is("reach"),
    paint: {
      "circle-radius": 10,
      "circle-color": "rgba(11,95,165,0.08)",
      "circle-stroke-color": ACCENT,
      "circle-stroke-width": 1,
    },
  },
  {
    id: "edit-snap",
    type: "circle",
    source: "edit-marks",
    filter: is("snap"),
    paint: {
      "circle-radius": ["match", ["get", "on"], "vertex", 5, "edge", 4, 2],
      "circle-color": ["match", ["get", "on"], "none", "#FFFFFF", ACCENT],
      "circle-stroke-color": ["match", ["get", "on"], "none", ACCENT, "#FFFFFF"],
      "circle-stroke-width": 2,
    },
  },
  {
    id: "edit-refused",
    type: "circle",
    source: "edit-marks",
    filter: is("refused"),
    paint: { "circle-radius": 12, "circle-color": "rgba(179,38,30,0.2)", "circle-stroke-color": RED, "circle-stroke-width": 3 },
  },
  {
    id: "edit-defect-area",
    type: "fill",
    source: "edit-marks",
    filter: ["all", is("defect"), ["==", ["geometry-type"], "Polygon"]],
    paint: { "fill-color": RED, "fill-opacity": 0.4 },
  },
  {
    id: "edit-defect",
    type: "circle",
    source: "edit-marks",
    filter: ["all", is("defect"), ["==", ["geometry-type"], "Point"]],
    paint: { "circle-radius": 9, "circle-color": "rgba(179,38,30,0)", "circle-stroke-color": RED, "circle-stroke-width": 2.5 },
  },
];
