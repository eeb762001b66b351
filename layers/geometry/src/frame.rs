//! The plane that shapes live in: an ellipsoid and a Gauss–Krüger projection.

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
