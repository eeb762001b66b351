// How the red line lies to the control line, as the workspace states it.
import { asRefusal, isCancelled, type EditEngine, type Refusal } from "./engine";

/** Whether the red line must lie within tier 1. */
export class LinesRelation {
  /** Null: not asked yet, or it cannot be told. */
  binding = $state<boolean | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  busy = $state(false);

  #engine: EditEngine;
  #round = 0;

  constructor(engine: EditEngine) {
    this.#engine = engine;
  }

  /** Another city states its own. */
  forget(): void {
    this.#round += 1;
    this.binding = null;
    this.trouble = null;
    this.busy = false;
  }

  /** Asks for it. */
  read(): Promise<void> {
    return this.#run(() => this.#engine.call("relation", {}));
  }

  /** States it. */
  state(binding: boolean): Promise<void> {
    return this.#run(() => this.#engine.call("set_relation", { binding }));
  }

  async #run(work: () => Promise<{ binding: boolean }>): Promise<void> {
    const round = this.#round;
    this.busy = true;
    this.trouble = null;
    try {
      const held = await work();
      if (round === this.#round) this.binding = held.binding;
    } catch (error) {
      if (round === this.#round && !isCancelled(error)) this.trouble = asRefusal(error);
    } finally {
      if (round === this.#round) this.busy = false;
    }
  }
}
