// The zones chosen, followed through a draft's edits.
import type { EditEngine } from "./engine";
import type { Area, DraftState, DraftZone, LonLat } from "./wire";

/** A zone chosen; its area is null where it cannot be told any more until it is chosen anew. */
export type ChosenZone = Omit<DraftZone, "area"> & { area: Area | null };

/** Those that are still there, with the facts they have now. */
export function stillThere(chosen: readonly ChosenZone[], state: DraftState): ChosenZone[] {
  const now = new Map(state.changed.map((zone) => [zone.id, zone]));
  const hidden = new Set(state.hidden);
  return chosen.flatMap((zone): ChosenZone[] => {
    const facts = now.get(zone.id);
    if (facts) return [{ ...zone, ...facts }];
    return hidden.has(zone.id) ? [] : [zone];
  });
}

/** Areas of zones by id, asked for at the places they were chosen at. */
export async function areasAt(engine: EditEngine, places: ReadonlyMap<string, LonLat>): Promise<Map<string, Area | null>> {
  const found = [...places].map(async ([id, at]): Promise<[string, Area | null]> => {
    const zone = await engine.call("draft_zone_at", { at });
    // the place may be a neighbour's now
    return [id, zone?.id === id ? zone.area : null];
  });
  return new Map(await Promise.all(found));
}
