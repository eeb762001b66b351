//! Checking files in the window, holding the review, and setting two side by side.

use super::{LonLatBounds, Reading};
use crate::commands::check::AcceptedNote;
use crate::review::{NoteRecord, Review};
use redline_wording::Text;
use redline_zoning::{Outcome, Stage};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// What a person can choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Choices {
    /// Rule books.
    pub books: Vec<BookChoice>,
    /// Stages.
    pub stages: Vec<StageChoice>,
    /// Sections and divisions of GB/T 4754 that rules speak of, code and name.
    pub industries: Vec<(String, Text)>,
}

/// A rule book to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BookChoice {
    /// Id, or path of a book of the city's own.
    pub id: String,
    /// Title.
    pub title: String,
    /// Version.
    pub version: String,
    /// First day it is valid.
    pub valid_from: String,
    /// Last day it is valid.
    pub valid_to: Option<String>,
    /// Activities it knows.
    pub activities: Vec<ActivityChoice>,
}

/// An activity to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ActivityChoice {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Main group.
    pub group: String,
    /// The group's name.
    pub group_name: Text,
    /// Which of the ten kinds it can be recognised as.
    pub ten_kind: Option<u8>,
    /// A national major project.
    pub major: bool,
}

/// A stage to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StageChoice {
    /// The stage.
    pub stage: Stage,
    /// Name.
    pub name: Text,
}

/// What the person says of the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Given {
    /// Activity code.
    pub activity: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// GB/T 4754 industry.
    pub industry: Option<String>,
    /// Rule book id or path; `null` takes the workspace's.
    pub rules: Option<String>,
    /// Date of the review, `YYYY-MM-DD`.
    pub date: String,
    /// Asks for no land inside the red line.
    pub no_land: bool,
    /// Against the layers as they stood on this day.
    pub layers_as_of: Option<String>,
    /// Limit of slivers, m².
    pub sliver_m2: Option<f64>,
    /// Opinion files.
    pub opinions: Vec<OpinionGiven>,
    /// Keys of single plots, where they differ.
    pub plots: Vec<PlotKeysGiven>,
}

/// An opinion file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OpinionGiven {
    /// Where it is.
    pub path: PathBuf,
    /// `limited-activity` or `unavoidability`; `null` takes the kind the activity calls for.
    pub kind: Option<String>,
}

/// Keys of one plot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PlotKeysGiven {
    /// File name, as the review shows it.
    pub file: String,
    /// Plot id.
    pub plot: String,
    /// Activity code.
    pub activity: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// Industry.
    pub industry: Option<String>,
}

/// Check these files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckFiles {
    /// Project files, folders or ZIPs.
    pub files: Vec<PathBuf>,
    /// What the person says of them.
    pub given: Given,
    /// How to read them where the person overrules the evidence.
    pub reading: Reading,
    /// Warnings accepted.
    pub accepted: Vec<AcceptedNote>,
}

/// A review held by the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReviewView {
    /// Number by which the window speaks of it.
    pub review: u32,
    /// The record itself.
    pub record: Review,
    /// GeoJSON FeatureCollection in degrees: a feature of `role` `plot` for every plot (id `1.2`), one of
    /// `role` `overlap` for every overlap (id `1.2.3`), `location` for points, `line` for lines.
    #[ts(type = "GeoJSON.FeatureCollection")]
    pub features: serde_json::Value,
    /// The files as a list to work through, strictest first.
    pub inbox: Vec<InboxRow>,
    /// Bounds of all plots.
    pub bounds: Option<LonLatBounds>,
    /// Warnings about the files that nobody accepted yet.
    pub open_notes: u32,
    /// Id it is saved under, once it is.
    pub saved: Option<String>,
}

/// One file of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct InboxRow {
    /// Place in `record.projects`, from 0.
    pub project: u32,
    /// File name.
    pub file: String,
    /// Its outcome; `null` where it could not be used.
    pub outcome: Option<Outcome>,
    /// Whether a person must look: not usable, or neither clear nor permitted.
    pub flagged: bool,
    /// The one reason that weighs most.
    pub reason: Text,
    /// How many plots.
    pub plots: u32,
    /// Bounds.
    pub bounds: Option<LonLatBounds>,
}

/// A held review.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HeldReview {
    /// Its number.
    pub review: u32,
}

/// Open a saved review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenSaved {
    /// Its id.
    pub id: String,
}

/// The figures of a review as tables show them: rounded once, so that parts sum to wholes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FiguresAsked {
    /// The review.
    pub review: u32,
    /// `m2`, `ha` or `mu`.
    pub unit: AreaUnitName,
}

/// A unit by its short name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum AreaUnitName {
    /// Square metres.
    #[default]
    M2,
    /// Hectares, 公顷.
    Ha,
    /// 亩.
    Mu,
}

/// Figures of every plot, in the order of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Figures {
    /// The unit.
    pub unit: AreaUnitName,
    /// Decimals to show.
    pub decimals: u32,
    /// One entry a plot, `1.2`.
    pub plots: Vec<PlotFigures>,
}

/// Figures of one plot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PlotFigures {
    /// `project.plot`.
    pub plot: String,
    /// The plot's area.
    pub area: Figure,
    /// Its overlaps by id.
    pub overlaps: Vec<(String, Figure)>,
    /// Per judged layer what is ignored, counted twice and outside.
    pub layers: Vec<LayerFigures>,
    /// Land use by code, in the record's order.
    pub land_use: Vec<Figure>,
    /// Counted twice by overlapping parcels; negative.
    pub land_use_twice: Figure,
    /// No parcel there.
    pub land_use_uncovered: Figure,
}

/// The sum of one layer under one plot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LayerFigures {
    /// Layer name.
    pub layer: String,
    /// Slivers left out, in the record's order.
    pub ignored: Vec<Figure>,
    /// Counted twice; negative.
    pub double_counted: Figure,
    /// Outside.
    pub outside: Figure,
}

/// A rounded area both ways. The ellipsoidal parts of a plot and layer sum to the plot's; so do the
/// planar ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Figure {
    /// On the ellipsoid.
    pub ellipsoidal: f64,
    /// In the plane.
    pub planar: f64,
    /// Share of the plot in per cent, of the ellipsoidal area.
    pub percent: f64,
}

/// A new version of a file beside the last one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CompareReviews {
    /// The earlier review.
    pub before: u32,
    /// The later review.
    pub after: u32,
}

/// What changed between two versions of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// Outcome then and now.
    pub outcome: [Outcome; 2],
    /// Total ellipsoidal area then and now, m².
    pub area_m2: [f64; 2],
    /// Ellipsoidal area overlapped then and now, m².
    pub overlapped_m2: [f64; 2],
    /// Notes cleared, remaining, new.
    pub notes: Vec<NoteChange>,
    /// Plots paired.
    pub plots: Vec<PlotChange>,
    /// The correction list (补正), to copy.
    pub corrections: Text,
}

/// A note and whether it still stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NoteChange {
    /// `cleared`, `remaining` or `new`.
    pub state: String,
    /// File.
    pub file: String,
    /// The note.
    pub note: NoteRecord,
}

/// A plot then and now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PlotChange {
    /// Number then (`1.2`), if it was there.
    pub before: Option<String>,
    /// Number now, if it is there.
    pub after: Option<String>,
    /// Id and name for people.
    pub name: String,
    /// Outcome then and now.
    pub outcome: [Option<Outcome>; 2],
    /// Ellipsoidal area then and now, m².
    pub area_m2: [Option<f64>; 2],
    /// Area in either version but not in both, m².
    pub moved_m2: Option<f64>,
}
