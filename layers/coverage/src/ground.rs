//! Ground as directed edges, inside on the left, cleaned of what overlays leave along old boundaries.
//!
//! Where a boundary was cut, the cut's vertex is rounded to the grid and lies a few nanometres off it: the
//! difference of the two zones has spikes as thin as that along the old edge. Edges are led through every
//! vertex that near them; there and back along the same edge is then nothing.

use crate::Point;
use crate::exact::bits;
use crate::noding::{distance, foot_of};
use crate::outline::{rings, twice_area};
use redline_geometry::Shape;
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};
use std::collections::HashMap;

/// How near an edge a vertex counts as on it, metres: more than the grid's rounding, less than anyone draws.
const ON_M: f64 = 1e-6;

/// A directed edge.
pub(crate) type Step = (Point, Point);

/// A directed edge by its bits.
type Way = ((u64, u64), (u64, u64));

/// The edges of a shape.
pub(crate) fn steps(shape: &Shape) -> Vec<Step> {
    let mut kept: RTree<GeomWithData<[f64; 2], usize>> = RTree::new();
    let mut points: Vec<Point> = Vec::new();
    // vertices that near each other are one
    let mut one = |p: Point| -> usize {
        let near = kept.nearest_neighbor([p.x, p.y]).filter(|q| distance(points[q.data], p) <= ON_M);
        if let Some(q) = near {
            return q.data;
        }
        points.push(p);
        kept.insert(GeomWithData::new([p.x, p.y], points.len() - 1));
        points.len() - 1
    };
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (ring, hole) in rings(shape) {
        let mut way: Vec<usize> = ring.iter().map(|p| one(*p)).collect();
        if (twice_area(ring) > 0.0) == hole {
            way.reverse();
        }
        let n = way.len();
        edges.extend((0..n).map(|i| (way[i], way[(i + 1) % n])).filter(|(a, b)| a != b));
    }
    let mut all = Vec::with_capacity(edges.len());
    for (a, b) in edges {
        let (p, q) = (points[a], points[b]);
        let around =
            AABB::from_corners([p.x.min(q.x) - ON_M, p.y.min(q.y) - ON_M], [p.x.max(q.x) + ON_M, p.y.max(q.y) + ON_M]);
        let mut on: Vec<usize> = kept
            .locate_in_envelope_intersecting(around)
            .map(|v| v.data)
            .filter(|&v| v != a && v != b && distance(points[v], foot_of(p, q, points[v])) <= ON_M)
            .collect();
        on.sort_by(|&v, &w| distance(p, points[v]).total_cmp(&distance(p, points[w])));
        let way: Vec<Point> = [a].into_iter().chain(on).chain([b]).map(|v| points[v]).collect();
        all.extend(way.windows(2).map(|s| (s[0], s[1])));
    }
    without_returns(all)
}

/// Leaves out what goes there and back along the same edge.
pub(crate) fn without_returns(steps: Vec<Step>) -> Vec<Step> {
    let mut left: HashMap<Way, i32> = HashMap::new();
    for (a, b) in &steps {
        *left.entry((bits(*a), bits(*b))).or_default() += 1;
        *left.entry((bits(*b), bits(*a))).or_default() -= 1;
    }
    steps
        .into_iter()
        .filter(|(a, b)| {
            let more = left.entry((bits(*a), bits(*b))).or_default();
            *more -= 1;
            *more >= 0
        })
        .collect()
}
