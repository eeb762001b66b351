//! Lines report how far they run inside each zone, points the zone they stand in.
//!
//! A line with a footprint is judged by its ground: its crossings then only say how far it runs, with
//! the outcome of that ground. A line without a width, and a point, are judged here.

use super::opinions::{self, Left, STRIP_END_M, STRIP_M, Shortfall};
use super::{Draft, Terms, findings};
use crate::convert::zone_record;
use crate::ground::{Ground, JudgedLayer};
use crate::review::{Crossing, LayerFinding, Location};
use geo_types::{Coord, LineString};
use redline_formats::{Plot, PlotOrigin};
use redline_geometry::{Shape, ZoneIndex, overlay};
use redline_zoning::{LayerRole, Outcome, ProjectKeys, judge, judge_outside};
use std::collections::BTreeMap;

impl Draft {
    /// What a plot drawn as lines or points meets of one layer.
    pub(super) fn along(
        &mut self,
        layer: &JudgedLayer,
        plot: &Plot,
        keys: &ProjectKeys,
        ground: &Ground,
        terms: &Terms<'_>,
    ) {
        let bare = plot.shape.0.is_empty();
        match &plot.origin {
            PlotOrigin::Polygon => {}
            PlotOrigin::Line { lines, .. } if bare => self.bare_line(layer, lines, keys, ground, terms),
            PlotOrigin::Line { lines, .. } => self.line_with_ground(layer, lines),
            PlotOrigin::Point { points } if bare => self.points(layer, points, keys, terms),
            PlotOrigin::Point { .. } => {}
        }
        if bare && outside(&plot.origin, &[&layer.index], ground) {
            for finding in judge_outside(terms.book, layer.info.role, keys) {
                self.findings.push((
                    Shape::new(Vec::new()),
                    LayerFinding {
                        role: Some(layer.info.role),
                        layer: layer.info.name.clone(),
                        area_m2: 0.0,
                        finding: finding.into(),
                    },
                ));
            }
        }
    }

    fn bare_line(
        &mut self,
        layer: &JudgedLayer,
        lines: &[LineString<f64>],
        keys: &ProjectKeys,
        ground: &Ground,
        terms: &Terms<'_>,
    ) {
        let strips: BTreeMap<usize, Shape> = if terms.opinions.is_empty() {
            BTreeMap::new()
        } else {
            let strip = opinions::strip(lines, ground);
            layer.index.overlaps(&strip).into_iter().map(|o| (o.zone, o.shape)).collect()
        };
        let nothing = Shape::new(Vec::new());
        for (zone, length_m) in lengths(layer, lines) {
            let facts = &layer.facts[zone];
            let strip = strips.get(&zone).unwrap_or(&nothing);
            let (opinions, short) = opinions::of_line(strip, &facts.id, terms.opinions, ground);
            let (outcome, findings) = self.verdict(layer, zone, opinions, short, keys, terms);
            let zone = zone_record(&layer.info.name, layer.info.role, facts);
            self.crossings.push(Crossing { zone, length_m, outcome, findings });
        }
    }

    fn line_with_ground(&mut self, layer: &JudgedLayer, lines: &[LineString<f64>]) {
        for (zone, length_m) in lengths(layer, lines) {
            let record = zone_record(&layer.info.name, layer.info.role, &layer.facts[zone]);
            let judged = self.overlaps.iter().find(|(_, o)| o.zone == record);
            let (outcome, findings) =
                judged.map_or((Outcome::Clear, Vec::new()), |(_, o)| (o.outcome, o.findings.clone()));
            self.crossings.push(Crossing { zone: record, length_m, outcome, findings });
        }
    }

    fn points(&mut self, layer: &JudgedLayer, points: &[Coord<f64>], keys: &ProjectKeys, terms: &Terms<'_>) {
        for point in points {
            for zone in layer.index.zones_at(*point) {
                let opinions = opinions::of_point(*point, terms.opinions);
                let (outcome, findings) = self.verdict(layer, zone, opinions, Vec::new(), keys, terms);
                let zone = zone_record(&layer.info.name, layer.info.role, &layer.facts[zone]);
                self.locations.push(Location { point: [point.x, point.y], zone, outcome, findings });
            }
        }
    }

    fn verdict(
        &mut self,
        layer: &JudgedLayer,
        zone: usize,
        opinions: Vec<redline_zoning::OpinionFact>,
        short: Vec<Shortfall>,
        keys: &ProjectKeys,
        terms: &Terms<'_>,
    ) -> (Outcome, Vec<crate::review::FindingRecord>) {
        self.shortfalls.extend(short);
        if layer.info.role == LayerRole::RedLine {
            self.red_line_opinions.push(opinions.clone());
        }
        let keys = ProjectKeys { opinions, ..keys.clone() };
        findings(judge(terms.book, layer.info.role, &layer.facts[zone], &keys))
    }
}

/// How far the lines run inside each zone, metres.
fn lengths(layer: &JudgedLayer, lines: &[LineString<f64>]) -> Vec<(usize, f64)> {
    let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
    for (zone, length) in lines.iter().flat_map(|l| layer.index.line_lengths(l)) {
        *lengths.entry(zone).or_default() += length;
    }
    lengths.into_iter().filter(|(_, m)| *m > 0.0).collect()
}

/// Whether any of a line without a width, or of a group of points, lies outside every zone of these
/// layers. A line's part under a centimetre does not count: it is the end that meets a boundary.
pub(super) fn outside(origin: &PlotOrigin, layers: &[&ZoneIndex], ground: &Ground) -> bool {
    match origin {
        PlotOrigin::Polygon => false,
        PlotOrigin::Point { points } => points.iter().any(|p| layers.iter().all(|layer| layer.zones_at(*p).is_empty())),
        PlotOrigin::Line { lines, .. } => {
            let strip = opinions::strip(lines, ground);
            let pieces: Vec<Shape> = layers.iter().flat_map(|l| l.overlaps(&strip)).map(|o| o.shape).collect();
            let within = overlay::union(&pieces.iter().collect::<Vec<_>>(), &ground.grid);
            let rest = overlay::difference(&strip, &within, &ground.grid);
            ground.plane.area(&rest).planar_m2 / STRIP_M > STRIP_END_M
        }
    }
}

/// A shortfall in the words of a note: what is left uncovered.
pub(crate) fn left_words(left: Left) -> redline_wording::Text {
    match left {
        Left::Area(m2) => redline_wording::text!("{m2:.4} 平方米" | "{m2:.4} m²"),
        Left::Length(m) => redline_wording::text!("{m:.3} 米" | "{m:.3} m"),
    }
}
