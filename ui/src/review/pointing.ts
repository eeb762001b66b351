// Where on a footprint the pointer is: a vertex, an edge, or inside. In pixels of the screen, for that
// is what a hand aims with; what is then asked of the engine is a place in degrees.
import type { VertexAt } from "../engine/wire";

/** Pixels from a vertex within which it is taken. */
export const NEAR_VERTEX = 9;
/** Pixels from an edge within which it is taken. */
export const NEAR_EDGE = 6;

/** What lies under the pointer. */
export type Hit =
  | { on: "vertex"; vertex: VertexAt }
  | { on: "edge"; vertex: VertexAt }
  | { on: "inside" }
  | { on: "nothing" };

type Outline = [number, number][][][];
type Pixel = { x: number; y: number };

/** What of an outline lies under a pixel; `project` gives the pixel of a place. */
export function hit(outline: Outline, at: Pixel, project: (place: [number, number]) => Pixel): Hit {
  let nearest: { hit: Hit; distance: number } | null = null;
  let inside = false;
  const offer = (found: Hit, distance: number, within: number): void => {
    if (distance <= within && (nearest === null || distance < nearest.distance)) nearest = { hit: found, distance };
  };
  const edges: { vertex: VertexAt; a: Pixel; b: Pixel }[] = [];
  for (const [polygon, rings] of outline.entries()) {
    for (const [ring, points] of rings.entries()) {
      const pixels = points.map(project);
      for (let point = 0; point + 1 < pixels.length; point += 1) {
        const a = pixels[point] as Pixel;
        const b = pixels[point + 1] as Pixel;
        offer({ on: "vertex", vertex: { polygon, ring, point } }, Math.hypot(a.x - at.x, a.y - at.y), NEAR_VERTEX);
        edges.push({ vertex: { polygon, ring, point }, a, b });
        // even-odd, so that holes are outside
        if (a.y > at.y !== b.y > at.y && at.x < ((b.x - a.x) * (at.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
      }
    }
  }
  // a vertex wins over the edges that end in it
  if (nearest !== null) return (nearest as { hit: Hit }).hit;
  for (const { vertex, a, b } of edges) offer({ on: "edge", vertex }, toSegment(at, a, b), NEAR_EDGE);
  if (nearest !== null) return (nearest as { hit: Hit }).hit;
  return inside ? { on: "inside" } : { on: "nothing" };
}

function toSegment(p: Pixel, a: Pixel, b: Pixel): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const long = dx * dx + dy * dy;
  const along = long === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / long));
  return Math.hypot(p.x - (a.x + along * dx), p.y - (a.y + along * dy));
}
