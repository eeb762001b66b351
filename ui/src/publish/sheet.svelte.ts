// The sheet as the person describes it: what it is of, how it lies on its paper, which words stand on it.
// What is not said is left to the engine, so that a sheet is good before anything was chosen.
import type { AtlasBy, Lang, SheetAsked, SheetChoices, SheetPreset, SheetSubject, Text } from "../engine/wire";
import { asRefusal, type Engine, type Refusal } from "../review/engine";
import type { Compared } from "./compared.svelte";

export type LonLat = [number, number];

/** What a sheet can be of. */
export type Kind = SheetSubject["of"];

/** A review that can be published. */
export interface HeldReview {
  /** Its number within the window, which stays. */
  key: number;
  /** Its number at the engine, another one with every check. */
  review: number;
  /** Its files, for people. */
  name: string;
}

/** What the sheet needs of the window around it. */
export interface Surroundings {
  engine: Engine;
  lang: () => Lang;
  /** Reviews held that say something. */
  reviews: () => HeldReview[];
  /** Key of the one looked at. */
  shown: () => number | null;
  /** 编制单位 last written. */
  publisher: () => string;
  remember: (publisher: string) => void;
}

/** What is switched on or off. */
export type Option = "piece_list" | "zone_labels" | "boundary_points" | "coordinate_table";

const OPTIONS: Record<Option, boolean> = {
  piece_list: true,
  zone_labels: true,
  boundary_points: false,
  coordinate_table: false,
};

/** The sheet. */
export class Sheet {
  /** Presets and scales; null until the engine said. */
  choices = $state.raw<SheetChoices | null>(null);
  /** Why they did not come. */
  trouble = $state.raw<Refusal | null>(null);
  scale = $state<number | null>(null);
  centre = $state.raw<LonLat | null>(null);
  options = $state.raw<Record<Option, boolean>>(OPTIONS);
  title = $state("");
  number = $state("");
  secrecy = $state("");
  date = $state<string | null>(null);
  decidedBy = $state("");

  #kind = $state<Kind | null>(null);
  #review = $state<number | null>(null);
  #preset = $state("");
  // a decision is about one answer: a review that was checked again is undecided again
  #decided = $state<number | null>(null);
  #around: Surroundings;
  readonly #compared: Compared;

  constructor(around: Surroundings, compared: Compared) {
    this.#around = around;
    this.#compared = compared;
  }

  /** What it is of: what the person chose, else the review looked at, else the city. */
  get kind(): Kind {
    return this.#kind ?? (this.reviews.some(({ key }) => key === this.#around.shown()) ? "review" : "city");
  }

  /** Reviews there are. */
  get reviews(): HeldReview[] {
    return this.#around.reviews();
  }

  /** The review it is of, or would be of. */
  get review(): HeldReview | null {
    const of = (key: number | null): HeldReview | undefined => this.reviews.find((one) => one.key === key);
    return of(this.#review) ?? of(this.#around.shown()) ?? this.reviews.at(-1) ?? null;
  }

  get preset(): SheetPreset | null {
    const presets = this.choices?.presets ?? [];
    return presets.find(({ name }) => name === this.#preset) ?? presets[0] ?? null;
  }

  get publisher(): string {
    return this.#around.publisher();
  }
  set publisher(unit: string) {
    this.#around.remember(unit);
  }

  /** Whether a person decided what the review says. */
  get decided(): boolean {
    return this.kind === "review" && this.review !== null && this.#decided === this.review.review;
  }
  set decided(now: boolean) {
    this.#decided = now ? (this.review?.review ?? null) : null;
  }

  /** Whether its frame lies where the engine puts it. */
  get automatic(): boolean {
    return this.scale === null && this.centre === null;
  }

  /** The subject as the engine is asked; null where something of it is missing. */
  get subject(): SheetSubject | null {
    if (this.kind === "city") return { of: "city" };
    if (this.kind === "review") return this.review && { of: "review", review: this.review.review };
    const pair = this.#compared.pair;
    return pair && { of: "changes", ...pair };
  }

  /** What is missing, and what to do about it. */
  get missing(): Text | null {
    if (this.subject !== null) return null;
    if (this.kind === "review")
      return {
        zh: "还没有可以出图的审查。先到“审查”中审查项目文件，再回来出图。",
        en: "There is no review to publish yet. Review project files in “Review” first, then come back.",
      };
    return this.#compared.missing;
  }

  /** The sheet as the engine is asked for it; null where it cannot be asked yet. */
  get asked(): SheetAsked | null {
    const { subject, preset } = this;
    if (subject === null || preset === null) return null;
    return { ...this.#described(preset), subject, scale: this.scale, centre: this.centre };
  }

  /** How the sheets of a map set look: each at its own place, under its own title. */
  ofSet(by: AtlasBy, scale: number | null): SheetAsked | null {
    const { preset, review } = this;
    if (preset === null || (by === "project" && review === null)) return null;
    const subject: SheetSubject = by === "project" && review ? { of: "review", review: review.review } : { of: "city" };
    return { ...this.#described(preset), subject, title: "", scale, centre: null };
  }

  #described(preset: SheetPreset): Omit<SheetAsked, "subject" | "scale" | "centre"> {
    return {
      preset: preset.name,
      lang: this.#around.lang(),
      title: this.title.trim(),
      unit: this.publisher.trim(),
      number: this.number.trim(),
      secrecy: this.secrecy.trim(),
      date: this.date,
      decided: this.decided,
      ...this.options,
    };
  }

  /** Asks what there is to choose from. */
  async begin(): Promise<void> {
    if (this.choices) return;
    try {
      this.choices = await this.#around.engine.call("sheet_choices", {});
      this.trouble = null;
    } catch (error) {
      this.trouble = asRefusal(error);
    }
  }

  /** Takes another subject: what was said of the one before is not said of it. */
  of(kind: Kind, review: number | null = null): void {
    if (kind === this.#kind && review === this.#review) return;
    this.#kind = kind;
    this.#review = review;
    this.anew();
  }

  /** The subject is another one: its frame, title and number are its own. */
  anew(): void {
    this.reset();
    this.title = "";
    this.number = "";
  }

  /** Takes a preset. */
  take(preset: string): void {
    this.#preset = preset;
  }

  /** Puts its middle there; a scale that was found for the whole stays what it came to. */
  place(centre: LonLat, scale: number | null): void {
    this.scale ??= scale;
    this.centre = centre;
  }

  /** Scale and middle are the engine's again. */
  reset(): void {
    this.scale = null;
    this.centre = null;
  }

  switch(option: Option): void {
    this.options = { ...this.options, [option]: !this.options[option] };
  }

  /** Another city: nothing said of the one before holds. */
  forget(): void {
    this.#kind = null;
    this.#review = null;
    this.#decided = null;
    this.date = null;
    this.anew();
  }
}
