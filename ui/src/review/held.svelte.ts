// One review held open: the files, what was decided of them, and the engine's answer to both. A
// change of any decision asks again; the answer before stays in sight until the new one lands.
import type {
  AcceptedNote,
  AreaUnitName,
  CheckFiles,
  Comparison,
  Figures,
  Given,
  NoteRecord,
  Reading,
  ReviewView,
} from "../engine/wire";
import { Decisions } from "./decisions";
import { asRefusal, isCancelled, type Engine, type ProgressReport, type Refusal } from "./engine";

/** Everything a person decides of a review. */
export type Decision = Pick<CheckFiles, "given" | "reading" | "accepted">;

/** Reading as the evidence says. */
export const BY_EVIDENCE: Reading = { crs: null, axes: null, width_m: null };

/** How long decisions are gathered before they are asked, ms. */
const GATHER = 220;

let made = 0;

/** A review held by the window. */
export class Held {
  /** Number within the window; the engine's own changes with every check. */
  readonly key = (made += 1);
  /** Paths; empty for a review opened from the workspace's archive. */
  readonly files: string[];
  /** Its earlier version, where it is a corrected file. */
  before = $state.raw<Held | null>(null);

  /** What was decided. */
  decided = $state.raw<Decision>({ given: noGiven(""), reading: BY_EVIDENCE, accepted: [] });
  /** The newest answer. */
  view = $state.raw<ReviewView | null>(null);
  /** Its figures, in a unit of their own: they change only together with their table. */
  figures = $state.raw<Figures | null>(null);
  /** Both versions side by side. */
  comparison = $state.raw<Comparison | null>(null);
  /** Whether an answer is awaited. */
  checking = $state(false);
  /** How far it is. */
  progress = $state.raw<ProgressReport | null>(null);
  /** Why the last check brought nothing. */
  refusal = $state.raw<Refusal | null>(null);
  /** The answer in sight is not to what was decided: the check was stopped or failed. */
  stale = $state(false);
  /** Whether there is a decision to take back, and one to take again. */
  canUndo = $state(false);
  /** See {@link canUndo}. */
  canRedo = $state(false);

  /** Told of every answer that lands, and of the one it replaces. */
  landed: ((now: ReviewView, before: ReviewView | null) => void) | null = null;

  #engine: Engine;
  #unit: () => AreaUnitName;
  #history: Decisions<Decision>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #abort: AbortController | null = null;
  #round = 0;

  constructor(engine: Engine, files: string[], decision: Decision, unit: () => AreaUnitName) {
    this.#engine = engine;
    this.#unit = unit;
    this.#history = new Decisions(decision);
    this.files = files;
    this.decided = decision;
  }

  /** Whether it comes from the archive: then it is shown, never asked anew. */
  get archived(): boolean {
    return this.files.length === 0;
  }

  /** Takes a decision and asks again. */
  decide(change: Partial<Decision>): void {
    if (this.archived) return;
    this.#history.take({ ...this.decided, ...change });
    this.#stand();
    this.#soon();
  }

  /** Changes keys. */
  give(change: Partial<Given>): void {
    this.decide({ given: { ...this.decided.given, ...change } });
  }

  /** Accepts a note that the record of `file` holds. */
  accept(file: string, note: NoteRecord): void {
    if (this.accepts(file, note)) return;
    this.decide({ accepted: [...this.decided.accepted, acceptance(file, note)] });
  }

  /** Whether a note was accepted. */
  accepts(file: string, note: NoteRecord): boolean {
    const wanted = acceptance(file, note);
    return this.decided.accepted.some(
      (one) =>
        one.file === wanted.file && one.code === wanted.code && one.plot === wanted.plot && one.ring === wanted.ring,
    );
  }

  /** Takes the last decision back. */
  undo(): boolean {
    if (this.#history.undo() === null) return false;
    this.#stand();
    this.#soon();
    return true;
  }

  /** Takes again what was taken back. */
  redo(): boolean {
    if (this.#history.redo() === null) return false;
    this.#stand();
    this.#soon();
    return true;
  }

  /** Asks at once; resolves when the answer stands (or was overtaken). */
  async check(): Promise<void> {
    if (this.archived) return;
    this.#stopWaiting();
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const round = (this.#round += 1);
    this.checking = true;
    this.progress = null;
    this.refusal = null;
    try {
      const view = await this.#engine.call(
        "check",
        { files: this.files, ...this.decided },
        { signal: abort.signal, onProgress: (report) => round === this.#round && (this.progress = report) },
      );
      if (round !== this.#round) {
        void this.#letGo(view.review);
        return;
      }
      await this.land(view);
    } catch (error) {
      if (round !== this.#round) return;
      this.stale = this.view !== null;
      if (!isCancelled(error)) this.refusal = asRefusal(error);
    } finally {
      if (round === this.#round) {
        this.checking = false;
        this.progress = null;
      }
    }
  }

  /** Stops what is asked; the answer before stays, marked as not up to date. */
  stop(): void {
    this.#stopWaiting();
    if (this.#abort === null || !this.checking) return;
    this.#round += 1;
    this.#abort.abort();
    this.checking = false;
    this.progress = null;
    this.stale = this.view !== null;
  }

  /** An answer lands, with figures in the unit of the moment; the one before is let go. */
  async land(view: ReviewView): Promise<void> {
    const round = this.#round;
    const old = this.view;
    const figures = await this.#engine.call("figures", { review: view.review, unit: this.#unit() });
    if (round !== this.#round) {
      void this.#letGo(view.review);
      return;
    }
    this.view = view;
    this.figures = figures;
    this.stale = false;
    this.landed?.(view, old);
    if (old !== null && old.review !== view.review) void this.#letGo(old.review);
  }

  /** Brings the figures into the unit of the moment. */
  async refigure(): Promise<void> {
    const view = this.view;
    const unit = this.#unit();
    if (view === null || this.figures?.unit === unit) return;
    const figures = await this.#engine.call("figures", { review: view.review, unit });
    if (this.view === view && this.#unit() === unit) this.figures = figures;
  }

  /** Lets everything go. */
  close(): void {
    this.stop();
    this.#round += 1;
    if (this.view) void this.#letGo(this.view.review);
  }

  #stand(): void {
    this.decided = this.#history.now;
    this.canUndo = this.#history.canUndo;
    this.canRedo = this.#history.canRedo;
  }

  #soon(): void {
    this.#stopWaiting();
    this.checking = true;
    this.#timer = setTimeout(() => void this.check(), GATHER);
  }

  #stopWaiting(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.checking = false;
    this.stale = this.view !== null;
  }

  async #letGo(review: number): Promise<void> {
    try {
      await this.#engine.call("drop_review", { review });
    } catch {
      // it may be gone already: with the workspace that was closed
    }
  }
}

/** Keys of a review of which nothing is said. */
export function noGiven(date: string): Given {
  return {
    activity: null,
    stage: null,
    industry: null,
    rules: null,
    date,
    no_land: false,
    layers_as_of: null,
    sliver_m2: null,
    opinions: [],
    plots: [],
  };
}

function acceptance(file: string, note: NoteRecord): AcceptedNote {
  return { file, code: note.code, plot: note.plot ?? null, ring: note.ring ?? null };
}
