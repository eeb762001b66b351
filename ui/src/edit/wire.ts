// Shapes of the Edit mode. Coordinates of edits are metres in the workspace's plane, [east, north];
// degrees are for drawing.
import type * as wire from "../engine/wire";

export type {
  Area, AreaUnitName, ComparedRow, Draft, DraftEdit, DraftLayer, Drafts, DraftVertex, DraftVertices, DraftZone,
  EditRefusal, FactsEdit, Ledger, MergeConflict, MergeDecision, MergePlan, LedgerGoal, LedgerRow, Place, Snapped, Text, Version, ZoneEdit, ZoneGround, ZoneRecipient,
} from "../engine/wire";
import type { Area, Place, Text } from "../engine/wire";

/** Degrees: east, north. */
export type LonLat = [number, number];
/** Metres in the workspace's plane: east, north. */
export type Plane = [number, number];
/** West, south, east, north, degrees. */
export type Bounds = [number, number, number, number];
/** Zones or pieces, degrees: the engine gives every feature its properties. */
export type Collection = GeoJSON.FeatureCollection<GeoJSON.Geometry, Record<string, unknown>>;
/** Ground that changed hands. */
export type Moved = wire.Moved;
/** A draft and everything that stands about it. */
export type DraftState = wire.DraftState;
/** What an edit would do. */
export type EditPlan = Omit<wire.EditPlan, "boundaries"> & { boundaries: Collection };
/** Two versions beside each other. */
export type ComparedVersions = Omit<wire.ComparedVersions, "pieces"> & { pieces: Collection };
/** What a version is confirmed with. */
export type VersionFacts = wire.ConfirmDraft;

/** Facts that change nothing. */
export const NO_FACTS: wire.FactsEdit = { id: null, name: null, class: null, tier: null, kind: null, code: null };

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

/** A plot that would come out otherwise. */
export type Flip = wire.Flip;
/** What a draft does to the reviews kept. */
export type Impact = wire.DraftImpact;
