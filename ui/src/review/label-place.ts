// Where a number stands inside a piece: as far from every edge as can be (the pole of
// inaccessibility, found as mapbox/polylabel finds it). A place for a label, not for measuring.

type LonLat = [number, number];
type Rings = LonLat[][];

interface Cell {
  x: number;
  y: number;
  half: number;
  distance: number;
  most: number;
}

/** The place for a label in the largest polygon of an outline; null where there is none. */
export function labelPlace(outline: Rings[]): LonLat | null {
  const polygon = largest(outline);
  const shell = polygon?.[0];
  if (!polygon || !shell || shell.length < 4) return null;
  const lat = shell[0]?.[1] ?? 0;
  // a degree of longitude is shorter than one of latitude
  const squeeze = Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  const rings = polygon.map((ring) => ring.map(([x, y]): LonLat => [x * squeeze, y]));
  const [x, y] = pole(rings);
  return [x / squeeze, y];
}

function largest(outline: Rings[]): Rings | null {
  let best: Rings | null = null;
  let most = -1;
  for (const polygon of outline) {
    const size = Math.abs(doubleArea(polygon[0] ?? []));
    if (size > most) [best, most] = [polygon, size];
  }
  return best;
}

function doubleArea(ring: LonLat[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) {
    const [a, b] = [ring[i] as LonLat, ring[i + 1] as LonLat];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum;
}

function pole(rings: Rings): LonLat {
  const shell = rings[0] as LonLat[];
  const xs = shell.map(([x]) => x);
  const ys = shell.map(([, y]) => y);
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [low, high] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  const [width, height] = [right - left, high - low];
  const size = Math.min(width, height);
  if (size === 0) return [left, low];
  const enough = Math.max(width, height) / 60;
  const cell = (x: number, y: number, half: number): Cell => {
    const distance = toEdge(x, y, rings);
    return { x, y, half, distance, most: distance + half * Math.SQRT2 };
  };
  let best = cell(left + width / 2, low + height / 2, 0);
  const cells: Cell[] = [];
  // a long thin piece begins with few cells, not with thousands
  const side = Math.max(size, Math.max(width, height) / 24);
  for (let x = left; x < right; x += side)
    for (let y = low; y < high; y += side) cells.push(cell(x + side / 2, y + side / 2, side / 2));
  for (let steps = 0; cells.length > 0 && steps < 240; steps += 1) {
    let at = 0;
    for (let i = 1; i < cells.length; i += 1) if ((cells[i] as Cell).most > (cells[at] as Cell).most) at = i;
    const next = cells.splice(at, 1)[0] as Cell;
    if (next.distance > best.distance) best = next;
    if (next.most - best.distance <= enough) break;
    const half = next.half / 2;
    for (const dx of [-half, half]) for (const dy of [-half, half]) cells.push(cell(next.x + dx, next.y + dy, half));
  }
  return [best.x, best.y];
}

/** Distance to the nearest edge; negative outside. */
function toEdge(x: number, y: number, rings: Rings): number {
  let inside = false;
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 1) {
      const [ax, ay] = ring[i] as LonLat;
      const [bx, by] = ring[i + 1] as LonLat;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      const [dx, dy] = [bx - ax, by - ay];
      const long = dx * dx + dy * dy;
      const along = long === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / long));
      least = Math.min(least, (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2);
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(least);
}
