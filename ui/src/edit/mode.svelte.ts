// The edit mode of this window: its stores, joined to the window's city, its map and its engine.
import { ask } from "../engine/ask";
import { COMMANDS } from "../engine/wire";
import { openWorkspace } from "../files";
import { city } from "../state/city.svelte";
import { mapped } from "../state/mapped.svelte";
import { tasks } from "../state/tasks.svelte";
import { Around } from "./around.svelte";
import type { EditEngine } from "./engine";
import { Editing } from "./editing.svelte";
import { asks } from "./asks.svelte";
import { PlanGoals } from "./goals.svelte";
import { LinesRelation } from "./relation.svelte";
import { Merging } from "./merging.svelte";
import { EditTool, type ToolName } from "./edit-tool.svelte";

const engine: EditEngine = { call: ask as unknown as EditEngine["call"] };

/** Whether the engine has a command. */
export const has = (command: string): boolean => (COMMANDS as readonly string[]).includes(command);

/** The draft that is edited. */
export const editing = new Editing(engine);

/** What stands around it. */
export const around = new Around(engine);

/** Another draft brought in. */
export const merging = new Merging(engine, editing);

/** The plan's goals. */
export const goals = new PlanGoals(engine);

/** How the red line lies to the control line. */
export const relation = new LinesRelation(engine);

/** The pointer's and the keyboard's way to it. */
export const tool = new EditTool(engine, editing, () =>
  city.layers.filter((layer) => layer.visible).map((layer) => layer.view.name),
);

/** Takes a tool up; null: the pointer is the map's again. What was asked before an edit is asked no more. */
export function takeTool(name: ToolName | null): void {
  asks.end();
  tool.take(name);
  mapped.tool = name === null ? "pan" : "edit";
}

/** Lets go of the tool. */
export const leaveTool = (): void => takeTool(null);

let of: string | null = null;

/** Another city: nothing of the old one's drafts stands. */
export function followCity(path: string | null): void {
  if (path === of) return;
  of = path;
  leaveTool();
  around.forget();
  goals.forget();
  relation.forget();
  merging.forget();
  editing.forget();
  if (path !== null) void editing.list();
}

/** A version was made: layers, their figures and their tiles are other ones now. */
export async function newVersion(): Promise<void> {
  const path = city.view?.path;
  if (path === undefined || (await openWorkspace(path))) return void (await editing.list());
  tasks.say({ zh: "地图仍显示上一版本；重新打开工作空间后更新。", en: "The map still shows the last version; it follows once the workspace is opened again." }, true);
}
