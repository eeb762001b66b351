// Numbers as tables show them: thin spaces between groups of three, a true minus, the unit in the
// column's head and not beside the number.
import type { Area, AreaUnitName, Figure } from "../engine/wire";
import { t } from "../words";

/** Which of the two areas leads. */
export type Measure = "ellipsoidal" | "planar";

const M2_PER: Record<AreaUnitName, number> = { m2: 1, ha: 10_000, mu: 2000 / 3 };
const DECIMALS: Record<AreaUnitName, number> = { m2: 2, ha: 4, mu: 3 };

/** `119941.5168, 2` → `119 941.52` (thin spaces). */
export function grouped(value: number, decimals: number): string {
  const plain = Math.abs(value).toFixed(decimals);
  const [whole = "0", fraction] = plain.split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, "\u2009");
  const sign = value < 0 && /[1-9]/.test(plain) ? "−" : "";
  return sign + groups + (fraction === undefined ? "" : `.${fraction}`);
}

/** The name of a unit, for column heads and switches. */
export function unitName(unit: AreaUnitName): string {
  return { m2: "m²", ha: t("公顷", "ha"), mu: t("亩", "mu") }[unit];
}

/** The name of a measure. */
export function measureName(measure: Measure): string {
  return measure === "ellipsoidal" ? t("椭球", "ellipsoidal") : t("平面", "planar");
}

/** A unit with the measure it is of, as heads say it: `m²（椭球）`. */
export const unitAnd = (unit: AreaUnitName, measure: Measure): string =>
  t(`${unitName(unit)}（${measureName(measure)}）`, `${unitName(unit)} (${measureName(measure)})`);

/** A figure the engine rounded: already in its unit. */
export const figure = (value: Figure | undefined, measure: Measure, decimals: number): string =>
  value === undefined ? "" : grouped(measure === "ellipsoidal" ? value.ellipsoidal : value.planar, decimals);

/** An unrounded area of a trial, which no table sums. */
export const areaIn = (m2: number, unit: AreaUnitName): string => grouped(m2 / M2_PER[unit], DECIMALS[unit]);

/** The side of an area that leads, m². */
export const leading = (area: Area, measure: Measure): number =>
  measure === "ellipsoidal" ? area.ellipsoidal_m2 : area.planar_m2;

/** A share as per cent, two decimals, without the sign: that stands in the head. */
export const percent = (share: number): string => grouped(share * 100, 2);

/** A length in metres with its unit, as sentences need it: kilometres from 10 km on. */
export const length = (metres: number): string =>
  metres >= 10_000 ? `${grouped(metres / 1000, 2)} km` : `${grouped(metres, metres < 100 ? 2 : 1)} m`;
