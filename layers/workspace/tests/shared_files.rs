//! Locked and WAL files, and killed writers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::Workspace;
use redline_zoning::LayerRole;
use rusqlite::Connection;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use tempfile::tempdir;

/// Another program that works on the file: the sqlite3 shell.
struct Other {
    child: Child,
    input: ChildStdin,
}

impl Other {
    fn on(path: &Path, commands: &str) -> Other {
        let mut child = Command::new("sqlite3").arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        writeln!(input, "{commands}\nSELECT 'ready';").unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while lines.next().expect("sqlite3 said nothing").unwrap() != "ready" {}
        Other { child, input }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn leave(mut self) {
        writeln!(self.input, ".quit").unwrap();
        self.child.wait().unwrap();
    }
}

/// The commands of a large change that has overwritten pages in the file but not committed.
const HALF_WRITTEN: &str = "PRAGMA cache_size = 5; BEGIN IMMEDIATE; \
    DELETE FROM land_use_history; UPDATE land_use SET name = 'torn', ellipsoidal_m2 = -1; \
    DELETE FROM redline_revision;";

/// Our triggers need functions that the shell lacks only when geometry changes; drop ours that note edits.
fn plain(path: &Path) {
    let conn = Connection::open(path).unwrap();
    let names: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for name in names {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap();
    }
}

#[test]
fn reading_works_while_another_program_holds_the_write_lock_and_importing_says_who() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    let other = Other::on(&path, "BEGIN IMMEDIATE;");
    assert_eq!(land_use_hash(&path), hash);
    let error = Workspace::open_for_editing(&path).unwrap_err();
    assert_eq!(error.code, "workspace-locked");
    assert!(error.text.zh.contains("sqlite3"), "{error}");
    assert!(error.text.en.contains(&other.child.id().to_string()), "{}", error.text.en);
    other.leave();
    Workspace::open_for_editing(&path).unwrap();
}

#[test]
fn reading_finds_the_last_committed_state_while_a_large_change_is_being_written() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 40);
    plain(&path);
    let hash = land_use_hash(&path);
    let before = fs::read(&path).unwrap();
    let other = Other::on(&path, HALF_WRITTEN);
    assert!(fs::read(&path).unwrap() != before, "the change has not reached the file, so this tests nothing");
    assert_eq!(land_use_hash(&path), hash);
    let w = Workspace::open(&path).unwrap();
    let layer = &w.layers().unwrap()[0];
    assert!(w.zone_summaries(layer).unwrap().iter().all(|z| z.area.ellipsoidal_m2 > 0.0));
    w.verify_file().unwrap();
    other.kill();
}

#[test]
fn after_a_writer_was_killed_reading_finds_the_old_content_and_writes_nothing() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 40);
    plain(&path);
    let hash = land_use_hash(&path);
    let whole = fs::read(&path).unwrap();
    Other::on(&path, HALF_WRITTEN).kill();
    let torn = fs::read(&path).unwrap();
    assert!(torn != whole, "the change has not reached the file, so this tests nothing");
    let files = names(folder.path());
    assert_eq!(land_use_hash(&path), hash);
    assert!(fs::read(&path).unwrap() == torn);
    assert_eq!(names(folder.path()), files);
    // who may write recovers the file itself
    drop(Workspace::open_for_editing(&path).unwrap());
    assert!(fs::read(&path).unwrap() == whole);
    assert_eq!(names(folder.path()).len(), 1);
}

/// A zone with 4000 vertices on one side.
fn fringed(id: &str, x: f64, y: f64) -> redline_zoning::Zone {
    let mut zone = square(id, x, y, 90.0);
    zone.shape.0[0].exterior_mut(|ring| {
        let (a, b) = (ring.0[0], ring.0[1]);
        let between = (1..4000).map(|k| geo_types::Coord { x: a.x + (b.x - a.x) * f64::from(k) / 4000.0, y: a.y });
        ring.0.splice(1..1, between);
    });
    zone
}

#[test]
fn an_import_killed_half_way_leaves_the_old_content() {
    if let Some(path) = std::env::var_os("REDLINE_TEST_IMPORT_INTO") {
        // the child: imports large zones for ever
        let mut w = Workspace::open_for_editing(path).unwrap();
        let zones = (0..).map(|i| fringed(&i.to_string(), f64::from(i % 1000), f64::from(i / 1000)));
        w.add_revision(&revision(LayerRole::LandUse, day(2020)), zones, &mut |n| println!("{n}")).unwrap();
        return;
    }
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 20);
    let hash = land_use_hash(&path);
    let size = fs::metadata(&path).unwrap().len();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "an_import_killed_half_way_leaves_the_old_content", "--nocapture"])
        .env("REDLINE_TEST_IMPORT_INTO", &path)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // past its page cache it writes into the file itself
    for _ in 0..3000 {
        if fs::metadata(&path).unwrap().len() > size {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(fs::metadata(&path).unwrap().len() > size, "the import never reached the file");
    assert_eq!(land_use_hash(&path), hash);
    let w = Workspace::open_for_editing(&path).unwrap();
    w.verify_file().unwrap();
    assert_eq!(w.revision_number().unwrap(), 1);
    assert_eq!(fs::metadata(&path).unwrap().len(), size);
}

#[test]
fn a_workspace_left_in_wal_mode_is_read_without_a_file_beside_it() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    Connection::open(&path).unwrap().query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[18], 2, "not in WAL mode");
    assert_eq!(land_use_hash(&path), hash);
    assert_eq!(names(folder.path()).len(), 1);
    assert!(fs::read(&path).unwrap() == bytes);
    // editing brings it back to one plain file
    drop(Workspace::open_for_editing(&path).unwrap());
    assert_eq!(fs::read(&path).unwrap()[18], 1);
}

#[test]
fn what_another_program_has_committed_in_wal_mode_is_seen_even_where_only_a_copy_can_be_read() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    plain(&path);
    let commands = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE redline_layer SET title = '新名';";
    let other = Other::on(&path, commands);
    let title = |p: &Path| Workspace::open(p).unwrap().layers().unwrap().remove(0).title;
    assert_eq!(title(&path), "新名");
    // as a crash leaves it: file and WAL, no shared memory
    let wal = PathBuf::from(format!("{}-wal", path.display()));
    let crashed = tempdir().unwrap();
    let copy = crashed.path().join("c.gpkg");
    fs::copy(&path, &copy).unwrap();
    fs::copy(wal, crashed.path().join("c.gpkg-wal")).unwrap();
    other.leave();
    let before = fs::read(&copy).unwrap();
    assert_eq!(title(&copy), "新名");
    assert!(fs::read(&copy).unwrap() == before);
}
