//! Rings cut to a box (Sutherland & Hodgman 1974), in whole units.

use std::borrow::Cow;

/// A ring within `bounds` (min x, min y, max x, max y); empty where nothing of it is inside. Where a
/// bent ring leaves and returns, edges run along the box: its area is kept and drawing does not mind.
pub(crate) fn ring(points: &[[i32; 2]], bounds: [i32; 4]) -> Cow<'_, [[i32; 2]]> {
    let Some(own) = bounds_of(points) else { return Cow::Borrowed(&[]) };
    if own[2] < bounds[0] || own[0] > bounds[2] || own[3] < bounds[1] || own[1] > bounds[3] {
        return Cow::Borrowed(&[]);
    }
    let mut ring = Cow::Borrowed(points);
    for axis in [0, 1] {
        if own[axis] < bounds[axis] {
            ring = Cow::Owned(half(&ring, axis, bounds[axis], |v, limit| v >= limit));
        }
        if own[axis + 2] > bounds[axis + 2] {
            ring = Cow::Owned(half(&ring, axis, bounds[axis + 2], |v, limit| v <= limit));
        }
    }
    if let Cow::Owned(ring) = &mut ring {
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
    }
    if ring.len() < 3 { Cow::Borrowed(&[]) } else { ring }
}

/// The bounds of a ring.
pub(crate) fn bounds_of(points: &[[i32; 2]]) -> Option<[i32; 4]> {
    points
        .iter()
        .map(|&[x, y]| [x, y, x, y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// The part of a ring on the inner side of one line.
fn half(points: &[[i32; 2]], axis: usize, limit: i32, inside: impl Fn(i32, i32) -> bool) -> Vec<[i32; 2]> {
    let mut out = Vec::with_capacity(points.len());
    let Some(mut before) = points.last() else { return out };
    let mut was_in = inside(before[axis], limit);
    for at in points {
        let is_in = inside(at[axis], limit);
        if is_in != was_in {
            out.push(crossing(*before, *at, axis, limit));
        }
        if is_in {
            out.push(*at);
        }
        (before, was_in) = (at, is_in);
    }
    out
}

/// Where an edge meets the line; the same whichever way the edge runs, so that neighbours stay so.
fn crossing(a: [i32; 2], b: [i32; 2], axis: usize, limit: i32) -> [i32; 2] {
    let (a, b) = if a[axis] < b[axis] { (a, b) } else { (b, a) };
    let wide = |p: [i32; 2]| p.map(i64::from);
    let (a, b, other) = (wide(a), wide(b), 1 - axis);
    let (rise, run) = ((b[other] - a[other]) * (i64::from(limit) - a[axis]), b[axis] - a[axis]);
    let mut at = [limit; 2];
    // half a step up, then down to the whole: rounds to the nearest; the ends differ, so run > 0
    at[other] = (a[other] + (2 * rise + run).div_euclid(2 * run)) as i32;
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone_lines::twice_area;
    use proptest::prelude::*;

    const BOX: [i32; 4] = [0, 0, 100, 100];

    proptest! {
        #[test]
        fn what_is_left_lies_in_the_box(points in prop::collection::vec([-1000..1000, -1000..1000], 0..40)) {
            let points: Vec<[i32; 2]> = points;
            for [x, y] in ring(&points, BOX).iter() {
                prop_assert!((0..=100).contains(x) && (0..=100).contains(y));
            }
        }

        #[test]
        fn the_whole_world_does_not_overflow(
            points in prop::collection::vec([0..1 << 30, 0..1 << 30], 3..20), x in 0..(1 << 30), y in 0..(1 << 30)
        ) {
            let points: Vec<[i32; 2]> = points;
            ring(&points, [x, y, x + 4224, y + 4224]);
        }

        #[test]
        fn the_cut_parts_of_a_convex_ring_have_its_area(n in 3_u32..40, turn in 0.0..6.0f64) {
            let points: Vec<[i32; 2]> = (0..n).map(|i| {
                let (sin, cos) = (turn + f64::from(i) / f64::from(n) * std::f64::consts::TAU).sin_cos();
                [(cos * 900.0) as i32, (sin * 900.0) as i32]
            }).collect();
            let mut sum = 0;
            for i in -10..10 {
                for j in -10..10 {
                    sum += twice_area(&ring(&points, [i * 100, j * 100, i * 100 + 100, j * 100 + 100]));
                }
            }
            // each crossing is rounded by half a unit
            prop_assert!((sum - twice_area(&points)).abs() < 8000, "{} {}", sum, twice_area(&points));
        }
    }

    #[test]
    fn a_ring_around_the_box_becomes_the_box() {
        let around = [[-50, -50], [150, -50], [150, 150], [-50, 150]];
        assert_eq!(twice_area(&ring(&around, BOX)), 20_000);
        assert!(ring(&[[200, 0], [300, 0], [300, 50]], BOX).is_empty());
    }
}
