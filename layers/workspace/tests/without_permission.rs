//! People who may read a workspace but not write it, or not its folder.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::{NewDraft, Workspace};
use redline_zoning::LayerRole;
use rusqlite::Connection;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

/// What a reader who owns nothing says of the workspace: the land use's content hash, and the code
/// of the refusal when they try to import. Root may do everything, so the reader is a child process
/// under another user then.
fn as_a_stranger(path: &Path) -> (String, String) {
    let room = tempdir().unwrap();
    fs::set_permissions(room.path(), Permissions::from_mode(0o755)).unwrap();
    let program = room.path().join("reader");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let root = fs::metadata(&program).unwrap().uid() == 0;
    let mut command = if root {
        let mut c = Command::new("setpriv");
        c.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
        c
    } else {
        Command::new(&program)
    };
    let out = command
        .args(["--exact", "the_stranger", "--nocapture", "--include-ignored"])
        .env("REDLINE_TEST_READ", path)
        .current_dir("/")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let word = |key: &str| {
        let at = said.find(key).unwrap_or_else(|| panic!("{said}\n{}", String::from_utf8_lossy(&out.stderr)));
        said[at + key.len()..].split_whitespace().next().unwrap().to_owned()
    };
    (word("hash="), word("refusal="))
}

#[test]
#[ignore = "run by the other tests as another user"]
fn the_stranger() {
    let Some(path) = std::env::var_os("REDLINE_TEST_READ") else { return };
    let path = Path::new(&path);
    let hash = land_use_hash(path);
    let refusal = Workspace::open_for_editing(path)
        .and_then(|mut w| w.add_revision(&revision(LayerRole::LandUse, day(2030)), parcels(1), &mut |_| {}))
        .unwrap_err();
    let drafting = Workspace::open_for_drafting(path).unwrap_err();
    assert_eq!(drafting.code, "workspace-read-only", "{drafting}");
    println!("\nhash={hash} refusal={}", refusal.code);
}

/// Runs `test` on a folder that nobody may write, and gives the permission back for its removal.
fn in_a_sealed_folder(folder: &Path, mode: u32, test: impl FnOnce()) {
    for entry in fs::read_dir(folder).unwrap() {
        fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(mode)).unwrap();
    }
    fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap();
    let before = contents(folder);
    test();
    assert!(contents(folder) == before, "the folder was written");
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder).into_iter().map(|n| (n.clone(), fs::read(folder.join(n)).unwrap())).collect()
}

#[test]
fn a_read_only_workspace_in_a_read_only_folder_is_read_and_not_imported_into() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    in_a_sealed_folder(folder.path(), 0o444, || {
        assert_eq!(as_a_stranger(&path), (hash, "workspace-read-only".into()));
    });
}

#[test]
fn a_writable_workspace_in_a_read_only_folder_is_read_and_not_imported_into() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    in_a_sealed_folder(folder.path(), 0o666, || {
        assert_eq!(as_a_stranger(&path), (hash, "workspace-read-only".into()));
    });
}

#[test]
fn a_read_only_workspace_in_wal_mode_is_read() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    Connection::open(&path).unwrap().query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    in_a_sealed_folder(folder.path(), 0o444, || {
        assert_eq!(as_a_stranger(&path).0, hash);
    });
}

#[test]
fn a_read_only_workspace_whose_writer_crashed_in_wal_mode_is_read_with_what_was_committed() {
    let (from, folder) = (tempdir().unwrap(), tempdir().unwrap());
    let path = city(from.path(), 3);
    let other = Connection::open(&path).unwrap();
    other.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    other.execute("UPDATE redline_revision SET sha256 = 'committed-in-the-wal'", []).unwrap();
    let copy = folder.path().join("c.gpkg");
    fs::copy(&path, &copy).unwrap();
    fs::copy(format!("{}-wal", path.display()), folder.path().join("c.gpkg-wal")).unwrap();
    drop(other);
    in_a_sealed_folder(folder.path(), 0o444, || {
        assert_eq!(as_a_stranger(&copy).0, "committed-in-the-wal");
    });
}

#[test]
fn who_may_only_read_reads_while_a_planner_edits() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let hash = land_use_hash(&path);
    let mut w = Workspace::open_for_drafting(&path).unwrap();
    let new = NewDraft { name: "草案".into(), author: String::new(), started: jiff::Timestamp::UNIX_EPOCH };
    w.start_draft("land_use", &new).unwrap();
    for mode in [0o644, 0o600] {
        // others may read the parts of writing ahead, or not even those
        for name in names(folder.path()).iter().filter(|n| n.ends_with("-shm")) {
            fs::set_permissions(folder.path().join(name), Permissions::from_mode(mode)).unwrap();
        }
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        assert_eq!(as_a_stranger(&path), (hash.clone(), "workspace-read-only".into()));
    }
    w.close().unwrap();
    assert_eq!(names(folder.path()).len(), 1);
}
