//! The ground that a line project takes.

use crate::canonical::{Originals, shape_of};
use crate::overlay::new_overlay;
use crate::{Grid, Shape};
use geo_types::{Coord, LineString};
use i_overlay::core::{fill_rule::FillRule, overlay::ShapeType, overlay_rule::OverlayRule};

/// Outer corners reach at most this many half widths from the line; sharper ones are cut off.
const MITRE_LIMIT: f64 = 2.0;

/// The strip of the full width `width_m` (metres) along the middle lines: ends cut flat, outer corners
/// mitred (cut off where the corner would reach beyond twice the half width), all lines united. A
/// width that is not positive and lines without length give nothing.
///
/// ```
/// use redline_geometry::{footprint, planar_m2, Grid};
/// use geo_types::wkt;
/// let road = wkt!{ LINESTRING(0. 0.,100. 0.,100. 50.) };
/// let strip = footprint::widen(&[road], 10.0, &Grid::around(0.0, 0.0));
/// assert_eq!(planar_m2(&strip), 1500.0);
/// ```
pub fn widen(lines: &[LineString<f64>], width_m: f64, grid: &Grid) -> Shape {
    if !(width_m > 0.0 && width_m.is_finite()) {
        return Shape::new(Vec::new());
    }
    let half = width_m / 2.0;
    let mut overlay = new_overlay(lines.iter().map(|l| l.0.len() * 8).sum());
    for line in lines {
        let mut points: Vec<Coord<f64>> =
            line.0.iter().copied().filter(|c| c.x.is_finite() && c.y.is_finite()).collect();
        points.dedup();
        let closed = points.len() > 3 && points.first() == points.last();
        for segment in points.windows(2) {
            let n = left(segment[0], segment[1], half);
            add_piece(&mut overlay, grid, &[segment[0] + n, segment[0] - n, segment[1] - n, segment[1] + n]);
        }
        for corner in points.windows(3) {
            join(&mut overlay, grid, corner[0], corner[1], corner[2], half);
        }
        if let (true, [first, second, .., before_last, _]) = (closed, points.as_slice()) {
            join(&mut overlay, grid, *before_last, *first, *second, half);
        }
    }
    let united = overlay.overlay(OverlayRule::Subject, FillRule::NonZero);
    shape_of(united, grid, &Originals::default())
}

/// The vector to the left of a→b, `half` long.
fn left(a: Coord<f64>, b: Coord<f64>, half: f64) -> Coord<f64> {
    let d = b - a;
    let length = d.x.hypot(d.y);
    Coord { x: -d.y / length * half, y: d.x / length * half }
}

/// Fills the outer wedge at a corner.
fn join(
    overlay: &mut i_overlay::core::overlay::Overlay<i64>,
    grid: &Grid,
    a: Coord<f64>,
    b: Coord<f64>,
    c: Coord<f64>,
    half: f64,
) {
    let (n, m) = (left(a, b, half), left(b, c, half));
    let turn = n.x * m.y - n.y * m.x;
    let side = if turn > 0.0 { -1.0 } else { 1.0 };
    let (n, m) = (n * side, m * side);
    // The mitre's tip is b + (n + m)·h²/(h² + n·m).
    let share = half * half + n.x * m.x + n.y * m.y;
    let tip = (n + m) * (half * half / share);
    if share > 0.0 && tip.x.hypot(tip.y) <= MITRE_LIMIT * half {
        add_piece(overlay, grid, &[b, b + n, b + tip, b + m]);
    } else {
        add_piece(overlay, grid, &[b, b + n, b + m]);
    }
}

/// Adds a convex piece counter-clockwise, so that pieces pile up under the non-zero rule.
fn add_piece(overlay: &mut i_overlay::core::overlay::Overlay<i64>, grid: &Grid, piece: &[Coord<f64>]) {
    let first = piece[0];
    let twice: f64 = piece
        .windows(2)
        .map(|p| (p[0].x - first.x) * (p[1].y - first.y) - (p[1].x - first.x) * (p[0].y - first.y))
        .sum();
    let points = piece.iter().map(|&c| grid.to_grid(c));
    if twice > 0.0 {
        overlay.add_path_iter(points, ShapeType::Subject);
    } else {
        overlay.add_path_iter(points.rev(), ShapeType::Subject);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::planar_m2;
    use geo_types::wkt;

    #[test]
    fn a_line_that_crosses_itself_counts_the_crossing_once() {
        let line = wkt! { LINESTRING(0. 0.,100. 0.,100. 100.,50. 100.,50. -50.) };
        let strip = widen(&[line], 2.0, &Grid::around(0.0, 0.0));
        // 100 + 100 + 50 + 150 long, two wide, three mitred corners, the crossing of 2 × 2 once.
        assert!((planar_m2(&strip) - (400.0 * 2.0 - 4.0)).abs() < 1e-4, "{}", planar_m2(&strip));
        assert_eq!(strip.0[0].interiors().len(), 1);
    }

    #[test]
    fn a_line_that_turns_straight_back_is_one_strip() {
        let line = wkt! { LINESTRING(0. 0.,100. 0.,0. 0.) };
        assert!((planar_m2(&widen(&[line], 4.0, &Grid::around(0.0, 0.0))) - 400.0).abs() < 1e-4);
    }

    #[test]
    fn no_width_or_no_length_gives_no_ground() {
        let line = wkt! { LINESTRING(0. 0.,100. 0.) };
        for width in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(widen(std::slice::from_ref(&line), width, &Grid::around(0.0, 0.0)).0.is_empty());
        }
        assert!(widen(&[wkt! { LINESTRING(5. 5.,5. 5.) }], 1.0, &Grid::around(0.0, 0.0)).0.is_empty());
    }
}
