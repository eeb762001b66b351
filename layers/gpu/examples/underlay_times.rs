//! How long the two rasterisers take for a sheet of many parcels, and for its underlay alone.
//!
//! ```text
//! cargo build --release --locked --manifest-path layers/gpu/program/Cargo.toml --target-dir target
//! cargo run --release --locked -p redline-gpu --example underlay_times -- target/release/redline-gpu
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used)] // a measurement stops at what it did not expect

use geo_types::{Coord, LineString, Polygon};
use redline_geometry::Shape;
use redline_gpu::{Rasteriser, png};
use redline_sheet::{CrsRecord, Fonts, HeldZone, HeldZones, MapContent, MapLayer, Rect, Sheet, SheetDescription, draw};
use redline_wording::text;
use redline_zoning::LayerRole;
use std::path::Path;
use std::time::{Duration, Instant};

/// Parcels along each side.
const MANY: i32 = 140;
/// Metres along a parcel's side.
const SIDE: f64 = 50.0;
/// Steps along it.
const STEPS: i32 = 12;
const CODES: [&str; 12] = ["0101", "0103", "02", "03", "04", "05", "06", "07", "08", "10", "1101", "1104"];

fn main() {
    let program = std::env::args().nth(1).expect("the program redline-gpu, as its first argument");
    let rasteriser = Rasteriser::at(Path::new(&program));
    let zones = parcels();
    let sheet = sheet(&zones);
    for dpi in [150.0, 300.0] {
        let underlay = sheet.underlay(dpi).unwrap().expect("land use");
        let corners: usize = underlay.fills.iter().flat_map(|fill| &fill.rings).map(Vec::len).sum();
        println!("{dpi} dpi: underlay of {} × {} pixels, {corners} corners", underlay.width, underlay.height);
        println!("  underlay by the GPU  {:.2?}", best(|| drop(rasteriser.paint(&underlay).unwrap())));
        println!(
            "  sheet, GPU         {:.2?}",
            best(|| drop(png(&sheet, dpi, Ok(&rasteriser)).unwrap().underlay.unwrap()))
        );
        println!("  sheet, CPU         {:.2?}", best(|| drop(sheet.png(dpi).unwrap())));
    }
    println!("drawn by {}", png(&sheet, 50.0, Ok(&rasteriser)).unwrap().underlay.unwrap());
}

/// The shortest of five.
fn best(work: impl Fn()) -> Duration {
    let times = (0..5).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    times.min().unwrap()
}

/// Parcels whose sides wave, neighbours sharing every vertex.
fn parcels() -> HeldZones {
    let place = |x: f64, y: f64| {
        let (u, v) = (x / 17.0, y / 13.0);
        Coord { x: 38_640_000.0 + x + 6.0 * (v + u * 0.3).sin(), y: 2_551_000.0 + y + 6.0 * (u - v * 0.4).cos() }
    };
    let side = |from: (f64, f64), to: (f64, f64)| {
        (0..STEPS).map(move |i| {
            let t = f64::from(i) / f64::from(STEPS);
            place(from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
        })
    };
    let parcel = |column: i32, row: i32| {
        let (x, y) = (f64::from(column) * SIDE, f64::from(row) * SIDE);
        let corners = [(x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE)];
        let mut ring: Vec<Coord<f64>> = (0..4).flat_map(|i| side(corners[i], corners[(i + 1) % 4])).collect();
        ring.push(ring[0]);
        let key = CODES[((column * 7 + row * 13 + column * row) % 12) as usize].to_owned();
        HeldZone { key, label: None, shape: Shape::new(vec![Polygon::new(LineString::from(ring), Vec::new())]) }
    };
    HeldZones((0..MANY).flat_map(|row| (0..MANY).map(move |column| parcel(column, row))).collect())
}

fn sheet(zones: &HeldZones) -> Sheet {
    let wide = f64::from(MANY) * SIDE;
    let mut content = MapContent::empty(CrsRecord {
        name: text!("2000国家大地坐标系" | "CGCS2000"),
        projection: text!("高斯-克吕格投影" | "Gauss-Kruger"),
        central_meridian_deg: 114.0,
        epsg: Some(4526),
        degrees: None,
    });
    content.layers = vec![MapLayer {
        role: LayerRole::LandUse,
        name: "地类图斑".to_owned(),
        source: String::new(),
        date: None,
        areas: Vec::new(),
        extent: Some(Rect::at(38_640_000.0, 2_551_000.0, wide, wide)),
        zones,
    }];
    draw(&SheetDescription::preset("a3-landscape").unwrap(), &content, &Fonts::installed()).unwrap()
}
