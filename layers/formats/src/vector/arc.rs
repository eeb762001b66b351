//! Circular arcs as chords that stay within a millimetre of them.

use geo_types::Coord;

/// The greatest distance between an arc and its chord, in the units of the coordinates (metres in
/// every projected file).
pub(crate) const SAGITTA: f64 = 0.001;

/// Most chords a single arc is cut into; a full circle of 100 km radius still keeps the sagitta.
const MOST_CHORDS: f64 = 50_000.0;

/// A circular string (start, through, end, through, end, …) as a line.
///
/// Three points on one line, or the same point three times, stay as they are. A closed triple
/// (start = end) is a full circle whose diameter runs from start to the middle point, as SQL/MM
/// has it. Points left over after the last full triple are kept.
pub(crate) fn densify(points: &[Coord<f64>]) -> Vec<Coord<f64>> {
    let Some(&first) = points.first() else { return Vec::new() };
    let mut line = vec![first];
    let mut at = 0;
    while at + 2 < points.len() {
        push_arc(&mut line, points[at], points[at + 1], points[at + 2]);
        at += 2;
    }
    line.extend_from_slice(&points[at + 1..]);
    line
}

fn push_arc(line: &mut Vec<Coord<f64>>, start: Coord<f64>, through: Coord<f64>, end: Coord<f64>) {
    use std::f64::consts::TAU;
    let (centre, sweep) = if start == end {
        if start == through {
            line.push(end);
            return;
        }
        (Coord { x: (start.x + through.x) / 2.0, y: (start.y + through.y) / 2.0 }, TAU)
    } else {
        let Some(centre) = centre(start, through, end) else {
            line.extend([through, end]);
            return;
        };
        let angle = |p: Coord<f64>| (p.y - centre.y).atan2(p.x - centre.x);
        let from = angle(start);
        let turn = |to: f64| (to - from).rem_euclid(TAU);
        let to_end = turn(angle(end));
        // Counter-clockwise when the middle point comes before the end that way round.
        let sweep = if turn(angle(through)) <= to_end { to_end } else { to_end - TAU };
        (centre, sweep)
    };
    let radius = (start.x - centre.x).hypot(start.y - centre.y);
    if !radius.is_finite() || !sweep.is_finite() {
        line.extend([through, end]);
        return;
    }
    // sagitta = r (1 − cos(step/2))
    let step = if radius > SAGITTA { 2.0 * (1.0 - SAGITTA / radius).acos() } else { 1.0 };
    let chords = (sweep.abs() / step).ceil().clamp(4.0, MOST_CHORDS);
    let from = (start.y - centre.y).atan2(start.x - centre.x);
    for i in 1..chords as usize {
        let angle = from + sweep * i as f64 / chords;
        line.push(Coord { x: centre.x + radius * angle.cos(), y: centre.y + radius * angle.sin() });
    }
    line.push(end);
}

/// The circle's centre, computed from the start so that eight-digit eastings lose nothing.
fn centre(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> Option<Coord<f64>> {
    let (bx, by) = (b.x - a.x, b.y - a.y);
    let (cx, cy) = (c.x - a.x, c.y - a.y);
    let cross = 2.0 * (bx * cy - by * cx);
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    // A sagitta far below the tolerance is a straight line.
    if !cross.is_finite() || cross.abs() <= 1e-9 * c2.max(b2) {
        return None;
    }
    Some(Coord { x: a.x + (cy * b2 - by * c2) / cross, y: a.y + (bx * c2 - cx * b2) / cross })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn chords_stay_within_a_millimetre_of_the_arc(
            x in 38_400_000.0..38_600_000.0f64, y in 2_500_000.0..2_700_000.0f64,
            radius in 0.5..5_000.0f64, from in 0.0..6.2f64, sweep in -6.0..6.0f64,
        ) {
            prop_assume!(sweep.abs() > 0.05);
            let on = |angle: f64| Coord { x: x + radius * angle.cos(), y: y + radius * angle.sin() };
            let line = densify(&[on(from), on(from + sweep / 2.0), on(from + sweep)]);
            prop_assert_eq!(line[0], on(from));
            prop_assert_eq!(line[line.len() - 1], on(from + sweep));
            for pair in line.windows(2) {
                let middle = Coord { x: (pair[0].x + pair[1].x) / 2.0, y: (pair[0].y + pair[1].y) / 2.0 };
                let off = radius - (middle.x - x).hypot(middle.y - y);
                prop_assert!(off.abs() < 1.2 * SAGITTA, "{off}");
            }
        }
    }

    #[test]
    fn three_points_in_line_stay_a_line() {
        let points = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)].map(Coord::from);
        assert_eq!(densify(&points), points);
    }

    #[test]
    fn an_unfinished_triple_loses_no_point() {
        let points = [(0.0, 0.0), (1.0, 0.0)].map(Coord::from);
        assert_eq!(densify(&points), points);
        assert!(densify(&[]).is_empty());
    }
}
