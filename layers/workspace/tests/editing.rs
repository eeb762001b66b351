//! One planner edits, others read; a killed editor loses nothing that was confirmed.
//!
//! Other processes are this test program itself, started again with a task in its environment.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use jiff::Timestamp;
use redline_workspace::{DraftInfo, NewDraft, NewEdit, NewVersion, Workspace, ZoneChange};
use redline_zoning::Zone;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::tempdir;

const LEFT: &str = "0000-0000";
const RIGHT: &str = "0000-0001";
/// Edits after which the other process confirms its draft.
const A_VERSION: u64 = 12;

/// This program, at `task` in another process.
fn other(task: &str, path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_other_process", "--nocapture", "--test-threads=1"])
        .env("REDLINE_TEST_TASK", task)
        .env("REDLINE_TEST_FILE", path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// What the other processes do; as a test of its own it has no task.
#[test]
fn the_other_process() {
    let Ok(task) = std::env::var("REDLINE_TEST_TASK") else { return };
    let path = std::env::var_os("REDLINE_TEST_FILE").unwrap();
    let path = Path::new(&path);
    match task.as_str() {
        "hold" => {
            let mut w = Workspace::open_for_drafting(path).unwrap();
            let draft = w.start_draft("land_use", &new_draft()).unwrap();
            let edit = to_edge(&w, &draft, 1);
            w.apply_edit(draft.id, &edit).unwrap();
            say("held");
            // until the other side lets go or is gone
            let _ = std::io::stdin().read(&mut [0]);
            w.close().unwrap();
        }
        "read" => {
            let w = Workspace::open(path).unwrap();
            let draft = w.drafts().unwrap().remove(0);
            say(&format!("read {}", w.edits(draft.id).unwrap().len()));
        }
        "save" => {
            // a command that opens for writing, changes and closes while the other edits
            let mut w = Workspace::open_for_editing(path).unwrap();
            w.set_settings(&w.settings().clone()).unwrap();
            say("saved");
        }
        _ => edit_for_ever(path),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// The next line another process says, past what the test harness prints.
fn heard(lines: &mut impl Iterator<Item = std::io::Result<String>>, word: &str) -> String {
    lines.map(Result::unwrap).find(|line| line.starts_with(word)).unwrap()
}

fn new_draft() -> NewDraft {
    NewDraft { name: "草案".into(), author: "李四".into(), started: Timestamp::UNIX_EPOCH }
}

fn edge(zone: &Zone, side: usize) -> f64 {
    zone.shape.0[0].exterior().0[side].x
}

/// The shared edge of the first two parcels goes to where edit `n` puts it.
fn to_edge(w: &Workspace, draft: &DraftInfo, n: u64) -> NewEdit {
    let zone = |id| w.draft_zone(draft.id, id).unwrap().unwrap();
    let (a, b) = (zone(LEFT), zone(RIGHT));
    let (from, to) = (edge(&a, 1), EAST + 100.0 + (n % 90) as f64 * 0.1);
    let moved = |zone: &Zone| {
        let mut zone = zone.clone();
        zone.shape.0[0].exterior_mut(|r| r.0.iter_mut().filter(|c| c.x == from).for_each(|c| c.x = to));
        zone
    };
    let changes = [a, b].map(|z| ZoneChange { after: Some(moved(&z)), before: Some(z) }).to_vec();
    NewEdit { at: Timestamp::UNIX_EPOCH, kind: "move-edge".into(), command: serde_json::json!({ "edge": to }), changes }
}

/// Edits, undoes and redoes now and then, confirms a draft of [`A_VERSION`] edits and begins the
/// next; says each thing once it is done.
fn edit_for_ever(path: &Path) {
    let mut w = Workspace::open_for_drafting(path).unwrap();
    let version = NewVersion { title: "稿".into(), author: "李四".into(), reason: String::new(), date: day(2020) };
    loop {
        let draft = match w.drafts().unwrap().pop() {
            Some(draft) => draft,
            None => w.start_draft("land_use", &new_draft()).unwrap(),
        };
        if draft.position >= A_VERSION {
            say(&format!("said version {}", w.confirm_draft(draft.id, &version).unwrap().number));
            continue;
        }
        if draft.position % 5 == 4 && draft.position == draft.edits {
            w.undo_edit(draft.id).unwrap().unwrap();
            say(&format!("said edit {} {}", draft.id, draft.position - 1));
        }
        let edit = to_edge(&w, &draft, draft.position + 7 * draft.id + 1);
        let done = w.apply_edit(draft.id, &edit).unwrap();
        say(&format!("said edit {} {}", draft.id, done.seq));
        if draft.position % 5 == 4 && w.draft(draft.id).unwrap().position < A_VERSION {
            let edit = to_edge(&w, &draft, draft.position + 7 * draft.id + 2);
            let done = w.apply_edit(draft.id, &edit).unwrap();
            say(&format!("said edit {} {}", draft.id, done.seq));
        }
    }
}

#[test]
fn a_second_planner_is_told_who_edits_and_can_read_what_is_confirmed_so_far() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    let mut first = other("hold", &path);
    let mut lines = BufReader::new(first.stdout.take().unwrap()).lines();
    heard(&mut lines, "held");
    let error = Workspace::open_for_drafting(&path).unwrap_err();
    assert_eq!(error.code, "workspace-being-edited");
    let program = std::env::current_exe().unwrap().file_stem().unwrap().to_string_lossy().into_owned();
    for word in [program.as_str(), &first.id().to_string(), "UTC"] {
        assert!(error.text.zh.contains(word) && error.text.en.contains(word), "{word}: {error}");
    }
    assert_eq!(land_use_hash(&path), hash);
    let r = Workspace::open(&path).unwrap();
    assert_eq!(r.edits(r.drafts().unwrap()[0].id).unwrap().len(), 1);
    // a review can be saved meanwhile
    Workspace::open_for_editing(&path).unwrap().set_settings(&settings()).unwrap();
    drop(r);
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(names(folder.path()).len(), 1, "one file is left: {:?}", names(folder.path()));
    assert_eq!(fs::read(&path).unwrap()[18..20], [1, 1], "the file is back to a rollback journal");
    Workspace::open_for_drafting(&path).unwrap().close().unwrap();
    assert_eq!(names(folder.path()).len(), 1);
}

#[test]
fn within_one_window_too_there_is_one_editor_and_dropping_it_lets_the_next_one_in() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    let first = Workspace::open_for_drafting(&path).unwrap();
    assert_eq!(Workspace::open_for_drafting(&path).unwrap_err().code, "workspace-being-edited");
    assert_eq!(names(folder.path()).len(), 4, "the file, its lock, and the two parts of writing ahead");
    drop(first);
    assert_eq!(names(folder.path()).len(), 1);
    drop(Workspace::open_for_drafting(&path).unwrap());
}

#[test]
fn a_link_to_the_file_is_the_same_file() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    #[cfg(unix)]
    {
        let link = folder.path().join("link.gpkg");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let _first = Workspace::open_for_drafting(&link).unwrap();
        assert_eq!(Workspace::open_for_drafting(&path).unwrap_err().code, "workspace-being-edited");
    }
}

#[test]
fn closing_while_somebody_reads_leaves_all_of_it_in_the_file_itself() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let mut w = Workspace::open_for_drafting(&path).unwrap();
    let draft = w.start_draft("land_use", &new_draft()).unwrap();
    let edit = to_edge(&w, &draft, 1);
    w.apply_edit(draft.id, &edit).unwrap();
    let reader = Workspace::open(&path).unwrap();
    assert_eq!(reader.edits(draft.id).unwrap().len(), 1);
    w.close().unwrap();
    let alone = folder.path().join("alone.gpkg");
    fs::copy(&path, &alone).unwrap();
    for path in [&path, &alone] {
        assert_eq!(Workspace::open(path).unwrap().edits(draft.id).unwrap().len(), 1);
    }
    drop(reader);
    Workspace::open_for_drafting(&path).unwrap().close().unwrap();
    assert_eq!(names(folder.path()).len(), 2, "{:?}", names(folder.path()));
}

