//! Rings on the grid, stored flat, and turned so that the ground lies on their left.

use crate::exact::{Bounds, P, crosses_ray_east, orientation};
use crate::grid::GridPoint;
use crate::overlay::{new_overlay, open, rings};
use crate::{Grid, Shape};
use geo_types::Coord;
use i_overlay::core::{fill_rule::FillRule, overlay::ShapeType, overlay_rule::OverlayRule};
use std::ops::Range;

/// A valid shape on the grid. Ring `r` holds the points `starts[r]..starts[r + 1]`, the first repeated
/// at the end; edge `e` runs from point `e` to point `e + 1`. Ground lies on the left of every edge.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contours {
    pub(crate) points: Vec<P>,
    pub(crate) starts: Vec<usize>,
    /// Where each point stood before it was snapped.
    pub(crate) originals: Vec<Coord<f64>>,
}

impl Contours {
    /// Reads a shape by the even-odd rule. Rings that touch or cross one another or themselves are
    /// resolved by an overlay first.
    pub(crate) fn of(shape: &Shape, grid: &Grid) -> Contours {
        let mut contours = Contours::snapped(shape, grid);
        if crate::simple::is_simple(&contours) {
            contours.turn();
            return contours;
        }
        let mut overlay = new_overlay(contours.points.len());
        contours.add_to(&mut overlay, ShapeType::Subject);
        let solved = overlay.overlay(OverlayRule::Subject, FillRule::EvenOdd);
        let vertices = || crate::overlay::vertices(shape, grid);
        let originals = crate::canonical::Originals::collect(vertices(), grid);
        let mut resolved = Contours { starts: vec![0], ..Contours::default() };
        for ring in solved.into_iter().flatten() {
            resolved.push_ring(
                ring.into_iter()
                    .map(|p| ([p.x as f64, p.y as f64], originals.find(p).unwrap_or_else(|| grid.to_metres(p)))),
            );
        }
        resolved
    }

    fn snapped(shape: &Shape, grid: &Grid) -> Contours {
        // A ring is counted with its closing point, which is stored too.
        let count = rings(shape).map(|ring| ring.0.len() + 1).sum();
        let mut contours =
            Contours { points: Vec::with_capacity(count), originals: Vec::with_capacity(count), starts: vec![0] };
        for ring in rings(shape) {
            contours.push_ring(open(ring).iter().map(|&c| {
                let p = grid.to_grid(c);
                ([p.x as f64, p.y as f64], c)
            }));
        }
        contours
    }

    /// Adds an open ring without its repetitions, if three points are left.
    pub(crate) fn push_ring(&mut self, ring: impl Iterator<Item = (P, Coord<f64>)>) {
        let start = self.points.len();
        for (p, original) in ring {
            if self.points.len() == start || self.points[self.points.len() - 1] != p {
                self.points.push(p);
                self.originals.push(original);
            }
        }
        while self.points.len() > start + 1 && self.points[self.points.len() - 1] == self.points[start] {
            self.points.pop();
            self.originals.pop();
        }
        if self.points.len() < start + 3 {
            self.points.truncate(start);
            self.originals.truncate(start);
            return;
        }
        self.points.push(self.points[start]);
        self.originals.push(self.originals[start]);
        self.starts.push(self.points.len());
    }

    /// Turns rings so that the ground, by the even-odd rule, lies on their left. Rings must be simple
    /// and apart from one another.
    fn turn(&mut self) {
        let rings: Vec<Range<usize>> = self.rings().collect();
        let boxes: Vec<Option<Bounds>> =
            rings.iter().map(|r| Bounds::of(self.points[r.clone()].iter().copied())).collect();
        let mut depths = vec![0_usize; rings.len()];
        for (j, (ring, bounds)) in rings.iter().zip(&boxes).enumerate() {
            // First points of the rings that this one may hold, by height: each edge looks only at
            // those at its height.
            let Some(bounds) = bounds else { continue };
            let mut held: Vec<(P, usize, bool)> = rings
                .iter()
                .enumerate()
                .filter(|&(i, _)| i != j)
                .map(|(i, r)| (self.points[r.start], i, false))
                .filter(|(p, ..)| bounds.touches(*p, *p))
                .collect();
            if held.is_empty() {
                continue;
            }
            held.sort_by(|a, b| a.0[1].total_cmp(&b.0[1]));
            for edge in self.points[ring.clone()].windows(2) {
                let (low, high) = (edge[0][1].min(edge[1][1]), edge[0][1].max(edge[1][1]));
                let from = held.partition_point(|h| h.0[1] < low);
                for (p, _, inside) in held[from..].iter_mut().take_while(|h| h.0[1] < high) {
                    *inside ^= crosses_ray_east(edge[0], edge[1], *p);
                }
            }
            held.iter().filter(|h| h.2).for_each(|h| depths[h.1] += 1);
        }
        for (ring, depth) in rings.iter().zip(depths) {
            let ccw = signed_area(&self.points[ring.clone()]) > 0.0;
            if ccw != (depth % 2 == 0) {
                self.points[ring.clone()].reverse();
                self.originals[ring.clone()].reverse();
            }
        }
    }

    /// The point ranges of the rings.
    pub(crate) fn rings(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.starts.windows(2).map(|s| s[0]..s[1])
    }

    /// The number of edges.
    pub(crate) fn edges(&self) -> usize {
        self.points.len() - self.starts.len().saturating_sub(1)
    }

    pub(crate) fn bounds(&self) -> Option<Bounds> {
        Bounds::of(self.points.iter().copied())
    }

    /// Planar area, m², of the places before they were snapped.
    pub(crate) fn planar_m2(&self) -> f64 {
        self.rings()
            .map(|ring| {
                let points = &self.originals[ring];
                let first = points[0];
                let parts = points.windows(2).map(|e| {
                    let (a, b) = (e[0] - first, e[1] - first);
                    a.x * b.y - b.x * a.y
                });
                parts.sum::<f64>() / 2.0
            })
            .sum()
    }

    pub(crate) fn add_to(&self, overlay: &mut i_overlay::core::overlay::Overlay<i64>, role: ShapeType) {
        for ring in self.rings() {
            overlay.add_path_iter(self.points[ring.start..ring.end - 1].iter().map(|&p| grid_point(p)), role);
        }
    }
}

/// Area of a closed ring in square steps. The sign is right for any simple ring: where rounding could
/// matter the turn at the ring's smallest vertex decides.
pub(crate) fn signed_area(ring: &[P]) -> f64 {
    let origin = ring[0];
    let (mut sum, mut size) = (0.0, 0.0);
    for e in ring.windows(2) {
        let part = crate::exact::cross(origin, e[0], e[1]);
        sum += part;
        size += part.abs();
    }
    if f64::abs(sum) > 1e-10 * size {
        return sum / 2.0;
    }
    let n = ring.len() - 1;
    let smallest =
        (0..n).min_by(|&a, &b| ring[a][0].total_cmp(&ring[b][0]).then(ring[a][1].total_cmp(&ring[b][1]))).unwrap_or(0);
    f64::from(orientation(ring[(smallest + n - 1) % n], ring[smallest], ring[smallest + 1]))
}

pub(crate) fn grid_point(p: P) -> GridPoint {
    GridPoint::new(p[0] as i64, p[1] as i64)
}
