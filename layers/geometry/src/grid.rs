//! The one fixed integer grid of a workspace, on which every overlay snaps.
//!
//! An overlay that takes its grid from the bounds of each call snaps the same boundary differently
//! in two calls; then neighbours gain slivers and areas stop adding up. Here the grid is a property
//! of the workspace: origin on a whole kilometre, step a power of two, so that every grid point is
//! exactly representable as `f64` (for |coordinate| < 2²⁹ m at the default step) and converting
//! there and back loses nothing.

use geo_types::Coord;
use i_overlay::i_float::int::point::IntPoint;
use serde::{Deserialize, Serialize};

/// A point of the grid.
pub(crate) type GridPoint = IntPoint<i64>;

/// The largest grid coordinate used, 1.3e8 m from the origin at the usual step: no place on earth is
/// farther. Up to here grid coordinates and their differences are exact as `f64`, and cross products
/// of differences fit `i128`.
const LIMIT: f64 = (1_i64 << 51) as f64;

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

impl Grid {
    /// The usual step, 2⁻²⁴ m ≈ 0.06 µm: eight times the floating-point step of a zone-prefixed
    /// easting (7.5e-9 m), a ten-thousandth of what a survey resolves.
    pub const STEP_EXPONENT: i32 = -24;

    /// The grid for data whose south-west corner is (`min_x`, `min_y`), metres: origin on the whole
    /// kilometre below, step 2⁻²⁴ m.
    ///
    /// ```
    /// use redline_geometry::Grid;
    /// let grid = Grid::around(38_401_234.5, 2_501_999.0);
    /// assert_eq!((grid.origin_x, grid.origin_y), (38_401_000.0, 2_501_000.0));
    /// ```
    pub fn around(min_x: f64, min_y: f64) -> Grid {
        let floor = |v: f64| if v.is_finite() { (v / 1000.0).floor() * 1000.0 } else { 0.0 };
        Grid { origin_x: floor(min_x), origin_y: floor(min_y), step_exponent: Self::STEP_EXPONENT }
    }

    /// The grid's step, metres.
    pub fn step(&self) -> f64 {
        power_of_two(self.step_exponent)
    }

    /// The place of the grid's point nearest to `at`, metres. Within reach of the grid (see
    /// [`Grid`]) it is less than half a step away.
    ///
    /// ```
    /// use redline_geometry::Grid;
    /// use geo_types::coord;
    /// let grid = Grid { origin_x: 0.0, origin_y: 0.0, step_exponent: -1 };
    /// assert_eq!(grid.nearest(coord! { x: 0.3, y: 1.9 }), coord! { x: 0.5, y: 2.0 });
    /// ```
    pub fn nearest(self, at: Coord<f64>) -> Coord<f64> {
        self.to_metres(self.to_grid(at))
    }

    /// Whether a place has finite coordinates that the grid tells apart; beyond, [`Grid::nearest`] answers
    /// its own bound.
    pub fn reaches(self, at: Coord<f64>) -> bool {
        let far = LIMIT * self.step();
        (at.x - self.origin_x).abs() < far && (at.y - self.origin_y).abs() < far
    }

    /// The grid point nearest to `at`. Coordinates beyond 2⁵¹ steps (1.3e8 m) are held at that bound;
    /// NaN becomes the origin (callers have dropped such points before, see [`crate::rings`]).
    pub(crate) fn to_grid(self, at: Coord<f64>) -> GridPoint {
        let scale = power_of_two(-self.step_exponent);
        // Adding and taking off 1.5 · 2⁵² rounds to the nearest integer (|v| < 2⁵¹) without a call.
        const ROUND: f64 = 6_755_399_441_055_744.0;
        let n = |v: f64, origin: f64| (((v - origin) * scale).clamp(-LIMIT, LIMIT) + ROUND - ROUND) as i64;
        GridPoint::new(n(at.x, self.origin_x), n(at.y, self.origin_y))
    }

    /// The place of a grid point, metres.
    pub(crate) fn to_metres(self, p: GridPoint) -> Coord<f64> {
        let step = self.step();
        Coord { x: self.origin_x + p.x as f64 * step, y: self.origin_y + p.y as f64 * step }
    }
}

/// 2ⁿ for the exponents of a normal number, by its bits.
fn power_of_two(n: i32) -> f64 {
    f64::from_bits(((1023 + n.clamp(-1022, 1023)) as u64) << 52)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn snapping_twice_is_snapping_once_and_moves_less_than_half_a_step(
            x in 38_300_000.0..38_700_000.0f64, y in 2_000_000.0..6_000_000.0f64
        ) {
            let grid = Grid::around(38_350_000.0, 2_400_000.0);
            let snap = |at| grid.to_metres(grid.to_grid(at));
            let once = snap(Coord { x, y });
            prop_assert_eq!(snap(once), once);
            prop_assert!((once.x - x).abs() <= grid.step() / 2.0);
            prop_assert!((once.y - y).abs() <= grid.step() / 2.0);
        }
    }

    #[test]
    fn powers_of_two_are_themselves() {
        for n in [-1022, -24, -1, 0, 1, 24, 1023] {
            assert_eq!(power_of_two(n), 2f64.powi(n));
        }
    }

    #[test]
    fn every_grid_point_of_a_city_is_exact_in_floating_point() {
        let grid = Grid::around(38_350_000.0, 2_400_000.0);
        for n in [0_i64, 1, 12_345_678_901, (300_000_i64 << 24) + 1] {
            let p = GridPoint::new(n, n + 7);
            assert_eq!(grid.to_grid(grid.to_metres(p)), p);
        }
    }
}
