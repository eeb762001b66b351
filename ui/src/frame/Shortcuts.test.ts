import { render } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import { TOOL_KEYS, toolOf, TRACE_KEY } from "../edit/tool-keys";
import { shortcut } from "../keys";
import { settings } from "../state/settings.svelte";
import Shortcuts from "./Shortcuts.svelte";

afterEach(() => settings.set({ lang: "zh" }));

test("every edit tool stands in the sheet with its key, once, in both languages", () => {
  for (const lang of ["zh", "en"] as const) {
    settings.set({ lang });
    const { container, unmount } = render(Shortcuts, { onleave: () => {} });
    const terms = [...container.querySelectorAll("dt")].map((term) => [term.textContent, term.nextElementSibling?.textContent]);
    const listed = [...TOOL_KEYS.map(({ key, words }) => [key, words[lang === "zh" ? 0 : 1]])];
    for (const [key, words] of listed) expect(terms.filter(([, said]) => said === words)).toEqual([[key, words]]);
    const edit = [...container.querySelectorAll("section")].find((group) => /^(编辑|Edit)$/.test(group.querySelector("h3")?.textContent ?? ""));
    const keys = [...(edit?.querySelectorAll("kbd") ?? [])].map((key) => key.textContent);
    expect(keys.slice(0, TOOL_KEYS.length + 1)).toEqual([...TOOL_KEYS.map(({ key }) => key), TRACE_KEY]);
    expect(new Set(keys).size).toBe(keys.length);
    unmount();
  }
});

test("no letter of an edit tool means something else on the map", () => {
  for (const key of [...TOOL_KEYS.map(({ key }) => key), TRACE_KEY]) {
    expect(shortcut(new KeyboardEvent("keydown", { key: key.toLowerCase() }))).toBeNull();
  }
  expect(TOOL_KEYS.map(({ key }) => toolOf(key.toLowerCase()))).toEqual(TOOL_KEYS.map(({ name }) => name));
  expect(toolOf("q")).toBeNull();
});
