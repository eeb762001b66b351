//! Overviews of large layers: what they show, where they are kept, what becomes of them.
#![allow(clippy::unwrap_used, clippy::expect_used)] // test code

mod common;

use common::*;
use redline_cartography::{OVERVIEW_FROM, Readers, TileSource, keep_overview, overview_zoom};
use redline_workspace::Workspace;
use redline_zoning::{LayerRole, Zone};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const CODES: [&str; 5] = ["0101", "0301", "1101", "0701", "1003"];

/// 12 100 parcels of about 25 m with slanting borders; the code of some is rare.
fn parcels() -> Vec<Zone> {
    let corner = |i: usize, j: usize| {
        let bent = |n: usize| (n * 7919 % 13) as f64 - 6.0;
        (i as f64 * 25.0 + bent(i * 31 + j * 17), j as f64 * 25.0 + bent(i * 11 + j * 29))
    };
    (0..110 * 110)
        .map(|n| {
            let (i, j) = (n % 110, n / 110);
            let ring = vec![corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1), corner(i, j)];
            let code = match (i / 7 * 5 + j / 5 * 3) % 11 {
                0..=4 => CODES[0],
                5..=7 => CODES[1],
                8 => CODES[2],
                9 => CODES[3],
                _ => CODES[4],
            };
            zone(&format!("{n:05}"), code, vec![polygon(&[ring])])
        })
        .collect()
}

fn city(folder: &Path) -> PathBuf {
    workspace(folder, LayerRole::LandUse, parcels())
}

fn open(path: &Path, cache: &Path) -> TileSource {
    TileSource::open(&Arc::new(Readers::new(path)), &only_layer(path), Some(cache)).unwrap()
}

/// Area by key within the tiles themselves, as parts of the whole.
fn shares(source: &TileSource, z: u8) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    let (mut x_min, mut y_min) = (u32::MAX, u32::MAX);
    let tiles = all_tiles(source, z);
    tiles.iter().for_each(|t| (x_min, y_min) = (x_min.min(t.0), y_min.min(t.1)));
    for feature in tiles.iter().flat_map(|t| &t.2) {
        // cells are 16 units: count their middles inside the tile by its rings' rows
        let mut inside = 0;
        for row in 0..256_i64 {
            let y = row * 16 + 8;
            let mut at: Vec<i64> = Vec::new();
            for ring in &feature.rings {
                for i in 0..ring.len() {
                    let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                    assert!(a.0 == b.0 || a.1 == b.1, "cells have upright sides");
                    if (a.1 < y) != (b.1 < y) {
                        at.push(a.0.clamp(0, 4096));
                    }
                }
            }
            at.sort_unstable();
            inside += at.chunks(2).map(|p| p[1] - p[0]).sum::<i64>();
        }
        *sums.entry(feature.key().to_owned()).or_insert(0.0) += inside as f64;
        assert_eq!(feature.id, None, "it stands for many zones");
    }
    let whole: f64 = sums.values().sum();
    sums.into_iter().map(|(k, v)| (k, v / whole)).collect()
}

#[test]
fn the_shares_of_land_use_seen_from_afar_are_the_true_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path());
    let layer = only_layer(&path);
    assert!(layer.features >= OVERVIEW_FROM);
    let finest = overview_zoom(&layer).unwrap();
    let source = open(&path, folder.path());
    source.prepare(&mut |_, _| {}, &|| false).unwrap();
    let mut truth: BTreeMap<String, f64> = BTreeMap::new();
    for group in Workspace::open(&path).unwrap().areas_by(&layer).unwrap() {
        let key = redline_cartography::key_of_sums(layer.role, &group);
        *truth.entry(key).or_default() += group.planar_m2 / layer.planar_m2;
    }
    assert_eq!(truth.len(), CODES.len());
    for (z, tolerance) in [(finest, 0.005), (finest - 1, 0.01), (finest - 2, 0.02)] {
        let seen = shares(&source, z);
        for (key, share) in &truth {
            let found = seen.get(key).copied().unwrap_or(0.0);
            assert!((found - share).abs() < tolerance, "zoom {z}, {key}: {found} for {share}");
        }
    }
    // one zoom closer, the parcels themselves
    let closer = all_tiles(&source, finest + 1);
    assert!(closer.iter().flat_map(|t| &t.2).any(|f| f.properties.contains_key("id")));
}

