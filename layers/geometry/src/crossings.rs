//! Where rings cross themselves or one another.
//!
//! Edges are held in an R-tree: finding what meets, and what lies in what, takes n log n for rings as
//! they come. Only long edges lying close side by side (a hatching) are compared pair by pair.

use crate::grid::GridPoint;
use crate::rings::{Ring, defect, own_area};
use crate::{Defect, DefectKind, Grid};
use geo_types::Coord;
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};
use std::collections::BTreeSet;

/// At most this many crossings of one plot are listed one by one; a plot with more is beyond reading.
const LISTED: usize = 1000;

type Edge = GeomWithData<Rectangle<[i64; 2]>, (usize, usize)>;

/// What the rings do to one another.
pub(crate) struct Found {
    /// Whether anything crosses properly.
    crosses: bool,
    /// Pairs of different rings (by place, smaller first) whose boundaries cross properly.
    crossing: BTreeSet<(usize, usize)>,
    /// The first place where boundaries meet without crossing properly: ring, point number, place.
    touching: Option<(usize, usize, Coord<f64>)>,
    /// Every edge, by ring and place in it.
    edges: RTree<Edge>,
}

/// Lists every proper crossing as a defect (the place is the crossing, the point is where the crossing
/// edge starts).
pub(crate) fn find(rings: &[Ring], grid: &Grid, defects: &mut Vec<Defect>) -> Found {
    let mut edges: Vec<Edge> = Vec::with_capacity(rings.iter().map(|r| r.points.len()).sum());
    for (r, ring) in rings.iter().enumerate() {
        for i in 0..ring.points.len() {
            let (a, b) = ends(ring, i);
            let corners = Rectangle::from_corners([a.x.min(b.x), a.y.min(b.y)], [a.x.max(b.x), a.y.max(b.y)]);
            edges.push(GeomWithData::new(corners, (r, i)));
        }
    }
    let tree = RTree::bulk_load(edges);
    // The first crossings in order; of the others only what rings they join.
    let mut crossed: Vec<((usize, usize), (usize, usize))> = Vec::new();
    let mut crossing: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut here: Vec<(usize, usize)> = Vec::new();
    let mut touched: Option<((usize, usize), (usize, usize))> = None;
    for (r, ring) in rings.iter().enumerate() {
        for i in 0..ring.points.len() {
            let (a, b) = ends(ring, i);
            let envelope = AABB::from_corners([a.x.min(b.x), a.y.min(b.y)], [a.x.max(b.x), a.y.max(b.y)]);
            for other in tree.locate_in_envelope_intersecting(envelope) {
                if other.data <= (r, i) {
                    continue;
                }
                let (s, j) = other.data;
                let (c, d) = ends(&rings[s], j);
                match meet(a, b, c, d) {
                    Meeting::Cross => here.push((s, j)),
                    Meeting::Touch if s != r || !neighbours(i, j, ring.points.len()) => {
                        let place = ((s, j), (r, i));
                        if touched.is_none_or(|first| place < first) {
                            touched = Some(place);
                        }
                    }
                    _ => {}
                }
            }
            crossing.extend(here.iter().map(|&(s, _)| (r, s)).filter(|(r, s)| r != s));
            here.sort_unstable();
            crossed.extend(here.drain(..).take(LISTED - crossed.len()).map(|other| ((r, i), other)));
        }
    }
    for &((r, i), (s, j)) in &crossed {
        let (a, b) = ends(&rings[r], i);
        let (c, d) = ends(&rings[s], j);
        let at = grid.to_metres(a) + offset(a, b, c, d, grid.step());
        let (kind, ring, point) = if r == s {
            (DefectKind::SelfCrossing, &rings[r], rings[r].points[i].2)
        } else {
            (DefectKind::OverlappingRings, &rings[s], rings[s].points[j].2)
        };
        defects.push(defect(kind, ring.number, point, Some(at), None));
    }
    Found {
        crosses: !crossed.is_empty(),
        crossing,
        touching: touched.map(|((s, j), _)| (s, rings[s].points[j].2, rings[s].points[j].1)),
        edges: tree,
    }
}

impl Found {
    /// Compares the area built with the area the rings claim; an overlap that shows only there (rings
    /// crossing in a vertex or along an edge) is listed at the first place where boundaries meet.
    /// Returns the area changed, m².
    pub(crate) fn settle(&self, rings: &[Ring], built_m2: f64, defects: &mut Vec<Defect>) -> f64 {
        if !self.crosses && self.touching.is_none() {
            return 0.0;
        }
        let mut changed = (built_m2 - self.claimed_m2(rings)).abs();
        if changed <= 1e-6 + 1e-12 * built_m2 {
            changed = 0.0;
        }
        let listed =
            defects.iter_mut().find(|d| matches!(d.kind, DefectKind::SelfCrossing | DefectKind::OverlappingRings));
        match (listed, self.touching) {
            (Some(first), _) => first.area_changed_m2 = Some(changed),
            (None, Some((ring, point, at))) if changed > 0.0 => {
                let kind = if rings.len() == 1 { DefectKind::SelfCrossing } else { DefectKind::OverlappingRings };
                defects.push(defect(kind, rings[ring].number, point, Some(at), Some(changed)));
            }
            _ => {}
        }
        changed
    }

