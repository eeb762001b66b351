// One question in flight, the newest asked next: how a pointer's moves meet an engine that answers
// one by one. What lies between two answers is never asked, and an old answer never lands on a newer.

/** Runs `ask` for the newest value given; answers go to `land` in order, at most one in flight. */
export class LatestWins<Question, Answer> {
  #waiting: { question: Question; sure: boolean }[] = [];
  #running: Promise<void> | null = null;
  #round = 0;
  #ask: (question: Question) => Promise<Answer>;
  #land: (answer: Answer, question: Question) => void;
  #fail: (error: unknown) => void;

  constructor(
    ask: (question: Question) => Promise<Answer>,
    land: (answer: Answer, question: Question) => void,
    fail: (error: unknown) => void,
  ) {
    this.#ask = ask;
    this.#land = land;
    this.#fail = fail;
  }

  /** Whether an answer is awaited. */
  get running(): boolean {
    return this.#running !== null;
  }

  /** Asks this, as soon as what is in flight has landed; it may be passed over for a newer one. */
  want(question: Question): void {
    this.#put(question, false);
  }

  /** Asks this and never passes it over: what it changes must stand before anything asked later. */
  must(question: Question): void {
    this.#put(question, true);
  }

  /** Nothing that is in flight or waiting lands any more. */
  forget(): void {
    this.#waiting = [];
    this.#round += 1;
  }

  /** Resolves when nothing is in flight or waiting. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #put(question: Question, sure: boolean): void {
    const last = this.#waiting.at(-1);
    if (last && !last.sure) this.#waiting.pop();
    this.#waiting.push({ question, sure });
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const round = this.#round;
      try {
        const answer = await this.#ask(next.question);
        if (round === this.#round) this.#land(answer, next.question);
      } catch (error) {
        if (round === this.#round) this.#fail(error);
      }
    }
    this.#running = null;
  }
}
