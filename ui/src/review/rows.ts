// A review's record as the panel walks through it: plots by their numbers, overlaps in their order.
import type {
  FindingRecord,
  Outcome,
  Overlap,
  PlotReview,
  ProjectReview,
  Review,
} from "../engine/wire";

/** A plot with the number under which map, figures and trials know it. */
export interface NumberedPlot {
  /** `project.plot`, from 1. */
  number: string;
  /** The plot. */
  plot: PlotReview;
}

/** What can be walked to: an overlap, a crossing, a location, or a finding without a place. */
export interface Stop {
  /** Id of its feature on the map; the plot's where it has none of its own. */
  feature: string;
  /** Unique among the stops of a review. */
  key: string;
  /** Its plot. */
  plot: string;
  /** Its outcome. */
  outcome: Outcome;
}

/** Strictest first. */
export const STRICTNESS: Outcome[] = ["prohibited", "manual", "conditional", "permitted", "clear"];

/** Less is stricter. */
export const strictness = (outcome: Outcome | null): number => (outcome === null ? -1 : STRICTNESS.indexOf(outcome));

/** The plots of one project of a record. */
export function plotsOf(project: ProjectReview, at: number): NumberedPlot[] {
  return project.plots.map((plot, place) => ({ number: `${at + 1}.${place + 1}`, plot }));
}

/** Key of a crossing's row. */
export const crossingKey = (plot: string, place: number): string => `${plot}/crossing/${place}`;
/** Key of a location's row. */
export const locationKey = (plot: string, place: number): string => `${plot}.p${place + 1}`;
/** Key of a row about a layer or the plot itself. */
export const findingKey = (plot: string, place: number): string => `${plot}/finding/${place}`;

/** Whether a row of this outcome is shown: an empty filter shows all. */
export const shown = (filter: ReadonlySet<Outcome>, outcome: Outcome): boolean =>
  filter.size === 0 || filter.has(outcome);

/** Everything arrows walk through, in the order of the table, after the filter. */
export function stops(project: ProjectReview, at: number, filter: ReadonlySet<Outcome>): Stop[] {
  return plotsOf(project, at).flatMap(({ number, plot }) =>
    [
      ...plot.overlaps.map((overlap) => stop(overlap.id, overlap.id, number, overlap.outcome)),
      ...(plot.crossings ?? []).map((crossing, place) =>
        stop(number, crossingKey(number, place), number, crossing.outcome),
      ),
      ...(plot.locations ?? []).map((location, place) =>
        stop(number, locationKey(number, place), number, location.outcome),
      ),
      ...plot.findings.map((finding, place) => stop(number, findingKey(number, place), number, finding.outcome)),
    ].filter((each) => shown(filter, each.outcome)),
  );
}

function stop(feature: string, key: string, plot: string, outcome: Outcome): Stop {
  return { feature, key, plot, outcome };
}

/** The stop after (or before) the one selected; the first where none is. It stays at the ends. */
export function step(list: Stop[], selected: string | null, by: 1 | -1): Stop | null {
  if (list.length === 0) return null;
  const at = list.findIndex((each) => each.key === selected);
  if (at < 0) return (by === 1 ? list[0] : list[list.length - 1]) ?? null;
  return list[Math.min(list.length - 1, Math.max(0, at + by))] ?? null;
}

/** How many rows each outcome has, for the filter's buttons. */
export function tally(project: ProjectReview, at: number): Map<Outcome, number> {
  const count = new Map<Outcome, number>();
  for (const each of stops(project, at, new Set())) count.set(each.outcome, (count.get(each.outcome) ?? 0) + 1);
  return count;
}

/** The finding that weighs most: the record lists them strictest first. */
export const strictest = (overlap: Pick<Overlap, "findings">): FindingRecord | null => overlap.findings[0] ?? null;

/** The number an overlap wears on the map: the last part of `1.2.3`. */
export const mapNumber = (id: string): string => id.slice(id.lastIndexOf(".") + 1);

/** Layer titles by name, as the record has them. */
export const layerTitle = (record: Review, name: string): string =>
  record.workspace.layers.find((layer) => layer.name === name)?.title || name;
