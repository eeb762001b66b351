//! A zone's rings as open lists of vertices, and its edges with the interior on the left.

use crate::Point;
use crate::exact::boxes_touch;
use geo_types::LineString;
use redline_geometry::{OpenRings, Shape, shape_of_rings};

/// Rings by polygon, shell first, open.
pub(crate) type Rings = Vec<Vec<Vec<Point>>>;

/// A ring without the closing repetition.
pub(crate) fn open(ring: &LineString<f64>) -> &[Point] {
    match ring.0.split_last() {
        Some((last, rest)) if rest.first() == Some(last) => rest,
        _ => &ring.0,
    }
}

/// The rings of a shape, with whether each is a hole.
pub(crate) fn rings(shape: &Shape) -> impl Iterator<Item = (&[Point], bool)> {
    shape
        .0
        .iter()
        .flat_map(|p| std::iter::once((open(p.exterior()), false)).chain(p.interiors().iter().map(|r| (open(r), true))))
}

/// The rings of a shape to be changed.
pub(crate) fn open_rings(shape: &Shape) -> Rings {
    shape
        .0
        .iter()
        .map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(|r| open(r).to_vec()).collect())
        .collect()
}

/// Changed rings as a shape in canonical order.
pub(crate) fn shape_of(rings: Rings) -> Shape {
    let polygons = rings
        .into_iter()
        .filter_map(|polygon| {
            let mut polygon = polygon.into_iter();
            Some((polygon.next()?, polygon.collect::<Vec<_>>()))
        })
        .collect::<Vec<OpenRings>>();
    shape_of_rings(polygons)
}

/// One ring as a shape.
pub(crate) fn polygon(ring: Vec<Point>) -> Shape {
    if ring.len() < 3 { Shape::new(vec![]) } else { shape_of_rings(vec![(ring, Vec::new())]) }
}

/// Twice the signed area of an open ring, m², counter-clockwise positive.
pub(crate) fn twice_area(ring: &[Point]) -> f64 {
    let Some(&o) = ring.first() else { return 0.0 };
    let mut twice = 0.0;
    for i in 0..ring.len() {
        let (a, b) = (ring[i] - o, ring[(i + 1) % ring.len()] - o);
        twice += a.x * b.y - b.x * a.y;
    }
    twice
}

/// Whether a ring as stored has the zone's interior on its left.
pub(crate) fn interior_left(ring: &[Point], hole: bool) -> bool {
    (twice_area(ring) > 0.0) != hole
}

/// Hands out the directed edges of a shape, the interior on the left.
pub(crate) fn directed_edges(shape: &Shape, mut act: impl FnMut(Point, Point)) {
    for (ring, hole) in rings(shape) {
        let left = interior_left(ring, hole);
        each_edge(ring, |a, b| if left { act(a, b) } else { act(b, a) });
    }
}

/// Hands out the edges of an open ring.
pub(crate) fn each_edge(ring: &[Point], mut act: impl FnMut(Point, Point)) {
    if let (Some(&first), Some(&last)) = (ring.first(), ring.last()) {
        for pair in ring.windows(2) {
            act(pair[0], pair[1]);
        }
        act(last, first);
    }
}

/// Hands out the edges of a shape whose bounds touch the box between two corners.
pub(crate) fn edges_near(shape: &Shape, low: Point, high: Point, mut act: impl FnMut(Point, Point)) {
    for (ring, _) in rings(shape) {
        each_edge(ring, |a, b| {
            if boxes_touch(a, b, low, high) {
                act(a, b);
            }
        });
    }
}
