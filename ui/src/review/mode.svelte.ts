// The review mode of this window: its stores, joined to the window's settings, its map and its engine.
import { ask } from "../engine/ask";
import { mapped } from "../state/mapped.svelte";
import { settings } from "../state/settings.svelte";
import { tasks } from "../state/tasks.svelte";
import { Clearing } from "./clearing.svelte";
import { asRefusal, isCancelled, type Engine } from "./engine";
import { noGiven } from "./held.svelte";
import { Reviews } from "./review.svelte";
import { TrialTool } from "./trial-tool.svelte";
import { WhatIf } from "./whatif.svelte";

const engine: Engine = { call: ask };

let today = new Date().toISOString().slice(0, 10);

/** The reviews held. */
export const reviews = new Reviews({
  engine,
  today: () => today,
  preferences: () => settings.kept,
  remember: (keys) => settings.keep(keys),
  unit: () => settings.unit,
  fly: (bounds) => mapped.map?.flyTo(bounds),
});

/** The trial that runs, if one does. */
export const whatif = new WhatIf(engine);

/** The pointer's and the keyboard's way to it. */
export const tool = new TrialTool(whatif);

/** How far to clear. */
export const clearing = new Clearing(engine);

/** A workspace was opened; `day`: today as its machine has it. */
export async function begin(day: string): Promise<void> {
  today = day;
  leaveTrial();
  clearing.leave();
  try {
    await reviews.begin();
  } catch (error) {
    if (!isCancelled(error)) tasks.say(asRefusal(error).text, true);
  }
}

/** Begins to try a plot elsewhere; empty: a footprint drawn anew. */
export async function beginTrial(plot: string): Promise<void> {
  const held = reviews.current;
  const review = held?.view?.review ?? null;
  if (plot !== "" && review === null) return;
  // a shift that is looked at is where the trial starts
  const shift = clearing.of?.plot === plot && clearing.shown === "shift" ? clearing.ways?.shift : null;
  clearing.leave();
  mapped.tool = "trial";
  const keys = held && !held.archived ? held.decided.given : reviews.beginning().given;
  await tool.begin(
    plot === "" ? { review: null, plot: "", given: { ...noGiven(today), ...keys, plots: [] } } : { review, plot, given: null },
  );
  const from = whatif.original?.outline[0]?.[0]?.[0];
  const to = shift?.outline[0]?.[0]?.[0];
  if (from && to) whatif.keep({ do: "move", from, to });
}

/** Ends the trial. */
export function leaveTrial(): void {
  tool.leave();
  if (mapped.tool === "trial") mapped.tool = "pan";
}

/** Takes the last step back: of the trial while one runs, else the last decision. */
export function undo(): boolean {
  return whatif.of ? whatif.undo() : reviews.undo();
}
