// Which edit asks for something more before it is made: whose facts a merged zone keeps, a zone's new ones,
// how far a simplified boundary may move.

/** What is asked for. */
export type Asked = "merge" | "facts" | "simplify" | "smooth";

class Asks {
  of = $state<Asked | null>(null);

  begin(what: Asked): void {
    this.of = this.of === what ? null : what;
  }

  end(): void {
    this.of = null;
  }
}

/** The one question. */
export const asks = new Asks();
