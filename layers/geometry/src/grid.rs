//! The one fixed integer grid of a workspace, on which every overlay snaps.

use serde::{Deserialize, Serialize};

/// A square grid: coordinates are `origin + n · 2^step_exponent` metres with integer `n`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// East of the grid's origin, metres.
    pub origin_x: f64,
    /// North of the grid's origin, metres.
    pub origin_y: f64,
    /// Step as a power of two, metres: -24 is 6e-8 m.
    pub step_exponent: i32,
}
