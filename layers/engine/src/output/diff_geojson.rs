//! The ground that changed hands as GeoJSON (RFC 7946): longitude and latitude, CGCS2000 degrees.

use super::degrees::{Place, place};
use super::json;
use crate::commands::diff::DiffReport;
use crate::{DiffState, EngineError};
use redline_formats::{Crs, Transform};
use redline_zoning::LayerRole;
use serde::Serialize;

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    name: &'static str,
    diff: Head<'a>,
    features: Vec<Feature<'a>>,
}

/// A foreign member (RFC 7946, 6.1) that says what was compared.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'a str,
    workspace: &'a str,
    layer: &'a str,
    role: LayerRole,
    from: &'a DiffState,
    to: &'a DiffState,
    areas: &'static str,
    datum: &'static str,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: usize,
    properties: Properties<'a>,
    geometry: Option<Place>,
}

/// Flat, as a GIS wants columns.
#[derive(Serialize)]
struct Properties<'a> {
    change: &'static str,
    change_zh: &'static str,
    from_zone: Option<&'a str>,
    from_name: Option<&'a str>,
    from_class: Option<&'a str>,
    from_tier: Option<&'a str>,
    to_zone: Option<&'a str>,
    to_name: Option<&'a str>,
    to_class: Option<&'a str>,
    to_tier: Option<&'a str>,
    ellipsoidal_m2: f64,
    planar_m2: f64,
}

/// `diff` as a GeoJSON FeatureCollection: a feature for every piece of ground that changed hands.
/// Areas are unrounded m².
///
/// # Errors
/// When the workspace's plane is not one this product knows, or a point lies outside it.
pub fn diff_geojson(diff: &DiffReport) -> Result<String, EngineError> {
    let degrees = Transform::between(Crs::parse(&diff.crs)?, Crs::CGCS2000)?;
    let mut features = Vec::with_capacity(diff.pieces.len());
    for (number, piece) in diff.pieces.iter().enumerate() {
        let (from, to) = (piece.from.as_ref(), piece.to.as_ref());
        let (change, change_zh) = match (from, to) {
            (None, _) => ("gained", "调入"),
            (_, None) => ("lost", "调出"),
            _ => ("moved", "划转"),
        };
        features.push(Feature {
            r#type: "Feature",
            id: number + 1,
            properties: Properties {
                change,
                change_zh,
                from_zone: from.map(|z| z.id.as_str()),
                from_name: from.map(|z| z.name.as_str()),
                from_class: from.and_then(|z| z.class.as_deref()),
                from_tier: from.and_then(|z| z.tier.as_deref()),
                to_zone: to.map(|z| z.id.as_str()),
                to_name: to.map(|z| z.name.as_str()),
                to_class: to.and_then(|z| z.class.as_deref()),
                to_tier: to.and_then(|z| z.tier.as_deref()),
                ellipsoidal_m2: piece.area.ellipsoidal_m2,
                planar_m2: piece.area.planar_m2,
            },
            geometry: place(&piece.geometry, &degrees)?,
        });
    }
    json(&Collection {
        r#type: "FeatureCollection",
        name: "redline-diff",
        diff: Head {
            schema: &diff.schema,
            workspace: &diff.workspace,
            layer: &diff.layer,
            role: diff.role,
            from: &diff.from,
            to: &diff.to,
            areas: "ellipsoidal_m2 (椭球面积), planar_m2 (平面面积)",
            datum: "CGCS2000",
        },
        features,
    })
}
