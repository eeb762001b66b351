import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settings } from "../state/settings.svelte";
import { Editing } from "./editing.svelte";
import GeneraliseForm from "./GeneraliseForm.svelte";
import { editEngine, PLAN, STATE } from "./recorded/engine";
import type { EditPlan } from "./wire";

const LINE: EditPlan["boundaries"]["features"][number] = {
  type: "Feature",
  properties: {},
  geometry: { type: "LineString", coordinates: [[0, 0], [1, 1]] },
};
const CHANGED: EditPlan = {
  ...PLAN,
  boundaries: { type: "FeatureCollection", features: [LINE] },
  moved: [
    ...STATE.moved,
    { ...STATE.moved[0]!, from: STATE.moved[0]!.to, to: STATE.moved[0]!.from, area: { ellipsoidal_m2: 200, planar_m2: 200 } },
    { ...STATE.moved[0]!, to: null, area: { ellipsoidal_m2: 3, planar_m2: 3 } },
  ],
  notes: [{ zh: "改动了 4 个节点。", en: "4 vertices were changed." }],
};

async function form(what: "simplify" | "smooth", answers: Parameters<typeof editEngine>[0] = { plan_edit: () => CHANGED }) {
  const engine = editEngine(answers);
  const editing = new Editing(engine);
  await editing.start("control_line", "一", "");
  await editing.choose([0.2, 0.2], false);
  let done = 0;
  const { unmount } = render(GeneraliseForm, { editing, what, unit: "m2", measure: "ellipsoidal", ondone: () => void (done += 1) });
  return { engine, editing, unmount, done: () => done };
}
const changes = () => screen.getAllByTestId("area-change").map((row) => [...row.children].map((cell) => cell.textContent));
const send = () => screen.getByTestId("generalise-send") as HTMLButtonElement;

beforeEach(() => settings.set({ lang: "zh" }));
afterEach(() => settings.set({ lang: "zh" }));

describe("simplifying and smoothing", () => {
  it("says what every zone gains and loses before it is made, and makes what was shown", async () => {
    const { engine, editing, done } = await form("simplify");
    await screen.findByTestId("area-changes");
    expect(changes()).toEqual([
      ["甲区", "−1\u2009003.00"],
      ["乙区", "+1\u2009000.00"],
      ["无分区", "+3.00"],
    ]);
    expect(screen.getByTestId("plan-note").textContent).toBe("改动了 4 个节点。");
    expect(engine.of("apply_edit")).toEqual([]);
    await fireEvent.input(screen.getByTestId("tolerance"), { target: { value: "12.5" } });
    expect(send().disabled).toBe(true);
    await waitFor(() => expect(send().disabled).toBe(false));
    await fireEvent.click(send());
    await waitFor(() => expect(done()).toBe(1));
    const edit = { edit: "simplify", zones: ["a"], tolerance_m: 12.5 };
    expect(engine.of("apply_edit")).toEqual([{ edit }]);
    expect(engine.of("plan_edit")).toContainEqual({ edit });
    expect(editing.trouble).toBeNull();
  });

  it("refuses a tolerance that is none with a sentence beside the field, and plans nothing", async () => {
    const { editing } = await form("simplify");
    await screen.findByTestId("area-changes");
    for (const value of ["0", "-2", "x", ""]) {
      await fireEvent.input(screen.getByTestId("tolerance"), { target: { value } });
      expect(screen.getByTestId("tolerance-wrong").textContent).toBe("容差须是大于 0 的数（米）。");
      expect(send().disabled).toBe(true);
      expect(editing.plan).toBeNull();
    }
  });

  it("smooths without a tolerance, and leaves no plan behind", async () => {
    const { engine, editing, unmount } = await form("smooth");
    await screen.findByTestId("area-changes");
    expect(screen.queryByTestId("tolerance")).toBeNull();
    expect(engine.of("plan_edit")).toEqual([{ edit: { edit: "smooth", zones: ["a"] } }]);
    unmount();
    expect(editing.plan).toBeNull();
    expect(editing.beside).toBe(false);
  });

  it("is not made where nothing would change, nor where it is refused", async () => {
    const { unmount } = await form("simplify", { plan_edit: () => ({ ...PLAN, moved: [] }) });
    await screen.findByTestId("nothing-changes");
    expect(send().disabled).toBe(true);
    unmount();
    const refusal = { code: "nothing-can-move", text: { zh: "无法化简。", en: "It cannot be." }, at: null };
    const { editing } = await form("simplify", { plan_edit: () => ({ ...CHANGED, refusal }) });
    await waitFor(() => expect(editing.plan?.refusal).toEqual(refusal));
    expect(send().disabled).toBe(true);
  });

  it("asks for zones where none is chosen", async () => {
    const { editing, engine } = await form("smooth");
    editing.unchoose();
    expect(await screen.findByText(/在图上选分区/)).toBeTruthy();
    expect(send().disabled).toBe(true);
    expect(engine.of("apply_edit")).toEqual([]);
  });
});
