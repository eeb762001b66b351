//! Places in degrees and in the plane; lengths and areas of what is drawn.

use super::Desk;
use super::opening::City;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;
use geo::{Distance, GeodesicMeasure};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use redline_formats::Datum;
use redline_geometry::{Shape, overlay};
use redline_wording::text;

/// Where a place is in the workspace's plane.
pub(super) fn locate(desk: &Desk, asked: Locate, _: &dyn Progress) -> Result<Place, EngineError> {
    place(&*desk.city()?, asked.at)
}

/// A place both ways.
///
/// # Errors
/// `place-outside` where the plane says nothing sensible of it.
pub(super) fn place(city: &City, at: LonLat) -> Result<Place, EngineError> {
    let [lon, lat] = at;
    let from_meridian = (lon - city.plane().central_meridian).abs();
    if !(lon.is_finite() && lat.is_finite() && lat.abs() < 89.0 && from_meridian < 40.0) {
        return Err(EngineError::new(
            "place-outside",
            text!(
                "经度 {lon}、纬度 {lat} 不在工作空间坐标系的适用范围内。"
                    | "Longitude {lon}, latitude {lat} lies outside what the workspace's plane is for."
            ),
        ));
    }
    let Coord { x, y } = city.place(at);
    Ok(Place { at, east: x, north: y })
}

/// A place from its coordinates in the plane.
pub(super) fn place_of(city: &City, at: Coord<f64>) -> Place {
    Place { at: city.degrees(at), east: at.x, north: at.y }
}

/// Lengths and area of a line or polygon drawn.
pub(super) fn measure(desk: &Desk, asked: Measure, _: &dyn Progress) -> Result<Measured, EngineError> {
    let city = desk.city()?;
    let places = asked.points.iter().map(|&p| place(&city, p)).collect::<Result<Vec<_>, _>>()?;
    let mut pairs: Vec<(&Place, &Place)> = places.windows(2).map(|w| (&w[0], &w[1])).collect();
    if let (true, [first, _, .., last]) = (asked.closed, places.as_slice()) {
        pairs.push((last, first));
    }
    let segments_m: Vec<f64> = pairs.iter().map(|(a, b)| (a.east - b.east).hypot(a.north - b.north)).collect();
    let ellipsoid = city.crs().datum().unwrap_or(Datum::Cgcs2000).ellipsoid();
    let geodesic = GeodesicMeasure::new(ellipsoid.a, 1.0 / ellipsoid.inverse_flattening);
    let degrees = |p: &Place| Point::new(p.at[0], p.at[1]);
    let length_ellipsoidal_m = pairs.iter().map(|(a, b)| geodesic.distance(degrees(a), degrees(b))).sum();
    let (area, trouble) = match drawn_area(&city, &places, asked.closed) {
        Some(Ok(area)) => (Some(area), None),
        Some(Err(())) => (
            None,
            Some(text!(
                "线条自相交，面积没有意义；请调整顶点。"
                    | "The outline crosses itself, so it has no area; move a vertex."
            )),
        ),
        None => (None, None),
    };
    Ok(Measured { length_planar_m: segments_m.iter().sum(), segments_m, length_ellipsoidal_m, area, trouble, places })
}

/// The area inside the places; an error where the outline crosses itself; `None` where it is none.
fn drawn_area(city: &City, places: &[Place], closed: bool) -> Option<Result<redline_geometry::Area, ()>> {
    if !closed || places.len() < 3 {
        return None;
    }
    let ring = ring(places);
    // all on one line: nothing crosses, and nothing is enclosed
    if overlay::union(&[&ring], &city.grid()).0.is_empty() {
        return Some(Ok(redline_geometry::Area::default()));
    }
    Some(simple(&ring, city).then(|| city.plane().area(&ring)).ok_or(()))
}

/// One ring through the places, as a shape that may cross itself.
pub(super) fn ring(places: &[Place]) -> Shape {
    let mut points: Vec<Coord<f64>> = places.iter().map(|p| Coord { x: p.east, y: p.north }).collect();
    points.extend(points.first().copied());
    MultiPolygon(vec![Polygon::new(LineString(points), Vec::new())])
}

/// Whether a ring encloses what it seems to: resolving it on the grid changes neither its one
/// polygon nor its area.
pub(super) fn simple(ring: &Shape, city: &City) -> bool {
    let resolved = overlay::union(&[ring], &city.grid());
    let (drawn, kept) = (redline_geometry::planar_m2(ring).abs(), redline_geometry::planar_m2(&resolved));
    resolved.0.len() == 1 && resolved.0[0].interiors().is_empty() && (drawn - kept).abs() <= 1e-6 * kept.max(1.0)
}
