// The sheet's frame on the ground as the map shows it: moved and dimmed around, in the map's own projection,
// so that what is dragged stays under the pointer. Where it truly lies the engine says afterwards.
import type { LonLat } from "./sheet.svelte";

type Bounds = [number, number, number, number];

const toY = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
const toLat = (y: number): number => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90;

/** The ring with `from` brought to `to`, and `factor` times as large. */
export function placed(ring: LonLat[], from: LonLat, to: LonLat, factor = 1): LonLat[] {
  const [x0, y0] = [from[0], toY(from[1])];
  const [x1, y1] = [to[0], toY(to[1])];
  return ring.map(([lon, lat]) => [x1 + (lon - x0) * factor, toLat(y1 + (toY(lat) - y0) * factor)]);
}

/** Where `at` comes to when `from` is brought to `to`. */
export const shifted = (at: LonLat, from: LonLat, to: LonLat): LonLat => placed([at], from, to)[0] ?? at;

/** Whether a place lies inside the ring. */
export function inside(ring: LonLat[], [x, y]: LonLat): boolean {
  let odd = false;
  for (const [n, a] of ring.entries()) {
    const b = ring[(n + 1) % ring.length] ?? a;
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
}

/** Bounds of the ring. */
export function boundsOfRing(ring: LonLat[]): Bounds {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Whether the bounds hold the others. */
export const holds = (outer: Bounds, inner: Bounds): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

/** The frame as the map draws it: its line, and everything outside it. */
export function framePieces(ring: LonLat[]): GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, unknown>> {
  // far enough for every view, near enough that the hole keeps its place
  const [west, south, east, north] = boundsOfRing(ring);
  const far = 8 * Math.max(east - west, north - south, 1);
  const [w, s, e, n] = [west - far, Math.max(-85, south - far), east + far, Math.min(85, north + far)];
  const world: LonLat[] = [[w, s], [e, s], [e, n], [w, n], [w, s]];
  return {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { is: "outside" }, geometry: { type: "Polygon", coordinates: [world, ring] } },
      { type: "Feature", properties: { is: "frame" }, geometry: { type: "LineString", coordinates: ring } },
    ],
  };
}
