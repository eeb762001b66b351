import { describe, expect, it } from "vitest";
import { LatestWins } from "./latest";

function gate() {
  const open: ((answer: string) => void)[] = [];
  const asked: string[] = [];
  return {
    asked,
    ask: (question: string) => {
      asked.push(question);
      return new Promise<string>((resolve) => open.push(resolve));
    },
    answer: async (words: string) => {
      open.shift()?.(words);
      await new Promise((wake) => setTimeout(wake, 0));
    },
  };
}

describe("a pointer that moves faster than the engine answers", () => {
  it("has one question in flight and skips to the newest", async () => {
    const engine = gate();
    const landed: string[] = [];
    const line = new LatestWins<string, string>(engine.ask, (answer) => landed.push(answer), () => {});
    line.want("1");
    line.want("2");
    line.want("3");
    expect(engine.asked).toEqual(["1"]);
    await engine.answer("one");
    expect(engine.asked).toEqual(["1", "3"]);
    await engine.answer("three");
    await line.settled();
    expect(landed).toEqual(["one", "three"]);
  });

  it("never passes over what was let go", async () => {
    const engine = gate();
    const line = new LatestWins<string, string>(engine.ask, () => {}, () => {});
    line.want("hover");
    line.must("let go");
    line.want("hover again");
    line.want("hover on");
    for (let i = 0; i < 3; i += 1) await engine.answer("");
    expect(engine.asked).toEqual(["hover", "let go", "hover on"]);
  });

  it("lets nothing land that was forgotten", async () => {
    const engine = gate();
    const landed: string[] = [];
    const line = new LatestWins<string, string>(engine.ask, (answer) => landed.push(answer), () => {});
    line.want("old");
    line.forget();
    line.want("new");
    await engine.answer("old");
    await engine.answer("new");
    await line.settled();
    expect(landed).toEqual(["new"]);
  });

  it("goes on after a question failed", async () => {
    const failed: unknown[] = [];
    const landed: number[] = [];
    const line = new LatestWins<number, number>(
      (n) => (n === 1 ? Promise.reject(new Error("no")) : Promise.resolve(n)),
      (n) => landed.push(n),
      (error) => failed.push(error),
    );
    line.want(1);
    line.want(2);
    await line.settled();
    expect(failed).toHaveLength(1);
    expect(landed).toEqual([2]);
  });
});
