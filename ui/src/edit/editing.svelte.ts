// The draft that is edited: its state as the engine has it, what an edit would do while the pointer moves,
// and the edits themselves, one after the other so that none overtakes another.
import { LatestWins } from "../review/latest";
import { areasAt, stillThere, type ChosenZone } from "./chosen";
import { asRefusal, isCancelled, type EditEngine, type Refusal } from "./engine";
import type { MergeDecision, Bounds, Collection, Drafts, DraftState, DraftZone, DraftVertices, LonLat, EditPlan, ZoneEdit } from "./wire";

/** No handles. */
export const NO_HANDLES: DraftVertices = { vertices: [], edges: [], cut_short: false };

const NO_LINES: Collection = { type: "FeatureCollection", features: [] };

/** The draft and its state. */
export class Editing {
  /** What may be edited; null: not asked yet. */
  drafts = $state.raw<Drafts | null>(null);
  /** The draft as it stands; null: none is open. */
  state = $state.raw<DraftState | null>(null);
  /** What the edit under the pointer would do. */
  plan = $state.raw<EditPlan | null>(null);
  /** Of which edit it is. */
  planned = $state.raw<ZoneEdit | null>(null);
  /** An edit is planned beside the map: its plan is not the pointer's to take away. */
  beside = $state(false);
  /** Zones chosen. */
  chosen = $state.raw<ChosenZone[]>([]);
  /** DraftVertices of the zones chosen. */
  handles = $state.raw<DraftVertices>(NO_HANDLES);
  /** Why the last thing asked could not be. */
  trouble = $state.raw<Refusal | null>(null);
  /** Something is being written. */
  busy = $state(false);

  #engine: EditEngine;
  #tail: Promise<unknown> = Promise.resolve();
  #round = 0;
  #plans: LatestWins<() => Promise<ZoneEdit | null>, { edit: ZoneEdit; plan: EditPlan } | null>;
  #near: LatestWins<{ zones: string[]; bounds: Bounds }, DraftVertices>;
  #seen: Bounds | null = null;
  /** Where each zone was chosen. */
  #places = new Map<string, LonLat>();

