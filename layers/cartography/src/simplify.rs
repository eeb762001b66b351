//! Rings with the points that a screen can show (Douglas & Peucker 1973).

use crate::mercator::EXTENT;
use crate::zone_lines::twice_area;

/// How far a simplified edge may stray, units. With rounding (0.71) it stays under half a pixel, which
/// is 4 units where a tile is 512 px; two neighbours therefore stay within one.
const TOLERANCE: f64 = 3.25;
/// Points between two that are kept whatever happens, so that no ring takes quadratic time.
const STRETCH: usize = 1024;

/// Brings rings to a zoom, one after the other, in the same memory.
#[derive(Default)]
pub(crate) struct Simplifier {
    ring: Vec<[i32; 2]>,
    keep: Vec<bool>,
    open: Vec<(usize, usize)>,
}

impl Simplifier {
    /// Appends a ring as it is at a zoom; `false` where nothing of it is left.
    pub(crate) fn ring(&mut self, points: &[[u32; 2]], zoom: u8, simplified: bool, out: &mut Vec<[i32; 2]>) -> bool {
        let shift = 32 - u32::from(zoom) - EXTENT.trailing_zeros();
        self.ring.clear();
        for p in points {
            let p = p.map(|v| ((u64::from(v) + (1 << (shift - 1))) >> shift) as i32);
            if self.ring.last() != Some(&p) {
                self.ring.push(p);
            }
        }
        while self.ring.len() > 1 && self.ring.first() == self.ring.last() {
            self.ring.pop();
        }
        if self.ring.len() < 3 {
            return false;
        }
        let before = out.len();
        if simplified {
            self.choose();
            out.extend(self.ring.iter().zip(&self.keep).filter(|(_, keep)| **keep).map(|(p, _)| *p));
        } else {
            out.extend_from_slice(&self.ring);
        }
        let left = out.len() - before >= 3 && twice_area(&out[before..]) != 0;
        if !left {
            out.truncate(before);
        }
        left
    }

    /// Marks the points that are kept.
    fn choose(&mut self) {
        // the same two ends wherever the ring begins: its smallest point, and the farthest from it
        let order = |p: &[i32; 2]| (i64::from(p[0]) << 32) + i64::from(p[1]);
        let Some((first, &smallest)) = self.ring.iter().enumerate().min_by_key(|(_, p)| order(p)) else { return };
        self.ring.rotate_left(first);
        self.ring.push(smallest);
        let (ring, last) = (&self.ring, self.ring.len() - 1);
        let far = (0..last).max_by_key(|&i| squared(smallest, ring[i])).unwrap_or(0);
        self.keep.clear();
        self.keep.resize(ring.len(), false);
        self.open.clear();
        for (from, to) in [(0, far), (far, last)] {
            let starts = (from..to).step_by(STRETCH);
            self.open.extend(starts.map(|start| (start, (start + STRETCH).min(to))));
        }
        while let Some((from, to)) = self.open.pop() {
            (self.keep[from], self.keep[to]) = (true, true);
            let (mut farthest, mut at) = (TOLERANCE * TOLERANCE, from);
            for (i, p) in ring[from..to].iter().enumerate().skip(1) {
                let distance = from_segment(*p, ring[from], ring[to]);
                if distance > farthest {
                    (farthest, at) = (distance, from + i);
                }
            }
            if at != from {
                self.open.extend([(from, at), (at, to)]);
            }
        }
        // the last point is the first
        self.keep[last] = false;
    }
}

fn squared(a: [i32; 2], b: [i32; 2]) -> i64 {
    let (x, y) = (i64::from(a[0] - b[0]), i64::from(a[1] - b[1]));
    x * x + y * y
}

/// Squared distance of `p` from the segment `a`–`b`.
#[inline]
fn from_segment(p: [i32; 2], a: [i32; 2], b: [i32; 2]) -> f64 {
    let along = |p: [i32; 2]| (f64::from(p[0] - a[0]), f64::from(p[1] - a[1]));
    let ((px, py), (bx, by)) = (along(p), along(b));
    let (length, dot) = (bx * bx + by * by, px * bx + py * by);
    if dot <= 0.0 {
        px * px + py * py
    } else if dot >= length {
        (px - bx) * (px - bx) + (py - by) * (py - by)
    } else {
        let cross = px * by - py * bx;
        cross * cross / length
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn ring(points: &[[u32; 2]], zoom: u8, simplified: bool) -> Option<Vec<[i32; 2]>> {
        let mut out = Vec::new();
        Simplifier::default().ring(points, zoom, simplified, &mut out).then_some(out)
    }

    fn distance(p: [i32; 2], ring: &[[i32; 2]]) -> f64 {
        (0..ring.len())
            .map(|i| from_segment(p, ring[i], ring[(i + 1) % ring.len()]))
            .fold(f64::INFINITY, f64::min)
            .sqrt()
    }

    proptest! {
        #[test]
        fn no_point_strays_by_half_a_pixel(
            radii in prop::collection::vec(2_000_000_u32..9_000_000, 8..400), zoom in 10_u8..18
        ) {
            let n = radii.len() as f64;
            let ring_of: Vec<[u32; 2]> = radii.iter().enumerate().map(|(i, r)| {
                let (sin, cos) = (i as f64 / n * std::f64::consts::TAU).sin_cos();
                [cos, sin].map(|v| (2e9 + v * f64::from(*r)) as u32)
            }).collect();
            let whole = ring(&ring_of, zoom, false).unwrap();
            if let Some(simple) = ring(&ring_of, zoom, true) {
                prop_assert!(simple.len() <= whole.len());
                for p in &whole {
                    prop_assert!(distance(*p, &simple) < 4.0 - 0.71);
                }
            }
        }

        #[test]
        fn any_points_at_all_are_survived(
            points in prop::collection::vec(any::<[u32; 2]>(), 0..60), zoom in 4_u8..=18, simplified: bool
        ) {
            if let Some(found) = ring(&points, zoom, simplified) {
                prop_assert!(found.len() >= 3 && twice_area(&found) != 0);
            }
        }
    }

    #[test]
    fn a_zone_smaller_than_a_unit_is_gone() {
        assert_eq!(ring(&[[1 << 20, 1 << 20], [(1 << 20) + 9, 1 << 20], [1 << 20, (1 << 20) + 9]], 4, true), None);
    }

    #[test]
    fn a_ring_begun_elsewhere_is_simplified_alike() {
        let points: Vec<[u32; 2]> = (0..90_u32)
            .map(|i| {
                let (sin, cos) = (f64::from(i) * 0.0698).sin_cos();
                let r = 4e6 + f64::from(i * 7919 % 31) * 1e5;
                [cos, sin].map(|v| (2e9 + v * r) as u32)
            })
            .collect();
        let turned: Vec<[u32; 2]> = points[37..].iter().chain(&points[..37]).copied().collect();
        assert_eq!(ring(&points, 13, true), ring(&turned, 13, true));
    }
}
