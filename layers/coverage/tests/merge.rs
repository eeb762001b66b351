//! Two planners change one layer at once, and one draft is brought into the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::*;
use proptest::prelude::*;
use redline_coverage::merge::{Conflict, Merger, merger};
use redline_coverage::{Coverage, Edit, FactsEdit, Ground, Recipient};
use redline_geometry::planar_m2;
use redline_zoning::{Zone, ZoneChange};
use std::collections::{BTreeMap, BTreeSet};

fn at(x: f64, y: f64) -> [f64; 2] {
    [ORIGIN.x + x, ORIGIN.y + y]
}

/// The draft that `edits` make of `base`, and what it changes; edits that are refused are left out.
fn drafted(base: &Coverage, edits: &[Edit]) -> (Coverage, Vec<ZoneChange>) {
    let mut draft = base.clone();
    for edit in edits {
        if let Ok(change) = draft.plan(edit) {
            draft.apply(&change).unwrap();
        }
    }
    (draft.clone(), changes(base, &draft))
}

fn changes(from: &Coverage, to: &Coverage) -> Vec<ZoneChange> {
    let (was, is) = (state(from), state(to));
    let ids: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let zone = |s: &BTreeMap<String, _>, id: &String| {
        s.get(id).map(|(facts, shape): &(redline_zoning::ZoneFacts, _)| Zone {
            facts: facts.clone(),
            shape: Clone::clone(shape),
        })
    };
    ids.into_iter()
        .map(|id| ZoneChange { before: zone(&was, id), after: zone(&is, id) })
        .filter(|c| c.before != c.after)
        .collect()
}

fn merge(mine: &Coverage, found: &Merger, decided: &BTreeSet<usize>) -> Coverage {
    let change = mine.merged(found, decided).unwrap_or_else(|r| panic!("{r}"));
    let mut merged = mine.clone();
    merged.apply(&change).unwrap();
    must_be_sound(&merged);
    let after = merged.clone();
    let mut back = merged.clone();
    back.apply(&change.reversed()).unwrap();
    assert_eq!(state(&back), state(mine), "a merge taken back");
    after
}

fn areas(coverage: &Coverage) -> BTreeMap<String, f64> {
    coverage.zones().map(|(f, s)| (f.id.clone(), planar_m2(s))).collect()
}

fn alike(a: &Coverage, b: &Coverage) {
    let (a, b) = (areas(a), areas(b));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (id, m2) in &a {
        assert!((m2 - b[id]).abs() < 1e-4, "{id}: {m2} and {}", b[id]);
    }
}

fn carve(x: f64, y: f64, side: f64, to: &str) -> Edit {
    Edit::Carve {
        ring: vec![at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)],
        from: Ground::Zones,
        to: Recipient::Zone { zone: to.into() },
    }
}

fn tier(zone: &str, tier: &str) -> Edit {
    Edit::SetFacts { zone: zone.into(), facts: FactsEdit { tier: Some(tier.into()), ..FactsEdit::default() } }
}

#[test]
fn what_only_one_draft_changed_is_brought_in_without_a_question() {
    let base = coverage(cells(4, 2));
    let (mine, own) = drafted(&base, &[carve(40.0, 40.0, 90.0, "0-0"), tier("3-3", "7")]);
    let theirs = [carve(240.0, 240.0, 90.0, "2-2"), tier("3-0", "8"), Edit::Remove { zone: "0-3".into() }];
    let (_, other) = drafted(&base, &theirs);
    let found = merger(&own, &other, &grid(), &plane());
    assert_eq!(found.conflicts, []);
    let merged = merge(&mine, &found, &BTreeSet::new());
    // the same edits made by one hand
    let by_hand = drafted(&mine, &theirs).0;
    alike(&merged, &by_hand);
    assert_eq!(merged.zone("3-0").unwrap().0.tier.as_deref(), Some("8"));
    assert_eq!(merged.zone("3-3").unwrap().0.tier.as_deref(), Some("7"));
    assert!(merged.zone("0-3").is_none());
}

