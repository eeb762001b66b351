//! Predicates whose sign is exact, and which never answer "on the line".
//!
//! Coordinates are grid steps held as `f64` integers below 2⁵¹, so differences are exact and only the
//! two products of a determinant round. A forward error bound settles nearly every sign; the rest are
//! computed in `i128`.
//!
//! Where a footprint vertex lies on a zone's edge, the footprint is thought to be shifted by (ε, δ)
//! with 0 < δ ≪ ε ≪ 1 step (simulation of simplicity, Edelsbrunner & Mücke 1990). Parallel edges stay
//! parallel under a shift, so every pair of edges crosses properly or not at all, and since areas and
//! lengths are continuous the limit ε → 0 is the answer for the unshifted footprint.

/// A place in grid steps (integers).
pub(crate) type P = [f64; 2];

/// Both, the lesser first. Unlike `f64::min` and `max` it need not look for NaN.
#[inline]
pub(crate) fn span(a: f64, b: f64) -> (f64, f64) {
    if a < b { (a, b) } else { (b, a) }
}

/// Twice the signed area of a, b, c in square steps, rounded; its sign may be wrong near zero.
#[inline]
pub(crate) fn cross(a: P, b: P, c: P) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Sign of the area of a, b, c (1 counter-clockwise, 0 on one line), exact.
#[inline]
pub(crate) fn orientation(a: P, b: P, c: P) -> i32 {
    let left = (b[0] - a[0]) * (c[1] - a[1]);
    let right = (b[1] - a[1]) * (c[0] - a[0]);
    let det = left - right;
    // Each product is off by half an ulp at most, and so is their difference: 2⁻⁵² of the products.
    const BOUND: f64 = 2.3e-16;
    if det.abs() > BOUND * (left.abs() + right.abs()) {
        return if det > 0.0 { 1 } else { -1 };
    }
    exact(a, b, c)
}

#[cold]
fn exact(a: P, b: P, c: P) -> i32 {
    let d = |p: f64, q: f64| (p - q) as i64 as i128;
    (d(b[0], a[0]) * d(c[1], a[1]) - d(b[1], a[1]) * d(c[0], a[0])).signum() as i32
}

/// On which side of a zone's edge a→b the shifted footprint's vertex `p` lies: 1 left, -1 right. The
/// flag tells that the unshifted vertex lies on the line.
#[inline]
pub(crate) fn side_of_vertex(a: P, b: P, p: P) -> (i32, bool) {
    match orientation(a, b, p) {
        0 => (shifted(a, b), true),
        sign => (sign, false),
    }
}

/// On which side of a shifted footprint's edge a→b the zone's vertex `q` lies: 1 left, -1 right. The
/// flag tells that it lies on the unshifted line.
#[inline]
pub(crate) fn side_of_edge(a: P, b: P, q: P) -> (i32, bool) {
    match orientation(a, b, q) {
        0 => (-shifted(a, b), true),
        sign => (sign, false),
    }
}

/// The side of a→b towards which (ε, δ) points.
#[inline]
fn shifted(a: P, b: P) -> i32 {
    if b[1] != a[1] {
        if b[1] > a[1] { -1 } else { 1 }
    } else if b[0] > a[0] {
        1
    } else {
        -1
    }
}

/// Whether the zone's edge a→b crosses the horizontal ray that runs east from the shifted `p`.
#[inline]
pub(crate) fn crosses_ray_east(a: P, b: P, p: P) -> bool {
    // A horizontal line at p.y + δ: strictly above it means above p.y.
    let up = b[1] > p[1];
    if (a[1] > p[1]) == up {
        return false;
    }
    // East of both ends or west of both ends needs no determinant.
    if a[0] <= p[0] && b[0] <= p[0] {
        return false;
    }
    if a[0] > p[0] && b[0] > p[0] {
        return true;
    }
    (side_of_vertex(a, b, p).0 > 0) == up
}