/// Closing any handle of the file would drop SQLite's locks in this process; then another process
/// that closes the file would take the editor's log of changes away from under it.
#[test]
fn reading_in_the_same_window_does_not_cost_the_editor_its_locks() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let mut w = Workspace::open_for_drafting(&path).unwrap();
    let draft = w.start_draft("land_use", &new_draft()).unwrap();
    for n in 1..=5 {
        let edit = to_edge(&w, &draft, n);
        w.apply_edit(draft.id, &edit).unwrap();
        drop(Workspace::open(&path).unwrap());
        drop(Workspace::open_for_editing(&path).unwrap());
        for (task, word, says) in [("read", "read", format!("read {n}")), ("save", "saved", "saved".into())] {
            let mut child = other(task, &path);
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            assert_eq!(heard(&mut lines, word), says);
            assert!(child.wait().unwrap().success());
        }
        assert!(names(folder.path()).iter().any(|n| n.ends_with("-wal")), "the log of changes was taken away");
    }
    w.close().unwrap();
    let r = Workspace::open(&path).unwrap();
    assert_eq!(r.edits(draft.id).unwrap().len(), 5);
    r.verify_file().unwrap();
}

#[test]
fn a_killed_editor_loses_nothing_that_was_confirmed_and_leaves_nothing_half_done() {
    let times = std::env::var("REDLINE_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    // what was said last: the draft and its position, the version
    let (mut draft, mut position, mut version) = (1, 0, 1);
    // moments by a plain generator, so that a failure comes again
    let mut moment = 0x2545_f491_4f6c_dd1d_u64;
    let mut said = 0;
    // a version was confirmed last, and the next draft not begun
    let mut none_open = false;
    for round in 0..times {
        let mut child = other("edit", &path);
        moment ^= moment << 13;
        moment ^= moment >> 7;
        moment ^= moment << 17;
        let wait = Duration::from_micros(moment % 50_000);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map(Result::unwrap).filter(|line| line.starts_with("said "));
        // every tenth is killed while it opens
        let first = if round % 10 == 9 { None } else { lines.next() };
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut confirmed = none_open;
        for line in first.into_iter().chain(lines) {
            said += 1;
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                [_, "edit", of, n] => (draft, position, confirmed) = (of.parse().unwrap(), n.parse().unwrap(), false),
                [_, "version", n] => (version, confirmed) = (n.parse().unwrap(), true),
                _ => panic!("{line}"),
            }
        }
        check_after_kill(&path, draft, &mut position, &mut version, confirmed);
        let open = Workspace::open(&path).unwrap().drafts().unwrap();
        none_open = open.is_empty();
        (draft, position) = open.first().map_or((draft, position), |d| (d.id, d.position));
    }
    assert!(said > times, "{said} changes in {times} rounds");
    Workspace::open_for_drafting(&path).unwrap().close().unwrap();
    assert_eq!(names(folder.path()).len(), 1);
}

