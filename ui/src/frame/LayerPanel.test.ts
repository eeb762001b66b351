// The layers' panel, and the backdrop below them.
import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BackdropView, LayerRole, LayerView, LegendEntry, WorkspaceView } from "../engine/wire";
import { memory, refusal } from "../platform/memory";
import { city, ordered } from "../state/city.svelte";
import { mapped } from "../state/mapped.svelte";
import { settings } from "../state/settings.svelte";
import LayerPanel from "./LayerPanel.svelte";

vi.mock("../platform", async () => ({ platform: (await import("../platform/memory")).memory }));

const entry = (key: string, zh: string, m2: number, official = false): LegendEntry => ({
  key,
  name: { zh, en: zh },
  features: 1,
  area: { ellipsoidal_m2: m2, planar_m2: m2 + 1 },
  symbol: { fill: "#123456", fill_opacity: 0.5, hatch: null, stroke: null, official },
});
const layer = (name: string, title: string, role: LayerRole, legend: LegendEntry[]): LayerView => ({
  name,
  title,
  role,
  revision: 1,
  date: "2024-01-01",
  source: "来源.gpkg",
  sha256: "",
  features: 2,
  area: { ellipsoidal_m2: 1, planar_m2: 1 },
  bounds: null,
  edited_outside: false,
  tiles: name,
  min_zoom: 5,
  max_zoom: 15,
  legend,
});
const HOSTILE = '<img src=x onerror="globalThis.ran = true">';
const LAYERS = [
  layer("hx", "生态保护红线", "red-line", [entry("important", "生态系统重要区", 12_345.678)]),
  layer("kzx", HOSTILE, "control-line", [entry("1", "一级管制区", 20_000)]),
];

beforeEach(() => {
  settings.begin({ lang: "zh", unit: "m2", measure: "ellipsoidal" }, async () => {});
  city.view = { path: "c.gpkg", file: "c.gpkg", layers: LAYERS, bounds: null } as unknown as WorkspaceView;
  city.layers = ordered(LAYERS, []);
});
afterEach(() => {
  memory.reset();
  city.view = null;
  city.layers = [];
  mapped.backdrop = null;
});

const titles = (): string[] => screen.getAllByTestId("layer-row").map((row) => row.dataset["layer"] ?? "");
const row = (name: string): HTMLElement => {
  const found = screen.getAllByTestId("layer-row").find((one) => one.dataset["layer"] === name);
  if (!found) throw new Error(`no row ${name}`);
  return found;
};

test("a layer unticked is no longer shown, and the other one stays", async () => {
  render(LayerPanel);
  await fireEvent.click(within(row("hx")).getByRole("checkbox"));
  expect(city.layers.map(({ view, visible }) => [view.name, visible])).toEqual([
    ["hx", false],
    ["kzx", true],
  ]);
});

test("arrow keys on a layer's grip move it, and its grip keeps the focus", async () => {
  render(LayerPanel);
  const grip = within(row("hx")).getByRole("button", { name: /^移动/ });
  await fireEvent.keyDown(grip, { key: "ArrowDown" });
  expect(titles()).toEqual(["kzx", "hx"]);
  await waitFor(() => expect(document.activeElement).toBe(within(row("hx")).getByRole("button", { name: /^移动/ })));
  expect(screen.getByText("生态保护红线：从上数第 2 层")).toBeTruthy();
});

test("the lowest layer moved down stays where it is", async () => {
  render(LayerPanel);
  await fireEvent.keyDown(within(row("kzx")).getByRole("button", { name: /^移动/ }), { key: "ArrowDown" });
  expect(titles()).toEqual(["hx", "kzx"]);
});

test("the areas of the legend obey the unit and the measure, and their column says the unit", async () => {
  render(LayerPanel);
  const table = within(row("hx")).getByRole("table");
  expect(table.textContent).toContain("12\u2009345.68");
  expect(within(table).getByText("m²")).toBeTruthy();
  await fireEvent.click(within(screen.getByTestId("unit")).getByLabelText("公顷"));
  expect(within(table).getByText("1.2346")).toBeTruthy();
  expect(within(table).getByText("公顷")).toBeTruthy();
  await fireEvent.click(within(screen.getByTestId("unit")).getByLabelText("m²"));
  await fireEvent.click(within(screen.getByTestId("measure")).getByLabelText("平面"));
  expect(table.textContent).toContain("12\u2009346.68");
});

test("a layer's title is text, whatever a file makes of it", () => {
  const { container } = render(LayerPanel);
  expect(within(row("kzx")).getByText(HOSTILE)).toBeTruthy();
  expect(container.querySelector("img")).toBeNull();
  expect((globalThis as { ran?: boolean }).ran).toBeUndefined();
});

test("a workspace without layers says how to bring some in", () => {
  city.layers = [];
  render(LayerPanel);
  expect(screen.getByText(/redline import .* --workspace c\.gpkg/)).toBeTruthy();
});

test("an address typed is not contacted before the person says so", async () => {
  render(LayerPanel);
  await fireEvent.click(screen.getByRole("button", { name: "输入地址" }));
  const box = screen.getByLabelText("XYZ 或 WMTS 地址");
  await fireEvent.input(box, { target: { value: "https://tiles.example.cn/{z}/{x}/{y}.png" } });
  expect(memory.asked).toEqual([]);
  expect(screen.getByText("按下“使用”后才会访问 tiles.example.cn。")).toBeTruthy();
  const view: BackdropView = { title: "tiles.example.cn", tiles: "backdrop/1", bounds: null, notes: [{ zh: "可能偏移。", en: "" }] };
  memory.answers.set_backdrop = () => view;
  await fireEvent.click(screen.getByRole("button", { name: "使用" }));
  await waitFor(() => expect(mapped.backdrop).toEqual(view));
  expect(memory.requests("set_backdrop")).toEqual([{ kind: "address", url: "https://tiles.example.cn/{z}/{x}/{y}.png" }]);
  expect(screen.getByText("可能偏移。")).toBeTruthy();
});

test("an address that serves nothing says why beside what was typed, which stays", async () => {
  memory.answers.set_backdrop = () => Promise.reject(refusal("address-unreachable", "服务没有应答。", "It does not answer."));
  render(LayerPanel);
  await fireEvent.click(screen.getByRole("button", { name: "输入地址" }));
  const box = screen.getByLabelText<HTMLInputElement>("XYZ 或 WMTS 地址");
  await fireEvent.input(box, { target: { value: "http://127.0.0.1:9/wmts" } });
  await fireEvent.click(screen.getByRole("button", { name: "使用" }));
  expect(await screen.findByText("服务没有应答。")).toBeTruthy();
  expect(box.value).toBe("http://127.0.0.1:9/wmts");
  expect(mapped.backdrop).toBeNull();
});
