//! Draws a review sheet of a made-up piece of city: `cargo run -p redline-sheet --example sheet -- FOLDER [PRESET] [LANG]`.

use geo_types::{Coord, LineString, Polygon};
use jiff::civil::date;
use redline_geometry::Shape;
use redline_sheet::{
    CrsRecord, District, Fonts, HeldZone, HeldZones, KeyArea, MapContent, MapLayer, OverlapPiece, PlotOutline,
    ProjectOutline, Rect, SheetDescription, draw,
};
use redline_wording::{Lang, Text, text};
use redline_zoning::{LayerRole, Outcome};
use std::error::Error;
use std::path::PathBuf;

/// The middle of the piece of city, metres of zone 38.
const EAST: f64 = 38_640_000.0;
const NORTH: f64 = 2_551_000.0;

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    let mut all: Vec<Coord<f64>> = points.iter().map(|&(x, y)| Coord { x: EAST + x, y: NORTH + y }).collect();
    all.push(all[0]);
    LineString::from(all)
}

fn shape(points: &[(f64, f64)]) -> Shape {
    Shape::new(vec![Polygon::new(ring(points), Vec::new())])
}

/// A wavy blob, as hills and ponds have them.
fn blob(x: f64, y: f64, rx: f64, ry: f64, phase: f64) -> Shape {
    let points: Vec<(f64, f64)> = (0..72)
        .map(|i| {
            let a = f64::from(i) * std::f64::consts::TAU / 72.0;
            let r = 1.0 + 0.13 * (3.0 * a + phase).sin() + 0.07 * (7.0 * a - phase).cos();
            (x + rx * r * a.cos(), y + ry * r * a.sin())
        })
        .collect();
    shape(&points)
}

/// Parcels between bent lines: neighbours share their corners.
fn parcels() -> HeldZones {
    let bend = |i: i32, j: i32| {
        let (x, y) = (f64::from(i) * 95.0, f64::from(j) * 80.0);
        (x + 22.0 * (y / 310.0).sin() + 9.0 * (x / 57.0).sin(), y + 18.0 * (x / 260.0).cos() + 7.0 * (y / 41.0).sin())
    };
    let codes = ["0101", "0103", "0201", "0301", "0305", "0404", "0701", "06", "1003", "1104", "11", "0102"];
    let mut zones = Vec::new();
    for i in -22..22_i32 {
        for j in -20..20_i32 {
            // neighbouring parcels often have one class
            let (a, b) = (i.div_euclid(3), j.div_euclid(2));
            let mut n = (a * 7 + b * 5 + (a * b) % 3).rem_euclid(12) as usize;
            if i == 4 {
                n = 8;
            }
            let corners = [bend(i, j), bend(i + 1, j), bend(i + 1, j + 1), bend(i, j + 1)];
            zones.push(HeldZone { key: codes[n].to_owned(), label: None, shape: shape(&corners) });
        }
    }
    HeldZones(zones)
}

