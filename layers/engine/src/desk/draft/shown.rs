//! Zones and ground of a draft for the map, in degrees.

use super::super::identifying::words;
use super::super::opening::City;
use super::super::wire::Moved;
use redline_coverage::Transfer;
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

/// A shape as a GeoJSON geometry.
pub(super) fn geometry(city: &City, shape: &Shape) -> Value {
    json!({ "type": "MultiPolygon", "coordinates": city.outline(shape) })
}

/// Ground that changes hands.
pub(super) fn moved(city: &City, layer: &LayerInfo, transfers: &[Transfer]) -> Vec<Moved> {
    let name = |facts: &Option<ZoneFacts>| facts.as_ref().map(|facts| zone(layer, facts));
    transfers
        .iter()
        .map(|t| Moved { from: name(&t.from), to: name(&t.to), area: t.area, geometry: geometry(city, &t.shape) })
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
