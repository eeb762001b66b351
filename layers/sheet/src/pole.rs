//! Where a label stands best in a polygon: the point farthest from its edges.

use geo_types::Coord;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Rings of one polygon on paper, mm: the shell and its holes, open.
pub(crate) type Rings = Vec<Vec<Coord<f64>>>;

/// A point and its distance to the nearest edge, mm; negative outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pole {
    pub(crate) at: Coord<f64>,
    pub(crate) room: f64,
}

struct Cell {
    centre: Coord<f64>,
    half: f64,
    room: f64,
    most: f64,
}

impl PartialEq for Cell {
    fn eq(&self, other: &Cell) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Cell {}
impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Cell) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Cell {
    fn cmp(&self, other: &Cell) -> Ordering {
        self.most
            .total_cmp(&other.most)
            .then(other.centre.x.total_cmp(&self.centre.x))
            .then(other.centre.y.total_cmp(&self.centre.y))
    }
}

/// The pole of inaccessibility within `precision` mm (quadtree search, Agafonkin 2016). `stretch` is
/// how many times wider than high the label is: distances along x count that much less.
pub(crate) fn pole(rings: &Rings, stretch: f64, precision: f64) -> Option<Pole> {
    let squeezed: Rings =
        rings.iter().map(|r| r.iter().map(|c| Coord { x: c.x / stretch, y: c.y }).collect()).collect();
    let shell = squeezed.first().filter(|r| r.len() > 2)?;
    let bounds = crate::Rect::of(shell)?;
    let size = bounds.width().min(bounds.height());
    let cell = |centre: Coord<f64>, half: f64| {
        let room = distance(&squeezed, centre);
        Cell { centre, half, room, most: room + half * std::f64::consts::SQRT_2 }
    };
    let (mx, my) = bounds.centre();
    let mut best = cell(Coord { x: mx, y: my }, 0.0);
    if size > 0.0 {
        let mut heap = BinaryHeap::new();
        let half = size / 2.0;
        // a very long strip is not cut into more than 64 cells to begin with
        let (nx, ny) = ((bounds.width() / size).ceil().min(64.0), (bounds.height() / size).ceil().min(64.0));
        let half = half.max(bounds.width() / nx / 2.0).max(bounds.height() / ny / 2.0);
        for i in 0..nx as usize {
            for j in 0..ny as usize {
                let x = bounds.x0 + half + 2.0 * half * i as f64;
                let y = bounds.y0 + half + 2.0 * half * j as f64;
                heap.push(cell(Coord { x, y }, half));
            }
        }
        let mut looked = 0;
        while let Some(next) = heap.pop() {
            looked += 1;
            if next.most - best.room <= precision || looked > 2000 {
                break;
            }
            let (c, h) = (next.centre, next.half / 2.0);
            if next.room > best.room {
                best = next;
            }
            for (dx, dy) in [(-h, -h), (h, -h), (-h, h), (h, h)] {
                heap.push(cell(Coord { x: c.x + dx, y: c.y + dy }, h));
            }
        }
    }
    Some(Pole { at: Coord { x: best.centre.x * stretch, y: best.centre.y }, room: best.room })
}

/// Distance to the nearest edge; negative outside (even-odd).
fn distance(rings: &Rings, p: Coord<f64>) -> f64 {
    let mut inside = false;
    let mut least = f64::INFINITY;
    for ring in rings {
        let Some(&last) = ring.last() else { continue };
        let mut a = last;
        for &b in ring {
            if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
                inside = !inside;
            }
            let (d, q) = (b - a, p - a);
            let long = d.x * d.x + d.y * d.y;
            let t = if long > 0.0 { ((q.x * d.x + q.y * d.y) / long).clamp(0.0, 1.0) } else { 0.0 };
            least = least.min((q.x - d.x * t).hypot(q.y - d.y * t));
            a = b;
        }
    }
    if inside { least } else { -least }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord<f64>> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn the_pole_of_an_l_lies_in_its_thick_part() {
        let l = ring(&[(0., 0.), (10., 0.), (10., 10.), (8., 10.), (8., 4.), (0., 4.)]);
        let pole = pole(&vec![l], 1.0, 0.05).unwrap();
        assert!((1.95..=2.0).contains(&pole.room) && pole.at.y < 4.0, "{pole:?}");
    }

    #[test]
    fn a_hole_pushes_the_label_aside() {
        let shell = ring(&[(0., 0.), (10., 0.), (10., 10.), (0., 10.)]);
        let hole = ring(&[(2., 2.), (6., 2.), (6., 6.), (2., 6.)]);
        let pole = pole(&vec![shell, hole], 1.0, 0.05).unwrap();
        assert!(pole.at.x > 6.0 && pole.at.y > 6.0, "{pole:?}");
    }
}
