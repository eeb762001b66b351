// How the review side is drawn, after interface.md: the project a near-black outline with a white
// halo, overlapped pieces in their outcome's colour, previews dashed, trials as the project.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";

/** Sources, bottom to top. */
export const SOURCES = ["review", "review-preview", "review-way", "review-trial"] as const;
/** One of them. */
export type ReviewSource = (typeof SOURCES)[number];

const OUTCOME: ExpressionSpecification = [
  "match",
  ["get", "outcome"],
  "prohibited",
  "#B3261E",
  "manual",
  "#6B4FA0",
  "conditional",
  "#A15C00",
  "permitted",
  "#1B7A57",
  "#55606B",
];

const is = (role: string): ExpressionSpecification => ["==", ["get", "role"], role];
const all = (...parts: ExpressionSpecification[]): ExpressionSpecification => ["all", ...parts];
const LOOKED: ExpressionSpecification = ["get", "looked"];
const HOVERED: ExpressionSpecification = ["boolean", ["feature-state", "hovered"], false];
const PULSING: ExpressionSpecification = ["boolean", ["feature-state", "pulsing"], false];
const SELECTED: ExpressionSpecification = ["boolean", ["feature-state", "selected"], false];

const NEAR_BLACK = "#1A1C1E";
const ACCENT = "#0B5FA5";

/** Layers, bottom to top. */
export const LAYERS: LayerSpecification[] = [
  {
    id: "review-others",
    type: "line",
    source: "review",
    filter: all(is("plot"), ["!", LOOKED]),
    paint: { "line-color": OUTCOME, "line-width": 1.5 },
  },
  {
    id: "review-overlap",
    type: "fill",
    source: "review",
    filter: is("overlap"),
    paint: { "fill-color": OUTCOME, "fill-opacity": ["case", HOVERED, 0.75, SELECTED, 0.65, 0.45] },
  },
  {
    id: "review-overlap-line",
    type: "line",
    source: "review",
    filter: is("overlap"),
    paint: { "line-color": OUTCOME, "line-width": ["case", HOVERED, 2.5, 1] },
  },
  {
    id: "review-shadow",
    type: "line",
    source: "review",
    filter: is("shadow"),
    paint: { "line-color": NEAR_BLACK, "line-width": 1.5, "line-dasharray": [3, 3] },
  },
  {
    id: "review-halo",
    type: "line",
    source: "review",
    filter: all(["any", is("plot"), is("line")], LOOKED),
    paint: { "line-color": "#FFFFFF", "line-width": 5.5, "line-opacity": 0.9 },
  },
  {
    id: "review-plot",
    type: "line",
    source: "review",
    filter: all(["any", is("plot"), is("line")], LOOKED),
    paint: { "line-color": NEAR_BLACK, "line-width": 2.5 },
  },
  {
    id: "review-selected",
    type: "line",
    source: "review",
    filter: is("overlap"),
    paint: {
      "line-color": ["case", SELECTED, ACCENT, "rgba(0,0,0,0)"],
      "line-width": ["case", PULSING, 9, 3],
    },
  },
  {
    id: "review-location",
    type: "circle",
    source: "review",
    filter: is("location"),
    paint: {
      "circle-color": OUTCOME,
      "circle-radius": ["case", SELECTED, 8, HOVERED, 7, 5],
      "circle-stroke-color": "#FFFFFF",
      "circle-stroke-width": 2,
    },
  },
  {
    id: "review-badge",
    type: "symbol",
    source: "review",
    filter: is("badge"),
    layout: { "icon-image": ["get", "badge"], "icon-allow-overlap": true, "icon-ignore-placement": true },
  },
  {
    id: "review-preview-used",
    type: "fill",
    source: "review-preview",
    filter: is("used"),
    paint: { "fill-color": ACCENT, "fill-opacity": 0.12 },
  },
  {
    id: "review-preview-used-line",
    type: "line",
    source: "review-preview",
    filter: is("used"),
    paint: { "line-color": ACCENT, "line-width": 2.5 },
  },
  {
    id: "review-preview-drawn",
    type: "line",
    source: "review-preview",
    filter: is("drawn"),
    paint: { "line-color": NEAR_BLACK, "line-width": 2, "line-dasharray": [3, 2] },
  },
  {
    id: "review-way-lost",
    type: "fill",
    source: "review-way",
    filter: is("lost"),
    paint: { "fill-color": "#B3261E", "fill-opacity": 0.35 },
  },
  {
    id: "review-way-lost-line",
    type: "line",
    source: "review-way",
    filter: is("lost"),
    paint: { "line-color": "#B3261E", "line-width": 1.5, "line-dasharray": [3, 2] },
  },
  {
    id: "review-way-left",
    type: "line",
    source: "review-way",
    filter: is("left"),
    paint: { "line-color": "#1B7A57", "line-width": 3 },
  },
  {
    id: "review-trial-overlap",
    type: "fill",
    source: "review-trial",
    filter: is("overlap"),
    paint: { "fill-color": OUTCOME, "fill-opacity": 0.55 },
  },
  {
    id: "review-trial-ground",
    type: "fill",
    source: "review-trial",
    filter: is("trial"),
    paint: { "fill-color": ACCENT, "fill-opacity": 0.06 },
  },
  {
    id: "review-trial-halo",
    type: "line",
    source: "review-trial",
    filter: ["any", is("trial"), is("sketch")],
    paint: { "line-color": "#FFFFFF", "line-width": 5.5, "line-opacity": 0.9 },
  },
  {
    id: "review-trial-line",
    type: "line",
    source: "review-trial",
    filter: ["any", is("trial"), is("sketch")],
    paint: { "line-color": ["case", ["to-boolean", ["get", "trouble"]], "#B3261E", ACCENT], "line-width": 2.5 },
  },
  {
    id: "review-trial-badge",
    type: "symbol",
    source: "review-trial",
    filter: is("badge"),
    layout: { "icon-image": ["get", "badge"], "icon-allow-overlap": true, "icon-ignore-placement": true },
  },
  {
    id: "review-trial-vertex",
    type: "circle",
    source: "review-trial",
    filter: is("vertex"),
    paint: {
      "circle-color": ["case", ["get", "taken"], ACCENT, "#FFFFFF"],
      "circle-radius": ["case", ["get", "taken"], 6, 4.5],
      "circle-stroke-color": ACCENT,
      "circle-stroke-width": 2,
    },
  },
];
