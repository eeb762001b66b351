//! What a planner asks for, and what it does to the zones.

use crate::Point;
use redline_geometry::{Area, Shape};
use redline_wording::Text;
use redline_zoning::{ZoneChange, ZoneFacts};
use serde::{Deserialize, Serialize};

/// One edit of a coverage. Coordinates are metres in the workspace's plane, [east, north]; rings may
/// be open or closed. Serialized into the edit log, so that a log reads as what was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "edit", rename_all = "kebab-case")]
#[ts(rename = "ZoneEdit")]
pub enum Edit {
    /// Moves a vertex; every zone that has it follows.
    MoveVertex {
        /// The vertex, exactly.
        from: [f64; 2],
        /// Where to.
        to: [f64; 2],
    },
    /// Puts a vertex into an edge and, where `at` lies off it, bends the edge there; both neighbours
    /// follow.
    InsertVertex {
        /// The edge's ends, exactly.
        edge: [[f64; 2]; 2],
        /// The new vertex.
        at: [f64; 2],
    },
    /// Takes a vertex out; both neighbours follow. Refused where three boundaries meet.
    DeleteVertex {
        /// The vertex, exactly.
        at: [f64; 2],
    },
    /// Leads a zone's boundary along a drawn line between the places where the line meets it.
    Reshape {
        /// Whose boundary.
        zone: String,
        /// The line, which must meet the boundary at least twice.
        line: Vec<[f64; 2]>,
    },
    /// Cuts a zone along a line into two or more.
    Split {
        /// Which.
        zone: String,
        /// The line, which must cross the zone.
        line: Vec<[f64; 2]>,
    },
    /// Makes neighbours one zone.
    Merge {
        /// Which, at least two that touch along a boundary.
        zones: Vec<String>,
        /// Whose facts the merged zone keeps.
        keep: String,
    },
    /// Takes a drawn polygon out of the zones it covers and gives it to another.
    Carve {
        /// The polygon's ring.
        ring: Vec<[f64; 2]>,
        /// From whom.
        from: Ground,
        /// To whom.
        to: Recipient,
    },
    /// Removes a zone; its ground is nobody's then.
    Remove {
        /// Which.
        zone: String,
    },
    /// Changes what a zone is.
    SetFacts {
        /// Which.
        zone: String,
        /// The new facts; what is left out stays.
        #[ts(type = "Partial<FactsEdit>")]
        facts: FactsEdit,
    },
    /// Rebuilds a polygon that crosses itself by the even-odd rule over its rings.
    Rebuild {
        /// Which.
        zone: String,
    },
    /// Leaves out vertices that lie within the tolerance of the simpler line; shared boundaries stay
    /// shared, junctions stay where they are.
    Simplify {
        /// Whose boundaries.
        zones: Vec<String>,
        /// How far a boundary may move, metres.
        tolerance_m: f64,
    },
    /// Cuts every corner once (Chaikin 1974); shared boundaries stay shared, junctions stay where they
    /// are.
    Smooth {
        /// Whose boundaries.
        zones: Vec<String>,
    },
}

/// Which ground a carving takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "ground", rename_all = "kebab-case")]
#[ts(rename = "ZoneGround")]
pub enum Ground {
    /// Nobody's only: a new zone that avoids all others.
    Blank,
    /// That of one zone.
    Zone {
        /// Which.
        zone: String,
    },
    /// That of every zone of a tier.
    Tier {
        /// Which.
        tier: String,
    },
    /// Every zone's, not nobody's.
    Zones,
    /// All of it, nobody's too.
    All,
}

/// Who gets what is carved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "recipient", rename_all = "kebab-case")]
#[ts(rename = "ZoneRecipient")]
pub enum Recipient {
    /// Nobody: a hole.
    Blank,
    /// A zone that is there.
    Zone {
        /// Which.
        zone: String,
    },
    /// A new zone.
    New {
        /// What it is; an empty id gets a free one.
        facts: FactsEdit,
    },
}

/// What of a zone's facts changes; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct FactsEdit {
    /// New id, unique in the layer.
    pub id: Option<String>,
    /// New name.
    pub name: Option<String>,
    /// New class; empty text takes it away.
    pub class: Option<String>,
    /// New tier; empty text takes it away.
    pub tier: Option<String>,
    /// New member kind; empty text takes it away.
    pub kind: Option<String>,
    /// New code; empty text takes it away.
    pub code: Option<String>,
}

impl FactsEdit {
    /// The facts after the change.
    pub fn of(&self, facts: &ZoneFacts) -> ZoneFacts {
        let mut new = facts.clone();
        if let Some(id) = &self.id {
            id.trim().clone_into(&mut new.id);
        }
        if let Some(name) = &self.name {
            new.name.clone_from(name);
        }
        let put = |slot: &mut Option<String>, asked: &Option<String>| {
            if let Some(word) = asked {
                *slot = Some(word.trim().to_owned()).filter(|w| !w.is_empty());
            }
        };
        put(&mut new.class, &self.class);
        put(&mut new.tier, &self.tier);
        put(&mut new.kind, &self.kind);
        put(&mut new.code, &self.code);
        new
    }
}

/// Ground that went from one zone to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Whose it was; `None` nobody's.
    pub from: Option<ZoneFacts>,
    /// Whose it is; `None` nobody's.
    pub to: Option<ZoneFacts>,
    /// Where zones overlap: whose it was beside and still is, so that ground without `to` is not
    /// nobody's and ground without `from` was not.
    pub still: Option<ZoneFacts>,
    /// Which ground.
    pub shape: Shape,
    /// How much, m².
    pub area: Area,
}

/// What an edit does: applied by [`crate::Coverage::apply`], taken back by its reverse.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The zones that change, by id.
    pub zones: Vec<ZoneChange>,
    /// The ground that changes hands.
    pub transfers: Vec<Transfer>,
    /// Vertices that were put into boundaries where a drawn line ends on them; merging takes them out
    /// again.
    pub nodes_added: Vec<Point>,
    /// Vertices of that kind that merging took out.
    pub nodes_removed: Vec<Point>,
    /// What a person should know of it.
    pub notes: Vec<Text>,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(self) -> Change {
        let turn = |t: Transfer| Transfer { from: t.to, to: t.from, ..t };
        Change {
            zones: self.zones.into_iter().map(ZoneChange::reversed).collect(),
            transfers: self.transfers.into_iter().map(turn).collect(),
            nodes_added: self.nodes_removed,
            nodes_removed: self.nodes_added,
            notes: self.notes,
        }
    }
}
