//! Defects of a draft's layer.

use super::{LonLatBounds, Place};
use redline_geometry::Area;
use redline_wording::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// List defects.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftDefectsAsked {
    /// Only those here; `null`: all.
    pub bounds: Option<LonLatBounds>,
}

/// Defects, the gravest kind first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftDefects {
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub listed: Vec<DraftDefect>,
}

/// One defect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftDefect {
    /// What tells it from others until the next edit.
    pub key: String,
    /// `invalid`, `overlap`, `gap` or `unmatched-vertex`.
    pub kind: String,
    /// What, who, how much.
    pub sentence: Text,
    /// How much ground; `null` where it has none.
    pub area: Option<Area>,
    /// A place in it.
    pub at: Place,
    /// The ground; `null` where it has none.
    #[ts(type = "GeoJSON.MultiPolygon | null")]
    pub geometry: Option<Value>,
    /// What could be done, the likeliest first.
    pub remedies: Vec<DefectRemedy>,
}

/// What could be done about a defect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DefectRemedy {
    /// What tells it from the defect's other remedies.
    pub id: String,
    /// What it would change.
    pub sentence: Text,
}

/// Mend a defect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MendDefect {
    /// Which.
    pub key: String,
    /// By which of its remedies.
    pub remedy: String,
}
