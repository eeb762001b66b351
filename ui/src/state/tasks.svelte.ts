// What runs, and what went wrong. Whatever takes longer than a blink is shown and can be stopped.
import type { Text } from "../engine/wire";

/** Longer than this is shown, ms. */
export const BLINK = 200;

interface Report {
  stage: Text;
  done: number;
  total: number | null;
}

/** A running command. */
export class Task {
  /** What it is. */
  readonly title: Text;
  /** How far it is. */
  report_ = $state.raw<Report | null>(null);
  /** Whether it runs long enough to be shown. */
  shown = $state(false);
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout>;
  #end: (task: Task) => void;

  constructor(title: Text, end: (task: Task) => void) {
    this.title = title;
    this.#end = end;
    this.#timer = setTimeout(() => (this.shown = true), BLINK);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** 0–1; null where it is not known. */
  get share(): number | null {
    const report = this.report_;
    return report?.total ? Math.min(1, report.done / report.total) : null;
  }

  report(report: Report): void {
    this.report_ = report;
  }

  cancel(): void {
    this.#abort.abort();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#end(this);
  }
}

/** A sentence for the person. */
export interface Notice {
  key: number;
  text: Text;
  bad: boolean;
}

class Tasks {
  running = $state.raw<Task[]>([]);
  notices = $state.raw<Notice[]>([]);
  #last = 0;

  begin(title: Text): Task {
    const task = new Task(title, (ended) => (this.running = this.running.filter((one) => one !== ended)));
    this.running = [...this.running, task];
    return task;
  }

  /** Says a sentence; it stays until it is dismissed, or some seconds where it is no trouble. */
  say(text: Text, bad: boolean): void {
    const notice = { key: (this.#last += 1), text, bad };
    this.notices = [...this.notices.filter((one) => one.text.zh !== text.zh), notice].slice(-4);
    if (!bad) setTimeout(() => this.dismiss(notice.key), 6000);
  }

  dismiss(key: number): void {
    this.notices = this.notices.filter((one) => one.key !== key);
  }
}

/** The one list of tasks. */
export const tasks = new Tasks();
