//! `impact`: which reviews kept in the workspace come out otherwise on another state of a layer.

use crate::commands::diff::DiffZone;
use crate::review::{FindingRecord, Geometry};
use crate::states::DiffState;
use redline_geometry::Area;
use redline_zoning::{LayerRole, Outcome};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which two states of a layer of which workspace.
#[derive(Clone, Debug)]
pub struct ImpactRequest {
    /// The workspace.
    pub workspace: PathBuf,
    /// The layer; `None` where one of the two states names it.
    pub layer: Option<String>,
    /// The earlier state: a revision (`3`, `r3`), a version's title, `now`, or `draft:NAME`.
    pub from: String,
    /// The later state, spelled alike.
    pub to: String,
}

/// What the second state does to the reviews kept (`redline.impact/1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImpactReport {
    /// `redline.impact/1`.
    pub schema: String,
    /// The workspace's file name.
    pub workspace: String,
    /// Its plane, `EPSG:N`.
    pub crs: String,
    /// The layer's name.
    pub layer: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub role: LayerRole,
    /// The earlier state.
    pub from: DiffState,
    /// The later state.
    pub to: DiffState,
    /// Reviews kept in the workspace.
    pub reviews: u64,
    /// Of these, those whose plots lie away from all ground that differs: they come out as before.
    pub away: u64,
    /// Of these, those judged again on both states.
    pub judged_again: u64,
    /// Of these, those that could not be judged again; `notes` says why. The three sum to `reviews`.
    pub not_judged: u64,
    /// Plots whose outcome differs, those that end strictest first.
    pub flipped: Vec<ImpactPlot>,
    /// Plots whose outcome stays while what they overlap changes.
    pub moved: Vec<ImpactPlot>,
    /// Reviews that could not be judged again, or only otherwise than they were made.
    pub notes: Vec<ImpactNote>,
}

/// A plot that comes out otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImpactPlot {
    /// The review's id.
    pub review: String,
    /// Date the review was made for.
    pub date: String,
    /// The project file.
    pub file: String,
    /// The plot's id.
    pub plot: String,
    /// The plot's name; may be empty.
    pub name: String,
    /// The outcome as it stands in the record.
    pub recorded: Outcome,
    /// On the earlier state.
    pub before: Outcome,
    /// On the later state.
    pub after: Outcome,
    /// What of the plot the layer covers on the earlier state, ellipsoidal m².
    pub covered_before_m2: f64,
    /// What of the plot the layer covers on the later state, ellipsoidal m².
    pub covered_after_m2: f64,
    /// The finding that makes the later outcome; `None` where nothing is left to find.
    pub finding: Option<FindingRecord>,
    /// The ground within the plot that changes hands.
    pub pieces: Vec<ImpactPiece>,
}

/// Ground within a plot that changes hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImpactPiece {
    /// Whose it is on the earlier state; `None` nobody's.
    pub from: Option<DiffZone>,
    /// Whose it is on the later state; `None` nobody's.
    pub to: Option<DiffZone>,
    /// How much of it lies within the plot, m².
    pub area: Area,
    /// A place in it: east, north, metres.
    pub at: [f64; 2],
    /// The ground, workspace plane.
    pub geometry: Geometry,
}

/// What a reader should know of one review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImpactNote {
    /// The review's id.
    pub review: String,
    /// Its title.
    pub title: String,
    /// The sentence, Chinese.
    pub message: String,
    /// The sentence, English.
    pub message_en: String,
}
