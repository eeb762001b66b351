// The plan's area goals: the workspace's own, or those its rule book states.
import type { Goal, Goals } from "../engine/wire";
import { asRefusal, isCancelled, type EditEngine, type Refusal } from "./engine";

/** The goals of the open workspace. */
export class PlanGoals {
  /** Null: not asked yet, or they cannot be told. */
  held = $state.raw<Goals | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  busy = $state(false);

  #engine: EditEngine;
  #round = 0;

  constructor(engine: EditEngine) {
    this.#engine = engine;
  }

  /** Another city: its goals are other ones. */
  forget(): void {
    this.#round += 1;
    this.held = null;
    this.trouble = null;
    this.busy = false;
  }

  /** Asks for them. */
  read(): Promise<boolean> {
    return this.#run(() => this.#engine.call("goals", {}));
  }

  /** Replaces them; they are the workspace's own from now on. Null: those of the rule book again. */
  set(goals: Goal[] | null): Promise<boolean> {
    return this.#run(() => this.#engine.call("set_goals", { goals }));
  }

  async #run(work: () => Promise<Goals>): Promise<boolean> {
    const round = this.#round;
    this.busy = true;
    this.trouble = null;
    try {
      const held = await work();
      if (round !== this.#round) return false;
      this.held = held;
      return true;
    } catch (error) {
      if (round === this.#round && !isCancelled(error)) this.trouble = asRefusal(error);
      return false;
    } finally {
      if (round === this.#round) this.busy = false;
    }
  }
}
