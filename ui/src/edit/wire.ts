// Shapes of the Edit mode's commands. Coordinates of edits are metres in the workspace's plane, [east, north];
// degrees are for drawing.
import type { Area, AreaUnitName, Place, Text } from "../engine/wire";

/** Degrees: east, north. */
export type LonLat = [number, number];
/** Metres in the workspace's plane: east, north. */
export type Plane = [number, number];
/** West, south, east, north, degrees. */
export type Bounds = [number, number, number, number];
/** Zones or pieces, degrees. */
export type Collection = GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, unknown>>;
export type { Area, AreaUnitName, Place, Text };

/** What of a zone's facts changes; what is left out stays, empty text takes away. */
export interface FactsEdit {
  id?: string | null;
  name?: string | null;
  class?: string | null;
  tier?: string | null;
  kind?: string | null;
  code?: string | null;
}

/** Which ground a carving takes. */
export type Ground =
  | { ground: "blank" }
  | { ground: "zone"; zone: string }
  | { ground: "tier"; tier: string }
  | { ground: "zones" }
  | { ground: "all" };

/** Who gets what is carved. */
export type Recipient =
  | { recipient: "blank" }
  | { recipient: "zone"; zone: string }
  | { recipient: "new"; facts: FactsEdit };

/** One edit of a layer's zones. */
export type ZoneEdit =
  | { edit: "move-vertex"; from: Plane; to: Plane }
  | { edit: "insert-vertex"; edge: [Plane, Plane]; at: Plane }
  | { edit: "delete-vertex"; at: Plane }
  | { edit: "reshape"; zone: string; line: Plane[] }
  | { edit: "split"; zone: string; line: Plane[] }
  | { edit: "merge"; zones: string[]; keep: string }
  | { edit: "carve"; ring: Plane[]; from: Ground; to: Recipient }
  | { edit: "remove"; zone: string }
  | { edit: "set-facts"; zone: string; facts: FactsEdit }
  | { edit: "simplify"; zones: string[]; tolerance_m: number }
  | { edit: "smooth"; zones: string[] };

/** A draft (草案) of a layer. */
export interface Draft {
  id: number;
  layer: string;
  name: string;
  author: string;
  base_revision: number;
  started: string;
  position: number;
  edits: number;
  overtaken: boolean;
}

/** A layer that may be edited, or why not. */
export interface EditableLayer {
  name: string;
  title: string;
  role: string;
  editable: boolean;
  why?: Text | null;
}

/** What may be edited, and what is. */
export interface Drafts {
  layers: EditableLayer[];
  open: Draft[];
  editing: Draft | null;
  being_edited_by: Text | null;
}

/** Ground that changed hands. */
export interface Moved {
  from: Text | null;
  to: Text | null;
  area: Area;
  geometry: GeoJSON.Geometry;
}

/** One row of the ledger. */
export interface LedgerRow {
  key: Text;
  class: string | null;
  tier: string | null;
  sums: LedgerSums;
}

/** Areas in, out and net. */
export interface LedgerSums {
  in_m2: Area;
  out_m2: Area;
  net_m2: Area;
}

/** An area the plan aims at. */
export interface LedgerGoal {
  name: Text;
  goal_m2: number;
  before_m2: number;
  after_m2: number;
  holds_before: boolean;
  holds_after: boolean;
}

/** What came in, what went out, and whether the goals hold. */
export interface Ledger {
  rows: LedgerRow[];
  total: LedgerSums;
  goals?: LedgerGoal[];
  warning: Text | null;
}

/** One edit of a draft's log. */
export interface EditLine {
  seq: number;
  sentence: Text;
  at: string;
  undone: boolean;
}

/** A draft and everything that stands about it. */
export interface DraftState {
  draft: Draft;
  edits: EditLine[];
  changed: Collection;
  hidden: string[];
  ledger: Ledger;
  can_undo: boolean;
  can_redo: boolean;
  notes: Text[];
  moved: Moved[];
}

/** Why an edit cannot be, and where. */
export interface Refused {
  code: string;
  text: Text;
  at: Place | null;
}

/** What an edit would do. */
export interface Plan {
  changed: Collection;
  moved: Moved[];
  notes: Text[];
  refusal: Refused | null;
}

/** A zone of the draft. */
export interface DraftZone {
  id: string;
  name: string;
  class: string | null;
  tier: string | null;
  kind: string | null;
  code: string | null;
  area: Area;
}

/** A vertex that can be taken. */
export interface Handle {
  place: Place;
  junction: boolean;
}

/** Handles, and edges that take a new vertex. */
export interface Handles {
  vertices: Handle[];
  /** Places of their ends in `vertices`. */
  edges: [number, number][];
  /** There are more than can be told apart: nearer bounds give all. */
  cut_short: boolean;
}

/** Where the pointer snapped. */
export interface DraftSnap {
  place: Place;
  kind: string;
  layer: string | null;
}

/** A way to mend a defect. */
export interface Remedy {
  id: string;
  sentence: Text;
}

/** A defect of the layer. */
export interface DraftDefect {
  key: string;
  kind: string;
  sentence: Text;
  area: Area | null;
  at: Place;
  geometry: GeoJSON.Geometry | null;
  remedies: Remedy[];
}

/** Defects listed, and how many there are. */
export interface DraftDefects {
  total: number;
  listed: DraftDefect[];
}

/** What a version is confirmed with. */
export interface VersionFacts {
  title: string;
  author: string;
  reason: string;
  date: string;
}

/** A confirmed revision of a layer. */
export interface Version extends VersionFacts {
  revision: number;
  features: number;
  area: Area;
  source: string;
}

/** A review that would come out otherwise. */
export interface Flip {
  id: string;
  title: string;
  before: string;
  after: string;
  why: Text | null;
  geometry: GeoJSON.Geometry | null;
}

/** What a draft does to the reviews kept. */
export interface Impact {
  checked: number;
  flipped: Flip[];
  troubles: Text[];
}

/** One row of a comparison. */
export interface ComparedRow {
  by: string;
  key: Text;
  in_m2: Area;
  out_m2: Area;
  net_m2: Area;
}

/** Two versions beside each other. */
export interface ComparedVersions {
  pieces: Collection;
  rows: ComparedRow[];
}