/// The file is whole, all that was said is in it, and at most the one change after it.
fn check_after_kill(path: &Path, draft: u64, position: &mut u64, version: &mut u64, confirmed: bool) {
    let w = Workspace::open(path).unwrap();
    w.verify_file().unwrap();
    let now = w.revision_number().unwrap();
    assert!(now == *version || now == *version + 1, "version {now} after {version}");
    // a version is whole: its record speaks of what is there, and its edge is one edge
    let layer = w.layer("land_use").unwrap();
    let zones = w.all_zones(&layer).unwrap();
    assert_eq!((zones.len() as u64, layer.revision), (layer.features, now));
    assert_eq!(edge(&zones[0], 1), edge(&zones[1], 0));
    let open = w.drafts().unwrap();
    assert!(open.len() <= 1);
    let later_version = now > *version;
    *version = now;
    let Some(open) = open.first() else {
        // just confirmed, the next draft not begun
        assert!(confirmed || later_version || draft == 1);
        return;
    };
    if open.id == draft && !confirmed {
        let log = w.edits(open.id).unwrap();
        // the change after the last one said is an edit or an undo
        assert!(open.position.abs_diff(*position) <= 1, "at {} after {position}", open.position);
        let stands = log.iter().rfind(|e| !e.undone).map(|e| e.command["edge"].as_f64().unwrap());
        let zone = |id| w.draft_zone(open.id, id).unwrap().unwrap();
        let (a, b) = (edge(&zone(LEFT), 1), edge(&zone(RIGHT), 0));
        assert_eq!(a, b, "half an edit");
        if let Some(stands) = stands {
            assert_eq!(a, stands, "the zones are not what the log says");
        }
    } else {
        assert!(open.position <= 1);
    }
    *position = open.position;
}
