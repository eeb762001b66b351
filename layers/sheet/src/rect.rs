//! Rectangles, on the ground (metres) and on paper (millimetres, y down).

use geo_types::Coord;

/// An axis-aligned rectangle. On the ground `y` grows north, on paper it grows down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Least x.
    pub x0: f64,
    /// Least y.
    pub y0: f64,
    /// Greatest x.
    pub x1: f64,
    /// Greatest y.
    pub y1: f64,
}

impl Rect {
    /// A rectangle from its least and greatest coordinates.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        Rect { x0, y0, x1, y1 }
    }

    /// A rectangle from its least corner and size.
    pub fn at(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect { x0: x, y0: y, x1: x + width, y1: y + height }
    }

    /// Width.
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// The middle.
    pub fn centre(&self) -> (f64, f64) {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    /// Grown by `by` on every side; shrunk where negative.
    pub fn grown(&self, by: f64) -> Rect {
        Rect { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// The least rectangle around both.
    pub fn around(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Whether a point lies in it or on its edge.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    /// Whether all of `other` lies in it.
    pub fn holds(&self, other: &Rect) -> bool {
        self.contains(other.x0, other.y0) && self.contains(other.x1, other.y1)
    }

    /// Whether the insides meet.
    pub fn meets(&self, other: &Rect) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether a rectangle can be drawn: finite, with an inside.
    pub fn usable(&self) -> bool {
        [self.x0, self.y0, self.x1, self.y1].iter().all(|v| v.is_finite()) && self.x1 > self.x0 && self.y1 > self.y0
    }

    /// The least rectangle around points; `None` of none.
    pub fn of<'a>(points: impl IntoIterator<Item = &'a Coord<f64>>) -> Option<Rect> {
        points.into_iter().fold(None, |sum: Option<Rect>, c| {
            let point = Rect::new(c.x, c.y, c.x, c.y);
            Some(sum.map_or(point, |sum| sum.around(&point)))
        })
    }

    /// Whether the segment from `a` to `b` runs through the inside (Liang–Barsky).
    pub(crate) fn crossed_by(&self, a: (f64, f64), b: (f64, f64)) -> bool {
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        for (step, room) in [(-dx, a.0 - self.x0), (dx, self.x1 - a.0), (-dy, a.1 - self.y0), (dy, self.y1 - a.1)] {
            if step == 0.0 {
                if room <= 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                from = from.max(room / step);
            } else {
                to = to.min(room / step);
            }
        }
        from < to
    }
}

/// The least rectangle around a shape; `None` of an empty one.
pub(crate) fn bounds(shape: &redline_geometry::Shape) -> Option<Rect> {
    Rect::of(shape.iter().flat_map(|p| &p.exterior().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leader_that_touches_a_label_is_seen() {
        let label = Rect::at(10.0, 10.0, 5.0, 2.0);
        assert!(label.crossed_by((0.0, 11.0), (20.0, 11.0)));
        assert!(label.crossed_by((12.0, 11.0), (30.0, 30.0)));
        assert!(!label.crossed_by((0.0, 0.0), (9.0, 20.0)));
        assert!(!label.crossed_by((0.0, 9.0), (20.0, 9.0)));
    }
}
