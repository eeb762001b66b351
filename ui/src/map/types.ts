// Shapes of the wire that the map speaks of.
export type { BackdropView } from "../engine/wire";

/** West, south, east, north, degrees. */
export type LonLatBounds = [number, number, number, number];
