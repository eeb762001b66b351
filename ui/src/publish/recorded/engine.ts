// An engine for tests of the publish side: a city, a review, two revisions; answers given by hand.
import type { Commands, PaperWritten, SheetChoices, SheetPreview, Version } from "../../engine/wire";
import type { Engine } from "../../review/engine";

type Name = keyof Commands;
type Answers = { [C in Name]?: (request: Commands[C]["request"], signal: AbortSignal | undefined) => unknown };

export const CHOICES: SheetChoices = {
  presets: [
    { name: "a4", title: { zh: "A4 竖", en: "A4 portrait" }, paper_mm: [210, 297] },
    { name: "a3", title: { zh: "A3 横", en: "A3 landscape" }, paper_mm: [420, 297] },
  ],
  scales: [5000, 10_000, 25_000],
};

/** What the engine makes of the sheet: about the place asked for, a tenth of a degree wide at 1:10 000. */
export function preview({ sheet }: Commands["preview_sheet"]["request"]): SheetPreview {
  const scale = sheet.scale ?? 10_000;
  const [x, y] = sheet.centre ?? [113, 23];
  const half = scale / 200_000;
  return {
    picture: `data:image/png;base64,${sheet.preset}${scale}`,
    pixels: [900, 636],
    paper_mm: sheet.preset === "a3" ? [420, 297] : [210, 297],
    map_mm: [20, 20, 200, 200],
    scale,
    centre: [x, y],
    frame: [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half], [x - half, y - half]],
    remarks: [{ zh: "地类合并成大类。", en: "Land use is merged." }],
  };
}

export const version = (revision: number, title: string): Version => ({
  revision,
  title,
  author: "",
  reason: "",
  date: "2025-01-02",
  features: 1,
  area: { ellipsoidal_m2: 1, planar_m2: 1 },
  source: "",
});

export const written = (name: string): PaperWritten => ({
  file: { path: `/出/${name}`, name, bytes: 1_234_567 },
  remarks: [{ zh: "省略了 3 处。", en: "3 were left out." }],
});

/** An engine that answers by the city above, or by `answers`; it remembers what it was asked. */
export function publishEngine(answers: Answers = {}): Engine & { asked: { command: Name; request: unknown }[]; of: (command: Name) => unknown[] } {
  const asked: { command: Name; request: unknown }[] = [];
  const usual: Answers = {
    sheet_choices: () => CHOICES,
    preview_sheet: preview,
    versions: () => [version(2, "原"), version(6, "调整")],
    export_sheet: ({ format }) => written(`图.${format}`),
    export_report: ({ format }) => written(`报告.${format}`),
    export_changes: ({ format }) => written(`比较.${format}`),
    export_review: ({ format }) => written(`表.${format}`).file,
    make_atlas: () => ({ folder: "/文档/图集", index: "/文档/图集/索引.pdf", sheets: 11, drawn: 8, remarks: [] }),
    ...answers,
  };
  return {
    asked,
    of: (command) => asked.filter((one) => one.command === command).map((one) => one.request),
    async call(command, request, watch) {
      asked.push({ command, request: structuredClone(request) });
      watch?.signal?.throwIfAborted();
      const answer = usual[command];
      if (!answer) throw { code: "not-recorded", text: { zh: `没有 ${command} 的答复。`, en: `No answer to ${command}.` } };
      const said = await (answer as (request: unknown, signal: unknown) => unknown)(request, watch?.signal);
      watch?.signal?.throwIfAborted();
      return structuredClone(said) as never;
    },
  };
}
