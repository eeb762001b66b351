//! How far a place traced on a GCJ-02 screen would be off.
//!
//! Chinese web maps shift WGS 84 by the GCJ-02 rule, 100 to 700 m. Nothing in the numbers tells a
//! shifted point from a true one, so this only says what the shift would be at the place. The rule
//! is the publicly known approximation of GCJ-02 on the Krassovsky ellipsoid.

use std::f64::consts::PI;

/// The GCJ-02 shift at a place (degrees), metres east and north.
pub(super) fn shift_m(lon: f64, lat: f64) -> (f64, f64) {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |v: f64| 20.0 * (6.0 * v * PI).sin() + 20.0 * (2.0 * v * PI).sin();
    let ripple = wave(x) * 2.0 / 3.0;
    let long = |v: f64, far: f64, a: f64, b: f64| {
        (20.0 * (v * PI).sin() + 40.0 * (v / 3.0 * PI).sin() + a * (v / 12.0 * PI).sin() + b * (v / far * PI).sin())
            * 2.0
            / 3.0
    };
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + long(y, 30.0, 160.0, 320.0);
    let east =
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * x.abs().sqrt() + ripple + long(x, 30.0, 150.0, 300.0);
    (east, north)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shift_in_guangzhou_is_some_six_hundred_metres() {
        let (east, north) = shift_m(113.264_4, 23.129_1);
        let far = east.hypot(north);
        assert!((450.0..750.0).contains(&far), "{east} {north}");
        assert!(east > 0.0 && north < 0.0, "{east} {north}");
    }
}
