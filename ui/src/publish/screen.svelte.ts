// What the middle of the window shows while publishing: the map with the frame, or the paper.

/** Pixels along the longer side of the picture that the panel shows. */
export const SMALL = 900;
/** The engine draws no more. */
const MOST = 4000;
/** Pixels are asked for in steps: not every turn of the wheel is worth a drawing. */
const STEP = 800;

class Screen {
  shows = $state<"map" | "paper">("map");
  /** The paper's size, times what fits the width. */
  zoom = $state(1);
  /** Pixels the paper takes on the screen, along its longer side. */
  taken = $state(0);

  /** Pixels to ask for. */
  get pixels(): number {
    if (this.shows === "map") return SMALL;
    return Math.min(MOST, Math.max(SMALL, Math.ceil(this.taken / STEP) * STEP));
  }

  zoomTo(zoom: number): void {
    this.zoom = Math.min(8, Math.max(0.25, zoom));
  }
}

/** The one window's. */
export const screen = new Screen();