/// Whether the zone's edge a→b crosses the vertical ray that runs north from the shifted `p`.
#[inline]
pub(crate) fn crosses_ray_north(a: P, b: P, p: P) -> bool {
    let right = b[0] > p[0];
    if (a[0] > p[0]) == right {
        return false;
    }
    if a[1] <= p[1] && b[1] <= p[1] {
        // Both at or below: at p.y exactly counts as below the shifted point.
        return false;
    }
    if a[1] > p[1] && b[1] > p[1] {
        return true;
    }
    (side_of_vertex(a, b, p).0 < 0) == right
}

/// Whether exactly one of two shifted points has a different parity because of this edge: the edge is
/// crossed an odd number of times by the path p → (q.x, p.y) → q.
#[inline]
pub(crate) fn parity_differs(a: P, b: P, p: P, q: P) -> bool {
    let corner = [q[0], p[1]];
    (crosses_ray_east(a, b, p) != crosses_ray_east(a, b, corner))
        != (crosses_ray_north(a, b, corner) != crosses_ray_north(a, b, q))
}

/// Whether `p` lies on the closed segment a–b.
pub(crate) fn on_segment(a: P, b: P, p: P) -> bool {
    p[0] >= a[0].min(b[0])
        && p[0] <= a[0].max(b[0])
        && p[1] >= a[1].min(b[1])
        && p[1] <= a[1].max(b[1])
        && orientation(a, b, p) == 0
}

/// A closed box in grid steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) min: P,
    pub(crate) max: P,
}

impl Bounds {
    pub(crate) fn of(points: impl Iterator<Item = P>) -> Option<Bounds> {
        points.fold(None, |bounds, p| {
            Some(bounds.map_or(Bounds { min: p, max: p }, |b: Bounds| Bounds {
                min: [b.min[0].min(p[0]), b.min[1].min(p[1])],
                max: [b.max[0].max(p[0]), b.max[1].max(p[1])],
            }))
        })
    }

    /// Whether the box around a–b touches this one.
    #[inline]
    pub(crate) fn touches(&self, a: P, b: P) -> bool {
        !((a[0] < self.min[0] && b[0] < self.min[0])
            || (a[0] > self.max[0] && b[0] > self.max[0])
            || (a[1] < self.min[1] && b[1] < self.min[1])
            || (a[1] > self.max[1] && b[1] > self.max[1]))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_filtered_sign_is_the_exact_sign(
            ax in -1_000_000_000_000_i64..1_000_000_000_000, ay in -1_000_000_000_000_i64..1_000_000_000_000,
            dx in -1_000_000_i64..1_000_000, dy in -1_000_000_i64..1_000_000,
            k in 1_i64..1_000_000, nudge in -1_i64..=1
        ) {
            let p = |x: i64, y: i64| [x as f64, y as f64];
            let (a, b, c) = (p(ax, ay), p(ax + dx, ay + dy), p(ax + k * dx, ay + k * dy + nudge));
            prop_assert_eq!(orientation(a, b, c), (i128::from(dx) * i128::from(nudge)).signum() as i32);
        }

        #[test]
        fn parity_by_the_path_is_parity_by_the_ray(
            ring in prop::collection::vec((0_i32..6, 0_i32..6), 3..9),
            p in (0_i32..6, 0_i32..6), q in (0_i32..6, 0_i32..6)
        ) {
            let f = |(x, y): (i32, i32)| [f64::from(x), f64::from(y)];
            let mut ring: Vec<P> = ring.into_iter().map(f).collect();
            ring.dedup();
            prop_assume!(ring.len() > 2 && ring[0] != ring[ring.len() - 1]);
            ring.push(ring[0]);
            let (p, q) = (f(p), f(q));
            let ray = |at: P| ring.windows(2).filter(|e| crosses_ray_east(e[0], e[1], at)).count() % 2;
            let north = |at: P| ring.windows(2).filter(|e| crosses_ray_north(e[0], e[1], at)).count() % 2;
            let path = ring.windows(2).filter(|e| parity_differs(e[0], e[1], p, q)).count() % 2;
            prop_assert_eq!(ray(p), north(p));
            prop_assert_eq!(path, (ray(p) + ray(q)) % 2);
        }
    }
}
