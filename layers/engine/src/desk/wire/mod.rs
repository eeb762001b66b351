//! What the window asks and is answered: the wire types of the [desk](super::Desk).
//!
//! They are declared here once; `ui/src/engine/wire.ts` is generated from them and a test fails
//! where the two differ. On the wire a place is `[longitude, latitude]` in degrees of the
//! workspace's datum, for that is what a map draws; coordinates that a person reads stand beside
//! it as `east` and `north`, metres in the workspace's plane, computed by the engine from the
//! original geometry.

mod draft;
mod draft_defect;
mod draft_goal;
mod draft_impact;
mod draft_merge;
mod draft_version;
mod export;
mod file;
mod map;
mod publish;
mod review;
mod trial;
mod workspace;

pub use draft::*;
pub use draft_defect::*;
pub use draft_goal::*;
pub use draft_impact::*;
pub use draft_merge::*;
pub use draft_version::*;
pub use export::*;
pub use file::*;
pub use map::*;
pub use publish::*;
pub use review::*;
pub use trial::*;
pub use workspace::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Longitude and latitude, degrees.
pub type LonLat = [f64; 2];

/// West, south, east, north, degrees.
pub type LonLatBounds = [f64; 4];

/// A MultiPolygon's coordinates in degrees: polygons, rings (shell first, closed), points.
pub type Outline = Vec<Vec<Vec<LonLat>>>;

/// Nothing asked, or nothing to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Why a command could not do its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// Stable kebab-case code; `cancelled` where the person stopped it.
    pub code: String,
    /// The sentence.
    pub text: redline_wording::Text,
}

/// How far a command is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProgressReport {
    /// What goes on.
    pub stage: redline_wording::Text,
    /// Steps done of this stage.
    pub done: u64,
    /// How many there are, where that is known.
    pub total: Option<u64>,
}
