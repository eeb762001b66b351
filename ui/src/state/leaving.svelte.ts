// What would be lost by a step, and the person's answer to it: one question at a time.
import type { Text } from "../engine/wire";

class Leaving {
  /** What will be lost; null: nothing is asked. */
  question = $state.raw<Text | null>(null);

  #answer: ((go: boolean) => void) | null = null;

  /** Asks; resolves with whether the person lets it go. A question still open is answered by keeping. */
  ask(question: Text): Promise<boolean> {
    this.answer(false);
    this.question = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  /** The person's answer. */
  answer(go: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    this.question = null;
    answer?.(go);
  }
}

/** The question whether something may be lost. */
export const leaving = new Leaving();
