// Which scale shows on paper what the map shows on the screen.

const METRES_A_DEGREE = 111_320;

/** The largest round scale at which a map of this size holds the bounds; the smallest there is, where none does. */
export function scaleToShow(
  [west, south, east, north]: [number, number, number, number],
  map_mm: [number, number, number, number],
  scales: number[],
): number {
  const width = (east - west) * METRES_A_DEGREE * Math.cos((((south + north) / 2) * Math.PI) / 180);
  const height = (north - south) * METRES_A_DEGREE;
  const needed = Math.max((width * 1000) / map_mm[2], (height * 1000) / map_mm[3]);
  const round = [...scales].sort((a, b) => a - b);
  return round.find((scale) => scale >= needed) ?? round.at(-1) ?? Math.ceil(needed);
}
