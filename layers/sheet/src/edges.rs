//! Zones as a heap of edges on a grid of paper: merging a million parcels is cancelling the edges they
//! share.
//!
//! Every vertex is rounded to the grid by itself, so neighbours that share vertices still share them,
//! and no gap opens. Two parcels of one class run along their common edge in opposite directions;
//! dropping such pairs changes no winding number, so the drawn ground is exactly that of all rings
//! piled up, whatever the layer's defects. Rings thinner than the grid cancel themselves.

use crate::plane::{Plane, cut, doubled_area};
use geo_types::{Coord, LineString};
use redline_geometry::Shape;

/// A vertex in hundredths of a millimetre on paper.
pub(crate) type Point = (i32, i32);

/// Hundredths of a millimetre in a millimetre.
const FINE: f64 = 100.0;
/// The coarse grid, hundredths of a millimetre: 0.05 mm.
const COARSE: i32 = 5;

/// Edges of many rings. Shells run one way and holes the other.
#[derive(Default)]
pub(crate) struct Edges {
    /// Lesser end, greater end, and +1 where the ring runs from lesser to greater, else −1.
    edges: Vec<(Point, Point, i32)>,
    tidy: usize,
    coarse: bool,
}

fn on_grid(place: (f64, f64)) -> Point {
    let round = |v: f64| (v * FINE).round().clamp(-1e9, 1e9) as i32;
    (round(place.0), round(place.1))
}

/// Half-way values go up, also below zero, so that the step is the same everywhere.
fn coarsened(p: Point) -> Point {
    let round = |v: i32| (v + COARSE / 2).div_euclid(COARSE) * COARSE;
    (round(p.0), round(p.1))
}

impl Edges {
    /// Adds a shape, cut to the plane's paper grown by `spare` mm.
    pub(crate) fn add(&mut self, shape: &Shape, plane: &Plane, spare: f64) {
        let window = plane.ground_grown(spare);
        for polygon in shape {
            let meets = crate::Rect::of(&polygon.exterior().0).is_some_and(|b| b.meets(&window) || window.holds(&b));
            if !meets {
                continue;
            }
            self.ring(polygon.exterior(), true, plane, &window);
            for hole in polygon.interiors() {
                self.ring(hole, false, plane, &window);
            }
        }
        if self.edges.len() > 2 * self.tidy + 2_000_000 {
            self.cancel();
        }
    }

    fn ring(&mut self, ring: &LineString<f64>, shell: bool, plane: &Plane, window: &crate::Rect) {
        let points: Vec<Coord<f64>> = cut(ring, window);
        let backwards = (doubled_area(&points) > 0.0) != shell;
        let Some(&last) = points.last() else { return };
        let mut from = self.snapped(plane.place(last));
        for &c in &points {
            let to = self.snapped(plane.place(c));
            if from != to {
                let sign = if (from < to) != backwards { 1 } else { -1 };
                self.edges.push((from.min(to), from.max(to), sign));
            }
            from = to;
        }
    }

    fn snapped(&self, place: (f64, f64)) -> Point {
        let fine = on_grid(place);
        if self.coarse { coarsened(fine) } else { fine }
    }

    /// Goes over to the grid of 0.05 mm.
    pub(crate) fn coarsen(&mut self) {
        if self.coarse {
            return;
        }
        self.coarse = true;
        for edge in &mut self.edges {
            let (a, b) = (coarsened(edge.0), coarsened(edge.1));
            let sign = if a < b { edge.2 } else { -edge.2 };
            *edge = (a.min(b), a.max(b), sign);
        }
        self.edges.retain(|(a, b, _)| a != b);
        self.cancel();
    }

    /// Edges held.
    pub(crate) fn len(&self) -> usize {
        self.edges.len()
    }

    /// Drops what cancels.
    fn cancel(&mut self) {
        self.edges.sort_unstable();
        let mut out = 0;
        let mut i = 0;
        while i < self.edges.len() {
            let (a, b, _) = self.edges[i];
            let mut net = 0;
            while i < self.edges.len() && self.edges[i].0 == a && self.edges[i].1 == b {
                net += self.edges[i].2;
                i += 1;
            }
            if net != 0 {
                self.edges[out] = (a, b, net);
                out += 1;
            }
        }
        self.edges.truncate(out);
        self.tidy = out;
    }

