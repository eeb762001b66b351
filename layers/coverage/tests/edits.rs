//! A planner edits zone boundaries, and the coverage stays one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::*;
use proptest::prelude::*;
use redline_coverage::{Change, Coverage, Edit, FactsEdit, Ground, Point, Recipient};
use redline_geometry::planar_m2;

fn at(x: f64, y: f64) -> [f64; 2] {
    [ORIGIN.x + x, ORIGIN.y + y]
}

fn raw(p: Point) -> [f64; 2] {
    [p.x, p.y]
}

/// Σ of what came from nobody minus what went to nobody, m².
fn from_outside(change: &Change) -> f64 {
    change
        .transfers
        .iter()
        .map(|t| match (&t.from, &t.to) {
            (None, Some(_)) => t.area.planar_m2,
            (Some(_), None) => -t.area.planar_m2,
            _ => 0.0,
        })
        .sum()
}

/// Applies an edit, and holds the coverage against overlays, stated areas and its reverse.
fn apply(coverage: &mut Coverage, edit: &Edit) -> Change {
    let change = coverage.plan(edit).unwrap_or_else(|r| panic!("{edit:?}: {r}"));
    let (before, was) = (state(coverage), total(coverage));
    coverage.apply(&change).unwrap();
    must_be_sound(coverage);
    let now = total(coverage);
    assert!(
        (now - was - from_outside(&change)).abs() < 1e-4,
        "{edit:?}: {} stated {}",
        now - was,
        from_outside(&change)
    );
    let after = state(coverage);
    coverage.apply(&change.clone().reversed()).unwrap();
    assert_eq!(state(coverage), before, "{edit:?} taken back");
    coverage.apply(&change).unwrap();
    assert_eq!(state(coverage), after);
    change
}

#[test]
fn a_shared_vertex_moves_for_both_neighbours_and_the_ground_is_told() {
    let mut city = coverage(cells(2, 3));
    let shared = shell(&city, "0-0")
        .into_iter()
        .find(|p| shell(&city, "1-0").contains(p) && !shell(&city, "0-1").contains(p) && p.y > ORIGIN.y + 30.0);
    let from = shared.unwrap();
    let change = apply(&mut city, &Edit::MoveVertex { from: raw(from), to: [from.x + 5.0, from.y] });
    assert_eq!(change.zones.len(), 2);
    assert_eq!(change.transfers.len(), 1);
    let t = &change.transfers[0];
    assert_eq!((t.from.as_ref().unwrap().id.as_str(), t.to.as_ref().unwrap().id.as_str()), ("1-0", "0-0"));
}

#[test]
fn a_vertex_cannot_be_dragged_across_a_boundary_and_the_place_is_said() {
    let city = coverage(cells(2, 3));
    let from =
        shell(&city, "0-0").into_iter().find(|p| shell(&city, "1-0").contains(p) && p.y > ORIGIN.y + 30.0).unwrap();
    let refusal = city.plan(&Edit::MoveVertex { from: raw(from), to: [from.x + 130.0, from.y] }).unwrap_err();
    assert_eq!(refusal.code, "would-cross");
    assert!(refusal.at.is_some());
}

#[test]
fn dragging_over_an_island_is_refused_though_no_edge_crosses() {
    let outer = redline_zoning::Zone {
        facts: facts("outer", "1"),
        shape: polygon(&[at(0., 0.), at(100., 0.), at(100., 100.), at(0., 100.)]),
    };
    let island = redline_zoning::Zone {
        facts: facts("island", "2"),
        shape: polygon(&[at(140., 45.), at(150., 45.), at(150., 55.), at(140., 55.)]),
    };
    let mut city = coverage(vec![outer, island]);
    apply(&mut city, &Edit::InsertVertex { edge: [at(100., 0.), at(100., 100.)], at: at(110., 50.) });
    let refusal = city.plan(&Edit::MoveVertex { from: at(110., 50.), to: at(1000., 50.) }).unwrap_err();
    assert_eq!(refusal.code, "would-cross");
}

#[test]
fn where_three_boundaries_meet_the_vertex_stays() {
    let city = coverage(cells(2, 1));
    let middle = shell(&city, "0-0")
        .into_iter()
        .find(|p| ["1-0", "0-1", "1-1"].iter().all(|id| shell(&city, id).contains(p)))
        .unwrap();
    assert_eq!(city.plan(&Edit::DeleteVertex { at: raw(middle) }).unwrap_err().code, "junction");
    let mut city = city;
    apply(&mut city, &Edit::MoveVertex { from: raw(middle), to: [middle.x + 3.0, middle.y - 2.0] });
}

