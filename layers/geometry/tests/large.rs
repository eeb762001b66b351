//! A city's worth of zones: sizes at which anything quadratic would show.
#![allow(clippy::unwrap_used)]

use geo_types::{Coord, LineString, Polygon, coord};
use redline_geometry::{Grid, Shape, TileSize, ZoneIndex, coverage, planar_m2, rings};

/// A lattice of `n` × `n` cells of 100 m whose sides have `between` vertices; in odd columns every
/// second side's vertices are missing on one side.
fn lattice(n: usize, between: usize) -> Vec<Shape> {
    let wiggle = |x: f64, y: f64| 3.0 * (x * 0.37).sin() * (y * 0.23).cos();
    let at = |x: f64, y: f64| coord! { x: 38_400_000.0 + x + wiggle(x, y), y: 2_500_000.0 + y + wiggle(y, x) };
    let mut zones = Vec::new();
    for i in 0..n {
        for j in 0..n {
            let (x, y) = (i as f64 * 100.0, j as f64 * 100.0);
            let corners = [(x, y), (x + 100.0, y), (x + 100.0, y + 100.0), (x, y + 100.0), (x, y)];
            let mut ring: Vec<Coord<f64>> = Vec::new();
            for side in corners.windows(2) {
                for k in 0..between {
                    let t = k as f64 / between as f64;
                    ring.push(at(side[0].0 + t * (side[1].0 - side[0].0), side[0].1 + t * (side[1].1 - side[0].1)));
                }
            }
            ring.push(ring[0]);
            zones.push(Shape::new(vec![Polygon::new(LineString::new(ring), vec![])]));
        }
    }
    zones
}

#[test]
fn ten_thousand_zones_are_noded_and_then_share_nothing() {
    let mut zones = lattice(100, 8);
    // Vertices put on one neighbour's straight pieces only.
    let mut added = 0;
    for zone in zones.iter_mut().step_by(7) {
        zone.0[0].exterior_mut(|ring| {
            let middle = (ring.0[2] + ring.0[3]) / 2.0;
            ring.0.insert(3, middle);
            added += 1;
        });
    }
    let before: f64 = zones.iter().map(planar_m2).sum();
    let noded = coverage::node_t_junctions(&mut zones, coverage::TOLERANCE_M);
    // Zones on the outer edge of the lattice have no neighbour there.
    assert!(noded.len() <= added && noded.len() > added * 9 / 10, "{} of {added}", noded.len());
    assert!(noded.iter().all(|n| n.moved_m < 1e-6));
    assert!((zones.iter().map(planar_m2).sum::<f64>() - before).abs() < 1e-3);
    assert!(coverage::node_t_junctions(&mut zones, coverage::TOLERANCE_M).is_empty());

    let grid = Grid::around(38_399_000.0, 2_499_000.0);
    let index = ZoneIndex::build(zones.clone(), grid, TileSize::default());
    for (i, zone) in zones.iter().enumerate().step_by(97) {
        let found: Vec<usize> = index.overlap_areas(zone).iter().map(|o| o.0).collect();
        assert_eq!(found, [i]);
    }
}

#[test]
fn a_hundred_thousand_point_plot_is_one_footprint_over_ten_thousand_zones() {
    let zones = lattice(60, 4);
    let grid = Grid::around(38_399_000.0, 2_499_000.0);
    let n = 100_000;
    let mut ring: Vec<Coord<f64>> = (0..n)
        .map(|i| {
            let angle = std::f64::consts::TAU * i as f64 / n as f64;
            let r = 2000.0 + 300.0 * (angle * 40.0).sin() + 5.0 * (i as f64 * 0.7).sin();
            coord! { x: 38_403_000.0 + r * angle.cos(), y: 2_503_000.0 + r * angle.sin() }
        })
        .collect();
    ring.push(ring[0]);
    let built = rings::build(&[ring], &grid);
    let index = ZoneIndex::build(zones, grid, TileSize::default());
    let areas = index.overlap_areas(&built.shape);
    let sum: f64 = areas.iter().map(|a| a.1).sum();
    assert!((sum - planar_m2(&built.shape)).abs() < 1e-2, "{sum} {}", planar_m2(&built.shape));
}
