// The panel as a person meets it: its states, its words, its files.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { settings } from "../state/settings.svelte";
import PublishPanel from "./PublishPanel.svelte";
import { desk, REVIEW } from "./recorded/desk.svelte";

const STANDING = { centre: [113.4, 23.2] as [number, number], metresPerPixel: 10, bounds: [113.3, 23.1, 113.5, 23.3] as [number, number, number, number] };

async function panel(given: Parameters<typeof desk> = [], more: Partial<{ onopen: ((path: string) => void) | null; chooseFolder: (() => Promise<string | null>) | null }> = {}) {
  const all = desk(...given);
  const went = { review: 0, paper: 0 };
  render(PublishPanel, {
    sheet: all.sheet,
    compared: all.compared,
    previewed: all.previewed,
    writing: all.writing,
    atlas: all.atlas,
    standing: STANDING,
    onopen: null,
    chooseFolder: null,
    onreview: () => void (went.review += 1),
    onpaper: () => void (went.paper += 1),
    ...more,
  });
  await waitFor(() => expect(all.sheet.choices).not.toBeNull());
  return { ...all, went, publisher: () => all.publisher };
}
const field = (name: string) => screen.getByTestId(name) as HTMLInputElement;
const subject = (n: number) => screen.getByTestId("publish-subject").querySelectorAll("input")[n] as HTMLInputElement;
const previews = async ({ previewed, sheet }: { previewed: Awaited<ReturnType<typeof panel>>["previewed"]; sheet: Awaited<ReturnType<typeof panel>>["sheet"] }) => {
  previewed.want(sheet.asked, 900);
  await screen.findByTestId("preview-picture");
};

beforeEach(() => settings.begin({ lang: "zh" }, async () => {}));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("without a review the person is led to where one is made", async () => {
  const { went } = await panel();
  await fireEvent.click(subject(1));
  expect(screen.getByTestId("publish-missing").textContent).toContain("还没有可以出图的审查");
  expect(field("export-sheet").disabled).toBe(true);
  await fireEvent.click(screen.getByTestId("to-review"));
  expect(went.review).toBe(1);
});

test("the picture stands with its scale, its paper and its remarks, and is shown large when pressed", async () => {
  const all = await panel();
  await previews(all);
  expect(screen.getByTestId("preview-facts").textContent).toContain("1:10\u2009000");
  expect(screen.getByTestId("remarks").textContent).toContain("地类合并成大类。");
  expect(screen.getByTestId("scale").textContent).toContain("自动（1:10\u2009000）");
  await fireEvent.click(screen.getByTestId("preview"));
  expect(all.went.paper).toBe(1);
});

test("preset and scale are chosen, a scale can be typed, and all goes back to automatic", async () => {
  const all = await panel();
  await previews(all);
  await fireEvent.change(field("preset"), { target: { value: "a3" } });
  await fireEvent.change(field("scale"), { target: { value: "25000" } });
  expect(all.sheet.asked).toMatchObject({ preset: "a3", scale: 25_000 });
  await fireEvent.change(field("scale-typed"), { target: { value: "一万" } });
  expect(screen.getByRole("alert").textContent).toContain("写成 1:N");
  await fireEvent.change(field("scale-typed"), { target: { value: "1:12 000" } });
  expect(screen.queryByRole("alert")).toBeNull();
  expect(field("scale").value).toBe("12000");
  await fireEvent.click(screen.getByTestId("automatic"));
  expect(all.sheet.automatic).toBe(true);
});

test("the frame goes to the middle of the map, or holds what the map shows", async () => {
  const all = await panel();
  await previews(all);
  await fireEvent.click(screen.getByTestId("centre-on-view"));
  expect(all.sheet).toMatchObject({ centre: STANDING.centre, scale: 10_000 });
  await fireEvent.click(screen.getByTestId("show-view"));
  expect(all.sheet.scale).toBe(25_000);
});

test("a refusal stands in the engine's words with a way on", async () => {
  const all = await panel([{ preview_sheet: () => { throw { code: "x", text: { zh: "图层是空的。先导入图层。", en: "" } }; } }]);
  all.previewed.want(all.sheet.asked, 900);
  expect((await screen.findByTestId("preview-trouble")).textContent).toBe("图层是空的。先导入图层。");
  await fireEvent.click(screen.getByText("重新绘制"));
  await waitFor(() => expect(all.engine.of("preview_sheet")).toHaveLength(2));
});

