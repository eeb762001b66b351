//! Plots of one file that overlap each other, or are the same twice.

use crate::{ImportNote, Plot};
use redline_geometry::{Grid, Shape, overlay, planar_m2};
use redline_wording::text;

/// Overlaps smaller than this (m²) are the grid's.
const LEAST_M2: f64 = 1e-4;

/// Adds a note for every pair of plots that share ground.
pub(super) fn note(plots: &[Plot], grid: &Grid, notes: &mut Vec<ImportNote>) {
    let boxes: Vec<(usize, [f64; 4])> =
        plots.iter().enumerate().filter_map(|(n, p)| bounds(&p.shape).map(|b| (n, b))).collect();
    let mut by_left = boxes;
    by_left.sort_by(|a, b| a.1[0].total_cmp(&b.1[0]).then(a.0.cmp(&b.0)));
    let mut pairs = Vec::new();
    for (n, (a, box_a)) in by_left.iter().enumerate() {
        for (b, box_b) in by_left.iter().skip(n + 1).take_while(|(_, other)| other[0] < box_a[2]) {
            if box_b[1] < box_a[3] && box_a[1] < box_b[3] {
                pairs.push((*a.min(b), *a.max(b)));
            }
        }
    }
    pairs.sort_unstable();
    for (a, b) in pairs {
        let (Some(a), Some(b)) = (plots.get(a), plots.get(b)) else { continue };
        let shared = planar_m2(&overlay::intersection(&a.shape, &b.shape, grid));
        if shared <= LEAST_M2 {
            continue;
        }
        let (first, second) = (&a.id, &b.id);
        let same = |shape: &Shape| (planar_m2(shape) - shared).abs() <= LEAST_M2 + 1e-9 * shared;
        let note = if same(&a.shape) && same(&b.shape) {
            ImportNote::warning(
                "duplicate-plot",
                text!(
                    "地块“{second}”与“{first}”范围相同({shared:.2} 平方米),合计时只计一次。"
                        | "Plot \"{second}\" covers the same ground as \"{first}\" ({shared:.2} m²); totals count it once."
                ),
            )
        } else {
            ImportNote::warning(
                "overlapping-plots",
                text!(
                    "地块“{second}”与“{first}”重叠 {shared:.2} 平方米,合计时只计一次。"
                        | "Plot \"{second}\" overlaps \"{first}\" by {shared:.2} m²; totals count it once."
                ),
            )
        };
        notes.push(note.of_plot(second).of_area(shared));
    }
}

fn bounds(shape: &Shape) -> Option<[f64; 4]> {
    let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for p in shape.0.iter().flat_map(|polygon| polygon.exterior().0.iter()) {
        b = [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)];
    }
    b[0].is_finite().then_some(b)
}
