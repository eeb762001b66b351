//! Sheets look as they did: drawn pictures beside the committed ones, with room for another release of
//! the fonts. `WRITE_PICTURES=1` draws the committed ones anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // test code

mod common;

use common::{FONTS, content, description, layer, rectangle, zones};
use redline_sheet::{ChangeKind, ChangePiece, HeldZone, HeldZones, Sheet, SheetDescription, draw};
use redline_wording::Lang;
use redline_zoning::LayerRole;
use std::path::PathBuf;

/// Dots an inch: lines of a third of a millimetre are a pixel and a half.
const DPI: f64 = 110.0;
/// A channel that differs by less is the same to the eye.
const ALIKE: u8 = 24;
/// The share of pixels that may look otherwise: letters of another release of a font. A legend's row that is
/// missing is more than this, and so is a layer.
const OTHERWISE: f64 = 0.006;

struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

fn read(png: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgb).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    rgb.truncate(info.buffer_size());
    Picture { width: info.width, height: info.height, rgb }
}

#[track_caller]
fn looks_as_it_did(name: &str, sheet: &Sheet) {
    let drawn = sheet.png(DPI).unwrap();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(format!("{name}.png"));
    if std::env::var_os("WRITE_PICTURES").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &drawn).unwrap();
        return;
    }
    let (now, then) = (read(&drawn), read(&std::fs::read(&path).unwrap()));
    assert_eq!((now.width, now.height), (then.width, then.height), "{name}");
    let other = now.rgb.chunks_exact(3).zip(then.rgb.chunks_exact(3));
    let other = other.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > ALIKE)).count();
    let share = other as f64 / f64::from(now.width * now.height);
    if share > OTHERWISE {
        let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-now.png"));
        std::fs::write(&kept, &drawn).unwrap();
        panic!("{name}: {:.2} % of the pixels look otherwise; drawn now: {}", share * 100.0, kept.display());
    }
}

/// Land use beneath, so that fills, hatches, outlines, labels and the project are all in one picture.
fn land_use() -> HeldZones {
    let zone = |key: &str, shape| HeldZone { key: key.to_owned(), label: None, shape };
    HeldZones(vec![
        zone("03", rectangle(-1500.0, -1500.0, 1500.0, 3000.0)),
        zone("01", rectangle(0.0, -1500.0, 1500.0, 1600.0)),
        zone("11", rectangle(0.0, 100.0, 1500.0, 1400.0)),
    ])
}

#[test]
fn a_review_s_sheet_looks_as_it_did() {
    let (zones, land) = (zones(), land_use());
    let content = content(vec![layer(LayerRole::LandUse, &land), layer(LayerRole::RedLine, &zones)]);
    looks_as_it_did("review", &draw(&description(), &content, &FONTS).unwrap());
}

#[test]
fn a_comparison_s_sheet_in_english_looks_as_it_did() {
    let zones = zones();
    let mut content = content(vec![layer(LayerRole::RedLine, &zones)]);
    (content.projects, content.pieces, content.decided) = (Vec::new(), Vec::new(), None);
    content.sample = true;
    content.changes = [ChangeKind::Gained, ChangeKind::Lost, ChangeKind::Reassigned]
        .into_iter()
        .zip([0.0, 250.0, 500.0])
        .map(|(kind, x)| ChangePiece { kind, area_m2: 40_000.0, shape: rectangle(x, 0.0, 200.0, 200.0) })
        .collect();
    let mut sheet = SheetDescription::preset("a4-portrait").unwrap();
    (sheet.language, sheet.title) = (Lang::En, "What changed".to_owned());
    looks_as_it_did("comparison", &draw(&sheet, &content, &FONTS).unwrap());
}
