//! An imported coverage lists its defects, each with its place and its size, and each can be mended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::*;
use proptest::prelude::*;
use redline_coverage::Coverage;
use redline_coverage::defects::{Defect, DefectKind, GAP_WIDTH_M};
use redline_geometry::{Shape, overlay, planar_m2};
use redline_zoning::Zone;

fn zone(id: &str, points: &[[f64; 2]]) -> Zone {
    let points: Vec<[f64; 2]> = points.iter().map(|p| [ORIGIN.x + p[0], ORIGIN.y + p[1]]).collect();
    Zone { facts: facts(id, "1"), shape: polygon(&points) }
}

fn listed(zones: Vec<Zone>) -> Vec<Defect> {
    coverage(zones).defects(GAP_WIDTH_M)
}

fn kinds(found: &[Defect]) -> Vec<DefectKind> {
    found.iter().map(|d| d.kind).collect()
}

/// Carries out the first remedy of every defect until none is left.
fn mend(city: &mut Coverage) {
    for _ in 0..400 {
        let Some(defect) = city.defects(GAP_WIDTH_M).into_iter().find(|d| !d.remedies.is_empty()) else { return };
        let change = city.plan(&defect.remedies[0].edit).unwrap_or_else(|r| panic!("{}: {r}", defect.words()));
        city.apply(&change).unwrap();
    }
    panic!("defects without end");
}

#[test]
fn a_sound_coverage_has_none_though_it_has_wide_holes_and_three_way_junctions() {
    let mut zones = cells(4, 3);
    zones.retain(|z| z.facts.id != "1-1");
    assert_eq!(listed(zones), []);
}

#[test]
fn an_overlap_is_listed_with_both_zones_and_its_area() {
    let found = listed(vec![
        zone("a", &[[0., 0.], [10., 0.], [10., 10.], [0., 10.]]),
        zone("b", &[[8., 2.], [20., 2.], [20., 9.], [8., 9.]]),
    ]);
    assert_eq!(kinds(&found), [DefectKind::Overlap]);
    assert_eq!(found[0].zones, ["a", "b"]);
    assert!((found[0].area.planar_m2 - 14.0).abs() < 1e-6);
    assert_eq!(found[0].remedies.len(), 2);
}

#[test]
fn a_nested_zone_and_a_doubled_one_are_overlaps_though_no_edges_cross() {
    let outer = zone("a", &[[0., 0.], [10., 0.], [10., 10.], [0., 10.]]);
    let found = listed(vec![outer.clone(), zone("b", &[[2., 2.], [4., 2.], [4., 4.], [2., 4.]])]);
    assert_eq!(kinds(&found), [DefectKind::Overlap]);
    assert!((found[0].area.planar_m2 - 4.0).abs() < 1e-6);
    let mut twin = outer.clone();
    twin.facts.id = "twin".into();
    let found = listed(vec![outer, twin]);
    assert_eq!(kinds(&found), [DefectKind::Overlap]);
    assert_eq!(found[0].zones, ["a", "twin"]);
}

#[test]
fn a_narrow_gap_is_listed_and_a_wide_corridor_is_not() {
    let around = |width: f64| {
        vec![
            zone("west", &[[0., 0.], [50., 0.], [50., 100.], [0., 100.]]),
            zone("east", &[[50. + width, 0.], [100., 0.], [100., 100.], [50. + width, 100.]]),
            zone("south", &[[0., -10.], [100., -10.], [100., 0.], [50. + width, 0.], [50., 0.], [0., 0.]]),
            zone("north", &[[0., 100.], [50., 100.], [50. + width, 100.], [100., 100.], [100., 110.], [0., 110.]]),
        ]
    };
    let found = listed(around(0.4));
    assert_eq!(kinds(&found), [DefectKind::Gap]);
    assert!((found[0].area.planar_m2 - 40.0).abs() < 1e-6);
    assert_eq!(found[0].zones.len(), 4);
    assert_eq!(listed(around(3.0)), []);
}

#[test]
fn a_vertex_without_a_partner_is_listed_without_area_and_put_in() {
    let zones = vec![
        zone("a", &[[0., 0.], [10., 0.], [10., 10.], [0., 10.]]),
        zone("b", &[[10., 0.], [20., 0.], [20., 10.], [10., 10.], [10., 5.]]),
    ];
    let found = listed(zones.clone());
    assert_eq!(kinds(&found), [DefectKind::UnmatchedVertex]);
    let mut city = coverage(zones);
    mend(&mut city);
    assert_eq!(shell(&city, "a").len(), 5);
    assert_eq!(city.defects(GAP_WIDTH_M), []);
}

