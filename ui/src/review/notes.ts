// Import notes as the panel orders and offers them: which way out a note has follows from its code.
import type { NoteRecord, Severity } from "../engine/wire";

/** What can be done about a note. */
export type Remedy = "crs" | "axes" | "width" | "repair";

// Codes of layers/formats, by what a person can do about them.
const OF_CRS = new Set([
  "datum-assumed",
  "datum-xian80",
  "datum-beijing54",
  "datum-wgs84",
  "datum-shift-unknown",
  "gcj02-suspected",
  "gcj02-possible",
  "crs-stated-twice",
  "crs-contradicted",
  "crs-contradiction",
  "crs-undecided",
  "crs-unsupported",
  "crs-unreadable",
  "zone-prefix-missing",
  "zone-prefix-doubled",
  "zone-width-contradicted",
  "zones-mixed",
  "not-in-crs",
  "far-from-workspace",
]);
const OF_AXES = new Set(["swapped-axes"]);
const OF_WIDTH = new Set(["line-widened", "not-a-polygon", "line-without-width"]);
const OF_REPAIR = new Set([
  "self-crossing",
  "unclosed-ring",
  "duplicate-point",
  "overlapping-rings",
  "polygon-repaired",
  "outline-drawn-twice",
  "overlapping-plots",
  "duplicate-plot",
  "spike",
  "collinear-point",
]);

/** What can be done about a note of this code. */
export function remedies(code: string): Remedy[] {
  const list: Remedy[] = [];
  if (OF_CRS.has(code)) list.push("crs");
  if (OF_AXES.has(code)) list.push("axes");
  if (OF_WIDTH.has(code)) list.push("width");
  if (OF_REPAIR.has(code)) list.push("repair");
  return list;
}

const WEIGHT: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Those that need a person first; within a severity as the file has them. */
export const weightiestFirst = (notes: NoteRecord[]): NoteRecord[] =>
  notes
    .map((note, place) => ({ note, place }))
    .sort((a, b) => WEIGHT[a.note.severity] - WEIGHT[b.note.severity] || a.place - b.place)
    .map(({ note }) => note);

/** Whether a person is asked to look: repairs and guesses, and what could not be used. */
export const needsLook = (note: NoteRecord): boolean => note.severity !== "info";

/** A project file's path among those given: the file of that name, or the folder or ZIP it lies in
 *  (`a.zip/inside/b.shp`); null where several could be meant. */
export function pathOf(file: string, paths: string[]): string | null {
  const first = file.split("/")[0] ?? file;
  const found = paths.filter((path) => {
    const name = path.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1);
    return name === first || name === file;
  });
  if (found.length === 1) return found[0] ?? null;
  return found.length === 0 && paths.length === 1 ? (paths[0] ?? null) : null;
}
