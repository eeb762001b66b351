//! A planner drafts: edits are undone and redone to the bit, drafts become revisions.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use jiff::Timestamp;
use proptest::prelude::*;
use redline_workspace::{NewDraft, NewEdit, NewVersion, Workspace, ZoneChange};
use redline_zoning::{LayerRole, Zone};
use rusqlite::Connection;
use std::path::Path;
use tempfile::tempdir;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn new_draft() -> NewDraft {
    NewDraft { name: "北部调整".into(), author: "李四".into(), started: at(0) }
}

fn version(title: &str, y: i16) -> NewVersion {
    NewVersion { title: title.into(), author: "李四".into(), reason: "公众意见".into(), date: day(y) }
}

/// The boundary between two neighbours of a row moves east by `by` metres.
fn shared_edge(w: &Workspace, draft: u64, left: &str, right: &str, by: f64) -> NewEdit {
    let (a, b) = (w.draft_zone(draft, left).unwrap().unwrap(), w.draft_zone(draft, right).unwrap().unwrap());
    let edge = a.shape.0[0].exterior().0[1].x;
    let moved = |zone: &Zone| {
        let mut zone = zone.clone();
        zone.shape.0[0].exterior_mut(|r| r.0.iter_mut().filter(|c| c.x == edge).for_each(|c| c.x += by));
        zone
    };
    let changes = [a, b].map(|z| ZoneChange { after: Some(moved(&z)), before: Some(z) }).to_vec();
    NewEdit { at: at(1), kind: "move-edge".into(), command: serde_json::json!({"by": by, "left": left}), changes }
}

/// Two zones become one, under the first one's id.
fn merge(w: &Workspace, draft: u64, left: &str, right: &str) -> NewEdit {
    let (a, b) = (w.draft_zone(draft, left).unwrap().unwrap(), w.draft_zone(draft, right).unwrap().unwrap());
    let mut one = a.clone();
    one.shape.0.extend(b.shape.0.clone());
    let changes = vec![ZoneChange { before: Some(a), after: Some(one) }, ZoneChange { before: Some(b), after: None }];
    NewEdit { at: at(2), kind: "merge".into(), command: serde_json::json!({}), changes }
}

fn add(zone: Zone) -> NewEdit {
    let changes = vec![ZoneChange { before: None, after: Some(zone) }];
    NewEdit { at: at(3), kind: "add".into(), command: serde_json::Value::Null, changes }
}

/// What the file holds of drafts, byte for byte, apart from the log.
fn dump(path: &Path) -> Vec<String> {
    let conn = Connection::open(path).unwrap();
    let mut all = conn
        .prepare(
            "SELECT draft || zone_id || present || quote(geom) || quote(name) || quote(class) || quote(tier) || quote(kind)
             || quote(code) || quote(declared_m2) || quote(ellipsoidal_m2) || quote(planar_m2) || quote(attributes)
             FROM redline_draft_zone ORDER BY 1",
        )
        .unwrap();
    all.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

fn zones(w: &Workspace, draft: u64) -> Vec<Zone> {
    let mut zones = Vec::new();
    w.draft_zones(draft, |z| {
        zones.push(z);
        Ok(())
    })
    .unwrap();
    zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
    zones
}

fn edit(path: &Path) -> Workspace {
    Workspace::open_for_editing(path).unwrap()
}

#[test]
fn undoing_every_edit_gives_back_the_bytes_that_were_there_and_redoing_the_others() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 4);
    let mut w = edit(&path);
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    let mut states = vec![dump(&path)];
    for step in 0..6 {
        let next = match step {
            0 => shared_edge(&w, id, "0000-0000", "0000-0001", 7.123_456_789),
            1 => shared_edge(&w, id, "0000-0001", "0000-0002", -3.3),
            2 => merge(&w, id, "0000-0000", "0000-0001"),
            3 => add(square("new", 900.0, 0.0, 5.0)),
            4 => merge(&w, id, "0000-0000", "new"),
            _ => shared_edge(&w, id, "0003-0001", "0003-0002", 0.1),
        };
        let entry = w.apply_edit(id, &next).unwrap();
        assert_eq!((entry.seq, entry.undone), (step + 1, false));
        states.push(dump(&path));
    }
    let edited = zones(&w, id);
    assert_eq!(edited.len(), 15);
    drop(w);
    // after reopening the log is there, and as long as ever
    let mut w = edit(&path);
    for state in states.iter().rev().skip(1) {
        w.undo_edit(id).unwrap().unwrap();
        assert_eq!(&dump(&path), state);
    }
    assert_eq!(w.undo_edit(id).unwrap(), None);
    assert_eq!(zones(&w, id), parcels(4));
    assert!(w.draft_changes(id).unwrap().is_empty() && dump(&path).is_empty());
    assert!(w.edits(id).unwrap().iter().all(|e| e.undone));
    for state in states.iter().skip(1) {
        w.redo_edit(id).unwrap().unwrap();
        assert_eq!(&dump(&path), state);
    }
    assert_eq!(w.redo_edit(id).unwrap(), None);
    assert_eq!(zones(&w, id), edited);
    let kinds: Vec<String> = w.edits(id).unwrap().into_iter().map(|e| e.kind).collect();
    assert_eq!(kinds, ["move-edge", "move-edge", "merge", "add", "merge", "move-edge"]);
}

