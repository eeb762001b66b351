// Sentences in both languages stand where the facts are known and are chosen only here.
import type { Text } from "./engine/wire";
import { settings } from "./state/settings.svelte";

// Sentences of the engine name the command line's options, for it answers every front; here the same
// things are said by the names they have in the window.
const OPTIONS: Record<string, [string, string]> = {
  "--crs": ["“改用其他坐标系”", "“use another CRS”"],
  "--axes": ["“交换 X、Y”", "“swap axes”"],
  "--width": ["“按宽度成面”", "“give it a width”"],
  "--activity": ["“活动”", "“activity”"],
  "--activities": ["“分地块设置”", "“keys of single plots”"],
  "--stage": ["“阶段”", "“stage”"],
  "--industry": ["“行业”", "“industry”"],
  "--rules": ["“规则集”", "“rule book”"],
  "--date": ["“审查日期”", "“date”"],
  "--opinion": ["“意见”", "“opinions”"],
  "--layers-as-of": ["“图层日期”", "“layers as of”"],
  "--no-land": ["“红线内不申请用地”", "“asks for no land”"],
  "--sliver": ["“碎片上限”", "“sliver limit”"],
};

/** A sentence with the window's names for what the command line calls `--…`. */
export const inWindow = (sentence: string, lang: "zh" | "en"): string =>
  sentence.replace(/(--[a-z]+(?:-[a-z]+)*)(?: EPSG:N| \d{4}-\d\d-\d\d| 文件| FILE)?/g, (whole, option: string) => {
    const names = OPTIONS[option];
    return names ? names[lang === "zh" ? 0 : 1] : whole;
  });

/** The wording in the language of the moment. */
export const t = (zh: string, en: string): string => {
  const words = settings.lang === "zh" ? zh : en;
  return words.includes("--") ? inWindow(words, settings.lang) : words;
};

/** A sentence of the engine in the language of the moment. */
export const say = (text: Text): string => t(text.zh, text.en);
