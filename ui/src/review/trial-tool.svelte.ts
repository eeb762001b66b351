// The tool of a trial: drags a plot or its vertices, inserts and deletes vertices, draws a footprint,
// moves by metres with the arrows. It asks; where things come to lie is the engine's to say.
import type { CityMap, PointerTold } from "../map/city-map";
import type { Edit, VertexAt } from "../engine/wire";
import { hit, type Hit } from "./pointing";
import type { TrialOf, WhatIf } from "./whatif.svelte";

type LonLat = [number, number];
type Drag =
  | { what: "move"; from: LonLat; last: LonLat; moved: boolean }
  | { what: "vertex"; vertex: VertexAt; last: LonLat; moved: boolean }
  | { what: "insert"; vertex: VertexAt; last: LonLat; moved: boolean };

/** Pixels a pointer may tremble before it drags. */
const TREMBLE = 2;

/** What the tool needs of the map. */
export type ToolMap = Pick<CityMap, "project" | "setCursor">;

/** The tool. */
export class TrialTool {
  /** The vertex that is taken, for Delete and the arrows. */
  taken = $state.raw<VertexAt | null>(null);
  /** Corners clicked so far of a footprint that is drawn; null where none is. */
  sketch = $state.raw<LonLat[] | null>(null);
  /** The pointer while it draws. */
  pointer = $state.raw<LonLat | null>(null);

  #whatif: WhatIf;
  #drag: Drag | null = null;
  #down: [number, number] | null = null;

  constructor(whatif: WhatIf) {
    this.#whatif = whatif;
  }

  /** Begins: a footprint of its own is drawn first. */
  async begin(of: TrialOf): Promise<void> {
    this.#forget();
    this.sketch = of.review === null ? [] : null;
    await this.#whatif.begin(of);
  }

  /** Ends. */
  leave(): void {
    this.#forget();
    this.sketch = null;
    this.#whatif.leave();
  }

