//! The plane that shapes live in: an ellipsoid and a Gauss–Krüger projection.

use crate::Shape;
use crate::area::{Area, planar_m2, shell_minus_holes};
use crate::ellipsoidal::ring_m2;
use crate::krueger::Krueger;
use geo_types::Coord;
use serde::{Deserialize, Serialize};

/// A reference ellipsoid.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ellipsoid {
    /// Semi-major axis, metres.
    pub a: f64,
    /// Inverse flattening.
    pub inverse_flattening: f64,
}

impl Ellipsoid {
    /// CGCS2000.
    pub const CGCS2000: Ellipsoid = Ellipsoid { a: 6_378_137.0, inverse_flattening: 298.257_222_101 };
    /// Xian 1980 (IAG 1975).
    pub const XIAN80: Ellipsoid = Ellipsoid { a: 6_378_140.0, inverse_flattening: 298.257 };
    /// Beijing 1954 (Krassovsky).
    pub const KRASSOVSKY: Ellipsoid = Ellipsoid { a: 6_378_245.0, inverse_flattening: 298.3 };
}

/// A Gauss–Krüger plane (transverse Mercator, scale 1, latitude of origin 0).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GaussKruger {
    /// The ellipsoid projected.
    pub ellipsoid: Ellipsoid,
    /// Central meridian, degrees east.
    pub central_meridian: f64,
    /// False easting, metres, zone prefix included (38 500 000 for zone 38).
    pub false_easting: f64,
}

impl GaussKruger {
    /// A plane by its central meridian (degrees east) and false easting (metres, with the zone prefix
    /// where eastings carry one).
    pub const fn new(ellipsoid: Ellipsoid, central_meridian_deg: f64, false_easting: f64) -> GaussKruger {
        GaussKruger { ellipsoid, central_meridian: central_meridian_deg, false_easting }
    }

    /// East and north in metres of a longitude and latitude in degrees, on the same datum.
    ///
    /// ```
    /// use redline_geometry::{Ellipsoid, GaussKruger};
    /// let zone_38 = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);
    /// let at = zone_38.forward(114.0, 0.0);
    /// assert_eq!((at.x, at.y), (38_500_000.0, 0.0));
    /// ```
    pub fn forward(&self, lon_deg: f64, lat_deg: f64) -> Coord<f64> {
        let (x, y) = Krueger::of(self).forward(lat_deg.to_radians(), self.degrees_off_meridian(lon_deg).to_radians());
        Coord { x, y }
    }

    /// Longitude and latitude in degrees of a place in the plane, on the same datum.
    pub fn inverse(&self, at: Coord<f64>) -> (f64, f64) {
        let (latitude, longitude) = Krueger::of(self).inverse(at.x, at.y);
        (self.central_meridian + longitude.to_degrees(), latitude.to_degrees())
    }

    /// Degrees east of the central meridian, in −180…180.
    fn degrees_off_meridian(&self, lon_deg: f64) -> f64 {
        let d = lon_deg - self.central_meridian;
        if (-180.0..=180.0).contains(&d) { d } else { (d + 180.0).rem_euclid(360.0) - 180.0 }
    }

    /// Both areas of a shape in this plane, m².
    pub fn area(&self, shape: &Shape) -> Area {
        Area { ellipsoidal_m2: self.ellipsoidal_m2(shape), planar_m2: planar_m2(shape) }
    }

    /// Ellipsoidal area (椭球面积), m²: the limit of the survey's trapezoid series over ever finer
    /// subdivisions of edges that are straight in this plane; see the module [`crate::ellipsoidal`]'s
    /// words for the method. Shells minus holes, whichever way the rings run.
    ///
    /// ```
    /// use redline_geometry::{Ellipsoid, GaussKruger};
    /// use geo_types::{polygon, MultiPolygon};
    /// let zone_38 = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);
    /// let square = polygon![(x: 38_640_000.0, y: 2_550_000.0), (x: 38_641_000.0, y: 2_550_000.0),
    ///     (x: 38_641_000.0, y: 2_551_000.0), (x: 38_640_000.0, y: 2_551_000.0)];
    /// let m2 = zone_38.ellipsoidal_m2(&MultiPolygon::new(vec![square]));
    /// assert!((m2 - 999_512.64).abs() < 0.01);
    /// ```
    pub fn ellipsoidal_m2(&self, shape: &Shape) -> f64 {
        let series = Krueger::of(self);
        shell_minus_holes(shape, |ring| ring_m2(&series, ring))
    }
}
