//! The nearest vertex or edge: its coordinates are the original's, bit for bit.

use super::Desk;
use super::places::{place, place_of};
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;
use geo_types::Coord;

/// A snap looks no farther than this, metres.
const FARTHEST_M: f64 = 2_000.0;

/// The nearest vertex within reach, else the nearest point of an edge, else the pointer's own place.
pub(super) fn snap(desk: &Desk, asked: Snap, _: &dyn Progress) -> Result<Snapped, EngineError> {
    let city = desk.city()?;
    let own = place(&city, asked.at)?;
    let at = Coord { x: own.east, y: own.north };
    let reach = asked.tolerance_m.clamp(0.0, FARTHEST_M);
    let mut best = Best { at, reach, vertex: None, edge: None };
    let window = [at.x - reach, at.y - reach, at.x + reach, at.y + reach];
    for layer in city.layers().iter().filter(|l| asked.layers.is_empty() || asked.layers.contains(&l.name)) {
        city.boundaries().near(city.path(), layer, window, |run| best.look(run, &layer.name))?;
    }
    let (to, kind) = match (best.vertex, best.edge) {
        (Some(to), _) => (Some(to), "vertex"),
        (None, Some(to)) => (Some(to), "edge"),
        (None, None) => (None, "none"),
    };
    Ok(Snapped {
        place: to.as_ref().map_or(own, |(_, to, _)| place_of(&city, *to)),
        kind: kind.into(),
        layer: to.map(|(_, _, layer)| layer),
    })
}

/// What was found so far: distance, place, layer.
struct Best {
    at: Coord<f64>,
    reach: f64,
    vertex: Option<(f64, Coord<f64>, String)>,
    edge: Option<(f64, Coord<f64>, String)>,
}

impl Best {
    fn look(&mut self, run: &[Coord<f64>], layer: &str) {
        for pair in run.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let near = |lo: f64, hi: f64, at: f64| lo.min(hi) - self.reach <= at && at <= lo.max(hi) + self.reach;
            if !near(a.x, b.x, self.at.x) || !near(a.y, b.y, self.at.y) {
                continue;
            }
            let vertex = (a.x - self.at.x).hypot(a.y - self.at.y);
            if vertex <= self.reach && self.vertex.as_ref().is_none_or(|best| vertex < best.0) {
                self.vertex = Some((vertex, a, layer.to_string()));
            }
            let foot = foot(self.at, a, b);
            let edge = (foot.x - self.at.x).hypot(foot.y - self.at.y);
            if edge <= self.reach && self.edge.as_ref().is_none_or(|best| edge < best.0) {
                self.edge = Some((edge, foot, layer.to_string()));
            }
        }
    }
}

/// The point of a segment nearest to `p`.
fn foot(p: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> Coord<f64> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let long = dx * dx + dy * dy;
    let along = if long > 0.0 { (((p.x - a.x) * dx + (p.y - a.y) * dy) / long).clamp(0.0, 1.0) } else { 0.0 };
    Coord { x: a.x + along * dx, y: a.y + along * dy }
}
