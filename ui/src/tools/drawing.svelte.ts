// A line or ring drawn corner by corner. Where the pointer snaps is the engine's word; until it is
// given, or where it fails, the pointer's own place stands.
import type { Snapped } from "../engine/wire";
import { LatestWins } from "../review/latest";

/** Degrees: east, north. */
export type LonLat = [number, number];

/** A place the pointer is at, and how far around it may snap. */
export interface Pointed {
  at: LonLat;
  /** Metres a px is worth there. */
  metresPerPixel: number;
}

/** How near the pointer snaps, px. */
export const REACH = 10;

/** A drawing. */
export class Drawing {
  /** Corners set. */
  points = $state.raw<LonLat[]>([]);
  /** Where the next corner would come; null where the pointer is not on the map, or the drawing is done. */
  pointer = $state.raw<LonLat | null>(null);
  /** What the pointer snapped to: `vertex`, `edge`, `none`. */
  on = $state("none");
  /** It was ended; the next click begins another. */
  done = $state(false);
  /** Why nothing snaps: what the last question threw. */
  trouble = $state.raw<unknown>(null);

  #snap: (at: LonLat, tolerance_m: number) => Promise<Snapped | null>;
  #moves: LatestWins<Pointed, Snapped | null>;
  /** Clicks are answered one after the other, so that corners keep their order. */
  #clicks: Promise<void> = Promise.resolve();
  #round = 0;

  /** `snap` answers where a place snaps to; null: snapping is off. */
  constructor(snap: (at: LonLat, tolerance_m: number) => Promise<Snapped | null>) {
    this.#snap = snap;
    this.#moves = new LatestWins(
      ({ at, metresPerPixel }) => this.#snap(at, metresPerPixel * REACH),
      (snapped, asked) => {
        this.trouble = null;
        if (this.done) return;
        this.pointer = snapped?.place.at ?? asked.at;
        this.on = snapped?.kind ?? "none";
      },
      (error) => {
        this.trouble = error;
        this.on = "none";
      },
    );
  }

  /** Corners, and the pointer as the next one. */
  get line(): LonLat[] {
    return this.pointer && !this.done ? [...this.points, this.pointer] : this.points;
  }

  move(pointed: Pointed): void {
    if (this.done) return;
    // what is snapped holds on to the pointer until it has left its reach: no flicker between two answers
    const held = this.on !== "none" && this.pointer && distance(this.pointer, pointed.at) <= pointed.metresPerPixel * REACH;
    if (!held) {
      this.pointer = pointed.at;
      this.on = "none";
    }
    this.#moves.want(pointed);
  }

  /** Sets a corner; resolves when it is set. */
  click(pointed: Pointed): Promise<void> {
    if (this.done) this.clear();
    const round = this.#round;
    this.#clicks = this.#clicks.then(async () => {
      const at = await this.#snap(pointed.at, pointed.metresPerPixel * REACH).then(
        (snapped) => snapped?.place.at ?? pointed.at,
        (error: unknown) => {
          this.trouble = error;
          return pointed.at;
        },
      );
      if (round === this.#round) this.points = [...this.points, at];
    });
    return this.#clicks;
  }

  /** A double click ends it; the second of its two clicks set a corner too many. */
  doubleClick(): Promise<void> {
    const round = this.#round;
    this.#clicks = this.#clicks.then(() => {
      if (round !== this.#round) return;
      this.points = this.points.slice(0, -1);
      this.finish();
    });
    return this.#clicks;
  }

  /** Takes the last corner away. */
  back(): void {
    this.points = this.points.slice(0, -1);
    this.done = false;
  }

  finish(): void {
    this.#moves.forget();
    this.done = true;
    this.pointer = null;
    this.on = "none";
  }

  /** The pointer left the map. */
  leave(): void {
    this.#moves.forget();
    this.pointer = null;
    this.on = "none";
  }

  clear(): void {
    this.#round += 1;
    this.#moves.forget();
    this.points = [];
    this.pointer = null;
    this.on = "none";
    this.done = false;
    this.trouble = null;
  }
}

/** Metres between two places close by, near enough to tell whether the pointer has moved away. */
function distance(a: LonLat, b: LonLat): number {
  const metresPerDegree = 111_320;
  const east = (a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot(east, a[1] - b[1]) * metresPerDegree;
}
