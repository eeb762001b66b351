//! The smallest shift that clears: a search over directions, each walked outwards until the way is
//! clear and then halved back to the edge; the best directions are divided again and again.
//!
//! The exact answer is the point of the Minkowski sum's boundary (zones with the reflected plot)
//! nearest to the origin. Its edges are countless for real boundaries, and the search below comes to
//! the same point wherever the free space is wider than a step.

use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::progress::Progress;
use geo_types::Coord;
use rayon::prelude::*;

/// Directions of the first round.
pub(super) const DIRECTIONS: u32 = 120;
/// Rounds in which the best direction's neighbourhood is divided.
const ROUNDS: u32 = 6;
/// Directions a round looks at.
const ROUND_DIRECTIONS: u32 = 16;
/// Steps a front is told of.
pub(super) const STEPS: u64 = (DIRECTIONS + ROUNDS * ROUND_DIRECTIONS) as u64;
/// Steps along one direction, at most.
const WALK: f64 = 250.0;
/// A common boundary is clear: on the grid it may leave this much, m².
pub(super) const TOUCHING_M2: f64 = 1e-4;
/// How closely the edge is found, metres.
const CLOSE_M: f64 = 0.005;

/// A shift that clears.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// East and north, metres.
    pub by: Coord<f64>,
}

/// Length of the steps outwards, metres.
pub(super) fn step_m(limit_m: f64) -> f64 {
    (limit_m / WALK).max(0.05)
}

/// The smallest shift within `limit_m` for which `overlaps` no longer holds.
///
/// # Errors
/// `cancelled`.
pub(super) fn smallest(
    limit_m: f64,
    overlaps: &(dyn Fn(Coord<f64>) -> bool + Sync),
    progress: &dyn Progress,
) -> Result<Option<Found>, EngineError> {
    let turn = std::f64::consts::TAU / f64::from(DIRECTIONS);
    let all: Vec<f64> = (0..DIRECTIONS).map(|k| f64::from(k) * turn).collect();
    let mut best: Option<(f64, f64)> = None;
    // a few at a time: what one finds shortens the walk of the next
    for some in all.chunks(8) {
        best = look(some, best, limit_m, overlaps, progress)?;
    }
    let mut width = turn;
    for _ in 0..ROUNDS {
        let Some((_, angle)) = best else { break };
        let half = f64::from(ROUND_DIRECTIONS) / 2.0;
        let near: Vec<f64> =
            (0..ROUND_DIRECTIONS).map(|k| angle + (f64::from(k) + 0.5 - half) / half * width).collect();
        for some in near.chunks(8) {
            best = look(some, best, limit_m, overlaps, progress)?;
        }
        width /= 4.0;
    }
    Ok(best.map(|(distance, angle)| Found { by: along(angle, distance) }))
}

fn along(angle: f64, distance: f64) -> Coord<f64> {
    Coord { x: angle.cos() * distance, y: angle.sin() * distance }
}

/// The best of `best` and these directions: distance and angle.
fn look(
    angles: &[f64],
    best: Option<(f64, f64)>,
    limit_m: f64,
    overlaps: &(dyn Fn(Coord<f64>) -> bool + Sync),
    progress: &dyn Progress,
) -> Result<Option<(f64, f64)>, EngineError> {
    let within = best.map_or(limit_m, |(distance, _)| distance);
    let step = step_m(limit_m);
    let found: Vec<Option<(f64, f64)>> = angles
        .par_iter()
        .map(|&angle| {
            if progress.cancelled() {
                return Err(cancelled());
            }
            let found = first_clear(angle, within, step, overlaps);
            progress.advance(1);
            Ok(found.map(|distance| (distance, angle)))
        })
        .collect::<Result<_, EngineError>>()?;
    Ok(found.into_iter().flatten().chain(best).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))))
}

/// Distance along one direction to the first step that is clear, drawn back to the edge.
fn first_clear(angle: f64, within: f64, step: f64, overlaps: &(dyn Fn(Coord<f64>) -> bool + Sync)) -> Option<f64> {
    let mut taken = 0.0;
    let mut clear = loop {
        if taken >= within {
            return None;
        }
        let next = (taken + step).min(within);
        if !overlaps(along(angle, next)) {
            break next;
        }
        taken = next;
    };
    while clear - taken > CLOSE_M {
        let middle = (clear + taken) / 2.0;
        if overlaps(along(angle, middle)) { taken = middle } else { clear = middle }
    }
    Some(clear)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Silent;

    #[test]
    fn out_of_a_half_plane_the_way_is_straight() {
        // in the way while less than 37 m to the north-east
        let overlaps = |by: Coord<f64>| (by.x + by.y) / 2f64.sqrt() < 37.0;
        let by = smallest(200.0, &overlaps, &Silent).unwrap().unwrap().by;
        assert!((by.x.hypot(by.y) - 37.0).abs() < 0.02, "{by:?}");
        assert!((by.x - by.y).abs() < 2.0, "{by:?}");
    }

    #[test]
    fn out_of_a_disc_around_another_place_the_nearest_edge_is_found() {
        let overlaps = |by: Coord<f64>| (by.x - 30.0).hypot(by.y + 10.0) < 100.0;
        let by = smallest(500.0, &overlaps, &Silent).unwrap().unwrap().by;
        let exact = 100.0 - 30f64.hypot(10.0);
        assert!((by.x.hypot(by.y) - exact).abs() < 0.02, "{by:?}, exact {exact}");
    }

    #[test]
    fn where_nothing_is_clear_within_the_limit_nothing_is_found() {
        assert!(smallest(50.0, &|_| true, &Silent).unwrap().is_none());
    }
}
