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

/// A directed edge by its bits.
type Way = [u64; 4];

/// The boundaries that come to be, as GeoJSON lines: runs of edges that no changed zone had, either way
/// round. Whole outlines of large zones would be megabytes at every step of the pointer.
pub(super) fn new_boundaries(city: &City, changes: &[ZoneChange]) -> Value {
    let way = |a: Coord<f64>, b: Coord<f64>| [a.x, a.y, b.x, b.y].map(f64::to_bits);
    let there: HashSet<Way> = changes
        .iter()
        .filter_map(|change| change.before.as_ref())
        .flat_map(rings)
        .flat_map(|ring| ring.0.windows(2).map(|edge| way(edge[0], edge[1])))
        .collect();
    let is_new =
        |edge: &[Coord<f64>]| !there.contains(&way(edge[0], edge[1])) && !there.contains(&way(edge[1], edge[0]));
    let mut features = Vec::new();
    let mut line = |run: &[Coord<f64>]| {
        let places: Vec<_> = run.iter().map(|&at| city.degrees(at)).collect();
        features.push(json!({
            "type": "Feature", "properties": {}, "geometry": { "type": "LineString", "coordinates": places },
        }));
    };
    for ring in changes.iter().filter_map(|change| change.after.as_ref()).flat_map(rings) {
        let Some(old) = ring.0.windows(2).position(|edge| !is_new(edge)) else {
            line(&ring.0);
            continue;
        };
        // from an edge that was there, all the way round: no run is cut where the ring begins
        let open = &ring.0[..ring.0.len() - 1];
        let round: Vec<Coord<f64>> = open.iter().cycle().skip(old).take(ring.0.len()).copied().collect();
        let mut run: Vec<Coord<f64>> = Vec::new();
        for edge in round.windows(2) {
            if is_new(edge) {
                if run.is_empty() {
                    run.push(edge[0]);
                }
                run.push(edge[1]);
            } else if !run.is_empty() {
                line(&std::mem::take(&mut run));
            }
        }
        if !run.is_empty() {
            line(&run);
        }
    }
    json!({ "type": "FeatureCollection", "features": features })
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
