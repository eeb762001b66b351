// What an area goal of the plan is about, in words, and what is wrong with one as it is typed.
import type { Goal, LayerRole, Text } from "../engine/wire";
import { greatClass, roleName, subdivision } from "../review/zones";
import { TIERS } from "./tiers";
import { readNumber } from "./typed";

/** Layers a goal can be about; null: the whole city. */
export const ROLES: readonly (LayerRole | null)[] = [
  null,
  "control-line",
  "red-line",
  "farmland",
  "growth-boundary",
  "land-use",
  "district",
];

/** A class or tier of a layer; both null: the layer as a whole. */
export type Part = Pick<Goal, "class" | "tier">;
/** The layer as a whole. */
export const WHOLE: Part = { class: null, tier: null };

const CLASSES: Partial<Record<LayerRole, readonly string[]>> = {
  "red-line": ["statutory", "important"],
  "growth-boundary": ["concentrated", "flexible", "special"],
  "land-use": ["agricultural", "construction", "unused"],
};

/** What tells parts of one layer from each other. */
export const partKey = (part: Part): string => `${part.class ?? ""}/${part.tier ?? ""}`;

/** Parts of a layer: those every plan has, and those that a goal names in its plan's own words. */
export function partsOf(role: LayerRole | null, goals: readonly Goal[]): Part[] {
  if (role === null) return [WHOLE];
  const known = [
    WHOLE,
    ...(TIERS[role] ?? []).map((tier): Part => ({ class: null, tier })),
    ...(CLASSES[role] ?? []).map((one): Part => ({ class: one, tier: null })),
    ...goals.filter((goal) => goal.role === role).map((goal): Part => ({ class: goal.class, tier: goal.tier })),
  ];
  return known.filter((part, n) => known.findIndex((one) => partKey(one) === partKey(part)) === n);
}

/** A layer's name; the whole city's where it is none. */
export const roleWords = (role: LayerRole | null): Text =>
  role === null ? { zh: "全市", en: "Whole city" } : roleName(role);

/** A part's name. */
export function partWords(role: LayerRole | null, part: Part): Text {
  if (role === null || (part.class === null && part.tier === null)) return { zh: "整体", en: "As a whole" };
  if (role === "land-use" && part.class !== null) return greatClass(part.class);
  return subdivision({ role, ...part }) ?? { zh: "整体", en: "As a whole" };
}

/** A goal as it is typed. */
export interface TypedGoal {
  /** The goal it was; null: it is new. */
  was: Goal | null;
  role: LayerRole | null;
  part: Part;
  km2: string;
  percent: string;
}

/** A goal, to be typed over. */
export const typedGoal = (was: Goal): TypedGoal => ({
  was,
  role: was.role,
  part: { class: was.class, tier: was.tier },
  km2: was.km2 === null ? "" : String(was.km2),
  percent: was.percent === null ? "" : String(was.percent),
});

/** More than this, km², is no city: square metres were typed. */
const MOST_KM2 = 10_000_000;

/** What is wrong with a typed goal, and with which of its fields; null: nothing. */
export function wrongWith({ km2, percent }: TypedGoal): { field: "km2" | "percent"; text: Text } | null {
  const [area, share] = [readNumber(km2), readNumber(percent)];
  if (km2.trim() === "" && percent.trim() === "")
    return { field: "km2", text: { zh: "写出面积（km²）或占全市的比例（%）。", en: "Give an area in km² or a share of the city in %." } };
  if (km2.trim() !== "" && (area === null || area <= 0))
    return { field: "km2", text: { zh: "面积须是大于 0 的数（km²）。", en: "The area must be a number above 0, in km²." } };
  if (area !== null && area > MOST_KM2)
    return { field: "km2", text: { zh: "面积过大：单位是 km²，不是 m²。", en: "That is too large: the unit is km², not m²." } };
  if (percent.trim() !== "" && (share === null || share <= 0 || share > 100))
    return { field: "percent", text: { zh: "比例须大于 0、不超过 100（%）。", en: "The share must be above 0 and at most 100 %." } };
  return null;
}

/** The goal that was typed. One that is another now is no longer what the plan's words say. */
export function goalOf({ was, role, part, km2, percent }: TypedGoal): Goal {
  const [area, share] = [readNumber(km2), readNumber(percent)];
  const same =
    was !== null &&
    was.role === role &&
    partKey(was) === partKey(part) &&
    was.km2 === area &&
    was.percent === share;
  if (same) return was;
  return { role, ...part, km2: area, percent: share, clause: "", source: "", contradiction: null };
}
