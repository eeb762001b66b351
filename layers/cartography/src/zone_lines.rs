//! A zone's rings in world coordinates, and as they are drawn at one zoom.

use crate::mercator::Along;
use crate::simplify::Simplifier;
use geo_types::Polygon;
use redline_geometry::Shape;
use std::sync::Arc;

/// A ring among others: where it ends in the list of points, and whether it is a polygon's outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ring {
    /// One past its last point.
    pub end: usize,
    /// An outline, or a hole of the outline before it.
    pub outer: bool,
}

/// Rings, not closed by a repeated point.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rings<T> {
    pub points: Vec<[T; 2]>,
    pub rings: Vec<Ring>,
}

impl<T> Rings<T> {
    pub(crate) fn new() -> Rings<T> {
        Rings { points: Vec::new(), rings: Vec::new() }
    }

    /// Each ring with whether it is an outline.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (bool, &[[T; 2]])> {
        self.rings.iter().scan(0, |start, ring| {
            let points = &self.points[*start..ring.end];
            *start = ring.end;
            Some((ring.outer, points))
        })
    }

    #[cfg(test)]
    pub(crate) fn push(&mut self, outer: bool, points: impl IntoIterator<Item = [T; 2]>) {
        self.points.extend(points);
        self.rings.push(Ring { end: self.points.len(), outer });
    }
}

/// Why a zone cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undrawable {
    /// It has no ring of three points.
    Empty,
    /// A point lies where Mercator has no place.
    OutOfReach,
}

/// What a tile says of a zone.
#[derive(Debug)]
pub(crate) struct Label {
    /// Drawing key.
    pub key: String,
    /// Zone id.
    pub id: String,
    /// Name, short; may be empty.
    pub name: String,
}

/// A zone in world coordinates.
#[derive(Debug)]
pub(crate) struct ZoneLines {
    pub label: Arc<Label>,
    pub rings: Rings<u32>,
}

/// Projects a shape; rings of fewer than three points fall away.
pub(crate) fn project(shape: &Shape, along: &mut Along<'_>) -> Result<Rings<u32>, Undrawable> {
    let mut rings = Rings::new();
    rings.points.reserve_exact(shape.0.iter().map(points_of).sum());
    for polygon in &shape.0 {
        let lines = std::iter::once((true, polygon.exterior())).chain(polygon.interiors().iter().map(|r| (false, r)));
        for (outer, line) in lines {
            let open = match line.0.as_slice() {
                [first, middle @ .., last] if first == last && !middle.is_empty() => &line.0[..line.0.len() - 1],
                all => all,
            };
            if open.len() < 3 {
                if outer {
                    // its holes lie in nothing
                    break;
                }
                continue;
            }
            for at in open {
                rings.points.push(along.world(*at).ok_or(Undrawable::OutOfReach)?);
            }
            rings.rings.push(Ring { end: rings.points.len(), outer });
        }
    }
    if rings.rings.is_empty() { Err(Undrawable::Empty) } else { Ok(rings) }
}

/// Points of a polygon, at most.
fn points_of(polygon: &Polygon<f64>) -> usize {
    polygon.exterior().0.len() + polygon.interiors().iter().map(|r| r.0.len()).sum::<usize>()
}

/// Puts the rings as they are drawn at a zoom into `out`, in its units from the world's corner: rounded,
/// and simplified by no more than half a pixel (`simplified`). The same zone gives the same rings
/// whichever tile asks, so tiles meet. What becomes thinner than a unit is gone.
pub(crate) fn at_zoom(
    rings: &Rings<u32>,
    zoom: u8,
    simplified: bool,
    simplifier: &mut Simplifier,
    out: &mut Rings<i32>,
) {
    out.points.clear();
    out.rings.clear();
    let mut has_outline = false;
    for (outer, points) in rings.iter() {
        if !outer && !has_outline {
            continue;
        }
        let left = simplifier.ring(points, zoom, simplified, &mut out.points);
        if left {
            out.rings.push(Ring { end: out.points.len(), outer });
        }
        if outer {
            has_outline = left;
        }
    }
}

/// Twice the signed area of a ring, y southwards: positive where it runs clockwise on the screen.
pub(crate) fn twice_area(points: &[[i32; 2]]) -> i64 {
    let Some(&[x0, y0]) = points.first() else { return 0 };
    let from_first = |p: &[i32; 2]| (i128::from(p[0]) - i128::from(x0), i128::from(p[1]) - i128::from(y0));
    let twice: i128 =
        points.windows(2).map(|w| (from_first(&w[0]), from_first(&w[1]))).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    // only a ring that goes around the world many times is held at the bound
    twice.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
}
