// What if the plot lay elsewhere: the state of a trial. Every pointer move asks the engine, one
// question in flight, the newest next; what is let go stands, and can be taken back step by step.
import type { Edit, Given, Trial, TryEdit, VertexAt } from "../engine/wire";
import { asRefusal, type Engine, type Refusal } from "./engine";
import { LatestWins } from "./latest";

/** Whose geometry is tried. */
export interface TrialOf {
  /** The review; null for a footprint of its own. */
  review: number | null;
  /** The plot, `1.2`; empty for a footprint of its own. */
  plot: string;
  /** Keys for a footprint of its own. */
  given: Given | null;
}

type LonLat = [number, number];

/** A trial and its state. */
export class WhatIf {
  /** What is tried; null: nothing. */
  of = $state.raw<TrialOf | null>(null);
  /** As the file has it. */
  original = $state.raw<Trial | null>(null);
  /** As it is now. */
  trial = $state.raw<Trial | null>(null);
  /** Why the last question brought nothing. */
  refusal = $state.raw<Refusal | null>(null);
  /** How many steps can be taken back. */
  steps = $state(0);

  #engine: Engine;
  // the state the engine keeps, from which every question starts
  #kept: Trial | null = null;
  #reverse: Edit[] = [];
  #goingBack = new WeakSet<TryEdit>();
  #line: LatestWins<TryEdit, Trial>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#line = new LatestWins(
      (question) => this.#engine.call("try_edit", question),
      (answer, question) => this.#land(answer, question),
      (error) => (this.refusal = asRefusal(error)),
    );
  }

  /** Whether an answer is awaited. */
  get running(): boolean {
    return this.#line.running;
  }

  /** Begins with a plot as the file has it. */
  async begin(of: TrialOf): Promise<void> {
    this.leave();
    this.of = of;
    if (of.review === null) return;
    try {
      const first = await this.#engine.call("try_edit", { ...of, edit: { do: "reset" }, keep: true });
      if (this.of !== of) return;
      this.original = first;
      this.trial = first;
      this.#kept = first;
    } catch (error) {
      if (this.of === of) this.refusal = asRefusal(error);
    }
  }

  /** Nothing is tried any more. */
  leave(): void {
    this.#line.forget();
    this.#forgetSteps();
    this.#kept = null;
    this.of = null;
    this.original = null;
    this.trial = null;
    this.refusal = null;
  }

  /** The pointer moves: this may be passed over for a newer one. */
  hover(edit: Edit): void {
    if (this.of) this.#line.want({ ...this.of, edit, keep: false });
  }

  /** The pointer is let go: this stands. */
  keep(edit: Edit): void {
    if (this.of) this.#line.must({ ...this.of, edit, keep: true });
  }

  /** The pointer gave up: what stood before is shown again. */
  giveUp(): void {
    this.hover({ do: "look" });
  }

  /** Takes the last step back. */
  undo(): boolean {
    const edit = this.#reverse.pop();
    this.steps = this.#reverse.length;
    if (!edit || !this.of) return false;
    const question: TryEdit = { ...this.of, edit, keep: true };
    this.#goingBack.add(question);
    this.#line.must(question);
    return true;
  }

  /** Back to the file's geometry. */
  reset(): void {
    if (!this.of) return;
    this.#forgetSteps();
    this.#line.must({ ...this.of, edit: { do: "reset" }, keep: true });
  }

  /** Resolves when everything asked has landed. */
  settled(): Promise<void> {
    return this.#line.settled();
  }

  #land(answer: Trial, question: TryEdit): void {
    this.trial = answer;
    this.refusal = null;
    if (!question.keep) return;
    const back = this.#goingBack.has(question) ? null : reverse(question.edit, this.#kept);
    this.#kept = answer;
    if (!back) return;
    this.#reverse.push(back);
    this.steps = this.#reverse.length;
  }

  #forgetSteps(): void {
    this.#reverse = [];
    this.steps = 0;
  }
}

/** The edit that undoes `edit`, from the outline it was made on; null where there is none. A vertex is
 *  read from `before` as it was when the pointer took it. */
export function reverse(edit: Edit, before: Trial | null): Edit | null {
  switch (edit.do) {
    case "move":
      return { do: "move", from: edit.to, to: edit.from };
    case "move-vertex": {
      const was = vertexOf(before, edit.vertex);
      return was ? { do: "move-vertex", vertex: edit.vertex, to: was } : null;
    }
    case "insert-vertex":
      return { do: "delete-vertex", vertex: { ...edit.vertex, point: edit.vertex.point + 1 } };
    case "delete-vertex": {
      const was = vertexOf(before, edit.vertex);
      if (!was) return null;
      const ring = before?.outline[edit.vertex.polygon]?.[edit.vertex.ring] ?? [];
      // the edge before the vertex; of the first one that is the closing edge
      const last = ring.length - 3;
      const point = edit.vertex.point === 0 ? Math.max(0, last) : edit.vertex.point - 1;
      return { do: "insert-vertex", vertex: { ...edit.vertex, point }, to: was };
    }
    default:
      return null;
  }
}

/** Where a vertex of an outline is. */
export function vertexOf(trial: Trial | null, at: VertexAt): LonLat | null {
  return trial?.outline[at.polygon]?.[at.ring]?.[at.point] ?? null;
}
