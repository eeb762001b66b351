// The sheet as a picture. Drawing takes a while and every change asks anew: what is in flight is stopped,
// the newest question alone is answered, and the picture in sight stays until the next one lands.
import type { SheetAsked, SheetPreview } from "../engine/wire";
import { asRefusal, isCancelled, type Engine, type Refusal } from "../review/engine";

/** How long changes are gathered before they are asked, ms. */
export const GATHER = 260;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The preview. */
export class Previewed {
  /** The newest picture. */
  view = $state.raw<SheetPreview | null>(null);
  /** The sheet it is of. */
  of = $state.raw<SheetAsked | null>(null);
  running = $state(false);
  trouble = $state.raw<Refusal | null>(null);

  #engine: Engine;
  #wanted = $state.raw<{ sheet: SheetAsked; pixels: number } | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #abort: AbortController | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Whether the picture in sight is of a sheet that is wanted no more; one that only comes finer is none. */
  get stale(): boolean {
    return this.of !== null && this.#wanted !== null && !same(this.of, this.#wanted.sheet);
  }

  /** Wants the sheet in a picture at least so large; null: there is no sheet to draw. */
  want(sheet: SheetAsked | null, pixels: number): void {
    if (sheet === null) return this.forget();
    if (same(sheet, this.#wanted?.sheet)) {
      if (pixels <= (this.#wanted?.pixels ?? 0)) return;
    } else if (this.of && !same(sheet.subject, this.of.subject)) {
      // a picture of something else is no preview
      this.view = null;
      this.of = null;
    }
    this.#wanted = { sheet, pixels };
    this.#stop();
    this.running = true;
    this.trouble = null;
    this.#timer = setTimeout(() => void this.#ask(sheet, pixels), GATHER);
  }

  /** Asks once more. */
  again(): void {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#stop();
    this.running = true;
    this.trouble = null;
    void this.#ask(wanted.sheet, wanted.pixels);
  }

  /** Nothing is previewed; nothing in flight lands. */
  forget(): void {
    this.pause();
    this.view = null;
    this.of = null;
    this.trouble = null;
  }

  /** Nobody looks: what is in flight is stopped, the picture stays. */
  pause(): void {
    this.#stop();
    this.#wanted = null;
    this.running = false;
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort?.abort();
    this.#abort = null;
  }

  async #ask(sheet: SheetAsked, pixels: number): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const view = await this.#engine.call("preview_sheet", { sheet, pixels }, { signal: abort.signal });
      if (abort !== this.#abort) return;
      this.view = view;
      this.of = sheet;
    } catch (error) {
      if (abort === this.#abort && !isCancelled(error)) this.trouble = asRefusal(error);
    }
    if (abort === this.#abort) this.running = false;
  }
}