#[test]
fn a_map_waits_for_the_overview_then_finds_it_in_the_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cache) = (city(folder.path()), folder.path().join("缓存"));
    let bytes = std::fs::read(&path).unwrap();
    let first = open(&path, &cache);
    assert!(!first.overview_ready());
    let (x, y) = tile_at(113.33, 23.04, 10);
    assert_eq!(first.tile(10, x, y, &|| false).unwrap_err().code, "overview-not-ready");
    let mut told = Vec::new();
    assert!(first.prepare(&mut |done, total| told.push((done, total)), &|| false).unwrap());
    assert_eq!(told.last(), Some(&(12_100, 12_100)));
    assert!(told.windows(2).all(|w| w[0].0 <= w[1].0));
    assert!(first.overview_ready());
    let tiles = all_tiles(&first, 10);
    assert!(tiles.iter().any(|t| !t.2.is_empty()));
    // another window, another day
    let second = open(&path, &cache);
    assert!(second.overview_ready());
    assert!(!second.prepare(&mut |_, _| {}, &|| false).unwrap(), "nothing to build");
    assert_eq!(all_tiles(&second, 10), tiles);
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "reading writes nothing");
    // a spoiled cache is made again
    let file = std::fs::read_dir(cache.join("tiles")).unwrap().next().unwrap().unwrap().path();
    let mut spoiled = std::fs::read(&file).unwrap();
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 0x55;
    std::fs::write(&file, spoiled).unwrap();
    let third = open(&path, &cache);
    assert!(!third.overview_ready());
    assert!(third.prepare(&mut |_, _| {}, &|| false).unwrap());
    assert_eq!(all_tiles(&third, 10), tiles);
    assert_eq!(std::fs::read_dir(cache.join("tiles")).unwrap().count(), 1, "no half file is left behind");
}

#[test]
fn an_overview_kept_in_the_workspace_serves_at_once_and_changes_no_hash() {
    let folder = tempfile::tempdir().unwrap();
    let (path, nowhere) = (city(folder.path()), folder.path().join("none"));
    let before = only_layer(&path);
    let mut editing = Workspace::open_for_editing(&path).unwrap();
    assert!(keep_overview(&mut editing, "land_use", &mut |_, _| {}, &|| false).unwrap());
    editing.verify_file().unwrap();
    drop(editing);
    assert_eq!(only_layer(&path), before);
    let source = open(&path, &nowhere);
    assert!(source.overview_ready());
    assert!(all_tiles(&source, 12).iter().any(|t| !t.2.is_empty()));
    assert!(!nowhere.exists());
    // the same cells, wherever they were painted
    let elsewhere = tempfile::tempdir().unwrap();
    let other = open(&city(elsewhere.path()), elsewhere.path());
    other.prepare(&mut |_, _| {}, &|| false).unwrap();
    assert_eq!(all_tiles(&other, 12), all_tiles(&source, 12));
}

#[test]
fn a_workspace_of_the_first_version_is_opened_drawn_and_imported_into() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path());
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TABLE redline_overview; DELETE FROM gpkg_extensions WHERE table_name = 'redline_overview';",
    )
    .unwrap();
    drop(conn);
    let source = open(&path, folder.path());
    assert!(!source.overview_ready());
    assert!(source.prepare(&mut |_, _| {}, &|| false).unwrap());
    assert!(source.overview_ready());
    assert_eq!(source.troubles(), []);
    let mut editing = Workspace::open_for_editing(&path).unwrap();
    assert!(keep_overview(&mut editing, "land_use", &mut |_, _| {}, &|| false).unwrap());
    drop(editing);
    assert!(open(&path, &folder.path().join("none")).overview_ready());
    let conn = rusqlite::Connection::open(&path).unwrap();
    let declared: i64 = conn
        .query_row("SELECT count(*) FROM gpkg_extensions WHERE table_name = 'redline_overview'", [], |r| r.get(0))
        .unwrap();
    assert_eq!(declared, 1);
}

