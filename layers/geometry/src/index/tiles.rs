//! One zone's ground cut into tiles, once.
//!
//! Polygons are never cut: a quadtree cell that boundary runs through keeps the numbers of the
//! original edges that touch it and the parity (ground or not) of its lower left corner; a cell
//! without edges is wholly ground or not kept. Whatever is built from tiles therefore consists of
//! original edges only.

use crate::contours::Contours;
use crate::exact::{Bounds, P, parity_differs};

/// A quadtree deeper than this gains nothing: its cells are smaller than a step.
const MAX_DEPTH: u32 = 48;

/// A cell of one zone.
#[derive(Clone, Debug)]
pub(crate) struct Tile {
    pub(crate) bounds: Bounds,
    /// Whether the (shifted) lower left corner is ground.
    pub(crate) corner_is_ground: bool,
    /// The numbers of the edges that touch the cell; empty for a cell that is all ground.
    pub(crate) edges: Box<[u32]>,
}

/// Cuts a zone into cells of at most `size` edges (more only where more than that meet in a point).
pub(crate) fn cut(contours: &Contours, size: usize) -> Vec<Tile> {
    let mut tiles = Vec::new();
    if let Some(root) = root(contours) {
        divide(contours, root, size.max(1), MAX_DEPTH, &mut tiles);
    }
    tiles
}

/// A cell on its way to become tiles.
pub(crate) struct Cell {
    pub(crate) bounds: Bounds,
    pub(crate) corner_is_ground: bool,
    pub(crate) edges: Vec<u32>,
}

/// The cell around everything.
pub(crate) fn root(contours: &Contours) -> Option<Cell> {
    let bounds = contours.bounds()?;
    // It starts one step outside: its corner is not ground.
    let bounds = Bounds { min: [bounds.min[0] - 1.0, bounds.min[1] - 1.0], max: bounds.max };
    let edges = contours.rings().flat_map(|r| r.start as u32..(r.end - 1) as u32).collect();
    Some(Cell { bounds, corner_is_ground: false, edges })
}

fn divide(contours: &Contours, cell: Cell, size: usize, depth: u32, tiles: &mut Vec<Tile>) {
    if cell.edges.is_empty() && !cell.corner_is_ground {
        return;
    }
    let count = cell.edges.len();
    let small = (0..2).any(|axis| cell.bounds.max[axis] - cell.bounds.min[axis] < 4.0);
    if count > size && depth > 0 && !small {
        let children = cell.quarters(contours);
        // Where every child holds nearly all edges they meet in a point: cutting on is useless.
        if children.iter().any(|child| child.edges.len() * 10 < count * 9) {
            drop(cell);
            children.into_iter().for_each(|child| divide(contours, child, size, depth - 1, tiles));
            return;
        }
    }
    let Cell { bounds, corner_is_ground, edges } = cell;
    tiles.push(Tile { bounds, corner_is_ground, edges: edges.into_boxed_slice() });
}

impl Cell {
    /// Its four quarters, cut at whole steps.
    pub(crate) fn quarters(&self, contours: &Contours) -> [Cell; 4] {
        let cell = &self.bounds;
        let middle = [((cell.min[0] + cell.max[0]) / 2.0).floor(), ((cell.min[1] + cell.max[1]) / 2.0).floor()];
        let mut children = [
            Bounds { min: cell.min, max: middle },
            Bounds { min: [middle[0], cell.min[1]], max: [cell.max[0], middle[1]] },
            Bounds { min: [cell.min[0], middle[1]], max: [middle[0], cell.max[1]] },
            Bounds { min: middle, max: cell.max },
        ]
        .map(|bounds| Cell { bounds, corner_is_ground: self.corner_is_ground, edges: Vec::new() });
        for &e in &self.edges {
            let (a, b) = (contours.points[e as usize], contours.points[e as usize + 1]);
            for (i, child) in children.iter_mut().enumerate() {
                if touches(&child.bounds, a, b) {
                    child.edges.push(e);
                }
                child.corner_is_ground ^= i > 0 && parity_differs(a, b, cell.min, child.bounds.min);
            }
        }
        children
    }
}

/// Whether the segment a–b touches the closed cell; may say yes to a near miss, never no to a touch.
fn touches(cell: &Bounds, a: P, b: P) -> bool {
    if !cell.touches(a, b) {
        return false;
    }
    // The corners of the cell seen from the line: all clearly on one side means no touch.
    let d = [b[0] - a[0], b[1] - a[1]];
    let (mut left, mut right) = (false, false);
    for corner in [cell.min, [cell.max[0], cell.min[1]], cell.max, [cell.min[0], cell.max[1]]] {
        let (u, v) = (d[0] * (corner[1] - a[1]), d[1] * (corner[0] - a[0]));
        let side = u - v;
        let doubt = 1e-15 * (u.abs() + v.abs());
        left |= side >= -doubt;
        right |= side <= doubt;
    }
    left && right
}
