//! Whether rings are simple: none crosses or touches itself or another.

use crate::contours::Contours;
use crate::exact::{P, orientation};

/// Edges a band holds on average.
const PER_BAND: usize = 8;
/// No more band entries than this many times the edges: long edges side by side are given up on.
const MAX_SPREAD: usize = 64;

/// Whether no two edges meet except neighbours in their common vertex. `false` may also mean "not
/// known": too many long edges side by side.
///
/// Edges are sorted into horizontal bands and swept along x in each: close to linear for real
/// boundaries.
pub(crate) fn is_simple(contours: &Contours) -> bool {
    let Some(bounds) = contours.bounds() else { return true };
    let count = contours.edges();
    let bands = (count / PER_BAND).clamp(1, 1 << 16);
    let height = (bounds.max[1] - bounds.min[1]).max(1.0);
    let scale = bands as f64 / height;
    let band = |y: f64| (((y - bounds.min[1]) * scale) as usize).min(bands - 1);
    // (band, smallest x, edge, its ring)
    let mut entries: Vec<(u32, f64, u32, u32)> = Vec::with_capacity(count * 2);
    for (r, ring) in contours.rings().enumerate() {
        for e in ring.start..ring.end - 1 {
            let (a, b) = (contours.points[e], contours.points[e + 1]);
            let (low, high) = (band(a[1].min(b[1])), band(a[1].max(b[1])));
            if entries.len() + (high - low) > count * MAX_SPREAD + 64 {
                return false;
            }
            for row in low..=high {
                entries.push((row as u32, a[0].min(b[0]), e as u32, r as u32));
            }
        }
    }
    entries.sort_unstable_by(|p, q| p.0.cmp(&q.0).then(p.1.total_cmp(&q.1)));
    for (i, &(row, _, e, ring)) in entries.iter().enumerate() {
        let (a, b) = edge(contours, e);
        let (far, low, high) = (a[0].max(b[0]), a[1].min(b[1]), a[1].max(b[1]));
        for &(other_row, west, f, other_ring) in &entries[i + 1..] {
            if other_row != row || west > far {
                break;
            }
            let (c, d) = edge(contours, f);
            if c[1].min(d[1]) > high || c[1].max(d[1]) < low {
                continue;
            }
            if meets(contours, (a, b, e, ring), (c, d, f, other_ring)) {
                return false;
            }
        }
    }
    true
}

fn edge(contours: &Contours, e: u32) -> (P, P) {
    (contours.points[e as usize], contours.points[e as usize + 1])
}

fn meets(contours: &Contours, (a, b, e, ring): (P, P, u32, u32), (c, d, f, other): (P, P, u32, u32)) -> bool {
    if ring == other {
        let range = contours.starts[ring as usize] as u32..contours.starts[ring as usize + 1] as u32 - 1;
        let next = |i: u32| if i + 1 == range.end { range.start } else { i + 1 };
        // Neighbours share a vertex; they meet elsewhere only when one folds back onto the other.
        if next(e) == f {
            return folds_back(a, b, d);
        }
        if next(f) == e {
            return folds_back(c, d, b);
        }
    }
    let (o1, o2) = (orientation(a, b, c), orientation(a, b, d));
    if o1 * o2 > 0 {
        return false;
    }
    let (o3, o4) = (orientation(c, d, a), orientation(c, d, b));
    o3 * o4 <= 0
}

/// Whether a→b→c reverses straight back at b.
fn folds_back(a: P, b: P, c: P) -> bool {
    orientation(a, b, c) == 0
        && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0.0
}
