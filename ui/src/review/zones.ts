// The words of zones: classes and tiers as the law names them, layers by their role.
import type { LayerRole, Text, ZoneRecord } from "../engine/wire";

const ROLES: Record<LayerRole, Text> = {
  "red-line": { zh: "生态保护红线", en: "Ecological red line" },
  "control-line": { zh: "生态控制线", en: "Ecological control line" },
  farmland: { zh: "永久基本农田", en: "Permanent basic farmland" },
  "growth-boundary": { zh: "城镇开发边界", en: "Urban growth boundary" },
  "land-use": { zh: "地类图斑", en: "Land use" },
  district: { zh: "行政区", en: "District" },
};

const SUBDIVISIONS: Record<string, Text> = {
  "red-line/statutory": { zh: "法定生态保护区", en: "Statutory protected area" },
  "red-line/important": { zh: "生态系统重要区", en: "Important ecosystem area" },
  "control-line/1": { zh: "一级管制区", en: "Tier 1" },
  "control-line/2": { zh: "二级管制区", en: "Tier 2" },
  "growth-boundary/concentrated": { zh: "集中建设区", en: "Concentrated construction zone" },
  "growth-boundary/flexible": { zh: "弹性发展区", en: "Flexible development zone" },
  "growth-boundary/special": { zh: "特别用途区", en: "Special purpose zone" },
};

const GREAT_CLASSES: Record<string, Text> = {
  agricultural: { zh: "农用地", en: "Agricultural land" },
  construction: { zh: "建设用地", en: "Construction land" },
  unused: { zh: "未利用地", en: "Unused land" },
};

/** The name of a layer's role. */
export const roleName = (role: LayerRole): Text => ROLES[role];

/** Class or tier of a zone for people; what the record says where it is not one of the known. */
export function subdivision(zone: Pick<ZoneRecord, "role" | "class" | "tier">): Text | null {
  const word = zone.tier ?? zone.class;
  if (word === null) return null;
  return SUBDIVISIONS[`${zone.role}/${word}`] ?? { zh: word, en: word };
}

/** A great class of land use; 未知 where the record has none. */
export const greatClass = (code: string): Text =>
  GREAT_CLASSES[code] ?? (code === "" ? { zh: "大类未知", en: "Class unknown" } : { zh: code, en: code });
