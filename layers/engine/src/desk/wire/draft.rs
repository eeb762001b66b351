//! Drafts of a layer: what a planner sees of one, and what an edit does to it.

use super::{LonLat, LonLatBounds, Place};
use redline_geometry::Area;
use redline_wording::Text;
use redline_zoning::LayerRole;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// The drafts of the workspace, and the layers that can be drafted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Drafts {
    /// Layers, by role then name.
    pub layers: Vec<DraftLayer>,
    /// Drafts that are open in the workspace, in the order they were started.
    pub open: Vec<Draft>,
    /// The one this desk edits.
    pub editing: Option<Draft>,
    /// Who else edits the workspace, as a sentence; drafts can then be read only.
    pub being_edited_by: Option<Text>,
}

/// A layer as something to be drafted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftLayer {
    /// Name within the workspace.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What it is for.
    pub role: LayerRole,
    /// Whether a draft of it can be started: reference layers are locked until unlocked by name.
    pub editable: bool,
    /// Why not.
    pub why: Option<Text>,
}

/// A draft (草案).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Number within the workspace.
    pub id: u64,
    /// Layer it changes.
    pub layer: String,
    /// Name for people.
    pub name: String,
    /// Who drafts.
    pub author: String,
    /// Revision it changes.
    pub base_revision: u64,
    /// The layer has a newer revision than that.
    pub overtaken: bool,
    /// When it was started, RFC 3339.
    pub started: String,
    /// Edits in force.
    pub position: u64,
    /// Edits in its log, undone ones among them.
    pub edits: u64,
}

/// Unlock a reference layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct UnlockLayer {
    /// Its name.
    pub layer: String,
}

/// Start a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StartDraft {
    /// Layer to change.
    pub layer: String,
    /// Name for people.
    pub name: String,
    /// Who drafts; may be empty.
    pub author: String,
}

/// A draft by its number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftAsked {
    /// Its number.
    pub id: u64,
}

/// The draft being edited, as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftState {
    /// The draft.
    pub draft: Draft,
    /// Its edits, oldest first.
    pub edits: Vec<DraftEdit>,
    /// The zones that differ from the base, as they are now.
    pub changed: Vec<ChangedZone>,
    /// Where they are as tiles, below the front's tile address; `None` where there are none.
    pub tiles: Option<String>,
    /// Zones of the base that must not be drawn from tiles any more, by id.
    pub hidden: Vec<String>,
    /// Area in, out and net.
    pub ledger: Ledger,
    /// Whether there is an edit to take back.
    pub can_undo: bool,
    /// Whether there is one to do again.
    pub can_redo: bool,
    /// What a person should know of the last edit in force; empty for one of an earlier session.
    pub notes: Vec<Text>,
    /// Ground the last edit in force moved; empty for one of an earlier session.
    pub moved: Vec<Moved>,
}

/// A zone that differs from the base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangedZone {
    /// Its id.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// Its class.
    pub class: Option<String>,
    /// Its tier.
    pub tier: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// Its land-use code.
    pub code: Option<String>,
}

/// An edit in a draft's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftEdit {
    /// Place in the log, from 1.
    pub seq: u64,
    /// What was done.
    pub sentence: Text,
    /// When, RFC 3339.
    pub at: String,
    /// Whether it is undone and can be redone.
    pub undone: bool,
}

/// Ground that changes hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Moved {
    /// Whose it was; `null` nobody's.
    pub from: Option<Text>,
    /// Whose it is; `null` nobody's.
    pub to: Option<Text>,
    /// How much.
    pub area: Area,
    /// Which, in degrees.
    #[ts(type = "GeoJSON.MultiPolygon")]
    pub geometry: Value,
}

/// Area in (调入), out (调出) and net against the draft's base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Ledger {
    /// By tier or class.
    pub rows: Vec<LedgerRow>,
    /// Ground of the layer as a whole.
    pub total: LedgerRow,
    /// The plan's goals for this layer.
    pub goals: Vec<LedgerGoal>,
    /// More ground leaves the layer than comes to it.
    pub warning: Option<Text>,
}

/// A goal before and after the draft; areas on the ellipsoid, m².
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LedgerGoal {
    /// What is to reach it.
    pub name: Text,
    /// What it asks for; `null` for a share of a city that no layer of districts states.
    pub goal_m2: Option<f64>,
    /// What was there.
    pub before_m2: f64,
    /// What is there now.
    pub after_m2: f64,
    /// Whether it held; `null` where that cannot be told.
    pub holds_before: Option<bool>,
    /// Whether it holds now; `null` where that cannot be told.
    pub holds_after: Option<bool>,
}

/// One line of the ledger, m².
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LedgerRow {
    /// Tier or class, for people.
    pub key: Text,
    /// Class, canonical.
    pub class: Option<String>,
    /// Tier, canonical.
    pub tier: Option<String>,
    /// Ground that came.
    pub in_m2: Area,
    /// Ground that went.
    pub out_m2: Area,
    /// The difference.
    pub net_m2: Area,
}

/// An edit to be planned or made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EditAsked {
    /// The edit; places are metres in the plane.
    pub edit: redline_coverage::Edit,
}

/// What an edit would do: nothing is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EditPlan {
    /// The boundaries that would come to be, as lines: what of a changed zone's outline was there before is
    /// left out.
    #[ts(type = "GeoJSON.FeatureCollection")]
    pub boundaries: Value,
    /// The ground that would change hands.
    pub moved: Vec<Moved>,
    /// What a person should know of it.
    pub notes: Vec<Text>,
    /// Why it cannot be made.
    pub refusal: Option<EditRefusal>,
}

/// Why an edit is not made, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EditRefusal {
    /// Stable kebab-case code.
    pub code: String,
    /// The sentence.
    pub text: Text,
    /// The place, where it has one.
    pub at: Option<Place>,
}

/// Which zone of the draft lies here?
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftZoneAt {
    /// The place.
    pub at: LonLat,
}

/// A zone of the draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftZone {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Class, canonical.
    pub class: Option<String>,
    /// Tier, canonical.
    pub tier: Option<String>,
    /// Member kind.
    pub kind: Option<String>,
    /// Classification code.
    pub code: Option<String>,
    /// Its areas.
    pub area: Area,
}

/// Vertices of zones of the draft within a box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftVerticesAsked {
    /// The zones, by id.
    pub zones: Vec<String>,
    /// The box.
    pub bounds: LonLatBounds,
}

/// The vertices, and the edges between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftVertices {
    /// Vertices in the box, each place once.
    pub vertices: Vec<DraftVertex>,
    /// Edges that may touch the box, by their ends, each once.
    pub edges: Vec<[Place; 2]>,
    /// There were more than a person can tell apart: a smaller box gives all of them.
    pub cut_short: bool,
}

/// A vertex.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftVertex {
    /// Where, exact.
    pub place: Place,
    /// Three boundaries or more meet here.
    pub junction: bool,
}

/// The way along the draft's boundaries from one place of them to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftTrace {
    /// A place the pointer snapped to.
    pub from: LonLat,
    /// Another.
    pub to: LonLat,
}
