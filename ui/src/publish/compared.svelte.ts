// Which two revisions of which layer are compared.
import type { Text, Version } from "../engine/wire";
import { asRefusal, type Engine, type Refusal } from "../review/engine";

/** A layer that has revisions. */
export interface Versioned {
  name: string;
  title: string;
}

/** Two revisions of a layer. */
export interface Pair {
  layer: string;
  from: number;
  to: number;
}

/** The choice. */
export class Compared {
  /** Revisions of the layer, newest first; null until the engine said. */
  versions = $state.raw<Version[] | null>(null);
  trouble = $state.raw<Refusal | null>(null);

  #layer = $state<string | null>(null);
  #from = $state<number | null>(null);
  #to = $state<number | null>(null);
  #round = 0;
  #engine: Engine;
  #layers: () => Versioned[];

  constructor(engine: Engine, layers: () => Versioned[]) {
    this.#engine = engine;
    this.#layers = layers;
  }

  get layers(): Versioned[] {
    return this.#layers();
  }

  get layer(): Versioned | null {
    return this.layers.find(({ name }) => name === this.#layer) ?? this.layers[0] ?? null;
  }

  /** The revision compared from: the one before the newest, where none was chosen. */
  get from(): number | null {
    return this.#among(this.#from) ?? this.versions?.[1]?.revision ?? null;
  }

  get to(): number | null {
    return this.#among(this.#to) ?? this.versions?.[0]?.revision ?? null;
  }

  get pair(): Pair | null {
    const { layer, from, to } = this;
    return layer === null || from === null || to === null || from === to ? null : { layer: layer.name, from, to };
  }

  /** What is missing, and what to do about it. */
  get missing(): Text | null {
    if (this.pair !== null || this.trouble !== null) return null;
    if (this.layer === null) return { zh: "这个工作空间没有图层。", en: "This workspace has no layers." };
    if (this.versions === null) return null;
    if (this.versions.length < 2)
      return {
        zh: `“${this.layer.title}”只有一个版本，没有可比的。在“编辑”中确认一个新版本，或重新导入图层后再来。`,
        en: `“${this.layer.title}” has a single version, so there is nothing to compare. Confirm a new one in “Edit”, or import the layer again.`,
      };
    return { zh: "选两个不同的版本。", en: "Choose two different versions." };
  }

  /** Takes a layer and asks for its revisions. */
  async of(layer: string): Promise<void> {
    this.#layer = layer;
    this.#from = null;
    this.#to = null;
    await this.list();
  }

  between(change: { from?: number; to?: number }): void {
    if (change.from !== undefined) this.#from = change.from;
    if (change.to !== undefined) this.#to = change.to;
  }

  /** Asks for the layer's revisions; those chosen stay where they still are. */
  async list(): Promise<void> {
    const layer = this.layer;
    const round = (this.#round += 1);
    this.versions = null;
    this.trouble = null;
    if (layer === null) return;
    try {
      const versions = await this.#engine.call("versions", { layer: layer.name });
      if (round === this.#round) this.versions = [...versions].sort((a, b) => b.revision - a.revision);
    } catch (error) {
      if (round === this.#round) this.trouble = asRefusal(error);
    }
  }

  #among(revision: number | null): number | null {
    return this.versions?.some((one) => one.revision === revision) ? revision : null;
  }

  forget(): void {
    this.#round += 1;
    this.#layer = null;
    this.#from = null;
    this.#to = null;
    this.versions = null;
    this.trouble = null;
  }
}