/// One thing a planner does.
#[derive(Clone, Debug)]
enum Step {
    Move(usize, f64),
    Merge(usize),
    Add(u8),
    Undo,
    Redo,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_usize..8, -40.0..40.0_f64).prop_map(|(at, by)| Step::Move(at, by)),
        2 => (0_usize..8).prop_map(Step::Merge),
        1 => any::<u8>().prop_map(Step::Add),
        4 => Just(Step::Undo),
        2 => Just(Step::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_undone_and_redone_the_draft_holds_the_bytes_it_held_at_that_place_of_the_log(
        steps in prop::collection::vec(any_step(), 1..24)
    ) {
        let folder = tempdir().unwrap();
        let path = city(folder.path(), 3);
        let mut w = edit(&path);
        let id = w.start_draft("land_use", &new_draft()).unwrap().id;
        // what was held after each edit in the log, and where in it we are
        let mut states = vec![dump(&path)];
        let mut here = 0_usize;
        for step in steps {
            let held = zones(&w, id);
            let pair = |at: usize| {
                let at = at % (held.len() - 1);
                (held[at].facts.id.clone(), held[at + 1].facts.id.clone())
            };
            let next = match step {
                Step::Undo => {
                    prop_assert_eq!(w.undo_edit(id).unwrap().is_some(), here > 0);
                    here = here.saturating_sub(1);
                    None
                }
                Step::Redo => {
                    prop_assert_eq!(w.redo_edit(id).unwrap().is_some(), here + 1 < states.len());
                    here = (here + 1).min(states.len() - 1);
                    None
                }
                Step::Add(n) => {
                    let zone = square(&format!("new {n}"), 900.0, f64::from(n), 5.0);
                    let there = held.iter().any(|z| z.facts.id == zone.facts.id);
                    (!there).then(|| add(zone))
                }
                Step::Merge(at) if held.len() > 2 => Some(merge(&w, id, &pair(at).0, &pair(at).1)),
                Step::Merge(_) => None,
                Step::Move(at, by) => Some(shared_edge(&w, id, &pair(at).0, &pair(at).1, by)),
            };
            if let Some(next) = next {
                w.apply_edit(id, &next).unwrap();
                states.truncate(here + 1);
                states.push(dump(&path));
                here += 1;
            }
            prop_assert_eq!(&dump(&path), &states[here]);
        }
        while w.undo_edit(id).unwrap().is_some() {}
        prop_assert_eq!(zones(&w, id), parcels(3));
        prop_assert!(dump(&path).is_empty());
    }
}

