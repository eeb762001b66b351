//! Where the vertices of the honeycomb go: shaken, then drawn towards the boundaries they lie on, so
//! that boundaries run on instead of following the honeycomb's corners.

use crate::lattice::{Lattice, Vertex, Way};
use crate::marks::Mark;
use rayon::prelude::*;

/// How far a vertex may stray from its regular place, in cell sides. Below 0.5 a cell's vertices
/// keep their order around its centre (each turns by less than 30°), hence every cell stays simple.
const REACH: f64 = 0.4;
const WAYS: [Way; 3] = [Way::East, Way::West, Way::Across];

type Offsets = Vec<[f32; 2]>;

fn inner(lattice: &Lattice, v: Vertex) -> bool {
    let line = 2 * lattice.cols + 3;
    let (j, k) = (v / line, v % line);
    j >= 2 && j + 2 <= lattice.rows && k >= 4 && k + 6 <= line
}

/// Offsets of all vertices, shaken only.
pub(crate) fn shaken(lattice: &Lattice) -> Offsets {
    (0..lattice.vertices())
        .into_par_iter()
        .map(|v| {
            let (x, y) = lattice.jitter(v);
            [x as f32, y as f32]
        })
        .collect()
}

/// Draws vertices along edges of positive `weight` towards the neighbours those edges lead to,
/// `rounds` times. Vertices with fewer than two such edges, or that are not `free`, stay.
fn draw(
    lattice: &Lattice,
    offsets: Offsets,
    rounds: usize,
    free: impl Fn(Vertex) -> bool + Sync,
    weight: impl Fn(Vertex, Way) -> f64 + Sync,
) -> Offsets {
    let limit = REACH * lattice.side;
    let mut offsets = offsets;
    for _ in 0..rounds {
        offsets = (0..lattice.vertices())
            .into_par_iter()
            .map(|v| {
                let own = offsets[v];
                if !inner(lattice, v) || !free(v) {
                    return own;
                }
                let (rx, ry) = lattice.regular(v);
                let (mut x, mut y, mut sum, mut count) = (0.0, 0.0, 0.0, 0);
                for way in WAYS {
                    let w = weight(v, way);
                    if w > 0.0 {
                        let to = lattice.step(v, way);
                        let (tx, ty) = lattice.regular(to);
                        x += w * (tx - rx + f64::from(offsets[to][0]));
                        y += w * (ty - ry + f64::from(offsets[to][1]));
                        sum += w;
                        count += 1;
                    }
                }
                if count < 2 {
                    return own;
                }
                let x = 0.45 * f64::from(own[0]) + 0.55 * x / sum;
                let y = 0.45 * f64::from(own[1]) + 0.55 * y / sum;
                let length = (x * x + y * y).sqrt();
                let scale = if length > limit { limit / length } else { 1.0 };
                [(x * scale) as f32, (y * scale) as f32]
            })
            .collect();
    }
    offsets
}

/// Places the vertices on boundaries of zones.
pub(crate) fn zones(lattice: &Lattice, marks: &[Mark], offsets: Offsets) -> Offsets {
    draw(
        lattice,
        offsets,
        3,
        |_| true,
        |v, way| {
            let (l, r) = lattice.sides(v, way);
            if marks[l].differs(marks[r]) { 1.0 } else { 0.0 }
        },
    )
}

/// Places the vertices that lie on boundaries of parcels only; those of zones stay.
pub(crate) fn parcels(lattice: &Lattice, marks: &[Mark], class: &[u8], parcel: &[u32], offsets: Offsets) -> Offsets {
    let on_zone = |v: Vertex| {
        WAYS.iter().any(|&way| {
            let (l, r) = lattice.sides(v, way);
            marks[l].differs(marks[r])
        })
    };
    draw(
        lattice,
        offsets,
        2,
        |v| !on_zone(v),
        |v, way| {
            let (l, r) = lattice.sides(v, way);
            if class[l] != class[r] {
                3.0
            } else if parcel[l] != parcel[r] {
                1.0
            } else {
                0.0
            }
        },
    )
}
