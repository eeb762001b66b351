//! Measures the workspace at city size: imports N land-use parcels (default 1 000 000), replaces
//! them once, then opens the file anew and fetches the parcels around one footprint.
//!
//! `cargo run --release -p redline-workspace --example million_parcels -- [N]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a measurement, run by hand

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use jiff::civil::date;
use redline_geometry::{Ellipsoid, GaussKruger, Grid};
use redline_workspace::{NewRevision, Settings, Workspace, layer_name};
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use std::time::Instant;

const EAST: f64 = 38_430_000.0;
const NORTH: f64 = 2_550_000.0;

/// A parcel of 86 m with a wavy rim, 12 to 36 vertices.
fn parcel(i: usize, side: usize) -> Zone {
    let (x, y) = ((i % side) as f64 * 86.0, (i / side) as f64 * 86.0);
    let vertices = 12 + 12 * (i % 3);
    let mut ring: Vec<Coord<f64>> = (0..vertices)
        .map(|k| {
            let turn = k as f64 / vertices as f64 * std::f64::consts::TAU;
            let r = 40.0 + 3.0 * (5.0 * turn + i as f64).sin();
            Coord { x: EAST + x + r * turn.cos(), y: NORTH + y + r * turn.sin() }
        })
        .collect();
    ring.push(ring[0]);
    let code = ["0101", "0201", "0301", "0701", "1001"][i % 5];
    let attributes = [
        ("BSM", format!("4401{i:014}")),
        ("DLMC", "乔木林地".into()),
        ("QSDWMC", "某村".into()),
        ("TBMJ", "5000.00".into()),
    ];
    Zone {
        facts: ZoneFacts {
            id: format!("4401{i:014}"),
            class: Some("agricultural".into()),
            code: Some(code.into()),
            declared_m2: Some(5000.0),
            attributes: attributes.into_iter().map(|(k, v)| (k.to_owned(), v)).collect(),
            ..ZoneFacts::default()
        },
        shape: MultiPolygon::new(vec![Polygon::new(LineString::new(ring), vec![])]),
    }
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let [read, path] = given.as_slice()
        && read == "--read"
    {
        return fetch(path);
    }
    let n: usize = given.first().map_or(1_000_000, |n| n.parse().expect("a number of parcels"));
    let side = (n as f64).sqrt().ceil() as usize;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.gpkg");
    let plane = GaussKruger { ellipsoid: Ellipsoid::CGCS2000, central_meridian: 114.0, false_easting: 38_500_000.0 };
    let grid = Grid { origin_x: EAST, origin_y: NORTH, step_exponent: -24 };
    let mut w = Workspace::create(&path, &Settings::new(4526, plane, grid, date(2018, 1, 1))).unwrap();
    for year in [2018, 2019] {
        let new = NewRevision {
            role: LayerRole::LandUse,
            name: layer_name(LayerRole::LandUse).into(),
            title: "地类图斑".into(),
            date: date(year, 1, 1),
            author: String::new(),
            reason: String::new(),
            file_name: "DLTB.shp".into(),
            file_sha256: String::new(),
            source_date: None,
            stated_extent: None,
            notes: vec![],
        };
        let start = Instant::now();
        let info = w.add_revision(&new, (0..n).map(|i| parcel(i, side)), &mut |_| {}).unwrap();
        println!(
            "import {year}: {} zones in {:.1} s, file {} MB, peak {} MB, sha256 {}…",
            info.features,
            start.elapsed().as_secs_f64(),
            std::fs::metadata(&path).unwrap().len() / 1_000_000,
            peak_mb(),
            &info.sha256[..12]
        );
    }
    drop(w);
    // a process of its own, so that its memory is its own
    let me = std::env::current_exe().unwrap();
    assert!(std::process::Command::new(me).arg("--read").arg(&path).status().unwrap().success());
}

fn fetch(path: &str) {
    let start = Instant::now();
    let w = Workspace::open(path).unwrap();
    let layer = w.layers().unwrap().remove(0);
    let extent = layer.extent.unwrap();
    let (x, y) = ((extent[0] + extent[2]) / 2.0, (extent[1] + extent[3]) / 2.0);
    let near = w.zones_in(&layer, [x, y, x + 1000.0, y + 1000.0]).unwrap();
    println!(
        "open and fetch {} zones around a footprint: {:.1} ms, peak {} MB",
        near.len(),
        start.elapsed().as_secs_f64() * 1e3,
        peak_mb()
    );
    let start = Instant::now();
    let before = w.layers_as_of(date(2018, 6, 1)).unwrap().remove(0);
    let then = w.zones_in(&before, [x, y, x + 1000.0, y + 1000.0]).unwrap();
    assert_eq!(near, then);
    println!("the same as it stood a revision ago: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let groups = w.areas_by(&layer).unwrap();
    println!("areas by class and code: {} groups in {:.1} ms", groups.len(), start.elapsed().as_secs_f64() * 1e3);
}
