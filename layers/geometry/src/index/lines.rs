//! How much of a line lies in each zone.

use super::zone::Near;
use super::{WHOLE, ZoneIndex};
use crate::exact::{Bounds, P, cross, side_of_edge, side_of_vertex};
use geo_types::LineString;
use std::collections::BTreeMap;

/// Length (m) of the line in each zone. Each segment is cut where zone edges cross it; which pieces
/// are ground follows from the parity of its first end.
pub(super) fn lengths(index: &ZoneIndex, line: &LineString<f64>) -> Vec<(usize, f64)> {
    let mut lengths: BTreeMap<usize, f64> = BTreeMap::new();
    let mut near = Near::default();
    for segment in line.0.windows(2) {
        if !(segment[0].x + segment[0].y + segment[1].x + segment[1].y).is_finite() {
            continue;
        }
        let [a, b] = [segment[0], segment[1]].map(|c| {
            let p = index.grid.to_grid(c);
            [p.x as f64, p.y as f64]
        });
        let window = Bounds { min: [a[0].min(b[0]), a[1].min(b[1])], max: [a[0].max(b[0]), a[1].max(b[1])] };
        let length = (b[0] - a[0]).hypot(b[1] - a[1]) * index.grid.step();
        for group in index.hits(&window).chunk_by(|x, y| x.0 == y.0) {
            let number = group[0].0 as usize;
            let zone = &index.zones[number];
            let tiles: Vec<u32> = group.iter().map(|h| h.1).filter(|&t| t != WHOLE).collect();
            near.collect(zone, &tiles, &window, a, None);
            let mut cuts: Vec<f64> = near
                .edges
                .iter()
                .filter_map(|&e| {
                    let (c, d) = zone.edge(e);
                    crossing(a, b, c, d)
                })
                .collect();
            cuts.sort_by(f64::total_cmp);
            let mut inside = near.is_ground(zone, a);
            let (mut from, mut share) = (0.0, 0.0);
            for t in cuts {
                if inside {
                    share += t - from;
                }
                inside = !inside;
                from = t;
            }
            if inside {
                share += 1.0 - from;
            }
            if share > 0.0 {
                *lengths.entry(number).or_default() += share * length;
            }
        }
    }
    lengths.into_iter().collect()
}

/// Where along the shifted a→b the zone's edge c→d crosses it, 0 to 1.
fn crossing(a: P, b: P, c: P, d: P) -> Option<f64> {
    if a == b
        || side_of_vertex(c, d, a).0 == side_of_vertex(c, d, b).0
        || side_of_edge(a, b, c).0 == side_of_edge(a, b, d).0
    {
        return None;
    }
    let (from, to) = (cross(c, d, a), cross(c, d, b));
    let t = from / (from - to);
    Some(if t.is_nan() { 0.5 } else { t.clamp(0.0, 1.0) })
}