#[test]
fn a_polygon_that_crosses_itself_is_listed_and_rebuilt() {
    let zones = vec![zone("tie", &[[0., 0.], [10., 10.], [10., 0.], [0., 10.]])];
    let found = listed(zones.clone());
    assert_eq!(found[0].kind, DefectKind::Invalid);
    let mut city = coverage(zones);
    mend(&mut city);
    assert!((total(&city) - 50.0).abs() < 1e-6);
    must_be_sound(&city);
}

#[test]
fn zones_that_touch_in_a_point_have_no_defect() {
    assert_eq!(
        listed(vec![
            zone("a", &[[0., 0.], [10., 0.], [10., 10.], [0., 10.]]),
            zone("b", &[[10., 10.], [20., 10.], [20., 20.], [10., 20.]]),
        ]),
        []
    );
}

/// Σ over ground of how often it is covered beyond once, by overlays of pairs (no three overlap here).
fn overlap_by_pairs(zones: &[Zone]) -> f64 {
    let mut sum = 0.0;
    for (n, a) in zones.iter().enumerate() {
        for b in &zones[n + 1..] {
            sum += planar_m2(&overlay::intersection(&a.shape, &b.shape, &grid()));
        }
    }
    sum
}

/// A cell's vertex out of place in one zone only: overlaps and gaps.
fn shaken(zones: &mut [Zone], pick: usize, vertex: usize, dx: f64, dy: f64) {
    let n = pick % zones.len();
    let zone = &mut zones[n];
    let ring = zone.shape.0[0].exterior().0.clone();
    let mut open = ring[..ring.len() - 1].to_vec();
    let v = vertex % open.len();
    open[v].x += dx;
    open[v].y += dy;
    zone.shape = redline_geometry::shape_of_rings(vec![(open, vec![])]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_overlaps_listed_are_those_that_overlays_of_pairs_find(
        shakes in prop::collection::vec((0..9_usize, 0..12_usize, -6.0..6.0_f64, -6.0..6.0_f64), 1..4)
    ) {
        let mut zones = cells(3, 2);
        for (pick, vertex, dx, dy) in &shakes {
            shaken(&mut zones, *pick, *vertex, *dx, *dy);
        }
        prop_assume!(zones.iter().all(|z| {
            let ring = z.shape.0[0].exterior().0.clone();
            redline_geometry::rings::build(&[ring], &grid()).defects.is_empty()
        }));
        let city = coverage(zones.clone());
        let found = city.defects(1e9);
        let listed: f64 = found
            .iter()
            .filter(|d| d.kind == DefectKind::Overlap)
            .map(|d| d.area.planar_m2)
            .sum();
        let expected = overlap_by_pairs(&zones);
        prop_assert!((listed - expected).abs() < 1e-4, "listed {listed}, overlays {expected}");
        // every enclosed blank is a gap when any width counts
        let shapes: Vec<&Shape> = zones.iter().map(|z| &z.shape).collect();
        let union = overlay::union(&shapes, &grid());
        let holes: f64 = union.0.iter().flat_map(|p| p.interiors()).map(|r| {
            let open = r.0[..r.0.len() - 1].to_vec();
            planar_m2(&redline_geometry::shape_of_rings(vec![(open, vec![])]))
        }).sum();
        let gaps: f64 = found.iter().filter(|d| d.kind == DefectKind::Gap).map(|d| d.area.planar_m2).sum();
        prop_assert!((gaps - holes).abs() < 1e-4, "gaps {gaps}, holes of the union {holes}");
    }

    #[test]
    fn mending_the_first_remedy_of_each_leaves_a_sound_coverage(
        shakes in prop::collection::vec((0..9_usize, 0..12_usize, -3.0..3.0_f64, -3.0..3.0_f64), 1..4)
    ) {
        let mut zones = cells(3, 2);
        for (pick, vertex, dx, dy) in &shakes {
            shaken(&mut zones, *pick, *vertex, *dx, *dy);
        }
        let mut city = coverage(zones);
        mend(&mut city);
        must_be_sound(&city);
    }
}

#[test]
fn thousands_of_defects_are_all_listed_and_block_nothing_elsewhere() {
    let mut zones = cells(90, 2);
    for n in 0..zones.len() {
        if n % 3 == 0 {
            shaken(&mut zones, n, 4, 2.5, 1.5);
        }
    }
    let twins: Vec<Zone> = zones
        .iter()
        .step_by(50)
        .map(|z| {
            let mut twin = z.clone();
            twin.facts.id = format!("{}-twin", z.facts.id);
            twin
        })
        .collect();
    zones.extend(twins);
    let mut city = coverage(zones);
    let found = city.defects(GAP_WIDTH_M);
    assert!(found.len() > 2000, "{}", found.len());
    let line = vec![[ORIGIN.x + 60., ORIGIN.y + 140.], [ORIGIN.x + 260., ORIGIN.y + 160.]];
    let change = city.plan(&redline_coverage::Edit::Split { zone: "1-1".into(), line }).unwrap();
    city.apply(&change).unwrap();
}
