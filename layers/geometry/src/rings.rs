//! Shapes from rings as files hold them: any number, any order, any direction, with every mistake
//! people make, rebuilt by containment.
//!
//! A ring number in a file does not say "shell" or "hole"; what lies inside an odd number of rings is
//! ground, what lies inside an even number is not (the even-odd rule). Whatever had to be repaired is
//! returned as a [`Defect`] that names ring and point.

use crate::area::ring_planar_m2;
use crate::canonical::{Originals, shape_of};
use crate::crossings;
use crate::grid::GridPoint;
use crate::overlay::new_overlay;
use crate::{Defect, DefectKind, Grid, Shape, planar_m2};
use geo_types::{Coord, LineString};
use i_overlay::core::{fill_rule::FillRule, overlay::ShapeType, overlay_rule::OverlayRule};
use std::collections::BTreeMap;

/// A shape built from rings, and what was wrong with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// The valid shape, canonical; empty when no ring was usable.
    pub shape: Shape,
    /// What was repaired or left out, by ring and point.
    pub defects: Vec<Defect>,
    /// Planar area (m²) by which the shape differs from the sum its rings claim (each ring's own
    /// shoelace area, added at even depth and taken off at odd depth), unsigned. Zero without
    /// crossings and overlaps.
    pub area_changed_m2: f64,
}

/// One usable ring: open, without repetitions, with the source's numbering.
pub(crate) struct Ring {
    /// From 1.
    pub(crate) number: usize,
    /// Grid image, place, and point number (from 1) of every vertex.
    pub(crate) points: Vec<(GridPoint, Coord<f64>, usize)>,
}

/// Builds a shape from rings, open or closed, in the order of the source.
///
/// Points that are not finite are left out; consecutive points on the same grid place become one;
/// spikes of no width are cut; rings with fewer than three distinct points and rings that repeat an
/// earlier one are left out; all others are combined by the even-odd rule, which also resolves rings
/// that cross themselves or one another. [`DefectKind::UnclosedRing`] is reported whenever first and
/// last point differ: formats whose rings are open by custom drop that defect.
///
/// ```
/// use redline_geometry::{rings, planar_m2, DefectKind, Grid};
/// use geo_types::coord;
/// let bow_tie = vec![coord!{x: 0., y: 0.}, coord!{x: 10., y: 10.}, coord!{x: 10., y: 0.},
///     coord!{x: 0., y: 10.}, coord!{x: 0., y: 0.}];
/// let built = rings::build(&[bow_tie], &Grid::around(0.0, 0.0));
/// assert_eq!(planar_m2(&built.shape), 50.0);
/// assert_eq!(built.defects[0].kind, DefectKind::SelfCrossing);
/// assert_eq!(built.defects[0].at, Some(coord!{x: 5., y: 5.}));
/// ```
pub fn build(rings: &[Vec<Coord<f64>>], grid: &Grid) -> Built {
    let mut defects = Vec::new();
    let mut usable: Vec<Ring> = Vec::new();
    let mut seen: BTreeMap<Vec<(i64, i64)>, usize> = BTreeMap::new();
    for (index, points) in rings.iter().enumerate() {
        let Some(ring) = clean(index + 1, points, grid, &mut defects) else { continue };
        if seen.insert(signature(&ring), ring.number).is_some() {
            let (_, at, point) = ring.points[0];
            let area = own_area(&ring);
            defects.push(defect(DefectKind::DuplicateRing, ring.number, point, Some(at), Some(area)));
            continue;
        }
        usable.push(ring);
    }
    let found = crossings::find(&usable, grid, &mut defects);
    let mut overlay = new_overlay(usable.iter().map(|r| r.points.len()).sum());
    for ring in &usable {
        overlay.add_path_iter(ring.points.iter().map(|p| p.0), ShapeType::Subject);
    }
    let result = overlay.overlay(OverlayRule::Subject, FillRule::EvenOdd);
    let originals = Originals::collect(usable.iter().flat_map(|r| r.points.iter().map(|p| (p.0, p.1))), grid);
    let shape = shape_of(result, grid, &originals);
    let area_changed_m2 = found.settle(&usable, planar_m2(&shape), &mut defects);
    defects.sort_by_key(|d| (d.ring, d.point, d.kind));
    Built { shape, defects, area_changed_m2 }
}

pub(crate) fn defect(
    kind: DefectKind,
    ring: usize,
    point: usize,
    at: Option<Coord<f64>>,
    area_changed_m2: Option<f64>,
) -> Defect {
    Defect { kind, ring: Some(ring), point: Some(point), at, area_changed_m2 }
}

