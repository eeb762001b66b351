//! A planner compares two states of a layer, and the sums add up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::*;
use proptest::prelude::*;
use redline_coverage::compare::{Areas, Comparison, Exchange, compare, compare_while, ledger};
use redline_coverage::{Coverage, Edit, FactsEdit, Ground, Recipient};
use redline_geometry::{Area, overlay, planar_m2};
use redline_zoning::{LayerRole, Target, Zone, ZoneChange, ZoneFacts};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

fn changes(before: &Coverage, after: &Coverage) -> Vec<ZoneChange> {
    let (was, is) = (state(before), state(after));
    let ids: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let zone = |of: Option<&(ZoneFacts, _)>| {
        of.map(|(f, s): &(ZoneFacts, redline_geometry::Shape)| Zone { facts: f.clone(), shape: s.clone() })
    };
    ids.into_iter()
        .filter(|id| was.get(*id) != is.get(*id))
        .map(|id| ZoneChange { before: zone(was.get(id)), after: zone(is.get(id)) })
        .collect()
}

fn sums_by<K: Ord>(c: &Coverage, key: impl Fn(&ZoneFacts) -> K) -> BTreeMap<K, f64> {
    let mut sums = BTreeMap::new();
    for (facts, shape) in c.zones() {
        *sums.entry(key(facts)).or_default() += planar_m2(shape);
    }
    sums
}

fn must_add_up<K: Ord + Clone + std::fmt::Debug>(
    was: &BTreeMap<K, f64>,
    is: &BTreeMap<K, f64>,
    moved: &BTreeMap<K, Exchange>,
) {
    for key in was.keys().chain(is.keys()).chain(moved.keys()) {
        let of = |m: &BTreeMap<K, f64>| m.get(key).copied().unwrap_or(0.0);
        let net = moved.get(key).map_or(0.0, |e| e.net().planar_m2);
        assert!((of(was) + net - of(is)).abs() < 1e-4, "{key:?}: {} + {net} is not {}", of(was), of(is));
    }
}

/// Compares, and holds the sums against whole areas and the pieces against one another.
fn compared(before: &Coverage, after: &Coverage) -> Comparison {
    let found = compare(&changes(before, after), &grid(), &plane());
    must_add_up(&sums_by(before, |f| f.id.clone()), &sums_by(after, |f| f.id.clone()), &found.sums.zones);
    must_add_up(&sums_by(before, |f| f.class.clone()), &sums_by(after, |f| f.class.clone()), &found.sums.classes);
    must_add_up(&sums_by(before, |f| f.tier.clone()), &sums_by(after, |f| f.tier.clone()), &found.sums.tiers);
    let net = found.sums.layer.net().planar_m2;
    assert!((total(before) + net - total(after)).abs() < 1e-4, "the layer");
    assert!((found.before.planar_m2 + net - found.after.planar_m2).abs() < 1e-4, "the changed zones");
    for (n, a) in found.pieces.iter().enumerate() {
        for b in &found.pieces[n + 1..] {
            assert!(planar_m2(&overlay::intersection(&a.shape, &b.shape, &grid())) < 1e-6, "ground counted twice");
        }
    }
    found
}

fn carve(x: f64, y: f64, side: f64, to: Recipient) -> Edit {
    let at = |dx: f64, dy: f64| [ORIGIN.x + x + dx, ORIGIN.y + y + dy];
    Edit::Carve { ring: vec![at(0.0, 0.0), at(side, 0.0), at(side, side), at(0.0, side)], from: Ground::All, to }
}

fn done(city: &mut Coverage, edit: &Edit) -> bool {
    match city.plan(edit) {
        Ok(change) => city.apply(&change).is_ok(),
        Err(_) => false,
    }
}

#[test]
fn states_that_are_alike_differ_in_nothing() {
    assert_eq!(compare(&[], &grid(), &plane()), Comparison::default());
}

