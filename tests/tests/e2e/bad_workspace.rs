//! Workspaces that cannot be used or written: reading commands still read, writing ones refuse, and
//! not one byte changes.

use crate::support::{bytes_hash, check, check_in, copy_of_workspace, folder, shared_city, shared_plot};
use redline_tests::command::{Said, command, finish, redline, run};
use redline_tests::ogr;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::process::Command;

fn good_file(folder: &Path) -> PathBuf {
    let good = folder.join("good.geojson");
    ogr::write_geojson(&good, std::slice::from_ref(shared_plot()));
    good
}

/// A red line of one zone: the shared plot.
fn zone_file(folder: &Path) -> PathBuf {
    let source = good_file(folder);
    let zones = folder.join("红线.geojson");
    ogr::ogr2ogr(
        &zones,
        &source,
        &[
            "-f",
            "GeoJSON",
            "-lco",
            "RFC7946=NO",
            "-dialect",
            "SQLite",
            "-sql",
            "SELECT geometry, 'H1' AS HXBM, '北坡' AS HXMM, '水源涵养' AS HXLX FROM good",
        ],
    );
    zones
}

fn import_into(workspace: &Path, zones: &Path) -> Said {
    run(&[
        "import",
        zones.to_str().unwrap(),
        "--as",
        "red-line",
        "--workspace",
        workspace.to_str().unwrap(),
        "--date",
        "2019-01-01",
    ])
}

/// The review of the shared plot on the untouched city, to compare with; the file's name aside.
fn expected(good: &Path) -> String {
    check(&[good], &[]).exits(1).stdout
}

#[test]
fn what_is_no_workspace_is_refused_and_left_alone() {
    let scratch = folder();
    let good = good_file(scratch.path());
    let plain = scratch.path().join("plain.gpkg");
    ogr::ogr2ogr(&plain, &good, &[]);
    let text = scratch.path().join("text.gpkg");
    std::fs::write(&text, "not a database").unwrap();
    let empty = scratch.path().join("empty.gpkg");
    std::fs::write(&empty, "").unwrap();
    let half = scratch.path().join("half.gpkg");
    let whole = std::fs::read(&shared_city().workspace).unwrap();
    std::fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let zones = zone_file(scratch.path());
    for workspace in [&plain, &text, &empty, &half] {
        let before = bytes_hash(workspace);
        let name = workspace.file_name().unwrap().to_str().unwrap();
        let path = workspace.to_str().unwrap();
        check_in(path, &[&good], &[]).refuses(name);
        run(&["areas", "--workspace", path]).refuses(name);
        run(&["reviews", "list", "--workspace", path]).refuses(name);
        import_into(workspace, &zones).refuses(name);
        assert_eq!(bytes_hash(workspace), before, "{name}");
    }
    check_in(scratch.path().join("none.gpkg").to_str().unwrap(), &[&good], &[]).refuses("none.gpkg");
    assert!(!scratch.path().join("none.gpkg").exists(), "reading makes no workspace");
    check_in(scratch.path().to_str().unwrap(), &[&good], &[]).exits(2);
}

#[test]
fn a_workspace_from_a_newer_version_is_refused_and_left_alone() {
    let scratch = folder();
    let workspace = copy_of_workspace(scratch.path());
    let changed = Connection::open(&workspace)
        .unwrap()
        .execute("UPDATE redline_settings SET value = '999' WHERE key = 'format_version'", [])
        .unwrap();
    assert_eq!(changed, 1);
    let before = bytes_hash(&workspace);
    check_in(workspace.to_str().unwrap(), &[&good_file(scratch.path())], &[]).refuses("copy.gpkg");
    import_into(&workspace, &zone_file(scratch.path())).refuses("copy.gpkg");
    assert_eq!(bytes_hash(&workspace), before);
}

#[test]
fn a_locked_workspace_can_be_read_and_is_not_written() {
    let scratch = folder();
    let good = good_file(scratch.path());
    let workspace = copy_of_workspace(scratch.path());
    let before = bytes_hash(&workspace);
    let holder = Connection::open(&workspace).unwrap();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let read = check_in(workspace.to_str().unwrap(), &[&good], &[]).exits(1);
    assert_eq!(read.stdout.replace("copy.gpkg", "city.gpkg"), expected(&good));
    import_into(&workspace, &zone_file(scratch.path())).refuses("copy.gpkg");
    check_in(workspace.to_str().unwrap(), &[&good], &["--save"]).refuses("copy.gpkg");
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(bytes_hash(&workspace), before);
}

