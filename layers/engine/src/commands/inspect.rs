//! `inspect`: what a project file holds, what is wrong with it, what would be repaired.

use crate::review::{NoteRecord, PlotArea};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which files to look into.
#[derive(Clone, Debug)]
pub struct InspectRequest {
    /// Project files, folders or ZIPs.
    pub files: Vec<PathBuf>,
    /// A workspace whose plane and extent serve as evidence.
    pub workspace: Option<PathBuf>,
    /// `EPSG:N`: overrides the evidence.
    pub crs: Option<String>,
    /// Which number is the easting: overrules the evidence.
    pub axes: Option<redline_formats::Axes>,
    /// Full width in metres that makes a footprint of a line.
    pub width_m: Option<f64>,
}

/// What the files hold (`redline.inspection/1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// `redline.inspection/1`.
    pub schema: String,
    /// Plane the plots were brought into, `EPSG:N`.
    pub plane: String,
    /// What folders and archives held besides project files.
    pub notes: Vec<NoteRecord>,
    /// One entry a file.
    pub files: Vec<InspectedFile>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InspectedFile {
    /// Name without folders.
    pub file: String,
    /// Hex SHA-256.
    pub sha256: String,
    /// `EPSG:N` it was read in.
    pub crs: String,
    /// Evidence, Chinese.
    pub crs_evidence: Vec<String>,
    /// Evidence, English.
    pub crs_evidence_en: Vec<String>,
    /// Why it could not be used, Chinese.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<String>,
    /// The same, English.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error_en: Option<String>,
    /// Notes.
    pub notes: Vec<NoteRecord>,
    /// Plots.
    pub plots: Vec<InspectedPlot>,
}

/// One plot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InspectedPlot {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// `polygon`, `line` or `point`.
    pub kind: String,
    /// Polygons of its footprint.
    pub polygons: usize,
    /// Holes of its footprint.
    pub holes: usize,
    /// Vertices of its footprint, closing points not counted.
    pub points: usize,
    /// Areas.
    pub area: PlotArea,
    /// Bounds in the plane: min east, min north, max east, max north.
    pub bounds: Option<[f64; 4]>,
    /// What the source says it is for.
    pub purpose: Option<String>,
    /// The activity that purpose is read as, if it matches exactly one.
    pub activity: Option<String>,
}
