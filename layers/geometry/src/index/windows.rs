//! Boxes to ask a store by, where one box around a shape would hold far more than the shape.

use super::tiles::{Cell, root};
use crate::contours::{Contours, grid_point};
use crate::exact::Bounds;
use crate::{Grid, Shape};
use geo_types::{Coord, Rect};

/// Boxes (metres) that together cover a shape and leave out what they can of the rest: for a road from
/// one end of a city to the other, boxes along the road. None is cut smaller than `side_m` squared, so
/// choose a side worth a question of its own. The boxes have edges in common and share no more than a
/// millimetre of ground; a shape without ground has none.
///
/// ```
/// use redline_geometry::{windows, Grid, Shape};
/// use geo_types::wkt;
/// let road = Shape::new(vec![wkt!{ POLYGON((0. 0.,1000. 990.,1000. 1000.,0. 10.,0. 0.)) }]);
/// let boxes = windows(&road, 100.0, &Grid::around(0.0, 0.0));
/// let m2: f64 = boxes.iter().map(|b| b.width() * b.height()).sum();
/// assert!(m2 < 250_000.0); // of a million
/// ```
pub fn windows(shape: &Shape, side_m: f64, grid: &Grid) -> Vec<Rect<f64>> {
    let contours = Contours::of(shape, grid);
    let smallest = (side_m / grid.step()).powi(2);
    let mut cells = Vec::new();
    if let Some(root) = root(&contours) {
        gather(&contours, root, smallest, &mut cells);
    }
    // Half of it covers what snapping moved, half what a reader may round.
    let margin = Coord { x: 5e-4, y: 5e-4 };
    let corner = |p| grid.to_metres(grid_point(p));
    cells.into_iter().map(|b| Rect::new(corner(b.min) - margin, corner(b.max) + margin)).collect()
}

/// Adds the cells that hold ground; `true` when they are all of `cell`.
fn gather(contours: &Contours, cell: Cell, smallest: f64, cells: &mut Vec<Bounds>) -> bool {
    let size = [0, 1].map(|axis| cell.bounds.max[axis] - cell.bounds.min[axis]);
    if cell.edges.is_empty() || size[0] * size[1] <= smallest.max(16.0) {
        let kept = cell.corner_is_ground || !cell.edges.is_empty();
        cells.extend(kept.then_some(cell.bounds));
        return kept;
    }
    let before = cells.len();
    let full = cell.quarters(contours).map(|quarter| gather(contours, quarter, smallest, cells));
    if full == [true; 4] {
        cells.truncate(before);
        cells.push(cell.bounds);
    }
    full == [true; 4]
}
