import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settings } from "../state/settings.svelte";
import { Around } from "./around.svelte";
import { Editing } from "./editing.svelte";
import EditPanel from "./EditPanel.svelte";
import { PlanGoals } from "./goals.svelte";
import { LinesRelation } from "./relation.svelte";
import { Merging } from "./merging.svelte";
import { DRAFTS, editEngine, placeAt, STATE } from "./recorded/engine";
import type { Version } from "./wire";

const VERSION: Version = {
  revision: 4,
  title: "东片调整",
  author: "李工",
  reason: "批复",
  date: "2025-02-03",
  features: 2,
  area: { ellipsoidal_m2: 1, planar_m2: 1 },
  source: "",
};

function panel(answers: Parameters<typeof editEngine>[0] = {}, has: (command: string) => boolean = () => true) {
  const engine = editEngine(answers);
  const editing = new Editing(engine);
  const around = new Around(engine);
  const goals = new PlanGoals(engine);
  const versions: Version[] = [];
  const flown: unknown[] = [];
  render(EditPanel, {
    editing,
    around,
    goals,
    relation: new LinesRelation(engine),
    merging: new Merging(engine, editing),
    has,
    unit: "m2",
    measure: "ellipsoidal",
    today: "2025-02-03",
    layerTitle: (name: string) => DRAFTS.layers.find((layer) => layer.name === name)?.title ?? name,
    fly: (bounds: unknown) => void flown.push(bounds),
    onversion: (version: Version) => void versions.push(version),
    onexport: null,
  });
  return { engine, editing, around, versions, flown };
}

beforeEach(() => settings.set({ lang: "zh" }));
afterEach(() => settings.set({ lang: "zh" }));

