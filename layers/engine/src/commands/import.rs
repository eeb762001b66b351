//! `import`: a zone layer from outside becomes a dated revision.

use crate::review::NoteRecord;
use redline_formats::Acceptance;
use redline_geometry::Area;
use redline_zoning::LayerRole;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Which file, as what, into which workspace.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// The file.
    pub file: PathBuf,
    /// What the layer is for.
    pub role: LayerRole,
    /// The workspace; made when it is not there.
    pub workspace: PathBuf,
    /// Meaning → source field (`tier` → `GKCS`), overriding the matching by alias.
    pub map: BTreeMap<String, String>,
    /// Layer inside the file, where it holds several.
    pub layer: Option<String>,
    /// `EPSG:N`: overrides the evidence.
    pub crs: Option<String>,
    /// Date of the revision.
    pub date: jiff::civil::Date,
    /// Where the layer comes from, for the record; `None` takes the file name.
    pub source: Option<String>,
    /// Date of the source, for the record.
    pub source_date: Option<String>,
    /// Who imports.
    pub author: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What the layer claims to cover; `None` keeps what its last revision claimed, if there is one.
    pub extent: Option<ClaimedExtent>,
    /// Plane of a workspace to be made, `EPSG:N`; `None` takes the file's own.
    pub workspace_crs: Option<String>,
    /// Doubts accepted by name (`datum`, `left-out`): any other that would move or shrink a judged
    /// layer ends the import. What was accepted stands in the revision's notes.
    pub accept: BTreeSet<Acceptance>,
}

/// What a layer claims to cover completely: only there does the absence of a zone mean anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClaimedExtent {
    /// A box: min east, min north, max east, max north, metres in the workspace's plane.
    Box([f64; 4]),
    /// The whole city: the bounds of the workspace's districts.
    City,
    /// The bounds of its own zones.
    Zones,
}

/// A layer imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// Layer name in the workspace.
    pub layer: String,
    /// Its role.
    pub role: LayerRole,
    /// Number of the revision.
    pub revision: u64,
    /// Date of the revision.
    pub date: String,
    /// How many zones.
    pub zones: u64,
    /// Their summed areas.
    pub area: Area,
    /// Content hash.
    pub sha256: String,
    /// Whether the workspace was made for it.
    pub created_workspace: bool,
    /// `EPSG:N` the file was read in.
    pub crs: String,
    /// Evidence, Chinese.
    pub crs_evidence: Vec<String>,
    /// Evidence, English.
    pub crs_evidence_en: Vec<String>,
    /// Which source field was taken for what.
    pub field_map: Vec<FieldMapRow>,
    /// Notes: repairs, T-junctions, doubts.
    pub notes: Vec<NoteRecord>,
}

/// One field matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMapRow {
    /// Source field.
    pub field: String,
    /// What it was taken for.
    pub meaning: String,
}
