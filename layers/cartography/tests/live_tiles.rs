//! Tiles cut from zones, as a map reads them.
#![allow(clippy::unwrap_used, clippy::expect_used)] // test code

mod common;

use common::*;
use proptest::prelude::*;
use redline_cartography::{HeldZones, MAX_ZOOM, Readers, TileSource};
use redline_workspace::Workspace;
use redline_zoning::{LayerRole, Zone};
use std::sync::Arc;

fn lake() -> Zone {
    // 3 km wide, with an island of 800 m in it
    let (shore, island) = (wavy(5000.0, 5000.0, 1500.0, 4000, 7.0), wavy(5000.0, 5000.0, 400.0, 800, 3.0));
    zone("湖", "1102", vec![polygon(&[shore, island])])
}

/// Area of a ring in units of a zoom, by the series and the formula, without anything of ours.
fn true_area(zone: &Zone, z: u8) -> f64 {
    let side = 4096.0 * f64::from(1_u32 << z);
    let ring = |line: &geo_types::LineString<f64>| {
        let points: Vec<(f64, f64)> = line.0.iter().map(|c| world(c.x, c.y)).collect();
        let (x0, y0) = points[0];
        let off = |p: (f64, f64)| ((p.0 - x0) * side, (p.1 - y0) * side);
        let twice: f64 = points.windows(2).map(|w| (off(w[0]), off(w[1]))).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        (twice / 2.0).abs()
    };
    let polygon = |p: &geo_types::Polygon<f64>| ring(p.exterior()) - p.interiors().iter().map(ring).sum::<f64>();
    zone.shape.0.iter().map(polygon).sum()
}

/// Twice the area of a ring's part inside the tile itself, without the buffer.
fn inside(ring: &[(i64, i64)]) -> f64 {
    let mut points: Vec<(f64, f64)> = ring.iter().map(|p| (p.0 as f64, p.1 as f64)).collect();
    for (axis, limit, sign) in [(0, 0.0, 1.0), (0, 4096.0, -1.0), (1, 0.0, 1.0), (1, 4096.0, -1.0)] {
        let at = |p: (f64, f64)| (if axis == 0 { p.0 } else { p.1 } - limit) * sign;
        let mut next = Vec::new();
        for i in 0..points.len() {
            let (a, b) = (points[i], points[(i + 1) % points.len()]);
            if at(a) >= 0.0 {
                next.push(a);
            }
            if (at(a) >= 0.0) != (at(b) >= 0.0) {
                let t = at(a) / (at(a) - at(b));
                next.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
            }
        }
        points = next;
    }
    (0..points.len()).map(|i| (points[i], points[(i + 1) % points.len()])).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

#[test]
fn a_zone_put_together_from_its_tiles_has_its_area() {
    let folder = tempfile::tempdir().unwrap();
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, vec![lake()]));
    for (z, tolerance) in [(14, 1e-3), (16, 2e-4), (18, 2e-5)] {
        let tiles = all_tiles(&source, z);
        let sum: f64 =
            tiles.iter().flat_map(|(_, _, f)| f).flat_map(|f| &f.rings).map(|r| inside(r)).sum::<f64>() / 2.0;
        let expected = true_area(&lake(), z);
        assert!((sum / expected - 1.0).abs() < tolerance, "zoom {z}: {sum} for {expected}");
        assert!(tiles.iter().filter(|t| !t.2.is_empty()).count() > 1, "it lies on several tiles");
    }
    assert!(source.troubles().is_empty());
}

#[test]
fn a_feature_says_which_zone_it_is_and_how_it_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let zones = vec![zone("A", "011", vec![polygon(&[square(0.0, 0.0, 90.0)])]), lake()];
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, zones));
    let features =
        all_tiles(&source, 12).remove(0).2.into_iter().chain(all_tiles(&source, 12).into_iter().flat_map(|t| t.2));
    let mut said: Vec<_> = features
        .map(|f| (f.id, f.properties["k"].clone(), f.properties["id"].clone(), f.properties["n"].clone()))
        .collect();
    said.sort();
    said.dedup();
    let line = |id, k: &str, zone: &str| (Some(id), k.to_owned(), zone.to_owned(), format!("图斑{zone}"));
    assert_eq!(said, [line(1, "0101", "A"), line(2, "11", "湖")]);
}

