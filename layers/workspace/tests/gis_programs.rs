//! Other GIS programs open the workspace as a GeoPackage like any other.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::{NewDraft, NewEdit, NewVersion, Workspace, ZoneChange};
use redline_zoning::LayerRole;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::tempdir;

fn run(program: &str, args: &[&str], path: &Path) -> Output {
    Command::new(program).args(args).arg(path).env("LC_ALL", "C.UTF-8").output().unwrap()
}

#[test]
fn ogrinfo_lists_layers_with_plane_counts_and_extent_and_no_warning() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    w.add_revision(&revision(LayerRole::LandUse, day(2019)), parcels(5), &mut |_| {}).unwrap();
    w.add_revision(&revision(LayerRole::RedLine, day(2019)), parcels(1), &mut |_| {}).unwrap();
    drop(w);
    let out = run("ogrinfo", &["-ro", "-so", "-al"], &path);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{text}");
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "");
    let layer = |name: &str| {
        let from = text.find(&format!("Layer name: {name}\n")).unwrap_or_else(|| panic!("no {name} in {text}"));
        let rest = &text[from + 1..];
        rest[..rest.find("Layer name: ").unwrap_or(rest.len())].to_owned()
    };
    let land_use = layer("land_use");
    assert!(land_use.contains("Feature Count: 25"), "{land_use}");
    assert!(land_use.contains("Geometry: Multi Polygon"), "{land_use}");
    assert!(land_use.contains("CGCS2000 / 3-degree Gauss-Kruger zone 38"), "{land_use}");
    assert!(land_use.contains("ID[\"EPSG\",4526]"), "{land_use}");
    assert!(
        land_use.contains("Extent: (38430000.000000, 2550000.000000) - (38430500.000000, 2550500.000000)"),
        "{land_use}"
    );
    assert!(layer("land_use_history").contains("Feature Count: 9"));
    assert!(layer("red_line").contains("Feature Count: 1"));
    assert!(layer("redline_revision").contains("Feature Count: 3"));
    assert_eq!(names(folder.path()).len(), 1, "ogrinfo left files, so the journal mode is not DELETE");
}

#[test]
fn gdal_finds_zones_by_place_through_our_index_and_reads_their_attributes() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 10);
    let out = run("ogrinfo", &["-ro", "-spat", "38430510", "2550210", "38430590", "2550290", "-geom=SUMMARY"], &path);
    let listing = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{listing}");
    let args = ["-ro", "-q", "-spat", "38430510", "2550210", "38430590", "2550290"];
    let out = Command::new("ogrinfo").args(args).arg(&path).arg("land_use").output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(text.matches("OGRFeature(").count(), 1, "{text}");
    assert!(text.contains("zone_id (String) = 0002-0005"), "{text}");
    assert!(text.contains("水田"), "{text}");
}

#[test]
fn an_edit_in_another_program_is_noticed_and_the_next_import_heals_it() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    // GDAL edits as QGIS does, through the triggers
    let sql = "UPDATE land_use SET geom = (SELECT geom FROM land_use WHERE fid = 9) WHERE fid = 1";
    let out = run("ogrinfo", &["-q", "-sql", sql], &path);
    assert!(out.status.success(), "{out:?}");
    let w = Workspace::open(&path).unwrap();
    let layer = w.layers().unwrap().remove(0);
    assert!(layer.edited_outside);
    // the spatial index followed the edit
    assert_eq!(w.zones_in(&layer, [EAST + 250.0, NORTH + 250.0, EAST + 251.0, NORTH + 251.0]).unwrap().len(), 2);
    assert_eq!(w.zones_in(&layer, [EAST + 50.0, NORTH + 50.0, EAST + 51.0, NORTH + 51.0]).unwrap().len(), 0);
    drop(w);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    w.add_revision(&revision(LayerRole::LandUse, day(2020)), parcels(2), &mut |_| {}).unwrap();
    assert!(!w.layers().unwrap()[0].edited_outside);
}

#[test]
fn a_workspace_with_drafts_and_versions_is_a_geopackage_like_any_other_and_an_edit_outside_is_noticed() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 3);
    let mut w = Workspace::open_for_drafting(&path).unwrap();
    let started = jiff::Timestamp::UNIX_EPOCH;
    let new = NewDraft { name: "草案".into(), author: String::new(), started };
    let draft = w.start_draft("land_use", &new).unwrap().id;
    let before = w.draft_zone(draft, "0000-0000").unwrap();
    let after = Some(square("0000-0000", -100.0, 0.0, 200.0));
    let changes = vec![ZoneChange { before, after }];
    let edit = NewEdit { at: started, kind: "reshape".into(), command: serde_json::Value::Null, changes };
    w.apply_edit(draft, &edit).unwrap();
    let version = NewVersion { title: "稿".into(), author: String::new(), reason: String::new(), date: day(2020) };
    w.confirm_draft(draft, &version).unwrap();
    w.start_draft("land_use", &new).unwrap();
    w.close().unwrap();

    let out = run("ogrinfo", &["-ro", "-so", "-al"], &path);
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!((out.status.success(), String::from_utf8(out.stderr).unwrap().as_str()), (true, ""));
    assert!(text.contains("Feature Count: 9") && text.contains("Feature Count: 1"), "{text}");
    assert!(text.contains("Extent: (38429900.000000, 2550000.000000)"), "{text}");
    let args = ["-ro", "-q", "-spat", "38429910", "2550010", "38429920", "2550020"];
    let out = Command::new("ogrinfo").args(args).arg(&path).arg("land_use").output().unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap().matches("OGRFeature(").count(), 1);

    assert!(!Workspace::open(&path).unwrap().layer("land_use").unwrap().edited_outside);
    let sql = "UPDATE land_use SET name = 'x' WHERE zone_id = '0002-0002'";
    assert!(Command::new("ogrinfo").args(["-q", "-sql", sql]).arg(&path).output().unwrap().status.success());
    let w = Workspace::open(&path).unwrap();
    assert!(w.layer("land_use").unwrap().edited_outside);
    // the draft sees the layer as it is, so an edit made on what was there is refused
    let draft = w.drafts().unwrap()[0].id;
    assert_eq!(w.draft_zone(draft, "0002-0002").unwrap().unwrap().facts.name, "x");
}