#[test]
fn a_comparison_that_is_told_to_stop_comes_to_nothing_wherever_it_stood() {
    let before = coverage(cells(2, 3));
    let mut after = before.clone();
    assert!(done(&mut after, &Edit::Remove { zone: "1-1".to_owned() }));
    assert!(done(&mut after, &carve(20.0, 20.0, 120.0, Recipient::Blank)));
    let changes = changes(&before, &after);
    let asked = AtomicUsize::new(0);
    let stopped_after = |most: usize| {
        asked.store(0, Ordering::SeqCst);
        compare_while(&changes, &grid(), &plane(), &|| asked.fetch_add(1, Ordering::SeqCst) < most)
    };
    let whole = stopped_after(usize::MAX);
    assert_eq!(whole, Some(compare(&changes, &grid(), &plane())));
    let times = asked.load(Ordering::SeqCst);
    assert!(times >= 2 * changes.len(), "asked {times} times");
    for most in 0..times {
        assert_eq!(stopped_after(most), None, "told to stop after {most}");
    }
    assert_eq!(stopped_after(times), whole);
}

#[test]
fn a_new_name_is_told_and_moves_no_ground() {
    let before = coverage(cells(2, 3));
    let mut after = before.clone();
    let facts = FactsEdit { name: Some("改名".to_owned()), ..FactsEdit::default() };
    assert!(done(&mut after, &Edit::SetFacts { zone: "0-0".to_owned(), facts }));
    let found = compared(&before, &after);
    assert!(found.pieces.is_empty());
    assert_eq!(found.facts[0].after.name, "改名");
}

#[test]
fn a_zone_of_another_tier_goes_from_tier_to_tier_and_stays_its_own() {
    let before = coverage(cells(2, 3));
    let mut after = before.clone();
    let facts = FactsEdit { tier: Some("2".to_owned()), ..FactsEdit::default() };
    assert!(done(&mut after, &Edit::SetFacts { zone: "0-0".to_owned(), facts }));
    let found = compared(&before, &after);
    assert_eq!(found.pieces.len(), 1);
    assert!(found.sums.zones.is_empty());
    let whole = planar_m2(before.zone("0-0").unwrap().1);
    assert!((found.sums.tiers[&Some("1".to_owned())].lost.planar_m2 - whole).abs() < 1e-4);
    assert!((found.sums.tiers[&Some("2".to_owned())].gained.planar_m2 - whole).abs() < 1e-4);
}

#[test]
fn a_removed_zone_goes_to_nobody() {
    let before = coverage(cells(2, 3));
    let mut after = before.clone();
    assert!(done(&mut after, &Edit::Remove { zone: "1-1".to_owned() }));
    let found = compared(&before, &after);
    assert_eq!(found.pieces.len(), 1);
    assert!(found.pieces[0].to.is_none());
    assert_eq!(found.sums.layer.gained.planar_m2, 0.0);
}

