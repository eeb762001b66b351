//! What if the plot lay elsewhere: trials while the pointer moves, and how far to clear.

use super::{Given, LonLat, Outline};
use crate::review::{FindingRecord, PlotArea, ZoneRecord};
use redline_geometry::Area;
use redline_wording::Text;
use redline_zoning::Outcome;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Move a plot, or draw a new footprint, and see what it would overlap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TryEdit {
    /// Review whose plot it is; `null` for a footprint of its own.
    pub review: Option<u32>,
    /// Plot, `1.2`; empty for a footprint of its own.
    pub plot: String,
    /// What changes, from the state last kept.
    pub edit: Edit,
    /// Keep this state, so that the next edit starts from it (the pointer was let go).
    pub keep: bool,
    /// Keys for a footprint of its own; for a plot its review's stand.
    pub given: Option<Given>,
}

/// One change of a footprint. Places are the pointer's; the engine works in the plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Edit {
    /// The whole plot, from here to there.
    Move {
        /// Where it was taken.
        from: LonLat,
        /// Where it is now.
        to: LonLat,
    },
    /// One vertex to here.
    MoveVertex {
        /// Which.
        vertex: VertexAt,
        /// Where to.
        to: LonLat,
    },
    /// A new vertex on the edge that begins at `vertex`.
    InsertVertex {
        /// Where the edge begins.
        vertex: VertexAt,
        /// Where the new one is.
        to: LonLat,
    },
    /// A vertex taken away.
    DeleteVertex {
        /// Which.
        vertex: VertexAt,
    },
    /// A footprint drawn anew.
    Draw {
        /// Its points in order, not closed.
        points: Vec<LonLat>,
    },
    /// The geometry as the file has it.
    Reset,
    /// As it stands: to see the state without a change.
    Look,
}

/// A vertex by its place in the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VertexAt {
    /// Polygon, from 0.
    pub polygon: u32,
    /// Ring, from 0 (the shell).
    pub ring: u32,
    /// Point, from 0.
    pub point: u32,
}

/// What a trial would come out as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Trial {
    /// Its outline now.
    pub outline: Outline,
    /// Its areas.
    pub area: PlotArea,
    /// Strictest outcome.
    pub outcome: Outcome,
    /// Its overlaps, strictest first.
    pub overlaps: Vec<TrialOverlap>,
    /// Findings about layers as a whole or about the plot.
    pub findings: Vec<FindingRecord>,
    /// How far it was moved from the file's geometry, where it was only moved: east, north, metres.
    pub moved_m: Option<[f64; 2]>,
    /// Whether it differs from the file's geometry.
    pub changed: bool,
    /// Why it cannot be judged: it crosses itself.
    pub trouble: Option<Text>,
    /// In what it is judged otherwise than its review was: a rule book changed since, opinions not at hand.
    pub notes: Vec<Text>,
    /// Time the engine took, milliseconds.
    pub took_ms: f64,
}

/// One overlap of a trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TrialOverlap {
    /// Number, as on the map.
    pub number: u32,
    /// The zone.
    pub zone: ZoneRecord,
    /// Areas.
    pub area: Area,
    /// Share of the plot, 0–1.
    pub share: f64,
    /// Outcome.
    pub outcome: Outcome,
    /// The strictest finding.
    pub finding: Option<FindingRecord>,
    /// The clipped polygon.
    pub outline: Outline,
}

/// How far to clear?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct HowToClear {
    /// The review.
    pub review: u32,
    /// The plot, `1.2`.
    pub plot: String,
    /// An overlap's id, whose layer, class and tier are to be cleared; `null`: everything prohibited or
    /// conditional.
    pub overlap: Option<String>,
    /// Largest shift to look for, metres.
    pub limit_m: f64,
}

/// What would clear it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WaysToClear {
    /// What is cleared, for people.
    pub of: Text,
    /// The smallest trim: what is left, and what is lost.
    pub trim: Option<Trim>,
    /// The smallest shift found.
    pub shift: Option<Shift>,
    /// Why there is no shift, or what is to be known of it.
    pub shift_note: Text,
}

/// A trim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Trim {
    /// What is left.
    pub outline: Outline,
    /// What is cut off.
    pub lost: Outline,
    /// Area lost.
    pub lost_area: Area,
    /// Area left.
    pub left_area: Area,
    /// Into how many pieces it falls.
    pub pieces: u32,
}

/// A shift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Shift {
    /// Metres east.
    pub east_m: f64,
    /// Metres north.
    pub north_m: f64,
    /// Distance, metres.
    pub distance_m: f64,
    /// The plot there.
    pub outline: Outline,
    /// What it would come out as there.
    pub outcome: Outcome,
}