#[test]
fn undo_hands_out_the_changes_backwards_so_that_a_coverage_in_memory_follows() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    let mut w = edit(&path);
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    let merged = merge(&w, id, "0000-0000", "0000-0001");
    w.apply_edit(id, &merged).unwrap();
    let (entry, back) = w.undo_edit(id).unwrap().unwrap();
    assert_eq!((entry.seq, entry.undone), (1, true));
    assert_eq!(back, merged.changes.iter().rev().cloned().map(ZoneChange::reversed).collect::<Vec<_>>());
    let (entry, there) = w.redo_edit(id).unwrap().unwrap();
    assert_eq!((entry.undone, &there), (false, &merged.changes));
    assert_eq!(w.edit_changes(id, 1).unwrap(), merged.changes);
}

#[test]
fn an_edit_after_undoing_drops_what_was_undone() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let mut w = edit(&path);
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    for by in [1.0, 2.0, 3.0] {
        let next = shared_edge(&w, id, "0000-0000", "0000-0001", by);
        w.apply_edit(id, &next).unwrap();
    }
    w.undo_edit(id).unwrap();
    w.undo_edit(id).unwrap();
    let next = shared_edge(&w, id, "0001-0000", "0001-0001", 9.0);
    assert_eq!(w.apply_edit(id, &next).unwrap().seq, 2);
    assert_eq!(w.redo_edit(id).unwrap(), None);
    let log = w.edits(id).unwrap();
    assert_eq!(log.iter().map(|e| e.command["by"].as_f64().unwrap()).collect::<Vec<_>>(), [1.0, 9.0]);
    let draft = w.draft(id).unwrap();
    assert_eq!((draft.edits, draft.position), (2, 2));
}

#[test]
fn an_edit_of_zones_that_changed_meanwhile_is_refused_and_changes_nothing() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let (mut w, mut other) = (edit(&path), edit(&path));
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    let mine = shared_edge(&w, id, "0000-0001", "0000-0002", 4.0);
    let theirs = shared_edge(&other, id, "0000-0000", "0000-0001", 5.0);
    other.apply_edit(id, &theirs).unwrap();
    let before = dump(&path);
    let error = w.apply_edit(id, &mine).unwrap_err();
    assert_eq!(error.code, "edit-overtaken");
    assert!(error.text.zh.contains("“0000-0001”") && error.text.en.contains("“0000-0001”"), "{error}");
    // a zone whose id is taken; one that is not there
    assert_eq!(w.apply_edit(id, &add(square("0002-0002", 0.0, 0.0, 1.0))).unwrap_err().code, "edit-overtaken");
    let ghost = ZoneChange { before: Some(square("ghost", 0.0, 0.0, 1.0)), after: None };
    let ghost = NewEdit { changes: vec![ghost], ..mine };
    assert_eq!(w.apply_edit(id, &ghost).unwrap_err().code, "edit-overtaken");
    let mut nan = square("nan", 0.0, 0.0, 1.0);
    nan.shape.0[0].exterior_mut(|r| r.0[1].x = f64::NAN);
    assert_eq!(w.apply_edit(id, &add(nan)).unwrap_err().code, "zone-not-finite");
    assert_eq!(dump(&path), before);
    assert_eq!(w.edits(id).unwrap().len(), 1);
}

