//! What of the draft lies where: zones and vertices under the pointer.

use super::super::Desk;
use super::super::places::{place, place_of};
use super::super::wire::*;
use super::drafting;
use super::mending::window;
use crate::EngineError;
use crate::progress::Progress;
use geo::{Contains, Intersects};
use geo_types::{Coord, LineString, Point};
use redline_geometry::Shape;
use std::collections::{BTreeMap, BTreeSet};

/// More vertices than this nobody tells apart on a screen.
const MOST: usize = 4_000;

/// Coordinates by their bits.
pub(super) type Bits = (u64, u64);

pub(super) fn bits(c: Coord<f64>) -> Bits {
    (c.x.to_bits(), c.y.to_bits())
}

/// The rings of a shape.
pub(super) fn rings(shape: &Shape) -> impl Iterator<Item = &LineString<f64>> {
    shape.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
}

/// The zone of the draft at a place: the one around it, else one that has it on its edge.
pub(in super::super) fn zone_at(
    desk: &Desk,
    asked: DraftZoneAt,
    _: &dyn Progress,
) -> Result<Option<DraftZone>, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let at = place(&editing.city, asked.at)?;
    let at = Point::new(at.east, at.north);
    let near = editing.coverage.zones_in([at.x(), at.y(), at.x(), at.y()]);
    let around = near.iter().find(|(_, shape)| shape.contains(&at));
    let found = around.or_else(|| near.iter().find(|(_, shape)| shape.intersects(&at)));
    Ok(found.map(|(facts, shape)| DraftZone {
        id: facts.id.clone(),
        name: facts.name.clone(),
        class: facts.class.clone(),
        tier: facts.tier.clone(),
        kind: facts.kind.clone(),
        code: facts.code.clone(),
        area: editing.city.plane().area(shape),
    }))
}

/// Vertices of zones in a box, and the edges there.
pub(in super::super) fn vertices(
    desk: &Desk,
    asked: DraftVerticesAsked,
    _: &dyn Progress,
) -> Result<DraftVertices, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let city = &*editing.city;
    let window = window(city, asked.bounds)?;
    let inside = |c: Coord<f64>| window[0] <= c.x && c.x <= window[2] && window[1] <= c.y && c.y <= window[3];
    let touches = |a: Coord<f64>, b: Coord<f64>| {
        a.x.min(b.x) <= window[2] && a.x.max(b.x) >= window[0] && a.y.min(b.y) <= window[3] && a.y.max(b.y) >= window[1]
    };
    // every zone there says where boundaries meet; only those asked for give vertices
    let mut met: BTreeMap<Bits, BTreeSet<Bits>> = BTreeMap::new();
    let mut wanted: BTreeMap<Bits, Coord<f64>> = BTreeMap::new();
    let mut edges: BTreeMap<(Bits, Bits), [Coord<f64>; 2]> = BTreeMap::new();
    for (facts, shape) in editing.coverage.zones_in(window) {
        let asked_for = asked.zones.contains(&facts.id);
        for (a, b) in rings(shape).flat_map(|ring| ring.0.windows(2)).map(|pair| (pair[0], pair[1])) {
            if !touches(a, b) {
                continue;
            }
            met.entry(bits(a)).or_default().insert(bits(b));
            met.entry(bits(b)).or_default().insert(bits(a));
            if asked_for {
                wanted.extend([a, b].into_iter().filter(|c| inside(*c)).map(|c| (bits(c), c)));
                edges.insert((bits(a).min(bits(b)), bits(a).max(bits(b))), [a, b]);
            }
        }
    }
    let cut_short = wanted.len() > MOST || edges.len() > MOST;
    let junction = |at: &Bits| met.get(at).is_some_and(|ends| ends.len() > 2);
    let vertex = |(at, c): (&Bits, &Coord<f64>)| DraftVertex { place: place_of(city, *c), junction: junction(at) };
    Ok(DraftVertices {
        vertices: wanted.iter().take(MOST).map(vertex).collect(),
        edges: edges.values().take(MOST).map(|pair| pair.map(|c| place_of(city, c))).collect(),
        cut_short,
    })
}
