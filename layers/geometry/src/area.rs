//! Ellipsoidal and planar areas, side by side.

use crate::Shape;
use geo_types::LineString;
use serde::{Deserialize, Serialize};

/// The two areas of one shape, unrounded, in square metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Area {
    /// Area on the ellipsoid (椭球面积).
    pub ellipsoidal_m2: f64,
    /// Area in the projected plane (平面面积).
    pub planar_m2: f64,
}

impl std::ops::Add for Area {
    type Output = Area;
    fn add(self, other: Area) -> Area {
        Area { ellipsoidal_m2: self.ellipsoidal_m2 + other.ellipsoidal_m2, planar_m2: self.planar_m2 + other.planar_m2 }
    }
}

impl std::ops::AddAssign for Area {
    fn add_assign(&mut self, other: Area) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Area {
    fn sum<I: Iterator<Item = Area>>(areas: I) -> Area {
        areas.fold(Area::default(), |a, b| a + b)
    }
}

/// Area in the plane, m²: shells minus holes, whichever way the rings run.
///
/// The shoelace runs on differences to each ring's first vertex: eastings are 3.8e7 m, their
/// products would leave 0.1 m² of noise.
///
/// ```
/// use redline_geometry::planar_m2;
/// use geo_types::{polygon, MultiPolygon};
/// let field = polygon![(x: 38_640_000.0, y: 2_550_000.0), (x: 38_641_000.0, y: 2_550_000.0),
///     (x: 38_641_000.0, y: 2_551_000.0), (x: 38_640_000.0, y: 2_551_000.0)];
/// assert_eq!(planar_m2(&MultiPolygon::new(vec![field])), 1_000_000.0);
/// ```
pub fn planar_m2(shape: &Shape) -> f64 {
    shell_minus_holes(shape, ring_planar_m2)
}

/// Sums a ring's unsigned area over a shape: shells count up, holes down.
pub(crate) fn shell_minus_holes(shape: &Shape, mut ring_m2: impl FnMut(&LineString<f64>) -> f64) -> f64 {
    let mut total = 0.0;
    for polygon in shape {
        total += ring_m2(polygon.exterior()).abs();
        for hole in polygon.interiors() {
            total -= ring_m2(hole).abs();
        }
    }
    total
}

/// Signed planar area of one ring (counter-clockwise positive), m².
pub(crate) fn ring_planar_m2(ring: &LineString<f64>) -> f64 {
    let Some(&first) = ring.0.first() else { return 0.0 };
    let mut twice = 0.0;
    for pair in ring.0.windows(2) {
        let (a, b) = (pair[0] - first, pair[1] - first);
        twice += a.x * b.y - b.x * a.y;
    }
    twice / 2.0
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use geo_types::{Coord, LineString, Polygon};

    fn square(x: f64, y: f64, side: f64, clockwise: bool) -> LineString<f64> {
        let mut ring = vec![
            Coord { x, y },
            Coord { x: x + side, y },
            Coord { x: x + side, y: y + side },
            Coord { x, y: y + side },
            Coord { x, y },
        ];
        if clockwise {
            ring.reverse();
        }
        LineString::new(ring)
    }

    #[test]
    fn a_hole_is_taken_off_whichever_way_it_runs() {
        for (shell, hole) in [(false, false), (false, true), (true, false), (true, true)] {
            let shape = Shape::new(vec![Polygon::new(
                square(38_500_000.0, 2_500_000.0, 10.0, shell),
                vec![square(38_500_003.0, 2_500_003.0, 2.0, hole)],
            )]);
            assert_eq!(planar_m2(&shape), 96.0);
        }
    }
}
