//! From the ground (metres, y north) to the paper (millimetres, y down), true to scale.

use crate::Rect;
use geo_types::{Coord, LineString};

/// A map's place on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plane {
    /// 1:N.
    pub(crate) scale: f64,
    /// The ground shown, metres.
    pub(crate) ground: Rect,
    /// Where it is shown, mm.
    pub(crate) paper: Rect,
}

impl Plane {
    /// The ground around a centre that fills `paper` at 1:`scale`.
    pub(crate) fn new(scale: f64, centre: (f64, f64), paper: Rect) -> Plane {
        let (w, h) = (paper.width() * scale / 1000.0, paper.height() * scale / 1000.0);
        let ground = Rect::at(centre.0 - w / 2.0, centre.1 - h / 2.0, w, h);
        Plane { scale, ground, paper }
    }

    /// A place on paper, mm.
    pub(crate) fn place(&self, c: Coord<f64>) -> (f64, f64) {
        let mm = 1000.0 / self.scale;
        (self.paper.x0 + (c.x - self.ground.x0) * mm, self.paper.y0 + (self.ground.y1 - c.y) * mm)
    }

    /// A rectangle of ground, on paper.
    pub(crate) fn placed(&self, ground: &Rect) -> Rect {
        let a = self.place(Coord { x: ground.x0, y: ground.y1 });
        let b = self.place(Coord { x: ground.x1, y: ground.y0 });
        Rect::new(a.0, a.1, b.0, b.1)
    }

    /// A length of ground in metres, in mm on paper.
    pub(crate) fn mm(&self, metres: f64) -> f64 {
        metres * 1000.0 / self.scale
    }

    /// The ground of paper `by` mm larger on every side.
    pub(crate) fn ground_grown(&self, by: f64) -> Rect {
        self.ground.grown(by * self.scale / 1000.0)
    }
}

/// A ring cut to a rectangle (Sutherland and Hodgman 1974). Where the ring leaves and comes back the
/// result runs along the rectangle's edge, so it is drawn only where that edge is not seen.
/// The result is open; fewer than three points mean that nothing is left.
pub(crate) fn cut(ring: &LineString<f64>, to: &Rect) -> Vec<Coord<f64>> {
    let mut points: Vec<Coord<f64>> = match ring.0.split_last() {
        Some((last, rest)) if rest.first() == Some(last) => rest.to_vec(),
        _ => ring.0.clone(),
    };
    if points.iter().all(|c| to.contains(c.x, c.y)) {
        return points;
    }
    for side in 0..4 {
        let room = |c: &Coord<f64>| match side {
            0 => c.x - to.x0,
            1 => to.x1 - c.x,
            2 => c.y - to.y0,
            _ => to.y1 - c.y,
        };
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (i, b) in points.iter().enumerate() {
            let a = &points[(i + points.len() - 1) % points.len()];
            let (ra, rb) = (room(a), room(b));
            if (ra >= 0.0) != (rb >= 0.0) {
                // always reckoned from the end that is inside, so that neighbours cut alike
                let (inner, outer, ri, ro) = if ra >= 0.0 { (a, b, ra, rb) } else { (b, a, rb, ra) };
                let t = ri / (ri - ro);
                kept.push(Coord { x: inner.x + (outer.x - inner.x) * t, y: inner.y + (outer.y - inner.y) * t });
            }
            if rb >= 0.0 {
                kept.push(*b);
            }
        }
        points = kept;
        if points.is_empty() {
            break;
        }
    }
    points
}

/// Twice the signed area; positive where the ring runs anticlockwise (y up).
pub(crate) fn doubled_area(points: &[Coord<f64>]) -> f64 {
    let Some(&origin) = points.first() else { return 0.0 };
    // about the first point: ground coordinates have seven digits before the point
    let at = |i: usize| points[i] - origin;
    (0..points.len())
        .map(|i| {
            let (a, b) = (at(i), at((i + 1) % points.len()));
            a.x * b.y - b.x * a.y
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::line_string;

    #[test]
    fn a_hundred_millimetres_are_what_the_scale_says() {
        let plane = Plane::new(5000.0, (40_000_000.0, 2_500_000.0), Rect::at(10.0, 10.0, 200.0, 150.0));
        let a = plane.place(Coord { x: 40_000_000.0, y: 2_500_000.0 });
        let b = plane.place(Coord { x: 40_000_500.0, y: 2_500_000.0 });
        assert_eq!(a, (110.0, 85.0));
        assert!((b.0 - a.0 - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_ring_is_cut_to_its_window() {
        let ring = line_string![(x: -5., y: -5.), (x: 15., y: -5.), (x: 15., y: 5.), (x: -5., y: 5.), (x: -5., y: -5.)];
        let part = cut(&ring, &Rect::new(0.0, 0.0, 10.0, 10.0));
        assert_eq!(doubled_area(&part) / 2.0, 50.0);
        assert!(cut(&ring, &Rect::new(20.0, 20.0, 30.0, 30.0)).is_empty());
    }
}