describe("the edit panel", () => {
  it("offers the drafts there are and starts one, of the control line where nothing else is chosen", async () => {
    const { engine } = panel();
    expect(await screen.findByTestId("draft")).toBeTruthy();
    await fireEvent.input(screen.getByTestId("draft-author"), { target: { value: "李工" } });
    await fireEvent.click(screen.getByTestId("draft-start"));
    await screen.findByTestId("ledger");
    expect(engine.of("start_draft")).toEqual([{ layer: "control_line", name: "生态控制线调整 2025-02-03", author: "李工" }]);
  });

  it("names what will be lost before a draft is dropped", async () => {
    const { engine } = panel();
    await fireEvent.click(await screen.findByText("丢弃…"));
    expect(engine.of("drop_draft")).toEqual([]);
    const sure = screen.getByTestId("drop-sure");
    expect(sure.textContent).toContain("1 处改动");
    await fireEvent.click(sure);
    await waitFor(() => expect(engine.of("drop_draft")).toEqual([{ id: 7 }]));
  });

  it("shows changes newest first, the ledger with its warning, and what moved", async () => {
    panel({ drafts: () => ({ ...DRAFTS, editing: STATE.draft }) });
    await screen.findByTestId("ledger");
    const lines = screen.getAllByTestId("edit-line").map((line) => line.textContent?.replace(/\s+/g, ""));
    expect(lines).toEqual(["2合并甲区、乙区（已撤销）", "1移动顶点"]);
    expect(screen.getByTestId("ledger-row").textContent).toContain("1\u2009200.00");
    expect(screen.getByTestId("ledger-total").textContent).toContain("−1\u2009200.00");
    expect(screen.getByTestId("ledger-warning").textContent).toBe("调入小于调出。");
    expect(screen.getByTestId("goals").textContent).toContain("⊘ 不再达标");
    expect(screen.getByTestId("moved").textContent).toContain("甲区 → 乙区");
    settings.set({ lang: "en" });
    await waitFor(() => expect(screen.getByTestId("ledger-warning").textContent).toBe("Less comes in than goes out."));
  });

  it("undoes and redoes", async () => {
    const { engine, editing } = panel();
    await fireEvent.click(await screen.findByTestId("draft-open"));
    await fireEvent.click(await screen.findByTestId("edit-undo"));
    await waitFor(() => expect(editing.state?.can_undo).toBe(false));
    await fireEvent.click(screen.getByTestId("edit-redo"));
    await waitFor(() => expect(engine.of("redo_edit")).toHaveLength(1));
  });

  it("tries the reviews before a version is confirmed, and closes the draft it became", async () => {
    const flip = {
      review: "r1",
      date: "2018-06-01",
      file: "resort.zip",
      plot: "度假村",
      recorded: "permitted",
      before: "permitted",
      after: "prohibited",
      covered_before_m2: 900,
      covered_after_m2: 900,
      why: { zh: "第七条 一级管制区内禁止建设", en: "Nothing may be built in tier 1" },
      moved: [
        {
          from: { zh: "乙区", en: "B" },
          to: { zh: "甲区", en: "A" },
          area: { ellipsoidal_m2: 900, planar_m2: 900 },
          geometry: { type: "Polygon", coordinates: [[[1, 2], [3, 2], [3, 4], [1, 2]]] },
        },
      ],
    };
    const { engine, editing, versions, flown } = panel({
      draft_impact: () => ({ reviews: 3, away: 1, judged_again: 2, not_judged: 0, flipped: [flip], moved: [], troubles: [] }),
      confirm_draft: () => VERSION,
    });
    await fireEvent.click(await screen.findByTestId("draft-open"));
    await fireEvent.click(await screen.findByTestId("draft-confirm"));
    const flips = await screen.findByTestId("flip");
    expect(flips.textContent).toContain("度假村");
    expect(flips.textContent).toMatch(/乙区 → 甲区.*900\.00/);
    expect(screen.getByTestId("impact-told").textContent).toBe("已存审查 3 份：1 份不在改动处，2 份重新判定，1 个地块结论改变：");
    await fireEvent.click(flips);
    expect(flown).toEqual([[1, 2, 3, 4]]);
    const form = screen.getByTestId("version-form");
    await fireEvent.input(within(form).getByTestId("version-reason"), { target: { value: "批复" } });
    await fireEvent.click(within(form).getByTestId("version-send"));
    await waitFor(() => expect(versions).toEqual([VERSION]));
    expect(engine.of("confirm_draft")).toEqual([{ title: "东片调整", author: "李工", reason: "批复", date: "2025-02-03" }]);
    expect(editing.state).toBeNull();
  });

  it("brings another draft in once every conflict is decided", async () => {
    const other = { ...STATE.draft, id: 8, name: "西片调整", author: "王工" };
    const conflict = {
      key: "ground/1",
      was: { zh: "甲区", en: "A" },
      mine: { zh: "乙区", en: "B" },
      theirs: null,
      facts: false,
      area: { ellipsoidal_m2: 300, planar_m2: 300 },
      at: placeAt([1, 2]),
      geometry: { type: "Polygon", coordinates: [[[1, 2], [3, 2], [3, 4], [1, 2]]] },
    };
    const { engine, flown } = panel({
      drafts: () => ({ ...DRAFTS, open: [STATE.draft, other], editing: STATE.draft }),
      plan_merge: () => ({ with: other, taken: STATE.moved, facts: [], conflicts: [conflict] }),
      merge_draft: () => ({ ...STATE, draft: { ...STATE.draft, edits: 3, position: 3 } }),
    });
    await fireEvent.click(await screen.findByTestId("merge-look"));
    expect((await screen.findByTestId("merge-told")).textContent).toContain("1 处土地");
    const send = screen.getByTestId("merge-draft-send") as HTMLButtonElement;
    expect([send.disabled, send.textContent]).toEqual([true, "还有 1 处未决定"]);
    const shown = within(screen.getByTestId("merge-conflict"));
    expect(screen.getByTestId("merge-conflict").textContent).toMatch(/这份：乙区.*那份：无分区/s);
    await fireEvent.click(shown.getByText(/甲区/));
    expect(flown).toEqual([[1, 2, 3, 4]]);
    await fireEvent.click(shown.getByTestId("merge-theirs"));
    await waitFor(() => expect(send.disabled).toBe(false));
    await fireEvent.click(send);
    await waitFor(() => expect(engine.of("merge_draft")).toEqual([{ id: 8, decided: [{ key: "ground/1", theirs: true }] }]));
    await waitFor(() => expect(screen.queryByTestId("merge-conflict")).toBeNull());
  });

  it("lists defects and mends one with a click", async () => {
    const defect = {
      key: "gap-1",
      kind: "gap",
      sentence: { zh: "缝隙", en: "Gap" },
      area: { ellipsoidal_m2: 2, planar_m2: 2 },
      at: placeAt([0.5, 0.5]),
      geometry: null,
      remedies: [{ id: "fill", sentence: { zh: "并入甲区（2 m²）", en: "Give it to A (2 m²)" } }],
    };
    const { engine, flown } = panel({ draft_defects: () => ({ total: 1, listed: [defect] }), mend_defect: () => STATE });
    await fireEvent.click(await screen.findByTestId("draft-open"));
    await fireEvent.click(await screen.findByTestId("defects-find"));
    const shown = await screen.findByTestId("defect");
    await fireEvent.click(within(shown).getByText(/缝隙/));
    expect(flown).toHaveLength(1);
    await fireEvent.click(within(shown).getByTestId("mend"));
    await waitFor(() => expect(engine.of("mend_defect")).toEqual([{ key: "gap-1", remedy: "fill" }]));
  });

  it("offers nothing the engine has not", async () => {
    panel({}, (command) => !["draft_defects", "draft_impact", "confirm_draft", "versions"].includes(command));
    await fireEvent.click(await screen.findByTestId("draft-open"));
    await screen.findByTestId("ledger");
    for (const part of ["defects", "impact", "draft-confirm", "versions"]) expect(screen.queryByTestId(part)).toBeNull();
  });

  it("says whose the goals are, refuses a wrong number beside its field, and asks the ledger again once they are saved", async () => {
    const told = { ...STATE, ledger: { ...STATE.ledger, goals: [] } };
    const { engine } = panel({ draft_state: () => told });
    await fireEvent.click(await screen.findByTestId("draft-open"));
    expect((await screen.findByTestId("goals-whose")).textContent).toBe("规则集所写的目标");
    await fireEvent.click(screen.getByTestId("goals-edit"));
    const [first, second] = screen.getAllByTestId("goal-row").map((row) => within(row));
    expect((first?.getByTestId("goal-km2") as HTMLInputElement).value).toBe("0.009");
    expect((second?.getByTestId("goal-part") as HTMLSelectElement).selectedOptions[0]?.textContent).toBe("林地");
    await fireEvent.input(first!.getByTestId("goal-km2"), { target: { value: "-3" } });
    await fireEvent.click(screen.getByTestId("goals-save"));
    expect(first!.getByTestId("goal-wrong").textContent).toBe("面积须是大于 0 的数（km²）。");
    expect(first!.getByTestId("goal-km2").getAttribute("aria-invalid")).toBe("true");
    expect(engine.of("set_goals")).toEqual([]);
    await fireEvent.input(first!.getByTestId("goal-km2"), { target: { value: "1 784.5" } });
    await fireEvent.click(screen.getByTestId("goal-add"));
    const added = within(screen.getAllByTestId("goal-row")[2]!);
    expect((added.getByTestId("goal-role") as HTMLSelectElement).value).toBe("control-line");
    await fireEvent.change(added.getByTestId("goal-part"), { target: { value: "/2" } });
    await fireEvent.input(added.getByTestId("goal-percent"), { target: { value: "29.8" } });
    await fireEvent.click(second!.getByTestId("goal-remove"));
    await fireEvent.click(screen.getByTestId("goals-save"));
    const words = { clause: "", source: "", contradiction: null };
    await waitFor(() =>
      expect(engine.of("set_goals")).toEqual([
        {
          goals: [
            { role: "control-line", class: null, tier: "1", km2: 1784.5, percent: null, ...words },
            { role: "control-line", class: null, tier: "2", km2: null, percent: 29.8, ...words },
          ],
        },
      ]),
    );
    await waitFor(() => expect(screen.queryByTestId("goals-form")).toBeNull());
    expect(engine.of("draft_state")).toHaveLength(1);
    await waitFor(() => expect(screen.queryByTestId("goals")).toBeNull());
    expect(screen.getByTestId("goals-whose").textContent).toBe("本工作空间自己的目标");
    await fireEvent.click(screen.getByTestId("goals-book"));
    await waitFor(() => expect(screen.getByTestId("goals-whose").textContent).toBe("规则集所写的目标"));
    expect(engine.of("set_goals").at(-1)).toEqual({ goals: null });
  });

  it("states that the red line must lie within tier 1, and shows what holds where that is refused", async () => {
    let refuse = true;
    const { engine } = panel({
      set_relation: (asked) => {
        if (refuse) throw { code: "read-only", text: { zh: "工作空间只读。", en: "Read only." } };
        return asked;
      },
    });
    await fireEvent.click(await screen.findByTestId("draft-open"));
    const box = (await screen.findByTestId("relation-binding")) as HTMLInputElement;
    await fireEvent.click(box);
    expect((await screen.findByTestId("relation-trouble")).textContent).toBe("工作空间只读。");
    expect(box.checked).toBe(false);
    refuse = false;
    await fireEvent.click(box);
    await waitFor(() => expect(screen.queryByTestId("relation-trouble")).toBeNull());
    expect(box.checked).toBe(true);
    expect(screen.getByTestId("relation").textContent).toContain("被拒绝");
    expect(engine.of("set_relation")).toEqual([{ binding: true }, { binding: true }]);
  });

  it("keeps what was typed where the goals are refused, and nothing of it once it is left", async () => {
    const { engine } = panel({
      set_goals: () => {
        throw { code: "workspace-read-only", text: { zh: "工作空间只读。", en: "It is read only." } };
      },
    });
    await fireEvent.click(await screen.findByTestId("draft-open"));
    await fireEvent.click(await screen.findByTestId("goals-edit"));
    await fireEvent.input(screen.getAllByTestId("goal-km2")[0]!, { target: { value: "2" } });
    await fireEvent.click(screen.getByTestId("goals-save"));
    expect((await screen.findByTestId("goals-trouble")).textContent).toBe("工作空间只读。");
    expect((screen.getAllByTestId("goal-km2")[0] as HTMLInputElement).value).toBe("2");
    await fireEvent.click(screen.getByTestId("goals-leave"));
    await fireEvent.click(screen.getByTestId("goals-edit"));
    expect((screen.getAllByTestId("goal-km2")[0] as HTMLInputElement).value).toBe("0.009");
    expect(engine.of("set_goals")).toHaveLength(1);
  });

  it("says who else edits", async () => {
    panel({ drafts: () => ({ ...DRAFTS, being_edited_by: { zh: "王工正在编辑。", en: "Wang edits it." } }) });
    expect((await screen.findByTestId("edited-by")).textContent).toBe("王工正在编辑。");
  });
});
