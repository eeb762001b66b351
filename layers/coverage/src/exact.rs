//! Exact predicates on coordinates as they are.

use crate::Point;

/// Sign of the area of a, b, c: 1 counter-clockwise, 0 on one line, -1 clockwise; exact.
#[inline]
pub(crate) fn orient(a: Point, b: Point, c: Point) -> i32 {
    let p = |p: Point| robust::Coord { x: p.x, y: p.y };
    let d = robust::orient2d(p(a), p(b), p(c));
    if d > 0.0 {
        1
    } else if d < 0.0 {
        -1
    } else {
        0
    }
}

/// Whether `p` lies on the closed segment a–b.
#[inline]
pub(crate) fn on_segment(a: Point, b: Point, p: Point) -> bool {
    p.x >= a.x.min(b.x) && p.x <= a.x.max(b.x) && p.y >= a.y.min(b.y) && p.y <= a.y.max(b.y) && orient(a, b, p) == 0
}

/// Whether `p` lies in the closed triangle a, b, c; a triangle without area is its longest side.
pub(crate) fn in_triangle(a: Point, b: Point, c: Point, p: Point) -> bool {
    let (o1, o2, o3) = (orient(a, b, p), orient(b, c, p), orient(c, a, p));
    if o1 == 0 && o2 == 0 && o3 == 0 {
        return on_segment(a, b, p) || on_segment(b, c, p) || on_segment(c, a, p);
    }
    (o1 >= 0 && o2 >= 0 && o3 >= 0) || (o1 <= 0 && o2 <= 0 && o3 <= 0)
}

/// Whether the open segments a–b and c–d cross in one inner point.
#[inline]
pub(crate) fn crosses(a: Point, b: Point, c: Point, d: Point) -> bool {
    boxes_touch(a, b, c, d) && orient(a, b, c) * orient(a, b, d) < 0 && orient(c, d, a) * orient(c, d, b) < 0
}

/// Whether the closed segments a–b and c–d have a point in common.
#[inline]
pub(crate) fn meets(a: Point, b: Point, c: Point, d: Point) -> bool {
    boxes_touch(a, b, c, d) && orient(a, b, c) * orient(a, b, d) <= 0 && orient(c, d, a) * orient(c, d, b) <= 0
}

/// Whether the bounds of two segments touch.
#[inline]
pub(crate) fn boxes_touch(a: Point, b: Point, c: Point, d: Point) -> bool {
    a.x.min(b.x) <= c.x.max(d.x)
        && a.x.max(b.x) >= c.x.min(d.x)
        && a.y.min(b.y) <= c.y.max(d.y)
        && a.y.max(b.y) >= c.y.min(d.y)
}

/// A point as bits, to find the very same one. Minus zero is zero.
#[inline]
pub(crate) fn bits(p: Point) -> (u64, u64) {
    ((p.x + 0.0).to_bits(), (p.y + 0.0).to_bits())
}
