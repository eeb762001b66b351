//! The common polygons of a footprint and a zone whose boundaries only cross: no vertex on the other's
//! boundary, no edge on an edge.
//!
//! With all crossings known from measuring, the common boundary is walked directly: along the
//! footprint from where it enters the zone to where it leaves it, there over to the zone's boundary,
//! which enters the footprint, and so on until the walk closes (Weiler & Atherton 1977). Whatever looks
//! doubtful (crossings that snap onto a vertex, an order that does not alternate, a result that
//! touches itself or has another area than measured) is left to the general overlay.

use super::measure::Work;
use super::prepared::Prepared;
use super::zone::{Near, Zone};
use crate::canonical::{OpenRings, shape_of_rings};
use crate::contours::{Contours, grid_point, signed_area};
use crate::exact::{P, crosses_ray_east, orientation};
use crate::{Grid, Shape, simple};
use geo_types::Coord;
use std::ops::Range;

/// A vertex of the result: on the grid, and as reported.
type Vertex = (P, Coord<f64>);

/// Walks; `None` leaves the pair to the overlay. `measured` is the area in square steps.
pub(crate) fn trace(
    footprint: &Prepared,
    zone: &Zone,
    near: &Near,
    work: &Work,
    measured: f64,
    grid: &Grid,
) -> Option<Shape> {
    let crossings = &work.crossings;
    let mut places = Vec::with_capacity(crossings.len());
    for c in crossings {
        let p = [c.at[0].round(), c.at[1].round()];
        let edge = &footprint.edges[c.edge as usize];
        let (a, b) = zone.edge(c.zone_edge);
        if [edge.a, edge.b, a, b].contains(&p) {
            return None;
        }
        places.push((p, grid.to_metres(grid_point(p))));
    }
    let own = Walk::new(&footprint.contours, crossings.len(), |i| (crossings[i].edge, crossings[i].along), true);
    let other =
        Walk::new(&zone.contours, crossings.len(), |i| (crossings[i].zone_edge, crossings[i].along_zone), false);

    let mut loops = Contours { starts: vec![0], ..Contours::default() };
    let mut walked = vec![false; crossings.len()];
    let mut vertices: Vec<Vertex> = Vec::new();
    for first in 0..crossings.len() {
        if walked[first] || !crossings[first].enters {
            continue;
        }
        vertices.clear();
        let mut at = first;
        loop {
            walked[at] = true;
            vertices.push(places[at]);
            at = own.next(at, &mut vertices);
            if crossings[at].enters || walked[at] {
                return None;
            }
            walked[at] = true;
            vertices.push(places[at]);
            at = other.next(at, &mut vertices);
            if !crossings[at].enters {
                return None;
            }
            if at == first {
                break;
            }
            if walked[at] {
                return None;
            }
        }
        push(&mut loops, &mut vertices);
    }
    if walked.contains(&false) {
        return None;
    }
    // Rings that cross nothing are in or out as a whole.
    for ring in own.untouched() {
        if near.is_ground(zone, footprint.contours.points[ring.start]) {
            own.whole(ring, &mut vertices);
            push(&mut loops, &mut vertices);
        }
    }
    for ring in other.untouched() {
        let range = ring.start as u32..(ring.end - 1) as u32;
        let from = near.edges.partition_point(|&e| e < range.start);
        let count = near.edges[from..].partition_point(|&e| e < range.end);
        if count == range.len() && footprint.holds(zone.contours.points[ring.start]) {
            other.whole(ring, &mut vertices);
            push(&mut loops, &mut vertices);
        }
    }
    assemble(&loops, measured, grid)
}

/// One boundary with the crossings along it in order.
struct Walk<'a> {
    contours: &'a Contours,
    /// Crossing numbers by ring and place along it, and where each stands in that order.
    order: Vec<usize>,
    position: Vec<usize>,
    /// Of each crossing: the number of the point its edge starts from, and of its ring.
    point: Vec<usize>,
    ring: Vec<usize>,
}

