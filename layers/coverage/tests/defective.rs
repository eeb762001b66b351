//! Edits of a coverage that came with defects: what lies elsewhere stays as it is, and what changes is
//! told to the square metre.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::*;
use proptest::prelude::*;
use redline_coverage::{Change, Coverage, Edit, FactsEdit, Ground, Recipient};
use redline_geometry::planar_m2;
use redline_zoning::Zone;
use std::collections::BTreeMap;

fn at(x: f64, y: f64) -> [f64; 2] {
    [ORIGIN.x + x, ORIGIN.y + y]
}

fn zone(id: &str, points: &[[f64; 2]]) -> Zone {
    let ring = points.iter().map(|p| at(p[0], p[1])).map(|[x, y]| geo_types::Coord { x, y }).collect();
    Zone { facts: facts(id, "1"), shape: redline_geometry::shape_of_rings(vec![(ring, vec![])]) }
}

fn square(id: &str, x: f64, y: f64, width: f64, height: f64) -> Zone {
    zone(id, &[[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
}

fn carve(ring: &[[f64; 2]], from: Ground, to: Recipient) -> Edit {
    Edit::Carve { ring: ring.iter().map(|p| at(p[0], p[1])).collect(), from, to }
}

fn of(id: &str) -> Ground {
    Ground::Zone { zone: id.into() }
}

fn to(id: &str) -> Recipient {
    Recipient::Zone { zone: id.into() }
}

fn new(id: &str) -> Recipient {
    Recipient::New { facts: FactsEdit { id: Some(id.into()), ..FactsEdit::default() } }
}

fn areas(city: &Coverage) -> BTreeMap<String, f64> {
    city.zones().map(|(f, s)| (f.id.clone(), planar_m2(s))).collect()
}

/// What each zone gained by the transfers, m².
fn told(change: &Change) -> BTreeMap<String, f64> {
    let mut told = BTreeMap::new();
    for t in &change.transfers {
        for (who, sign) in [(&t.from, -1.0), (&t.to, 1.0)] {
            if let Some(facts) = who {
                *told.entry(facts.id.clone()).or_insert(0.0) += sign * t.area.planar_m2;
            }
        }
    }
    told
}

/// Makes an edit, and holds every zone's area against what the edit told, and the edit against its reverse.
fn make(city: &mut Coverage, edit: &Edit) -> Option<Change> {
    let change = city.plan(edit).ok()?;
    let (before, was) = (state(city), areas(city));
    city.apply(&change).unwrap();
    let is = areas(city);
    let told = told(&change);
    for id in was.keys().chain(is.keys()) {
        let area = |all: &BTreeMap<String, f64>| all.get(id).copied().unwrap_or_default();
        let (moved, said) = (area(&is) - area(&was), area(&told));
        assert!((moved - said).abs() < 1e-4, "{id} changed by {moved} m², told {said}: {edit:?}");
    }
    city.apply(&change.clone().reversed()).unwrap();
    assert_eq!(state(city), before, "{edit:?} taken back");
    city.apply(&change).unwrap();
    Some(change)
}

/// A's east side carries B's corner and has no vertex there.
fn with_a_corner_on_an_edge() -> Coverage {
    coverage(vec![square("A", 0., 0., 100., 100.), zone("B", &[[100., 50.], [200., 50.], [200., 200.], [100., 200.]])])
}

#[test]
fn a_corner_that_lies_on_a_neighbours_edge_stays_when_ground_is_taken_elsewhere() {
    let mut city = with_a_corner_on_an_edge();
    make(&mut city, &carve(&[[80., 70.], [120., 70.], [120., 90.], [80., 90.]], Ground::All, new("N"))).unwrap();
    let is = areas(&city);
    assert!((is["A"] - 9600.).abs() < 1e-6 && (is["B"] - 14_600.).abs() < 1e-6, "{is:?}");
    let mut city = with_a_corner_on_an_edge();
    make(&mut city, &carve(&[[90., 60.], [120., 60.], [120., 90.], [90., 90.]], of("B"), Recipient::Blank)).unwrap();
    assert_eq!(areas(&city)["A"], 10_000.);
    let mut city = with_a_corner_on_an_edge();
    make(&mut city, &Edit::Reshape { zone: "B".into(), line: vec![at(100., 70.), at(80., 80.), at(100., 90.)] })
        .unwrap();
    assert!((areas(&city)["A"] - 9800.).abs() < 1e-6);
}

#[test]
fn a_vertex_without_a_partner_is_not_moved_and_the_way_out_is_said() {
    let city = with_a_corner_on_an_edge();
    let refusal = city.plan(&Edit::MoveVertex { from: at(100., 50.), to: at(90., 50.) }).unwrap_err();
    assert_eq!(refusal.code, "unmatched-vertex");
}

#[test]
fn what_two_zones_hold_goes_from_the_one_to_the_other() {
    let mut city = coverage(vec![square("A", 0., 0., 100., 100.), square("B", 90., 0., 110., 100.)]);
    let ring = [[80., -5.], [110., -5.], [110., 105.], [80., 105.]];
    make(&mut city, &carve(&ring, of("A"), to("B"))).unwrap();
    let is = areas(&city);
    assert!((is["A"] - 8000.).abs() < 1e-6 && (is["B"] - 12_000.).abs() < 1e-6, "{is:?}");
    must_be_sound(&city);
    // the overlap alone, drawn within it
    let mut city = coverage(vec![square("A", 0., 0., 100., 100.), square("B", 90., 0., 110., 100.)]);
    let change = make(&mut city, &carve(&[[92., 10.], [98., 10.], [98., 90.], [92., 90.]], of("A"), to("B"))).unwrap();
    // B had it, and has it still: it did not become nobody's
    assert_eq!(change.transfers[0].to, None);
    assert_eq!(change.transfers[0].still.as_ref().unwrap().id, "B");
}

#[test]
fn a_zone_inside_another_is_merged_into_it() {
    let mut city = coverage(vec![square("A", 0., 0., 100., 100.), square("B", 10., 10., 40., 40.)]);
    make(&mut city, &Edit::Merge { zones: vec!["A".into(), "B".into()], keep: "A".into() }).unwrap();
    assert_eq!(areas(&city), BTreeMap::from([("A".to_owned(), 10_000.)]));
    let apart = coverage(vec![square("A", 0., 0., 100., 100.), square("B", 100., 100., 40., 40.)]);
    let edit = Edit::Merge { zones: vec!["A".into(), "B".into()], keep: "A".into() };
    assert_eq!(apart.plan(&edit).unwrap_err().code, "not-neighbours", "they touch in a point");
}

#[test]
fn a_strip_that_is_cut_off_leaves_no_island_behind_another_zones_overlap() {
    let zones =
        || vec![square("A", 0., 0., 100., 100.), square("B", 100., 0., 100., 100.), square("C", 90., 40., 10., 20.)];
    let mut city = coverage(zones());
    make(&mut city, &Edit::Reshape { zone: "A".into(), line: vec![at(80., -1.), at(80., 101.)] }).unwrap();
    let is = areas(&city);
    assert!((is["A"] - 8000.).abs() < 1e-6, "{is:?}");
    assert_eq!(is["C"], 200., "who overlapped it there stays");
}

#[test]
fn a_reshape_over_an_overlap_of_others_is_refused_with_the_place() {
    let city = coverage(vec![
        square("A", 0., 0., 100., 100.),
        square("B", 100., 0., 100., 100.),
        square("I", 110., 40., 5., 20.),
    ]);
    let line = vec![at(100., 20.), at(150., 20.), at(150., 80.), at(100., 80.)];
    let refusal = city.plan(&Edit::Reshape { zone: "A".into(), line }).unwrap_err();
    assert_eq!(refusal.code, "overlap-here");
    assert!(refusal.at.is_some());
}

#[test]
fn a_place_that_is_no_number_or_beyond_the_grid_is_refused() {
    let city = coverage(vec![square("A", 0., 0., 100., 100.)]);
    for to in [[f64::NAN, 1.0], [f64::INFINITY, 1.0], [1e300, 1.0]] {
        let refusal = city.plan(&Edit::MoveVertex { from: at(0., 0.), to }).unwrap_err();
        assert_eq!(refusal.code, "place-out-of-reach");
        let edit = Edit::Split { zone: "A".into(), line: vec![at(-1., 50.), to] };
        assert_eq!(city.plan(&edit).unwrap_err().code, "place-out-of-reach");
    }
}

#[test]
fn ids_that_differ_by_blanks_only_are_the_same_id() {
    let city = coverage(vec![square("A", 0., 0., 10., 10.), square("B", 20., 0., 10., 10.)]);
    let id = |id: &str| FactsEdit { id: Some(id.into()), ..FactsEdit::default() };
    let refused = |new: &str| city.plan(&Edit::SetFacts { zone: "A".into(), facts: id(new) }).unwrap_err().code;
    assert_eq!(refused(" B "), "id-taken");
    assert_eq!(refused("  "), "id-empty");
    let change = city.plan(&Edit::SetFacts { zone: "A".into(), facts: id(" C ") }).unwrap();
    assert_eq!(change.zones[0].after.as_ref().unwrap().facts.id, "C");
}

#[test]
fn more_zones_than_sixteen_bits_count_are_told_apart() {
    let zones: Vec<Zone> = (0..66_000)
        .map(|n| square(&format!("{n:06}"), (n % 260) as f64 * 10., (n / 260) as f64 * 10., 5., 5.))
        .collect();
    let mut city = coverage(zones);
    // a sliver across the whole city, taken from one zone
    let ring = [[-1., -1.], [2600., 2600.], [2599., 2601.], [-2., -0.5]];
    let change = city.plan(&carve(&ring, of("000000"), Recipient::Blank)).unwrap();
    city.apply(&change).unwrap();
    assert_eq!(change.zones.len(), 1, "no other zone is touched");
    assert!(areas(&city)["000000"] < 25.);
    assert_eq!(areas(&city)["065536"], 25.);
}

/// Cells of which some have lost a vertex that their neighbours have, and some have one out of place.
fn spoiled(lost: &[(usize, usize)], shaken: &[(usize, usize, f64, f64)]) -> Vec<Zone> {
    let mut zones = cells(3, 2);
    let mut change = |n: usize, act: &dyn Fn(&mut Vec<geo_types::Coord<f64>>)| {
        let zone = &mut zones[n % 9];
        let ring = &zone.shape.0[0].exterior().0;
        let mut open = ring[..ring.len() - 1].to_vec();
        act(&mut open);
        zone.shape = redline_geometry::shape_of_rings(vec![(open, vec![])]);
    };
    // on the straight between its neighbours first, so that the neighbour's lies on the edge
    for &(n, v) in lost {
        change(n, &|open| {
            open.remove(v % open.len());
        });
    }
    for &(n, v, dx, dy) in shaken {
        change(n, &|open| {
            let v = v % open.len();
            open[v].x += dx;
            open[v].y += dy;
        });
    }
    zones
}

fn place() -> impl Strategy<Value = [f64; 2]> {
    (-40.0..340.0_f64, -40.0..340.0_f64).prop_map(|(x, y)| [x, y])
}

/// Rectangles whose corners lie on their neighbours' edges to the bit: rows of differing widths.
fn brickwork(offsets: &[u8]) -> Vec<Zone> {
    let mut zones = Vec::new();
    for (row, offset) in offsets.iter().enumerate() {
        let mut x = -f64::from(*offset % 90);
        for column in 0..4 {
            zones.push(square(&format!("{row}-{column}"), x, row as f64 * 80., 100., 80.));
            x += 100.;
        }
    }
    zones
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn whatever_defects_there_are_each_zones_change_is_told(
        bricks in any::<bool>(),
        offsets in prop::collection::vec(any::<u8>(), 4),
        lost in prop::collection::vec((0..9_usize, 0..12_usize), 0..3),
        shaken in prop::collection::vec((0..9_usize, 0..12_usize, -6.0..6.0_f64, -6.0..6.0_f64), 0..3),
        edits in prop::collection::vec((0..6_usize, 0..100_usize, 0..100_usize, prop::collection::vec(place(), 3..6)), 1..6),
    ) {
        let zones = if bricks { brickwork(&offsets) } else { spoiled(&lost, &shaken) };
        // a polygon that crosses itself has no area to hold against
        prop_assume!(zones.iter().all(|z| {
            redline_geometry::rings::build(&[z.shape.0[0].exterior().0.clone()], &grid()).defects.is_empty()
        }));
        let mut city = coverage(zones);
        for (kind, a, b, line) in edits {
            let ids: Vec<String> = state(&city).into_keys().collect();
            let id = |n: usize| ids[n % ids.len()].clone();
            let points: Vec<[f64; 2]> = line.iter().map(|p| at(p[0], p[1])).collect();
            let ring = shell(&city, &id(a));
            let p = ring[b % ring.len()];
            let edit = match kind {
                0 => Edit::Split { zone: id(a), line: points },
                1 => carve(&line, Ground::All, new("n")),
                2 => carve(&line, of(&id(a)), to(&id(b))),
                3 => Edit::Reshape { zone: id(a), line: points },
                4 => Edit::Merge { zones: vec![id(a), id(b)], keep: id(a) },
                _ => carve(&line, Ground::Zones, if b % 2 == 0 { Recipient::Blank } else { to(&id(b)) }),
            };
            make(&mut city, &edit);
            make(&mut city, &Edit::MoveVertex { from: [p.x, p.y], to: [p.x + line[0][0] / 20., p.y + line[0][1] / 20.] });
        }
    }
}
