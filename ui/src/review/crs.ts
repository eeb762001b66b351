// Coordinate reference systems a reviewer may overrule the evidence with: the ones Chinese project
// files come in. Names and codes follow the EPSG registry; zones are the survey's 3° zones 25–45.
import type { Text } from "../engine/wire";

/** A CRS to choose. */
export interface CrsChoice {
  /** `EPSG:N`. */
  code: string;
  /** For people. */
  name: Text;
  /** Under which heading it stands. */
  family: Family;
}

/** A heading of the list. */
export type Family = "degrees" | "zones" | "meridians" | "xian80" | "beijing54";

const FAMILIES: Record<Family, Text> = {
  degrees: { zh: "经纬度", en: "Longitude and latitude" },
  zones: { zh: "CGCS2000 3° 分带，东坐标含带号（8 位）", en: "CGCS2000 3° zones, eastings with the zone number (8 digits)" },
  meridians: { zh: "CGCS2000 3° 分带，东坐标无带号（6 位）", en: "CGCS2000 3° zones, eastings without it (6 digits)" },
  xian80: { zh: "1980 西安坐标系（位置存疑）", en: "Xian 1980 (the place is in doubt)" },
  beijing54: { zh: "1954 北京坐标系（位置存疑）", en: "Beijing 1954 (the place is in doubt)" },
};

const FIRST_ZONE = 25;
const LAST_ZONE = 45;

function zones(family: Family, first: number, name: (zone: number) => Text): CrsChoice[] {
  const list: CrsChoice[] = [];
  for (let zone = FIRST_ZONE; zone <= LAST_ZONE; zone += 1) {
    list.push({ code: `EPSG:${first + zone - FIRST_ZONE}`, name: name(zone), family });
  }
  return list;
}

const withZone = (zh: string, en: string) => (zone: number): Text => ({
  zh: `${zh} / ${zone} 带（中央经线 ${zone * 3}°）`,
  en: `${en} / zone ${zone} (central meridian ${zone * 3}°)`,
});

const withMeridian = (zh: string, en: string) => (zone: number): Text => ({
  zh: `${zh} / 中央经线 ${zone * 3}°（${zone} 带）`,
  en: `${en} / central meridian ${zone * 3}° (zone ${zone})`,
});

/** Every CRS of the list, in the order it is shown. */
export const CRS_CHOICES: CrsChoice[] = [
  { code: "EPSG:4490", name: { zh: "CGCS2000 经纬度", en: "CGCS2000 degrees" }, family: "degrees" },
  { code: "EPSG:4326", name: { zh: "WGS 84 经纬度", en: "WGS 84 degrees" }, family: "degrees" },
  { code: "EPSG:4610", name: { zh: "1980 西安 经纬度", en: "Xian 1980 degrees" }, family: "degrees" },
  { code: "EPSG:4214", name: { zh: "1954 北京 经纬度", en: "Beijing 1954 degrees" }, family: "degrees" },
  ...zones("zones", 4513, withZone("CGCS2000", "CGCS2000")),
  ...zones("meridians", 4534, withMeridian("CGCS2000", "CGCS2000")),
  ...zones("xian80", 2349, withZone("西安 80", "Xian 1980")),
  ...zones("beijing54", 2401, withZone("北京 54", "Beijing 1954")),
];

/** The heading of a family. */
export const familyName = (family: Family): Text => FAMILIES[family];

/** Families in the order of the list, those first that lie around `workspace` (`EPSG:4526`): a city's
 *  own zone and its neighbours are what its files most likely are. */
export function nearFirst(workspace: string): CrsChoice[] {
  const own = CRS_CHOICES.find((choice) => choice.code === workspace);
  const zone = own ? zoneOf(own) : null;
  if (zone === null) return CRS_CHOICES;
  const far = (choice: CrsChoice) => {
    const its = zoneOf(choice);
    return its === null ? 0 : Math.abs(its - zone);
  };
  const order: Family[] = ["zones", "meridians", "degrees", "xian80", "beijing54"];
  return [...CRS_CHOICES].sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family) || far(a) - far(b));
}

function zoneOf(choice: CrsChoice): number | null {
  const first: Partial<Record<Family, number>> = { zones: 4513, meridians: 4534, xian80: 2349, beijing54: 2401 };
  const from = first[choice.family];
  return from === undefined ? null : Number(choice.code.slice("EPSG:".length)) - from + FIRST_ZONE;
}

/** A code as a person types it (`4526`, `epsg 4526`, `EPSG:4526`) as `EPSG:N`; null where it is none. */
export function codeTyped(typed: string): string | null {
  const found = /^\s*(?:epsg)?\s*[:\uFF1A]?\s*(\d{4,6})\s*$/i.exec(typed);
  return found ? `EPSG:${found[1]}` : null;
}

/** A code's name for people; the code itself where the list does not hold it. */
export function crsName(code: string): Text {
  return CRS_CHOICES.find((choice) => choice.code === code)?.name ?? { zh: code, en: code };
}
