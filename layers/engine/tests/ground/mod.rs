//! A small ground to review on: three layers of plain squares around E 38 500 000, N 2 550 000,
//! where every overlap is known by heart.
#![allow(dead_code, clippy::unwrap_used)]

use geo_types::{LineString, MultiPolygon, Polygon};
use jiff::civil::{Date, date};
use redline_engine::{CheckRequest, LayerRole};
use redline_geometry::{Ellipsoid, GaussKruger, Grid, Shape};
use redline_workspace::{NewRevision, Settings, Workspace, layer_name};
use redline_zoning::{Zone, ZoneFacts};
use std::path::{Path, PathBuf};

pub const E: f64 = 38_500_000.0;
pub const N: f64 = 2_550_000.0;

/// A rectangle; metres from (`E`, `N`).
pub fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> Shape {
    let ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)].map(|(x, y)| (E + x, N + y));
    MultiPolygon(vec![Polygon::new(LineString::from(ring.to_vec()), Vec::new())])
}

pub fn zone(id: &str, class: Option<&str>, tier: Option<&str>, shape: Shape) -> Zone {
    let facts = ZoneFacts {
        id: id.into(),
        name: format!("分区{id}"),
        class: class.map(Into::into),
        tier: tier.map(Into::into),
        ..ZoneFacts::default()
    };
    Zone { facts, shape }
}

pub fn plane() -> GaussKruger {
    GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0)
}

/// Red line 0–1000 × 0–1000 (statutory west half, important east half), control line around it
/// (tier 1 up to 2000, tier 2 up to 4000), both saying they cover 0–10 000.
pub fn workspace(dir: &Path) -> PathBuf {
    let path = dir.join("city.gpkg");
    let grid = Grid::around(E, N);
    let mut workspace = Workspace::create(&path, &Settings::new(4526, plane(), grid, date(2016, 8, 10))).unwrap();
    add(
        &mut workspace,
        LayerRole::RedLine,
        date(2016, 8, 10),
        vec![
            zone("S1", Some("statutory"), None, rectangle(0.0, 0.0, 500.0, 1000.0)),
            zone("I1", Some("important"), None, rectangle(500.0, 0.0, 1000.0, 1000.0)),
        ],
    );
    add(
        &mut workspace,
        LayerRole::ControlLine,
        date(2016, 8, 10),
        vec![
            zone("T1", None, Some("1"), rectangle(0.0, 0.0, 2000.0, 1000.0)),
            zone("T2", None, Some("2"), rectangle(2000.0, 0.0, 4000.0, 1000.0)),
        ],
    );
    path
}

/// Makes `book` the workspace's own.
pub fn default_book(workspace: &Path, book: &str) {
    let mut workspace = Workspace::open_for_editing(workspace).unwrap();
    let settings = Settings { rule_book: Some(book.into()), ..workspace.settings().clone() };
    workspace.set_settings(&settings).unwrap();
}

pub fn add(workspace: &mut Workspace, role: LayerRole, date: Date, zones: Vec<Zone>) {
    let revision = NewRevision {
        role,
        name: layer_name(role).into(),
        title: role.word().zh,
        date,
        author: String::new(),
        reason: String::new(),
        file_name: "测试.gpkg".into(),
        file_sha256: String::new(),
        source_date: None,
        stated_extent: Some([E, N, E + 10_000.0, N + 10_000.0]),
        notes: Vec::new(),
    };
    workspace.add_revision(&revision, zones, &mut |_| {}).unwrap();
}

/// Number, purpose and ring of a plot; metres from (`E`, `N`).
pub type PlotText<'a> = (&'a str, &'a str, &'a [(f64, f64)]);

/// Writes plots as a boundary-point TXT in EPSG:4526 and returns its path.
pub fn project(dir: &Path, name: &str, plots: &[PlotText<'_>]) -> PathBuf {
    project_in(dir, name, "2000国家大地坐标系", plots)
}

/// As [`project`], in a coordinate system by the name a header gives it.
pub fn project_in(dir: &Path, name: &str, system: &str, plots: &[PlotText<'_>]) -> PathBuf {
    let mut words = format!(
        "[属性描述]\n格式版本号=1.01\n坐标系={system}\n几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号=38\n精度=0.001\n转换参数=,,,,,,\n[地块坐标]\n",
    );
    for (id, purpose, ring) in plots {
        words += &format!("{},,{id},{id},面,,{purpose},,@\n", ring.len() + 1);
        for (n, (x, y)) in ring.iter().chain(ring.first()).enumerate() {
            words += &format!("J{},1,{},{}\n", n % ring.len() + 1, N + y, E + x);
        }
    }
    let path = dir.join(name);
    std::fs::write(&path, words).unwrap();
    path
}

/// Writes one GeoJSON feature of this geometry; read it with `crs` EPSG:4526.
pub fn feature(dir: &Path, name: &str, kind: &str, coordinates: &str) -> PathBuf {
    let path = dir.join(name);
    let words = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"DKBH":"1"}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    );
    std::fs::write(&path, words).unwrap();
    path
}

/// The coordinates of a line, as GeoJSON writes them; metres from (`E`, `N`).
pub fn line(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("[{},{}]", E + x, N + y)).collect();
    format!("[{}]", points.join(","))
}

pub fn square(x: f64, y: f64, side: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
}

pub fn request(workspace: &Path, files: &[PathBuf]) -> CheckRequest {
    CheckRequest {
        axes: None,
        accepted: Default::default(),
        files: files.to_vec(),
        workspace: workspace.into(),
        activity: None,
        stage: None,
        industry: None,
        rules: Some("guangzhou-2016".into()),
        date: date(2018, 6, 1),
        opinions: Vec::new(),
        layers_as_of: None,
        crs: None,
        width_m: None,
        no_land: false,
        sliver_m2: None,
        units: None,
        activities: None,
        save: false,
    }
}

/// The clock of a desk: noon of the first of June 2018.
pub fn noon() -> jiff::Zoned {
    jiff::civil::date(2018, 6, 1).at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap()
}
