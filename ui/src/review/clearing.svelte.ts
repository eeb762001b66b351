// How far to clear: the smallest trim and the smallest shift of a plot, shown before anything is done.
import type { WaysToClear } from "../engine/wire";
import { asRefusal, isCancelled, type Engine, type ProgressReport, type Refusal } from "./engine";

/** What is to be cleared. */
export interface ClearingOf {
  /** The review. */
  review: number;
  /** The plot, `1.2`. */
  plot: string;
  /** An overlap's id; null: everything prohibited or conditional. */
  overlap: string | null;
}

/** The question and its answer. */
export class Clearing {
  /** What is to be cleared; null: nothing is asked. */
  of = $state.raw<ClearingOf | null>(null);
  /** What would clear it. */
  ways = $state.raw<WaysToClear | null>(null);
  /** Which of the two the map shows. */
  shown = $state<"trim" | "shift">("trim");
  /** How far the search is. */
  progress = $state.raw<ProgressReport | null>(null);
  /** Whether it runs. */
  busy = $state(false);
  /** Why there is no answer. */
  refusal = $state.raw<Refusal | null>(null);
  /** Largest shift to look for, metres. */
  limit_m = $state(200);

  #engine: Engine;
  #abort: AbortController | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Looks for the ways. */
  async ask(of: ClearingOf): Promise<void> {
    this.leave();
    const abort = new AbortController();
    this.#abort = abort;
    this.of = of;
    this.busy = true;
    try {
      const ways = await this.#engine.call(
        "how_to_clear",
        { ...of, limit_m: this.limit_m },
        { signal: abort.signal, onProgress: (report) => this.#abort === abort && (this.progress = report) },
      );
      if (this.#abort !== abort) return;
      this.ways = ways;
      this.shown = ways.trim === null && ways.shift !== null ? "shift" : "trim";
    } catch (error) {
      if (this.#abort !== abort) return;
      if (isCancelled(error)) this.of = null;
      else this.refusal = asRefusal(error);
    } finally {
      if (this.#abort === abort) {
        this.busy = false;
        this.progress = null;
      }
    }
  }

  /** Nothing is shown any more; a search that runs is stopped. */
  leave(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.of = null;
    this.ways = null;
    this.refusal = null;
    this.progress = null;
    this.busy = false;
  }
}