#[test]
fn a_layer_edited_in_another_program_is_painted_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path());
    let mut editing = Workspace::open_for_editing(&path).unwrap();
    keep_overview(&mut editing, "land_use", &mut |_, _| {}, &|| false).unwrap();
    drop(editing);
    let conn = rusqlite::Connection::open(&path).unwrap();
    // as QGIS would, which brings the functions that the triggers ask for
    for name in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
        conn.create_scalar_function(name, 1, rusqlite::functions::FunctionFlags::default(), |_| Ok(0)).unwrap();
    }
    conn.execute_batch("UPDATE land_use SET code = '1101'").unwrap();
    drop(conn);
    assert!(only_layer(&path).edited_outside);
    let source = open(&path, folder.path());
    assert!(!source.overview_ready(), "what was kept speaks of other zones");
    source.prepare(&mut |_, _| {}, &|| false).unwrap();
    let keys: Vec<String> = all_tiles(&source, 12).iter().flat_map(|t| &t.2).map(|f| f.key().to_owned()).collect();
    assert!(!keys.is_empty() && keys.iter().all(|k| k == "11"), "{keys:?}");
}

#[test]
fn a_person_can_stop_the_painting_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cache) = (city(folder.path()), folder.path().join("cache"));
    let source = open(&path, &cache);
    let asked = Cell::new(0);
    let stop_soon = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    assert_eq!(source.prepare(&mut |_, _| {}, &stop_soon).unwrap_err().code, "cancelled");
    assert!(asked.get() <= 5);
    assert!(!source.overview_ready() && !cache.exists());
    assert!(source.prepare(&mut |_, _| {}, &|| false).unwrap(), "and begin again");
}

#[test]
fn a_cache_that_cannot_be_written_is_told_and_the_map_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path());
    let not_a_folder = folder.path().join("file");
    std::fs::write(&not_a_folder, "x").unwrap();
    let source = open(&path, &not_a_folder);
    assert!(source.prepare(&mut |_, _| {}, &|| false).unwrap());
    assert!(source.overview_ready());
    assert!(source.troubles()[0].en.contains("cache folder"), "{:?}", source.troubles());
}

#[test]
fn a_damaged_parcel_is_left_out_of_the_overview_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = city(folder.path());
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(
        "DROP TRIGGER rtree_land_use_geom_update1; DROP TRIGGER rtree_land_use_geom_update2;
         DROP TRIGGER rtree_land_use_geom_update3; DROP TRIGGER rtree_land_use_geom_update4;
         UPDATE land_use SET geom = x'4750000100' WHERE fid = 77;",
    )
    .unwrap();
    drop(conn);
    let source = open(&path, folder.path());
    source.prepare(&mut |_, _| {}, &|| false).unwrap();
    let troubles = source.troubles();
    assert_eq!(troubles.len(), 1);
    assert!(troubles[0].zh.contains("fid 为 77"), "{troubles:?}");
}

#[test]
fn a_layer_of_few_zones_is_ready_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let source = tiles(&workspace(
        folder.path(),
        LayerRole::RedLine,
        vec![zone("A", "", vec![polygon(&[square(0.0, 0.0, 9e3)])])],
    ));
    assert!(source.overview_ready());
    assert!(!source.prepare(&mut |_, _| {}, &|| false).unwrap());
    assert!(all_tiles(&source, 6).iter().any(|t| !t.2.is_empty()));
}
