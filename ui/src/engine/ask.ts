// The one way to the engine: typed by the list of commands, watched, cancelled, seen by the status bar.
import { platform } from "../platform";
import { tasks } from "../state/tasks.svelte";
import type { Commands, Text } from "./wire";

/** How far a command is. */
export interface ProgressReport {
  stage: Text;
  done: number;
  total: number | null;
}

/** Why a command could not do its work. */
export interface Refusal {
  code: string;
  text: Text;
}

/** How a command is watched. */
export interface Watch {
  signal?: AbortSignal;
  onProgress?: (report: ProgressReport) => void;
  /** Shown in the status bar where it takes longer than a blink; absent: not shown. */
  title?: Text;
}

/** Asks one command. Rejects with a {@link Refusal}. */
export async function ask<C extends keyof Commands>(
  command: C,
  request: Commands[C]["request"],
  watch: Watch = {},
): Promise<Commands[C]["answer"]> {
  if (!watch.title) return platform.call(command, request, watch);
  const task = tasks.begin(watch.title);
  const signal = watch.signal ? AbortSignal.any([watch.signal, task.signal]) : task.signal;
  try {
    return await platform.call(command, request, {
      signal,
      onProgress: (report) => {
        task.report(report);
        watch.onProgress?.(report);
      },
    });
  } finally {
    task.end();
  }
}

/** Whether a refusal only says that the person stopped it. */
export const isCancelled = (error: unknown): boolean =>
  (error instanceof DOMException && error.name === "AbortError") ||
  (typeof error === "object" && error !== null && "code" in error && error.code === "cancelled");

/** Whatever was thrown, as a sentence. */
export function asRefusal(error: unknown): Refusal {
  if (typeof error === "object" && error !== null && "code" in error && "text" in error) return error as Refusal;
  const words = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", text: { zh: `程序内部出错：${words}。`, en: `The program failed: ${words}.` } };
}
