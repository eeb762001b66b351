//! Zones and ground of a draft for the map, in degrees.

use super::super::identifying::words;
use super::super::opening::City;
use super::super::wire::Moved;
use geo_types::{Coord, LineString};
use redline_coverage::Transfer;
use redline_geometry::Shape;
use redline_wording::{Text, text};
use redline_workspace::LayerInfo;
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::ops::Range;

/// An edge by its bits, the same whichever way it is walked.
type Edge = [u64; 4];

fn edge(pair: &[Coord<f64>]) -> Edge {
    let [a, b] = [pair[0], pair[1]].map(|c| [c.x.to_bits(), c.y.to_bits()]);
    let [[ax, ay], [bx, by]] = if a <= b { [a, b] } else { [b, a] };
    [ax, ay, bx, by]
}

/// The boundaries that come to be, as GeoJSON lines: runs of edges that no changed zone had. Whole outlines
/// of large zones would be megabytes at every step of the pointer.
pub(super) fn new_boundaries(city: &City, changes: &[ZoneChange]) -> Value {
    // of each ring, the edges between where it first and last differs from the ring it was
    let mut maybe: Vec<(&LineString<f64>, Range<usize>)> = Vec::new();
    for change in changes {
        let mut before = change.before.iter().flat_map(rings);
        for ring in change.after.iter().flat_map(rings) {
            maybe.push((ring, differing(&ring.0, before.next().map_or(&[], |was| &was.0))));
        }
    }
    let mut new: HashSet<Edge> = HashSet::new();
    let mut reach = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for pair in maybe.iter().flat_map(|(ring, edges)| edges.clone().map(|i| &ring.0[i..i + 2])) {
        new.insert(edge(pair));
        for c in pair {
            reach = [reach[0].min(c.x), reach[1].min(c.y), reach[2].max(c.x), reach[3].max(c.y)];
        }
    }
    let near = |c: Coord<f64>| reach[0] <= c.x && c.x <= reach[2] && reach[1] <= c.y && c.y <= reach[3];
    // what another of them had, or this one elsewhere in its ring, is not new
    for ring in changes.iter().filter_map(|change| change.before.as_ref()).flat_map(rings) {
        for pair in ring.0.windows(2).filter(|pair| near(pair[0]) && near(pair[1])) {
            new.remove(&edge(pair));
        }
    }
    let mut features = Vec::new();
    for (ring, edges) in maybe {
        let runs = runs(&ring.0, |i| edges.contains(&i) && new.contains(&edge(&ring.0[i..i + 2])));
        features.extend(runs.into_iter().map(|run| {
            let places: Vec<_> = run.into_iter().map(|at| city.degrees(at)).collect();
            json!({
                "type": "Feature", "properties": {},
                "geometry": { "type": "LineString", "coordinates": places },
            })
        }));
    }
    json!({ "type": "FeatureCollection", "features": features })
}

/// The edges of a ring between the first vertex and the last in which it differs from what it was.
fn differing(now: &[Coord<f64>], was: &[Coord<f64>]) -> Range<usize> {
    let edges = now.len().saturating_sub(1);
    let alike = now.iter().zip(was).take_while(|(a, b)| a == b).count();
    if alike == now.len() && alike == was.len() {
        return 0..0;
    }
    let behind = now.iter().rev().zip(was.iter().rev()).take_while(|(a, b)| a == b).count();
    let (from, to) = (alike.saturating_sub(1), (now.len() - behind).min(edges));
    if from < to { from..to } else { 0..edges }
}

/// Runs of a closed ring's new edges, none cut where the ring begins.
fn runs(ring: &[Coord<f64>], is_new: impl Fn(usize) -> bool) -> Vec<Vec<Coord<f64>>> {
    let edges = ring.len().saturating_sub(1);
    let Some(old) = (0..edges).find(|&i| !is_new(i)) else {
        return if edges > 0 { vec![ring.to_vec()] } else { Vec::new() };
    };
    let mut runs: Vec<Vec<Coord<f64>>> = Vec::new();
    let mut running = false;
    for i in (old..edges).chain(0..old) {
        let fresh = is_new(i);
        if fresh && !running {
            runs.push(vec![ring[i]]);
        }
        if fresh && let Some(run) = runs.last_mut() {
            run.push(ring[i + 1]);
        }
        running = fresh;
    }
    runs
}

/// The rings of a zone, closed.
fn rings(zone: &Zone) -> impl Iterator<Item = &LineString<f64>> {
    zone.shape.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
}

/// A shape as a GeoJSON geometry.
pub(super) fn geometry(city: &City, shape: &Shape) -> Value {
    json!({ "type": "MultiPolygon", "coordinates": city.outline(shape) })
}

/// Ground that changes hands.
pub(super) fn moved(city: &City, layer: &LayerInfo, transfers: &[Transfer]) -> Vec<Moved> {
    let name = |facts: Option<&ZoneFacts>| facts.map(|facts| zone(layer, facts));
    transfers
        .iter()
        .map(|t| {
            // where zones overlapped, the one that keeps the ground stands for nobody
            let (from, to) = (t.from.as_ref().or(t.still.as_ref()), t.to.as_ref().or(t.still.as_ref()));
            Moved { from: name(from), to: name(to), area: t.area, geometry: geometry(city, &t.shape) }
        })
        .collect()
}

/// A zone for people: `白云山（BY-1，一级管制区）`.
pub(super) fn zone(layer: &LayerInfo, facts: &ZoneFacts) -> Text {
    let (name, id, words) = (&facts.name, &facts.id, words(layer, facts));
    let Text { zh, en } = words;
    if name.is_empty() {
        return text!("{id}（{zh}）" | "{id} ({en})");
    }
    text!("{name}（{id}，{zh}）" | "{name} ({id}, {en})")
}
