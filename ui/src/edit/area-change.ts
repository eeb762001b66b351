// What a planned edit gives to each zone and takes from it, summed from the ground that changes hands.
import { leading, type Measure } from "../review/numbers";
import type { Moved, Text } from "./wire";

/** What one zone gains on balance, m²; `zone` null: ground that is nobody's. */
export interface AreaChange {
  zone: Text | null;
  m2: number;
}

/** The balance of every zone that gains or loses, the largest first; nobody's ground last. */
export function areaChanges(moved: readonly Moved[], measure: Measure): AreaChange[] {
  const sums = new Map<string, AreaChange>();
  const add = (zone: Text | null, m2: number): void => {
    const key = zone?.zh ?? "";
    const sum = sums.get(key) ?? { zone, m2: 0 };
    sums.set(key, { zone: sum.zone, m2: sum.m2 + m2 });
  };
  for (const { from, to, area } of moved) {
    add(from, -leading(area, measure));
    add(to, leading(area, measure));
  }
  return [...sums.values()].sort((a, b) =>
    (a.zone === null) === (b.zone === null) ? Math.abs(b.m2) - Math.abs(a.m2) : a.zone === null ? 1 : -1,
  );
}
