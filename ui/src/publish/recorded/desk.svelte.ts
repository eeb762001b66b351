// The publish side's stores as the window joins them, on the engine of tests.
import { Atlas } from "../atlas.svelte";
import { Compared } from "../compared.svelte";
import { Frame } from "../frame.svelte";
import { Previewed } from "../preview.svelte";
import { Sheet, type HeldReview } from "../sheet.svelte";
import { Writing } from "../writing.svelte";
import { publishEngine } from "./engine";

export const REVIEW: HeldReview = { key: 1, review: 7, name: "度假村.zip" };

/** Stores of a window; `save`: what its dialog says. */
export function desk(answers: Parameters<typeof publishEngine>[0] = {}, save: string | null | undefined = undefined) {
  const engine = publishEngine(answers);
  let reviews = $state.raw<HeldReview[]>([]);
  let shown = $state<number | null>(null);
  let publisher = $state("");
  const offered: string[] = [];
  const names: string[] = [];
  const layers = () => [
    { name: "control_line", title: "生态控制线" },
    { name: "red_line", title: "红线" },
  ];
  const compared = new Compared(engine, layers);
  const sheet = new Sheet(
    {
      engine,
      lang: () => "zh",
      reviews: () => reviews,
      shown: () => shown,
      publisher: () => publisher,
      remember: (unit) => (publisher = unit),
    },
    compared,
  );
  const previewed = new Previewed(engine);
  return {
    engine,
    compared,
    sheet,
    previewed,
    frame: new Frame(sheet, previewed),
    writing: new Writing(engine, sheet, compared, {
      chooseSave: async (name) => {
        names.push(name);
        return save;
      },
      offer: async ({ name }) => void offered.push(name),
    }),
    atlas: new Atlas(engine, sheet, layers),
    offered,
    names,
    hold(...held: HeldReview[]) {
      reviews = held;
      shown = held.at(-1)?.key ?? null;
    },
    get publisher() {
      return publisher;
    },
  };
}
