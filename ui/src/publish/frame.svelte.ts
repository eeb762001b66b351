// The frame in the person's hand: dragged, nudged, put back. It moves with the pointer; only where it is let
// go is the sheet asked for anew.
import type { Previewed } from "./preview.svelte";
import { boundsOfRing, placed, shifted } from "./ring";
import type { LonLat, Sheet } from "./sheet.svelte";

/** A nudge, as a share of the frame's side. */
const STEP = 0.02;
const FAR = 0.2;

/** The frame. */
export class Frame {
  /** Where its middle is while it is dragged. */
  held = $state.raw<LonLat | null>(null);

  #sheet: Sheet;
  #previewed: Previewed;
  #grip: { at: LonLat; middle: LonLat } | null = null;
  /** Where it was before the first key. */
  #before: { scale: number | null; centre: LonLat | null } | null = null;

  constructor(sheet: Sheet, previewed: Previewed) {
    this.#sheet = sheet;
    this.#previewed = previewed;
  }

  /** Its middle as it is shown; null: there is none. */
  get middle(): LonLat | null {
    const view = this.#previewed.view;
    if (!view) return null;
    return this.held ?? (this.#answered ? view.centre : (this.#sheet.centre ?? view.centre));
  }

  /** Its ring as it is shown. */
  get ring(): LonLat[] | null {
    const view = this.#previewed.view;
    const middle = this.middle;
    if (!view || !middle) return null;
    if (this.held === null && this.#answered) return view.frame;
    return placed(view.frame, view.centre, middle, (this.#sheet.scale ?? view.scale) / view.scale);
  }

  /** Whether it is being dragged. */
  get dragging(): boolean {
    return this.held !== null;
  }

  begin(at: LonLat): void {
    const middle = this.middle;
    if (!middle) return;
    this.leave();
    this.#grip = { at, middle };
    this.held = middle;
  }

  drag(at: LonLat): void {
    if (this.#grip) this.held = shifted(this.#grip.middle, this.#grip.at, at);
  }

  /** Lets it go where it is. */
  end(): void {
    const to = this.held;
    const from = this.#grip?.middle;
    this.cancel();
    if (to && from && (to[0] !== from[0] || to[1] !== from[1])) this.#put(to);
  }

  /** Lets it go where it was; whether there was something to let go. */
  cancel(): boolean {
    const held = this.held !== null;
    this.#grip = null;
    this.held = null;
    return held;
  }

  /** The keyboard lets go of it: it stays where it is. */
  leave(): void {
    this.#before = null;
  }

  /** Moves it a little: steps to the east and to the north. */
  nudge(east: number, north: number, far: boolean): void {
    const { ring, middle } = this;
    if (!ring || !middle) return;
    const [w, s, e, n] = boundsOfRing(ring);
    this.#before ??= { scale: this.#sheet.scale, centre: this.#sheet.centre };
    const share = far ? FAR : STEP;
    this.#put([middle[0] + east * share * (e - w), middle[1] + north * share * (n - s)]);
  }

  /** Puts it back where the keyboard took it; whether there is such a place. */
  restore(): boolean {
    const before = this.#before;
    if (!before) return false;
    this.leave();
    this.#sheet.centre = before.centre;
    this.#sheet.scale = before.scale;
    return true;
  }

  #put(middle: LonLat): void {
    this.#sheet.place(middle, this.#previewed.view?.scale ?? null);
  }

  /** Whether the picture in sight is of the frame as it was asked for. */
  get #answered(): boolean {
    const { of } = this.#previewed;
    return of !== null && of.centre === this.#sheet.centre && of.scale === this.#sheet.scale;
  }
}
