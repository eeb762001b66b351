//! The edits of a draft as the page writes them: the serialized form of
//! [`redline_coverage::Edit`], declared for TypeScript only. A test holds the two together.

use redline_coverage::FactsEdit;
use serde::Serialize;
use ts_rs::TS;

/// One edit of a draft. Places are metres in the plane, [east, north]; rings may be open or closed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "edit", rename_all = "kebab-case")]
pub enum ZoneEdit {
    /// Moves a vertex; every zone that has it follows.
    MoveVertex {
        /// The vertex, exactly.
        from: [f64; 2],
        /// Where to.
        to: [f64; 2],
    },
    /// Puts a vertex into an edge, bent where it lies off it; both neighbours follow.
    InsertVertex {
        /// The edge's ends, exactly.
        edge: [[f64; 2]; 2],
        /// The new vertex.
        at: [f64; 2],
    },
    /// Takes a vertex out; both neighbours follow.
    DeleteVertex {
        /// The vertex, exactly.
        at: [f64; 2],
    },
    /// Leads a zone's boundary along a drawn line.
    Reshape {
        /// Whose boundary.
        zone: String,
        /// The line, which must meet the boundary at least twice.
        line: Vec<[f64; 2]>,
    },
    /// Cuts a zone along a line.
    Split {
        /// Which.
        zone: String,
        /// The line, which must cross the zone.
        line: Vec<[f64; 2]>,
    },
    /// Makes neighbours one zone.
    Merge {
        /// Which.
        zones: Vec<String>,
        /// Whose facts the merged zone keeps.
        keep: String,
    },
    /// Takes a drawn polygon out of the zones it covers and gives it to another.
    Carve {
        /// The polygon's ring.
        ring: Vec<[f64; 2]>,
        /// From whom.
        from: ZoneGround,
        /// To whom.
        to: ZoneRecipient,
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
        /// What changes; what is left out stays.
        #[ts(type = "Partial<FactsEdit>")]
        facts: FactsEdit,
    },
    /// Rebuilds a polygon that crosses itself by the even-odd rule over its rings.
    Rebuild {
        /// Which.
        zone: String,
    },
    /// Leaves out vertices that lie within the tolerance of the simpler line.
    Simplify {
        /// Whose boundaries.
        zones: Vec<String>,
        /// How far a boundary may move, metres.
        tolerance_m: f64,
    },
    /// Cuts every corner once.
    Smooth {
        /// Whose boundaries.
        zones: Vec<String>,
    },
}

/// Which ground a carving takes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "ground", rename_all = "kebab-case")]
pub enum ZoneGround {
    /// Nobody's only.
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
    /// All of it.
    All,
}

/// Who gets what is carved.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "recipient", rename_all = "kebab-case")]
pub enum ZoneRecipient {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_edit_declared_to_the_page_is_one_the_coverage_reads() {
        let (zone, line, facts) = (|| "a".to_owned(), || vec![[0.0, 1.0], [2.0, 3.0]], FactsEdit::default);
        let carve = |from, to| ZoneEdit::Carve { ring: line(), from, to };
        let edits = [
            ZoneEdit::MoveVertex { from: [0.1, 1.0], to: [2.0, 3.0] },
            ZoneEdit::InsertVertex { edge: [[0.0, 1.0], [2.0, 3.0]], at: [4.0, 5.0] },
            ZoneEdit::DeleteVertex { at: [0.0, 1.0] },
            ZoneEdit::Reshape { zone: zone(), line: line() },
            ZoneEdit::Split { zone: zone(), line: line() },
            ZoneEdit::Merge { zones: vec![zone()], keep: zone() },
            carve(ZoneGround::Blank, ZoneRecipient::Blank),
            carve(ZoneGround::Zone { zone: zone() }, ZoneRecipient::Zone { zone: zone() }),
            carve(ZoneGround::Tier { tier: zone() }, ZoneRecipient::New { facts: facts() }),
            carve(ZoneGround::Zones, ZoneRecipient::Blank),
            carve(ZoneGround::All, ZoneRecipient::Blank),
            ZoneEdit::Remove { zone: zone() },
            ZoneEdit::SetFacts { zone: zone(), facts: facts() },
            ZoneEdit::Rebuild { zone: zone() },
            ZoneEdit::Simplify { zones: vec![zone()], tolerance_m: 1.5 },
            ZoneEdit::Smooth { zones: vec![zone()] },
        ];
        for edit in edits {
            let words = serde_json::to_value(&edit).unwrap();
            let read: redline_coverage::Edit = serde_json::from_value(words.clone()).unwrap();
            assert_eq!(serde_json::to_value(&read).unwrap(), words);
        }
    }
}