  /** The button goes down. */
  down(map: ToolMap, told: PointerTold): void {
    if (this.sketch !== null || !this.#whatif.trial) return;
    const found = this.#hit(map, told.point);
    if (found.on === "nothing") {
      this.taken = null;
      return;
    }
    told.hold();
    this.#down = told.point;
    if (found.on === "inside") this.#drag = { what: "move", from: told.at, last: told.at, moved: false };
    else if (found.on === "vertex") this.#drag = { what: "vertex", vertex: found.vertex, last: told.at, moved: false };
    else this.#drag = { what: "insert", vertex: found.vertex, last: told.at, moved: false };
    this.taken = found.on === "vertex" ? found.vertex : null;
  }

  /** The pointer moves. */
  move(map: ToolMap, told: PointerTold): void {
    if (this.sketch !== null) {
      this.pointer = told.at;
      map.setCursor("crosshair");
      if (this.sketch.length >= 2) this.#whatif.hover({ do: "draw", points: [...this.sketch, told.at] });
      return;
    }
    const drag = this.#drag;
    if (drag === null) {
      const { on } = this.#hit(map, told.point);
      map.setCursor({ vertex: "move", edge: "copy", inside: "grab", nothing: "" }[on]);
      return;
    }
    const [x, y] = this.#down ?? told.point;
    if (!drag.moved && Math.hypot(told.point[0] - x, told.point[1] - y) <= TREMBLE) return;
    drag.moved = true;
    drag.last = told.at;
    map.setCursor("grabbing");
    this.#whatif.hover(editOf(drag));
  }

  /** The button goes up, on the map or anywhere. */
  up(map: ToolMap): void {
    const drag = this.#drag;
    this.#drag = null;
    this.#down = null;
    if (drag === null) return;
    map.setCursor("");
    // a click on an edge inserts a vertex there; a click on a vertex takes it, on the ground nothing
    if (drag.moved || drag.what === "insert") this.#whatif.keep(editOf(drag));
    if (drag.what === "insert") this.taken = { ...drag.vertex, point: drag.vertex.point + 1 };
  }

  /** A click draws a corner. */
  click(told: PointerTold): void {
    if (this.sketch === null) return;
    const last = this.sketch.at(-1);
    if (last && last[0] === told.at[0] && last[1] === told.at[1]) return;
    this.sketch = [...this.sketch, told.at];
  }

  /** A double click, or Enter, closes what is drawn. */
  close(): void {
    if (this.sketch === null) return;
    const points = this.sketch;
    if (points.length < 3) return;
    this.sketch = null;
    this.pointer = null;
    this.#whatif.keep({ do: "draw", points });
  }

  /** A key; whether it was for the tool. */
  key(event: KeyboardEvent): boolean {
    if (!this.#whatif.of) return false;
    if (this.sketch !== null) {
      if (event.key === "Enter") this.close();
      else if (event.key === "Backspace" || event.key === "Delete") this.sketch = this.sketch.slice(0, -1);
      else return false;
      return true;
    }
    if (!this.#whatif.trial) return false;
    const ways: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, 1],
      ArrowDown: [0, -1],
    };
    const way = ways[event.key];
    if (way && !event.ctrlKey && !event.altKey && !event.metaKey) {
      this.#nudge(way, event.shiftKey ? 10 : 1);
      return true;
    }
    if ((event.key === "Delete" || event.key === "Backspace") && this.taken) {
      this.#whatif.keep({ do: "delete-vertex", vertex: this.taken });
      this.taken = null;
      return true;
    }
    if (event.key === "v" || event.key === "V") {
      this.#nextVertex(event.shiftKey ? -1 : 1);
      return true;
    }
    return false;
  }

  #nudge([east, north]: [number, number], metres: number): void {
    const outline = this.#whatif.trial?.outline;
    const at = this.taken
      ? outline?.[this.taken.polygon]?.[this.taken.ring]?.[this.taken.point]
      : outline?.[0]?.[0]?.[0];
    if (!at) return;
    const to = beside(at, east * metres, north * metres);
    this.#whatif.keep(
      this.taken ? { do: "move-vertex", vertex: this.taken, to } : { do: "move", from: at, to },
    );
  }

  #nextVertex(by: 1 | -1): void {
    const all = (this.#whatif.trial?.outline ?? []).flatMap((rings, polygon) =>
      rings.flatMap((points, ring) => points.slice(0, -1).map((_, point) => ({ polygon, ring, point }))),
    );
    if (all.length === 0) return;
    const now = this.taken;
    const at = now
      ? all.findIndex((one) => one.polygon === now.polygon && one.ring === now.ring && one.point === now.point)
      : by === 1
        ? -1
        : 0;
    this.taken = all[(at + by + all.length) % all.length] ?? null;
  }

  #hit(map: ToolMap, [x, y]: [number, number]): Hit {
    const outline = this.#whatif.trial?.outline ?? [];
    return hit(outline, { x, y }, (place) => {
      const [px, py] = map.project(place);
      return { x: px, y: py };
    });
  }

  #forget(): void {
    this.taken = null;
    this.pointer = null;
    this.#drag = null;
    this.#down = null;
  }
}

function editOf(drag: Drag): Edit {
  switch (drag.what) {
    case "move":
      return { do: "move", from: drag.from, to: drag.last };
    case "vertex":
      return { do: "move-vertex", vertex: drag.vertex, to: drag.last };
    case "insert":
      return { do: "insert-vertex", vertex: drag.vertex, to: drag.last };
  }
}

/** A place so many metres east and north of another: what a step of the arrows asks for. The engine
 *  says how far that was in the plane. */
export function beside([lon, lat]: LonLat, east: number, north: number): LonLat {
  const a = 6_378_137;
  const e2 = 0.006_694_380_022_9;
  const b = (lat * Math.PI) / 180;
  const w = Math.sqrt(1 - e2 * Math.sin(b) ** 2);
  const metresEast = (a / w) * Math.cos(b);
  const metresNorth = (a * (1 - e2)) / w ** 3;
  const degrees = 180 / Math.PI;
  return [lon + (east / metresEast) * degrees, lat + (north / metresNorth) * degrees];
}