impl<'a> Walk<'a> {
    /// `place` tells a crossing's edge and where along it; edges are counted without (`gapless`) or with
    /// the gap between rings.
    fn new(contours: &'a Contours, count: usize, place: impl Fn(usize) -> (u32, f64), gapless: bool) -> Walk<'a> {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_unstable_by(|&i, &j| {
            let (p, q) = (place(i), place(j));
            p.0.cmp(&q.0).then(p.1.total_cmp(&q.1))
        });
        let (mut position, mut point, mut ring) = (vec![0; count], vec![0; count], vec![0; count]);
        let mut r = 0;
        for (at, &i) in order.iter().enumerate() {
            position[i] = at;
            let edge = place(i).0 as usize;
            while contours.starts[r + 1] - 1 <= edge + if gapless { r } else { 0 } {
                r += 1;
            }
            point[i] = edge + if gapless { r } else { 0 };
            ring[i] = r;
        }
        Walk { contours, order, position, point, ring }
    }

    /// The crossing after `at` along the ring; the vertices passed on the way are added.
    fn next(&self, at: usize, vertices: &mut Vec<Vertex>) -> usize {
        let ring = self.ring[at];
        let (start, end) = (self.contours.starts[ring], self.contours.starts[ring + 1] - 1);
        let mut add = |points: Range<usize>| {
            vertices.extend(points.map(|p| (self.contours.points[p], self.contours.originals[p])));
        };
        match self.order.get(self.position[at] + 1) {
            Some(&next) if self.ring[next] == ring => {
                add(self.point[at] + 1..self.point[next] + 1);
                next
            }
            _ => {
                let first = self.order.partition_point(|&i| self.ring[i] < ring);
                let next = self.order[first];
                add(self.point[at] + 1..end);
                add(start..self.point[next] + 1);
                next
            }
        }
    }

    /// The point ranges of the rings without a crossing.
    fn untouched(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let touched = |r: usize| {
            let first = self.order.partition_point(|&i| self.ring[i] < r);
            self.order.get(first).is_some_and(|&i| self.ring[i] == r)
        };
        self.contours.rings().enumerate().filter(move |&(r, _)| !touched(r)).map(|(_, ring)| ring)
    }

    fn whole(&self, ring: Range<usize>, vertices: &mut Vec<Vertex>) {
        vertices.clear();
        vertices.extend((ring.start..ring.end - 1).map(|p| (self.contours.points[p], self.contours.originals[p])));
    }
}

/// Adds a ring without its collinear vertices.
fn push(loops: &mut Contours, vertices: &mut Vec<Vertex>) {
    vertices.dedup_by(|b, a| a.0 == b.0);
    let straight = |a: &Vertex, b: &Vertex, c: &Vertex| orientation(a.0, b.0, c.0) == 0;
    let mut kept: Vec<Vertex> = Vec::with_capacity(vertices.len());
    for &v in vertices.iter() {
        while kept.len() >= 2 && straight(&kept[kept.len() - 2], &kept[kept.len() - 1], &v) {
            kept.pop();
        }
        kept.push(v);
    }
    while kept.len() >= 3 && straight(&kept[kept.len() - 2], &kept[kept.len() - 1], &kept[0]) {
        kept.pop();
    }
    while kept.len() >= 3 && straight(&kept[kept.len() - 1], &kept[0], &kept[1]) {
        kept.remove(0);
    }
    loops.push_ring(kept.into_iter());
}

/// Holes into the shells around them, after a last look at the result.
fn assemble(loops: &Contours, measured: f64, grid: &Grid) -> Option<Shape> {
    if !simple::is_simple(loops) {
        return None;
    }
    let rings: Vec<(Range<usize>, f64)> = loops.rings().map(|r| (r.clone(), signed_area(&loops.points[r]))).collect();
    let area: f64 = rings.iter().map(|r| r.1).sum();
    // A crossing snapped by half a step changes the area by that times the edges beside it.
    let step_m2 = grid.step() * grid.step();
    if ((area - measured) * step_m2).abs() > 1e-4 + 1e-9 * measured * step_m2 {
        return None;
    }
    let open = |r: &Range<usize>| loops.originals[r.start..r.end - 1].to_vec();
    let shells: Vec<&(Range<usize>, f64)> = rings.iter().filter(|r| r.1 > 0.0).collect();
    let mut polygons: Vec<OpenRings> = shells.iter().map(|(r, _)| (open(r), Vec::new())).collect();
    for (hole, _) in rings.iter().filter(|r| r.1 <= 0.0) {
        let p = loops.points[hole.start];
        let around = |shell: &Range<usize>| {
            loops.points[shell.clone()].windows(2).filter(|e| crosses_ray_east(e[0], e[1], p)).count() % 2 == 1
        };
        let (owner, _) =
            shells.iter().enumerate().filter(|(_, (shell, _))| around(shell)).min_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
        polygons[owner].1.push(open(hole));
    }
    Some(shape_of_rings(polygons))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::index::measure::{Common, measure};
    use crate::overlay;
    use geo_types::{Polygon, wkt};

    fn traced(footprint: &Shape, zone: &Shape) -> Option<Shape> {
        let grid = Grid::around(0.0, 0.0);
        let footprint = Prepared::of(footprint, &grid)?;
        let zone = Zone::build(zone, &grid, 1000);
        let mut near = Near::default();
        near.collect(&zone, &[], &footprint.bounds, footprint.contours.points[0], None);
        let mut work = Work::default();
        match measure(&footprint, &zone, &near, &mut work) {
            Common::Area(area) | Common::Parts(area) if !work.tied => {
                trace(&footprint, &zone, &near, &work, area, &grid)
            }
            _ => None,
        }
    }

    fn shape(polygon: Polygon<f64>) -> Shape {
        Shape::new(vec![polygon])
    }

    #[test]
    fn a_walk_gives_the_overlays_polygons_with_holes_and_islands() {
        let plot = shape(wkt! { POLYGON((0. 1.,90. 0.,91. 80.,1. 82.,0. 1.),(10. 10.,10. 20.,20. 21.,10. 10.)) });
        // A comb through the plot, a hole inside it, a hole across its edge, and an island in a hole.
        let zone = Shape::new(vec![
            wkt! { POLYGON((-10. 5.,100. 6.,100. 70.,50. 71.,49. 100.,30. 100.,29. 40.,-10. 41.,-10. 5.),
            (40. 20.,40. 35.,70. 36.,71. 21.,40. 20.),(80. 50.,81. 60.,97. 61.,96. 51.,80. 50.)) },
            wkt! { POLYGON((50. 25.,60. 25.,60. 30.,50. 31.,50. 25.)) },
        ]);
        let walked = traced(&plot, &zone).expect("nothing touches: the walk must do");
        assert_eq!(walked, overlay::intersection(&plot, &zone, &Grid::around(0.0, 0.0)));
        assert!(walked.iter().any(|p| !p.interiors().is_empty()) && walked.0.len() > 1);
    }

    #[test]
    fn shapes_that_touch_are_left_to_the_overlay() {
        let plot = shape(wkt! { POLYGON((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)) });
        let zone = shape(wkt! { POLYGON((5. 0.,15. 0.,15. 5.,5. 5.,5. 0.)) });
        assert!(traced(&plot, &zone).is_none());
    }
}
