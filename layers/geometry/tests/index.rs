//! The tiled index, the area without topology and the plain overlay must tell the same story.
#![allow(clippy::unwrap_used)]

use geo_types::{Coord, LineString, Polygon, coord};
use proptest::prelude::*;
use redline_geometry::{Grid, Shape, TileSize, ZoneIndex, overlay, planar_m2, windows};

const E0: f64 = 38_400_000.0;
const N0: f64 = 2_500_000.0;

fn grid() -> Grid {
    Grid::around(E0 - 100_000.0, N0 - 100_000.0)
}

/// A closed star around a place: every radius within `low..high`, so it never crosses itself.
fn star(x: f64, y: f64, radii: &[f64]) -> LineString<f64> {
    let n = radii.len();
    let mut ring: Vec<Coord<f64>> = radii
        .iter()
        .enumerate()
        .map(|(i, r)| {
            let angle = std::f64::consts::TAU * i as f64 / n as f64;
            coord! { x: E0 + x + r * angle.cos(), y: N0 + y + r * angle.sin() }
        })
        .collect();
    ring.push(ring[0]);
    LineString::new(ring)
}

/// Numbers that look random and are the same every time.
fn noise(seed: u64, n: usize, low: f64, high: f64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..n)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            low + (high - low) * (state >> 11) as f64 / (1u64 << 53) as f64
        })
        .collect()
}

/// A zone like nature's: a rough shell of n vertices with holes, an island in the first hole, and a
/// second part.
fn zone(seed: u64, n: usize) -> Shape {
    let holes = [(0.0, 0.0), (-400.0, 100.0), (300.0, -350.0)];
    let interiors = holes
        .iter()
        .enumerate()
        .map(|(i, &(x, y))| star(x, y, &noise(seed + 10 + i as u64, (n / 8).max(5), 60.0, 120.0)))
        .collect();
    Shape::new(vec![
        Polygon::new(star(0.0, 0.0, &noise(seed, n, 650.0, 1000.0)), interiors),
        Polygon::new(star(0.0, 0.0, &noise(seed + 1, (n / 10).max(4), 20.0, 55.0)), vec![]),
        Polygon::new(star(1500.0, 200.0, &noise(seed + 2, (n / 4).max(4), 200.0, 400.0)), vec![]),
    ])
}

fn footprint(seed: u64, n: usize, x: f64, y: f64, size: f64) -> Shape {
    Shape::new(vec![Polygon::new(
        star(x, y, &noise(seed, n, size * 0.5, size)),
        vec![star(x, y, &noise(seed + 5, 5, size * 0.1, size * 0.3))],
    )])
}

fn vertices(shape: &Shape) -> Vec<Coord<f64>> {
    shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).flat_map(|r| r.0.clone()).collect()
}

/// The largest distance from a vertex of one to the nearest of the other.
fn farthest(a: &Shape, b: &Shape) -> f64 {
    let others = vertices(b);
    vertices(a)
        .iter()
        .map(|p| others.iter().map(|q| (p.x - q.x).hypot(p.y - q.y)).fold(f64::INFINITY, f64::min))
        .fold(0.0, f64::max)
}

/// How far two ways to compute an area on the grid may differ, m²: a vertex or crossing moves by half a
/// step a side at most, which costs that times the edges beside it.
fn noise_m2(shapes: &[&Shape]) -> f64 {
    let perimeter: f64 = shapes
        .iter()
        .flat_map(|s| s.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())))
        .flat_map(|r| r.0.windows(2))
        .map(|e| (e[1].x - e[0].x).hypot(e[1].y - e[0].y))
        .sum();
    1e-6 + perimeter * grid().step()
}

