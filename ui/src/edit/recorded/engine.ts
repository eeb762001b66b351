// An engine for tests: a layer of two zones side by side, a draft of it, answers given by hand.
import type { Goals } from "../../engine/wire";
import type { EditCommands, EditEngine } from "../engine";
import type { Draft, Drafts, DraftState, DraftZone, DraftVertices, LonLat, Place, EditPlan } from "../wire";

type Answers = { [C in keyof EditCommands]?: (request: EditCommands[C]["request"]) => unknown };

const words = (zh: string, en: string) => ({ zh, en });
const area = (m2: number) => ({ ellipsoidal_m2: m2, planar_m2: m2 });

/** A degree is a hundred kilometres here. */
export const placeAt = ([east, north]: LonLat): Place => ({ at: [east, north], east: east * 1e5, north: north * 1e5 });

export const DRAFT: Draft = {
  id: 7,
  layer: "control_line",
  name: "东片调整",
  author: "李工",
  base_revision: 3,
  overtaken: false,
  started: "2025-01-02T03:04:05Z",
  position: 1,
  edits: 2,
};

export const ZONES: DraftZone[] = [
  { id: "a", name: "甲区", class: null, tier: "1", kind: null, code: null, area: area(10_000) },
  { id: "b", name: "乙区", class: null, tier: "2", kind: null, code: null, area: area(20_000) },
];

export const DRAFTS: Drafts = {
  layers: [
    { name: "control_line", title: "生态控制线", role: "control-line", editable: true, why: null },
    { name: "land_use", title: "地类图斑", role: "land-use", editable: false, why: words("只作参照。", "For reference only.") },
  ],
  open: [DRAFT],
  editing: null,
  being_edited_by: null,
};

export const STATE: DraftState = {
  draft: DRAFT,
  edits: [
    { seq: 1, sentence: words("移动顶点", "Vertex moved"), at: "2025-01-02T03:04:05Z", undone: false },
    { seq: 2, sentence: words("合并甲区、乙区", "甲区 and 乙区 merged"), at: "2025-01-02T03:05:05Z", undone: true },
  ],
  changed: [],
  tiles: null,
  hidden: [],
  ledger: {
    rows: [{ key: words("一级管制区", "tier 1"), class: null, tier: "1", in_m2: area(0), out_m2: area(1200), net_m2: area(-1200) }],
    total: { key: words("图层", "the layer"), class: null, tier: null, in_m2: area(0), out_m2: area(1200), net_m2: area(-1200) },
    goals: [{ name: words("一级管制区面积", "Area of tier 1"), goal_m2: 9000, before_m2: 10_000, after_m2: 8800, holds_before: true, holds_after: false }],
    warning: words("调入小于调出。", "Less comes in than goes out."),
  },
  can_undo: true,
  can_redo: true,
  notes: [],
  moved: [
    {
      from: words("甲区", "A"),
      to: words("乙区", "B"),
      area: area(1200),
      geometry: { type: "MultiPolygon", coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] },
    },
  ],
};

/** Goals as the rule book states them. */
export const GOALS: Goals = {
  goals: [
    { role: "control-line", class: null, tier: "1", km2: 0.009, percent: null, clause: "一级管制区0.9公顷", source: "规划", contradiction: null },
    { role: "land-use", class: "林地", tier: null, km2: null, percent: 39.45, clause: "林地占39.45%", source: "规划", contradiction: null },
  ],
  own: false,
};

export const PLAN: EditPlan = { boundaries: { type: "FeatureCollection", features: [] }, moved: STATE.moved, notes: [], refusal: null };

export const HANDLES: DraftVertices = {
  vertices: [
    { place: placeAt([0, 0]), junction: false },
    { place: placeAt([0.01, 0]), junction: true },
  ],
  edges: [[placeAt([0, 0]), placeAt([0.01, 0])]],
  cut_short: false,
};

/** What was asked. */
export interface Asked {
  command: keyof EditCommands;
  request: unknown;
}

/** An engine that answers by the city above, or by `answers`. */
export function editEngine(answers: Answers = {}): EditEngine & { asked: Asked[]; of: (command: keyof EditCommands) => unknown[] } {
  const asked: Asked[] = [];
  const usual: Answers = {
    drafts: () => DRAFTS,
    start_draft: () => STATE,
    open_draft: () => STATE,
    draft_state: () => STATE,
    close_draft: () => ({}),
    drop_draft: () => ({ ...DRAFTS, open: [] }),
    unlock_layer: () => DRAFTS,
    plan_edit: () => PLAN,
    apply_edit: () => STATE,
    undo_edit: () => ({ ...STATE, can_undo: false }),
    redo_edit: () => ({ ...STATE, can_redo: false }),
    draft_zone_at: ({ at }) => (at[0] < 0.5 ? ZONES[0] : ZONES[1]),
    draft_vertices: () => HANDLES,
    draft_snap: () => null,
    locate: ({ at }) => placeAt(at),
    draft_trace: ({ from, to }) => [placeAt([from[0] / 1e5, from[1] / 1e5]), placeAt([0.5, 0.5]), placeAt([to[0] / 1e5, to[1] / 1e5])],
    versions: () => [],
    goals: () => GOALS,
    set_goals: ({ goals }) => (goals === null ? GOALS : { goals, own: true }),
    relation: () => ({ binding: false }),
    set_relation: (asked) => asked,
    ...answers,
  };
  return {
    asked,
    of: (command) => asked.filter((one) => one.command === command).map((one) => one.request),
    async call(command, request) {
      asked.push({ command, request: structuredClone(request) });
      const answer = usual[command];
      if (!answer) throw { code: "not-recorded", text: words(`没有 ${command} 的答复。`, `No answer to ${command}.`) };
      return structuredClone(await (answer as (request: unknown) => unknown)(request)) as never;
    },
  };
}