#[test]
fn splitting_and_merging_gives_back_the_very_same_zones() {
    let mut city = coverage(cells(3, 2));
    let before = state(&city);
    let split = apply(
        &mut city,
        &Edit::Split { zone: "1-1".into(), line: vec![at(60., 140.), at(150., 155.), at(260., 160.)] },
    );
    assert_eq!(split.nodes_added.len(), 2);
    assert_eq!(city.len(), 10);
    // the neighbours got the new vertices too
    assert!(split.zones.len() >= 4, "{}", split.zones.len());
    let merged = apply(&mut city, &Edit::Merge { zones: vec!["1-1".into(), "1-1-2".into()], keep: "1-1".into() });
    assert_eq!(merged.nodes_removed.len(), 2);
    assert_eq!(state(&city), before);
}

#[test]
fn a_line_that_ends_inside_does_not_split() {
    let city = coverage(cells(2, 2));
    let edit = Edit::Split { zone: "0-0".into(), line: vec![at(-50., 50.), at(50., 50.)] };
    assert_eq!(city.plan(&edit).unwrap_err().code, "line-does-not-split");
}

#[test]
fn zones_that_do_not_touch_are_not_merged() {
    let city = coverage(cells(3, 1));
    let edit = Edit::Merge { zones: vec!["0-0".into(), "2-2".into()], keep: "0-0".into() };
    assert_eq!(city.plan(&edit).unwrap_err().code, "not-neighbours");
}

#[test]
fn a_polygon_carved_out_of_a_tier_goes_to_a_zone_of_the_other() {
    let mut city = coverage(cells(3, 2));
    let ring = vec![at(80., 80.), at(220., 90.), at(210., 230.), at(90., 210.)];
    let change = apply(
        &mut city,
        &Edit::Carve { ring, from: Ground::Tier { tier: "1".into() }, to: Recipient::Zone { zone: "1-0".into() } },
    );
    assert!(change.transfers.iter().all(|t| t.from.as_ref().unwrap().tier.as_deref() == Some("1")));
    assert!(change.transfers.iter().all(|t| t.to.as_ref().unwrap().id == "1-0"));
}

#[test]
fn a_new_zone_avoids_all_others_and_a_hole_is_nobodys() {
    let mut city = coverage(cells(2, 2));
    let was = total(&city);
    let facts = FactsEdit { id: Some("rim".into()), tier: Some("2".into()), ..FactsEdit::default() };
    let ring = vec![at(150., 50.), at(300., 50.), at(300., 150.), at(150., 150.)];
    apply(&mut city, &Edit::Carve { ring, from: Ground::Blank, to: Recipient::New { facts } });
    assert!(total(&city) > was);
    let ring = vec![at(40., 40.), at(60., 40.), at(60., 60.), at(40., 60.)];
    let change =
        apply(&mut city, &Edit::Carve { ring, from: Ground::Zone { zone: "0-0".into() }, to: Recipient::Blank });
    assert!((from_outside(&change) + 400.0).abs() < 1e-6);
    assert_eq!(city.zone("0-0").unwrap().1.0[0].interiors().len(), 1);
}

#[test]
fn carving_all_of_a_zone_takes_it_away_and_says_so() {
    let mut city = coverage(cells(2, 1));
    let ring = vec![at(-50., -50.), at(300., -50.), at(300., 300.), at(-50., 300.)];
    let change = apply(
        &mut city,
        &Edit::Carve { ring, from: Ground::Zone { zone: "0-0".into() }, to: Recipient::Zone { zone: "1-0".into() } },
    );
    assert!(city.zone("0-0").is_none());
    assert_eq!(change.notes.len(), 1);
}

#[test]
fn reshaping_outwards_takes_from_the_neighbour_and_inwards_gives_to_it() {
    for (bulge, gains) in [(130.0, true), (70.0, false)] {
        let mut city = coverage(cells(2, 2));
        let side: Vec<Point> = shell(&city, "0-0").into_iter().filter(|p| shell(&city, "1-0").contains(p)).collect();
        let (low, high) =
            (side.iter().map(|p| p.y).fold(f64::MAX, f64::min), side.iter().map(|p| p.y).fold(f64::MIN, f64::max));
        let (a, b) = (side.iter().find(|p| p.y == low).unwrap(), side.iter().find(|p| p.y == high).unwrap());
        let was = planar_m2(city.zone("0-0").unwrap().1);
        let line = vec![raw(*a), at(bulge, 45.), at(bulge, 65.), raw(*b)];
        let change = apply(&mut city, &Edit::Reshape { zone: "0-0".into(), line });
        let now = planar_m2(city.zone("0-0").unwrap().1);
        assert_eq!(now > was, gains, "{was} {now}");
        assert!(change.transfers.iter().all(|t| t.from.is_some() && t.to.is_some()));
    }
}

