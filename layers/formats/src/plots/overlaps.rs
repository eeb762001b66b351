//! Plots of one file that overlap each other, or are the same twice.

use crate::{ImportNote, Plot};
use redline_geometry::{Grid, Shape, overlay, planar_m2};
use redline_wording::text;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, Envelope, RTree, RTreeObject};

/// Overlaps smaller than this (m²) are the grid's.
const LEAST_M2: f64 = 1e-4;

/// Adds a note for every pair of plots that share ground.
pub(super) fn note(plots: &[Plot], grid: &Grid, notes: &mut Vec<ImportNote>) {
    for (a, b) in touching(plots) {
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
                    "地块“{second}”与“{first}”范围相同（{shared:.2} 平方米），合计时只计一次。"
                        | "Plot \"{second}\" covers the same ground as \"{first}\" ({shared:.2} m²); totals count it once."
                ),
            )
        } else {
            ImportNote::warning(
                "overlapping-plots",
                text!(
                    "地块“{second}”与“{first}”重叠 {shared:.2} 平方米，合计时只计一次。"
                        | "Plot \"{second}\" overlaps \"{first}\" by {shared:.2} m²; totals count it once."
                ),
            )
        };
        notes.push(note.of_plot(second).of_area(shared));
    }
}

/// A plot's bounding box with its place among the plots.
type Boxed = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// Every pair of plots whose boxes share ground, the earlier plot first, in order. An index finds
/// them: thousands of strips one above the other all share their eastings.
fn touching(plots: &[Plot]) -> Vec<(usize, usize)> {
    let boxes: Vec<Boxed> =
        plots.iter().enumerate().filter_map(|(n, p)| Some(GeomWithData::new(boxed(&p.shape)?, n))).collect();
    let index = RTree::bulk_load(boxes.clone());
    let mut pairs = Vec::new();
    for one in &boxes {
        let envelope = one.geom().envelope();
        let others = index.locate_in_envelope_intersecting(envelope).filter(|other| one.data < other.data);
        // boxes that only touch share no ground
        let overlap = |other: &&Boxed| envelope.intersection_area(&other.geom().envelope()) > 0.0;
        pairs.extend(others.filter(overlap).map(|other| (one.data, other.data)));
    }
    pairs.sort_unstable();
    pairs
}

fn boxed(shape: &Shape) -> Option<Rectangle<[f64; 2]>> {
    let corners = shape.0.iter().flat_map(|polygon| polygon.exterior().0.iter()).map(|p| [p.x, p.y]);
    let around = AABB::from_points(corners.collect::<Vec<_>>().iter());
    (around.lower()[0].is_finite() && around.upper()[0].is_finite()).then(|| Rectangle::from_aabb(around))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PlotOrigin;
    use geo_types::{LineString, Polygon};
    use std::collections::BTreeMap;

    fn strip(n: usize, south: f64, north: f64) -> Plot {
        let ring = vec![(0.0, south), (1000.0, south), (1000.0, north), (0.0, north), (0.0, south)];
        Plot {
            id: n.to_string(),
            name: String::new(),
            shape: Shape::new(vec![Polygon::new(LineString::from(ring), vec![])]),
            origin: PlotOrigin::Polygon,
            declared_m2: None,
            purpose: None,
            attributes: BTreeMap::new(),
            drawn: Vec::new(),
        }
    }

    #[test]
    fn of_many_strips_one_above_the_other_only_those_that_share_ground_are_pairs() {
        let mut plots: Vec<Plot> = (0..20_000).map(|n| strip(n, n as f64, n as f64 + 1.0)).collect();
        plots.push(strip(20_000, 10.5, 11.5));
        plots.push(Plot { shape: Shape::new(Vec::new()), ..strip(20_001, 0.0, 1.0) });
        let started = std::time::Instant::now();
        assert_eq!(touching(&plots), [(10, 20_000), (11, 20_000)]);
        assert!(started.elapsed().as_secs() < 10, "found by comparing every strip with every other");
    }
}
