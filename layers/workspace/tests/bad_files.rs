//! What is not a workspace, or not whole, is told in one sentence; nothing is changed.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::{Workspace, WorkspaceError};
use redline_zoning::LayerRole;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn refused(path: &Path) -> WorkspaceError {
    let read = Workspace::open(path).unwrap_err();
    let edit = Workspace::open_for_editing(path).unwrap_err();
    assert_eq!(read.code, edit.code);
    let name = path.file_name().unwrap().to_str().unwrap();
    for words in [&read.text.zh, &read.text.en] {
        assert!(words.contains(name), "{words}");
    }
    read
}

#[test]
fn missing_empty_and_foreign_files_are_told_apart() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert_eq!(refused(&at("nowhere.gpkg")).code, "workspace-missing");
    fs::create_dir(at("folder.gpkg")).unwrap();
    assert_eq!(refused(&at("folder.gpkg")).code, "not-a-geopackage");
    fs::write(at("empty.gpkg"), "").unwrap();
    assert_eq!(refused(&at("empty.gpkg")).code, "not-a-geopackage");
    fs::write(at("text.gpkg"), "[项目信息]\n".repeat(40)).unwrap();
    assert_eq!(refused(&at("text.gpkg")).code, "not-a-geopackage");
    Connection::open(at("plain.gpkg")).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert_eq!(refused(&at("plain.gpkg")).code, "not-a-geopackage");
    let other = Connection::open(at("other.gpkg")).unwrap();
    other.execute_batch("PRAGMA application_id = 1196444487; CREATE TABLE gpkg_contents (a)").unwrap();
    assert_eq!(refused(&at("other.gpkg")).code, "not-a-workspace");
    assert_eq!(names(folder.path()), ["empty.gpkg", "folder.gpkg", "other.gpkg", "plain.gpkg", "text.gpkg"]);
}

#[test]
fn a_newer_workspace_asks_for_an_upgrade() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 1);
    let conn = Connection::open(&path).unwrap();
    conn.execute("UPDATE redline_settings SET value = '2' WHERE key = 'format_version'", []).unwrap();
    conn.execute("DELETE FROM redline_settings WHERE key = 'city'", []).unwrap();
    assert_eq!(refused(&path).code, "workspace-newer");
}

#[test]
fn a_truncated_workspace_is_damaged_wherever_it_is_cut() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 12);
    let whole = fs::read(&path).unwrap();
    for part in [0.1, 0.5, 0.9] {
        let cut = folder.path().join(format!("cut{part}.gpkg"));
        fs::write(&cut, &whole[..(whole.len() as f64 * part) as usize]).unwrap();
        assert_eq!(refused(&cut).code, "workspace-damaged");
    }
    let cut = folder.path().join("cut.gpkg");
    fs::write(&cut, &whole[..50]).unwrap();
    assert_eq!(refused(&cut).code, "not-a-geopackage");
}

#[test]
fn overwritten_pages_give_an_error_or_an_answer_but_never_a_panic() {
    let folder = tempdir().unwrap();
    let whole = fs::read(city(folder.path(), 6)).unwrap();
    let path = folder.path().join("broken.gpkg");
    let mut refusals = 0;
    for page in 0..whole.len() / 4096 {
        let mut bytes = whole.clone();
        for (i, b) in bytes[page * 4096..].iter_mut().take(4096).enumerate() {
            *b = (i * 37 % 251) as u8;
        }
        fs::write(&path, bytes).unwrap();
        let read = || -> Result<(), WorkspaceError> {
            let w = Workspace::open(&path)?;
            for layer in w.layers()? {
                w.all_zones(&layer)?;
                w.zones_in(&layer, [EAST, NORTH, EAST + 1e3, NORTH + 1e3])?;
                w.areas_by(&layer)?;
            }
            w.reviews()?;
            w.verify_file()
        };
        refusals += usize::from(read().is_err());
    }
    assert!(refusals > whole.len() / 4096 / 2, "only {refusals} broken pages were noticed");
}

#[test]
fn a_hostile_geometry_names_layer_and_feature() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    let conn = Connection::open(&path).unwrap();
    for t in ["update1", "update2", "update3", "update4"] {
        conn.execute_batch(&format!("DROP TRIGGER rtree_land_use_geom_{t}")).unwrap();
    }
    conn.execute("UPDATE land_use SET geom = substr(geom, 1, 60) WHERE fid = 3", []).unwrap();
    let w = Workspace::open(&path).unwrap();
    let layer = &w.layers().unwrap()[0];
    let error = w.all_zones(layer).unwrap_err();
    assert_eq!(error.code, "zone-damaged");
    assert!(error.text.zh.contains("land_use") && error.text.zh.contains("fid 为 3"), "{error}");
    // the rest of the city can still be reviewed
    assert_eq!(w.zones_in(layer, [EAST + 110.0, NORTH + 10.0, EAST + 111.0, NORTH + 11.0]).unwrap().len(), 1);
}

#[test]
fn an_existing_file_is_never_overwritten_and_a_failed_creation_leaves_nothing() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    fs::write(&path, "mine").unwrap();
    assert_eq!(Workspace::create(&path, &settings()).unwrap_err().code, "workspace-exists");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    let nowhere = folder.path().join("no/such/folder.gpkg");
    assert_eq!(Workspace::create(&nowhere, &settings()).unwrap_err().code, "workspace-not-written");
    assert_eq!(names(folder.path()), ["a.gpkg"]);
}

#[test]
fn a_workspace_appears_under_its_name_only_when_its_first_layer_is_in() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let new = revision(LayerRole::LandUse, day(2018));
    let error = Workspace::create_with(&path, &settings(), |w| w.add_revision(&new, vec![], &mut |_| {})).unwrap_err();
    assert_eq!(error.code, "no-zones");
    assert!(names(folder.path()).is_empty());
    let made = Workspace::create_with(&path, &settings(), |w| {
        let info = w.add_revision(&new, parcels(2), &mut |_| {});
        assert!(!path.exists());
        info
    });
    assert_eq!(land_use_hash(&path), made.unwrap().sha256);
    assert_eq!(names(folder.path()), ["a.gpkg"]);
}

#[test]
fn zones_that_cannot_be_kept_are_refused_and_nothing_changes() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let before = fs::read(&path).unwrap();
    let mut w = Workspace::open_for_editing(&path).unwrap();
    let mut code =
        |zones: Vec<_>| w.add_revision(&revision(LayerRole::LandUse, day(2019)), zones, &mut |_| {}).unwrap_err().code;
    assert_eq!(code(vec![]), "no-zones");
    assert_eq!(code(vec![square("a", 0.0, 0.0, 1.0), square("b", f64::NAN, 0.0, 1.0)]), "zone-not-finite");
    assert_eq!(code(vec![square("a", 0.0, 0.0, 1.0), square("a", 9.0, 0.0, 1.0)]), "zone-id-repeated");
    drop(w);
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_source_that_fails_half_way_changes_nothing() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let before = fs::read(&path).unwrap();
    let mut w = Workspace::open_for_editing(&path).unwrap();
    let stop = WorkspaceError { code: "cancelled", text: redline_wording::Text::new("已取消", "cancelled") };
    let zones = parcels(80).into_iter().map(Ok).chain([Err(stop.clone())]);
    let mut told = 0;
    let error = w.try_add_revision(&revision(LayerRole::LandUse, day(2019)), zones, &mut |n| told = n).unwrap_err();
    assert_eq!(error, stop);
    assert!(told > 0);
    drop(w);
    assert!(fs::read(&path).unwrap() == before);
}