#[test]
fn a_changed_tier_moves_the_whole_zone_in_the_ledger() {
    let mut city = coverage(cells(2, 1));
    let facts = FactsEdit { tier: Some("2".into()), name: Some("新名".into()), ..FactsEdit::default() };
    let change = apply(&mut city, &Edit::SetFacts { zone: "0-0".into(), facts });
    assert_eq!(change.transfers.len(), 1);
    let taken = FactsEdit { id: Some("1-1".into()), ..FactsEdit::default() };
    assert_eq!(city.plan(&Edit::SetFacts { zone: "0-0".into(), facts: taken }).unwrap_err().code, "id-taken");
}

#[test]
fn simplifying_and_smoothing_keep_shared_boundaries_shared() {
    let mut city = coverage(cells(3, 6));
    let zones = vec!["1-1".to_owned(), "0-1".to_owned()];
    let vertices = |c: &Coverage| c.zones().map(|(_, s)| s.0[0].exterior().0.len()).sum::<usize>();
    let had = vertices(&city);
    apply(&mut city, &Edit::Smooth { zones: zones.clone() });
    assert!(vertices(&city) > had);
    apply(&mut city, &Edit::Simplify { zones, tolerance_m: 2.0 });
    assert!(vertices(&city) < had);
}

#[test]
fn a_defect_elsewhere_does_not_stand_in_the_way() {
    let mut zones = cells(3, 1);
    // 0-0 twice over a part of itself: an overlap in the corner
    let mut twin = zones[0].clone();
    twin.facts.id = "twin".into();
    zones.push(twin);
    let mut city = coverage(zones);
    let change = city.plan(&Edit::Split { zone: "2-2".into(), line: vec![at(150., 240.), at(350., 260.)] }).unwrap();
    city.apply(&change).unwrap();
    // and in its midst: the split of one of the two leaves the other as it is
    let change = city.plan(&Edit::Split { zone: "twin".into(), line: vec![at(-50., 50.), at(150., 50.)] }).unwrap();
    city.apply(&change).unwrap();
    assert!(city.zone("0-0").is_some() && city.zone("twin-2").is_some());
}

/// An edit somewhere in a 3 × 3 coverage.
#[derive(Clone, Debug)]
enum Somewhere {
    Move { pick: usize, vertex: usize, dx: f64, dy: f64 },
    Insert { pick: usize, vertex: usize, off: f64 },
    Delete { pick: usize, vertex: usize },
    Split { pick: usize, line: Vec<[f64; 2]> },
    Merge { pick: usize, other: usize },
    Carve { ring: Vec<[f64; 2]>, kind: usize, pick: usize },
    Reshape { pick: usize, line: Vec<[f64; 2]> },
    Smooth { pick: usize },
    Simplify { pick: usize },
}

fn place() -> impl Strategy<Value = [f64; 2]> {
    (-40.0..340.0_f64, -40.0..340.0_f64).prop_map(|(x, y)| at(x, y))
}

fn somewhere() -> impl Strategy<Value = Somewhere> {
    let n = 0..1000_usize;
    prop_oneof![
        (n.clone(), n.clone(), -30.0..30.0_f64, -30.0..30.0_f64).prop_map(|(pick, vertex, dx, dy)| Somewhere::Move {
            pick,
            vertex,
            dx,
            dy
        }),
        (n.clone(), n.clone(), -9.0..9.0_f64).prop_map(|(pick, vertex, off)| Somewhere::Insert { pick, vertex, off }),
        (n.clone(), n.clone()).prop_map(|(pick, vertex)| Somewhere::Delete { pick, vertex }),
        (n.clone(), prop::collection::vec(place(), 2..5)).prop_map(|(pick, line)| Somewhere::Split { pick, line }),
        (n.clone(), n.clone()).prop_map(|(pick, other)| Somewhere::Merge { pick, other }),
        (prop::collection::vec(place(), 3..7), n.clone(), n.clone()).prop_map(|(ring, kind, pick)| Somewhere::Carve {
            ring,
            kind,
            pick
        }),
        (n.clone(), prop::collection::vec(place(), 2..5)).prop_map(|(pick, line)| Somewhere::Reshape { pick, line }),
        n.clone().prop_map(|pick| Somewhere::Smooth { pick }),
        n.prop_map(|pick| Somewhere::Simplify { pick }),
    ]
}

