// What a review is called: its files.
import { t } from "../words";
import type { Held } from "./held.svelte";

/** The first file, and how many more. */
export function title(one: Held): string {
  const projects = one.view?.record.projects.map((project) => project.file);
  const names = (projects ?? one.files).map((path) => path.split(/[\\/]/).at(-1) ?? path);
  const first = names[0] ?? t("空", "empty");
  return names.length > 1 ? t(`${first} 等 ${names.length} 个`, `${first} and ${names.length - 1} more`) : first;
}
