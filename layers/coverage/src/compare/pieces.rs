//! The pieces of ground that changed hands.

use super::rest::Rest;
use rayon::prelude::*;
use redline_geometry::{Area, GaussKruger, Grid, Shape, overlay};
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{Envelope, RTree, RTreeObject};

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
    rest: Rest,
}

pub(super) fn pieces(
    changes: &[ZoneChange],
    grid: &Grid,
    plane: &GaussKruger,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Piece>> {
    let lost = parts(changes, grid, |c| (c.before.as_ref(), c.after.as_ref()), go_on)?;
    let mut gained = parts(changes, grid, |c| (c.after.as_ref(), c.before.as_ref()), go_on)?;
    let boxes = gained
        .iter()
        .enumerate()
        .filter_map(|(n, part)| Some(GeomWithData::new(Rectangle::from_aabb(part.rest.bounds()?), n)));
    let tree = RTree::bulk_load(boxes.collect());
    let mut found: Vec<(Option<&ZoneFacts>, Option<&ZoneFacts>, Shape)> = Vec::new();
    for mut part in lost {
        if !go_on() {
            return None;
        }
        let Some(bounds) = part.rest.bounds() else { continue };
        let touching = tree.locate_in_envelope_intersecting(bounds);
        let mut takers: Vec<(f64, usize)> =
            touching.map(|taker| (taker.geom().envelope().intersection_area(&bounds), taker.data)).collect();
        // where zones overlap, ground that changed its class stays with its zone first; then whoever may
        // take most, so that little is left to ask the others for
        takers.sort_by(|a, b| {
            let other = |n: usize| gained[n].change != part.change;
            other(a.1).cmp(&other(b.1)).then(b.0.total_cmp(&a.0)).then(a.1.cmp(&b.1))
        });
        for (_, n) in takers {
            let taker = &mut gained[n];
            let (mine, theirs) = Rest::near(&mut part.rest, &mut taker.rest);
            if mine.0.is_empty() || theirs.0.is_empty() {
                part.rest.put(mine);
                taker.rest.put(theirs);
                continue;
            }
            let both = overlay::intersection(&mine, &theirs, grid);
            if both.0.is_empty() {
                part.rest.put(mine);
                taker.rest.put(theirs);
                continue;
            }
            part.rest.put(overlay::difference(&mine, &both, grid));
            taker.rest.put(overlay::difference(&theirs, &both, grid));
            found.push((Some(part.facts), Some(taker.facts), both));
        }
        found.push((Some(part.facts), None, part.rest.shape()));
    }
    found.extend(gained.into_iter().map(|part| (None, Some(part.facts), part.rest.shape())));
    let measured = found.into_par_iter().filter(|(_, _, shape)| !shape.0.is_empty()).map(|(from, to, shape)| {
        let area = plane.area(&shape);
        Piece { from: from.cloned(), to: to.cloned(), shape, area }
    });
    Some(measured.collect())
}

/// What the zones have on one side and not, as the same, on the other; `None` where it is to stop.
fn parts<'a>(
    changes: &'a [ZoneChange],
    grid: &Grid,
    sides: impl Fn(&'a ZoneChange) -> (Option<&'a Zone>, Option<&'a Zone>) + Sync,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Part<'a>>> {
    let part = |(change, sides_of): (usize, &'a ZoneChange)| {
        let (here, there) = sides(sides_of);
        let Some(here) = here else { return Some(None) };
        if !go_on() {
            return None;
        }
        let shape = match there {
            Some(there) if counted_alike(&here.facts, &there.facts) => {
                overlay::difference(&here.shape, &there.shape, grid)
            }
            _ => here.shape.clone(),
        };
        let mut rest = Rest::default();
        rest.put(shape);
        Some(Some(Part { change, facts: &here.facts, rest }))
    };
    let all: Option<Vec<Option<Part<'a>>>> = changes.par_iter().enumerate().map(part).collect();
    Some(all?.into_iter().flatten().collect())
}

fn counted_alike(a: &ZoneFacts, b: &ZoneFacts) -> bool {
    (&a.id, &a.class, &a.tier) == (&b.id, &b.class, &b.tier)
}