#[test]
fn what_both_changed_alike_is_no_conflict_and_what_they_changed_otherwise_is_asked_for() {
    let base = coverage(cells(3, 2));
    let (mine, own) = drafted(&base, &[carve(80.0, 80.0, 40.0, "0-0"), tier("2-2", "7")]);
    let (_, other) = drafted(&base, &[carve(80.0, 80.0, 40.0, "0-0"), tier("2-2", "7")]);
    let found = merger(&own, &other, &grid(), &plane());
    assert_eq!((&found.taken[..], &found.conflicts[..]), (&[][..], &[][..]));

    let (_, other) = drafted(&base, &[carve(80.0, 80.0, 40.0, "1-1"), tier("2-2", "8")]);
    let found = merger(&own, &other, &grid(), &plane());
    assert!(!found.conflicts.is_empty());
    let facts = found.conflicts.iter().filter(|c| matches!(c, Conflict::Facts { .. })).count();
    assert_eq!(facts, 1);
    // refused all: mine stays as it is, but for ground that only they moved
    let kept = merge(&mine, &found, &BTreeSet::new());
    assert_eq!(kept.zone("2-2").unwrap().0.tier.as_deref(), Some("7"));
    // taken all: theirs stands
    let all: BTreeSet<usize> = (0..found.conflicts.len()).collect();
    let taken = merge(&mine, &found, &all);
    assert_eq!(taken.zone("2-2").unwrap().0.tier.as_deref(), Some("8"));
    let square =
        redline_geometry::planar_m2(&polygon(&[at(80.0, 80.0), at(120.0, 80.0), at(120.0, 120.0), at(80.0, 120.0)]));
    let within = |c: &Coverage, id: &str| {
        let ring = polygon(&[at(80.0, 80.0), at(120.0, 80.0), at(120.0, 120.0), at(80.0, 120.0)]);
        planar_m2(&redline_geometry::overlay::intersection(c.zone(id).unwrap().1, &ring, &grid()))
    };
    // what was 1-1's own in the square they never moved: there my change stands
    assert!((within(&taken, "1-1") - (square - within(&base, "1-1"))).abs() < 1e-4);
    // and what was 0-0's own only they moved: that came over unasked
    assert!((within(&kept, "0-0") - (square - within(&base, "0-0"))).abs() < 1e-4);
}

#[test]
fn new_zones_of_one_name_and_ground_with_a_hole_come_over() {
    let base = coverage(cells(3, 2));
    let new = |x: f64, y: f64, side: f64| Edit::Carve {
        ring: vec![at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)],
        from: Ground::All,
        to: Recipient::New { facts: FactsEdit { id: Some("new-2".into()), ..FactsEdit::default() } },
    };
    let (mine, own) = drafted(&base, &[new(20.0, 20.0, 30.0)]);
    // a frame: a new zone, out of whose middle ground goes back to a neighbour
    let (theirs, other) = drafted(&base, &[new(120.0, 120.0, 100.0), carve(140.0, 140.0, 40.0, "1-1")]);
    let found = merger(&own, &other, &grid(), &plane());
    assert_eq!(found.conflicts, []);
    assert_eq!(found.renamed.get("new-2").map(String::as_str), Some("new-2-2"));
    let merged = merge(&mine, &found, &BTreeSet::new());
    let m2 = planar_m2(theirs.zone("new-2").unwrap().1);
    assert!((planar_m2(merged.zone("new-2-2").unwrap().1) - m2).abs() < 1e-4);
    assert!((planar_m2(merged.zone("new-2").unwrap().1) - 900.0).abs() < 1e-4);
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let zone = || (0..3_u8, 0..3_u8).prop_map(|(i, j)| format!("{i}-{j}"));
    let square =
        (0.0..260.0_f64, 0.0..260.0_f64, 5.0..80.0_f64, zone()).prop_map(|(x, y, side, to)| carve(x, y, side, &to));
    prop_oneof![
        4 => square,
        1 => (zone(), zone()).prop_map(|(a, b)| Edit::Merge { zones: vec![a.clone(), b], keep: a }),
        1 => (zone(), 0.0..300.0_f64).prop_map(|(zone, y)| Edit::Split { zone, line: vec![at(-50.0, y), at(350.0, y + 7.0)] }),
        1 => (zone(), 1..9_u8).prop_map(|(zone, n)| tier(&zone, &n.to_string())),
        1 => zone().prop_map(|zone| Edit::Remove { zone }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    /// Whatever two planners do, the merged coverage is sound, and where nothing is contested it is the
    /// same whoever is merged into whom.
    #[test]
    fn any_two_drafts_merge_into_a_sound_coverage(
        a in prop::collection::vec(any_edit(), 1..4),
        b in prop::collection::vec(any_edit(), 1..4),
    ) {
        let base = coverage(cells(3, 2));
        let (mine, own) = drafted(&base, &a);
        let (theirs, other) = drafted(&base, &b);
        let found = merger(&own, &other, &grid(), &plane());
        let merged = merge(&mine, &found, &BTreeSet::new());
        let all: BTreeSet<usize> = (0..found.conflicts.len()).collect();
        merge(&mine, &found, &all);
        let back = merger(&other, &own, &grid(), &plane());
        prop_assert_eq!(found.conflicts.is_empty(), back.conflicts.is_empty());
        if found.conflicts.is_empty() && found.renamed.is_empty() {
            alike(&merged, &merge(&theirs, &back, &BTreeSet::new()));
        }
    }
}
