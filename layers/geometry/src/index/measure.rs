//! The area that a footprint and a zone have in common, without building it.
//!
//! By Green's theorem the area is half the integral of x dy − y dx around the common polygon, whose
//! boundary consists of the footprint's edges inside the zone and the zone's edges inside the
//! footprint. Walking an edge a→b, a piece that starts at a crossing x and one that ends there differ
//! by the rest x→b; so every crossing adds ± the rest of both edges, and no sorting along edges and
//! no topology is needed. All signs are exact (see [`crate::exact`]).

use super::prepared::Prepared;
use super::zone::{Near, Zone, quiet_chunk};
use crate::exact::{P, cross, side_of_edge, side_of_vertex, span};

/// What a footprint and a zone have in common.
pub(crate) enum Common {
    /// Nothing.
    Apart,
    /// The whole footprint.
    Footprint,
    /// This area, in square steps; boundaries cross.
    Area(f64),
    /// Part of the boundary is inside although nothing crosses: the zone, or parts of it, lie in the
    /// footprint. Area in square steps.
    Parts(f64),
    /// The signs contradict each other: one of the shapes is not what it should be.
    Doubt,
}

/// A place where the boundaries cross.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Crossing {
    /// Number of the footprint's edge, and where along it (0 to 1).
    pub(crate) edge: u32,
    pub(crate) along: f64,
    /// Number of the zone's edge, and where along it.
    pub(crate) zone_edge: u32,
    pub(crate) along_zone: f64,
    /// Whether the footprint's edge enters the zone here (then the zone's edge leaves the footprint).
    pub(crate) enters: bool,
    pub(crate) at: P,
}

/// What one measurement found on its way; kept between measurements for its room.
#[derive(Default)]
pub(crate) struct Work {
    toggles: Vec<i32>,
    pub(crate) crossings: Vec<Crossing>,
    /// Some vertex lies on the other boundary's line near by: the shapes may touch.
    pub(crate) tied: bool,
}

/// Measures. `near` may hold quiet chunks.
pub(crate) fn measure(footprint: &Prepared, zone: &Zone, near: &Near, work: &mut Work) -> Common {
    let Work { toggles, crossings, tied } = work;
    crossings.clear();
    *tied = false;
    if near.edges.is_empty() {
        let ground = near.is_ground(zone, footprint.contours.points[0]);
        return if ground { Common::Footprint } else { Common::Apart };
    }
    let origin = footprint.bounds.min;
    toggles.clear();
    toggles.resize(footprint.edges.len(), 0);
    // Twice the area.
    let mut total = 0.0;
    let mut zone_inside = false;

    // The zone's edges, run by run.
    let mut inside = 0;
    let mut previous = u32::MAX - 1;
    let mut ring = 0;
    for &entry in &near.edges {
        let (e, last, bulge) = match quiet_chunk(entry) {
            None => (entry, entry, 0.0),
            Some(chunk) => zone.quiet(chunk),
        };
        let (c, d) = (zone.contours.points[e as usize], zone.contours.points[last as usize + 1]);
        while zone.contours.starts[ring + 1] <= e as usize {
            ring += 1;
        }
        let ring_start = zone.contours.starts[ring] == e as usize;
        if previous + 1 != e || ring_start {
            // A run that does not begin with its ring begins outside the footprint's box.
            inside = i32::from(ring_start && footprint.holds(c));
        }
        previous = last;
        if inside != 0 {
            zone_inside = true;
            total += wedge(c, d, origin) + bulge;
        }
        if e != last {
            continue;
        }
        let ((west, east), (south, north)) = (span(c[0], d[0]), span(c[1], d[1]));
        if !footprint.cells.meet([west, south], [east, north]) {
            continue;
        }
        let (low, high) = (footprint.band(south), footprint.band(north));
        for band in low..=high {
            for &f in footprint.band_items(band) {
                let edge = &footprint.edges[f as usize];
                if edge.west > east || edge.east < west || edge.south > north || edge.north < south {
                    continue;
                }
                // A pair that shares several bands is met in the lowest.
                if edge.band.max(low) != band {
                    continue;
                }
                let (a, b) = (edge.a, edge.b);
                let (side_a, on_a) = side_of_vertex(c, d, a);
                let (side_b, on_b) = side_of_vertex(c, d, b);
                *tied |= on_a | on_b;
                if side_a == side_b {
                    continue;
                }
                let (side_c, on_c) = side_of_edge(a, b, c);
                let (side_d, on_d) = side_of_edge(a, b, d);
                *tied |= on_c | on_d;
                if side_c == side_d {
                    continue;
                }
                // Here the footprint's edge enters the zone (+1) or leaves it, and the zone's edge does
                // the opposite to the footprint.
                toggles[f as usize] += side_b;
                inside -= side_b;
                let t = share(cross(c, d, a), cross(c, d, b));
                let x = [a[0] - origin[0] + t * (b[0] - a[0]), a[1] - origin[1] + t * (b[1] - a[1])];
                crossings.push(Crossing {
                    edge: f,
                    along: t,
                    zone_edge: e,
                    along_zone: share(cross(a, b, c), cross(a, b, d)),
                    enters: side_b > 0,
                    at: [x[0] + origin[0], x[1] + origin[1]],
                });
                let rest = [b[0] - d[0], b[1] - d[1]];
                total += f64::from(side_b) * (x[0] * rest[1] - x[1] * rest[0]);
            }
        }
        if !(0..=1).contains(&inside) {
            return Common::Doubt;
        }
    }

    // The footprint's edges, ring by ring.
    let mut all_inside = true;
    let mut first = 0;
    for ring in footprint.contours.rings() {
        let count = ring.len() - 1;
        let toggles = &toggles[first..first + count];
        let edges = &footprint.edges[first..first + count];
        // Inside is 1 and outside 0, so any change along the ring tells where it began.
        let (mut low, mut high, mut sum) = (0, 0, 0);
        for toggle in toggles {
            sum += toggle;
            low = low.min(sum);
            high = high.max(sum);
        }
        if sum != 0 || high - low > 1 {
            return Common::Doubt;
        }
        let mut inside =
            if low == high { i32::from(near.is_ground(zone, footprint.contours.points[ring.start])) } else { -low };
        all_inside &= inside != 0 && low == high;
        for (edge, toggle) in edges.iter().zip(toggles) {
            if inside != 0 {
                total += wedge(edge.a, edge.b, origin);
            }
            inside += toggle;
        }
        first += count;
    }
    let area = total / 2.0;
    if !crossings.is_empty() {
        Common::Area(area)
    } else if all_inside && !zone_inside {
        Common::Footprint
    } else if total == 0.0 {
        Common::Apart
    } else {
        Common::Parts(area)
    }
}

/// Where between two distances of opposite sign zero lies, 0 to 1.
#[inline]
fn share(from: f64, to: f64) -> f64 {
    let t = from / (from - to);
    // 0/0 where both ends lie on the line as far as rounding sees.
    if t.is_nan() { 0.5 } else { t.clamp(0.0, 1.0) }
}

/// Twice the area of the triangle of the origin and an edge.
#[inline]
fn wedge(a: P, b: P, origin: P) -> f64 {
    (a[0] - origin[0]) * (b[1] - origin[1]) - (a[1] - origin[1]) * (b[0] - origin[0])
}
