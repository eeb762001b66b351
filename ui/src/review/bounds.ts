// Bounds of what the engine gave, for the map to go to.

/** West, south, east, north, degrees. */
export type Bounds = [number, number, number, number];

/** Bounds that hold both. */
export function join(a: Bounds | null, b: Bounds | null): Bounds | null {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Bounds of an outline; null where it is empty. */
export const boundsOfOutline = (outline: unknown): Bounds | null => walk(outline, null);

/** Bounds of features; null where they have no place. */
export const boundsOfFeatures = (features: GeoJSON.Feature[]): Bounds | null =>
  features.reduce<Bounds | null>(
    // a feature without a place is valid GeoJSON: its geometry is null
    (bounds, { geometry }) => (geometry && "coordinates" in geometry ? walk(geometry.coordinates, bounds) : bounds),
    null,
  );

function walk(part: unknown, bounds: Bounds | null): Bounds | null {
  if (!Array.isArray(part)) return bounds;
  const [x, y] = part as unknown[];
  if (typeof x === "number" && typeof y === "number") return join(bounds, [x, y, x, y]);
  return part.reduce<Bounds | null>((all, inner) => walk(inner, all), bounds);
}
