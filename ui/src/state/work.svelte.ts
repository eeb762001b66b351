// Which of its jobs the window does.

/** A job. */
export type Mode = "review" | "edit" | "publish";

class Work {
  mode = $state<Mode>("review");
}

/** The one window's. */
export const work = new Work();
