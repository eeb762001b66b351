// Where a row that is dragged along a list would come to stand. Pointer events carry it and not the
// page's own drag and drop: a window that takes files dropped onto it keeps that for itself.

/** The gap the pointer is in: the number of rows whose middle lies above it. */
export const gapAt = (middles: readonly number[], y: number): number => middles.filter((middle) => middle < y).length;

/** The place in the list without it that a row from `from` takes in gap `gap`; null where it stays. */
export function placeInGap(from: number, gap: number): number | null {
  if (gap === from || gap === from + 1) return null;
  return gap > from ? gap - 1 : gap;
}