#[test]
fn zones_that_overlap_in_an_import_still_add_up() {
    let mut zones = cells(2, 3);
    zones[1].shape = zones[0].shape.clone();
    let gone = |zone: &Zone| ZoneChange { before: Some(zone.clone()), after: None };
    let found = compare(&[gone(&zones[0]), gone(&zones[1])], &grid(), &plane());
    let both = planar_m2(&zones[0].shape) * 2.0;
    assert!((found.sums.layer.lost.planar_m2 - both).abs() < 1e-4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_was_carved_before_less_out_plus_in_is_after(
        cuts in prop::collection::vec((-30.0..330.0, -30.0..330.0, 3.0..120.0, 0_usize..4), 1..5)
    ) {
        let before = coverage(cells(3, 4));
        let mut after = before.clone();
        for (n, (x, y, side, whose)) in cuts.into_iter().enumerate() {
            let to = match whose {
                0 => Recipient::Blank,
                1 => Recipient::Zone { zone: "1-1".to_owned() },
                2 => Recipient::Zone { zone: "0-0".to_owned() },
                _ => Recipient::New { facts: FactsEdit {
                    id: Some(format!("n{n}")), tier: Some("1".to_owned()), class: Some("statutory".to_owned()), ..FactsEdit::default()
                } },
            };
            done(&mut after, &carve(x, y, side, to)); // one that is refused leaves the coverage as it was
        }
        let there = compared(&before, &after);
        let back = compared(&after, &before);
        prop_assert!((there.sums.layer.gained.planar_m2 - back.sums.layer.lost.planar_m2).abs() < 1e-4);
    }
}

#[test]
fn what_a_new_zone_takes_is_told_neighbour_by_neighbour() {
    let before = coverage(cells(3, 4));
    let mut after = before.clone();
    let facts = FactsEdit { id: Some("new".to_owned()), tier: Some("1".to_owned()), ..FactsEdit::default() };
    assert!(done(&mut after, &carve(60.0, 60.0, 80.0, Recipient::New { facts })));
    let found = compared(&before, &after);
    let givers: BTreeSet<&str> = found.pieces.iter().filter_map(|p| Some(p.from.as_ref()?.id.as_str())).collect();
    assert_eq!(givers, BTreeSet::from(["0-0", "0-1", "1-0", "1-1"]));
    assert!((found.sums.zones["new"].gained.planar_m2 - 6400.0).abs() < 1e-4);
    assert!(found.sums.layer.net().planar_m2.abs() < 1e-4);
}

#[test]
fn the_ledger_warns_of_a_loss_and_tells_which_goal_breaks() {
    let before = coverage(cells(2, 3));
    let mut after = before.clone();
    assert!(done(&mut after, &Edit::Remove { zone: "1-1".to_owned() }));
    let found = compared(&before, &after);
    let sum = |tier: Option<&str>| -> Area {
        let counted = before.zones().filter(|(f, _)| tier.is_none() || f.tier.as_deref() == tier);
        counted.map(|(_, s)| plane().area(s)).sum()
    };
    let areas = Areas {
        role: LayerRole::ControlLine,
        layer: sum(None),
        classes: BTreeMap::new(),
        tiers: [("1", sum(Some("1"))), ("2", sum(Some("2")))].map(|(t, a)| (t.to_owned(), a)).into(),
        city: Some(sum(None)),
    };
    let goal = |role, tier: Option<&str>, percent| Target {
        role: Some(role),
        class: None,
        tier: tier.map(str::to_owned),
        km2: None,
        percent: Some(percent),
        clause: String::new(),
        source: String::new(),
        contradiction: None,
    };
    let goals = [
        goal(LayerRole::ControlLine, Some("1"), 40.0),
        goal(LayerRole::ControlLine, Some("2"), 10.0),
        goal(LayerRole::ControlLine, None, 99.0),
        goal(LayerRole::RedLine, None, 14.0),
    ];
    let told = ledger(&found, &goals, &areas);
    assert!(told.warning.is_some());
    let held: Vec<_> = told.goals.iter().map(|g| (g.held_before(), g.holds_after())).collect();
    assert_eq!(held, [(Some(true), Some(false)), (Some(true), Some(true)), (Some(true), Some(false))]);
    let back = compare(&changes(&after, &before), &grid(), &plane());
    assert_eq!(ledger(&back, &goals, &Areas { city: None, ..areas }).warning, None);
}

#[test]
fn a_hundred_zones_that_all_moved_still_add_up() {
    let before = cells(10, 49);
    let moved = |zone: &Zone| {
        let mut after = zone.clone();
        for ring in after.shape.0.iter_mut() {
            ring.exterior_mut(|line| line.0.iter_mut().for_each(|c| *c = *c + geo_types::coord! { x: 3.125, y: -1.5 }));
        }
        ZoneChange { before: Some(zone.clone()), after: Some(after) }
    };
    let changes: Vec<ZoneChange> = before.iter().map(moved).collect();
    let found = compare(&changes, &grid(), &plane());
    for (id, exchange) in &found.sums.zones {
        assert!(exchange.net().planar_m2.abs() < 1e-4, "{id}: {exchange:?}");
        assert!(exchange.gained.planar_m2 > 100.0, "{id}: {exchange:?}");
    }
    assert_eq!(found.sums.zones.len(), 100);
}