test("choices that did not come are asked for again", async () => {
  let able = false;
  const all = desk({ sheet_choices: () => { if (!able) throw { code: "x", text: { zh: "没有应答。", en: "" } }; return { presets: [], scales: [] }; } });
  render(PublishPanel, { ...all, standing: null, onopen: null, chooseFolder: null, onreview: () => {}, onpaper: () => {} });
  expect((await screen.findByRole("alert")).textContent).toBe("没有应答。");
  able = true;
  await fireEvent.click(screen.getByText("再试一次"));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("the maker is remembered; a sheet of a review reads as the system's until a person decided", async () => {
  const all = await panel();
  all.hold(REVIEW);
  await screen.findByTestId("publish-review");
  await fireEvent.input(field("words-unit"), { target: { value: "规划局" } });
  expect(all.publisher()).toBe("规划局");
  expect(screen.getByTestId("publish-panel").textContent).toContain("系统初判");
  await fireEvent.click(field("decided"));
  expect(all.sheet.asked?.decided).toBe(true);
  expect(field("report-pdf").disabled).toBe(true);
  await fireEvent.input(field("decided-by"), { target: { value: "李工" } });
  expect(field("report-pdf").disabled).toBe(false);
});

test("a file written in the window stands with its size, its remarks and its folder", async () => {
  const opened: string[] = [];
  await panel([{}, "/我的/图.pdf"], { onopen: (path) => void opened.push(path) });
  await fireEvent.click(screen.getByTestId("export-sheet"));
  const row = await screen.findByTestId("written");
  expect(row.textContent?.replace(/\s+/g, " ")).toMatch(/图\.pdf.*1\.2 MB.*省略了 3 处。/);
  await fireEvent.click(screen.getByTestId("open-folder"));
  expect(opened).toEqual(["/出/图.pdf"]);
});

test("a file offered as a download has no folder to open", async () => {
  const all = await panel([{}, undefined], { onopen: () => {} });
  all.hold(REVIEW);
  await fireEvent.click(await screen.findByTestId("report-docx"));
  expect((await screen.findByTestId("written")).textContent).toContain("已下载");
  expect(screen.queryByTestId("open-folder")).toBeNull();
  expect(all.offered).toEqual(["报告.docx"]);
});

test("a map set shows how far it is, can be stopped, and says where it came to", async () => {
  let land = (): void => {};
  const MADE = { folder: "/文档/图集", index: "/文档/图集/索引.pdf", sheets: 3, drawn: 1, remarks: Array(30).fill({ zh: "地类合并。", en: "" }) };
  const opened: string[] = [];
  const all = await panel([{ make_atlas: () => new Promise((ok) => (land = () => ok(MADE))) }], {
    onopen: (path) => void opened.push(path),
    chooseFolder: async () => "/我的/图集",
  });
  await fireEvent.click(screen.getByTestId("atlas-folder"));
  await screen.findByText("/我的/图集");
  await fireEvent.click(screen.getByTestId("atlas-make"));
  all.atlas.progress = { stage: { zh: "绘制天河区", en: "" }, done: 1, total: 3 };
  await waitFor(() => expect(screen.getByTestId("atlas-progress").textContent).toContain("1 / 3"));
  land();
  expect((await screen.findByTestId("atlas-made")).textContent).toContain("共 3 幅：新画 1 幅，沿用 2 幅。");
  // a long list does not push everything else away
  expect(screen.getByText("30 条说明").closest("details")?.open).toBe(false);
  expect(all.engine.of("make_atlas")).toMatchObject([{ folder: "/我的/图集" }]);
  await fireEvent.click(screen.getByTestId("atlas-open"));
  expect(opened).toEqual(["/文档/图集/索引.pdf"]);
});

test("speaks English where the person does", async () => {
  settings.begin({ lang: "en" }, async () => {});
  await panel();
  await fireEvent.click(subject(1));
  const words = screen.getByTestId("publish-panel").textContent ?? "";
  expect(words.replace(/生态控制线|红线/g, "")).not.toMatch(/[\u4e00-\u9fff]/);
});
