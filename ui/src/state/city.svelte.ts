// The open workspace, and how its layers are shown.
import { ask, asRefusal, isCancelled } from "../engine/ask";
import type { LayerShown, LayerView, Recent, WorkspaceView } from "../engine/wire";
import { leaving } from "./leaving.svelte";
import { settings } from "./settings.svelte";
import { tasks } from "./tasks.svelte";

/** Layers from the top of the map to its ground, where the person ordered nothing. */
const ROLES = ["growth-boundary", "red-line", "farmland", "control-line", "district", "land-use"];

/** A layer and how it is shown. */
export interface ShownLayer {
  view: LayerView;
  visible: boolean;
  opacity: number;
}

/** Codes of the engine that say: this file is something else than a workspace. */
const NO_WORKSPACE = ["not-a-workspace", "not-a-geopackage"];

/** Code of the engine that says: reviews nobody saved would be lost. */
const UNSAVED = "reviews-unsaved";

/** What became of a file that may be a workspace; `kept`: the person stays with what is open. */
export type Opening = "opened" | "no-workspace" | "kept" | "failed";

class City {
  view = $state.raw<WorkspaceView | null>(null);
  /** Topmost first. */
  layers = $state.raw<ShownLayer[]>([]);
  recent = $state.raw<Recent[]>([]);
  opening = $state(false);
  /** The day the engine's machine has, `YYYY-MM-DD`. */
  today = "";

  /** Opens a workspace; whatever hinders it is said. */
  async open(path: string): Promise<boolean> {
    return (await this.#open(path, true)) === "opened";
  }

  /** Opens a file if it is a workspace; that it is none is not said: it may be a project. */
  async openIfWorkspace(path: string): Promise<Opening> {
    return this.#open(path, false);
  }

  async #open(path: string, must: boolean, let_go = false): Promise<Opening> {
    this.opening = true;
    try {
      const title = { zh: "打开工作空间", en: "Opening the workspace" };
      const view = await ask("open_workspace", { path, let_go }, { title });
      this.view = view;
      this.layers = ordered(view.layers, settings.layers);
      settings.suggest(view.unit);
      this.#remember(view);
      // that it is sample data stands beside its name
      for (const note of view.notes)
        if (note.severity !== "info") tasks.say({ zh: note.message, en: note.message_en }, true);
      void this.#prepare(view);
      return "opened";
    } catch (error) {
      const refusal = asRefusal(error);
      if (!must && NO_WORKSPACE.includes(refusal.code)) return "no-workspace";
      if (refusal.code === UNSAVED && !let_go)
        return (await leaving.ask(refusal.text)) ? await this.#open(path, must, true) : "kept";
      if (!isCancelled(error)) tasks.say(refusal.text, true);
      return "failed";
    } finally {
      this.opening = false;
    }
  }

  #remember({ path, file, city }: WorkspaceView): void {
    this.recent = [{ path, file, city }, ...this.recent.filter((one) => one.path !== path)];
  }

  /** Whether the program may end: with reviews nobody saved, the person says. */
  async mayLeave(): Promise<boolean> {
    try {
      await ask("may_close", {});
      return true;
    } catch (error) {
      const refusal = asRefusal(error);
      // whatever else hinders the asking must not hold the window open
      return refusal.code !== UNSAVED || (await leaving.ask(refusal.text));
    }
  }

  show(name: string, change: { visible?: boolean; opacity?: number }): void {
    this.layers = this.layers.map((layer) => (layer.view.name === name ? { ...layer, ...change } : layer));
    this.#keep();
  }

  /** Moves a layer to another place, 0 the topmost. */
  move(name: string, to: number): void {
    const moved = this.layers.find((layer) => layer.view.name === name);
    if (!moved) return;
    const rest = this.layers.filter((layer) => layer !== moved);
    rest.splice(Math.max(0, Math.min(rest.length, to)), 0, moved);
    this.layers = rest;
    this.#keep();
  }

  /** A layer's title by its name. */
  title(name: string): string {
    return this.view?.layers.find((layer) => layer.name === name)?.title ?? name;
  }

  #keep(): void {
    settings.keep({
      layers: this.layers.map(({ view, visible, opacity }): LayerShown => ({ name: view.name, visible, opacity })),
    });
  }

  async #prepare(view: WorkspaceView): Promise<void> {
    try {
      const ready = await ask("prepare_tiles", {}, { title: { zh: "准备切片", en: "Preparing tiles" } });
      for (const trouble of ready.troubles) tasks.say(trouble, true);
      // what was drawn without them is drawn anew
      if (ready.built.length > 0 && this.view === view) this.layers = [...this.layers];
    } catch (error) {
      if (!isCancelled(error)) tasks.say(asRefusal(error).text, true);
    }
  }
}

/** Layers as the person left them, else by role. */
export function ordered(views: LayerView[], shown: LayerShown[]): ShownLayer[] {
  const place = (view: LayerView): number => {
    const left = shown.findIndex((one) => one.name === view.name);
    return left >= 0 ? left : 100 + ROLES.indexOf(view.role);
  };
  return [...views]
    .sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name))
    .map((view) => {
      const left = shown.find((one) => one.name === view.name);
      return { view, visible: left?.visible ?? true, opacity: left?.opacity ?? 1 };
    });
}

/** The one open workspace. */
export const city = new City();
