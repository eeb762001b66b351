// What a person decided of a held review (reading, acceptances, keys), with its undo: each decision
// is a whole state, so that going back can never leave half a decision behind.

/** States decided one after another, the present one among them. */
export class Decisions<State> {
  #states: State[];
  #at = 0;

  constructor(first: State) {
    this.#states = [first];
  }

  /** The state that stands. */
  get now(): State {
    return this.#states[this.#at] as State;
  }

  /** Whether something can be taken back. */
  get canUndo(): boolean {
    return this.#at > 0;
  }

  /** Whether something taken back can be taken again. */
  get canRedo(): boolean {
    return this.#at < this.#states.length - 1;
  }

  /** A new state stands; what had been taken back is gone. */
  take(state: State): void {
    this.#states = [...this.#states.slice(0, this.#at + 1), state];
    this.#at += 1;
  }

  /** The state before stands again; null where there is none. */
  undo(): State | null {
    if (!this.canUndo) return null;
    this.#at -= 1;
    return this.now;
  }

  /** The state taken back stands again; null where there is none. */
  redo(): State | null {
    if (!this.canRedo) return null;
    this.#at += 1;
    return this.now;
  }
}
