//! Choosing cells by a score until they cover a stated area.

use crate::lattice::{Cell, Lattice};
use crate::trace::parts;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Sizes (in cells) below which a selection's parts and holes are given up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Specks {
    pub island: u32,
    pub hole: u32,
}

/// Areas of cells on the ellipsoid.
pub(crate) struct CellAreas {
    regular: f64,
    by_half_column: Vec<f64>,
    cols: usize,
}

impl CellAreas {
    /// `middle` is the central meridian's easting, `radius` the Earth's mean radius here (m): the
    /// plane is too large by m² = (1 + d²/2R²)².
    pub fn new(lattice: &Lattice, middle: f64, radius: f64) -> CellAreas {
        let by_half_column = (0..2 * lattice.cols + 2)
            .map(|k| {
                let d = (lattice.origin.0 + (k + 1) as f64 * lattice.width / 2.0 - middle) / radius;
                let scale = 1.0 + d * d / 2.0;
                1.0 / (scale * scale)
            })
            .collect();
        CellAreas { regular: lattice.cell_area(), by_half_column, cols: lattice.cols }
    }

    /// Ellipsoidal area of a regular cell, m².
    pub fn of(&self, cell: Cell) -> f64 {
        let (r, c) = (cell / self.cols, cell % self.cols);
        self.regular * self.by_half_column[2 * c + (r & 1)]
    }
}

/// A key that sorts floats from high to low.
fn descending(score: f32) -> u32 {
    let bits = score.to_bits();
    let ascending = if bits >> 31 == 1 { !bits } else { bits | 0x8000_0000 };
    !ascending
}

/// Orders cells from the highest score to the lowest, ties by cell.
pub(crate) fn by_score(cells: &[u32], score: impl Fn(Cell) -> f32 + Sync) -> Vec<u32> {
    let mut keyed: Vec<u64> =
        cells.par_iter().map(|&c| u64::from(descending(score(c as usize))) << 32 | u64::from(c)).collect();
    keyed.par_sort_unstable();
    keyed.into_par_iter().map(|k| k as u32).collect()
}

/// Takes cells from the front of `ordered` until `area` m² are reached, to the nearest cell.
pub(crate) fn take(ordered: &[u32], area: f64, areas: &CellAreas) -> usize {
    let mut sum = 0.0;
    for (n, &cell) in ordered.iter().enumerate() {
        let own = areas.of(cell as usize);
        if sum + own / 2.0 > area {
            return n;
        }
        sum += own;
    }
    ordered.len()
}

/// Chooses the highest-scoring cells of `cells` that cover `area` m² (to about a cell) once specks
/// are cleaned: small islands dropped, small holes filled where `cells` allows. Returns a mask.
pub(crate) fn choose(
    lattice: &Lattice,
    cells: &[u32],
    score: impl Fn(Cell) -> f32 + Sync,
    area: f64,
    specks: Specks,
    areas: &CellAreas,
) -> Vec<bool> {
    let ordered = by_score(cells, score);
    let mut allowed = vec![false; lattice.cells()];
    for &c in cells {
        allowed[c as usize] = true;
    }
    let mut aim = area;
    let mut mask = Vec::new();
    for _ in 0..4 {
        mask = vec![false; lattice.cells()];
        for &c in &ordered[..take(&ordered, aim, areas)] {
            mask[c as usize] = true;
        }
        clean(lattice, &mut mask, &allowed, specks);
        let missing = area - measure(&mask, areas);
        if missing.abs() < 0.002 * area {
            break;
        }
        aim += missing;
    }
    adjust(lattice, &mut mask, &allowed, &ordered, area, areas, |_| true);
    mask
}

/// Area of a mask by its regular cells, m².
pub(crate) fn measure(mask: &[bool], areas: &CellAreas) -> f64 {
    mask.iter().enumerate().filter(|&(_, &m)| m).map(|(c, _)| areas.of(c)).sum()
}

fn clean(lattice: &Lattice, mask: &mut [bool], allowed: &[bool], specks: Specks) {
    let islands = parts(lattice, |c| u32::from(mask[c]));
    for (m, &p) in mask.iter_mut().zip(&islands.of) {
        if p != 0 && islands.size[p as usize] < specks.island {
            *m = false;
        }
    }
    let holes = parts(lattice, |c| u32::from(!mask[c] && allowed[c]));
    // a small part of what is left over is a hole only if it touches nothing but the mask
    let mut closed = vec![true; holes.label.len()];
    for (c, &p) in holes.of.iter().enumerate() {
        if p != 0
            && holes.size[p as usize] < specks.hole
            && lattice.neighbours(c).iter().any(|&o| !mask[o] && !allowed[o])
        {
            closed[p as usize] = false;
        }
    }
    for (m, &p) in mask.iter_mut().zip(&holes.of) {
        if p != 0 && holes.size[p as usize] < specks.hole && closed[p as usize] {
            *m = true;
        }
    }
}

/// Adds or drops cells on the mask's edge, best score first, until its area is `area` m² to half a
/// cell. A cell changes sides only where it has two to four neighbours inside in one run, so that no
/// part or hole is born or dies.
pub(crate) fn adjust(
    lattice: &Lattice,
    mask: &mut [bool],
    allowed: &[bool],
    ordered: &[u32],
    area: f64,
    areas: &CellAreas,
    free: impl Fn(Cell) -> bool,
) -> f64 {
    let mut missing = area - measure(mask, areas);
    for _ in 0..24 {
        if missing.abs() <= lattice.cell_area() / 2.0 {
            break;
        }
        let growing = missing > 0.0;
        let before = missing;
        let mut flip = |c: Cell, missing: &mut f64| {
            let own = areas.of(c);
            if missing.abs() <= own / 2.0 || mask[c] == growing || !allowed[c] || !free(c) {
                return;
            }
            let around = lattice.neighbours(c).map(|o| mask[o]);
            let inside = around.iter().filter(|&&m| m).count();
            let runs = (0..6).filter(|&n| around[n] && !around[(n + 1) % 6]).count();
            if runs == 1 && (2..=4).contains(&inside) {
                mask[c] = growing;
                *missing += if growing { -own } else { own };
            }
        };
        if growing {
            ordered.iter().for_each(|&c| flip(c as usize, &mut missing));
        } else {
            ordered.iter().rev().for_each(|&c| flip(c as usize, &mut missing));
        }
        if missing == before {
            break;
        }
    }
    missing
}

#[derive(PartialEq)]
struct Candidate(f32, u32);

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Grows one connected region from `seed`, always over the highest-scoring cell on its edge, until
/// it covers `area` m². Returns its cells in the order they joined.
pub(crate) fn grow(
    lattice: &Lattice,
    seed: Cell,
    score: impl Fn(Cell) -> Option<f32>,
    area: f64,
    areas: &CellAreas,
) -> Vec<u32> {
    let mut queued = vec![false; lattice.cells()];
    queued[seed] = true;
    let mut heap = BinaryHeap::from([Candidate(0.0, seed as u32)]);
    let (mut region, mut sum) = (Vec::new(), 0.0);
    while let Some(Candidate(_, cell)) = heap.pop() {
        let own = areas.of(cell as usize);
        if sum + own / 2.0 > area {
            break;
        }
        sum += own;
        region.push(cell);
        for other in lattice.neighbours(cell as usize) {
            if let Some(s) = score(other).filter(|_| !queued[other]) {
                queued[other] = true;
                heap.push(Candidate(s, other as u32));
            }
        }
    }
    region
}