    /// The rings of what is covered, for the non-zero rule.
    pub(crate) fn rings(mut self) -> Vec<Vec<Point>> {
        self.cancel();
        let mut from: Vec<(Point, Point)> = Vec::with_capacity(self.edges.len());
        for (a, b, net) in self.edges {
            let edge = if net > 0 { (a, b) } else { (b, a) };
            from.extend(std::iter::repeat_n(edge, net.unsigned_abs() as usize));
        }
        from.sort_unstable();
        chained(from, true)
    }

    /// Every edge once, whichever zones run along it: outlines for strokes and dashes.
    pub(crate) fn outlines(&self) -> Vec<Vec<Point>> {
        let mut all: Vec<(Point, Point)> = self.edges.iter().map(|e| (e.0, e.1)).collect();
        all.sort_unstable();
        all.dedup();
        both_ways(all)
    }
}

/// Closed chains of a balanced heap of directed edges, sorted.
fn chained(edges: Vec<(Point, Point)>, straight: bool) -> Vec<Vec<Point>> {
    let mut next: Vec<usize> = Vec::new();
    let mut starts: Vec<Point> = Vec::new();
    for (i, e) in edges.iter().enumerate() {
        if starts.last() != Some(&e.0) {
            starts.push(e.0);
            next.push(i);
        }
    }
    let mut rings = Vec::new();
    for begin in 0..starts.len() {
        loop {
            let first = starts[begin];
            let mut ring = Vec::new();
            let mut node = begin;
            while let Some(&(at, to)) = edges.get(next[node]).filter(|e| e.0 == starts[node]) {
                next[node] += 1;
                ring.push(at);
                if to == first {
                    break;
                }
                match starts.binary_search(&to) {
                    Ok(n) => node = n,
                    // cannot happen in a balanced heap; a line that ends is drawn as it is
                    Err(_) => break,
                }
            }
            if ring.is_empty() {
                break;
            }
            let ring = if straight { without_straight(&ring) } else { ring };
            if ring.len() > 2 {
                rings.push(ring);
            }
        }
    }
    rings
}

/// A ring without the vertices that lie on a straight line.
fn without_straight(ring: &[Point]) -> Vec<Point> {
    let n = ring.len();
    let turn = |a: Point, b: Point, c: Point| {
        let d = |p: Point, q: Point| (i64::from(q.0) - i64::from(p.0), i64::from(q.1) - i64::from(p.1));
        let (u, v) = (d(a, b), d(b, c));
        (u.0 * v.1 - u.1 * v.0, u.0 * v.0 + u.1 * v.1)
    };
    (0..n)
        .filter(|&i| {
            let (cross, dot) = turn(ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]);
            cross != 0 || dot < 0
        })
        .map(|i| ring[i])
        .collect()
}

