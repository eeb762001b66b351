//! Zones painted into rows of cells: a cell is the zone's in which its middle lies.
//!
//! Middles are tested half-open, and an edge is met at the same place whichever way it runs:
//! neighbours with the same vertices share out every cell, and areas by cells are true on average.

use crate::zone_lines::Rings;

/// Cells of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub row: u32,
    /// First cell.
    pub from: u32,
    /// One past the last cell.
    pub to: u32,
}

/// Adds the cells (of `2^shift` world units a side) whose middles lie within the rings, even–odd.
pub(crate) fn paint(rings: &Rings<u32>, shift: u32, crossings: &mut Vec<(u32, f64)>, spans: &mut Vec<Span>) {
    crossings.clear();
    let cell = 1_u64 << shift;
    let half = cell / 2;
    // the first cell whose middle does not lie before a place
    let first = |v: u32| ((u64::from(v) + half - 1) >> shift) as u32;
    for (_, points) in rings.iter() {
        let Some(mut a) = points.last() else { continue };
        for b in points {
            let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
            let (top, end) = (first(low[1]), first(high[1]));
            if top < end {
                let slope = (f64::from(high[0]) - f64::from(low[0])) / (f64::from(high[1]) - f64::from(low[1]));
                for row in top..end {
                    let middle = (u64::from(row) * cell + half) as f64;
                    crossings.push((row, f64::from(low[0]) + slope * (middle - f64::from(low[1]))));
                }
            }
            a = b;
        }
    }
    crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let column = |x: f64| ((x - half as f64) / cell as f64).ceil().max(0.0) as u32;
    // every ring is closed: a row is crossed an even number of times
    for pair in crossings.chunks_exact(2) {
        let (from, to) = (column(pair[0].1), column(pair[1].1));
        if from < to {
            spans.push(Span { row: pair[0].0, from, to });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(ring: &[[u32; 2]]) -> Vec<Span> {
        let mut rings = Rings::new();
        rings.push(true, ring.iter().copied());
        let mut spans = Vec::new();
        paint(&rings, 4, &mut Vec::new(), &mut spans);
        spans
    }

    #[test]
    fn neighbours_share_out_every_cell() {
        // an edge between two halves of a square, bent, through middles of cells
        let edge = [[72, 0], [88, 40], [56, 88], [72, 160]];
        let left: Vec<_> = [[0, 0]].iter().chain(&edge).chain(&[[0, 160]]).copied().collect();
        let right: Vec<_> = [[160, 160]].iter().chain(edge.iter().rev()).chain(&[[160, 0]]).copied().collect();
        let (left, right) = (painted(&left), painted(&right));
        assert_eq!((left.len(), right.len()), (10, 10));
        for (l, r) in left.iter().zip(&right) {
            assert_eq!((l.row, l.from, l.to), (r.row, 0, r.from));
            assert_eq!(r.to, 10);
        }
    }

    #[test]
    fn a_zone_between_two_middles_paints_nothing() {
        assert!(painted(&[[9, 9], [15, 9], [15, 15], [9, 15]]).is_empty());
        assert_eq!(painted(&[[8, 8], [9, 8], [9, 9], [8, 9]]), [Span { row: 0, from: 0, to: 1 }]);
    }
}
