//! The pieces of ground that changed hands.

use rayon::prelude::*;
use redline_geometry::{Area, GaussKruger, Grid, Shape, overlay};
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Ground that went from one zone, class or tier to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Whose it was; `None` nobody's.
    pub from: Option<ZoneFacts>,
    /// Whose it is; `None` nobody's.
    pub to: Option<ZoneFacts>,
    /// Which ground, metres.
    pub shape: Shape,
    /// How much, m².
    pub area: Area,
}

/// What one side of a change gave or took, and what of it is not paired yet.
struct Part<'a> {
    /// Which change it is of.
    change: usize,
    facts: &'a ZoneFacts,
    rest: Shape,
}

pub(super) fn pieces(changes: &[ZoneChange], grid: &Grid, plane: &GaussKruger) -> Vec<Piece> {
    let lost = parts(changes, grid, |c| (c.before.as_ref(), c.after.as_ref()));
    let mut gained = parts(changes, grid, |c| (c.after.as_ref(), c.before.as_ref()));
    let boxes = gained.iter().enumerate().filter_map(|(n, part)| {
        let (low, high) = bounds(&part.rest)?;
        Some(GeomWithData::new(Rectangle::from_corners(low, high), n))
    });
    let tree = RTree::bulk_load(boxes.collect());
    let mut found: Vec<(Option<&ZoneFacts>, Option<&ZoneFacts>, Shape)> = Vec::new();
    for mut part in lost {
        let Some((low, high)) = bounds(&part.rest) else { continue };
        let touching = tree.locate_in_envelope_intersecting(AABB::from_corners(low, high));
        let mut takers: Vec<usize> = touching.map(|taker| taker.data).collect();
        // where zones overlap, ground that changed its class stays with its zone first
        takers.sort_by_key(|&n| (gained[n].change != part.change, n));
        for n in takers {
            let taker = &mut gained[n];
            if taker.rest.0.is_empty() || part.rest.0.is_empty() {
                continue;
            }
            let both = overlay::intersection(&part.rest, &taker.rest, grid);
            if both.0.is_empty() {
                continue;
            }
            part.rest = overlay::difference(&part.rest, &both, grid);
            taker.rest = overlay::difference(&taker.rest, &both, grid);
            found.push((Some(part.facts), Some(taker.facts), both));
        }
        found.push((Some(part.facts), None, part.rest));
    }
    found.extend(gained.into_iter().map(|part| (None, Some(part.facts), part.rest)));
    found
        .into_par_iter()
        .filter(|(_, _, shape)| !shape.0.is_empty())
        .map(|(from, to, shape)| {
            let area = plane.area(&shape);
            Piece { from: from.cloned(), to: to.cloned(), shape, area }
        })
        .collect()
}

/// What the zones have on one side and not, as the same, on the other.
fn parts<'a>(
    changes: &'a [ZoneChange],
    grid: &Grid,
    sides: impl Fn(&'a ZoneChange) -> (Option<&'a Zone>, Option<&'a Zone>) + Sync,
) -> Vec<Part<'a>> {
    let part = |(change, sides_of): (usize, &'a ZoneChange)| {
        let (here, there) = sides(sides_of);
        let here = here?;
        let rest = match there {
            Some(there) if counted_alike(&here.facts, &there.facts) => {
                overlay::difference(&here.shape, &there.shape, grid)
            }
            _ => here.shape.clone(),
        };
        Some(Part { change, facts: &here.facts, rest })
    };
    changes.par_iter().enumerate().filter_map(part).collect()
}

fn counted_alike(a: &ZoneFacts, b: &ZoneFacts) -> bool {
    (&a.id, &a.class, &a.tier) == (&b.id, &b.class, &b.tier)
}

fn bounds(shape: &Shape) -> Option<([f64; 2], [f64; 2])> {
    let mut all = shape.iter().flat_map(|polygon| &polygon.exterior().0);
    let first = all.next()?;
    let start = ([first.x, first.y], [first.x, first.y]);
    Some(all.fold(start, |(low, high), c| ([low[0].min(c.x), low[1].min(c.y)], [high[0].max(c.x), high[1].max(c.y)])))
}
