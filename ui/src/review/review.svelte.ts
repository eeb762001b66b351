// The review mode's state: the reviews held, which one is looked at, what is selected in it. What is
// on the map and in the panel both follow from here.
import type {
  AreaUnitName,
  BookChoice,
  Choices,
  InboxRow,
  Outcome,
  Overlap,
  Preferences,
  ProjectReview,
  ReviewView,
  SavedReview,
} from "../engine/wire";
import { boundsOfFeatures, type Bounds } from "./bounds";
import { asRefusal, type Engine } from "./engine";
import { BY_EVIDENCE, Held, noGiven, type Decision } from "./held.svelte";
import { nameAlone } from "./notes";
import { ReadingPreviewed } from "./preview.svelte";
import { plotsOf, step, stops, type NumberedPlot, type Stop } from "./rows";

/** What the review side needs of the window around it. */
export interface Surroundings {
  /** Who answers. */
  engine: Engine;
  /** Today as the engine's machine has it, `YYYY-MM-DD`. */
  today: () => string;
  /** What the person last set. */
  preferences: () => Preferences;
  /** Remembers the rule book. */
  remember: (chosen: Pick<Preferences, "rules">) => void;
  /** The unit that leads. */
  unit: () => AreaUnitName;
  /** The map goes there. */
  fly: (bounds: Bounds) => void;
}

/** The state of the review mode. */
export class Reviews {
  /** Reviews held, oldest first. */
  held = $state.raw<Held[]>([]);
  /** Which one is looked at. */
  current = $state.raw<Held | null>(null);
  /** Which of its files, by place in the record. */
  project = $state(0);
  /** Outcomes shown in the table; empty: all. */
  filter = $state.raw<ReadonlySet<Outcome>>(new Set());
  /** What is selected in the table and on the map. */
  selected = $state.raw<Stop | null>(null);
  /** The feature the pointer is on, in the table or on the map. */
  hovered = $state<string | null>(null);
  /** What can be chosen from; null until the engine said. */
  choices = $state.raw<Choices | null>(null);
  /** Reviews kept in the workspace. */
  saved = $state.raw<SavedReview[]>([]);
  /** Whether the outcome is shown large, to others. */
  presenting = $state(false);
  /** Whether the list of a batch shows every file. */
  inboxAll = $state(false);
  /** A reading or repair that is looked at before it is taken. */
  readonly preview: ReadingPreviewed;

