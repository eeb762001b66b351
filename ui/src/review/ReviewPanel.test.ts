import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AreaUnitName, ReviewView } from "../engine/wire";
import { settings } from "../state/settings.svelte";
import { Clearing } from "./clearing.svelte";
import batch from "./recorded/batch.json";
import bowTie from "./recorded/bow-tie.json";
import comparison from "./recorded/comparison.json";
import { reviewsOver } from "./recorded/around";
import { answersOf, recordedEngine } from "./recorded/engine";
import line from "./recorded/line.json";
import resort from "./recorded/resort.json";
import sliver from "./recorded/sliver.json";
import trial from "./recorded/trial.json";
import ways from "./recorded/ways.json";
import type { Measure } from "./numbers";
import ReviewPanel from "./ReviewPanel.svelte";
import { WhatIf } from "./whatif.svelte";

type Recorded = { view: unknown; figures: Record<string, unknown> };

async function panel(recorded: Recorded | null, file = "/files/02-resort-no-prj.zip") {
  const engine = recordedEngine({
    ...(recorded ? answersOf(recorded) : {}),
    preview_reading: () => bowTie.preview,
    how_to_clear: () => ways,
    measure: () => ({ places: [], segments_m: [12], length_planar_m: 12, length_ellipsoidal_m: 12, area: null, trouble: null }),
    try_edit: ({ edit }) => (edit.do === "reset" ? trial.look : trial.moved),
    compare_reviews: () => comparison,
  });
  const { reviews, unit, flown } = reviewsOver(engine);
  const whatif = new WhatIf(engine);
  const clearing = new Clearing(engine);
  if (recorded) await reviews.reviewFiles([file]);
  const tried: string[] = [];
  const props = {
    reviews,
    whatif,
    clearing,
    city: null,
    unit: "m2" as AreaUnitName,
    measure: "ellipsoidal" as Measure,
    lang: "zh" as const,
    choose: async () => [],
    picture: async () => new Blob(),
    save: async () => null,
    savePicture: null,
    ontry: (plot: string) => void tried.push(plot),
    onleave: () => {},
  };
  const shown = render(ReviewPanel, props);
  return { ...shown, engine, reviews, whatif, clearing, unit, flown, tried, props };
}

