//! Land-use parcels (地类图斑): every piece of one class in one district is split into parcels grown
//! from seeds, until the city has exactly as many as asked for.

use crate::lattice::{Cell, Lattice};
use crate::noise::{hash2, unit};
use crate::plan::{Plan, chance, class};
use crate::trace::parts;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Parcels of each cell, from 1, and the cell each grew from (index 0 unused).
pub(crate) struct Parcels {
    pub of: Vec<u32>,
    pub seeds: Vec<u32>,
}

/// How finely a class is parcelled, against forest.
fn density(class: u8) -> f64 {
    match class {
        class::FOREST => 1.0,
        class::CROP => 2.2,
        class::WATER => 1.6,
        class::SETTLEMENT => 3.2,
        class::ORCHARD => 2.4,
        class::TRANSPORT => 2.0,
        _ => 2.5,
    }
}

/// Interleaves the bits of row and column: near numbers are near places.
fn morton(lattice: &Lattice, cell: Cell) -> u64 {
    let spread = |n: usize| {
        let mut z = n as u64;
        z = (z | z << 16) & 0x0000_FFFF_0000_FFFF;
        z = (z | z << 8) & 0x00FF_00FF_00FF_00FF;
        z = (z | z << 4) & 0x0F0F_0F0F_0F0F_0F0F;
        z = (z | z << 2) & 0x3333_3333_3333_3333;
        (z | z << 1) & 0x5555_5555_5555_5555
    };
    spread(cell % lattice.cols) | spread(cell / lattice.cols) << 1
}

/// Splits the city into `wanted` parcels, or says how few (or many) it could make.
pub(crate) fn split(plan: &Plan, wanted: usize) -> Result<Parcels, usize> {
    let lattice = &plan.lattice;
    let pieces = parts(lattice, |c| u32::from(plan.class[c]) << 4 | plan.marks[c].district());
    let counts = shares(&pieces.label, &pieces.size, wanted)?;
    let mut cells: Vec<(u32, u64, u32)> =
        plan.city.par_iter().map(|&c| (pieces.of[c as usize], morton(lattice, c as usize), c)).collect();
    cells.par_sort_unstable();
    let mut seeds: Vec<(u32, u64, u32)> = Vec::with_capacity(wanted);
    let mut begin = 0;
    while begin < cells.len() {
        let piece = cells[begin].0 as usize;
        let size = pieces.size[piece] as usize;
        let own = &cells[begin..begin + size];
        for n in 0..counts[piece] {
            let (from, to) = (n * size / counts[piece], (n + 1) * size / counts[piece]);
            let pick = from + (chance(lattice, 0x9A6C, own[from].2 as usize) * (to - from) as f64) as usize;
            let (_, place, cell) = own[pick];
            seeds.push((plan.marks[cell as usize].district(), place, cell));
        }
        begin += size;
    }
    // parcels are numbered district by district, neighbours close to each other
    seeds.par_sort_unstable();
    let of = grow(lattice, &pieces.of, &seeds);
    let seeds = std::iter::once(0).chain(seeds.into_iter().map(|s| s.2)).collect();
    Ok(Parcels { of, seeds })
}

/// How many parcels each piece gets: at least one, at most one for two cells, `wanted` in all.
fn shares(label: &[u32], size: &[u32], wanted: usize) -> Result<Vec<usize>, usize> {
    let weight = |p: usize| f64::from(size[p]) * density((label[p] >> 4) as u8);
    let most = |p: usize| (size[p] as usize / 2).max(1);
    let pieces = label.len() - 1;
    if pieces > wanted {
        return Err(pieces);
    }
    let possible: usize = (1..=pieces).map(most).sum();
    if possible < wanted {
        return Err(possible);
    }
    let count = |p: usize, scale: f64| ((scale * weight(p)) as usize).clamp(1, most(p));
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if (1..=pieces).map(|p| count(p, middle)).sum::<usize>() <= wanted { low = middle } else { high = middle }
    }
    let mut counts: Vec<usize> = std::iter::once(0).chain((1..=pieces).map(|p| count(p, low))).collect();
    let mut missing = wanted - counts.iter().sum::<usize>();
    let mut order: Vec<usize> = (1..=pieces).collect();
    order.sort_by(|&a, &b| {
        let rest = |p: usize| (low * weight(p)).fract();
        rest(b).total_cmp(&rest(a)).then(a.cmp(&b))
    });
    while missing > 0 {
        for &p in &order {
            if missing > 0 && counts[p] < most(p) {
                counts[p] += 1;
                missing -= 1;
            }
        }
    }
    Ok(counts)
}

/// Grows parcels outward from their seeds over rough ground, each within its piece.
fn grow(lattice: &Lattice, piece: &[u32], seeds: &[(u32, u64, u32)]) -> Vec<u32> {
    let mut of = vec![0u32; lattice.cells()];
    let mut heap: BinaryHeap<Reverse<(u32, u32, u32)>> =
        seeds.iter().enumerate().map(|(n, s)| Reverse((0, n as u32 + 1, s.2))).collect();
    while let Some(Reverse((cost, parcel, cell))) = heap.pop() {
        let cell = cell as usize;
        if of[cell] != 0 {
            continue;
        }
        of[cell] = parcel;
        for other in lattice.neighbours(cell) {
            if of[other] == 0 && piece[other] == piece[cell] {
                let rough = hash2(lattice.seed ^ 0x6A0, (cell.min(other) as u64) << 32 | cell.max(other) as u64);
                let step = 600.0 + 800.0 * unit(rough);
                heap.push(Reverse((cost + step as u32, parcel, other as u32)));
            }
        }
    }
    of
}
