// An engine for tests that gives the answers recorded of the real one, and remembers what it was asked.
import type { Engine } from "../engine";
import type { Commands, ReviewView } from "../../engine/wire";

type Name = keyof Commands;
type Answers = { [C in Name]?: (request: Commands[C]["request"]) => unknown };

/** What was asked. */
export interface Asked {
  command: Name;
  request: unknown;
}

/** An engine that answers by these; every other command is refused. */
export function recordedEngine(answers: Answers): Engine & { asked: Asked[]; of: (command: Name) => unknown[] } {
  const asked: Asked[] = [];
  return {
    asked,
    of: (command) => asked.filter((one) => one.command === command).map((one) => one.request),
    async call(command, request, watch) {
      asked.push({ command, request: structuredClone(request) });
      watch?.signal?.throwIfAborted();
      const answer = answers[command];
      if (!answer) throw { code: "not-recorded", text: { zh: `没有 ${command} 的记录。`, en: `No ${command} was recorded.` } };
      const said = await (answer as (request: unknown) => unknown)(request);
      watch?.signal?.throwIfAborted();
      return structuredClone(said) as never;
    },
  };
}

/** Answers of one recorded review: each check holds it under a new number. */
export function answersOf(recorded: { view: unknown; figures: Record<string, unknown> }): Answers {
  let review = 0;
  return {
    check: ({ accepted }) => {
      const view = structuredClone(recorded.view) as ReviewView;
      review += 1;
      view.review = review;
      // as the engine marks what a person accepted
      for (const project of view.record.projects)
        for (const note of project.notes)
          if (accepted.some((one) => one.file === project.file && one.code === note.code)) note.accepted = true;
      return view;
    },
    figures: ({ unit }) => recorded.figures[unit],
    drop_review: () => ({}),
    saved_reviews: () => [],
  };
}
