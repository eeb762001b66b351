//! Another draft brought into the one being edited.

use super::{Draft, Moved, Place};
use redline_geometry::Area;
use redline_wording::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// What bringing another draft in would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MergePlan {
    /// The other draft.
    pub with: Draft,
    /// Ground that only it moved: it comes over.
    pub taken: Vec<Moved>,
    /// Zones that only it calls or counts otherwise: that comes over.
    pub facts: Vec<String>,
    /// What both changed otherwise: to be decided one by one.
    pub conflicts: Vec<MergeConflict>,
}

/// Something both drafts changed otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MergeConflict {
    /// What it is decided by.
    pub key: String,
    /// Whose the ground was in the common revision, or the zone; `null` nobody's.
    pub was: Option<Text>,
    /// Whose it is here, or what the zone is here; `null` nobody's, or gone.
    pub mine: Option<Text>,
    /// Whose it is in the other draft, or what the zone is there; `null` nobody's.
    pub theirs: Option<Text>,
    /// It is about what a zone is called or counted as, not about ground.
    pub facts: bool,
    /// How much ground.
    pub area: Option<Area>,
    /// Where.
    pub at: Option<Place>,
    /// The ground, or the zone.
    #[ts(type = "GeoJSON.Geometry | null")]
    pub geometry: Option<Value>,
}

/// Bring another draft in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MergeDraft {
    /// Its number.
    pub id: u64,
    /// Every conflict that was listed, and how it was decided.
    pub decided: Vec<MergeDecision>,
}

/// How a conflict was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MergeDecision {
    /// Which.
    pub key: String,
    /// The other draft's side is taken; else this one's stays.
    pub theirs: bool,
}
