import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CheckFiles, ReviewView } from "../engine/wire";
import { reviewsOver } from "./recorded/around";
import bowTie from "./recorded/bow-tie.json";
import { answersOf, recordedEngine } from "./recorded/engine";
import resort from "./recorded/resort.json";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const later = () => vi.advanceTimersByTimeAsync(400);

describe("a file that is reviewed", () => {
  it("is checked at once with the book last used and today's date, no key taken from another project, and the map goes there", async () => {
    const engine = recordedEngine(answersOf(resort));
    const { reviews, flown } = reviewsOver(engine, { rules: "guangzhou-2016" });
    await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    const [asked] = engine.of("check") as CheckFiles[];
    expect(asked?.given).toMatchObject({ stage: null, rules: "guangzhou-2016", date: "2018-06-01", activity: null });
    expect(reviews.current?.view?.record.outcome).toBe("prohibited");
    expect(flown).toEqual([resort.view.bounds]);
  });

  it("is checked again when keys change, once for a burst of changes, and the old review is let go", async () => {
    const engine = recordedEngine(answersOf(resort));
    const { reviews, remembered } = reviewsOver(engine);
    const held = await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    for (const stage of ["rebuild", "extend", "new"] as const)
      void reviews.decide({ given: { ...held!.decided.given, stage } });
    expect(held?.checking).toBe(true);
    expect(held?.view?.review).toBe(1);
    await later();
    expect((engine.of("check") as CheckFiles[]).map(({ given }) => given.stage)).toEqual([null, "new"]);
    expect(held?.view?.review).toBe(2);
    expect(engine.of("drop_review")).toEqual([{ review: 1 }]);
    // what was said of this project is not said of the next
    expect(remembered).toEqual([]);
    await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    expect((engine.of("check") as CheckFiles[]).at(-1)?.given.stage).toBeNull();
  });

  it("keeps its result in sight, marked, when the new check is stopped", async () => {
    const engine = recordedEngine(answersOf(resort));
    const { reviews } = reviewsOver(engine);
    const held = await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    held?.give({ stage: "new" });
    held?.stop();
    await later();
    expect(engine.of("check")).toHaveLength(1);
    expect(held?.view?.review).toBe(1);
    expect(held?.stale).toBe(true);
    expect(held?.checking).toBe(false);
  });

  it("lets a slow answer be overtaken and never shows it", async () => {
    const answers = answersOf(resort);
    const slow: (() => void)[] = [];
    let round = 0;
    const engine = recordedEngine({
      ...answers,
      check: async (request) => {
        round += 1;
        const own = (await answers.check?.(request)) as ReviewView;
        if (round === 2) await new Promise<void>((wake) => slow.push(wake));
        return own;
      },
    });
    const { reviews } = reviewsOver(engine);
    const held = await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    held?.give({ stage: "rebuild" });
    await later();
    held?.give({ stage: "new" });
    await later();
    slow.forEach((wake) => wake());
    await later();
    expect(held?.view?.review).toBe(3);
    expect(held?.decided.given.stage).toBe("new");
  });

  it("says the sentence of a refusal and keeps what it showed", async () => {
    const answers = answersOf(resort);
    let round = 0;
    const engine = recordedEngine({
      ...answers,
      check: (request) => {
        round += 1;
        if (round > 1) throw { code: "book", text: { zh: "规则集读不出来。", en: "The rule book cannot be read." } };
        return answers.check?.(request);
      },
    });
    const { reviews } = reviewsOver(engine);
    const held = await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    held?.give({ rules: "broken" });
    await later();
    expect(held?.refusal?.text.zh).toBe("规则集读不出来。");
    expect(held?.view?.record.outcome).toBe("prohibited");
  });
});

describe("a repair that is accepted", () => {
  it("is taken back by undo and accepted again by redo", async () => {
    const engine = recordedEngine(answersOf(bowTie));
    const { reviews } = reviewsOver(engine);
    const held = await reviews.reviewFiles(["/files/13-bow-tie.txt"]);
    const file = reviews.looked!.file;
    const note = reviews.looked!.notes.find(({ code }) => code === "self-crossing")!;
    held?.accept(file, note);
    await later();
    expect((engine.of("check").at(-1) as CheckFiles).accepted).toEqual([
      { file, code: "self-crossing", plot: "ZX01", ring: 1 },
    ]);
    expect(reviews.looked?.notes.find(({ code }) => code === "self-crossing")?.accepted).toBe(true);
    expect(reviews.undo()).toBe(true);
    await later();
    expect((engine.of("check").at(-1) as CheckFiles).accepted).toEqual([]);
    expect(reviews.looked?.notes.find(({ code }) => code === "self-crossing")?.accepted).toBeUndefined();
    expect(reviews.undo()).toBe(false);
    expect(reviews.redo()).toBe(true);
    await later();
    expect((engine.of("check").at(-1) as CheckFiles).accepted).toHaveLength(1);
  });
});

describe("figures", () => {
  it("change unit together with their table", async () => {
    const engine = recordedEngine(answersOf(resort));
    const { reviews, unit } = reviewsOver(engine);
    const held = await reviews.reviewFiles(["/files/02-resort-no-prj.zip"]);
    expect(held?.figures?.unit).toBe("m2");
    unit.now = "mu";
    await reviews.refigure();
    expect(held?.figures).toEqual(resort.figures.mu);
  });
});

describe("several reviews", () => {
  it("are held side by side and let go one by one", async () => {
    const engine = recordedEngine(answersOf(resort));
    const { reviews } = reviewsOver(engine);
    const first = await reviews.reviewFiles(["/a.zip"]);
    const second = await reviews.reviewFiles(["/b.zip"]);
    expect(reviews.current).toBe(second);
    reviews.look(first!);
    expect(reviews.current).toBe(first);
    reviews.close(first!);
    expect(reviews.current).toBe(second);
    expect(reviews.held).toHaveLength(1);
  });

  it("set a new version beside the last one", async () => {
    const engine = recordedEngine({ ...answersOf(bowTie), compare_reviews: () => ({ notes: [], plots: [] }) });
    const { reviews } = reviewsOver(engine);
    const before = await reviews.reviewFiles(["/files/13-bow-tie.txt"]);
    const after = await reviews.reviewVersion(["/files/13-bow-tie-2.txt"]);
    expect(after?.before).toBe(before);
    await later();
    expect(engine.of("compare_reviews")).toEqual([{ before: 1, after: 2 }]);
    expect(after?.comparison).not.toBeNull();
    // other keys for the new version: it is another review now, compared again
    after?.give({ stage: "new" });
    await later();
    expect(engine.of("compare_reviews").at(-1)).toEqual({ before: 1, after: 3 });
  });
});