#[test]
fn a_hole_stays_a_hole_at_every_zoom_that_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, vec![lake()]));
    for z in [8, 10, 12] {
        let holes: usize = all_tiles(&source, z)
            .iter()
            .flat_map(|t| &t.2)
            .map(|f| f.rings.iter().filter(|r| twice_area(r) < 0).count())
            .max()
            .unwrap();
        assert_eq!(holes, 1, "zoom {z}");
    }
    // inside the island nothing is drawn
    let (x, y) = world(EAST + 5000.0, NORTH + 5000.0);
    let side = f64::from(1_u32 << 17);
    assert!(tile(&source, 17, (x * side) as u32, (y * side) as u32).is_empty());
}

/// Where a feature's rings cross the vertical line `x`, sorted.
fn crossings(features: &[Feature], x: f64) -> Vec<f64> {
    let mut found = Vec::new();
    for ring in features.iter().flat_map(|f| &f.rings) {
        for i in 0..ring.len() {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            let (ax, bx) = (a.0 as f64 - x, b.0 as f64 - x);
            if (ax < 0.0) != (bx < 0.0) {
                found.push(a.1 as f64 + (b.1 - a.1) as f64 * ax / (ax - bx));
            }
        }
    }
    found.sort_by(f64::total_cmp);
    found
}

#[test]
fn edges_meet_on_the_border_of_two_tiles() {
    let folder = tempfile::tempdir().unwrap();
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, vec![lake()]));
    for z in [13, 14, 15, 16] {
        let tiles = all_tiles(&source, z);
        let mut compared = 0;
        for (x, y, west) in &tiles {
            let Some((_, _, east)) = tiles.iter().find(|t| (t.0, t.1) == (x + 1, *y)) else { continue };
            // half a unit off, where no corner lies
            let (left, right) = (crossings(west, 4096.5), crossings(east, 0.5));
            assert_eq!(left.len(), right.len(), "tile {z}/{x}/{y}");
            for (a, b) in left.iter().zip(&right).filter(|(a, _)| (0.0..4096.0).contains(*a)) {
                assert!((a - b).abs() <= 1.0, "tile {z}/{x}/{y}: {a} and {b}");
                compared += 1;
            }
        }
        assert!(compared > 0, "zoom {z}");
    }
}

#[test]
fn zones_held_in_memory_are_drawn_as_those_of_a_layer() {
    let folder = tempfile::tempdir().unwrap();
    let pond = zone("塘", "1104", vec![polygon(&[wavy(9000.0, 5000.0, 300.0, 900, 5.0)])]);
    let zones = vec![lake(), pond];
    let held = HeldZones::of(&zones, LayerRole::LandUse, PLANE);
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, zones));
    let nameless = |mut features: Vec<Feature>| {
        // rows of the file are numbered by it
        features.iter_mut().for_each(|feature| feature.id = None);
        features
    };
    let mut seen = 0;
    for z in [8, 11, 13, 16, MAX_ZOOM] {
        for (x, y, drawn) in all_tiles(&source, z).into_iter().take(200) {
            seen += drawn.len();
            assert_eq!(nameless(decode(&held.tile(z, x, y, &|| false).unwrap())), nameless(drawn), "tile {z}/{x}/{y}");
        }
    }
    assert!(seen > 20, "{seen} features");
    assert_eq!(held.tile(MAX_ZOOM + 1, 0, 0, &|| false).unwrap_err().code, "no-such-tile");
    assert_eq!(held.tile(8, 0, 0, &|| true).unwrap_err().code, "cancelled");
}

