// Bringing another draft in: what it comes to, and how each conflict was decided.
import type { Editing } from "./editing.svelte";
import { asRefusal, type EditEngine, type Refusal } from "./engine";
import type { MergeConflict, MergePlan } from "./wire";

/** A merge under decision. */
export class Merging {
  plan = $state.raw<MergePlan | null>(null);
  /** By conflict: the other draft's side (true) or this one's. */
  decided = $state<Record<string, boolean>>({});
  /** The conflict looked at. */
  looked = $state.raw<MergeConflict | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  running = $state(false);

  #engine: EditEngine;
  #editing: Editing;

  constructor(engine: EditEngine, editing: Editing) {
    this.#engine = engine;
    this.#editing = editing;
  }

  /** Another draft, or this one changed: what was decided holds no more. */
  forget(): void {
    this.plan = null;
    this.decided = {};
    this.looked = null;
    this.trouble = null;
  }

  /** What bringing a draft in would do. */
  look(id: number): Promise<void> {
    return this.#run(async () => {
      const title = { zh: "比较两份草案", en: "Comparing two drafts" };
      this.plan = await this.#engine.call("plan_merge", { id }, { title });
      this.decided = {};
    });
  }

  decide(key: string, theirs: boolean): void {
    this.decided[key] = theirs;
  }

  /** Brings it in; every conflict is decided by now. */
  merge(): Promise<void> {
    const { plan } = this;
    if (!plan) return Promise.resolve();
    const decided = plan.conflicts.map(({ key }) => ({ key, theirs: this.decided[key] ?? false }));
    return this.#run(async () => {
      if (await this.#editing.bringIn(plan.with.id, decided)) this.forget();
      else this.trouble = this.#editing.trouble;
    });
  }

  async #run(work: () => Promise<void>): Promise<void> {
    this.running = true;
    this.trouble = null;
    try {
      await work();
    } catch (error) {
      this.trouble = asRefusal(error);
    } finally {
      this.running = false;
    }
  }
}
