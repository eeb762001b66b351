// Which edit asks for something more before it is made: whose facts a merged zone keeps, a zone's new ones.

class Asks {
  of = $state<"merge" | "facts" | null>(null);

  begin(what: "merge" | "facts"): void {
    this.of = this.of === what ? null : what;
  }

  end(): void {
    this.of = null;
  }
}

/** The one question. */
export const asks = new Asks();
