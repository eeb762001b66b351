//! The honeycomb under the city. Three cells meet at every vertex, so whatever cells a zone is made
//! of, its rings never touch themselves or each other: every traced polygon is valid as it stands.

use crate::noise::{hash2, signed};

/// Index of a cell: row by row.
pub(crate) type Cell = usize;
/// Index of a vertex: line by line.
pub(crate) type Vertex = usize;

/// Direction of an edge out of a vertex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    East = 0,
    West = 1,
    Across = 2,
}

/// A honeycomb of `rows` × `cols` cells; lines of vertices lie between the rows.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    pub rows: usize,
    pub cols: usize,
    /// Width of a cell, metres.
    pub width: f64,
    /// Side of a cell, metres.
    pub side: f64,
    /// Lower left corner, metres.
    pub origin: (f64, f64),
    pub seed: u64,
}

const SQRT_3: f64 = 1.732_050_807_568_877_2;

impl Lattice {
    /// Covers the box `[min_x, min_y, max_x, max_y]` with cells of `width` metres.
    pub fn covering(bounds: [f64; 4], width: f64, seed: u64) -> Lattice {
        let side = width / SQRT_3;
        let cols = ((bounds[2] - bounds[0]) / width).ceil() as usize + 1;
        let rows = ((bounds[3] - bounds[1]) / (1.5 * side)).ceil() as usize + 1;
        Lattice { rows, cols, width, side, origin: (bounds[0], bounds[1]), seed }
    }

    pub fn cells(&self) -> usize {
        self.rows * self.cols
    }

    fn line(&self) -> usize {
        2 * self.cols + 3
    }

    pub fn vertices(&self) -> usize {
        (self.rows + 1) * self.line()
    }

    /// Planar area of a regular cell, m².
    pub fn cell_area(&self) -> f64 {
        self.width * self.width * SQRT_3 / 2.0
    }

    /// Centre of a cell, metres.
    pub fn centre(&self, cell: Cell) -> (f64, f64) {
        let (r, c) = (cell / self.cols, cell % self.cols);
        let k = 2 * c + (r & 1) + 1;
        (self.origin.0 + k as f64 * self.width / 2.0, self.origin.1 + (r as f64 + 0.5) * 1.5 * self.side)
    }

    /// Whether the cell lies in the border two cells wide, which belongs to no zone.
    pub fn on_border(&self, cell: Cell) -> bool {
        let (r, c) = (cell / self.cols, cell % self.cols);
        r < 2 || c < 2 || r + 2 >= self.rows || c + 2 >= self.cols
    }

    /// The six neighbours of a cell off the border.
    pub fn neighbours(&self, cell: Cell) -> [Cell; 6] {
        let r = cell / self.cols;
        // the two cells of a neighbouring row: columns c-1, c under an even row, c, c+1 under an odd one
        let right = r & 1;
        let (below, above) = (cell - self.cols + right, cell + self.cols + right);
        [cell + 1, above, above - 1, cell - 1, below - 1, below]
    }

    /// Where a vertex would lie in a regular honeycomb, metres.
    pub fn regular(&self, v: Vertex) -> (f64, f64) {
        let (j, k) = (v / self.line(), v % self.line());
        let lift = if (j ^ k) & 1 == 0 { 0.25 } else { -0.25 };
        (self.origin.0 + k as f64 * self.width / 2.0, self.origin.1 + (1.5 * j as f64 + lift) * self.side)
    }

    /// A random offset for a vertex, metres.
    pub fn jitter(&self, v: Vertex) -> (f64, f64) {
        let h = hash2(self.seed ^ 0x5EED, v as u64);
        (0.2 * self.side * signed(h), 0.2 * self.side * signed(h.rotate_left(32)))
    }

    /// The vertex reached from `v`.
    pub fn step(&self, v: Vertex, way: Way) -> Vertex {
        match way {
            Way::East => v + 1,
            Way::West => v - 1,
            Way::Across if self.goes_up(v) => v + self.line(),
            Way::Across => v - self.line(),
        }
    }

    fn goes_up(&self, v: Vertex) -> bool {
        let (j, k) = (v / self.line(), v % self.line());
        (j ^ k) & 1 == 0
    }

    /// The cells left and right of the edge that leaves `v`.
    pub fn sides(&self, v: Vertex, way: Way) -> (Cell, Cell) {
        let (j, k) = (v / self.line(), v % self.line());
        let above = |k: usize| j * self.cols + (k - (j & 1)) / 2;
        let below = |k: usize| (j - 1) * self.cols + (k - ((j - 1) & 1)) / 2;
        match way {
            Way::East => (above(k), below(k)),
            Way::West => (below(k - 1), above(k - 1)),
            Way::Across if self.goes_up(v) => (above(k) - 1, above(k)),
            Way::Across => (below(k), below(k) - 1),
        }
    }

    /// The directed edge along neighbour `n` (as in [`Lattice::neighbours`]) with the cell on its left.
    pub fn edge(&self, cell: Cell, n: usize) -> (Vertex, Way) {
        let (r, c) = (cell / self.cols, cell % self.cols);
        let low = r * self.line() + 2 * c + (r & 1);
        let high = low + self.line();
        match n {
            0 => (low + 2, Way::Across),
            1 => (high + 2, Way::West),
            2 => (high + 1, Way::West),
            3 => (high, Way::Across),
            4 => (low, Way::East),
            _ => (low + 1, Way::East),
        }
    }

    /// An edge's identity whichever way it is walked, and whether this way is its canonical one.
    pub fn canonical(&self, v: Vertex, way: Way) -> (Vertex, Way, bool) {
        match way {
            Way::East => (v, way, true),
            Way::West => (v - 1, Way::East, false),
            Way::Across if self.goes_up(v) => (v, way, true),
            Way::Across => (v - self.line(), Way::Across, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_has_its_cell_on_the_left_and_the_neighbour_on_the_right() {
        let lattice = Lattice::covering([0.0, 0.0, 1000.0, 1000.0], 100.0, 1);
        for cell in (0..lattice.cells()).filter(|&c| !lattice.on_border(c)) {
            for (n, other) in lattice.neighbours(cell).into_iter().enumerate() {
                let (v, way) = lattice.edge(cell, n);
                assert_eq!(lattice.sides(v, way), (cell, other));
                let (w, back, same) = lattice.canonical(v, way);
                let (left, right) = lattice.sides(w, back);
                assert_eq!(if same { (left, right) } else { (right, left) }, (cell, other));
            }
        }
    }

    #[test]
    fn the_six_edges_of_a_cell_form_a_ring() {
        let lattice = Lattice::covering([0.0, 0.0, 1000.0, 1000.0], 100.0, 1);
        for cell in (0..lattice.cells()).filter(|&c| !lattice.on_border(c)) {
            for n in 0..6 {
                let (v, way) = lattice.edge(cell, n);
                // neighbours run counter-clockwise from the east, so each edge ends where the next begins
                assert_eq!(lattice.step(v, way), lattice.edge(cell, (n + 1) % 6).0);
                let (x, y) = lattice.regular(v);
                let (cx, cy) = lattice.centre(cell);
                let d = ((x - cx).powi(2) + (y - cy).powi(2)).sqrt();
                assert!((d - lattice.side).abs() < 1e-6, "{d}");
            }
        }
    }
}
