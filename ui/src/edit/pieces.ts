// What the Edit mode draws, as features: from the draft's state, the plan and the tool.
import { samePlace } from "./handles";
import type { Collection, DraftDefect, DraftVertex, Snapped, DraftVertices, LonLat, Moved, Place } from "./wire";

type Feature = Collection["features"][number];

/** Nothing. */
export const NOTHING: Collection = { type: "FeatureCollection", features: [] };

/** How near to the pointer handles are drawn, px. */
export const NEAR = 120;
/** Handles that are drawn all, near or not. */
const FEW = 60;

const feature = (geometry: GeoJSON.Geometry, properties: Record<string, unknown>): Feature => ({ type: "Feature", properties, geometry });
const point = (at: LonLat, properties: Record<string, unknown>): Feature => feature({ type: "Point", coordinates: at }, properties);

/** Ground that changes hands. */
export const movedPieces = (moved: { geometry: GeoJSON.Geometry }[]): Collection => ({
  type: "FeatureCollection",
  features: moved.map(({ geometry }) => feature(geometry, {})),
});

/** Everything the marks' source holds. */
export interface Marks {
  edges: DraftVertices["edges"];
  /** Handles that can be taken now. */
  vertices: readonly DraftVertex[];
  taken: Place | null;
  /** The pointer's place on the map's face, and how places come onto it. */
  near: { point: [number, number]; project: (at: LonLat) => [number, number] } | null;
  points: Place[];
  closed: boolean;
  pointer: Snapped | null;
  refused: Place | null;
  defect: DraftDefect | null;
}

/** Handles, what is drawn, the snapping mark, a refusal's place, a defect's. */
export function markPieces(marks: Marks): Collection {
  const features: Feature[] = [];
  const { vertices, points, pointer, taken, near } = marks;
  const edges = marks.edges.map(([a, b]) => [a.at, b.at]);
  if (edges.length > 0) features.push(feature({ type: "MultiLineString", coordinates: edges }, { role: "edge" }));
  for (const { place, junction } of vertices) {
    const isTaken = taken !== null && samePlace(place, taken);
    if (!isTaken && vertices.length > FEW && !isNear(place.at, near)) continue;
    features.push(point(place.at, { role: "handle", junction, taken: isTaken }));
  }
  const line = [...points.map(({ at }) => at), ...(pointer && points.length > 0 ? [pointer.place.at] : [])];
  const first = line[0];
  if (line.length > 1 && first)
    features.push(
      feature({ type: "LineString", coordinates: marks.closed && line.length > 2 ? [...line, first] : line }, { role: "sketch" }),
    );
  for (const { at } of points) features.push(point(at, { role: "corner" }));
  if (pointer) {
    features.push(point(pointer.place.at, { role: "reach" }));
    features.push(point(pointer.place.at, { role: "snap", on: pointer.kind }));
  }
  if (marks.defect) {
    if (marks.defect.geometry) features.push(feature(marks.defect.geometry, { role: "defect" }));
    features.push(point(marks.defect.at.at, { role: "defect" }));
  }
  if (marks.refused) features.push(point(marks.refused.at, { role: "refused" }));
  return { type: "FeatureCollection", features };
}

function isNear(at: LonLat, near: Marks["near"]): boolean {
  if (!near) return false;
  const [x, y] = near.project(at);
  return Math.hypot(x - near.point[0], y - near.point[1]) <= NEAR;
}

/** Bounds of a geometry; null where it has no place. */
export function boundsOf(geometry: GeoJSON.Geometry): [number, number, number, number] | null {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [x, y] = part as unknown[];
    if (typeof x === "number" && typeof y === "number") {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    } else part.forEach(walk);
  };
  if (geometry.type === "GeometryCollection") return null;
  walk(geometry.coordinates);
  return bounds[0] <= bounds[2] ? bounds : null;
}