  constructor(engine: EditEngine) {
    this.#engine = engine;
    // the map moves faster than a large zone is answered
    this.#near = new LatestWins(
      (asked) => this.#engine.call("draft_vertices", asked),
      (handles) => (this.handles = handles),
      (error) => this.fail(error),
    );
    this.#plans = new LatestWins(
      async (asked) => {
        const edit = await asked();
        return edit ? { edit, plan: await this.#engine.call("plan_edit", { edit }) } : null;
      },
      (answer) => {
        this.plan = answer?.plan ?? null;
        this.planned = answer?.edit ?? null;
        this.trouble = null;
      },
      (error) => {
        this.plan = null;
        this.planned = null;
        this.trouble = asRefusal(error);
      },
    );
  }

  /** Another city, or none: nothing of the old one stands. */
  forget(): void {
    this.#round += 1;
    this.#plans.forget();
    this.drafts = null;
    this.#take(null);
    this.trouble = null;
  }

  /** Asks what may be edited; a draft that is open already is taken up. */
  list(): Promise<boolean> {
    return this.#write(async () => {
      this.drafts = await this.#engine.call("drafts", {});
      if (this.drafts.editing && this.state?.draft.id !== this.drafts.editing.id)
        this.#take(await this.#engine.call("draft_state", {}));
    });
  }

  unlock(layer: string): Promise<boolean> {
    return this.#write(async () => void (this.drafts = await this.#engine.call("unlock_layer", { layer })));
  }

  start(layer: string, name: string, author: string): Promise<boolean> {
    return this.#write(async () => this.#take(await this.#engine.call("start_draft", { layer, name, author })));
  }

  open(id: number): Promise<boolean> {
    return this.#write(async () => this.#take(await this.#engine.call("open_draft", { id })));
  }

  /** Closes the draft; it is kept and can be opened again. */
  close(): Promise<boolean> {
    return this.#write(async () => {
      await this.#engine.call("close_draft", {});
      this.#take(null);
      this.drafts = await this.#engine.call("drafts", {});
    });
  }

  /** Throws a draft away, with all its edits. */
  drop(id: number): Promise<boolean> {
    return this.#write(async () => {
      this.drafts = await this.#engine.call("drop_draft", { id });
      if (this.state?.draft.id === id) this.#take(null);
    });
  }

  /** The draft became a version: it is open no more. */
  async confirmed(): Promise<void> {
    this.#take(null);
    await this.list();
  }

  /** The pointer moves: what `asked` comes to may be passed over for something newer. */
  preview(asked: () => Promise<ZoneEdit | null>): void {
    if (this.state) this.#plans.want(asked);
  }

  /** Nothing is previewed any more. */
  unpreview(): void {
    this.#plans.forget();
    this.plan = null;
    this.planned = null;
  }

  /** Resolves when nothing is asked or written. */
  async settled(): Promise<void> {
    await this.#plans.settled();
    await this.#tail;
    await this.#near.settled();
  }

  /** Makes an edit; whether it stands. What it would do stays drawn until it does. */
  async apply(edit: ZoneEdit): Promise<boolean> {
    this.#plans.forget();
    const done = await this.#write(async () => this.#take(await this.#engine.call("apply_edit", { edit })));
    this.plan = null;
    this.planned = null;
    if (done || !this.state) return done;
    // the refusal's sentence stands; its place is the plan's to say
    const { trouble } = this;
    try {
      const { refusal } = await this.#engine.call("plan_edit", { edit });
      if (refusal && this.trouble === trouble) this.plan = { boundaries: NO_LINES, moved: [], notes: [], refusal };
    } catch (error) {
      this.fail(error);
    }
    return false;
  }

  /** Brings another draft in, as one edit; whether it stands. */
  bringIn(id: number, decided: MergeDecision[]): Promise<boolean> {
    return this.#write(async () => {
      const title = { zh: "并入草案", en: "Bringing the draft in" };
      this.#take(await this.#engine.call("merge_draft", { id, decided }, { title }));
    });
  }

  /** Something around an edit failed. */
  fail(error: unknown): void {
    if (!isCancelled(error)) this.trouble = asRefusal(error);
  }

  /** Takes the last edit back. */
  undo(): Promise<boolean> {
    return this.#write(async () => {
      if (this.state?.can_undo) this.#take(await this.#engine.call("undo_edit", {}));
    });
  }

  redo(): Promise<boolean> {
    return this.#write(async () => {
      if (this.state?.can_redo) this.#take(await this.#engine.call("redo_edit", {}));
    });
  }

  /** The goals are other ones: the ledger is told anew. */
  refresh(): Promise<boolean> {
    return this.#write(async () => {
      if (this.state) this.#take(await this.#engine.call("draft_state", {}));
    });
  }

  /** Mends a defect, as an edit like any other. */
  mend(key: string, remedy: string): Promise<boolean> {
    return this.#write(async () => this.#take(await this.#engine.call("mend_defect", { key, remedy })));
  }

  /** Chooses the zone at a place; `more`: beside those chosen, or takes it out again. */
  async choose(at: LonLat, more: boolean): Promise<DraftZone | null> {
    const round = this.#round;
    try {
      const zone = await this.#engine.call("draft_zone_at", { at });
      if (round !== this.#round) return null;
      this.trouble = null;
      if (zone) this.#places.set(zone.id, at);
      if (!more) this.chosen = zone ? [zone] : [];
      else if (zone)
        this.chosen = this.chosen.some((one) => one.id === zone.id)
          ? this.chosen.filter((one) => one.id !== zone.id)
          : [...this.chosen, zone];
      this.see(this.#seen);
      return zone;
    } catch (error) {
      if (round === this.#round) this.trouble = asRefusal(error);
      return null;
    }
  }

  /** Nothing is chosen. */
  unchoose(): void {
    this.#near.forget();
    this.#places.clear();
    this.chosen = [];
    this.handles = NO_HANDLES;
  }

  /** DraftVertices of the zones chosen, within what is seen; null: none. */
  see(bounds: Bounds | null): void {
    this.#seen = bounds;
    if (bounds && this.state && this.chosen.length > 0) {
      this.#near.want({ zones: this.chosen.map((zone) => zone.id), bounds });
      return;
    }
    this.#near.forget();
    this.handles = NO_HANDLES;
  }

  #take(state: DraftState | null): void {
    const other = state?.draft.id !== this.state?.draft.id;
    this.state = state;
    if (!state || other) {
      this.unpreview();
      this.unchoose();
      return;
    }
    this.chosen = stillThere(this.chosen, state);
    void this.#measure(state);
    this.see(this.#seen);
  }

  /** An edit changes areas: those of the zones chosen are asked for again. */
  async #measure(state: DraftState): Promise<void> {
    const places = new Map([...this.#places].filter(([id]) => this.chosen.some((zone) => zone.id === id)));
    if (places.size === 0) return;
    try {
      const areas = await areasAt(this.#engine, places);
      if (state === this.state) this.chosen = this.chosen.map((zone) => ({ ...zone, area: areas.get(zone.id) ?? null }));
    } catch (error) {
      if (state === this.state) this.fail(error);
    }
  }

  /** One writing after the other; whatever hinders one is kept for the person. */
  #write(work: () => Promise<unknown>): Promise<boolean> {
    const round = this.#round;
    const run = this.#tail.then(async () => {
      if (round !== this.#round) return false;
      this.busy = true;
      try {
        await work();
        this.trouble = null;
        return true;
      } catch (error) {
        if (round === this.#round && !isCancelled(error)) this.trouble = asRefusal(error);
        return false;
      } finally {
        this.busy = false;
      }
    });
    this.#tail = run;
    return run;
  }
}
