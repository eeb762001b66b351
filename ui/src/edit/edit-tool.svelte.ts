// The pointer's and the keyboard's way to an edit: handles are dragged, lines and rings drawn corner by
// corner. Where a corner comes to lie is the engine's word, in the plane; nothing is computed here.
import type { CityMap, PointerTold } from "../map/city-map";
import type { EditEngine } from "./engine";
import type { Editing } from "./editing.svelte";
import { APART, thinned } from "./handles";
import { TRACE_KEY } from "./tool-keys";
import { NO_FACTS, type Snapped, type FactsEdit, type ZoneGround, type LonLat, type Place, type Plane, type ZoneRecipient, type ZoneEdit } from "./wire";

/** A tool. */
export type ToolName = "select" | "vertex" | "reshape" | "split" | "carve" | "new";

/** Px within which the pointer snaps, drawn as a ring around it. */
export const REACH = 10;
/** Px within which a handle or an edge is taken. */
const GRIP = 8;
/** Px a pointer may tremble before it drags. */
const TREMBLE = 2;

/** What the tool needs of the map. */
export type EditMap = Pick<CityMap, "project" | "setCursor">;

type Drag = { from: Plane; edge: null } | { from: null; edge: [Plane, Plane] };

/** Plane metres of a place. */
export const plane = (place: Place): Plane => [place.east, place.north];

/** The tool. */
export class EditTool {
  /** Which; null: the pointer is the map's. */
  name = $state<ToolName | null>(null);
  /** Where the pointer snapped, or hangs free. */
  pointer = $state.raw<Snapped | null>(null);
  /** Metres within which it snaps, as the pointer last stood. */
  tolerance_m = $state(0);
  /** A vertex or an edge is being dragged. */
  dragging = $state(false);
  /** Metres a px of the map is worth; 0: not known. */
  metresPerPixel = $state(0);
  /** Snapping, and to which layers. */
  snapping = $state(true);
  /** Corners follow the boundary between two snapped places. */
  tracing = $state(false);
  /** Corners set. */
  points = $state.raw<Place[]>([]);
  /** The vertex taken, for Delete and exact coordinates. */
  taken = $state.raw<Place | null>(null);
  /** Whose ground a carving takes, and who gets it. */
  from = $state.raw<ZoneGround>({ ground: "zones" });
  to = $state.raw<ZoneRecipient>({ recipient: "blank" });
  /** Facts of a zone that is drawn. */
  facts = $state.raw<FactsEdit>(NO_FACTS);

  #engine: EditEngine;
  #editing: Editing;
  #layers: () => string[];
  #drag: { what: Drag; moved: boolean; last: PointerTold | null } | null = null;
  #down: [number, number] | null = null;
  #told: PointerTold | null = null;
  #work: Promise<unknown> = Promise.resolve();
  /** Corners clicked whose place the engine has not said yet. */
  #coming = 0;
  #round = 0;

  /** `layers`: those that are seen, and so snapped to. */
  constructor(engine: EditEngine, editing: Editing, layers: () => string[]) {
    this.#engine = engine;
    this.#editing = editing;
    this.#layers = layers;
  }