/// Lines along undirected edges, each edge once; lines end where more than two edges meet.
fn both_ways(edges: Vec<(Point, Point)>) -> Vec<Vec<Point>> {
    let mut ends: Vec<(Point, usize)> = Vec::with_capacity(edges.len() * 2);
    for (i, e) in edges.iter().enumerate() {
        ends.push((e.0, i));
        ends.push((e.1, i));
    }
    ends.sort_unstable();
    let at = |p: Point| {
        let from = ends.partition_point(|e| e.0 < p);
        let to = ends.partition_point(|e| e.0 <= p);
        &ends[from..to]
    };
    let mut used = vec![false; edges.len()];
    let mut lines = Vec::new();
    let mut walk = |start: Point, first: usize, used: &mut Vec<bool>| {
        let mut line = vec![start];
        let (mut here, mut edge) = (start, first);
        loop {
            used[edge] = true;
            here = if edges[edge].0 == here { edges[edge].1 } else { edges[edge].0 };
            line.push(here);
            let around = at(here);
            match around.iter().find(|e| !used[e.1]) {
                Some(e) if around.len() == 2 && here != start => edge = e.1,
                _ => break,
            }
        }
        lines.push(line);
    };
    // from knots first, so that no line runs through one; what is left are closed rings
    let mut i = 0;
    while i < ends.len() {
        let p = ends[i].0;
        let around = at(p);
        let count = around.len();
        if count != 2 {
            for e in around {
                if !used[e.1] {
                    walk(p, e.1, &mut used);
                }
            }
        }
        i += count;
    }
    for e in 0..edges.len() {
        if !used[e] {
            walk(edges[e].0, e, &mut used);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rect;
    use geo_types::wkt;

    /// 1 m of ground is 1 mm of paper.
    fn plane() -> Plane {
        Plane::new(1000.0, (50.0, 50.0), Rect::at(0.0, 0.0, 100.0, 100.0))
    }

    fn covered(rings: &[Vec<Point>]) -> f64 {
        rings
            .iter()
            .map(|r| {
                let points: Vec<_> = r.iter().map(|p| Coord { x: f64::from(p.0), y: -f64::from(p.1) }).collect();
                doubled_area(&points) / 2.0 / FINE / FINE
            })
            .sum()
    }

    #[test]
    fn parcels_of_one_class_become_one_ring() {
        let mut edges = Edges::default();
        for i in 0..10 {
            let x = f64::from(i);
            let corners = vec![(x, 0.), (x + 1., 0.), (x + 1., 5.), (x, 5.), (x, 0.)];
            let parcel = geo_types::Polygon::new(LineString::from(corners), Vec::new());
            edges.add(&Shape::new(vec![parcel]), &plane(), 2.0);
        }
        assert_eq!(edges.outlines().iter().map(|l| l.len() - 1).sum::<usize>(), 31);
        let rings = edges.rings();
        assert_eq!(rings.len(), 1);
        assert_eq!(rings[0].len(), 4, "straight vertices are gone: {rings:?}");
        assert_eq!(covered(&rings), 50.0);
    }

    #[test]
    fn a_hole_stays_a_hole_whichever_way_its_ring_runs() {
        for hole in ["(2. 2.,4. 2.,4. 4.,2. 4.,2. 2.)", "(2. 2.,2. 4.,4. 4.,4. 2.,2. 2.)"] {
            let ring = |r: &str| {
                let numbers: Vec<f64> =
                    r.trim_matches(['(', ')']).split([' ', ',']).map(|n| n.parse().unwrap()).collect();
                LineString::from(numbers.chunks(2).map(|c| (c[0], c[1])).collect::<Vec<_>>())
            };
            let shell = ring("(0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)");
            let shape = Shape::new(vec![geo_types::Polygon::new(shell, vec![ring(hole)])]);
            let mut edges = Edges::default();
            edges.add(&shape, &plane(), 2.0);
            assert_eq!(covered(&edges.rings()), 96.0);
        }
    }

    #[test]
    fn what_is_thinner_than_the_grid_cancels_itself() {
        let mut edges = Edges::default();
        let thin = Shape::new(vec![wkt! { POLYGON((0. 0.,10. 0.,10. 0.001,0. 0.001,0. 0.)) }]);
        edges.add(&thin, &plane(), 2.0);
        assert!(edges.rings().is_empty());
    }

    #[test]
    fn a_border_between_two_zones_is_drawn_once() {
        let mut edges = Edges::default();
        edges.add(&Shape::new(vec![wkt! { POLYGON((0. 0.,5. 0.,5. 5.,0. 5.,0. 0.)) }]), &plane(), 2.0);
        edges.add(&Shape::new(vec![wkt! { POLYGON((5. 0.,9. 0.,9. 5.,5. 5.,5. 0.)) }]), &plane(), 2.0);
        let lines = edges.outlines();
        assert_eq!(lines.len(), 3, "{lines:?}");
    }

    #[test]
    fn the_coarse_grid_opens_no_gap_between_neighbours() {
        let mut edges = Edges::default();
        let a = wkt! { POLYGON((0. 0.,5.013 0.,5.031 2.517,4.987 5.,0. 5.,0. 0.)) };
        let b = wkt! { POLYGON((5.013 0.,9. 0.,9. 5.,4.987 5.,5.031 2.517,5.013 0.)) };
        edges.add(&Shape::new(vec![a]), &plane(), 2.0);
        edges.coarsen();
        edges.add(&Shape::new(vec![b]), &plane(), 2.0);
        let rings = edges.rings();
        assert_eq!((rings.len(), covered(&rings)), (1, 45.0));
    }
}
