// What stands around a draft: its layer's defects, its consequences for the reviews kept, the layer's versions.
import { asRefusal, isCancelled, type EditEngine, type Refusal } from "./engine";
import type { ComparedVersions, DraftDefect, DraftDefects, Flip, Impact, Version, VersionFacts } from "./wire";

/** Defects, consequences, versions. */
export class Around {
  defects = $state.raw<DraftDefects | null>(null);
  /** The defect looked at. */
  looked = $state.raw<DraftDefect | null>(null);
  impact = $state.raw<Impact | null>(null);
  /** The plot looked at that comes out otherwise. */
  flip = $state.raw<Flip | null>(null);
  versions = $state.raw<Version[]>([]);
  /** Two versions beside each other, and which. */
  compared = $state.raw<(ComparedVersions & { from: number; to: number }) | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  /** What runs: `defects`, `impact`, `confirm`, `versions`, `compare`, `restore`. */
  running = $state<string | null>(null);

  #engine: EditEngine;
  #round = 0;
  #turn = 0;
  #abort: AbortController | null = null;

  constructor(engine: EditEngine) {
    this.#engine = engine;
  }

  /** Another draft or city: nothing of the old one stands. */
  forget(): void {
    this.#round += 1;
    this.#abort?.abort();
    this.defects = null;
    this.looked = null;
    this.impact = null;
    this.flip = null;
    this.versions = [];
    this.compared = null;
    this.trouble = null;
    this.running = null;
  }

  /** The draft changed: what was found out of it no longer holds. */
  outdated(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.impact = null;
    this.flip = null;
    this.looked = null;
    if (this.defects) void this.findDefects();
  }

  findDefects(): Promise<boolean> {
    return this.#run("defects", async (keep) => {
      const defects = await this.#engine.call("draft_defects", { bounds: null });
      keep(() => (this.defects = defects));
    });
  }

  /** Runs the reviews kept against the draft. Long: progress, cancel. */
  findImpact(): Promise<boolean> {
    this.#abort?.abort();
    const own = (this.#abort = new AbortController());
    return this.#run("impact", async (keep) => {
      const title = { zh: "试算对已存审查的影响", en: "What it does to the reviews kept" };
      const impact = await this.#engine.call("draft_impact", {}, { signal: own.signal, title });
      // an edit made meanwhile, or a second asking, makes this answer one to another question
      keep(() => {
        if (this.#abort === own) this.impact = impact;
      });
    });
  }

  /** Makes the draft a version; null: it could not be. */
  async confirm(facts: VersionFacts): Promise<Version | null> {
    let made: Version | null = null;
    await this.#run("confirm", async () => {
      made = await this.#engine.call("confirm_draft", facts, { title: { zh: "确认版本", en: "Confirming the version" } });
    });
    return made;
  }

  list(layer: string): Promise<boolean> {
    return this.#run("versions", async (keep) => {
      const versions = await this.#engine.call("versions", { layer });
      keep(() => (this.versions = versions));
    });
  }

  compare(layer: string, from: number, to: number): Promise<boolean> {
    return this.#run("compare", async (keep) => {
      const title = { zh: "比较版本", en: "Comparing versions" };
      const compared = await this.#engine.call("compare_versions", { layer, from, to }, { title });
      keep(() => (this.compared = { ...compared, from, to }));
    });
  }

  /** Makes an old version the newest; null: it could not be. */
  async restore(layer: string, revision: number, facts: VersionFacts): Promise<Version | null> {
    let made: Version | null = null;
    await this.#run("restore", async () => {
      made = await this.#engine.call("restore_version", { layer, revision, ...facts }, { title: { zh: "恢复版本", en: "Restoring the version" } });
    });
    return made;
  }

  async #run(what: string, work: (keep: (put: () => void) => void) => Promise<void>): Promise<boolean> {
    const round = this.#round;
    const turn = (this.#turn += 1);
    this.running = what;
    this.trouble = null;
    try {
      await work((put) => {
        if (round === this.#round) put();
      });
      return round === this.#round;
    } catch (error) {
      if (round === this.#round && !isCancelled(error)) this.trouble = asRefusal(error);
      return false;
    } finally {
      if (round === this.#round && turn === this.#turn) this.running = null;
    }
  }
}