  /** Handles that are drawn and can be taken: at this scale the others would lie on top of them. */
  readonly handles = $derived.by(() =>
    thinned(this.#editing.handles.vertices, APART * this.metresPerPixel, this.taken),
  );

  /** Whether vertices have no handle at this scale. */
  get crowded(): boolean {
    return this.#editing.handles.cut_short || this.handles.length < this.#editing.handles.vertices.length;
  }

  /** Whether it draws a line or a ring. */
  get drawing(): boolean {
    return this.name === "reshape" || this.name === "split" || this.name === "carve" || this.name === "new";
  }

  /** Whether what it draws closes. */
  get closed(): boolean {
    return this.name === "carve" || this.name === "new";
  }

  /** Takes a tool up. */
  take(name: ToolName | null): void {
    this.clear();
    this.name = name;
  }

  /** Nothing is drawn or taken any more. */
  clear(): void {
    this.#round += 1;
    this.#coming = 0;
    this.#drag = null;
    this.dragging = false;
    this.#down = null;
    this.points = [];
    this.taken = null;
    this.pointer = null;
    this.#unpreview();
  }

  /** The button goes down. */
  down(map: EditMap, told: PointerTold): void {
    if (this.name !== "vertex" || this.#editing.chosen.length === 0) return;
    const what = this.#under(map, told.point);
    if (!what) {
      this.taken = null;
      return;
    }
    told.hold();
    this.#down = told.point;
    this.#drag = { what, moved: false, last: null };
    this.dragging = true;
    this.taken = what.from ? this.#handle(what.from) : null;
  }

  /** The pointer moves. */
  move(map: EditMap, told: PointerTold): void {
    this.#told = told;
    this.tolerance_m = told.metresPerPixel * REACH;
    const drag = this.#drag;
    if (drag) {
      const [x, y] = this.#down ?? told.point;
      if (!drag.moved && Math.hypot(told.point[0] - x, told.point[1] - y) <= TREMBLE) return;
      drag.moved = true;
      drag.last = told;
      map.setCursor("grabbing");
      this.#editing.preview(async () => {
        const to = await this.#place(told, true);
        return this.#drag === drag ? moveOf(drag.what, to) : null;
      });
      return;
    }
    if (this.name === "vertex") {
      const under = this.#under(map, told.point);
      map.setCursor(under ? (under.from ? "move" : "copy") : "");
      return;
    }
    if (this.name === "select") return map.setCursor("pointer");
    if (!this.drawing) return;
    map.setCursor("crosshair");
    this.#editing.preview(async () => {
      const at = await this.#place(told, true);
      return this.drawing ? this.#editOf([...this.points, at]) : null;
    });
  }

  /** The button goes up, on the map or anywhere. */
  up(map: EditMap): void {
    const drag = this.#drag;
    this.#drag = null;
    this.dragging = false;
    this.#down = null;
    if (!drag) return;
    map.setCursor("");
    const { last, what } = drag;
    if (!drag.moved || !last) return;
    void this.#next(async () => {
      const to = await this.#place(last, true);
      if (await this.#editing.apply(moveOf(what, to))) this.taken = to;
      this.pointer = null;
    });
  }

  /** A click chooses, or sets a corner. */
  click(told: PointerTold): Promise<unknown> {
    if (this.drawing) {
      const round = this.#round;
      this.#coming += 1;
      return this.#next(() => this.#corner(told)).finally(() => {
        if (round === this.#round) this.#coming -= 1;
      });
    }
    if (this.name === "select" || (this.name === "vertex" && this.taken === null && !this.#drag))
      return this.#next(() => this.#editing.choose(told.at, told.shift));
    return Promise.resolve();
  }

  /** A double click ends what is drawn; its two clicks set two corners at one place. */
  doubleClick(): Promise<unknown> {
    return this.#next(() => this.finish());
  }

  /** Sets a corner, or moves the vertex taken, to coordinates typed. */
  exactly(east: number, north: number, at: LonLat): Promise<unknown> {
    const place: Place = { east, north, at };
    const { taken } = this;
    if (this.name === "vertex" && taken)
      return this.#next(async () => {
        if (await this.#editing.apply({ edit: "move-vertex", from: plane(taken), to: [east, north] })) this.taken = place;
      });
    if (!this.drawing) return Promise.resolve();
    return this.#next(async () => void (this.points = [...this.points, place]));
  }

  /** Ends what is drawn and makes the edit; it stays drawn where it is refused. */
  async finish(): Promise<boolean> {
    const points = distinct(this.points);
    const edit = this.#editOf(points);
    if (!edit) return false;
    const round = this.#round;
    const done = await this.#editing.apply(edit);
    if (done && round === this.#round) {
      this.points = [];
      this.pointer = null;
    }
    return done;
  }

  /** Takes the vertex taken out of both neighbours. */
  deleteTaken(): Promise<unknown> {
    const { taken } = this;
    if (!taken) return Promise.resolve();
    return this.#next(async () => {
      if (await this.#editing.apply({ edit: "delete-vertex", at: plane(taken) })) this.taken = null;
    });
  }

  /** A key; whether it was for the tool. Esc lets go of what is drawn first, then of the tool. */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || this.name === null) return false;
    switch (event.key) {
      case "Escape":
        if (this.#drag || this.#drawn || this.taken) this.clear();
        else this.take(null);
        return true;
      case "Enter":
        if (!this.#drawn) return false;
        void this.#next(() => this.finish());
        return true;
      case "Backspace":
        if (!this.#drawn) return false;
        void this.#back();
        return true;
      case "Delete":
        if (this.taken) void this.deleteTaken();
        else if (this.#drawn) void this.#back();
        else return false;
        return true;
      default:
        if (event.key.toUpperCase() !== TRACE_KEY || !this.drawing) return false;
        this.tracing = !this.tracing;
        return true;
    }
  }

  /** The pointer left the map. */
  leave(): void {
    if (this.#drag) return;
    this.#told = null;
    this.pointer = null;
    this.#unpreview();
  }

  /** Resolves when every click is done. */
  async settled(): Promise<void> {
    await this.#work;
    await this.#editing.settled();
  }

  #unpreview(): void {
    if (!this.#editing.beside) this.#editing.unpreview();
  }

  #next(work: () => Promise<unknown>): Promise<unknown> {
    const round = this.#round;
    this.#work = this.#work.then(async () => {
      if (round !== this.#round) return;
      try {
        await work();
      } catch (error) {
        this.#editing.fail(error);
      }
    });
    return this.#work;
  }

  /** Whether a corner is set or on its way: keys pressed at once after a click mean it too. */
  get #drawn(): boolean {
    return this.points.length > 0 || this.#coming > 0;
  }

  /** Takes the last corner back, after those clicked before have come. */
  #back(): Promise<unknown> {
    return this.#next(async () => void (this.points = this.points.slice(0, -1)));
  }

  async #corner(told: PointerTold): Promise<void> {
    const round = this.#round;
    const before = this.points.at(-1);
    const at = await this.#place(told, false);
    const between = this.tracing && before ? await this.#engine.call("draft_trace", { from: plane(before), to: plane(at) }) : [];
    if (round === this.#round) this.points = distinct([...this.points, ...between, at]);
  }

  /** Where the pointer comes to lie in the plane; `show`: its mark goes there. */
  async #place(told: PointerTold, show: boolean): Promise<Place> {
    const layers = this.#layers();
    const snap =
      this.snapping && !told.shift
        ? await this.#engine.call("draft_snap", { at: told.at, tolerance_m: told.metresPerPixel * REACH, layers })
        : null;
    const found = snap ?? { place: await this.#engine.call("locate", { at: told.at }), kind: "none", layer: null };
    if (show && (this.#told === told || this.#drag)) this.pointer = found;
    return found.place;
  }

  /** The edit of what is drawn; null while there are too few corners. */
  #editOf(points: Place[]): ZoneEdit | null {
    const line = distinct(points).map(plane);
    const zone = this.#editing.chosen[0]?.id;
    if (this.closed) {
      if (line.length < 3) return null;
      return this.name === "new"
        ? { edit: "carve", ring: line, from: { ground: "blank" }, to: { recipient: "new", facts: this.facts } }
        : { edit: "carve", ring: line, from: this.from, to: this.to };
    }
    if (line.length < 2 || zone === undefined) return null;
    return this.name === "split" ? { edit: "split", zone, line } : { edit: "reshape", zone, line };
  }

  #handle(at: Plane): Place | null {
    const found = this.#editing.handles.vertices.find(({ place }) => place.east === at[0] && place.north === at[1]);
    return found?.place ?? null;
  }

  /** The handle or edge of the zones chosen that is under the pointer. */
  #under(map: EditMap, [x, y]: [number, number]): Drag | null {
    const { edges } = this.#editing.handles;
    let nearest = GRIP;
    let taken: Drag | null = null;
    for (const { place } of this.handles) {
      const [vx, vy] = map.project(place.at);
      const away = Math.hypot(vx - x, vy - y);
      if (away > nearest) continue;
      nearest = away;
      taken = { from: plane(place), edge: null };
    }
    if (taken) return taken;
    for (const [a, b] of edges) {
      const away = awayFrom([x, y], map.project(a.at), map.project(b.at));
      if (away > nearest) continue;
      nearest = away;
      taken = { from: null, edge: [plane(a), plane(b)] };
    }
    return taken;
  }
}

const moveOf = (what: Drag, to: Place): ZoneEdit =>
  what.from
    ? { edit: "move-vertex", from: what.from, to: plane(to) }
    : { edit: "insert-vertex", edge: what.edge, at: plane(to) };

/** Corners without one that lies where the one before lies. */
const distinct = (points: Place[]): Place[] =>
  points.filter((one, n) => n === 0 || one.east !== points[n - 1]?.east || one.north !== points[n - 1]?.north);

/** Px from a point to a line. */
function awayFrom([x, y]: [number, number], [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(ax + along * dx - x, ay + along * dy - y);
}