const rows = () => screen.queryAllByTestId("overlap-row");
const plain = (text: string | null | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();
const settle = () => new Promise((wake) => setTimeout(wake, 0));

beforeEach(() => settings.set({ lang: "zh" }));
afterEach(() => settings.set({ lang: "zh" }));

describe("the panel", () => {
  it("says what to do while no file is reviewed", async () => {
    await panel(null);
    expect(screen.getByTestId("review-panel").textContent).toContain("拖进窗口");
    expect(screen.getByTestId("review-panel").textContent).toContain("先打开一个工作空间");
  });

  it("stands in the order of the work: notes, activity and date, outcome, findings", async () => {
    await panel(resort);
    const order = ["导入说明", "活动与日期", "压占明细", "带走与存档"].map((head) => screen.getByText(head));
    const outcome = screen.getByTestId("outcome");
    order.splice(2, 0, outcome);
    for (let i = 0; i + 1 < order.length; i += 1)
      expect(order[i]!.compareDocumentPosition(order[i + 1]!) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it("shows the outcome by word, sign and colour, with the official sentence and the rule book", async () => {
    await panel(resort);
    const outcome = screen.getByTestId("outcome");
    expect(plain(outcome.textContent)).toContain("⊘禁止");
    expect(outcome.dataset["outcome"]).toBe("prohibited");
    const text = screen.getByTestId("review-panel").textContent;
    expect(text).toContain("四种官方结论均不适用");
    expect(text).toContain("广州市生态文明建设规划纲要");
    expect(text).toContain("工作空间为示例数据，结论不作依据。");
  });

  it("puts the notes that need a person first and folds those for the record", async () => {
    await panel(bowTie, "/files/13-bow-tie.txt");
    expect(screen.getByTestId("open-notes").textContent).toBe("2 条待看");
    expect(screen.getAllByTestId("note").map((note) => note.dataset["code"])).toEqual(["self-crossing", "declared-area-differs"]);
    await fireEvent.click(screen.getByText(/另有 \d+ 条记录/));
    expect(screen.getAllByTestId("note").length).toBeGreaterThan(2);
  });

  it("previews a repair before it is taken", async () => {
    const { engine, reviews } = await panel(bowTie, "/files/13-bow-tie.txt");
    const note = screen.getAllByTestId("note")[0]!;
    await fireEvent.click(within(note).getByText("在图上对照"));
    await settle();
    const card = await screen.findByTestId("reading-preview");
    expect(plain(card.textContent)).toContain("预览，尚未采用");
    expect(reviews.preview.file?.plots).toHaveLength(1);
    expect(engine.of("check")).toHaveLength(1);
    await fireEvent.click(within(card).getByText("采用"));
    expect(reviews.current?.decided.accepted).toHaveLength(1);
    expect(screen.queryByTestId("reading-preview")).toBeNull();
  });

  it("leaves everything as it was when a preview is left", async () => {
    const { reviews } = await panel(bowTie, "/files/13-bow-tie.txt");
    await fireEvent.click(within(screen.getAllByTestId("note")[0]!).getByText("在图上对照"));
    const card = await screen.findByTestId("reading-preview");
    await fireEvent.click(within(card).getByText("放弃"));
    expect(reviews.current?.decided.accepted).toEqual([]);
    expect(screen.queryByTestId("reading-preview")).toBeNull();
  });
});

describe("the findings", () => {
  it("list every overlap with its number, zone, area and share", async () => {
    await panel(resort);
    expect(rows().map((row) => row.dataset["overlap"])).toEqual(["1.1.1", "1.1.2", "1.1.3", "1.1.4"]);
    expect(plain(rows()[1]?.textContent)).toContain("枫潭饮用水源一级保护区");
    expect(plain(rows()[1]?.textContent)).toContain("生态保护红线 · 法定生态保护区");
    expect(within(rows()[1]!).getByTestId("overlap-area").textContent).toBe("151\u2009215.26");
    expect(plain(rows()[1]?.textContent)).toContain("49.12");
  });

  it("open the clause in the law's words, its source and whether it was verified", async () => {
    const { flown } = await panel(resort);
    flown.length = 0;
    await fireEvent.click(rows()[0]!);
    const text = screen.getByTestId("review-panel").textContent;
    expect(text).toContain("二级管制区以生态保护为主");
    expect(text).toContain("已核实");
    expect(flown).toHaveLength(1);
  });

  it("keep the clause in the law's language when the interface speaks English", async () => {
    settings.set({ lang: "en" });
    await panel(resort);
    await fireEvent.click(rows()[0]!);
    const text = screen.getByTestId("review-panel").textContent;
    expect(text).toContain("no other project may be built in tier 2");
    expect(text).toContain("二级管制区以生态保护为主");
    expect(plain(screen.getByTestId("outcome").textContent)).toContain("Prohibited");
  });

  it("are filtered by outcome and shown again", async () => {
    await panel(resort);
    await fireEvent.click(screen.getByTestId("filter-prohibited"));
    expect(rows().map((row) => row.dataset["overlap"])).toEqual(["1.1.1"]);
    await fireEvent.click(screen.getByTestId("filter-prohibited"));
    expect(rows()).toHaveLength(4);
  });

  it("are walked by the arrows, and the map follows", async () => {
    const { reviews, flown } = await panel(resort);
    flown.length = 0;
    await fireEvent.keyDown(rows()[0]!, { key: "ArrowDown" });
    expect(reviews.selected?.key).toBe("1.1.1");
    await fireEvent.keyDown(rows()[0]!, { key: "ArrowDown" });
    expect(reviews.selected?.key).toBe("1.1.2");
    await fireEvent.keyDown(rows()[1]!, { key: "ArrowUp" });
    expect(reviews.selected?.key).toBe("1.1.1");
    expect(rows()[0]?.getAttribute("aria-expanded")).toBe("true");
    expect(flown).toHaveLength(3);
  });

  it("change every figure with the unit, and name it in the column's head", async () => {
    const { rerender, unit, props } = await panel(resort);
    const before = screen.getByTestId("plot-area").textContent;
    unit.now = "mu";
    await rerender({ ...props, unit: "mu" });
    await settle();
    await settle();
    expect(screen.getByTestId("plot-area").textContent).not.toBe(before);
    expect(screen.getByTestId("review-panel").textContent).toContain("压占 亩（椭球）");
    const shown = resort.figures.mu.plots[0]!.overlaps[0]![1] as { ellipsoidal: number };
    expect(rows()[0]!.textContent).toContain(String(Math.floor(shown.ellipsoidal)));
  });

  it("lead with the planar area where that is asked for", async () => {
    const { rerender, props } = await panel(resort);
    await rerender({ ...props, measure: "planar" });
    expect(within(rows()[1]!).getByTestId("overlap-area").textContent).toBe("151\u2009224.91");
  });

  it("list an ignored sliver with its area", async () => {
    await panel(sliver, "/files/08-sliver.xlsx");
    expect(screen.getByText(/忽略碎屑 1 处/)).toBeTruthy();
    await fireEvent.click(screen.getByText(/各图层合计/));
    expect(plain(screen.getByText(/忽略碎屑 ·/).textContent)).toContain("0.1683 m²");
  });

  it("say how far a line runs inside each zone", async () => {
    await panel(line, "/files/06-road-line.geojson");
    const crossings = screen.getAllByTestId("crossing-row");
    expect(crossings.length).toBeGreaterThan(1);
    expect(plain(crossings[0]?.textContent)).toMatch(/穿越长度 5 149\.2 m/);
  });
});

describe("what a file says", () => {
  it("is text, never markup", async () => {
    const evil = '<img src=x onerror="globalThis.ran = true"><script>globalThis.ran = true</script>';
    const hostile = structuredClone(resort) as unknown as { view: ReviewView; figures: Record<string, unknown> };
    const project = hostile.view.record.projects[0]!;
    project.file = `${evil}.txt`;
    project.notes[1]!.message = evil;
    project.plots[0]!.name = evil;
    project.plots[0]!.overlaps[0]!.zone.name = evil;
    project.plots[0]!.overlaps[0]!.findings[0]!.clause = evil;
    const { container } = await panel(hostile, `/files/${evil}.txt`);
    await fireEvent.click(rows()[0]!);
    expect(container.querySelector("img, script")).toBeNull();
    expect(rows()[0]!.textContent).toContain("<img src=x");
    expect((globalThis as { ran?: boolean }).ran).toBeUndefined();
  });
});

describe("a batch", () => {
  it("shows only what needs a person, strictest first, each with its reason", async () => {
    const { reviews } = await panel(batch, "/files");
    const shown = screen.getAllByTestId("inbox-row");
    expect(shown.map((row) => row.dataset["outcome"])).toEqual(["unusable", "unusable", "prohibited", "conditional", "conditional"]);
    expect(shown.every((row) => plain(row.textContent).length > 20)).toBe(true);
    expect(screen.getByTestId("inbox-count").textContent).toContain("6 个文件");
    await fireEvent.click(screen.getByTestId("inbox-all"));
    expect(reviews.inboxAll).toBe(true);
    expect(screen.getAllByTestId("inbox-row")).toHaveLength(6);
  });

  it("shows a file that is chosen in the panel and on the map", async () => {
    const { flown } = await panel(batch, "/files");
    flown.length = 0;
    await fireEvent.click(screen.getAllByTestId("inbox-row")[2]!);
    expect(screen.getByTestId("looked-file").textContent).toBe("01-tier2-two-uses.txt");
    expect(rows()).toHaveLength(2);
    expect(flown).toHaveLength(1);
  });

  it("lets a bad file stand with its sentence", async () => {
    await panel(batch, "/files");
    expect(screen.getByTestId("file-error").textContent).toContain("CAD");
    expect(plain(screen.getByTestId("outcome").textContent)).toBe("✕不可用");
  });

  it("of two thousand files puts only those in sight into the page", async () => {
    const many = structuredClone(batch) as unknown as { view: ReviewView; figures: Record<string, unknown> };
    const row = many.view.inbox[2]!;
    many.view.inbox = Array.from({ length: 2000 }, (_, n) => ({ ...row, project: n === 0 ? row.project : 10_000 + n, file: `${n}.txt` }));
    await panel(many, "/files");
    expect(screen.getByTestId("inbox-count").textContent).toContain("2000 个文件");
    expect(screen.getAllByTestId("inbox-row").length).toBeLessThan(60);
  });

  it("is walked by the arrows", async () => {
    const { reviews } = await panel(batch, "/files");
    const list = screen.getByRole("listbox", { name: "文件" });
    await fireEvent.keyDown(list, { key: "ArrowDown" });
    await fireEvent.keyDown(list, { key: "ArrowDown" });
    expect(reviews.looked?.file).toBe("01-tier2-two-uses.txt");
  });
});

describe("a trial", () => {
  it("shows the engine's figures beside the file's", async () => {
    const { whatif } = await panel(resort);
    await whatif.begin({ review: 1, plot: "1.1", given: null });
    whatif.hover({ do: "move", from: [0, 0], to: [1, 1] });
    await whatif.settled();
    await settle();
    expect(screen.getAllByTestId("trial-overlap")).toHaveLength(4);
    expect(plain(screen.getByTestId("trial-moved").textContent)).toContain("408.2 m");
    expect((screen.getByTestId("trial-reset") as HTMLButtonElement).disabled).toBe(false);
  });

  it("is begun from a plot", async () => {
    const { tried } = await panel(resort);
    await fireEvent.click(screen.getByTestId("try-plot"));
    expect(tried).toEqual(["1.1"]);
  });
});

describe("a review out of the archive", () => {
  it("is shown as it was: nothing of it can be decided or tried anew", async () => {
    const { reviews, engine } = await panel(null);
    const answers = answersOf(resort);
    const { reviews: archive } = reviewsOver(recordedEngine({ ...answers, open_saved_review: () => resort.view }));
    await archive.openSaved("r1");
    reviews.held = archive.held;
    reviews.current = archive.current;
    await settle();
    expect(screen.getByTestId("outcome").dataset["outcome"]).toBe("prohibited");
    expect(screen.queryByTestId("try-plot")).toBeNull();
    expect(screen.queryByText("改用其他坐标系")).toBeNull();
    expect((screen.getByTestId("save-review") as HTMLButtonElement).disabled).toBe(true);
    reviews.current?.give({ stage: "new" });
    expect(engine.of("check")).toEqual([]);
    expect(reviews.current?.checking).toBe(false);
  });
});

describe("another reading of a file", () => {
  it("is looked at by its CRS and taken only then", async () => {
    const { reviews, engine } = await panel(bowTie, "/files/13-bow-tie.txt");
    await fireEvent.click(screen.getByText("改用其他坐标系"));
    await fireEvent.input(screen.getByPlaceholderText("4526"), { target: { value: "4547" } });
    await fireEvent.click(screen.getByText("在图上预览"));
    await settle();
    expect(engine.of("preview_reading")).toEqual([
      { file: "/files/13-bow-tie.txt", reading: { crs: "EPSG:4547", axes: null, width_m: null } },
    ]);
    expect(reviews.current?.decided.reading.crs).toBeNull();
    await fireEvent.click(within(await screen.findByTestId("reading-preview")).getByText("采用"));
    expect(reviews.current?.decided.reading.crs).toBe("EPSG:4547");
    expect(reviews.undo()).toBe(true);
    expect(reviews.current?.decided.reading.crs).toBeNull();
  });

  it("of one file of a batch takes that file out of the batch", async () => {
    const { reviews, engine } = await panel(batch, "/files/13-bow-tie.txt");
    reviews.current!.files.push("/files/01-tier2-two-uses.txt");
    await fireEvent.click(screen.getAllByTestId("inbox-row")[2]!);
    await fireEvent.click(screen.getByText("交换 X、Y"));
    await settle();
    await fireEvent.click(within(await screen.findByTestId("reading-preview")).getByText("采用"));
    await settle();
    expect(reviews.held).toHaveLength(2);
    expect(engine.of("check").at(-1)).toMatchObject({
      files: ["/files/01-tier2-two-uses.txt"],
      reading: { axes: "swapped" },
    });
  });
});

describe("how far to clear", () => {
  it("shows the trim with the area lost and the shift with its distance", async () => {
    const { clearing, engine } = await panel(resort);
    await fireEvent.click(rows()[0]!);
    await fireEvent.click(screen.getAllByText("查看怎样避让")[0]!);
    await settle();
    await settle();
    expect(engine.of("how_to_clear")).toEqual([{ review: 1, plot: "1.1", overlap: "1.1.1", limit_m: 200 }]);
    expect(plain(screen.getByTestId("way-trim").textContent)).toContain("−48 186.27 m²");
    expect(plain(screen.getByTestId("way-shift").textContent)).toContain("196.2 m");
    await fireEvent.click(screen.getByTestId("way-shift"));
    expect(clearing.shown).toBe("shift");
    expect(plain(screen.getByTestId("clearing").textContent)).toContain("东 34.76 m，南 193.1 m");
  });
});

describe("a corrected file", () => {
  it("stands beside its last version with what was cleared and what is new", async () => {
    const { reviews } = await panel(bowTie, "/files/13-bow-tie.txt");
    await reviews.reviewVersion(["/files/13-bow-tie-2.txt"]);
    await settle();
    await settle();
    const beside = await screen.findByTestId("comparison");
    expect(within(beside).getAllByTestId("note-cleared")).toHaveLength(2);
    expect(within(beside).queryAllByTestId("note-new")).toHaveLength(0);
    expect(plain(beside.textContent)).toContain("有条件");
    expect(within(beside).getByTestId("corrections").textContent).toContain("没有需要补正的内容");
  });
});
