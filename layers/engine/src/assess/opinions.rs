//! Whether an opinion's polygon covers what a plot takes of a zone.

use crate::ground::Ground;
use geo::{Euclidean, Length};
use geo_types::{Coord, LineString};
use redline_geometry::{Shape, ZoneIndex, footprint, overlay, planar_m2};
use redline_zoning::OpinionFact;

/// Full width of the strip that stands for a line without a width, metres: narrow enough to be the
/// line, wide enough for the grid.
pub(super) const STRIP_M: f64 = 0.02;

/// What a line may run outside a polygon and still count as inside, metres: survey coordinates are
/// exchanged at a millimetre, and a line meets a boundary at two ends.
pub(super) const STRIP_END_M: f64 = 0.01;

/// An opinion polygon in the workspace's plane.
pub(crate) struct Opinion {
    pub kind: String,
    pub file: String,
    pub shape: Shape,
    pub index: ZoneIndex,
}

/// What an opinion leaves uncovered of one zone's ground.
#[derive(Clone, Debug)]
pub(crate) struct Shortfall {
    /// File of the opinion.
    pub opinion: String,
    /// The zone.
    pub zone: String,
    pub left: Left,
}

/// How much is left.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Left {
    /// m² on the ellipsoid.
    Area(f64),
    /// Metres of a line.
    Length(f64),
}

/// What every opinion says of one clipped overlap.
///
/// The limit is fixed and not the sliver setting: each part left uncovered may be 1e-4 m² and a
/// millimetre along its own length, for vertices rounded to the resolution files are exchanged at, and
/// all parts together a hundredth of the piece. Every shortfall over 1e-4 m² is noted all the same.
pub(super) fn of_piece(
    piece: &Shape,
    zone: &str,
    opinions: &[Opinion],
    ground: &Ground,
) -> (Vec<OpinionFact>, Vec<Shortfall>) {
    if opinions.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let whole_m2 = ground.plane.area(piece).ellipsoidal_m2;
    judge(zone, opinions, |opinion| {
        let rest = overlay::difference(piece, &opinion.shape, &ground.grid);
        let left_m2 = ground.plane.area(&rest).ellipsoidal_m2;
        let thin = rest.iter().all(|part| {
            let half_outline = Euclidean.length(part.exterior()) / 2.0;
            planar_m2(&Shape::new(vec![part.clone()])) <= 1e-4 + 1e-3 * half_outline
        });
        (thin && left_m2 <= 0.01 * whole_m2, (left_m2 > 1e-4).then_some(Left::Area(left_m2)))
    })
}

/// What every opinion says of the part of a line without a width that runs inside one zone; `strip`
/// is that part, [`STRIP_M`] wide; where it is empty no opinion covers it.
pub(super) fn of_line(
    strip: &Shape,
    zone: &str,
    opinions: &[Opinion],
    ground: &Ground,
) -> (Vec<OpinionFact>, Vec<Shortfall>) {
    judge(zone, opinions, |opinion| {
        let rest = overlay::difference(strip, &opinion.shape, &ground.grid);
        let (left_m, all_m) = (planar_m2(&rest) / STRIP_M, planar_m2(strip) / STRIP_M);
        (all_m > 0.0 && left_m <= STRIP_END_M.min(0.01 * all_m), (left_m > STRIP_END_M).then_some(Left::Length(left_m)))
    })
}

/// What every opinion says of a point.
pub(super) fn of_point(at: Coord<f64>, opinions: &[Opinion]) -> Vec<OpinionFact> {
    let fact = |o: &Opinion| OpinionFact { kind: o.kind.clone(), covers: !o.index.zones_at(at).is_empty() };
    opinions.iter().map(fact).collect()
}

/// An opinion covers all of a plot's ground when it covers each part of it.
pub(super) fn together(parts: &[Vec<OpinionFact>]) -> Vec<OpinionFact> {
    let mut all = parts.first().cloned().unwrap_or_default();
    for part in parts {
        for (so_far, one) in all.iter_mut().zip(part) {
            so_far.covers &= one.covers;
        }
    }
    all
}

/// The strip that stands for lines without a width.
pub(super) fn strip(lines: &[LineString<f64>], ground: &Ground) -> Shape {
    footprint::widen(lines, STRIP_M, &ground.grid)
}

fn judge(
    zone: &str,
    opinions: &[Opinion],
    covers: impl Fn(&Opinion) -> (bool, Option<Left>),
) -> (Vec<OpinionFact>, Vec<Shortfall>) {
    let (mut facts, mut shortfalls) = (Vec::new(), Vec::new());
    for opinion in opinions {
        let (covers, left) = covers(opinion);
        facts.push(OpinionFact { kind: opinion.kind.clone(), covers });
        shortfalls.extend(left.map(|left| Shortfall { opinion: opinion.file.clone(), zone: zone.to_string(), left }));
    }
    (facts, shortfalls)
}
