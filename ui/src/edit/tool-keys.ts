// The edit tools with their keys: the tool bar, the keyboard and the sheet of shortcuts read this one table.
import type { ToolName } from "./edit-tool.svelte";

/** A tool, its letter, and its words in both languages. */
export interface ToolKey {
  name: ToolName;
  key: string;
  words: [zh: string, en: string];
}

/** The tools, in the order of the tool bar. */
export const TOOL_KEYS: readonly ToolKey[] = [
  { name: "select", key: "S", words: ["选分区（Shift 多选）", "Choose zones (Shift: several)"] },
  { name: "vertex", key: "V", words: ["移动、插入、删除顶点", "Move, insert, delete vertices"] },
  { name: "reshape", key: "R", words: ["沿所画的线改边界", "Lead a boundary along a line"] },
  { name: "split", key: "X", words: ["用线分割", "Split along a line"] },
  { name: "carve", key: "C", words: ["划出一块给另一层级", "Carve ground from tier to tier"] },
  { name: "new", key: "N", words: ["新建分区", "Draw a new zone"] },
];

/** Turns tracing of boundaries on and off while a line is drawn. */
export const TRACE_KEY = "T";

/** The tool of a letter; null: it is none's. */
export const toolOf = (letter: string): ToolName | null =>
  TOOL_KEYS.find(({ key }) => key.toLowerCase() === letter.toLowerCase())?.name ?? null;
