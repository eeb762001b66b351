//! One way to write a shape down, so that the same inputs give the same bytes.
//!
//! Shells run counter-clockwise, holes clockwise (RFC 7946); every ring is closed and starts at its
//! smallest (x, y) vertex; holes and polygons are sorted by their vertices.

use crate::area::ring_planar_m2;
use crate::grid::GridPoint;
use crate::{Grid, Shape};
use geo_types::{Coord, LineString, Polygon};
use std::cmp::Ordering;

/// Rings of grid points back in metres, in canonical order. A result vertex that is the grid image
/// of an input vertex gets that vertex's own coordinate from `originals`.
pub(crate) fn shape_of(shapes: Vec<Vec<Vec<GridPoint>>>, grid: &Grid, originals: &Originals) -> Shape {
    let polygons = shapes
        .into_iter()
        .filter_map(|rings| {
            let mut rings = rings
                .into_iter()
                .filter(|r| r.len() >= 3)
                .map(|ring| ring.into_iter().map(|p| originals.find(p).unwrap_or_else(|| grid.to_metres(p))).collect());
            let shell = rings.next()?;
            Some((shell, rings.collect::<Vec<Vec<Coord<f64>>>>()))
        })
        .map(|(shell, holes)| polygon(shell, holes))
        .collect();
    sorted(polygons)
}

/// A shell and its holes, as open rings.
pub type OpenRings = (Vec<Coord<f64>>, Vec<Vec<Coord<f64>>>);

/// Open rings, each shell with its holes, as a shape in canonical order.
pub fn shape_of_rings(polygons: Vec<OpenRings>) -> Shape {
    sorted(polygons.into_iter().map(|(shell, holes)| polygon(shell, holes)).collect())
}

fn polygon(shell: Vec<Coord<f64>>, holes: Vec<Vec<Coord<f64>>>) -> Polygon<f64> {
    let mut holes: Vec<LineString<f64>> = holes.into_iter().map(|h| ring(h, false)).collect();
    holes.sort_by(compare_rings);
    Polygon::new(ring(shell, true), holes)
}

fn sorted(mut polygons: Vec<Polygon<f64>>) -> Shape {
    polygons.sort_by(|a, b| {
        compare_rings(a.exterior(), b.exterior()).then_with(|| {
            let pairs = a.interiors().iter().zip(b.interiors());
            pairs.map(|(x, y)| compare_rings(x, y)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        })
    });
    Shape::new(polygons)
}

/// An open ring, closed, turned the asked way, starting at its smallest vertex.
fn ring(mut points: Vec<Coord<f64>>, counter_clockwise: bool) -> LineString<f64> {
    let smallest = (0..points.len()).min_by(|&a, &b| compare(points[a], points[b])).unwrap_or(0);
    points.rotate_left(smallest);
    if let Some(&first) = points.first() {
        points.push(first);
    }
    let mut ring = LineString::new(points);
    if (ring_planar_m2(&ring) > 0.0) != counter_clockwise {
        // Closed: the smallest vertex stays first.
        ring.0.reverse();
    }
    ring
}

fn compare_rings(a: &LineString<f64>, b: &LineString<f64>) -> Ordering {
    let pairs = a.0.iter().zip(&b.0);
    pairs.map(|(&p, &q)| compare(p, q)).find(|o| o.is_ne()).unwrap_or(a.0.len().cmp(&b.0.len()))
}

/// Orders by x, then y.
pub(crate) fn compare(a: Coord<f64>, b: Coord<f64>) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

/// Input vertices by their grid images. Where two inputs share an image the smaller (x, y) is taken,
/// so that the order of the inputs does not matter.
#[derive(Default)]
pub(crate) struct Originals {
    sorted: Vec<(i64, i64, f64, f64)>,
}

impl Originals {
    /// Collects the vertices whose place is not exactly a grid point; the others come back exact
    /// anyway.
    pub(crate) fn collect(vertices: impl Iterator<Item = (GridPoint, Coord<f64>)>, grid: &Grid) -> Originals {
        let mut sorted: Vec<_> =
            vertices.filter(|&(p, c)| grid.to_metres(p) != c).map(|(p, c)| (p.x, p.y, c.x, c.y)).collect();
        sorted.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.total_cmp(&b.3)));
        sorted.dedup_by(|b, a| (a.0, a.1) == (b.0, b.1));
        Originals { sorted }
    }

    /// The vertex whose grid image `p` is, where it is not `p` itself.
    pub(crate) fn find(&self, p: GridPoint) -> Option<Coord<f64>> {
        let at = self.sorted.binary_search_by(|v| (v.0, v.1).cmp(&(p.x, p.y))).ok()?;
        let (_, _, x, y) = self.sorted[at];
        Some(Coord { x, y })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use geo_types::wkt;

    #[test]
    fn every_way_to_write_a_shape_becomes_the_same_one() {
        let open = |ring: &LineString<f64>| ring.0[1..].to_vec();
        let canonical = |polygons: [Polygon<f64>; 2]| {
            let rings = |p: &Polygon<f64>| (open(p.exterior()), p.interiors().iter().map(open).collect());
            shape_of_rings(polygons.iter().map(rings).collect())
        };
        let a = canonical([
            wkt! { POLYGON((10. 0.,10. 10.,0. 10.,0. 0.,10. 0.),(2. 2.,2. 4.,4. 4.,4. 2.,2. 2.)) },
            wkt! { POLYGON((-5. -5.,-6. -5.,-6. -6.,-5. -5.)) },
        ]);
        let b = canonical([
            wkt! { POLYGON((-6. -6.,-5. -5.,-6. -5.,-6. -6.)) },
            wkt! { POLYGON((0. 10.,10. 10.,10. 0.,0. 0.,0. 10.),(4. 4.,2. 4.,2. 2.,4. 2.,4. 4.)) },
        ]);
        assert_eq!(a, b);
        assert_eq!(a.0[1].exterior().0[0], Coord { x: 0.0, y: 0.0 });
    }
}