fn zone(key: &str, label: &str, shape: Shape) -> HeldZone {
    HeldZone { key: key.to_owned(), label: Some(label.to_owned()), shape }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("sheet FOLDER [PRESET] [LANG]")?);
    let preset = args.next().unwrap_or_else(|| "a3-landscape".to_owned());
    let english = args.next().is_some_and(|l| l == "en");

    let land = parcels();
    let red = HeldZones(vec![
        zone("statutory", "白云山生态保护红线", blob(420.0, 360.0, 430.0, 300.0, 0.4)),
        zone("important", "流溪河水源涵养区", blob(-820.0, -420.0, 330.0, 260.0, 2.0)),
    ]);
    let control = HeldZones(vec![
        zone("1", "一级管制区", blob(380.0, 330.0, 640.0, 470.0, 1.0)),
        zone("2", "二级管制区", blob(-640.0, -330.0, 620.0, 440.0, 2.4)),
    ]);
    let farm = HeldZones(vec![zone("", "石井基本农田", blob(-560.0, 480.0, 330.0, 220.0, 0.0))]);
    let growth =
        HeldZones(vec![HeldZone { key: String::new(), label: None, shape: blob(60.0, -200.0, 1150.0, 720.0, 3.0) }]);
    let areas =
        |list: &[(&str, f64)]| list.iter().map(|(k, a)| KeyArea { key: (*k).to_owned(), area_m2: *a }).collect();
    let layer = |role, name: &str, source: &str, areas: Vec<KeyArea>, zones| MapLayer {
        role,
        name: name.to_owned(),
        source: source.to_owned(),
        date: Some(date(2024, 12, 31)),
        areas,
        extent: None,
        zones,
    };
    // a linear plane stands in for the projection: right to a metre at this place, and enough for ticks
    let degrees = |x: f64, y: f64| {
        let lat = 23.051_190 + (y - NORTH) / 110_770.0;
        Some((113.378_214 + (x - EAST) / (111_320.0 * lat.to_radians().cos()), lat))
    };
    let mut content = MapContent::empty(CrsRecord {
        name: text!("2000国家大地坐标系" | "CGCS2000"),
        projection: text!("高斯-克吕格投影3°分带（38带）" | "Gauss-Kruger, 3-degree zone 38"),
        central_meridian_deg: 114.0,
        epsg: Some(4526),
        degrees: Some(&degrees),
    });
    content.areas_of = Some(text!("项目用地" | "project"));
    content.layers = vec![
        layer(
            LayerRole::LandUse,
            "地类图斑",
            "2024年度国土变更调查",
            areas(&[
                ("0101", 12_345.67),
                ("0201", 45_210.0),
                ("0301", 98_765.4),
                ("0305", 23_400.0),
                ("1003", 8_850.5),
            ]),
            &land,
        ),
        layer(LayerRole::RedLine, "生态保护红线", "省级批复成果", areas(&[("statutory", 61_204.8)]), &red),
        layer(
            LayerRole::ControlLine,
            "生态控制线",
            "市生态控制线规划",
            areas(&[("1", 120_433.2), ("2", 10_002.1)]),
            &control,
        ),
        layer(LayerRole::Farmland, "永久基本农田", "2023年核实处置成果", Vec::new(), &farm),
        layer(LayerRole::GrowthBoundary, "城镇开发边界", "“三区三线”划定成果", Vec::new(), &growth),
    ];
    let road = shape(&[
        (-900.0, -260.0),
        (-520.0, -120.0),
        (-180.0, -60.0),
        (160.0, 40.0),
        (420.0, 190.0),
        (700.0, 260.0),
        (715.0, 215.0),
        (440.0, 143.0),
        (178.0, -7.0),
        (-166.0, -108.0),
        (-503.0, -167.0),
        (-883.0, -307.0),
    ]);
    let station = shape(&[(-120.0, 60.0), (110.0, 110.0), (90.0, 300.0), (-30.0, 330.0), (-150.0, 240.0)]);
    content.projects = vec![ProjectOutline {
        name: "北环联络线".to_owned(),
        plots: vec![
            PlotOutline { label: "道路用地".to_owned(), shape: road },
            PlotOutline { label: "变电站".to_owned(), shape: station },
        ],
    }];
    let piece = |number: &str, outcome, zone: &str, area_m2, shape| OverlapPiece {
        number: number.to_owned(),
        outcome,
        zone: zone.to_owned(),
        area_m2,
        shape,
    };
    content.pieces = vec![
        piece(
            "1",
            Outcome::Prohibited,
            "白云山生态保护红线",
            21_430.5,
            shape(&[(230.0, 80.0), (420.0, 190.0), (700.0, 260.0), (715.0, 215.0), (440.0, 143.0), (250.0, 33.0)]),
        ),
        piece(
            "2",
            Outcome::Conditional,
            "一级管制区",
            18_021.77,
            shape(&[(20.0, 90.4), (110.0, 110.0), (90.0, 300.0), (10.0, 320.0)]),
        ),
        piece(
            "3",
            Outcome::Manual,
            "二级管制区",
            9_112.0,
            shape(&[(-520.0, -120.0), (-180.0, -60.0), (-166.0, -108.0), (-503.0, -167.0)]),
        ),
        piece(
            "4",
            Outcome::Prohibited,
            "流溪河水源涵养区",
            0.01,
            shape(&[(-880.0, -300.0), (-879.9, -300.0), (-879.9, -299.9), (-880.0, -299.9)]),
        ),
    ];
    content.districts = vec![
        District {
            name: "越秀区".to_owned(),
            shape: shape(&[(-9000.0, -8000.0), (900.0, -8000.0), (900.0, -900.0), (-9000.0, 600.0)]),
        },
        District {
            name: "白云区".to_owned(),
            shape: shape(&[(-9000.0, 600.0), (900.0, -900.0), (3000.0, 9000.0), (-7000.0, 8000.0)]),
        },
        District {
            name: "天河区".to_owned(),
            shape: shape(&[(900.0, -8000.0), (9000.0, -5000.0), (10_000.0, 7000.0), (3000.0, 9000.0), (900.0, -900.0)]),
        },
    ];
    content.sample = true;
    content.decided = Some(false);
    content.focus = Some(Rect::new(EAST - 900.0, NORTH - 320.0, EAST + 720.0, NORTH + 340.0));

    let mut sheet = SheetDescription::preset(&preset)?;
    sheet.title = "北环联络线工程生态红线压占分析图".to_owned();
    sheet.subtitle = "穗城市示例项目 · 2025年第一批次".to_owned();
    sheet.author_unit = "穗城市规划和自然资源局".to_owned();
    sheet.date = Some(date(2025, 3, 18));
    if english {
        sheet.language = Lang::En;
        sheet.title = Text::same("North link road: overlap with the ecological red line").en;
        sheet.subtitle = String::new();
    }
    let drawn = draw(&sheet, &content, &Fonts::installed())?;
    std::fs::create_dir_all(&folder)?;
    let name = format!("{preset}-{}", if english { "en" } else { "zh" });
    std::fs::write(folder.join(format!("{name}.svg")), drawn.svg())?;
    std::fs::write(folder.join(format!("{name}.png")), drawn.png(150.0)?)?;
    std::fs::write(folder.join(format!("{name}.pdf")), drawn.pdf()?)?;
    println!("1:{}", drawn.scale());
    for remark in drawn.remarks() {
        println!("{}: {}", remark.code, remark.text);
    }
    Ok(())
}
