//! Layers come in as dated revisions and are read as they stand or stood.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
use common::*;
use redline_workspace::Workspace;
use redline_zoning::LayerRole;
use tempfile::tempdir;

#[test]
fn what_was_imported_is_read_back() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 5);
    let w = Workspace::open(&path).unwrap();
    assert_eq!(w.settings(), &settings());
    assert_eq!(w.crs_epsg(), 4526);
    let layers = w.layers().unwrap();
    assert_eq!(layers.len(), 1);
    let layer = &layers[0];
    assert_eq!((layer.features, layer.revision, layer.date), (25, 1, day(2018)));
    assert_eq!(layer.extent, Some([EAST, NORTH, EAST + 500.0, NORTH + 500.0]));
    assert_eq!(w.extent().unwrap(), layer.extent);
    assert!((layer.planar_m2 - 250_000.0).abs() < 1e-6);
    // at 70 km from the meridian the plane is 0.012 % too large
    assert!(layer.ellipsoidal_m2 < 249_990.0 && layer.ellipsoidal_m2 > 249_950.0);
    let mut expected = parcels(5);
    expected.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
    assert_eq!(w.all_zones(layer).unwrap(), expected);
    let groups = w.areas_by(layer).unwrap();
    assert_eq!(groups.len(), 1);
    assert_eq!((groups[0].code.as_deref(), groups[0].features), (Some("011"), 25));
    assert_eq!(groups[0].ellipsoidal_m2, layer.ellipsoidal_m2);
    assert_eq!(groups[0].declared_m2, Some(250_000.0));
    let zones = w.zone_summaries(layer).unwrap();
    assert_eq!(zones.len(), 25);
    assert_eq!(zones[3].facts, expected[3].facts);
    w.verify_file().unwrap();
}

#[test]
fn only_zones_that_touch_the_place_asked_for_come_back() {
    let folder = tempdir().unwrap();
    let w = Workspace::open(city(folder.path(), 20)).unwrap();
    let layer = &w.layers().unwrap()[0];
    // within one parcel, 1 m off its edges: f32 bounds are 4 m wide of the mark here
    let place = [EAST + 701.0, NORTH + 301.0, EAST + 799.0, NORTH + 399.0];
    let ids: Vec<String> = w.zones_in(layer, place).unwrap().into_iter().map(|z| z.facts.id).collect();
    assert_eq!(ids, ["0003-0007"]);
    assert_eq!(w.zones_in(layer, [0.0, 0.0, 1.0, 1.0]).unwrap(), []);
}

#[test]
fn a_review_of_a_past_day_reads_what_stood_then() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 4);
    let first = land_use_hash(&path);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    let moved = vec![square("a", 0.0, 0.0, 50.0), square("b", 1000.0, 0.0, 50.0)];
    w.add_revision(&revision(LayerRole::LandUse, day(2020)), moved, &mut |_| {}).unwrap();
    w.add_revision(&revision(LayerRole::RedLine, day(2021)), vec![square("r", 0.0, 0.0, 9.0)], &mut |_| {}).unwrap();
    let third = vec![square("c", 0.0, 0.0, 70.0)];
    w.add_revision(&revision(LayerRole::LandUse, day(2022)), third, &mut |_| {}).unwrap();

    let r = Workspace::open(&path).unwrap();
    assert_eq!(r.layers_as_of(day(2017)).unwrap(), []);
    let then = r.layers_as_of(day(2019)).unwrap();
    assert_eq!(then.len(), 1);
    assert_eq!((then[0].sha256.as_str(), then[0].revision, then[0].features), (first.as_str(), 1, 16));
    assert_eq!(r.all_zones(&then[0]).unwrap(), parcels(4));
    assert_eq!(r.zones_in(&then[0], [EAST, NORTH, EAST + 10.0, NORTH + 10.0]).unwrap().len(), 1);
    let later = &r.layers_as_of(day(2020)).unwrap()[0];
    let ids: Vec<String> = r.all_zones(later).unwrap().into_iter().map(|z| z.facts.id).collect();
    assert_eq!((ids, later.revision), (vec!["a".to_owned(), "b".to_owned()], 2));
    assert_eq!(r.zones_in(later, [EAST + 1001.0, NORTH, EAST + 1002.0, NORTH + 1.0]).unwrap().len(), 1);
    let now = r.layers().unwrap();
    let roles: Vec<_> = now.iter().map(|l| (l.role, l.revision)).collect();
    assert_eq!(roles, [(LayerRole::RedLine, 3), (LayerRole::LandUse, 4)]);
    assert_eq!(r.all_zones(&now[1]).unwrap().len(), 1);
    assert_eq!(r.revision_number().unwrap(), 4);
    assert_eq!(r.revisions().unwrap().iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    r.verify_file().unwrap();
}