#[test]
fn several_drafts_of_a_layer_lie_beside_one_another_and_the_layer_stays_as_it_was() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    assert_eq!(Workspace::open(&path).unwrap().drafts().unwrap(), []);
    let hash = land_use_hash(&path);
    let mut w = edit(&path);
    let a = w.start_draft("land_use", &new_draft()).unwrap();
    let b = w.start_draft("land_use", &NewDraft { name: "另一案".into(), ..new_draft() }).unwrap();
    assert_eq!((a.base_revision, a.started, a.overtaken, a.author.as_str()), (1, at(0), false, "李四"));
    let next = shared_edge(&w, a.id, "0000-0000", "0000-0001", 5.0);
    w.apply_edit(a.id, &next).unwrap();
    assert_eq!(zones(&w, b.id), parcels(3));
    assert_eq!(land_use_hash(&path), hash);
    w.rename_draft(b.id, "第二案").unwrap();
    assert_eq!(Workspace::open(&path).unwrap().drafts().unwrap()[1].name, "第二案");
    w.drop_draft(a.id).unwrap();
    assert_eq!(w.draft(a.id).unwrap_err().code, "draft-missing");
    assert!(dump(&path).is_empty());
    assert_eq!(w.start_draft("land_use", &new_draft()).unwrap().id, 3, "a number is given once");
    assert_eq!(w.start_draft("farmland", &new_draft()).unwrap_err().code, "layer-missing");
    assert_eq!(Workspace::open(&path).unwrap().undo_edit(b.id).unwrap_err().code, "workspace-opened-for-reading");
}

/// What an import of the layer's zones into a file of its own would be recorded as.
fn imported(folder: &Path, zones: Vec<Zone>) -> redline_workspace::RevisionInfo {
    let mut w = Workspace::create(folder.join("imported.gpkg"), &settings()).unwrap();
    let info = w.add_revision(&revision(LayerRole::LandUse, day(2020)), zones, &mut |_| {}).unwrap();
    let layer = w.layer("land_use").unwrap();
    assert_eq!(w.areas_by(&layer).unwrap().len(), 1);
    info
}

#[test]
fn a_confirmed_draft_is_the_layers_newest_revision_and_the_old_one_can_still_be_read() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 6);
    let mut w = edit(&path);
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    let next = shared_edge(&w, id, "0000-0000", "0000-0001", 5.5);
    w.apply_edit(id, &next).unwrap();
    w.apply_edit(id, &add(square("new", 900.0, 0.0, 50.0))).unwrap();
    let next = merge(&w, id, "0005-0004", "0005-0005");
    w.apply_edit(id, &next).unwrap();
    let (drafted, changes) = (zones(&w, id), w.draft_changes(id).unwrap());
    assert_eq!(changes.len(), 5);
    let info = w.confirm_draft(id, &version("报批稿", 2021)).unwrap();
    let twin = imported(folder.path(), drafted.clone());
    assert_eq!(
        (info.number, info.title.as_deref(), info.features, &info.sha256, info.extent),
        (2, Some("报批稿"), 36, &twin.sha256, twin.extent)
    );
    assert_eq!((info.ellipsoidal_m2, info.planar_m2), (twin.ellipsoidal_m2, twin.planar_m2));
    drop(w);

    let r = Workspace::open(&path).unwrap();
    let (now, then) = (r.layer("land_use").unwrap(), r.layer_at("land_use", 1).unwrap());
    assert_eq!(r.all_zones(&now).unwrap(), drafted);
    assert_eq!(r.all_zones(&then).unwrap(), parcels(6));
    assert_eq!((now.date, then.date, now.edited_outside), (day(2021), day(2018), false));
    let new = [EAST + 910.0, NORTH + 10.0, EAST + 920.0, NORTH + 20.0];
    assert_eq!((r.zones_in(&now, new).unwrap().len(), r.zones_in(&then, new).unwrap().len()), (1, 0));
    let moved = [EAST + 102.0, NORTH + 10.0, EAST + 103.0, NORTH + 11.0];
    assert_eq!(r.zones_in(&now, moved).unwrap()[0].facts.id, "0000-0000");
    assert_eq!(r.zones_in(&then, moved).unwrap()[0].facts.id, "0000-0001");
    assert_eq!(r.areas_by(&now).unwrap()[0].features, 36);
    assert_eq!(r.changed_between("land_use", 1, 2).unwrap(), changes);
    let back: Vec<_> = changes.iter().cloned().map(ZoneChange::reversed).collect();
    assert_eq!(r.changed_between("land_use", 2, 1).unwrap(), back);
    assert_eq!(r.revisions().unwrap()[1], info);
    r.verify_file().unwrap();
    // the draft is closed, its log kept
    assert_eq!(r.drafts().unwrap(), []);
    assert_eq!(r.confirmed_drafts().unwrap()[0].confirmed, Some(2));
    assert_eq!((r.edits(id).unwrap().len(), zones(&r, id), r.draft_changes(id).unwrap()), (3, drafted, changes));
    assert!(dump(&path).is_empty());
    let mut w = edit(&path);
    assert_eq!(w.undo_edit(id).unwrap_err().code, "draft-closed");
    assert_eq!(w.drop_draft(id).unwrap_err().code, "draft-closed");
    // only what changed was written: the rest still came with the first import
    let rows = |sql: &str| Connection::open(&path).unwrap().query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(rows("SELECT count(*) FROM land_use WHERE rev_from = 1"), 32);
    assert_eq!(rows("SELECT count(*) FROM land_use_history WHERE rev_to = 2"), 4);
    for table in ["land_use", "land_use_history"] {
        assert_eq!(
            rows(&format!("SELECT count(*) FROM {table}")),
            rows(&format!("SELECT count(*) FROM rtree_{table}_geom"))
        );
    }
}

