// A reading or a repair looked at before it is taken: what the file draws, what would be used, and
// how far the two lie apart. Nothing is decided here.
import type { NoteRecord, PreviewedFile, Reading, ReadingPreview } from "../engine/wire";
import { asRefusal, isCancelled, type Engine, type Refusal } from "./engine";

/** What a preview is of. */
export interface PreviewOf {
  /** The file's path. */
  path: string;
  /** Its name in the record. */
  file: string;
  /** How it would be read. */
  reading: Reading;
  /** The repair it is about, where it is one. */
  note: NoteRecord | null;
}

/** A preview and its state. */
export class ReadingPreviewed {
  /** What is looked at; null: nothing. */
  of = $state.raw<PreviewOf | null>(null);
  /** What the engine answered. */
  answer = $state.raw<ReadingPreview | null>(null);
  /** Why it could not be read so. */
  refusal = $state.raw<Refusal | null>(null);
  /** How far its middle would lie from where it is now, metres. */
  moved_m = $state.raw<number | null>(null);
  /** Whether an answer is awaited. */
  busy = $state(false);

  #engine: Engine;
  #abort: AbortController | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The file the preview is of, in the answer. */
  get file(): PreviewedFile | null {
    // a file of a folder is named with the folder in the record, and without it when read by its own path
    const name = this.of?.file ?? "";
    const files = this.answer?.files ?? [];
    return files.find((file) => file.file === name || name.endsWith(`/${file.file}`)) ?? files[0] ?? null;
  }

  /** Asks what the file would be; `now`: bounds of what is used at present. */
  async look(of: PreviewOf, now: [number, number, number, number] | null): Promise<void> {
    this.leave();
    const abort = new AbortController();
    this.#abort = abort;
    this.of = of;
    this.busy = true;
    try {
      const answer = await this.#engine.call(
        "preview_reading",
        { file: of.path, reading: of.reading },
        { signal: abort.signal },
      );
      if (this.#abort !== abort) return;
      this.answer = answer;
      this.moved_m = now && answer.bounds ? await this.#apart(now, answer.bounds) : null;
    } catch (error) {
      if (this.#abort === abort && !isCancelled(error)) this.refusal = asRefusal(error);
    } finally {
      if (this.#abort === abort) this.busy = false;
    }
  }

  /** Nothing is looked at any more. */
  leave(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.of = null;
    this.answer = null;
    this.refusal = null;
    this.moved_m = null;
    this.busy = false;
  }

  async #apart(a: [number, number, number, number], b: [number, number, number, number]): Promise<number> {
    const middle = ([w, s, e, n]: typeof a): [number, number] => [(w + e) / 2, (s + n) / 2];
    const measured = await this.#engine.call("measure", { points: [middle(a), middle(b)], closed: false });
    return measured.length_planar_m;
  }
}
