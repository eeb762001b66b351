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
    // Distances from the west as `f32`: rounding keeps their order, and the bits of a positive float
    // sort as the float does.
    let from_west = |x: f64| (x - bounds.min[0]) as f32;
    // (band and smallest x, edge)
    let mut entries: Vec<(u64, u32)> = Vec::with_capacity(count * 2);
    for ring in contours.rings() {
        for e in ring.start..ring.end - 1 {
            let (a, b) = (contours.points[e], contours.points[e + 1]);
            let (low, high) = (band(a[1].min(b[1])), band(a[1].max(b[1])));
            if entries.len() + (high - low) > count * MAX_SPREAD + 64 {
                return false;
            }
            let west = u64::from(from_west(a[0].min(b[0])).to_bits());
            entries.extend((low..=high).map(|row| ((row as u64) << 32 | west, e as u32)));
        }
    }
    entries.sort_unstable();
    for (i, &(key, e)) in entries.iter().enumerate() {
        let (a, b) = edge(contours, e);
        let (low, high) = (a[1].min(b[1]), a[1].max(b[1]));
        // Every entry of the same band that begins before this edge ends.
        let last = key >> 32 << 32 | u64::from(from_west(a[0].max(b[0])).to_bits());
        for &(_, f) in entries[i + 1..].iter().take_while(|other| other.0 <= last) {
            let (c, d) = edge(contours, f);
            if c[1].min(d[1]) > high || c[1].max(d[1]) < low {
                continue;
            }
            if meets(contours, (a, b, e), (c, d, f)) {
                return false;
            }
        }
    }
    true
}

fn edge(contours: &Contours, e: u32) -> (P, P) {
    (contours.points[e as usize], contours.points[e as usize + 1])
}

fn meets(contours: &Contours, (a, b, e): (P, P, u32), (c, d, f): (P, P, u32)) -> bool {
    // The last point of a ring is its first.
    let next = |i: u32| match contours.starts.binary_search(&(i as usize + 2)) {
        Ok(ring) => contours.starts[ring - 1] as u32,
        Err(_) => i + 1,
    };
    // Neighbours share a vertex; they meet elsewhere only when one folds back onto the other.
    if next(e) == f {
        return folds_back(a, b, d);
    }
    if next(f) == e {
        return folds_back(c, d, b);
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
    orientation(a, b, c) == 0 && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0.0
}
