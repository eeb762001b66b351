// One question in flight, the newest next: for whatever follows the pointer.

/** Asks `ask` for the newest of what is wanted, one at a time; `land` gets the answers in order. */
export class Latest<Q, A> {
  #ask: (question: Q) => Promise<A>;
  #land: (answer: A, question: Q) => void;
  #wanted: { question: Q } | null = null;
  #busy = false;

  constructor(ask: (question: Q) => Promise<A>, land: (answer: A, question: Q) => void) {
    this.#ask = ask;
    this.#land = land;
  }

  want(question: Q): void {
    this.#wanted = { question };
    if (!this.#busy) void this.#run();
  }

  forget(): void {
    this.#wanted = null;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#wanted) {
      const { question } = this.#wanted;
      this.#wanted = null;
      try {
        const answer = await this.#ask(question);
        this.#land(answer, question);
      } catch {
        // the pointer moves on; a place that has no answer shows none
      }
    }
    this.#busy = false;
  }
}
