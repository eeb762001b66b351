// What the review side draws, as GeoJSON: the engine's pieces with whole numbers for the map to
// know them by, previews and trials as they stand. A badge is a point of its own: the map cuts shapes
// into tiles, and would number each part.
import type { Outcome, PreviewedPlot, ReviewView, Trial, WaysToClear } from "../engine/wire";
import { labelPlace } from "./label-place";
import { mapNumber } from "./rows";

type Outline = [number, number][][][];
type Collection = GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, unknown>>;

/** Nothing. */
export const NOTHING: Collection = { type: "FeatureCollection", features: [] };

const collect = (features: Collection["features"]): Collection => ({ type: "FeatureCollection", features });

const badge = (outline: Outline, key: string, outcome: string, number: string | number): Collection["features"] => {
  const at = labelPlace(outline);
  return at
    ? [
        {
          type: "Feature",
          properties: { role: "badge", key, badge: `badge-${outcome}-${number}` },
          geometry: { type: "Point", coordinates: at },
        },
      ]
    : [];
};

const outlineOf = (geometry: GeoJSON.Geometry): Outline =>
  geometry.type === "MultiPolygon"
    ? (geometry.coordinates as Outline)
    : geometry.type === "Polygon"
      ? [geometry.coordinates as Outline[number]]
      : [];

const piece = (outline: Outline, properties: Record<string, unknown>): Collection["features"][number] => ({
  type: "Feature",
  properties,
  geometry: { type: "MultiPolygon", coordinates: outline },
});

/** The pieces of a review: `key` as the panel knows them, `role`, `outcome`, a badge for each overlap. The
 *  file looked at stands out (`looked`), the others of a batch stay in the background; of a plot that is
 *  `tried` elsewhere only the outline stays, dashed. */
export function reviewPieces(view: ReviewView, project: number, tried: string | null): Collection {
  const prefix = `${project + 1}.`;
  return collect(
    view.features.features.flatMap((feature, place) => {
      if (!feature.geometry) return [];
      const key = String(feature.id ?? feature.properties?.["id"] ?? "");
      const looked = key.startsWith(prefix);
      const role = String(feature.properties?.["role"] ?? "");
      // overlaps of a file that is not looked at would bury the map under numbers
      if (!looked && role !== "plot") return [];
      const shadow = tried !== null && (key === tried || key.startsWith(`${tried}.`));
      if (shadow && role !== "plot") return [];
      const outcome = feature.properties?.["outcome"] as Outcome | undefined;
      return [
        {
          type: "Feature" as const,
          id: place,
          properties: {
            key,
            role: shadow ? "shadow" : role,
            looked,
            outcome: outcome ?? "clear",
          },
          geometry: feature.geometry,
        },
        ...(role === "overlap" ? badge(outlineOf(feature.geometry), key, outcome ?? "clear", mapNumber(key)) : []),
      ];
    }),
  );
}

/** A previewed file: rings as drawn, shapes as they would be used. */
export function previewPieces(plots: PreviewedPlot[]): Collection {
  return collect([
    ...plots.map((plot) => piece(plot.outline, { role: "used" })),
    ...plots.flatMap((plot) =>
      plot.drawn.map((ring) => ({
        type: "Feature" as const,
        properties: { role: "drawn" },
        geometry: { type: "LineString" as const, coordinates: ring },
      })),
    ),
  ]);
}

/** A trial: its outline, its overlaps with their numbers, a handle for every vertex. */
export function trialPieces(
  trial: Trial,
  taken: { polygon: number; ring: number; point: number } | null,
  handles: boolean,
): Collection {
  return collect([
    piece(trial.outline, { role: "trial", trouble: trial.trouble !== null }),
    ...trial.overlaps.map((overlap) => piece(overlap.outline, { role: "overlap", outcome: overlap.outcome })),
    ...trial.overlaps.flatMap((overlap) => badge(overlap.outline, "", overlap.outcome, overlap.number)),
    ...(handles ? trial.outline : []).flatMap((polygon, p) =>
      polygon.flatMap((ring, r) =>
        ring.slice(0, -1).map((at, i) => ({
          type: "Feature" as const,
          properties: {
            role: "vertex",
            polygon: p,
            ring: r,
            point: i,
            taken: taken?.polygon === p && taken.ring === r && taken.point === i,
          },
          geometry: { type: "Point" as const, coordinates: at },
        })),
      ),
    ),
  ]);
}

/** A footprint while it is drawn: its corners so far, and the pointer. */
export function sketchPieces(points: [number, number][], pointer: [number, number] | null): Collection {
  const line = pointer ? [...points, pointer] : points;
  const first = line[0];
  return collect([
    ...(line.length > 1 && first
      ? [
          {
            type: "Feature" as const,
            properties: { role: "sketch" },
            geometry: { type: "LineString" as const, coordinates: line.length > 2 ? [...line, first] : line },
          },
        ]
      : []),
    ...points.map((at, point) => ({
      type: "Feature" as const,
      properties: { role: "vertex", point, taken: false },
      geometry: { type: "Point" as const, coordinates: at },
    })),
  ]);
}

/** A way to clear: what is lost and left of a trim, or the plot where a shift takes it. */
export function wayPieces(ways: WaysToClear, shown: "trim" | "shift"): Collection {
  if (shown === "trim" && ways.trim)
    return collect([piece(ways.trim.lost, { role: "lost" }), piece(ways.trim.outline, { role: "left" })]);
  if (shown === "shift" && ways.shift) return collect([piece(ways.shift.outline, { role: "left" })]);
  return NOTHING;
}
