// The publish mode of this window: its stores, joined to the window's city, its reviews and its engine.
import { ask } from "../engine/ask";
import { platform } from "../platform";
import type { Engine } from "../review/engine";
import { reviews } from "../review/mode.svelte";
import { title } from "../review/title";
import { city } from "../state/city.svelte";
import { mapped } from "../state/mapped.svelte";
import { settings } from "../state/settings.svelte";
import { work } from "../state/work.svelte";
import { Atlas } from "./atlas.svelte";
import { Compared } from "./compared.svelte";
import { Frame } from "./frame.svelte";
import { Previewed } from "./preview.svelte";
import { boundsOfRing } from "./ring";
import { screen } from "./screen.svelte";
import { Sheet, type HeldReview } from "./sheet.svelte";
import { Writing } from "./writing.svelte";

const engine: Engine = { call: ask };

/** Layers whose revisions are compared and whose zones are drawn one a sheet: parcels are too many. */
const ZONED = ["red-line", "control-line", "growth-boundary", "farmland"];
const zoned = () => city.layers.map(({ view }) => view).filter(({ role }) => ZONED.includes(role));

const published = (): HeldReview[] =>
  reviews.held.flatMap((held) =>
    held.view?.record.projects.some((project) => !project.error)
      ? [{ key: held.key, review: held.view.review, name: title(held) }]
      : [],
  );

/** The two revisions compared. */
export const compared = new Compared(engine, zoned);

/** The sheet. */
export const sheet = new Sheet(
  {
    engine,
    lang: () => settings.lang,
    reviews: published,
    shown: () => reviews.current?.key ?? null,
    publisher: () => settings.kept.publisher ?? "",
    remember: (publisher) => settings.keep({ publisher }),
  },
  compared,
);

/** Its picture. */
export const previewed = new Previewed(engine);

/** Its frame on the ground. */
export const frame = new Frame(sheet, previewed);

/** What is written. */
export const writing = new Writing(engine, sheet, compared, {
  chooseSave: (name) => platform.chooseSave(name),
  offer: (file) => platform.offer(file),
});

/** The map set. */
export const atlas = new Atlas(engine, sheet, zoned);

/** Opens a file's folder; null where the front cannot. */
export const showInFolder = platform.kind === "window" ? (path: string) => platform.showInFolder(path) : null;

/** Publishes, with a city open. */
export function enter(): void {
  if (city.view) work.mode = "publish";
}

/** The map goes to the frame. */
export function flyToFrame(): void {
  const ring = frame.ring;
  if (ring) mapped.map?.flyTo(boundsOfRing(ring), 48);
}

/** Esc: the paper makes room for the map, then the frame has the pointer again. */
export function leave(): void {
  if (screen.shows === "paper") screen.shows = "map";
  else mapped.tool = "frame";
}

let of: string | null = null;

/** Another city: nothing said of the old one holds. */
export function followCity(path: string | null): void {
  if (path === of) return;
  of = path;
  screen.shows = "map";
  previewed.forget();
  compared.forget();
  writing.forget();
  atlas.forget();
  sheet.forget();
}
