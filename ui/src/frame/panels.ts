// How wide side panels may be, px. The map keeps room to work in.

export const NARROWEST = 220;
export const WIDEST = 720;
export const USUAL = { left: 264, right: 420 } as const;
/** What the map keeps beside both. */
const MAP_KEEPS = 320;

/** A width a panel may have in a window this wide, where the other panel takes `other`. */
export function fitting(wanted: number, other: number, window: number): number {
  const most = Math.max(NARROWEST, Math.min(WIDEST, window - other - MAP_KEEPS));
  return Math.round(Math.max(NARROWEST, Math.min(most, wanted)));
}
