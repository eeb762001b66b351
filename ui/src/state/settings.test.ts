// What the person set lasts.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Preferences } from "../engine/wire";
import { say, t } from "../words";
import { settings } from "./settings.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  settings.begin({ lang: "zh", theme: "system", unit: "m2", measure: "ellipsoidal" }, async () => {});
});

test("settings come back as they were left", () => {
  settings.begin({ lang: "en", theme: "dark", unit: "mu", measure: "planar", panels: [0, 480] }, async () => {});
  expect(settings.preferences).toMatchObject({ lang: "en", theme: "dark", unit: "mu", measure: "planar", panels: [0, 480] });
  expect(settings.dark(false)).toBe(true);
});

test("a damaged or foreign preference is passed over, the usual one stands", () => {
  settings.begin({ lang: "fr", theme: "sepia", unit: "acre", measure: "guessed" } as Preferences, async () => {});
  expect(settings.lang).toBe("zh");
  expect(settings.unit).toBe("m2");
});

test("a slider that moves in many steps is remembered once, with everything else kept", async () => {
  const told: Preferences[] = [];
  settings.begin({ rules: "national-2022" }, async (preferences) => void told.push(preferences));
  for (let width = 260; width < 300; width += 1) settings.set({ panels: [width, 420] });
  expect(told).toEqual([]);
  await vi.runAllTimersAsync();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ panels: [299, 420], rules: "national-2022" });
});

test("a workspace leads with its own unit until the person chooses one", () => {
  settings.begin({}, async () => {});
  settings.suggest("mu");
  expect(settings.unit).toBe("mu");
  settings.set({ unit: "ha" });
  settings.suggest("mu");
  expect(settings.unit).toBe("ha");
});

test("every sentence is in the language of the moment, and names the window's own things", () => {
  settings.begin({ lang: "zh" }, async () => {});
  expect(t("搜索", "Search")).toBe("搜索");
  settings.set({ lang: "en" });
  expect(say({ zh: "请用 --crs EPSG:N 指定坐标系。", en: "Name it with --crs EPSG:N." })).not.toContain("--crs");
});

test("settings that cannot be kept are said once, and again after they could be", async () => {
  let full = true;
  const said: unknown[] = [];
  const remember = async (): Promise<void> => {
    if (full) throw new Error("disk full");
  };
  settings.begin({}, remember, (error) => said.push(error));
  const change = async (lang: "zh" | "en"): Promise<void> => {
    settings.set({ lang });
    await vi.runAllTimersAsync();
  };
  await change("en");
  await change("zh");
  expect(said).toHaveLength(1);
  full = false;
  await change("en");
  full = true;
  await change("zh");
  expect(said).toHaveLength(2);
});