#[test]
fn two_simplified_neighbours_meet_within_a_pixel() {
    let folder = tempfile::tempdir().unwrap();
    // a rough border between two parcels of 4 km
    let border: Vec<(f64, f64)> = (0..=4000)
        .map(|i| {
            let y = f64::from(i);
            (2000.0 + 60.0 * (y / 90.0).sin() + 9.0 * (y / 7.0).sin() + 2.0 * (y * 1.7).sin(), y)
        })
        .collect();
    let close = |mut ring: Vec<(f64, f64)>| {
        ring.push(ring[0]);
        ring
    };
    let left = close([(0.0, 4000.0), (0.0, 0.0)].into_iter().chain(border.iter().copied()).collect());
    let right = close([(4000.0, 0.0), (4000.0, 4000.0)].into_iter().chain(border.iter().rev().copied()).collect());
    let zones = vec![zone("L", "0101", vec![polygon(&[left])]), zone("R", "0201", vec![polygon(&[right])])];
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, zones));
    for z in [12, 13, 14, 16] {
        let mut near = 0;
        for (x, y, features) in all_tiles(&source, z) {
            let [Some(left), Some(right)] = ["L", "R"].map(|id| features.iter().find(|f| f.properties["id"] == id))
            else {
                continue;
            };
            // every corner of the left one's border lies within 8 units of the right one's edge
            for p in left.rings.iter().flatten() {
                let (px, py) = ((p.0 as f64 / 4096.0 + f64::from(x)), (p.1 as f64 / 4096.0 + f64::from(y)));
                let side = f64::from(1_u32 << z);
                let [w, e] = [1500.0, 2500.0].map(|m| world(EAST + m, NORTH + 2000.0).0 * side);
                let [n, s] = [3900.0, 100.0].map(|m| world(EAST + 2000.0, NORTH + m).1 * side);
                let in_tile = (0..=4096).contains(&p.0) && (0..=4096).contains(&p.1);
                if in_tile && w < px && px < e && n < py && py < s {
                    near += 1;
                    let distance = right.rings.iter().map(|r| distance(*p, r)).fold(f64::INFINITY, f64::min);
                    assert!(distance <= 8.0, "tile {z}/{x}/{y}: {distance} units apart at {p:?}");
                }
            }
        }
        assert!(near > 10, "zoom {z}: {near}");
    }
}

fn distance(p: (i64, i64), ring: &[(i64, i64)]) -> f64 {
    (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            let off = |q: (i64, i64)| ((q.0 - a.0) as f64, (q.1 - a.1) as f64);
            let ((px, py), (bx, by)) = (off(p), off(b));
            let t = ((px * bx + py * by) / (bx * bx + by * by)).clamp(0.0, 1.0);
            (px - t * bx).hypot(py - t * by)
        })
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn nothing_is_simplified_at_the_last_zoom() {
    let folder = tempfile::tempdir().unwrap();
    // collinear points 5 m apart on a square of 100 m
    let side: Vec<f64> = (0..20).map(|i| f64::from(i) * 5.0).collect();
    let ring: Vec<(f64, f64)> = side
        .iter()
        .map(|s| (*s, 0.0))
        .chain(side.iter().map(|s| (100.0, *s)))
        .chain(side.iter().map(|s| (100.0 - s, 100.0)))
        .chain(side.iter().map(|s| (0.0, 100.0 - s)))
        .chain([(0.0, 0.0)])
        .collect();
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, vec![zone("A", "0101", vec![polygon(&[ring])])]));
    let corners = |z: u8| all_tiles(&source, z).iter().flat_map(|t| &t.2).map(|f| f.rings[0].len()).max().unwrap();
    assert!(corners(17) < 20);
    let drawn: usize = all_tiles(&source, MAX_ZOOM)
        .iter()
        .flat_map(|t| &t.2)
        .flat_map(|f| &f.rings[0])
        .filter(|p| (0..4096).contains(&p.0) && (0..4096).contains(&p.1))
        .count();
    assert!(drawn >= 80, "{drawn}");
}

#[test]
fn a_damaged_zone_is_missing_from_the_map_and_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let zones =
        (0..4).map(|i| zone(&format!("Z{i}"), "0101", vec![polygon(&[square(f64::from(i) * 100.0, 0.0, 100.0)])]));
    let path = workspace(folder.path(), LayerRole::LandUse, zones.collect());
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TRIGGER redline_land_use_update; DROP TRIGGER rtree_land_use_geom_update1; DROP TRIGGER rtree_land_use_geom_update2;
         DROP TRIGGER rtree_land_use_geom_update3; DROP TRIGGER rtree_land_use_geom_update4;
         UPDATE land_use SET geom = substr(geom, 1, 90) WHERE zone_id = 'Z1';
         UPDATE land_use SET name = x'00ff' WHERE zone_id = 'Z2';",
    )
    .unwrap();
    drop(conn);
    let source = tiles(&path);
    for _ in 0..2 {
        for z in [14, 15] {
            let mut seen: Vec<String> =
                all_tiles(&source, z).iter().flat_map(|t| &t.2).map(|f| f.properties["id"].clone()).collect();
            seen.sort();
            seen.dedup();
            assert_eq!(seen, ["Z0", "Z3"]);
        }
    }
    let troubles = source.troubles();
    assert_eq!(troubles.len(), 2, "{troubles:?}");
    assert!(troubles[0].zh.contains("fid 为 2") && troubles[0].en.contains("geometry cut short"), "{troubles:?}");
}

