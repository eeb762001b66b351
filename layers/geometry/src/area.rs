//! Ellipsoidal and planar areas, side by side.

use serde::{Deserialize, Serialize};

/// The two areas of one shape, unrounded, in square metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Area on the ellipsoid (椭球面积).
    pub ellipsoidal_m2: f64,
    /// Area in the projected plane (平面面积).
    pub planar_m2: f64,
}
