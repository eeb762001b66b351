//! Rings with the points that a screen can show (Douglas & Peucker 1973).

use crate::mercator::EXTENT;
use crate::zone_lines::twice_area;

/// How far a simplified edge may stray, units. With rounding (0.71) it stays under half a pixel, which
/// is 4 units where a tile is 512 px; two neighbours therefore stay within one.
const TOLERANCE: f64 = 3.25;
/// Points between two that are kept whatever happens, so that no ring takes quadratic time.
const STRETCH: usize = 1024;

/// A ring at a zoom; `None` where nothing of it is left.
pub(crate) fn ring(points: &[[u32; 2]], zoom: u8, simplified: bool) -> Option<Vec<[i32; 2]>> {
    let shift = 32 - u32::from(zoom) - EXTENT.trailing_zeros();
    let mut rounded: Vec<[i32; 2]> = Vec::with_capacity(points.len());
    for p in points {
        let p = p.map(|v| ((u64::from(v) + (1 << (shift - 1))) >> shift) as i32);
        if rounded.last() != Some(&p) {
            rounded.push(p);
        }
    }
    while rounded.len() > 1 && rounded.first() == rounded.last() {
        rounded.pop();
    }
    if rounded.len() < 3 {
        return None;
    }
    let kept = if simplified { simplify(&rounded) } else { rounded };
    (kept.len() >= 3 && twice_area(&kept) != 0).then_some(kept)
}

fn simplify(points: &[[i32; 2]]) -> Vec<[i32; 2]> {
    // the same two ends wherever the ring begins: its smallest point, and the farthest from it
    let Some((first, _)) = points.iter().enumerate().min_by_key(|(_, p)| **p) else { return Vec::new() };
    let ring: Vec<[i32; 2]> = points[first..].iter().chain(&points[..=first]).copied().collect();
    let far = (0..ring.len()).max_by_key(|&i| squared(ring[0], ring[i])).unwrap_or(0);
    let mut keep = vec![false; ring.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (from, to) in [(0, far), (far, ring.len() - 1)] {
        let ends = (from..to).step_by(STRETCH).chain([to]).collect::<Vec<_>>();
        open.extend(ends.windows(2).map(|w| (w[0], w[1])));
    }
    while let Some((from, to)) = open.pop() {
        (keep[from], keep[to]) = (true, true);
        let farthest = (from + 1..to)
            .map(|i| (from_segment(ring[i], ring[from], ring[to]), i))
            .fold((0.0, 0), |best, next| if next.0 > best.0 { next } else { best });
        if farthest.0 > TOLERANCE * TOLERANCE {
            open.extend([(from, farthest.1), (farthest.1, to)]);
        }
    }
    // the last point is the first
    keep[ring.len() - 1] = false;
    ring.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(p, _)| *p).collect()
}

fn squared(a: [i32; 2], b: [i32; 2]) -> i64 {
    let (x, y) = (i64::from(a[0] - b[0]), i64::from(a[1] - b[1]));
    x * x + y * y
}

/// Squared distance of `p` from the segment `a`–`b`.
fn from_segment(p: [i32; 2], a: [i32; 2], b: [i32; 2]) -> f64 {
    let along = |p: [i32; 2]| (f64::from(p[0] - a[0]), f64::from(p[1] - a[1]));
    let ((px, py), (bx, by)) = (along(p), along(b));
    let length = bx * bx + by * by;
    let t = if length > 0.0 { ((px * bx + py * by) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (px - t * bx, py - t * by);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

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
