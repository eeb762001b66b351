//! A small sheet that tests draw: a red line, a project across it, one overlap.
#![allow(dead_code)] // each test binary uses its own part

use geo_types::{Coord, LineString, Polygon};
use jiff::civil::date;
use redline_geometry::Shape;
use redline_sheet::{
    CrsRecord, Fonts, HeldZone, HeldZones, KeyArea, MapContent, MapLayer, OverlapPiece, PlotOutline, ProjectOutline,
    Sheet, SheetDescription, draw,
};
use redline_wording::text;
use redline_zoning::{LayerRole, Outcome};
use std::sync::LazyLock;

pub static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::installed);

pub const EAST: f64 = 38_640_000.0;
pub const NORTH: f64 = 2_551_000.0;

pub fn rectangle(x: f64, y: f64, w: f64, h: f64) -> Shape {
    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
    let ring: Vec<Coord<f64>> = corners.iter().map(|&(x, y)| Coord { x: EAST + x, y: NORTH + y }).collect();
    Shape::new(vec![Polygon::new(LineString::from(ring), Vec::new())])
}

pub fn degrees(x: f64, y: f64) -> Option<(f64, f64)> {
    Some((113.378 + (x - EAST) / 102_400.0, 23.051 + (y - NORTH) / 110_770.0))
}

pub fn zones() -> HeldZones {
    let zone = |key: &str, label: Option<&str>, shape| HeldZone {
        key: key.to_owned(),
        label: label.map(str::to_owned),
        shape,
    };
    HeldZones(vec![
        zone("statutory", Some("白云山"), rectangle(300.0, 0.0, 700.0, 500.0)),
        zone("important", None, rectangle(-800.0, -300.0, 300.0, 300.0)),
    ])
}

pub fn layer<'a>(role: LayerRole, zones: &'a HeldZones) -> MapLayer<'a> {
    MapLayer {
        role,
        name: role.word().zh,
        source: "批复成果".to_owned(),
        date: Some(date(2024, 12, 31)),
        areas: vec![KeyArea { key: "statutory".to_owned(), area_m2: 61_204.8 }],
        extent: None,
        zones,
    }
}

pub fn piece(number: &str, area_m2: f64, shape: Shape) -> OverlapPiece {
    OverlapPiece {
        number: number.to_owned(), outcome: Outcome::Prohibited, zone: "白云山".to_owned(), area_m2, shape
    }
}

pub fn content<'a>(layers: Vec<MapLayer<'a>>) -> MapContent<'a> {
    let mut content = MapContent::empty(CrsRecord {
        name: text!("2000国家大地坐标系" | "CGCS2000"),
        projection: text!("高斯-克吕格投影" | "Gauss-Kruger"),
        central_meridian_deg: 114.0,
        epsg: Some(4526),
        degrees: Some(&degrees),
    });
    content.layers = layers;
    content.projects = vec![ProjectOutline {
        name: "变电站".to_owned(),
        plots: vec![PlotOutline { label: "一号地块".to_owned(), shape: rectangle(0.0, 0.0, 500.0, 300.0) }],
    }];
    content.pieces = vec![piece("1", 60_000.0, rectangle(300.0, 0.0, 200.0, 300.0))];
    content.decided = Some(false);
    content
}

pub fn description() -> SheetDescription {
    let mut sheet = SheetDescription::preset("a4-landscape").unwrap();
    sheet.title = "压占分析图".to_owned();
    sheet.date = Some(date(2025, 3, 18));
    sheet
}

pub fn drawn(description: &SheetDescription, change: impl FnOnce(&mut MapContent<'_>)) -> Sheet {
    let zones = zones();
    let mut content = content(vec![layer(LayerRole::RedLine, &zones)]);
    change(&mut content);
    draw(description, &content, &FONTS).unwrap()
}
