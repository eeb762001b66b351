//! Hatches as real lines, clipped here: pattern fills look different in every PDF viewer.

use crate::edges::Point;
use redline_cartography::Hatch;

/// A segment on paper, mm.
pub(crate) type Segment = ((f64, f64), (f64, f64));

/// The lines of a hatch inside rings (hundredths of a millimetre, non-zero rule). Lines stand on
/// multiples of the spacing from the paper's corner, so that hatches of neighbours run through.
pub(crate) fn lines(rings: &[Vec<Point>], hatch: &Hatch, mm_per_px: f64) -> Vec<Segment> {
    let spacing = hatch.spacing_px * mm_per_px;
    let mut out = Vec::new();
    if spacing.is_nan() || spacing <= 0.05 {
        return out;
    }
    let mut angles = vec![hatch.angle_deg];
    if hatch.cross {
        angles.push(hatch.angle_deg + 90.0);
    }
    for angle in angles {
        one_way(rings, angle, spacing, &mut out);
    }
    out
}

fn one_way(rings: &[Vec<Point>], angle_deg: f64, spacing: f64, out: &mut Vec<Segment>) {
    let (sin, cos) = angle_deg.to_radians().sin_cos();
    // paper's y runs down: the line's direction is (cos, −sin), its normal (sin, cos)
    let turned = |p: &Point| {
        let (x, y) = (f64::from(p.0) / 100.0, f64::from(p.1) / 100.0);
        (x * cos - y * sin, x * sin + y * cos)
    };
    let mut crossings: Vec<(i64, f64, i8)> = Vec::new();
    for ring in rings {
        let Some(last) = ring.last() else { continue };
        let mut a = turned(last);
        for point in ring {
            let b = turned(point);
            // half-open at the upper end: a vertex on a line is crossed once or not at all
            let (low, high, sign) = if a.1 < b.1 { (a, b, 1) } else { (b, a, -1) };
            let mut k = (low.1 / spacing).ceil() as i64;
            while (k as f64) * spacing < high.1 {
                let t = ((k as f64) * spacing - low.1) / (high.1 - low.1);
                crossings.push((k, low.0 + (high.0 - low.0) * t, sign));
                k += 1;
            }
            a = b;
        }
    }
    crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut winding = 0_i32;
    let mut from: Option<(i64, f64)> = None;
    for (k, along, sign) in crossings {
        if from.is_some_and(|(line, _)| line != k) {
            (winding, from) = (0, None);
        }
        let before = winding;
        winding += i32::from(sign);
        match (before, winding, from) {
            (0, w, _) if w != 0 => from = Some((k, along)),
            (_, 0, Some((_, begin))) => {
                let offset = (k as f64) * spacing;
                let place = |u: f64| (u * cos + offset * sin, offset * cos - u * sin);
                if along - begin > 0.02 {
                    out.push((place(begin), place(along)));
                }
                from = None;
            }
            _ => {}
        }
    }
}

/// Segments as path data.
pub(crate) fn data(segments: &[Segment]) -> String {
    let mut out = String::new();
    for (a, b) in segments {
        out.push('M');
        crate::ink::mm(&mut out, a.0);
        out.push(' ');
        crate::ink::mm(&mut out, a.1);
        out.push('L');
        crate::ink::mm(&mut out, b.0);
        out.push(' ');
        crate::ink::mm(&mut out, b.1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hatch(cross: bool) -> Hatch {
        Hatch { angle_deg: 45.0, cross, spacing_px: 10.0, width_px: 1.0, colour: "#000000".into() }
    }

    #[test]
    fn lines_stay_inside_and_leave_holes_free() {
        let square = vec![(0, 0), (0, 2000), (2000, 2000), (2000, 0)];
        let hole = vec![(500, 500), (1500, 500), (1500, 1500), (500, 1500)];
        let segments = lines(&[square, hole], &hatch(true), 0.2);
        assert!(segments.len() > 20);
        for (a, b) in &segments {
            for (x, y) in [a, b] {
                assert!((-1e-6..=20.000001).contains(x) && (-1e-6..=20.000001).contains(y));
            }
            let (mx, my) = ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
            assert!(!((5.01..14.99).contains(&mx) && (5.01..14.99).contains(&my)), "{a:?} {b:?}");
            assert!(((b.0 - a.0).abs() - (b.1 - a.1).abs()).abs() < 1e-9, "45 degrees");
        }
        // lines 2 mm apart over 300 mm²: each way about 150 mm of line
        let long: f64 = segments.iter().map(|(a, b)| (b.0 - a.0).hypot(b.1 - a.1)).sum();
        assert!((290.0..310.0).contains(&long), "{long}");
    }

    #[test]
    fn a_hatch_leans_to_the_right_as_its_angle_says() {
        let square = vec![(0, 0), (0, 2000), (2000, 2000), (2000, 0)];
        let ((x0, y0), (x1, y1)) = lines(&[square], &hatch(false), 0.2)[3];
        assert!((x1 - x0) * (y1 - y0) < 0.0, "up to the right on paper");
    }
}
