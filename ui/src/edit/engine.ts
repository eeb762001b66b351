// What the Edit mode asks of its surroundings, so that its stores run the same in the window and in tests.
import type { Watch } from "../engine/ask";
import type { Goal, Goals, Relation } from "../engine/wire";
import type {
  Bounds, ComparedVersions, DraftDefects, Drafts, Snapped, DraftState, DraftZone, DraftVertices, Impact, LonLat, MergeDecision, MergePlan, Place, EditPlan, Plane,
  Version, VersionFacts, ZoneEdit,
} from "./wire";

export { asRefusal, isCancelled } from "../engine/ask";
export type { Refusal } from "../engine/ask";

type Nothing = Record<string, never>;

/** Commands of the Edit mode: what they are asked, what they answer. */
export interface EditCommands {
  drafts: { request: Nothing; answer: Drafts };
  unlock_layer: { request: { layer: string }; answer: Drafts };
  start_draft: { request: { layer: string; name: string; author: string }; answer: DraftState };
  open_draft: { request: { id: number }; answer: DraftState };
  close_draft: { request: Nothing; answer: unknown };
  drop_draft: { request: { id: number }; answer: Drafts };
  draft_state: { request: Nothing; answer: DraftState };
  plan_edit: { request: { edit: ZoneEdit }; answer: EditPlan };
  apply_edit: { request: { edit: ZoneEdit }; answer: DraftState };
  undo_edit: { request: Nothing; answer: DraftState };
  redo_edit: { request: Nothing; answer: DraftState };
  draft_zone_at: { request: { at: LonLat }; answer: DraftZone | null };
  draft_vertices: { request: { zones: string[]; bounds: Bounds }; answer: DraftVertices };
  draft_snap: { request: { at: LonLat; tolerance_m: number; layers: string[] }; answer: Snapped | null };
  draft_trace: { request: { from: Plane; to: Plane }; answer: Place[] };
  draft_defects: { request: { bounds: Bounds | null }; answer: DraftDefects };
  mend_defect: { request: { key: string; remedy: string }; answer: DraftState };
  confirm_draft: { request: VersionFacts; answer: Version };
  plan_merge: { request: { id: number }; answer: MergePlan };
  merge_draft: { request: { id: number; decided: MergeDecision[] }; answer: DraftState };
  draft_impact: { request: Nothing; answer: Impact };
  versions: { request: { layer: string }; answer: Version[] };
  compare_versions: { request: { layer: string; from: number; to: number }; answer: ComparedVersions };
  restore_version: { request: VersionFacts & { layer: string; revision: number }; answer: Version };
  goals: { request: Nothing; answer: Goals };
  set_goals: { request: { goals: Goal[] | null }; answer: Goals };
  relation: { request: Nothing; answer: Relation };
  set_relation: { request: Relation; answer: Relation };
  locate: { request: { at: LonLat }; answer: Place };
}

/** Whoever answers them. */
export interface EditEngine {
  /** Asks one command. Rejects with a {@link Refusal}. */
  call<C extends keyof EditCommands>(
    command: C,
    request: EditCommands[C]["request"],
    watch?: Watch,
  ): Promise<EditCommands[C]["answer"]>;
}