  #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.preview = new ReadingPreviewed(around.engine);
  }

  /** The engine behind it. */
  get engine(): Engine {
    return this.#around.engine;
  }

  /** The file looked at. */
  get looked(): ProjectReview | null {
    return this.current?.view?.record.projects[this.project] ?? null;
  }

  /** Its plots. */
  get plots(): NumberedPlot[] {
    return this.looked ? plotsOf(this.looked, this.project) : [];
  }

  /** Whether anything would be lost with the page: a review that says something and that nobody saved. */
  get unsaved(): boolean {
    return this.held.some(({ view }) => view && !view.saved && view.record.projects.some((project) => !project.error));
  }

  /** Whether the review holds many files. */
  get batch(): boolean {
    return (this.current?.view?.inbox.length ?? 0) > 1;
  }

  /** Rows of the inbox that are shown. */
  get inbox(): InboxRow[] {
    const rows = this.current?.view?.inbox ?? [];
    return this.inboxAll ? rows : rows.filter((row) => row.flagged);
  }

  /** The book that judges: the one given, or the one the record names. */
  get book(): BookChoice | null {
    const books = this.choices?.books ?? [];
    const asked = this.current?.decided.given.rules ?? this.current?.view?.record.rule_book.id;
    return books.find((book) => book.id === asked) ?? books[0] ?? null;
  }

  /** A workspace was opened: what was held is gone with the one before. */
  async begin(): Promise<void> {
    this.held = [];
    this.current = null;
    this.#look(0);
    this.saved = [];
    this.choices = await this.engine.call("choices", {});
    await this.listSaved();
  }

  /** Checks files with the keys last used and today's date, goes there, holds the review. */
  async reviewFiles(files: string[]): Promise<Held | null> {
    if (files.length === 0) return null;
    const held = new Held(this.engine, files, this.beginning(), this.#around.unit);
    this.#show(held);
    await held.check();
    if (this.current === held) this.#arrived(held);
    return held;
  }

  /** Checks a new version of the files looked at, to be set beside it. */
  async reviewVersion(files: string[]): Promise<Held | null> {
    const before = this.current;
    if (before === null || files.length === 0) return null;
    const held = new Held(this.engine, files, { ...before.decided, accepted: [] }, this.#around.unit);
    held.before = before;
    this.#show(held);
    await held.check();
    if (this.current === held) this.#arrived(held);
    return held;
  }

  /** Sets a review beside the earlier version it has. */
  async compare(held: Held): Promise<void> {
    const [before, after] = [held.before?.view, held.view];
    if (!before || !after) return;
    try {
      const comparison = await this.engine.call("compare_reviews", { before: before.review, after: after.review });
      if (held.view === after) held.comparison = comparison;
    } catch (error) {
      held.refusal = asRefusal(error);
    }
  }

  /** Something about the current review is decided: keys are remembered, comparisons follow. */
  async decide(change: Partial<Decision>): Promise<void> {
    const held = this.current;
    if (held === null) return;
    held.decide(change);
    if (change.given) this.#remember(change.given);
  }

  /** Reads one file of a batch differently: it leaves the batch and is reviewed by itself. */
  async reviewAlone(file: string, path: string, change: Partial<Decision>): Promise<Held | null> {
    const from = this.current;
    if (from === null) return null;
    const name = nameAlone(file, path);
    const own = <One extends { file: string }>(list: One[]): One[] =>
      list.filter((one) => one.file === file).map((one) => ({ ...one, file: name }));
    const { given, reading, accepted } = from.decided;
    const decision = { given: { ...given, plots: own(given.plots) }, reading, accepted: own(accepted), ...change };
    const held = new Held(this.engine, [path], decision, this.#around.unit);
    this.#show(held);
    await held.check();
    if (this.current === held) this.#arrived(held);
    return held;
  }

  /** Looks at a review held. */
  look(held: Held): void {
    if (!this.held.includes(held)) return;
    this.current = held;
    this.#look(firstOf(held));
    this.flyToAll();
  }

  /** Lets a review go. */
  close(held: Held): void {
    held.close();
    this.held = this.held.filter((one) => one !== held);
    for (const one of this.held) {
      if (one.before !== held) continue;
      one.before = null;
      one.comparison = null;
    }
    if (this.current !== held) return;
    this.current = this.held.at(-1) ?? null;
    this.#look(this.current ? firstOf(this.current) : 0);
  }

  /** Looks at one file of a batch, in the panel and on the map. */
  lookAt(row: InboxRow): void {
    this.#look(row.project);
    if (row.bounds) this.#around.fly(row.bounds);
  }

  /** Selects a row of the table; `fly`: the map goes there. */
  select(stop: Stop | null, fly: boolean): void {
    this.selected = stop;
    if (fly) this.flyToSelected();
  }

  /** Selects what a feature of the map stands for; a plot's own ground selects its first row. */
  selectFeature(id: string): void {
    const parts = id.split(".");
    const project = Number(parts[0]) - 1;
    const record = this.current?.view?.record.projects[project];
    if (!record) return;
    if (project !== this.project) this.#look(project);
    const list = stops(record, project, new Set());
    const found = list.find((stop) => stop.key === id) ?? list.find((stop) => stop.plot === id);
    if (found && this.filter.size > 0 && !this.filter.has(found.outcome)) this.filter = new Set();
    this.selected = found ?? null;
  }

  /** Walks the table. */
  walk(by: 1 | -1): void {
    if (!this.looked) return;
    const next = step(stops(this.looked, this.project, this.filter), this.selected?.key ?? null, by);
    if (next) this.select(next, true);
  }

  /** Shows or hides an outcome in the table. */
  toggleOutcome(outcome: Outcome): void {
    const next = new Set(this.filter);
    if (!next.delete(outcome)) next.add(outcome);
    this.filter = next;
    if (this.selected && next.size > 0 && !next.has(this.selected.outcome)) this.selected = null;
  }

  /** The map goes to what is selected, or to the file looked at. */
  flyToSelected(): void {
    const id = this.selected?.feature;
    const bounds = (id && this.boundsOf(id)) || this.boundsOfProject();
    if (bounds) this.#around.fly(bounds);
  }

  /** The map goes to the whole review. */
  flyToAll(): void {
    const bounds = this.current?.view?.bounds;
    if (bounds) this.#around.fly(bounds);
  }

  /** Bounds of a feature of the current review. */
  boundsOf(id: string): Bounds | null {
    const features = this.current?.view?.features.features ?? [];
    return boundsOfFeatures(features.filter((feature) => feature.properties?.["id"] === id || feature.id === id));
  }

  /** Bounds of the file looked at. */
  boundsOfProject(): Bounds | null {
    return this.current?.view?.inbox.find((row) => row.project === this.project)?.bounds ?? null;
  }

  /** Takes the last decision back. */
  undo(): boolean {
    return this.current?.undo() ?? false;
  }

  /** Takes again what was taken back. */
  redo(): boolean {
    return this.current?.redo() ?? false;
  }

  /** Brings figures into the unit of the moment. */
  async refigure(): Promise<void> {
    await Promise.all(this.held.map((held) => held.refigure()));
  }

  /** The list of reviews kept in the workspace. */
  async listSaved(): Promise<void> {
    this.saved = await this.engine.call("saved_reviews", {});
  }

  /** Opens a review kept in the workspace. */
  async openSaved(id: string): Promise<Held> {
    const view = await this.engine.call("open_saved_review", { id });
    const held = new Held(this.engine, [], decisionOf(view.record.date), this.#around.unit);
    await held.land(view);
    this.#show(held);
    this.#arrived(held);
    return held;
  }

  #show(held: Held): void {
    held.landed = (now, before) => this.#landed(held, now, before);
    this.held = [...this.held, held];
    this.current = held;
    this.#look(0);
  }

  // What was selected is found again by its zone: overlaps are numbered anew by their outcome.
  #landed(held: Held, now: ReviewView, before: ReviewView | null): void {
    if (held === this.current && before && this.selected) {
      const zone = overlapOf(before, this.project, this.selected.key)?.zone;
      const project = now.record.projects[this.project];
      const list = project ? stops(project, this.project, new Set()) : [];
      const plot = this.selected.plot;
      const key = this.selected.key;
      this.selected =
        list.find((stop) => {
          if (!zone) return stop.key === key;
          const its = overlapOf(now, this.project, stop.key)?.zone;
          return stop.plot === plot && its?.layer === zone.layer && its.id === zone.id;
        }) ?? null;
    }
    if (held === this.current && !now.record.projects[this.project]) this.#look(firstOf(held));
    for (const one of this.held) if (one.before !== null && (one === held || one.before === held)) void this.compare(one);
  }

  #arrived(held: Held): void {
    this.#look(firstOf(held));
    this.flyToAll();
  }

  #look(project: number): void {
    this.project = project;
    this.selected = null;
    this.hovered = null;
    this.preview.leave();
  }

  /** What a new review begins with: the book last used, today. What was said of one project is not said of the
   *  next: a key that nobody gave for it would make a verdict of a guess. */
  beginning(): Decision {
    const { rules } = this.#around.preferences();
    return { given: { ...noGiven(this.#around.today()), rules: rules ?? null }, reading: BY_EVIDENCE, accepted: [] };
  }

  #remember({ rules }: Decision["given"]): void {
    if (rules) this.#around.remember({ rules });
  }
}

function decisionOf(date: string): Decision {
  return { given: noGiven(date), reading: BY_EVIDENCE, accepted: [] };
}

/** The file a batch opens on: the strictest, which the inbox lists first. */
function firstOf(held: Held): number {
  return held.view?.inbox[0]?.project ?? 0;
}

function overlapOf(view: ReviewView, project: number, id: string): Overlap | undefined {
  return view.record.projects[project]?.plots.flatMap((plot) => plot.overlaps).find((overlap) => overlap.id === id);
}
