//! A review's pieces for the map, as GeoJSON in degrees.

use super::held::Held;
use super::opening::City;
use crate::EngineError;
use redline_formats::PlotOrigin;
use redline_wording::text;
use serde_json::{Value, json};

/// The features of [`crate::output::geojson`]; and, for plots that are lines, the lines themselves
/// (role `line`, id `1.2.l1`), which a record does not keep.
pub(super) fn of(city: &City, held: &Held) -> Result<Value, EngineError> {
    let words = crate::output::geojson(&held.record)?;
    let mut collection: Value = serde_json::from_str(&words).map_err(|e| {
        EngineError::new(
            "features-unreadable",
            text!(
                "审查的图形写成了读不懂的 GeoJSON：{e}。"
                    | "The review's pieces were written as GeoJSON that cannot be read: {e}."
            ),
        )
    })?;
    if let Some(features) = collection.get_mut("features").and_then(Value::as_array_mut) {
        features.extend(lines(city, held));
    }
    Ok(collection)
}

fn lines(city: &City, held: &Held) -> Vec<Value> {
    let Some(made) = &held.made else { return Vec::new() };
    let mut found = Vec::new();
    for (i, (input, project)) in made.examined.inputs.iter().zip(&held.record.projects).enumerate() {
        for (p, (plot, record)) in input.plots().iter().zip(&project.plots).enumerate() {
            let PlotOrigin::Line { lines, .. } = &plot.origin else { continue };
            for (n, line) in lines.iter().enumerate() {
                let points: Vec<_> = line.0.iter().map(|&c| city.degrees(c)).collect();
                found.push(json!({
                    "type": "Feature",
                    "id": format!("{}.{}.l{}", i + 1, p + 1, n + 1),
                    "properties": { "role": "line", "plot": plot.id, "outcome": record.outcome },
                    "geometry": { "type": "LineString", "coordinates": points },
                }));
            }
        }
    }
    found
}
