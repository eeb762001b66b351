//! Shapes of a record as RFC 7946 wants them: longitude first, rings closed, shells anticlockwise.

use crate::EngineError;
use crate::review::Geometry;
use geo_types::Coord;
use redline_formats::Transform;
use serde::Serialize;

/// Decimals of a degree that are written: 1e-9° is a tenth of a millimetre.
const DEGREE_DECIMALS: f64 = 1e9;

/// A GeoJSON geometry.
#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub(super) enum Place {
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
    Point([f64; 2]),
}

/// The shape in degrees, rings closed and wound as RFC 7946 3.1.6 asks; `None` for an empty one.
pub(super) fn place(geometry: &Geometry, degrees: &Transform) -> Result<Option<Place>, EngineError> {
    if geometry.coordinates.is_empty() {
        return Ok(None);
    }
    let mut polygons = Vec::with_capacity(geometry.coordinates.len());
    for polygon in &geometry.coordinates {
        let mut rings = Vec::with_capacity(polygon.len());
        for (place, ring) in polygon.iter().enumerate() {
            let mut points: Vec<Coord<f64>> = ring.iter().map(|&[x, y]| Coord { x, y }).collect();
            if points.first() != points.last() {
                points.extend(points.first().copied());
            }
            let anticlockwise = twice_signed_area(&points) > 0.0;
            if anticlockwise != (place == 0) {
                points.reverse();
            }
            degrees.apply(&mut points)?;
            rings.push(points.into_iter().map(written).collect());
        }
        polygons.push(rings);
    }
    Ok(Some(Place::MultiPolygon(polygons)))
}

/// Shoelace relative to the first point, so that large eastings do not cost digits.
fn twice_signed_area(ring: &[Coord<f64>]) -> f64 {
    let Some(first) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|edge| (edge[0].x - first.x) * (edge[1].y - first.y) - (edge[1].x - first.x) * (edge[0].y - first.y))
        .sum()
}

/// A place as it is written, longitude first.
pub(super) fn written(at: Coord<f64>) -> [f64; 2] {
    [at.x, at.y].map(|degrees| (degrees * DEGREE_DECIMALS).round() / DEGREE_DECIMALS)
}
