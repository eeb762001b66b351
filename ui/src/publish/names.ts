// Names and numbers as the publish side writes them.
import { grouped } from "../review/numbers";
import { t } from "../words";
import type { Compared } from "./compared.svelte";
import type { Sheet } from "./sheet.svelte";

/** A name that every file system takes. */
const safe = (name: string): string => name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").replace(/\s+/g, " ").trim();

/** The name a file is offered under: the sheet's own title, else what it is of. */
export function fileName(sheet: Sheet, compared: Compared, what: "sheet" | "report" | "table" | "changes", ending: string): string {
  const stem = (name: string): string => name.replace(/\.[A-Za-z0-9]{1,5}$/, "");
  const of = {
    city: t("全市图", "City map"),
    review: stem(sheet.review?.name ?? ""),
    changes: compared.pair ? `${compared.layer?.title ?? ""} r${compared.pair.from}-r${compared.pair.to}` : "",
  }[sheet.kind];
  const kind = {
    sheet: sheet.kind === "city" ? "" : t("图", "map"),
    report: t("审查报告", "review report"),
    table: t("审查表", "review table"),
    changes: t("版本比较", "comparison"),
  }[what];
  const titled = what === "sheet" ? sheet.title : "";
  return `${safe(titled) || safe([of, kind].filter(Boolean).join(" "))}.${ending}`;
}

/** 1:N with its thousands apart. */
export const scaleWords = (scale: number): string => `1:${grouped(scale, 0)}`;

/** A typed scale: `1:25 000`, `25000`, `2.5万`. Null: none. */
export function readScale(typed: string): number | null {
  const found = /^(?:1[:：/])?(\d+(?:\.\d+)?)(万)?$/.exec(typed.replace(/[\s\u2009,，]/g, ""));
  if (!found) return null;
  const value = Math.round(Number(found[1]) * (found[2] ? 10_000 : 1));
  return value >= 100 && value <= 10_000_000 ? value : null;
}

/** The size of a file. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${grouped(bytes / 1000, 0)} KB` : `${grouped(bytes / 1_000_000, 1)} MB`;
}