impl Somewhere {
    fn edit(&self, city: &Coverage) -> Edit {
        let ids: Vec<String> = state(city).into_keys().collect();
        let id = |n: usize| ids[n % ids.len()].clone();
        let vertex = |pick: usize, n: usize| {
            let ring = shell(city, &id(pick));
            (ring[n % ring.len()], ring[(n + 1) % ring.len()])
        };
        match self {
            Somewhere::Move { pick, vertex: n, dx, dy } => {
                let (p, _) = vertex(*pick, *n);
                Edit::MoveVertex { from: raw(p), to: [p.x + dx, p.y + dy] }
            }
            Somewhere::Insert { pick, vertex: n, off } => {
                let (p, q) = vertex(*pick, *n);
                Edit::InsertVertex { edge: [raw(p), raw(q)], at: [(p.x + q.x) / 2.0 + off, (p.y + q.y) / 2.0 - off] }
            }
            Somewhere::Delete { pick, vertex: n } => Edit::DeleteVertex { at: raw(vertex(*pick, *n).0) },
            Somewhere::Split { pick, line } => Edit::Split { zone: id(*pick), line: line.clone() },
            Somewhere::Merge { pick, other } => Edit::Merge { zones: vec![id(*pick), id(*other)], keep: id(*pick) },
            Somewhere::Carve { ring, kind, pick } => {
                let from = match kind % 4 {
                    0 => Ground::Blank,
                    1 => Ground::Tier { tier: "1".into() },
                    2 => Ground::Zones,
                    _ => Ground::All,
                };
                let to = match kind % 3 {
                    0 => Recipient::Zone { zone: id(*pick) },
                    1 => Recipient::New { facts: FactsEdit::default() },
                    _ => Recipient::Blank,
                };
                Edit::Carve { ring: ring.clone(), from, to }
            }
            Somewhere::Reshape { pick, line } => Edit::Reshape { zone: id(*pick), line: line.clone() },
            Somewhere::Smooth { pick } => Edit::Smooth { zones: vec![id(*pick)] },
            Somewhere::Simplify { pick } => Edit::Simplify { zones: vec![id(*pick)], tolerance_m: 1.0 },
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_edited_the_coverage_stays_sound_and_every_step_can_be_taken_back(
        edits in prop::collection::vec(somewhere(), 1..14)
    ) {
        let mut city = coverage(cells(3, 2));
        let start = state(&city);
        let mut done: Vec<Change> = Vec::new();
        let mut made = 0;
        for somewhere in &edits {
            let edit = somewhere.edit(&city);
            let Ok(change) = city.plan(&edit) else { continue };
            let was = total(&city);
            city.apply(&change).unwrap();
            made += 1;
            let now = total(&city);
            prop_assert!((now - was - from_outside(&change)).abs() < 1e-4, "{edit:?}: {} stated {}", now - was, from_outside(&change));
            must_be_sound(&city);
            done.push(change);
        }
        prop_assert_eq!(done.len(), made);
        for change in done.into_iter().rev() {
            city.apply(&change.reversed()).unwrap();
        }
        prop_assert_eq!(state(&city), start);
    }
}

#[test]
fn a_triangle_is_not_turned_inside_out() {
    let zone = |id: &str, points: &[[f64; 2]]| redline_zoning::Zone { facts: facts(id, "1"), shape: polygon(points) };
    let (a, b) = (at(0., 0.), at(10., 0.));
    let city = coverage(vec![zone("above", &[a, b, at(5., 6.)]), zone("below", &[b, a, at(0., -50.), at(10., -50.)])]);
    let refusal = city.plan(&Edit::MoveVertex { from: at(5., 6.), to: at(5., -6.) }).unwrap_err();
    assert_eq!(refusal.code, "would-cross");
}

#[test]
fn an_overlap_is_taken_from_one_of_the_two_and_a_gap_is_filled() {
    let zone = |id: &str, points: &[[f64; 2]]| redline_zoning::Zone { facts: facts(id, "1"), shape: polygon(points) };
    let mut city = coverage(vec![
        zone("west", &[at(0., 0.), at(100., 0.), at(104., 50.), at(96., 100.), at(0., 100.)]),
        zone("east", &[at(100., 0.), at(200., 0.), at(200., 100.), at(100., 100.)]),
    ]);
    // west reaches over the line x = 100 up to y = 75, and stays behind it above
    let over =
        redline_geometry::overlay::intersection(city.zone("west").unwrap().1, city.zone("east").unwrap().1, &grid());
    let overlap: Vec<[f64; 2]> = over.0[0].exterior().0.iter().map(|p| raw(*p)).collect();
    let stated = planar_m2(&over);
    let change = city
        .plan(&Edit::Carve { ring: overlap, from: Ground::Zone { zone: "west".into() }, to: Recipient::Blank })
        .unwrap();
    assert!((change.transfers.iter().map(|t| t.area.planar_m2).sum::<f64>() - stated).abs() < 1e-4);
    city.apply(&change).unwrap();
    must_be_sound(&city);
    let gap = vec![at(100., 75.), at(100., 100.), at(96., 100.)];
    apply(&mut city, &Edit::Carve { ring: gap, from: Ground::Blank, to: Recipient::Zone { zone: "east".into() } });
    assert!((total(&city) - 20_000.0).abs() < 1e-4);
}
