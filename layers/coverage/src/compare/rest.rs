//! What of a zone is not paired yet: its polygons, each with its box.
//!
//! A boundary drawn anew a hair beside the old one leaves tens of thousands of slivers along it. Only
//! those whose boxes meet are laid over one another; the whole would be walked for every neighbour.

use geo_types::Polygon;
use redline_geometry::Shape;
use rstar::{AABB, Envelope};

#[derive(Default)]
pub(super) struct Rest {
    polygons: Vec<(AABB<[f64; 2]>, Polygon<f64>)>,
}

impl Rest {
    /// Puts polygons in (back).
    pub fn put(&mut self, shape: Shape) {
        self.polygons.extend(shape.into_iter().filter_map(|polygon| {
            let corners = polygon.exterior().0.iter().map(|c| AABB::from_point([c.x, c.y]));
            let bounds = corners.reduce(|a, b| a.merged(&b))?;
            Some((bounds, polygon))
        }));
    }

    /// The box around all that is left.
    pub fn bounds(&self) -> Option<AABB<[f64; 2]>> {
        self.polygons.iter().map(|(bounds, _)| *bounds).reduce(|a, b| a.merged(&b))
    }

    /// All that is left.
    pub fn shape(self) -> Shape {
        Shape::new(self.polygons.into_iter().map(|(_, polygon)| polygon).collect())
    }

    /// Takes out of both the polygons whose box meets one of the other's.
    pub fn near(a: &mut Rest, b: &mut Rest) -> (Shape, Shape) {
        let (Some(of_a), Some(of_b)) = (a.bounds(), b.bounds()) else {
            return (Shape::new(vec![]), Shape::new(vec![]));
        };
        let (mut met_a, mut met_b) = (vec![false; a.polygons.len()], vec![false; b.polygons.len()]);
        // swept from west to east: each polygon against those of the other side that are still open there
        let inside = |rest: &Rest, other: &AABB<[f64; 2]>| -> Vec<usize> {
            let mut found: Vec<usize> =
                (0..rest.polygons.len()).filter(|&n| rest.polygons[n].0.intersects(other)).collect();
            found.sort_by(|&m, &n| rest.polygons[m].0.lower()[0].total_cmp(&rest.polygons[n].0.lower()[0]));
            found
        };
        let (in_a, in_b) = (inside(a, &of_b), inside(b, &of_a));
        let (mut open_a, mut open_b): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let (mut next_a, mut next_b) = (0, 0);
        while next_a < in_a.len() || next_b < in_b.len() {
            let west = |rest: &Rest, list: &[usize], at: usize| {
                list.get(at).map_or(f64::INFINITY, |&n| rest.polygons[n].0.lower()[0])
            };
            if west(a, &in_a, next_a) <= west(b, &in_b, next_b) {
                let n = in_a[next_a];
                next_a += 1;
                meet(&a.polygons[n].0, n, &mut met_a, &mut open_b, b, &mut met_b);
                open_a.push(n);
            } else {
                let n = in_b[next_b];
                next_b += 1;
                meet(&b.polygons[n].0, n, &mut met_b, &mut open_a, a, &mut met_a);
                open_b.push(n);
            }
        }
        (a.take(&met_a), b.take(&met_b))
    }

    fn take(&mut self, met: &[bool]) -> Shape {
        let mut taken = Vec::new();
        let mut left = Vec::new();
        for (polygon, &met) in std::mem::take(&mut self.polygons).into_iter().zip(met) {
            if met { taken.push(polygon.1) } else { left.push(polygon) }
        }
        self.polygons = left;
        Shape::new(taken)
    }
}

/// Marks polygon `n` and those open on the other side that its box meets; what ended west of it is closed.
fn meet(
    bounds: &AABB<[f64; 2]>,
    n: usize,
    met: &mut [bool],
    open: &mut Vec<usize>,
    other: &Rest,
    met_other: &mut [bool],
) {
    open.retain(|&o| other.polygons[o].0.upper()[0] >= bounds.lower()[0]);
    for &o in open.iter() {
        if other.polygons[o].0.intersects(bounds) {
            met[n] = true;
            met_other[o] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::Rect;
    use proptest::prelude::*;

    fn squares(at: &[(u8, u8, u8)]) -> Rest {
        let mut rest = Rest::default();
        for &(x, y, side) in at {
            let (x, y) = (f64::from(x), f64::from(y));
            let side = f64::from(side % 20 + 1);
            rest.put(Shape::new(vec![Rect::new((x, y), (x + side, y + side)).to_polygon()]));
        }
        rest
    }

    proptest! {
        #[test]
        fn what_is_laid_over_one_another_is_what_meets(
            a in prop::collection::vec(any::<(u8, u8, u8)>(), 0..40),
            b in prop::collection::vec(any::<(u8, u8, u8)>(), 0..40),
        ) {
            let (mut left, mut right) = (squares(&a), squares(&b));
            let count = |all: &Rest, others: &Rest| {
                all.polygons.iter().filter(|(p, _)| others.polygons.iter().any(|(q, _)| p.intersects(q))).count()
            };
            let wanted = (count(&left, &right), count(&right, &left));
            let (mine, theirs) = Rest::near(&mut left, &mut right);
            prop_assert_eq!((mine.0.len(), theirs.0.len()), wanted);
            prop_assert_eq!(left.polygons.len() + mine.0.len(), a.len());
            prop_assert_eq!(right.polygons.len() + theirs.0.len(), b.len());
        }
    }
}
