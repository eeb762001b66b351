//! From rows of points to rings. The ring number only says which points follow each other; which
//! ring is a hole is decided later, by containment.

use crate::ImportNote;
use crate::raw::{RawGeometry, RawPoint, RawRing};
use geo_types::Coord;
use redline_wording::text;
use std::collections::BTreeSet;

/// One row: a point and the ring it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Ring number, where given.
    pub(crate) ring: Option<usize>,
    /// The point.
    pub(crate) point: RawPoint,
    /// Line or row in the source, from 1.
    pub(crate) line: usize,
}

/// A ring being collected.
struct Growing {
    ring: RawRing,
    /// The first point that differs from the ring's first one.
    second: Option<(f64, f64)>,
    /// Whether three different points were seen.
    three: bool,
    /// Whether it came back to its first point after that.
    complete: bool,
}

impl Growing {
    fn from(label: Option<usize>, point: RawPoint) -> Growing {
        let ring = RawRing { label, points: vec![point], closed: false };
        Growing { ring, second: None, three: false, complete: false }
    }

    fn at_start(&self, point: &RawPoint) -> bool {
        self.ring.points.first().is_some_and(|p| (p.x, p.y) == (point.x, point.y))
    }

    fn push(&mut self, point: RawPoint) {
        let at = (point.x, point.y);
        if self.at_start(&point) {
            self.complete |= self.three;
        } else if self.second.is_none() {
            self.second = Some(at);
        } else if self.second != Some(at) {
            self.three = true;
        }
        self.ring.points.push(point);
    }
}

/// Rings of consecutive rows with one number. A ring that returns to its first point is complete:
/// points that follow under the same number begin another (for the even-odd rule that is the same
/// area as one ring touching itself there).
pub(crate) fn rings(rows: Vec<Row>, plot: &str, notes: &mut Vec<ImportNote>) -> RawGeometry {
    let mut rings: Vec<Growing> = Vec::new();
    let mut labels: BTreeSet<Option<usize>> = BTreeSet::new();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for Row { ring: label, point, line } in rows {
        let label = label.or_else(|| rings.last().and_then(|r| r.ring.label));
        let repeated = match rings.last_mut() {
            Some(growing) if growing.ring.label == label => {
                if !growing.complete || growing.at_start(&point) {
                    growing.push(point);
                    continue;
                }
                true
            }
            _ => labels.contains(&label),
        };
        if let (true, Some(n)) = (repeated, label)
            && told.insert(n)
        {
            notes.push(
                ImportNote::warning(
                    "ring-number-repeated",
                    text!(
                        "地块“{plot}”从第 {line} 行起又出现圈号 {n}，按另一个圈读取。"
                            | "Ring number {n} of plot \"{plot}\" is used again from line {line}; read as another ring."
                    ),
                )
                .of_plot(plot)
                .of_ring(n),
            );
        }
        labels.insert(label);
        rings.push(Growing::from(label, point));
    }
    RawGeometry::Rings(rings.into_iter().map(|g| g.ring).collect())
}

/// Lines of consecutive rows with one number.
pub(crate) fn lines(rows: Vec<Row>) -> RawGeometry {
    let mut lines: Vec<(Option<usize>, Vec<Coord<f64>>)> = Vec::new();
    for Row { ring, point, .. } in rows {
        let at = Coord { x: point.x, y: point.y };
        match lines.last_mut() {
            Some((label, line)) if ring.is_none() || *label == ring => line.push(at),
            _ => lines.push((ring, vec![at])),
        }
    }
    RawGeometry::Lines(lines.into_iter().map(|(_, line)| line).collect())
}

/// Single points.
pub(crate) fn points(rows: Vec<Row>) -> RawGeometry {
    RawGeometry::Points(rows.into_iter().map(|r| Coord { x: r.point.x, y: r.point.y }).collect())
}
