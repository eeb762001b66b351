//! Zones as one coverage: neighbours share their boundary vertex by vertex.
//!
//! Where one neighbour has a vertex on the other's edge (a T-junction), the two boundaries are the
//! same line on paper but round to different lines on a grid, and overlays find slivers. Inserting
//! the vertex into the edge makes them identical.

use crate::Shape;
use geo_types::{Coord, LineString};
use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData};

/// The usual tolerance, 1 mm: the resolution survey coordinates are exchanged at.
pub const TOLERANCE_M: f64 = 1e-3;

/// One vertex that was inserted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noded {
    /// The zone whose edge got the vertex: its place in the list.
    pub zone: usize,
    /// The ring within the zone, from 1: polygon by polygon, shell before holes.
    pub ring: usize,
    /// The inserted vertex.
    pub at: Coord<f64>,
    /// How far the edge moved, metres.
    pub moved_m: f64,
    /// Planar area (m²) the zone gained or lost by it, unsigned.
    pub area_changed_m2: f64,
}

/// Inserts every neighbour's vertex that lies on an edge (nearer than `tolerance_m`, and farther than
/// that from the edge's ends) into that edge, and lists each insertion in order of zone, ring and
/// place along the ring. Usual tolerance: [`TOLERANCE_M`].
pub fn node_t_junctions(zones: &mut [Shape], tolerance_m: f64) -> Vec<Noded> {
    let mut vertices: Vec<GeomWithData<[f64; 2], usize>> = Vec::new();
    for (zone, shape) in zones.iter().enumerate() {
        for ring in crate::overlay::rings(shape) {
            vertices.extend(
                crate::overlay::open(ring)
                    .iter()
                    .filter(|c| c.x.is_finite() && c.y.is_finite())
                    .map(|c| GeomWithData::new([c.x, c.y], zone)),
            );
        }
    }
    let tree = RTree::bulk_load(vertices);
    // Zones do not see one another's insertions, so they can be done side by side; the list keeps their
    // order.
    let noded: Vec<Vec<Noded>> = zones
        .par_iter_mut()
        .enumerate()
        .map(|(zone, shape)| {
            let mut noded = Vec::new();
            let mut number = 0;
            for polygon in shape.iter_mut() {
                polygon.exterior_mut(|ring| {
                    number += 1;
                    node_ring(ring, zone, number, &tree, tolerance_m, &mut noded);
                });
                polygon.interiors_mut(|holes| {
                    for ring in holes {
                        number += 1;
                        node_ring(ring, zone, number, &tree, tolerance_m, &mut noded);
                    }
                });
            }
            noded
        })
        .collect();
    noded.into_iter().flatten().collect()
}

fn node_ring(
    ring: &mut LineString<f64>,
    zone: usize,
    number: usize,
    tree: &RTree<GeomWithData<[f64; 2], usize>>,
    tolerance: f64,
    noded: &mut Vec<Noded>,
) {
    let mut out: Vec<Coord<f64>> = Vec::with_capacity(ring.0.len());
    let mut on_edge: Vec<(f64, Coord<f64>)> = Vec::new();
    for edge in ring.0.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        out.push(a);
        let d = b - a;
        let length = d.x.hypot(d.y);
        if length <= tolerance || !length.is_finite() {
            continue;
        }
        let envelope = AABB::from_corners(
            [a.x.min(b.x) - tolerance, a.y.min(b.y) - tolerance],
            [a.x.max(b.x) + tolerance, a.y.max(b.y) + tolerance],
        );
        on_edge.clear();
        let mut own: Vec<Coord<f64>> = Vec::new();
        for vertex in tree.locate_in_envelope(envelope) {
            let [x, y] = *vertex.geom();
            let at = Coord { x, y };
            let from = at - a;
            let along = (from.x * d.x + from.y * d.y) / length;
            let aside = (from.x * d.y - from.y * d.x).abs() / length;
            let near_end = from.x.hypot(from.y).min((at.x - b.x).hypot(at.y - b.y)) <= tolerance;
            if aside > tolerance || near_end || along <= 0.0 || along >= length {
                continue;
            }
            if vertex.data == zone { own.push(at) } else { on_edge.push((along, at)) }
        }
        // A vertex that the zone has already, elsewhere, would make it touch itself.
        on_edge.retain(|(_, at)| !own.contains(at));
        on_edge.sort_by(|p, q| p.0.total_cmp(&q.0).then(crate::canonical::compare(p.1, q.1)));
        on_edge.dedup_by(|q, p| q.1 == p.1);
        let mut last = a;
        for &(_, at) in &on_edge {
            let (p, q) = (at - last, b - last);
            let twice = p.x * q.y - p.y * q.x;
            let from = at - a;
            noded.push(Noded {
                zone,
                ring: number,
                at,
                moved_m: (from.x * d.y - from.y * d.x).abs() / length,
                area_changed_m2: twice.abs() / 2.0,
            });
            out.push(at);
            last = at;
        }
    }
    if out.len() + 1 > ring.0.len() {
        if let Some(&last) = ring.0.last() {
            out.push(last);
        }
        ring.0 = out;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::{Grid, overlay, planar_m2};
    use geo_types::wkt;

    #[test]
    fn a_neighbours_vertex_on_an_edge_is_inserted_and_the_sliver_is_gone() {
        let big = wkt! { POLYGON((38400000. 2500000.,38400100. 2500000.,38400100.0007 2500100.,38400000. 2500100.,38400000. 2500000.)) };
        let small = wkt! { POLYGON((38400100. 2500000.,38400200. 2500000.,38400200. 2500033.3,38400100. 2500033.3,38400100. 2500000.)) };
        let mut zones = vec![Shape::new(vec![big]), Shape::new(vec![small])];
        let grid = Grid::around(38_400_000.0, 2_500_000.0);
        assert!(planar_m2(&overlay::intersection(&zones[0], &zones[1], &grid)) > 1e-3);
        let noded = node_t_junctions(&mut zones, TOLERANCE_M);
        assert_eq!(noded.len(), 1);
        assert_eq!((noded[0].zone, noded[0].ring), (0, 1));
        assert_eq!(noded[0].at, Coord { x: 38_400_100.0, y: 2_500_033.3 });
        assert!((noded[0].moved_m - 0.0007 * 0.333).abs() < 1e-6);
        assert!(noded[0].area_changed_m2 > 0.0);
        assert_eq!(zones[0].0[0].exterior().0.len(), 6);
        assert!(overlay::intersection(&zones[0], &zones[1], &grid).0.is_empty());
        assert!(node_t_junctions(&mut zones, TOLERANCE_M).is_empty());
    }
}
