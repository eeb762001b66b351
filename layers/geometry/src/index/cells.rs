//! Where a footprint's boundary runs, coarsely: most of a zone's edges beside a footprint are far from
//! its boundary, and a look at a few bits tells so.

use super::prepared::Edge;
use crate::exact::{Bounds, P};

/// Rows, and columns, that a footprint's box is divided into: the bits of a row are one word.
const SIDE: u32 = u64::BITS;

/// The cells of a footprint's box that its boundary runs through (and perhaps a few beside them).
pub(crate) struct Cells {
    min: P,
    /// Cells a step.
    scale: P,
    /// A bit a cell, the westernmost lowest; south to north.
    rows: [u64; SIDE as usize],
}

impl Cells {
    /// `edges` lie within `bounds`.
    pub(crate) fn of(edges: &[Edge], bounds: &Bounds) -> Cells {
        let size = [bounds.max[0] - bounds.min[0], bounds.max[1] - bounds.min[1]];
        let scale = size.map(|s| f64::from(SIDE) / s.max(1.0));
        let mut cells = Cells { min: bounds.min, scale, rows: [0; SIDE as usize] };
        // A millionth of a cell: far more than rounding moves the places computed below.
        let margin = size[0].max(1.0) * 1e-6 / f64::from(SIDE);
        for edge in edges {
            let (low, high) = (cells.cell(1, edge.south), cells.cell(1, edge.north));
            if high - low < 2 {
                let columns = cells.columns(edge.west, edge.east);
                (low..=high).for_each(|row| cells.rows[row as usize] |= columns);
                continue;
            }
            // It spans a whole row at least, so the places where it enters and leaves rows are sound.
            let slope = (edge.b[0] - edge.a[0]) / (edge.b[1] - edge.a[1]);
            let x = |y: f64| (edge.a[0] + (y - edge.a[1]) * slope).clamp(edge.west, edge.east);
            let line = |row: u32| cells.min[1] + f64::from(row) / scale[1];
            for row in low..=high {
                let south = if row == low { edge.south } else { line(row) };
                let north = if row == high { edge.north } else { line(row + 1) };
                let (p, q) = (x(south), x(north));
                let columns = cells.columns(p.min(q) - margin, p.max(q) + margin);
                cells.rows[row as usize] |= columns;
            }
        }
        cells
    }

    /// Whether the footprint's boundary may meet a box that touches the footprint's; may say yes to a
    /// near miss, never no to a touch.
    #[inline]
    pub(crate) fn meet(&self, min: P, max: P) -> bool {
        let columns = self.columns(min[0], max[0]);
        let (low, high) = (self.cell(1, min[1]), self.cell(1, max[1]));
        self.rows[low as usize..=high as usize].iter().any(|row| row & columns != 0)
    }

    /// The row (axis 1) or column (axis 0) of a coordinate; what lies beyond the box falls into the
    /// first or the last. Never decreases as the coordinate grows.
    #[inline]
    fn cell(&self, axis: usize, v: f64) -> u32 {
        // A cast of a negative number saturates at zero.
        (((v - self.min[axis]) * self.scale[axis]) as u32).min(SIDE - 1)
    }

    /// The bits of the columns from `west` to `east`.
    #[inline]
    fn columns(&self, west: f64, east: f64) -> u64 {
        let (first, last) = (self.cell(0, west), self.cell(0, east));
        (u64::MAX >> (SIDE - 1 - (last - first))) << first
    }
}
