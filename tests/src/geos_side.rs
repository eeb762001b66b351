//! GEOS as the independent side of every comparison.

use geo_types::MultiPolygon;
use geos::Geom;

/// The shape as a GEOS geometry.
pub fn to_geos(shape: &MultiPolygon<f64>) -> geos::Geometry {
    shape.try_into().expect("a generated shape becomes a GEOS geometry")
}

/// Area of the intersection of two GEOS geometries, m².
pub fn intersection_area(a: &impl Geom, b: &impl Geom) -> f64 {
    let piece = a.intersection(b).expect("GEOS intersects valid polygons");
    piece.area().expect("GEOS measures its own result")
}
