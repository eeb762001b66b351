//! Where the pointer snaps while drafting: the draft's own boundaries as they stand, and other layers'.

use super::super::places::{place, place_of};
use super::super::wire::*;
use super::super::{Desk, snapping as layers};
use super::drafting;
use super::looking::rings;
use crate::EngineError;
use crate::progress::Progress;
use geo_types::Coord;
use redline_coverage::Coverage;

/// The nearest vertex within reach, else the nearest place of an edge; `None` where nothing is.
pub(in super::super) fn snap(
    desk: &Desk,
    asked: Snap,
    progress: &dyn Progress,
) -> Result<Option<Snapped>, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let city = &*editing.city;
    let own = place(city, asked.at)?;
    let at = Coord { x: own.east, y: own.north };
    let reach = asked.tolerance_m.clamp(0.0, FARTHEST_M);
    let layer = &editing.layer.name;
    let mut found: Vec<(f64, Snapped)> = Vec::new();
    if let Some((far, kind, to)) = nearest(&editing.coverage, at, reach) {
        found.push((far, Snapped { place: place_of(city, to), kind: kind.into(), layer: Some(layer.clone()) }));
    }
    // the layer itself is the draft's base, which the draft may have left
    let others: Vec<String> = asked.layers.iter().filter(|l| *l != layer).cloned().collect();
    if !others.is_empty() {
        let other = layers::snap(desk, Snap { layers: others, ..asked }, progress)?;
        if other.kind != "none" {
            let far = (other.place.east - at.x).hypot(other.place.north - at.y);
            found.push((far, other));
        }
    }
    // a vertex goes before an edge, however near
    let order = |(far, snapped): &(f64, Snapped)| (snapped.kind != "vertex", *far);
    Ok(found
        .into_iter()
        .min_by(|a, b| order(a).partial_cmp(&order(b)).unwrap_or(std::cmp::Ordering::Equal))
        .map(|f| f.1))
}

/// A snap looks no farther than this, metres.
const FARTHEST_M: f64 = 2_000.0;

/// The nearest vertex of a coverage within reach, else the nearest place of an edge: how far, `vertex`
/// or `edge`, where.
pub(super) fn nearest(coverage: &Coverage, at: Coord<f64>, reach: f64) -> Option<(f64, &'static str, Coord<f64>)> {
    let window = [at.x - reach, at.y - reach, at.x + reach, at.y + reach];
    let mut vertex: Option<(f64, Coord<f64>)> = None;
    let mut edge: Option<(f64, Coord<f64>)> = None;
    let nearer = |best: &mut Option<(f64, Coord<f64>)>, to: Coord<f64>| {
        let far = (to.x - at.x).hypot(to.y - at.y);
        if far <= reach && best.is_none_or(|b| far < b.0) {
            *best = Some((far, to));
        }
    };
    for (_, shape) in coverage.zones_in(window) {
        for (a, b) in rings(shape).flat_map(|ring| ring.0.windows(2)).map(|pair| (pair[0], pair[1])) {
            if a.x.min(b.x) > window[2]
                || a.x.max(b.x) < window[0]
                || a.y.min(b.y) > window[3]
                || a.y.max(b.y) < window[1]
            {
                continue;
            }
            nearer(&mut vertex, a);
            nearer(&mut edge, foot(at, a, b));
        }
    }
    vertex.map(|(far, to)| (far, "vertex", to)).or_else(|| edge.map(|(far, to)| (far, "edge", to)))
}

/// The place of a segment nearest to `p`.
pub(super) fn foot(p: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> Coord<f64> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let long = dx * dx + dy * dy;
    let along = if long > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / long).clamp(0.0, 1.0) } else { 0.0 };
    Coord { x: a.x + along * dx, y: a.y + along * dy }
}
