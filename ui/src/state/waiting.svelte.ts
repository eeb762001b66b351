// Project files that came before a workspace was open: they are reviewed as soon as one is.

class Waiting {
  files = $state.raw<string[]>([]);

  add(paths: string[]): void {
    this.files = [...this.files, ...paths.filter((path) => !this.files.includes(path))];
  }

  /** Hands them over; none waits any more. */
  take(): string[] {
    const files = this.files;
    this.files = [];
    return files;
  }

  forget(path: string): void {
    this.files = this.files.filter((one) => one !== path);
  }
}

/** The files that wait. */
export const waiting = new Waiting();