#[test]
fn a_reader_keeps_its_revision_while_an_import_replaces_the_layer() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 4);
    let reader = Workspace::open(&path).unwrap();
    let layer = reader.layers().unwrap().remove(0);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    w.add_revision(&revision(LayerRole::LandUse, day(2020)), vec![square("a", 0.0, 0.0, 5.0)], &mut |_| {}).unwrap();
    assert_eq!(reader.all_zones(&layer).unwrap(), parcels(4));
}

#[test]
fn the_order_of_the_file_does_not_change_the_content_hash_but_a_coordinate_does() {
    let folder = tempdir().unwrap();
    let mut w = Workspace::create(folder.path().join("w.gpkg"), &settings()).unwrap();
    let mut add = |zones: Vec<_>| w.add_revision(&revision(LayerRole::LandUse, day(2018)), zones, &mut |_| {}).unwrap();
    let there = add(parcels(9));
    let back = add(parcels(9).into_iter().rev().collect());
    assert_eq!(there.sha256, back.sha256);
    assert_eq!(there.ellipsoidal_m2, back.ellipsoidal_m2);
    let mut zones = parcels(9);
    zones[40] = square("0004-0004", 400.000_001, 400.0, 100.0);
    assert_ne!(add(zones).sha256, there.sha256);
}

#[test]
fn the_same_inputs_give_the_same_file_bytes() {
    let folder = tempdir().unwrap();
    let make = |name: &str| {
        let path = folder.path().join(name);
        let mut w = Workspace::create(&path, &settings()).unwrap();
        for year in [2018, 2019] {
            w.add_revision(&revision(LayerRole::LandUse, day(year)), parcels(12), &mut |_| {}).unwrap();
        }
        drop(w);
        std::fs::read(path).unwrap()
    };
    assert!(make("a.gpkg") == make("b.gpkg"));
}

#[test]
fn a_backdated_revision_a_foreign_role_and_a_bad_name_are_refused() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 2);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    let mut code = |new| w.add_revision(&new, parcels(1), &mut |_| {}).unwrap_err().code;
    assert_eq!(code(revision(LayerRole::LandUse, day(2017))), "revision-backdated");
    let mut new = revision(LayerRole::RedLine, day(2019));
    new.name = "land_use".into();
    assert_eq!(code(new.clone()), "layer-role");
    new.name = "x\"; DROP TABLE land_use; --".into();
    assert_eq!(code(new), "layer-name");
    assert_eq!(Workspace::open(&path).unwrap().revision_number().unwrap(), 1);
}

#[test]
fn settings_can_change_but_not_the_plane() {
    let folder = tempdir().unwrap();
    let path = city(folder.path(), 1);
    let mut w = Workspace::open_for_editing(&path).unwrap();
    let mut new = settings();
    new.rule_book = Some("guangzhou-2016".into());
    w.set_settings(&new).unwrap();
    assert_eq!(Workspace::open(&path).unwrap().settings(), &new);
    new.epsg = 4527;
    assert_eq!(w.set_settings(&new).unwrap_err().code, "workspace-plane-fixed");
}
