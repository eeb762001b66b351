// The scale as people read it: round numbers.

/** A screen's dot is taken as 0.28 mm (OGC's standard pixel). */
const METRES_A_DOT = 0.000_28;

/** 1:n, rounded to two digits. */
export function scaleOf(metresPerPixel: number): number {
  const exact = metresPerPixel / METRES_A_DOT;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
  return Math.round(exact / step) * step;
}

/** A bar of a round length, at most `room` px long. */
export function scaleBar(metresPerPixel: number, room = 110): { px: number; label: string } {
  const most = metresPerPixel * room;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= most) ?? power;
  return { px: metres / metresPerPixel, label: metres >= 1000 ? `${metres / 1000} km` : `${metres} m` };
}
