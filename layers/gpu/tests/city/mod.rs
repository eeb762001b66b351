//! Land use to draw, and pictures to look into.
#![allow(dead_code)] // each test uses what it needs

use geo_types::{Coord, LineString, Polygon};
use redline_geometry::Shape;
use redline_sheet::{CrsRecord, Fonts, HeldZone, HeldZones, MapContent, MapLayer, Rect, Sheet, SheetDescription, draw};
use redline_wording::text;
use redline_zoning::LayerRole;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::installed);

const EAST: f64 = 38_640_000.0;
const NORTH: f64 = 2_551_000.0;

fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
    let close = corners.iter().chain(corners.first());
    close.map(|&(x, y)| Coord { x: EAST + x, y: NORTH + y }).collect()
}

fn zone(code: &str, shell: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> HeldZone {
    let holes = holes.iter().map(|hole| ring(hole)).collect();
    let shape = Shape::new(vec![Polygon::new(ring(shell), holes)]);
    HeldZone { key: code.to_owned(), label: None, shape }
}

/// Land use of a made-up town, metres.
pub struct Land {
    zones: HeldZones,
    extent: Rect,
}

impl Land {
    /// Paddies and woods around a built place, a lake with an island, a river that winds, an L of
    /// orchards, and a field that many parcels make up.
    pub fn town() -> Land {
        let mut zones = vec![
            zone(
                "0101",
                &[(0., 0.), (900., 0.), (900., 700.), (0., 700.)],
                &[&[(200., 150.), (600., 150.), (600., 500.), (200., 500.)]],
            ),
            zone(
                "07",
                &[(200., 150.), (600., 150.), (600., 500.), (200., 500.)],
                &[&[(300., 220.), (470., 240.), (450., 400.), (290., 380.)]],
            ),
            // the lake in it, and the island in the lake
            zone(
                "1104",
                &[(300., 220.), (470., 240.), (450., 400.), (290., 380.)],
                &[&[(350., 280.), (400., 285.), (380., 340.)]],
            ),
            zone("03", &[(350., 280.), (400., 285.), (380., 340.)], &[]),
            // an L
            zone("02", &[(900., 0.), (1400., 0.), (1400., 250.), (1100., 250.), (1100., 700.), (900., 700.)], &[]),
            zone("10", &[(0., 700.), (1400., 700.), (1400., 731.), (0., 731.)], &[]),
        ];
        // woods of many parcels beside one another
        for i in 0..12 {
            for j in 0..9 {
                let (x, y) = (1100. + 25. * f64::from(i), 250. + 50. * f64::from(j));
                zones.push(zone("03", &[(x, y), (x + 25., y), (x + 25., y + 50.), (x, y + 50.)], &[]));
            }
        }
        // a river with a bend every few metres
        let bank =
            |side: f64| (0..=140).map(move |i| (f64::from(i) * 10., 800. + 30. * (f64::from(i) / 9.).sin() + side));
        let river: Vec<(f64, f64)> = bank(-22.).chain(bank(22.).rev()).collect();
        zones.push(zone("1101", &river, &[]));
        Land { zones: HeldZones(zones), extent: Rect::new(EAST, NORTH, EAST + 1400., NORTH + 900.) }
    }

    /// One class whose parcels lie over one another, as layers from outside do.
    pub fn piled() -> Land {
        let square =
            |x: f64, y: f64, side: f64| zone("07", &[(x, y), (x + side, y), (x + side, y + side), (x, y + side)], &[]);
        let zones =
            vec![square(0., 0., 600.), square(300., 200., 600.), square(100., 100., 200.), square(900., 200., 300.)];
        Land { zones: HeldZones(zones), extent: Rect::new(EAST, NORTH, EAST + 1400., NORTH + 900.) }
    }

    /// No land use at all.
    pub fn bare() -> Land {
        Land { zones: HeldZones(Vec::new()), ..Land::town() }
    }
}

/// An A4 sheet of the land.
pub fn map_of(land: &Land) -> Sheet {
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
        extent: Some(land.extent),
        zones: &land.zones,
    }];
    draw(&SheetDescription::preset("a4-landscape").unwrap(), &content, &FONTS).unwrap()
}

/// A picture, red, green and blue.
pub struct Pixels {
    pub wide: usize,
    pub high: usize,
    data: Vec<u8>,
}

impl Pixels {
    pub fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let from = (y * self.wide + x) * 3;
        [self.data[from], self.data[from + 1], self.data[from + 2]]
    }

    pub fn all(&self) -> impl Iterator<Item = [u8; 3]> {
        self.data.chunks_exact(3).map(|p| [p[0], p[1], p[2]])
    }
}

/// What a PNG shows.
pub fn pixels(bytes: &[u8]) -> Pixels {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    Pixels { wide: info.width as usize, high: info.height as usize, data }
}

/// A program of a few lines. A shell writes it: were it open for writing in this process, a child that
/// another test starts at that moment would hold it open too, and it could not be run.
#[cfg(unix)]
pub fn executable(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("redline-gpu");
    let written = std::process::Command::new("sh")
        .args(["-c", "printf '%s' \"$2\" >\"$1\" && chmod 755 \"$1\"", "sh", path.to_str().unwrap(), script])
        .status()
        .unwrap();
    assert!(written.success());
    path
}
