// Files that come to the page, however they come: a workspace opens, everything else is reviewed.
import { ask, asRefusal, isCancelled } from "./engine/ask";
import type { ExportFormat } from "./engine/wire";
import { platform } from "./platform";
import { city } from "./state/city.svelte";
import { begin, reviews } from "./review/mode.svelte";
import { settings } from "./state/settings.svelte";
import { tasks } from "./state/tasks.svelte";
import { waiting } from "./state/waiting.svelte";

/** A file name's ending, lower case. */
const ending = (path: string): string => /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";

/** Opens a workspace; project files that waited for one are reviewed. */
export async function openWorkspace(path: string): Promise<boolean> {
  if (!(await city.open(path))) return false;
  await opened();
  return true;
}

/** A workspace is open: the review side begins anew, with the files that waited for it. */
async function opened(): Promise<void> {
  await begin(city.today);
  const files = waiting.take();
  if (files.length > 0) await reviews.reviewFiles(files);
}

/** Asks for a workspace and opens it. */
export async function chooseWorkspace(): Promise<void> {
  try {
    const path = await platform.chooseWorkspace();
    if (path) await openWorkspace(path);
  } catch (error) {
    tasks.say(asRefusal(error).text, true);
  }
}

/** Makes the sample city and opens it. */
export async function makeSample(): Promise<void> {
  try {
    const made = await ask(
      "make_sample",
      { dir: null, parcels: null },
      { title: { zh: "生成示例城市", en: "Making the sample city" } },
    );
    if (!(await openWorkspace(made.workspace))) return;
    const example = made.projects.find((path) => /02-/.test(path)) ?? made.projects[0];
    if (example) await reviews.reviewFiles([example]);
  } catch (error) {
    if (!isCancelled(error)) tasks.say(asRefusal(error).text, true);
  }
}

/** Files dropped, opened with the program, or chosen. A GeoPackage may hold a city or a project: the engine
 *  knows which. With a city open, everything else is reviewed; without one, it waits. */
export async function receive(paths: string[]): Promise<void> {
  let rest = paths;
  for (const path of paths.filter((one) => ending(one) === "gpkg")) {
    const became = await city.openIfWorkspace(path);
    if (became === "no-workspace") continue;
    rest = rest.filter((other) => other !== path);
    if (became === "opened") {
      await opened();
      break;
    }
  }
  if (rest.length === 0) return;
  if (city.view) await reviews.reviewFiles(rest);
  else waiting.add(rest);
}

/** Chooses files for the review side. */
export async function chooseFiles(): Promise<string[]> {
  try {
    return await platform.chooseFiles();
  } catch (error) {
    tasks.say(asRefusal(error).text, true);
    return [];
  }
}

type Written = { name: string; path: string | null } | null;

/** Writes a review where the person says, or offers it as a download. */
export async function saveReview(review: number, format: ExportFormat): Promise<Written> {
  const path = await platform.chooseSave(`${{ zh: "审查", en: "review" }[settings.lang]}.${format}`);
  if (path === null) return null;
  const exported = await ask("export_review", { review, format, path: path ?? null, lang: settings.lang });
  if (path !== undefined) return { name: exported.name, path };
  await platform.offer(exported);
  return { name: exported.name, path: null };
}

/** Writes a revision of a layer where the person says (the extension says as what), or offers it as a GeoPackage. */
export async function saveVersion(layer: string, title: string, revision: number): Promise<Written> {
  const path = await platform.chooseSave(`${title}-r${revision}.gpkg`);
  if (path === null) return null;
  const said = { zh: "导出版本", en: "Writing the version" };
  const exported = await ask("export_version", { layer, revision, path: path ?? null }, { title: said });
  if (path !== undefined) return { name: exported.name, path };
  await platform.offer(exported);
  return { name: exported.name, path: null };
}

/** Offers a picture as a download: a page may always do that. */
export async function savePicture(picture: Blob): Promise<Written> {
  const name = settings.lang === "zh" ? "地图.png" : "map.png";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return { name, path: null };
}
