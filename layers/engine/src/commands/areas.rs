//! `areas`: what the layers cover, per zone, tier and land use, against the plan's targets.

use crate::review::{NoteRecord, WorkspaceRecord};
use redline_geometry::Area;
use redline_zoning::LayerRole;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Of which workspace, against which plan.
#[derive(Clone, Debug)]
pub struct AreasRequest {
    /// The workspace.
    pub workspace: PathBuf,
    /// Rule book that holds the targets; `None` takes the workspace's default.
    pub rules: Option<String>,
    /// As the layers stood on this day.
    pub layers_as_of: Option<jiff::civil::Date>,
}

/// What the layers cover (`redline.areas/1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreasReport {
    /// `redline.areas/1`.
    pub schema: String,
    /// The workspace.
    pub workspace: WorkspaceRecord,
    /// Area of the city: the sum of its districts, where that layer is loaded.
    pub city: Option<Area>,
    /// Areas, by layer then group then key.
    pub rows: Vec<AreaRow>,
    /// The plan's targets beside what is there.
    pub targets: Vec<TargetRow>,
    /// What a reader should know of the layers: one that another program changed. Absent where nothing.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<NoteRecord>,
    /// Where the plan contradicts itself, Chinese.
    pub contradictions: Vec<String>,
    /// The same, English.
    pub contradictions_en: Vec<String>,
}

/// One sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaRow {
    /// Layer name.
    pub layer: String,
    /// Its role.
    pub role: LayerRole,
    /// `layer`, `class`, `tier`, `kind`, `plan-class` (the plan's eight land-use classes) or `code`.
    pub group: String,
    /// Value of the group; empty for the whole layer.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// How many zones.
    pub zones: u64,
    /// Areas.
    pub area: Area,
    /// Share of the city's ellipsoidal area, 0–1.
    pub share_of_city: Option<f64>,
}

/// One target of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetRow {
    /// What it is a target for, Chinese.
    pub name: String,
    /// English.
    pub name_en: String,
    /// Area the plan states, km².
    pub target_km2: Option<f64>,
    /// Share of the city the plan states, 0–1.
    pub target_share: Option<f64>,
    /// Area that is there, km² on the ellipsoid; `null` where no layer tells.
    pub actual_km2: Option<f64>,
    /// Share that is there, 0–1.
    pub actual_share: Option<f64>,
    /// Citation.
    pub source: String,
}
