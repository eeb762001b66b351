//! A small coverage: jittered cells whose shared sides have vertices of their own.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)] // test code, used in part by each test

use geo_types::{Coord, LineString, Polygon};
use redline_coverage::{Coverage, Point};
use redline_geometry::{Ellipsoid, GaussKruger, Grid, Shape, overlay, planar_m2};
use redline_zoning::{Zone, ZoneFacts};
use std::collections::BTreeMap;

pub const ORIGIN: Point = Coord { x: 38_430_000.0, y: 2_550_000.0 };

pub fn plane() -> GaussKruger {
    GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0)
}

pub fn grid() -> Grid {
    Grid::around(ORIGIN.x, ORIGIN.y)
}

pub fn facts(id: &str, tier: &str) -> ZoneFacts {
    ZoneFacts { id: id.to_owned(), name: format!("分区{id}"), tier: Some(tier.to_owned()), ..ZoneFacts::default() }
}

/// A number in −1…1 that depends on the place only.
fn noise(a: i64, b: i64, salt: i64) -> f64 {
    let mut x = (a.wrapping_mul(73_856_093) ^ b.wrapping_mul(19_349_663) ^ salt.wrapping_mul(83_492_791)) as u64;
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    (x >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// `side` × `side` cells of about 100 m, every side with `between` vertices of its own, offset by jitter
/// to the millimetre; tiers alternate.
pub fn cells(side: i64, between: i64) -> Vec<Zone> {
    let mm = |v: f64| (v * 1000.0).round() / 1000.0;
    let corner = |i: i64, j: i64| Coord {
        x: mm(ORIGIN.x + 100.0 * i as f64 + 20.0 * noise(i, j, 1)),
        y: mm(ORIGIN.y + 100.0 * j as f64 + 20.0 * noise(i, j, 2)),
    };
    // from the lesser corner to the greater, whoever asks
    let way = |a: (i64, i64), b: (i64, i64)| {
        let (lo, hi) = if a < b { (a, b) } else { (b, a) };
        let (p, q) = (corner(lo.0, lo.1), corner(hi.0, hi.1));
        let mut inner: Vec<Point> = (1..=between)
            .map(|k| {
                let t = k as f64 / (between + 1) as f64;
                let off = 60.0 / (between + 1) as f64 * 0.3 * noise(lo.0 * 1000 + hi.0, lo.1 * 1000 + hi.1, k);
                let d = q - p;
                let long = d.x.hypot(d.y);
                Coord { x: mm(p.x + d.x * t - d.y / long * off), y: mm(p.y + d.y * t + d.x / long * off) }
            })
            .collect();
        if a > b {
            inner.reverse();
        }
        let mut line = vec![corner(a.0, a.1)];
        line.extend(inner);
        line
    };
    let mut zones = Vec::new();
    for j in 0..side {
        for i in 0..side {
            let corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)];
            let ring: Vec<Point> = (0..4).flat_map(|k| way(corners[k], corners[(k + 1) % 4])).collect();
            let shape = redline_geometry::shape_of_rings(vec![(ring, vec![])]);
            zones.push(Zone { facts: facts(&format!("{i}-{j}"), if (i + j) % 2 == 0 { "1" } else { "2" }), shape });
        }
    }
    zones
}

pub fn coverage(zones: Vec<Zone>) -> Coverage {
    Coverage::new(zones, grid(), plane())
}

pub fn state(coverage: &Coverage) -> BTreeMap<String, (ZoneFacts, Shape)> {
    coverage.zones().map(|(f, s)| (f.id.clone(), (f.clone(), s.clone()))).collect()
}

pub fn total(coverage: &Coverage) -> f64 {
    coverage.zones().map(|(_, s)| planar_m2(s)).sum()
}

/// Holds a coverage against overlays of whole shapes: every zone is valid, no two overlap.
pub fn must_be_sound(coverage: &Coverage) {
    let grid = grid();
    let all = state(coverage);
    for (id, (_, shape)) in &all {
        assert!(planar_m2(shape) > 0.0, "{id} is empty");
        for polygon in &shape.0 {
            let rings: Vec<Vec<Point>> =
                std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|r| r.0.clone()).collect();
            let built = redline_geometry::rings::build(&rings, &grid);
            assert!(built.defects.is_empty(), "{id}: {:?}", built.defects);
        }
    }
    let list: Vec<_> = all.iter().collect();
    for (n, (a, (_, s))) in list.iter().enumerate() {
        for (b, (_, t)) in &list[n + 1..] {
            let both = planar_m2(&overlay::intersection(s, t, &grid));
            assert!(both < 1e-6, "{a} and {b} overlap by {both} m²");
        }
    }
    let shapes: Vec<&Shape> = all.values().map(|(_, s)| s).collect();
    let union = planar_m2(&overlay::union(&shapes, &grid));
    assert!((union - total(coverage)).abs() < 1e-4, "union {union}, sum {}", total(coverage));
}

/// The vertices of a zone's first shell.
pub fn shell(coverage: &Coverage, id: &str) -> Vec<Point> {
    let (_, shape) = coverage.zone(id).unwrap();
    let ring = shape.0[0].exterior();
    ring.0[..ring.0.len() - 1].to_vec()
}

pub fn polygon(points: &[[f64; 2]]) -> Shape {
    let ring: LineString<f64> = points.iter().map(|p| Coord { x: p[0], y: p[1] }).collect();
    Shape::new(vec![Polygon::new(ring, vec![])])
}