/// One ring without unusable points, repetitions and spikes; `None` when too little is left.
fn clean(number: usize, source: &[Coord<f64>], grid: &Grid, defects: &mut Vec<Defect>) -> Option<Ring> {
    let mut points: Vec<(GridPoint, Coord<f64>, usize)> = Vec::with_capacity(source.len());
    for (i, &at) in source.iter().enumerate() {
        if at.x.is_finite() && at.y.is_finite() {
            points.push((grid.to_grid(at), at, i + 1));
        } else {
            defects.push(defect(DefectKind::NotFinite, number, i + 1, None, None));
        }
    }
    let closed = points.len() > 1 && points.first().map(|p| p.0) == points.last().map(|p| p.0);
    if closed {
        points.pop();
    }
    let last = points.last().map(|p| (p.1, p.2));
    points.dedup_by(|b, a| {
        let same = a.0 == b.0;
        if same {
            defects.push(defect(DefectKind::DuplicatePoint, number, b.2, Some(b.1), Some(0.0)));
        }
        same
    });
    while points.len() > 1 && points.first().map(|p| p.0) == points.last().map(|p| p.0) {
        if let Some((_, at, point)) = points.pop() {
            defects.push(defect(DefectKind::DuplicatePoint, number, point, Some(at), Some(0.0)));
        }
    }
    let distinct = {
        let mut all: Vec<(i64, i64)> = points.iter().map(|p| (p.0.x, p.0.y)).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    if distinct < 3 {
        let at = points.first().map(|p| p.1);
        defects.push(Defect {
            kind: DefectKind::TooFewPoints,
            ring: Some(number),
            point: points.first().map(|p| p.2),
            at,
            area_changed_m2: Some(0.0),
        });
        return None;
    }
    if !closed && let Some((at, point)) = last {
        defects.push(defect(DefectKind::UnclosedRing, number, point, Some(at), Some(0.0)));
    }
    let points = without_spikes(number, points, defects);
    if points.len() < 3 {
        // All of it was spikes: it goes there and back without enclosing anything.
        defects.push(Defect {
            kind: DefectKind::TooFewPoints,
            ring: Some(number),
            point: points.first().map(|p| p.2),
            at: points.first().map(|p| p.1),
            area_changed_m2: Some(0.0),
        });
        return None;
    }
    Some(Ring { number, points })
}

/// Cuts every vertex at which the ring turns straight back, and what repetition that leaves.
fn without_spikes(
    number: usize,
    points: Vec<(GridPoint, Coord<f64>, usize)>,
    defects: &mut Vec<Defect>,
) -> Vec<(GridPoint, Coord<f64>, usize)> {
    let mut kept: Vec<(GridPoint, Coord<f64>, usize)> = Vec::with_capacity(points.len());
    let spike = |p: &(GridPoint, Coord<f64>, usize), defects: &mut Vec<Defect>| {
        defects.push(defect(DefectKind::Spike, number, p.2, Some(p.1), Some(0.0)));
    };
    for point in points {
        loop {
            let n = kept.len();
            if n >= 1 && kept[n - 1].0 == point.0 {
                kept.pop();
            } else if n >= 2 && turns_back(kept[n - 2].0, kept[n - 1].0, point.0) {
                spike(&kept[n - 1], defects);
                kept.pop();
            } else {
                break;
            }
        }
        kept.push(point);
    }
    // The seam, both ends.
    loop {
        let n = kept.len();
        if n < 3 {
            return kept;
        }
        if kept[0].0 == kept[n - 1].0 {
            kept.pop();
        } else if turns_back(kept[n - 2].0, kept[n - 1].0, kept[0].0) {
            spike(&kept[n - 1], defects);
            kept.pop();
        } else if turns_back(kept[n - 1].0, kept[0].0, kept[1].0) {
            spike(&kept[0], defects);
            kept.remove(0);
        } else {
            return kept;
        }
    }
}

/// Whether a→b→c is collinear on the grid and reverses at b.
fn turns_back(a: GridPoint, b: GridPoint, c: GridPoint) -> bool {
    let (px, py) = ((b.x - a.x) as i128, (b.y - a.y) as i128);
    let (qx, qy) = ((c.x - b.x) as i128, (c.y - b.y) as i128);
    px * qy == py * qx && px * qx + py * qy < 0
}

/// The same for every ring through the same vertices in the same cyclic order, either way round.
fn signature(ring: &Ring) -> Vec<(i64, i64)> {
    let mut points: Vec<(i64, i64)> = ring.points.iter().map(|p| (p.0.x, p.0.y)).collect();
    let smallest = (0..points.len()).min_by_key(|&i| points[i]).unwrap_or(0);
    points.rotate_left(smallest);
    if points.len() > 2 && points[points.len() - 1] < points[1] {
        points[1..].reverse();
    }
    points
}

/// The ring's own shoelace area, unsigned, m².
pub(crate) fn own_area(ring: &Ring) -> f64 {
    let mut points: Vec<Coord<f64>> = ring.points.iter().map(|p| p.1).collect();
    points.extend(points.first().copied());
    ring_planar_m2(&LineString::new(points)).abs()
}

#[cfg(test)]
#[path = "rings_tests.rs"]
mod tests;
