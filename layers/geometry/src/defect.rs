//! What can be wrong with rings, and where.

use geo_types::Coord;
use serde::{Deserialize, Serialize};

/// The kind of a geometric defect; its kebab-case name is the note's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefectKind {
    /// First and last point differ; the ring was closed.
    UnclosedRing,
    /// Fewer than three distinct points; the ring was left out.
    TooFewPoints,
    /// The ring crosses itself; rebuilt by the even-odd rule.
    SelfCrossing,
    /// A spike of no width; removed.
    Spike,
    /// The same point twice in a row; one removed.
    DuplicatePoint,
    /// The same ring twice; one removed.
    DuplicateRing,
    /// Two rings of one plot overlap or cross; rebuilt by the even-odd rule.
    OverlappingRings,
    /// A coordinate is NaN or infinite; the point cannot be used.
    NotFinite,
    /// A neighbour's vertex lies on an edge without a vertex there; the vertex was inserted.
    TJunction,
}

/// One defect: what, at which ring and point (both counted from 1 as a person does), and how much
/// area its repair changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// What is wrong.
    pub kind: DefectKind,
    /// Ring, from 1, in the order of the source.
    pub ring: Option<usize>,
    /// Point within the ring, from 1.
    pub point: Option<usize>,
    /// Where, in the plane of the shape.
    pub at: Option<Coord<f64>>,
    /// Planar area (m²) that the repair added or removed, unsigned.
    pub area_changed_m2: Option<f64>,
}