#[test]
fn a_person_who_pans_on_stops_the_tile() {
    let folder = tempfile::tempdir().unwrap();
    let zones = (0..900).map(|i| {
        let (x, y) = (f64::from(i % 30) * 10.0, f64::from(i / 30) * 10.0);
        zone(&format!("{i}"), "0101", vec![polygon(&[square(x, y, 10.0)])])
    });
    let source = tiles(&workspace(folder.path(), LayerRole::LandUse, zones.collect()));
    let (x, y) = tile_at(114.0 - 0.68, 23.04, 8);
    assert_eq!(source.tile(8, x, y, &|| true).unwrap_err().code, "cancelled");
    assert_eq!(source.tile(3, 0, 0, &|| false).unwrap_err().code, "no-such-tile");
    assert_eq!(source.tile(5, 32, 0, &|| false).unwrap_err().code, "no-such-tile");
}

#[test]
fn a_map_of_an_old_revision_still_shows_it_after_an_import() {
    let folder = tempfile::tempdir().unwrap();
    let old = vec![zone("旧", "0101", vec![polygon(&[square(0.0, 0.0, 500.0)])])];
    let path = workspace(folder.path(), LayerRole::LandUse, old);
    let readers = Arc::new(Readers::new(&path));
    let before = TileSource::open(&readers, &only_layer(&path), None).unwrap();
    let shown = |source: &TileSource| -> Vec<String> {
        all_tiles(source, 14).iter().flat_map(|t| &t.2).map(|f| f.properties["id"].clone()).collect()
    };
    assert!(shown(&before).iter().all(|id| id == "旧") && !shown(&before).is_empty());
    let new = vec![zone("新", "0201", vec![polygon(&[square(100.0, 100.0, 500.0)])])];
    let mut editing = Workspace::open_for_editing(&path).unwrap();
    editing.add_revision(&revision(LayerRole::LandUse, 2019), new, &mut |_| {}).unwrap();
    drop(editing);
    assert!(shown(&before).iter().all(|id| id == "旧") && !shown(&before).is_empty());
    let after = TileSource::open(&readers, &only_layer(&path), None).unwrap();
    assert!(shown(&after).iter().all(|id| id == "新") && !shown(&after).is_empty());
}

#[test]
fn several_threads_draw_the_same_tiles() {
    let folder = tempfile::tempdir().unwrap();
    let path = workspace(folder.path(), LayerRole::LandUse, vec![lake()]);
    let alone: Vec<_> = all_tiles(&tiles(&path), 14);
    let source = tiles(&path);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| all_tiles(&source, 14))).collect();
        for drawn in all {
            assert!(drawn.join().unwrap() == alone);
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_polygon_is_drawn_within_its_tiles(
        rings in prop::collection::vec(prop::collection::vec((-3000.0..3000.0f64, -3000.0..3000.0f64), 1..40), 1..4),
        z in 4_u8..=14
    ) {
        let folder = tempfile::tempdir().unwrap();
        let shape = vec![polygon(&rings), polygon(&[square(0.0, 0.0, 900.0)])];
        let source = tiles(&workspace(folder.path(), LayerRole::RedLine, vec![zone("Z", "", shape)]));
        // decoding checks windings, closing and areas
        for (_, _, features) in all_tiles(&source, z) {
            for (x, y) in features.iter().flat_map(|f| &f.rings).flatten() {
                prop_assert!((-64..=4096 + 64).contains(x) && (-64..=4096 + 64).contains(y));
            }
        }
    }
}
