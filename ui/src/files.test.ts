// Files that come to the page.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memory, refusal } from "./platform/memory";

const reviewed = vi.hoisted(() => ({ files: [] as string[][] }));
vi.mock("./platform", async () => ({ platform: (await import("./platform/memory")).memory }));
vi.mock("./review/mode.svelte", () => ({
  begin: async () => {},
  reviews: { reviewFiles: async (files: string[]) => void reviewed.files.push(files) },
}));

const { receive, saveReview, openWorkspace } = await import("./files");
const { city } = await import("./state/city.svelte");
const { waiting } = await import("./state/waiting.svelte");

const workspace = {
  path: "/city.gpkg",
  file: "city.gpkg",
  city: "",
  crs: "",
  crs_name: { zh: "", en: "" },
  sample: false,
  unit: "m2",
  sliver_m2: 1,
  rule_book: null,
  revision: 1,
  read_only: false,
  bounds: null,
  layers: [],
  notes: [],
};

beforeEach(() => {
  memory.answers.prepare_tiles = () => ({ built: [], troubles: [] });
  memory.answers.open_workspace = ({ path }) => {
    if (path.includes("project")) throw refusal("not-a-workspace", "不是工作空间。", "No workspace.");
    return { ...workspace, path };
  };
});
afterEach(() => {
  memory.reset();
  reviewed.files = [];
  waiting.take();
  city.view = null;
});

test("a city and its projects dropped together: the city opens, the projects are reviewed", async () => {
  await receive(["/a.txt", "/city.gpkg", "/b.zip"]);
  expect(city.view?.path).toBe("/city.gpkg");
  expect(reviewed.files).toEqual([["/a.txt", "/b.zip"]]);
});

test("projects that come first wait, and are reviewed once a workspace is open", async () => {
  await receive(["/a.txt"]);
  await receive(["/project.gpkg", "/a.txt"]);
  expect(waiting.files).toEqual(["/a.txt", "/project.gpkg"]);
  expect(reviewed.files).toEqual([]);
  await openWorkspace("/city.gpkg");
  expect(reviewed.files).toEqual([["/a.txt", "/project.gpkg"]]);
  expect(waiting.files).toEqual([]);
});

test("a project in a GeoPackage is reviewed on the open city, which stays open", async () => {
  await openWorkspace("/city.gpkg");
  await receive(["/project.gpkg"]);
  expect(city.view?.path).toBe("/city.gpkg");
  expect(reviewed.files).toEqual([["/project.gpkg"]]);
});

test("a review is written where the person says; who leaves the dialog writes nothing", async () => {
  memory.answers.export_review = ({ path }) => ({ path: path ?? "/outbox/审查.xlsx", name: "审查.xlsx", bytes: 1 });
  memory.chosen.save = null;
  expect(await saveReview(1, "xlsx")).toBeNull();
  expect(memory.requests("export_review")).toEqual([]);
  memory.chosen.save = "/home/审查.xlsx";
  expect(await saveReview(1, "xlsx")).toEqual({ name: "审查.xlsx", path: "/home/审查.xlsx" });
  expect(memory.offered).toEqual([]);
});

test("on loopback a review is offered as a download", async () => {
  memory.answers.export_review = () => ({ path: "/outbox/审查.xlsx", name: "审查.xlsx", bytes: 1 });
  memory.chosen.save = undefined;
  expect(await saveReview(1, "xlsx")).toEqual({ name: "审查.xlsx", path: null });
  expect(memory.offered).toEqual(["审查.xlsx"]);
});
