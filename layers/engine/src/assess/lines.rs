//! Lines report how far they run inside each zone, points the zone they stand in.

use super::{Terms, findings};
use crate::convert::zone_record;
use crate::ground::Ground;
use crate::review::{Crossing, Location};
use redline_formats::{Plot, PlotOrigin};
use redline_zoning::{ProjectKeys, judge};
use std::collections::BTreeMap;

/// Crossings and locations of a plot against every judged layer.
pub(super) fn along(
    plot: &Plot,
    keys: &ProjectKeys,
    ground: &Ground,
    terms: &Terms<'_>,
) -> (Vec<Crossing>, Vec<Location>) {
    let (mut crossings, mut locations) = (Vec::new(), Vec::new());
    for layer in &ground.judged {
        let verdict = |zone: usize| findings(judge(terms.book, layer.info.role, &layer.facts[zone], keys));
        let record = |zone: usize| zone_record(&layer.info.name, layer.info.role, &layer.facts[zone]);
        match &plot.origin {
            PlotOrigin::Polygon => {}
            PlotOrigin::Line { lines, .. } => {
                let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
                for (zone, length) in lines.iter().flat_map(|l| layer.index.line_lengths(l)) {
                    *lengths.entry(zone).or_default() += length;
                }
                for (zone, length_m) in lengths.into_iter().filter(|(_, m)| *m > 0.0) {
                    let (outcome, findings) = verdict(zone);
                    crossings.push(Crossing { zone: record(zone), length_m, outcome, findings });
                }
            }
            PlotOrigin::Point { points } => {
                for point in points {
                    for zone in layer.index.zones_at(*point) {
                        let (outcome, findings) = verdict(zone);
                        locations.push(Location { point: [point.x, point.y], zone: record(zone), outcome, findings });
                    }
                }
            }
        }
    }
    crossings.sort_by(|a, b| {
        (std::cmp::Reverse(a.outcome), a.zone.role, &a.zone.id).cmp(&(
            std::cmp::Reverse(b.outcome),
            b.zone.role,
            &b.zone.id,
        ))
    });
    (crossings, locations)
}
