// Handles of vertices far enough from each other to be told apart and taken.
import type { DraftVertex, Place } from "./wire";

/** Px below which two handles, as they are drawn, lie on each other. */
export const APART = 9;

/** Whether two places are one. */
export const samePlace = (a: Place, b: Place): boolean => a.east === b.east && a.north === b.north;

/** The vertices no nearer than `apart_m` to one that is kept: the taken one first, then those where
 *  boundaries meet, then in the order given. */
export function thinned(vertices: readonly DraftVertex[], apart_m: number, taken: Place | null): DraftVertex[] {
  const first = vertices[0];
  if (!first || !(apart_m > 0)) return [...vertices];
  const rank = ({ place, junction }: DraftVertex): number => (taken && samePlace(place, taken) ? 0 : junction ? 1 : 2);
  const squares = new Map<number, Place[]>();
  const square = (x: number, y: number): number => x * 65_536 + y;
  const kept = new Set<DraftVertex>();
  for (const vertex of [...vertices].sort((a, b) => rank(a) - rank(b))) {
    const { place } = vertex;
    const x = Math.floor((place.east - first.place.east) / apart_m);
    const y = Math.floor((place.north - first.place.north) / apart_m);
    const overlaps = [-1, 0, 1].some((dx) =>
      [-1, 0, 1].some((dy) =>
        squares
          .get(square(x + dx, y + dy))
          ?.some(({ east, north }) => Math.hypot(east - place.east, north - place.north) < apart_m),
      ),
    );
    if (overlaps && rank(vertex) !== 0) continue;
    kept.add(vertex);
    const there = squares.get(square(x, y));
    if (there) there.push(place);
    else squares.set(square(x, y), [place]);
  }
  return vertices.filter((vertex) => kept.has(vertex));
}
