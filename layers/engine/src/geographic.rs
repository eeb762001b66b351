//! Record geometry in longitude and latitude, for GeoJSON as RFC 7946 wants it.

use crate::EngineError;
use crate::review::Geometry;
use geo_types::Coord;
use redline_formats::{Crs, Transform};

/// `geometry` of plane `crs` (`EPSG:N`) in degrees of the same datum, longitude first.
///
/// # Errors
/// When `crs` is none this product knows.
pub fn to_geographic(crs: &str, geometry: &Geometry) -> Result<Geometry, EngineError> {
    let from = Crs::parse(crs)?;
    let datum = from.datum().unwrap_or(redline_formats::Datum::Cgcs2000);
    let transform = Transform::between(from, Crs::geographic(datum))?;
    let mut out = geometry.clone();
    for ring in out.coordinates.iter_mut().flatten() {
        let mut coords: Vec<Coord<f64>> = ring.iter().map(|&[x, y]| Coord { x, y }).collect();
        transform.apply(&mut coords)?;
        for (point, c) in ring.iter_mut().zip(coords) {
            *point = [c.x, c.y];
        }
    }
    Ok(out)
}