#[test]
fn a_draft_whose_layer_moved_on_is_not_confirmed_but_keeps_its_base_and_its_undo() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let mut w = edit(&path);
    let a = w.start_draft("land_use", &new_draft()).unwrap().id;
    let b = w.start_draft("land_use", &new_draft()).unwrap().id;
    let c = w.start_draft("land_use", &new_draft()).unwrap().id;
    for (id, by) in [(a, 5.0), (b, 6.0)] {
        let next = shared_edge(&w, id, "0000-0000", "0000-0001", by);
        w.apply_edit(id, &next).unwrap();
    }
    assert_eq!(w.confirm_draft(c, &version("空", 2021)).unwrap_err().code, "draft-unchanged");
    assert_eq!(w.confirm_draft(a, &version("早", 2017)).unwrap_err().code, "revision-backdated");
    w.confirm_draft(a, &version("甲案", 2021)).unwrap();
    let theirs = zones(&w, b);
    let error = w.confirm_draft(b, &version("乙案", 2021)).unwrap_err();
    assert_eq!(error.code, "draft-overtaken");
    assert!(w.draft(b).unwrap().overtaken);
    // an import replaces every row; the draft still reads its base from the history
    w.add_revision(&revision(LayerRole::LandUse, day(2022)), parcels(2), &mut |_| {}).unwrap();
    assert_eq!(zones(&w, b), theirs);
    assert_eq!(w.draft_changes(b).unwrap().len(), 2);
    let next = shared_edge(&w, b, "0001-0000", "0001-0001", 1.0);
    w.apply_edit(b, &next).unwrap();
    w.undo_edit(b).unwrap().unwrap();
    w.undo_edit(b).unwrap().unwrap();
    assert_eq!(zones(&w, b), parcels(3));
    assert_eq!(w.confirm_draft(b, &version("乙案", 2023)).unwrap_err().code, "draft-overtaken");
}

