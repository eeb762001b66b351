//! Intersection, difference and union of whole shapes on the workspace's grid.
//!
//! The overlay itself is i_overlay's 64-bit integer solver. Coordinates are converted here, not by
//! its float adapter, because that adapter takes its grid from the bounds of each call; only one fixed
//! [`Grid`] makes every call snap alike. Shapes are read by the even-odd rule over all their rings.
//!
//! Results are canonical (see [`crate::canonical`]), OGC-valid, without collinear vertices, and carry
//! the exact coordinate of an input vertex where a result vertex is that vertex's grid image; other
//! vertices (crossings) lie within half a grid step of the true crossing.

use crate::canonical::{Originals, shape_of};
use crate::grid::GridPoint;
use crate::{Grid, Shape};
use geo_types::{Coord, LineString};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;

/// What lies in both shapes.
///
/// ```
/// use redline_geometry::{overlay, planar_m2, Grid, Shape};
/// use geo_types::wkt;
/// let plot = Shape::new(vec![wkt!{ POLYGON((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)) }]);
/// let zone = Shape::new(vec![wkt!{ POLYGON((5. 5.,15. 5.,15. 15.,5. 15.,5. 5.)) }]);
/// let both = overlay::intersection(&plot, &zone, &Grid::around(0.0, 0.0));
/// assert_eq!(planar_m2(&both), 25.0);
/// ```
pub fn intersection(a: &Shape, b: &Shape, grid: &Grid) -> Shape {
    combine(a, b, grid, OverlayRule::Intersect)
}

/// What lies in `a` and not in `b`.
pub fn difference(a: &Shape, b: &Shape, grid: &Grid) -> Shape {
    combine(a, b, grid, OverlayRule::Difference)
}

/// What lies in at least one of the shapes. Each shape is read even-odd by itself, so shapes may
/// overlap one another freely.
pub fn union(shapes: &[&Shape], grid: &Grid) -> Shape {
    // Normalised to non-overlapping counter-clockwise shells one by one, shapes may then be piled up
    // under the non-zero rule in a single sweep.
    let mut all = new_overlay(shapes.iter().map(|s| edge_count(s)).sum());
    for shape in shapes {
        for polygon in solve_one(shape, grid) {
            for ring in polygon {
                all.add_contour(&ring, ShapeType::Subject);
            }
        }
    }
    let result = all.overlay(OverlayRule::Subject, FillRule::NonZero);
    let originals = Originals::collect(shapes.iter().flat_map(|s| vertices(s, grid)), grid);
    shape_of(result, grid, &originals)
}

fn solve_one(shape: &Shape, grid: &Grid) -> Vec<Vec<Vec<GridPoint>>> {
    let mut overlay = new_overlay(edge_count(shape));
    add(&mut overlay, shape, grid, ShapeType::Subject);
    overlay.overlay(OverlayRule::Subject, FillRule::EvenOdd)
}

fn combine(a: &Shape, b: &Shape, grid: &Grid, rule: OverlayRule) -> Shape {
    let mut overlay = new_overlay(edge_count(a) + edge_count(b));
    add(&mut overlay, a, grid, ShapeType::Subject);
    add(&mut overlay, b, grid, ShapeType::Clip);
    let result = overlay.overlay(rule, FillRule::EvenOdd);
    let originals = Originals::collect(vertices(a, grid).chain(vertices(b, grid)), grid);
    shape_of(result, grid, &originals)
}

/// An empty overlay with the options every call here uses.
pub(crate) fn new_overlay(capacity: usize) -> Overlay<i64> {
    let mut solver = Solver::AUTO;
    // Parallelism is the caller's: over files and plots.
    solver.multithreading = None;
    Overlay::new_custom(capacity, IntOverlayOptions::ogc(), solver)
}

pub(crate) fn add(overlay: &mut Overlay<i64>, shape: &Shape, grid: &Grid, role: ShapeType) {
    for ring in rings(shape) {
        overlay.add_path_iter(open(ring).iter().map(|&c| grid.to_grid(c)), role);
    }
}

/// All rings of a shape, shells and holes alike.
pub(crate) fn rings(shape: &Shape) -> impl Iterator<Item = &LineString<f64>> {
    shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
}

/// The vertices of a ring without the closing repetition.
pub(crate) fn open(ring: &LineString<f64>) -> &[Coord<f64>] {
    match ring.0.split_last() {
        Some((last, rest)) if rest.first() == Some(last) => rest,
        _ => &ring.0,
    }
}

/// Every vertex with its grid image.
pub(crate) fn vertices<'a>(shape: &'a Shape, grid: &'a Grid) -> impl Iterator<Item = (GridPoint, Coord<f64>)> + 'a {
    rings(shape).flat_map(open).map(|&c| (grid.to_grid(c), c))
}

fn edge_count(shape: &Shape) -> usize {
    rings(shape).map(|r| r.0.len()).sum()
}
