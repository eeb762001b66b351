// A map set: a sheet for each district, zone or project, and an index sheet. It takes long, can be stopped,
// and goes on where it stopped.
import type { AtlasBy, AtlasMade, SheetFormat, Text } from "../engine/wire";
import { asRefusal, isCancelled, type Engine, type ProgressReport, type Refusal } from "../review/engine";
import type { Versioned } from "./compared.svelte";
import type { Sheet } from "./sheet.svelte";

/** The set. */
export class Atlas {
  format = $state<SheetFormat>("pdf");
  dpi = $state(300);
  /** 1:N of every sheet; null: each its own. */
  scale = $state<number | null>(null);
  /** Where to; null: a new folder among the person's documents. */
  folder = $state<string | null>(null);
  running = $state(false);
  progress = $state.raw<ProgressReport | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  made = $state.raw<AtlasMade | null>(null);
  /** The last one was stopped before its end. */
  stopped = $state(false);

  #by = $state<AtlasBy>("district");
  #layer = $state<string | null>(null);
  #engine: Engine;
  #sheet: Sheet;
  #layers: () => Versioned[];
  #abort: AbortController | null = null;

  constructor(engine: Engine, sheet: Sheet, layers: () => Versioned[]) {
    this.#engine = engine;
    this.#sheet = sheet;
    this.#layers = layers;
  }

  get by(): AtlasBy {
    return this.#by;
  }
  set by(by: AtlasBy) {
    this.#by = by;
    this.made = null;
    this.refusal = null;
  }

  /** Layers whose zones a set can be by. */
  get layers(): Versioned[] {
    return this.#layers();
  }

  get layer(): Versioned | null {
    return this.layers.find(({ name }) => name === this.#layer) ?? this.layers[0] ?? null;
  }

  of(layer: string): void {
    this.#layer = layer;
  }

  /** What is missing, and what to do about it; null: it can be made. */
  get missing(): Text | null {
    if (this.by === "project" && this.#sheet.review === null)
      return { zh: "按项目成图集要有审查：先到“审查”中审查项目文件。", en: "A set by project needs a review: review project files in “Review” first." };
    if (this.by === "zone" && this.layer === null)
      return { zh: "没有带分区的控制线图层。", en: "There is no control layer with zones." };
    return null;
  }

  async make(): Promise<void> {
    const { by, format, dpi, folder } = this;
    const sheet = this.#sheet.ofSet(by, this.scale);
    if (!sheet || this.missing || this.running) return;
    const abort = new AbortController();
    this.#abort = abort;
    this.running = true;
    this.progress = null;
    this.refusal = null;
    this.made = null;
    this.stopped = false;
    try {
      const layer = by === "zone" ? (this.layer?.name ?? null) : null;
      this.made = await this.#engine.call(
        "make_atlas",
        { by, layer, sheet, format, dpi, folder },
        {
          signal: abort.signal,
          onProgress: (report) => (this.progress = report),
          title: { zh: "制作图集", en: "Making the map set" },
        },
      );
      // made again, it goes on there
      this.folder = this.made.folder;
    } catch (error) {
      if (isCancelled(error)) this.stopped = true;
      else this.refusal = asRefusal(error);
    } finally {
      this.running = false;
      this.progress = null;
      this.#abort = null;
    }
  }

  stop(): void {
    this.#abort?.abort();
  }

  forget(): void {
    this.stop();
    this.made = null;
    this.refusal = null;
    this.folder = null;
    this.scale = null;
    this.#layer = null;
  }
}