    /// The area rings claim: each ring's own area, positive at even depth, negative at odd. Rings that
    /// cross are side by side, not one in the other.
    fn claimed_m2(&self, rings: &[Ring]) -> f64 {
        let mut total = 0.0;
        for (r, ring) in rings.iter().enumerate() {
            let around = self.around(rings, r);
            let depth = around.iter().filter(|&&s| !self.crossing.contains(&(r.min(s), r.max(s)))).count();
            let area = own_area(ring);
            total += if depth % 2 == 0 { area } else { -area };
        }
        total
    }

    /// The rings that ring `r` lies in, of those it does not cross (of others the answer means nothing):
    /// counted along a ray east from its first vertex, past the edges that the ray meets.
    fn around(&self, rings: &[Ring], r: usize) -> Vec<usize> {
        let p = rings[r].points[0].0;
        let ray = AABB::from_corners([p.x, p.y], [i64::MAX, p.y]);
        let mut met: Vec<(usize, usize)> =
            self.edges.locate_in_envelope_intersecting(ray).map(|e| e.data).filter(|&(s, _)| s != r).collect();
        met.sort_unstable();
        let inside = |edges: &[(usize, usize)]| {
            let other = &rings[edges[0].0];
            // A vertex on the other's boundary tells nothing: the ring's next one must.
            holds(other, edges.iter().map(|e| e.1), p)
                .or_else(|| rings[r].points.iter().find_map(|q| holds(other, 0..other.points.len(), q.0)))
        };
        met.chunk_by(|a, b| a.0 == b.0).filter(|e| inside(e) == Some(true)).map(|e| e[0].0).collect()
    }
}

/// Whether a point lies inside a ring by the crossing count over those of its edges that a ray east of
/// the point meets, exactly; `None` on the boundary.
fn holds(ring: &Ring, edges: impl Iterator<Item = usize>, p: GridPoint) -> Option<bool> {
    let mut inside = false;
    for i in edges {
        let (a, b) = ends(ring, i);
        if p.y < a.y.min(b.y) || p.y > a.y.max(b.y) || p.x > a.x.max(b.x) {
            continue;
        }
        let side = orientation(a, b, p);
        if side == 0 && p.x >= a.x.min(b.x) {
            return None;
        }
        if (a.y > p.y) != (b.y > p.y) {
            inside ^= (side > 0) == (b.y > a.y);
        }
    }
    Some(inside)
}

enum Meeting {
    Apart,
    Cross,
    Touch,
}

fn meet(a: GridPoint, b: GridPoint, c: GridPoint, d: GridPoint) -> Meeting {
    let (o1, o2) = (orientation(a, b, c), orientation(a, b, d));
    let (o3, o4) = (orientation(c, d, a), orientation(c, d, b));
    if o1 * o2 > 0 || o3 * o4 > 0 {
        Meeting::Apart
    } else if o1 * o2 < 0 && o3 * o4 < 0 {
        Meeting::Cross
    } else {
        Meeting::Touch
    }
}

fn neighbours(i: usize, j: usize, n: usize) -> bool {
    i + 1 == j || (i == 0 && j + 1 == n)
}

fn ends(ring: &Ring, i: usize) -> (GridPoint, GridPoint) {
    (ring.points[i].0, ring.points[(i + 1) % ring.points.len()].0)
}

/// Sign of the area of a, b, c: 1 counter-clockwise. Exact.
fn orientation(a: GridPoint, b: GridPoint, c: GridPoint) -> i32 {
    let (bx, by) = ((b.x - a.x) as i128, (b.y - a.y) as i128);
    let (cx, cy) = ((c.x - a.x) as i128, (c.y - a.y) as i128);
    (bx * cy - by * cx).signum() as i32
}

/// From `a` to the crossing of two segments that cross properly, metres.
fn offset(a: GridPoint, b: GridPoint, c: GridPoint, d: GridPoint, step: f64) -> Coord<f64> {
    let (rx, ry) = ((b.x - a.x) as f64, (b.y - a.y) as f64);
    let (sx, sy) = ((d.x - c.x) as f64, (d.y - c.y) as f64);
    let (qx, qy) = ((c.x - a.x) as f64, (c.y - a.y) as f64);
    let t = (qx * sy - qy * sx) / (rx * sy - ry * sx);
    Coord { x: rx * t * step, y: ry * t * step }
}

#[cfg(test)]
mod tests {
    use crate::{Grid, planar_m2, rings};
    use geo_types::{Coord, coord};

    fn square(x: f64, y: f64, side: f64) -> Vec<Coord<f64>> {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
            .map(|(dx, dy)| coord! { x: x + dx, y: y + dy })
            .to_vec()
    }

    #[test]
    fn what_rings_claim_counts_each_ring_at_its_own_depth() {
        // A hole whose first vertex lies on the shell, an island in it, a shell beside them all that
        // crosses another: only the last two claim what they do not have.
        let all = [
            square(0.0, 0.0, 100.0),
            square(0.0, 20.0, 40.0),
            square(10.0, 30.0, 20.0),
            square(200.0, 0.0, 50.0),
            square(240.0, 10.0, 50.0),
        ];
        let built = rings::build(&all, &Grid::around(0.0, 0.0));
        assert_eq!(planar_m2(&built.shape), 10_000.0 - 1_600.0 + 400.0 + 2_500.0 + 2_500.0 - 800.0);
        assert_eq!(built.area_changed_m2, 800.0);
    }
}