#[test]
fn comparing_and_restoring_work_by_content_across_imports() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 5);
    let first = land_use_hash(&path);
    let mut w = edit(&path);
    // a later import in another order, with one zone moved, one new and one gone
    let mut later: Vec<Zone> = parcels(5).into_iter().rev().collect();
    later[7] = square(&later[7].facts.id.clone(), 3000.0, 0.0, 10.0);
    later.pop();
    later.push(square("new", 4000.0, 0.0, 10.0));
    w.add_revision(&revision(LayerRole::LandUse, day(2020)), later, &mut |_| {}).unwrap();
    w.add_revision(&revision(LayerRole::RedLine, day(2020)), vec![square("r", 0.0, 0.0, 9.0)], &mut |_| {}).unwrap();
    let changes = w.changed_between("land_use", 1, 3).unwrap();
    let kinds: Vec<_> = changes.iter().map(|c| (c.before.is_some(), c.after.is_some())).collect();
    assert_eq!(kinds, [(true, false), (true, true), (false, true)]);
    assert_eq!(w.layer_at("land_use", 3).unwrap().revision, 2);
    assert_eq!(w.layer_at("red_line", 2).unwrap_err().code, "layer-missing");
    assert_eq!(w.restore_revision("land_use", 2, &version("", 2021)).unwrap_err().code, "restore-unchanged");

    let back = w.restore_revision("land_use", 1, &version("回到首版", 2021)).unwrap();
    assert_eq!((back.number, back.sha256.as_str(), back.title.as_deref()), (4, first.as_str(), Some("回到首版")));
    assert_eq!(land_use_hash(&path), first);
    let layer = w.layer("land_use").unwrap();
    assert_eq!(w.all_zones(&layer).unwrap(), parcels(5));
    assert!(w.changed_between("land_use", 1, 4).unwrap().is_empty());
    assert_eq!(w.all_zones(&w.layer_at("land_use", 2).unwrap()).unwrap().len(), 25);
    w.name_revision(1, "首版").unwrap();
    let titles: Vec<_> = w.revisions().unwrap().into_iter().map(|r| r.title).collect();
    assert_eq!(titles, [Some("首版".into()), None, None, Some("回到首版".into())]);
    assert_eq!(w.name_revision(9, "x").unwrap_err().code, "revision-missing");
    w.verify_file().unwrap();
}

#[test]
fn a_damaged_log_entry_is_told_and_the_draft_stays_as_it_is() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    let mut w = edit(&path);
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    let next = shared_edge(&w, id, "0000-0000", "0000-0001", 5.0);
    w.apply_edit(id, &next).unwrap();
    let before = dump(&path);
    Connection::open(&path).unwrap().execute("UPDATE redline_edit SET changes = substr(changes, 1, 90)", []).unwrap();
    assert_eq!(w.undo_edit(id).unwrap_err().code, "workspace-damaged");
    assert_eq!((dump(&path), w.edits(id).unwrap().len()), (before, 1));
    // gone altogether, it is not nothing to undo
    Connection::open(&path).unwrap().execute("DELETE FROM redline_edit", []).unwrap();
    assert_eq!(w.undo_edit(id).unwrap_err().code, "workspace-damaged");
}

#[test]
fn confirming_a_layer_that_another_program_edited_still_says_so_and_sums_what_is_there() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    let mut w = edit(&path);
    let id = w.start_draft("land_use", &new_draft()).unwrap().id;
    // as another program leaves it: the zone is larger, the stored area is the old one
    let larger = {
        let mut twin = Workspace::create(folder.path().join("twin.gpkg"), &settings()).unwrap();
        let zones = vec![square("0001-0001", 100.0, 100.0, 300.0)];
        twin.add_revision(&revision(LayerRole::LandUse, day(2018)), zones, &mut |_| {}).unwrap();
        let conn = Connection::open(folder.path().join("twin.gpkg")).unwrap();
        conn.query_row("SELECT geom FROM land_use", [], |r| r.get::<_, Vec<u8>>(0)).unwrap()
    };
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TRIGGER redline_land_use_update; DROP TRIGGER rtree_land_use_geom_update1;
         DROP TRIGGER rtree_land_use_geom_update2; DROP TRIGGER rtree_land_use_geom_update3;
         DROP TRIGGER rtree_land_use_geom_update4; UPDATE redline_layer SET edited_outside = 1",
    )
    .unwrap();
    conn.execute("UPDATE land_use SET geom = ? WHERE zone_id = '0001-0001'", [larger]).unwrap();
    drop(conn);
    let next = shared_edge(&w, id, "0000-0000", "0000-0001", 5.0);
    w.apply_edit(id, &next).unwrap();
    let info = w.confirm_draft(id, &version("稿", 2021)).unwrap();
    assert!((info.planar_m2 - 120_000.0).abs() < 1e-6, "{}", info.planar_m2);
    assert!(w.layer("land_use").unwrap().edited_outside);
}