#[test]
fn a_workspace_in_wal_mode_with_an_open_writer_is_read_as_committed_and_not_written() {
    let scratch = folder();
    let good = good_file(scratch.path());
    let workspace = copy_of_workspace(scratch.path());
    let writer = Connection::open(&workspace).unwrap();
    let mode: String = writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    writer.execute_batch("CREATE TABLE by_someone_else (x); INSERT INTO by_someone_else VALUES (1); BEGIN; INSERT INTO by_someone_else VALUES (2)").unwrap();
    let wal = workspace.with_extension("gpkg-wal");
    let before = (bytes_hash(&workspace), bytes_hash(&wal));
    let read = check_in(workspace.to_str().unwrap(), &[&good], &[]).exits(1);
    assert_eq!(read.stdout.replace("copy.gpkg", "city.gpkg"), expected(&good));
    assert_eq!((bytes_hash(&workspace), bytes_hash(&wal)), before);
    writer.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn a_read_only_workspace_in_a_read_only_folder_can_be_read_and_import_refuses() {
    let scratch = folder();
    let place = scratch.path().join("archive");
    std::fs::create_dir(&place).unwrap();
    let workspace = copy_of_workspace(&place);
    let good = good_file(scratch.path());
    let zones = zone_file(scratch.path());
    // root may write anything, so the command runs as nobody there, from a place nobody can reach
    let binary = scratch.path().join("redline");
    std::fs::copy(redline(), &binary).unwrap();
    shell("chmod", &["-R", "a+rX", scratch.path().to_str().unwrap()]);
    shell("chmod", &["444", workspace.to_str().unwrap()]);
    shell("chmod", &["555", place.to_str().unwrap()]);
    let as_reader = |arguments: &[&str]| {
        let mut line: Command;
        if is_root() {
            line = Command::new("setpriv");
            line.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&binary);
        } else {
            line = Command::new(&binary);
        }
        line.args(arguments).env("LC_ALL", "C.UTF-8").env("HOME", "/nonexistent").current_dir("/");
        finish(line)
    };
    let before = bytes_hash(&workspace);
    let path = workspace.to_str().unwrap();
    let read =
        as_reader(&["check", good.to_str().unwrap(), "--workspace", path, "--date", "2018-06-01", "--format", "json"])
            .exits(1);
    assert_eq!(read.stdout.replace("copy.gpkg", "city.gpkg"), expected(&good));
    as_reader(&["areas", "--workspace", path]).exits(0);
    as_reader(&["import", zones.to_str().unwrap(), "--as", "red-line", "--workspace", path]).refuses("copy.gpkg");
    as_reader(&["check", good.to_str().unwrap(), "--workspace", path, "--save"]).refuses("copy.gpkg");
    assert_eq!(bytes_hash(&workspace), before);
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 1, "nothing was left beside it");
    shell("chmod", &["755", place.to_str().unwrap()]);
}

#[test]
fn a_disk_that_fills_is_one_sentence_and_the_workspace_keeps_its_content() {
    let scratch = folder();
    let workspace = copy_of_workspace(scratch.path());
    let areas = || run(&["areas", "--workspace", workspace.to_str().unwrap(), "--format", "json"]).exits(0).stdout;
    let before = areas();
    let zones = zone_file(scratch.path());
    let good = good_file(scratch.path());
    let path = workspace.to_str().unwrap();
    with_small_files(&["import", zones.to_str().unwrap(), "--as", "red-line", "--workspace", path])
        .refuses("copy.gpkg");
    assert_eq!(areas(), before, "a failed import leaves the content as it was");
    with_small_files(&["check", good.to_str().unwrap(), "--workspace", path, "--save"]).refuses("copy.gpkg");
    assert_eq!(areas(), before);
    let output = scratch.path().join("review.json");
    with_small_files(&[
        "check",
        good.to_str().unwrap(),
        "--workspace",
        path,
        "--format",
        "json",
        "--output",
        output.to_str().unwrap(),
    ])
    .refuses("review.json");
    assert!(!output.exists(), "no half-written result is left");
    with_small_files(&["sample", scratch.path().join("new").to_str().unwrap(), "--parcels", "500"]).exits(2);
}

/// Runs the command where no file can grow past 4 KiB: a write fails as on a full disk.
fn with_small_files(arguments: &[&str]) -> Said {
    let mut line = Command::new("bash");
    line.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
        .arg(redline())
        .args(arguments)
        .env("LC_ALL", "C.UTF-8");
    finish(line)
}

#[test]
fn an_import_killed_at_any_moment_leaves_the_old_content_or_the_new() {
    let scratch = folder();
    let zones = zone_file(scratch.path());
    let hash_of_red_line = |workspace: &Path| -> String {
        let report = run(&["areas", "--workspace", workspace.to_str().unwrap(), "--format", "json"]).exits(0).json();
        let layers = report["workspace"]["layers"].as_array().unwrap().clone();
        layers.iter().find(|l| l["role"] == "red-line").unwrap()["sha256"].as_str().unwrap().to_owned()
    };
    let done = copy_of_workspace(scratch.path());
    let old = hash_of_red_line(&done);
    import_into(&done, &zones).exits(0);
    let new = hash_of_red_line(&done);
    assert_ne!(old, new);
    for milliseconds in [1, 5, 20, 60, 150, 400] {
        let workspace = copy_of_workspace(scratch.path());
        let mut import = command(&[
            "import",
            zones.to_str().unwrap(),
            "--as",
            "red-line",
            "--workspace",
            workspace.to_str().unwrap(),
            "--date",
            "2019-01-01",
        ])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        import.kill().unwrap();
        import.wait().unwrap();
        let found = hash_of_red_line(&workspace);
        assert!(found == old || found == new, "killed after {milliseconds} ms");
        let _ = std::fs::remove_file(workspace.with_extension("gpkg-journal"));
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

#[track_caller]
fn shell(program: &str, arguments: &[&str]) {
    ogr::tool(Command::new(program).args(arguments));
}
