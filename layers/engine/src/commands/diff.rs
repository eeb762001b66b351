//! `diff`: two revisions of a layer beside each other: which ground went from whom to whom.

use crate::review::Geometry;
use crate::states::DiffState;
use redline_coverage::Point;
use redline_geometry::Area;
use redline_zoning::{LayerRole, ZoneFacts};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Which two states, of which workspace.
#[derive(Clone, Debug)]
pub struct DiffRequest {
    /// The workspace.
    pub workspace: PathBuf,
    /// The layer; `None` where one of the two states names it.
    pub layer: Option<String>,
    /// The earlier state: a revision (`3`, `r3`), a version's title, `now`, or `draft:NAME`.
    pub from: String,
    /// The later state, spelled alike.
    pub to: String,
}

/// Two states of a layer beside each other (`redline.diff/1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffReport {
    /// `redline.diff/1`.
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
    /// In, out and net: the layer, then by class, tier, zone and land use.
    pub rows: Vec<DiffRow>,
    /// The ground that changed hands.
    pub pieces: Vec<DiffPiece>,
    /// Zones whose name, class, tier, kind or code changed.
    pub renamed: Vec<DiffFacts>,
}

/// One sum: 调入, 调出, 净.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffRow {
    /// `layer`, `class`, `tier`, `zone` or `land-use`: what lies beneath the ground that the layer as a
    /// whole gained and lost.
    pub group: String,
    /// Value of the group; empty for the whole layer.
    pub key: String,
    /// Its name for people.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// What came, m².
    pub gained: Area,
    /// What went, m².
    pub lost: Area,
    /// What came less what went, m².
    pub net: Area,
}

/// Ground that changed hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffPiece {
    /// Whose it was; `None` nobody's.
    pub from: Option<DiffZone>,
    /// Whose it is; `None` nobody's.
    pub to: Option<DiffZone>,
    /// How much, m².
    pub area: Area,
    /// A place in it: east, north, metres.
    pub at: [f64; 2],
    /// The ground, workspace plane.
    pub geometry: Geometry,
}

/// A zone as a piece names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffZone {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Option<String>,
    /// Its tier.
    pub tier: Option<String>,
}

impl From<&ZoneFacts> for DiffZone {
    fn from(facts: &ZoneFacts) -> DiffZone {
        DiffZone {
            id: facts.id.clone(),
            name: facts.name.clone(),
            class: facts.class.clone(),
            tier: facts.tier.clone(),
        }
    }
}

/// A zone that is called or counted otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffFacts {
    /// As it was.
    pub before: DiffZone,
    /// As it is.
    pub after: DiffZone,
}

/// A place for a record; nowhere is nothing's.
pub(crate) fn place(at: Option<&Point>) -> [f64; 2] {
    at.map_or([0.0; 2], |p| [p.x, p.y])
}