fn agree(footprint: &Shape, zones: &[Shape], tile: usize) -> Result<(), TestCaseError> {
    let index = ZoneIndex::build(zones.to_vec(), grid(), TileSize(tile));
    let overlaps = index.overlaps(footprint);
    let areas = index.overlap_areas(footprint);
    prop_assert_eq!(overlaps.iter().map(|o| o.zone).collect::<Vec<_>>(), areas.iter().map(|a| a.0).collect::<Vec<_>>());
    for (i, zone) in zones.iter().enumerate() {
        let plain = overlay::intersection(footprint, zone, &grid());
        let tiled = overlaps.iter().find(|o| o.zone == i).map(|o| o.shape.clone()).unwrap_or(Shape::new(vec![]));
        prop_assert!(
            (planar_m2(&plain) - planar_m2(&tiled)).abs() < noise_m2(&[&plain]),
            "tile {}: plain {} tiled {}",
            tile,
            planar_m2(&plain),
            planar_m2(&tiled)
        );
        prop_assert!(farthest(&plain, &tiled) < 1e-6 && farthest(&tiled, &plain) < 1e-6);
        if let Some(&(_, m2)) = areas.iter().find(|a| a.0 == i) {
            prop_assert!((m2 - planar_m2(&plain)).abs() < noise_m2(&[&plain]), "{} {}", m2, planar_m2(&plain));
        } else {
            prop_assert!(plain.0.is_empty());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tile_size_gives_the_plain_overlay(
        seed in 0u64..100_000, n in 20usize..600, corners in 3usize..40, tile in 4usize..700,
        x in -1200.0..2000.0f64, y in -1200.0..1200.0f64, size in 1.0..900.0f64
    ) {
        agree(&footprint(seed + 77, corners, x, y, size), &[zone(seed, n), zone(seed + 3, n / 2 + 10)], tile)?;
    }

    /// Coordinates from a tiny lattice: shared vertices, edges on edges, T-junctions everywhere.
    #[test]
    fn shapes_full_of_coincidences_agree_too(
        a in prop::collection::vec((0i32..7, 0i32..7), 3..9), hole in prop::collection::vec((0i32..7, 0i32..7), 3..5),
        b in prop::collection::vec((0i32..7, 0i32..7), 3..9), tile in 1usize..12
    ) {
        let ring = |points: &[(i32, i32)]| {
            let mut ring: Vec<Coord<f64>> =
                points.iter().map(|&(x, y)| coord! { x: E0 + f64::from(x) * 8.0, y: N0 + f64::from(y) * 8.0 }).collect();
            ring.push(ring[0]);
            LineString::new(ring)
        };
        let zone = Shape::new(vec![Polygon::new(ring(&a), vec![ring(&hole)])]);
        let plot = Shape::new(vec![Polygon::new(ring(&b), vec![])]);
        let index = ZoneIndex::build(vec![zone.clone()], grid(), TileSize(tile));
        let plain = planar_m2(&overlay::intersection(&plot, &zone, &grid()));
        let tiled: f64 = index.overlaps(&plot).iter().map(|o| planar_m2(&o.shape)).sum();
        let measured: f64 = index.overlap_areas(&plot).iter().map(|a| a.1).sum();
        // Shapes that cross themselves are resolved first and then overlaid: two snaps instead of one.
        prop_assert!((plain - tiled).abs() < 1e-5, "plain {plain} tiled {tiled}");
        prop_assert!((plain - measured).abs() < 1e-5, "plain {plain} measured {measured}");
    }
}

#[test]
fn a_footprint_deep_inside_is_its_own_overlap_and_one_far_away_has_none() {
    let index = ZoneIndex::build(vec![zone(3, 5000)], grid(), TileSize(64));
    let inside = Shape::new(vec![Polygon::new(star(0.0, 400.0, &noise(9, 12, 20.0, 30.0)), vec![])]);
    let overlaps = index.overlaps(&inside);
    assert_eq!(overlaps.len(), 1);
    assert_eq!(overlaps[0].shape, overlay::union(&[&inside], &grid()));
    let in_a_hole = Shape::new(vec![Polygon::new(star(-400.0, 100.0, &noise(9, 12, 20.0, 30.0)), vec![])]);
    assert!(index.overlaps(&in_a_hole).is_empty());
    assert!(index.overlap_areas(&in_a_hole).is_empty());
    let away = Shape::new(vec![Polygon::new(star(5000.0, 0.0, &noise(9, 12, 20.0, 30.0)), vec![])]);
    assert!(index.overlaps(&away).is_empty());
}

#[test]
fn no_vertex_is_invented_each_is_an_input_vertex_or_a_crossing() {
    let zone = zone(11, 800);
    let plot = footprint(4, 60, 700.0, 100.0, 500.0);
    let edges = |s: &Shape| -> Vec<[Coord<f64>; 2]> {
        s.iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
            .flat_map(|r| r.0.windows(2).map(|w| [w[0], w[1]]).collect::<Vec<_>>())
            .collect()
    };
    let near = |e: &[Coord<f64>; 2], p: Coord<f64>| {
        let (d, q) = (e[1] - e[0], p - e[0]);
        let t = ((q.x * d.x + q.y * d.y) / (d.x * d.x + d.y * d.y)).clamp(0.0, 1.0);
        (q.x - t * d.x).hypot(q.y - t * d.y) < 1e-6
    };
    let inputs: Vec<Coord<f64>> = vertices(&zone).into_iter().chain(vertices(&plot)).collect();
    let (zone_edges, plot_edges) = (edges(&zone), edges(&plot));
    for tile in [4, 16, 100, 10_000] {
        let index = ZoneIndex::build(vec![zone.clone()], grid(), TileSize(tile));
        let common = &index.overlaps(&plot)[0].shape;
        let (mut kept, mut crossings) = (0, 0);
        for p in vertices(common) {
            if inputs.contains(&p) {
                kept += 1; // to the last bit
            } else {
                assert!(zone_edges.iter().any(|e| near(e, p)) && plot_edges.iter().any(|e| near(e, p)), "{p:?}");
                crossings += 1;
            }
        }
        assert!(kept > 50 && crossings > 5);
    }
}

#[test]
fn vertex_matched_neighbours_share_exactly_nothing() {
    // A rough boundary between two zones, at coordinates that are no grid points.
    let shared: Vec<Coord<f64>> = noise(5, 400, -3.0, 3.0)
        .iter()
        .enumerate()
        .map(|(i, dx)| coord! { x: E0 + dx + 0.000_3, y: N0 + i as f64 * 1.1 + 0.000_7 })
        .collect();
    let side = |x: f64| {
        let mut ring = shared.clone();
        ring.push(coord! { x: E0 + x, y: shared[399].y });
        ring.push(coord! { x: E0 + x, y: shared[0].y });
        ring.push(ring[0]);
        Shape::new(vec![Polygon::new(LineString::new(ring), vec![])])
    };
    let (west, east) = (side(-500.0), side(500.0));
    for tile in [8, 256, 10_000] {
        let index = ZoneIndex::build(vec![west.clone(), east.clone()], grid(), TileSize(tile));
        assert_eq!(index.overlaps(&west).iter().map(|o| o.zone).collect::<Vec<_>>(), [0]);
        assert_eq!(index.overlap_areas(&east).iter().map(|o| o.0).collect::<Vec<_>>(), [1]);
        let plot = footprint(8, 30, 0.0, 200.0, 100.0);
        let parts = index.overlap_areas(&plot);
        assert_eq!(parts.len(), 2);
        assert!((parts[0].1 + parts[1].1 - planar_m2(&plot)).abs() < noise_m2(&[&plot]));
        let shapes: Vec<Shape> = index.overlaps(&plot).into_iter().map(|o| o.shape).collect();
        let outside = overlay::difference(&plot, &overlay::union(&[&shapes[0], &shapes[1]], &grid()), &grid());
        assert!(planar_m2(&outside) < noise_m2(&[&plot]));
    }
}

#[test]
fn a_place_knows_its_zones_also_on_their_edges() {
    let square = |x: f64| {
        let c = |dx: f64, dy: f64| coord! { x: E0 + x + dx, y: N0 + dy };
        Shape::new(vec![Polygon::new(
            LineString::new(vec![c(0., 0.), c(10., 0.), c(10., 10.), c(0., 10.), c(0., 0.)]),
            vec![],
        )])
    };
    for tile in [1, 256] {
        let index = ZoneIndex::build(vec![square(0.0), square(10.0)], grid(), TileSize(tile));
        let at = |x: f64, y: f64| index.zones_at(coord! { x: E0 + x, y: N0 + y });
        assert_eq!(at(5.0, 5.0), [0]);
        assert_eq!(at(10.0, 5.0), [0, 1]);
        assert_eq!(at(20.0, 10.0), [1]);
        assert!(at(20.1, 5.0).is_empty());
        assert!(at(f64::INFINITY, 5.0).is_empty());
        // A line in both, and one along the common edge: counted once.
        let line = |points: &[(f64, f64)]| {
            LineString::new(points.iter().map(|&(x, y)| coord! { x: E0 + x, y: N0 + y }).collect::<Vec<_>>())
        };
        let lengths = index.line_lengths(&line(&[(-5., 5.), (5., 5.), (17., 5.)]));
        assert_eq!(lengths.iter().map(|l| l.0).collect::<Vec<_>>(), [0, 1]);
        assert!((lengths[0].1 - 10.0).abs() < 1e-9 && (lengths[1].1 - 7.0).abs() < 1e-9);
        assert_eq!(index.line_lengths(&line(&[(10., -5.), (10., 15.)])), [(1, 10.0)]);
        assert!(index.line_lengths(&line(&[(-5., 5.), (-5., 15.)])).is_empty());
    }
}

#[test]
fn places_and_lines_agree_with_the_plain_walk_at_any_tile_size() {
    let zone = zone(21, 3000);
    let plain = ZoneIndex::build(vec![zone.clone()], grid(), TileSize(1_000_000));
    let tiled = ZoneIndex::build(vec![zone], grid(), TileSize(20));
    let (xs, ys) = (noise(1, 500, -1200.0, 2000.0), noise(2, 500, -1200.0, 1200.0));
    for i in 0..500 {
        let at = coord! { x: E0 + xs[i], y: N0 + ys[i] };
        assert_eq!(plain.zones_at(at), tiled.zones_at(at));
        let line = LineString::new(vec![at, coord! { x: E0 + xs[499 - i], y: N0 + ys[499 - i] }]);
        let (one, other) = (plain.line_lengths(&line), tiled.line_lengths(&line));
        assert_eq!(one.len(), other.len());
        for (p, q) in one.iter().zip(&other) {
            assert!((p.1 - q.1).abs() < 1e-9);
        }
    }
}

#[test]
fn an_index_of_nothing_answers_nothing() {
    let index = ZoneIndex::build(vec![Shape::new(vec![])], grid(), TileSize::default());
    assert!(index.overlaps(&footprint(1, 10, 0.0, 0.0, 10.0)).is_empty());
    assert!(index.zones_at(coord! { x: E0, y: N0 }).is_empty());
}

#[test]
fn the_index_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<ZoneIndex>();
}

#[test]
fn windows_cover_the_shape_without_sharing_ground() {
    for (seed, side) in [(1, 5.0), (2, 40.0), (3, 300.0), (4, 1e6), (5, f64::INFINITY)] {
        let shape = zone(seed, 400);
        let boxes: Vec<Shape> =
            windows(&shape, side, &grid()).iter().map(|b| Shape::new(vec![b.to_polygon()])).collect();
        let all = overlay::union(&boxes.iter().collect::<Vec<_>>(), &grid());
        assert!(overlay::difference(&shape, &all, &grid()).0.is_empty());
        let sum: f64 = boxes.iter().map(planar_m2).sum();
        assert!((sum - planar_m2(&all)).abs() < 1e-3 * boxes.len() as f64 * 3000.0);
        assert!(side < 1e5 || boxes.len() == 1);
        assert!(boxes.iter().all(|b| side > 1e5 || planar_m2(b) > side * side / 4.0));
    }
    assert!(windows(&Shape::new(vec![]), 1.0, &grid()).is_empty());
}
