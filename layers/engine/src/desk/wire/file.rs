//! Reading a project file one way and another, before anything is decided.

use super::{LonLatBounds, Outline};
use crate::review::{NoteRecord, PlotArea};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// How a file is to be read where the person overrules the evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Reading {
    /// `EPSG:N`.
    pub crs: Option<String>,
    /// `as-written` (as the format has it) or `swapped`; `null` leaves it to the evidence.
    pub axes: Option<String>,
    /// Full width in metres that makes a footprint of a line.
    pub width_m: Option<f64>,
}

/// Show what a file would be, read so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewReading {
    /// The file.
    pub file: PathBuf,
    /// How to read it.
    pub reading: Reading,
}

/// What a file would be, read so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReadingPreview {
    /// One entry a project file in it.
    pub files: Vec<PreviewedFile>,
    /// Bounds of all plots.
    pub bounds: Option<LonLatBounds>,
}

/// One project file of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewedFile {
    /// Name without folders.
    pub file: String,
    /// Why it could not be used so.
    pub error: Option<redline_wording::Text>,
    /// CRS it was read in.
    pub crs: String,
    /// The evidence.
    pub crs_evidence: Vec<redline_wording::Text>,
    /// Notes.
    pub notes: Vec<NoteRecord>,
    /// Plots.
    pub plots: Vec<PreviewedPlot>,
}

/// One plot of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewedPlot {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its footprint as it is used, repaired.
    pub outline: Outline,
    /// Its rings as the file draws them, before any repair.
    pub drawn: Vec<Vec<super::LonLat>>,
    /// Where they differ, an area (m²); 0 where nothing was repaired.
    pub repaired_m2: f64,
    /// Its areas as it is used.
    pub area: PlotArea,
}
