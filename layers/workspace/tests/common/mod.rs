//! A small city for the tests of the workspace.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic)]

use geo_types::{LineString, MultiPolygon, Polygon};
use jiff::civil::{Date, date};
use redline_geometry::{Ellipsoid, GaussKruger, Grid};
use redline_workspace::{NewRevision, Settings, Workspace, layer_name};
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use std::path::{Path, PathBuf};

pub const EAST: f64 = 38_430_000.0;
pub const NORTH: f64 = 2_550_000.0;

pub fn settings() -> Settings {
    let plane = GaussKruger { ellipsoid: Ellipsoid::CGCS2000, central_meridian: 114.0, false_easting: 38_500_000.0 };
    let grid = Grid { origin_x: EAST, origin_y: NORTH, step_exponent: -24 };
    let mut settings = Settings::new(4526, plane, grid, date(2018, 1, 1));
    settings.city = "广州".into();
    settings.more.insert("seed".into(), "7".into());
    settings
}

/// A square zone, `x` and `y` metres from the corner of the city.
pub fn square(id: &str, x: f64, y: f64, side: f64) -> Zone {
    let (x, y) = (EAST + x, NORTH + y);
    let ring = vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
    Zone {
        facts: ZoneFacts {
            id: id.into(),
            name: format!("图斑{id}"),
            class: Some("agricultural".into()),
            code: Some("011".into()),
            declared_m2: Some(side * side),
            attributes: [("DLMC".to_owned(), "水田 \"x\"".to_owned())].into(),
            ..ZoneFacts::default()
        },
        shape: MultiPolygon::new(vec![Polygon::new(LineString::from(ring), vec![])]),
    }
}

/// `n` × `n` squares of 100 m, ids by row and column.
pub fn parcels(n: usize) -> Vec<Zone> {
    (0..n * n)
        .map(|i| square(&format!("{:04}-{:04}", i / n, i % n), (i % n) as f64 * 100.0, (i / n) as f64 * 100.0, 100.0))
        .collect()
}

pub fn revision(role: LayerRole, on: Date) -> NewRevision {
    NewRevision {
        role,
        name: layer_name(role).into(),
        title: format!("{role:?} 图层"),
        date: on,
        author: "张三".into(),
        reason: "年度更新".into(),
        file_name: "数据.shp".into(),
        file_sha256: "00".repeat(32),
        source_date: Some("2015".into()),
        stated_extent: None,
        notes: vec![serde_json::json!({"code": "t-junction"})],
    }
}

pub fn day(y: i16) -> Date {
    date(y, 6, 1)
}

/// A workspace with one land-use revision of `n` × `n` parcels.
pub fn city(folder: &Path, n: usize) -> PathBuf {
    let path = folder.join("城市 a?b#.gpkg");
    let mut w = Workspace::create(&path, &settings()).unwrap();
    w.add_revision(&revision(LayerRole::LandUse, day(2018)), parcels(n), &mut |_| {}).unwrap();
    path
}

/// The content hash of the land use as a reader finds it.
pub fn land_use_hash(path: &Path) -> String {
    let w = Workspace::open(path).unwrap();
    let layer = w.layers().unwrap().into_iter().find(|l| l.role == LayerRole::LandUse).unwrap();
    // the record must speak of what is there
    assert_eq!(w.all_zones(&layer).unwrap().len() as u64, layer.features);
    layer.sha256
}

/// Names of the files in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
