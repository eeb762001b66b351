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

/** What is read as a whole: what lies in it has no path of its own. */
const WHOLE = /\.(zip|kmz|gdb|gpkg|7z|rar)$/i;

const baseName = (path: string): string => path.replace(/[\\/]+$/, "").split(/[\\/]/).at(-1) ?? path;

/** A project file's path among those given: the file of that name, or where it lies in a folder given
 *  (`folder/a.txt`) or the archive it came in (`a.zip/inside/b.shp`); null where several could be meant. */
export function pathOf(file: string, paths: string[]): string | null {
  const [first = file, ...inside] = file.split("/");
  const found = paths.filter((path) => baseName(path) === first || baseName(path) === file);
  const path = found.length === 0 && paths.length === 1 ? paths[0] : found.length === 1 ? found[0] : undefined;
  if (path === undefined) return null;
  if (inside.length === 0 || baseName(path) !== first || WHOLE.test(first)) return path;
  const archive = inside.findIndex((part) => WHOLE.test(part));
  return [path.replace(/[\\/]+$/, ""), ...inside.slice(0, archive < 0 ? undefined : archive + 1)].join("/");
}

/** The name a file has in the record when it is given by its own path: `folder/a.txt` is then `a.txt`. */
export function nameAlone(file: string, path: string): string {
  const parts = file.split("/");
  const from = parts.lastIndexOf(baseName(path));
  return from < 0 ? file : parts.slice(from).join("/");
}
