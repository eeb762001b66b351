// The first minute.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { city } from "../state/city.svelte";
import { settings } from "../state/settings.svelte";
import { tasks } from "../state/tasks.svelte";
import { waiting } from "../state/waiting.svelte";
import Start from "./Start.svelte";

vi.mock("../platform", async () => ({ platform: (await import("../platform/memory")).memory }));

const acts = { onopen: vi.fn(), onsample: vi.fn(), onchoose: vi.fn(), onrecent: vi.fn() };
const shown = (): void => void render(Start, { hovering: false, ...acts });

beforeEach(() => settings.begin({ lang: "zh" }, async () => {}));
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
  vi.useRealTimers();
  waiting.take();
  city.recent = [];
});

test("offers three choices and what was open before", async () => {
  city.recent = [{ path: "/数据/穗城.gpkg", file: "穗城.gpkg", city: "穗城" }];
  shown();
  await fireEvent.click(screen.getByTestId("open-workspace"));
  await fireEvent.click(screen.getByTestId("make-sample"));
  await fireEvent.click(screen.getByTestId("choose-files"));
  await fireEvent.click(screen.getByText("穗城"));
  expect(acts.onopen).toHaveBeenCalledOnce();
  expect(acts.onsample).toHaveBeenCalledOnce();
  expect(acts.onchoose).toHaveBeenCalledOnce();
  expect(acts.onrecent).toHaveBeenCalledWith("/数据/穗城.gpkg");
});

test("project files that came first are named, and one can be left out", async () => {
  waiting.add(["/a/度假村.zip", "C:\\b\\道路.txt"]);
  shown();
  expect(screen.getByTestId("waiting").textContent).toContain("道路.txt");
  await fireEvent.click(screen.getByLabelText("不审查 度假村.zip"));
  expect(waiting.files).toEqual(["C:\\b\\道路.txt"]);
});

test("while the sample city is made, how far it is stands there and it can be stopped", async () => {
  vi.useFakeTimers();
  const task = tasks.begin({ zh: "生成示例城市", en: "Making the sample city" });
  task.report({ stage: { zh: "写入地类图斑", en: "Writing parcels" }, done: 3, total: 10 });
  await vi.advanceTimersByTimeAsync(250);
  shown();
  expect(screen.getByRole("status").textContent).toContain("写入地类图斑");
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe("0.3");
  expect((screen.getByTestId("make-sample") as HTMLButtonElement).disabled).toBe(true);
  await fireEvent.click(screen.getByText("取消"));
  expect(task.signal.aborted).toBe(true);
  task.end();
});

test("speaks English where the person does", () => {
  settings.begin({ lang: "en" }, async () => {});
  shown();
  expect(screen.getByText("Make the sample city")).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/[\u4e00-\u9fff]/);
});
