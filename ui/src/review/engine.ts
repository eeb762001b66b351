// What the review side asks of its surroundings, so that its stores run the same in the window, in
// the loopback page and in tests.
import type { ask } from "../engine/ask";

export { asRefusal, isCancelled } from "../engine/ask";
export type { ProgressReport, Refusal } from "../engine/ask";

/** Whoever answers commands; the page's own `ask`, or a test's. */
export interface Engine {
  /** Asks one command. Rejects with a {@link Refusal}. */
  call: typeof ask;
}
