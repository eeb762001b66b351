//! Zones and ground of a draft for the map, in degrees.

use super::super::identifying::words;
use super::super::opening::City;
use super::super::wire::Moved;
use geo_types::{LineString, Polygon};
use redline_coverage::{Point, Transfer};
use redline_geometry::Shape;
use redline_wording::{Text, text};
use redline_workspace::LayerInfo;
use redline_zoning::{Zone, ZoneFacts};
use serde_json::{Value, json};

/// Zones as GeoJSON.
pub(super) fn zones<'a>(city: &City, zones: impl Iterator<Item = &'a Zone>) -> Value {
    let features: Vec<Value> = zones
        .map(|Zone { facts, shape }| {
            json!({
                "type": "Feature",
                "properties": {
                    "id": facts.id, "name": facts.name, "class": facts.class, "tier": facts.tier,
                    "kind": facts.kind, "code": facts.code,
                },
                "geometry": geometry(city, shape),
            })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features })
}

/// The edges that meet in a vertex, as GeoJSON lines: what moves while it is dragged. Whole outlines of
/// large zones would be megabytes a frame.
pub(super) fn star<'a>(city: &City, zones: impl Iterator<Item = &'a Zone>, at: Point) -> Value {
    let near = city.grid().nearest(at);
    let mut features = Vec::new();
    for ring in zones.flat_map(|z| &z.shape.0).flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
        // closed: the last is the first
        let open = ring.0.len().saturating_sub(1);
        for i in (0..open).filter(|&i| ring.0[i] == at || ring.0[i] == near) {
            let way = [ring.0[(i + open - 1) % open], ring.0[i], ring.0[(i + 1) % open]];
            let corner = Shape::new(vec![Polygon::new(LineString::new(way.to_vec()), Vec::new())]);
            let line: Vec<_> = city.outline(&corner).into_iter().flatten().flatten().take(3).collect();
            features.push(json!({
                "type": "Feature", "properties": {}, "geometry": { "type": "LineString", "coordinates": line },
            }));
        }
    }
    json!({ "type": "FeatureCollection", "features": features })
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
