//! Sheets of the open workspace: looked at, written, and whole sets of them.

use super::opening::{City, fresh};
use super::wire::*;
use super::{Desk, checking, exporting, held};
use crate::EngineError;
use crate::commands::diff::{DiffReport, DiffRequest};
use crate::files::{allowed, write_whole};
use crate::ground::file_name;
use crate::papers::atlas::{AtlasOf, AtlasRequest, SheetFile, atlas};
use crate::papers::{self, DrawnSheet, PRESETS, ROUND_SCALES, ScaleChoice, SheetDescription};
use crate::progress::Progress;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use geo_types::Coord;
use redline_wording::{Text, text};

/// Memory that the sheets of a set drawn at one time may take together, bytes.
const MEMORY: u64 = 1 << 30;
/// Points along each side of a frame: a side that is straight on paper is bent in degrees.
const POINTS: u32 = 8;

/// What a sheet can be made with.
pub(super) fn choices(_: &Desk, _: Nothing, _: &dyn Progress) -> Result<SheetChoices, EngineError> {
    let preset = |name: &&str| {
        let paper = papers::sheet_description(name, None)?.paper;
        let paper_mm = [paper.width_mm, paper.height_mm];
        Ok(SheetPreset { name: (*name).to_string(), title: papers::preset_title(name), paper_mm })
    };
    let presets = PRESETS.iter().map(preset).collect::<Result<_, EngineError>>()?;
    Ok(SheetChoices { presets, scales: ROUND_SCALES.to_vec() })
}

/// A sheet as a picture.
pub(super) fn preview(desk: &Desk, asked: PreviewSheet, progress: &dyn Progress) -> Result<SheetPreview, EngineError> {
    let city = desk.city()?;
    let drawn = drawn(desk, &city, &asked.sheet, progress)?;
    let sheet = &drawn.sheet;
    let (width, height) = sheet.paper_mm();
    let dpi = f64::from(asked.pixels.clamp(200, 4000)) * 25.4 / width.max(height);
    let png = papers::sheet_png(sheet, dpi)?;
    let pixels = [width, height].map(|mm| (mm * dpi / 25.4).round() as u32);
    let (map, ground) = (sheet.map_mm(), sheet.ground());
    let (x, y) = ground.centre();
    let corners = [(ground.x0, ground.y0), (ground.x1, ground.y0), (ground.x1, ground.y1), (ground.x0, ground.y1)];
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let mut frame: Vec<LonLat> = sides
        .flat_map(|(a, b)| {
            let along = move |i: u32| f64::from(i) / f64::from(POINTS);
            (0..POINTS).map(move |i| Coord { x: a.0 + (b.0 - a.0) * along(i), y: a.1 + (b.1 - a.1) * along(i) })
        })
        .map(|at| city.degrees(at))
        .collect();
    frame.extend(frame.first().copied());
    Ok(SheetPreview {
        picture: format!("data:image/png;base64,{}", STANDARD.encode(png)),
        pixels,
        paper_mm: [width, height],
        map_mm: [map.x0, map.y0, map.width(), map.height()],
        scale: sheet.scale(),
        centre: city.degrees(Coord { x, y }),
        frame,
        remarks: drawn.remarks,
    })
}

/// Writes a sheet.
pub(super) fn export_sheet(
    desk: &Desk,
    asked: ExportSheet,
    progress: &dyn Progress,
) -> Result<PaperWritten, EngineError> {
    let city = desk.city()?;
    let drawn = drawn(desk, &city, &asked.sheet, progress)?;
    let file = sheet_file(asked.format, asked.dpi);
    let bytes = file.bytes(&drawn.sheet)?;
    let path = match asked.path {
        Some(path) => path,
        None => {
            let title = titled(&city, &asked.sheet);
            let stem = allowed(&title);
            exporting::outbox(desk)?.join(format!("{}.{}", stem.trim_matches(['.', ' ']), file.extension()))
        }
    };
    if progress.cancelled() {
        return Err(crate::commands::check_work::cancelled());
    }
    write_whole(&path, &bytes)?;
    let file = Exported { name: file_name(&path), bytes: bytes.len() as u64, path };
    Ok(PaperWritten { file, remarks: drawn.remarks })
}

/// Makes a map set, or goes on with one.
pub(super) fn make_atlas(desk: &Desk, asked: MakeAtlas, progress: &dyn Progress) -> Result<AtlasMade, EngineError> {
    let city = desk.city()?;
    let of = match asked.by {
        AtlasBy::District => AtlasOf::Districts,
        AtlasBy::Zone => AtlasOf::Zones(asked.layer.ok_or_else(|| {
            EngineError::new(
                "atlas-layer-missing",
                text!("按图斑出图须指明图层。" | "A set by zone needs its layer named."),
            )
        })?),
        AtlasBy::Project => match asked.sheet.subject {
            SheetSubject::Review { review } => {
                AtlasOf::Projects(Box::new(held::held(desk, review)?.record.clone()), asked.sheet.decided)
            }
            SheetSubject::City | SheetSubject::Changes { .. } => {
                return Err(EngineError::new(
                    "atlas-review-missing",
                    text!("按项目出图须选一次审查。" | "A set by project needs a review."),
                ));
            }
        },
    };
    let mut sheet = asked.sheet;
    if asked.by != AtlasBy::Project {
        sheet.subject = SheetSubject::City;
    }
    // each sheet finds its own middle
    sheet.centre = None;
    let description = description(desk, &city, &sheet, None)?;
    let folder = asked.folder.unwrap_or_else(|| fresh(&desk.folders.documents, "红线图集"));
    let file = sheet_file(asked.format, asked.dpi);
    let workspace = city.path().to_path_buf();
    let made =
        atlas(&AtlasRequest { workspace, of, description, file, folder: folder.clone(), memory: MEMORY }, progress)?;
    Ok(AtlasMade {
        folder,
        index: made.index,
        sheets: made.sheets as u32,
        drawn: made.drawn as u32,
        remarks: made.remarks,
    })
}

fn sheet_file(format: SheetFormat, dpi: f64) -> SheetFile {
    match format {
        SheetFormat::Pdf => SheetFile::Pdf,
        SheetFormat::Png => SheetFile::Png(dpi),
        SheetFormat::Svg => SheetFile::Svg,
    }
}

fn drawn(desk: &Desk, city: &City, asked: &SheetAsked, progress: &dyn Progress) -> Result<DrawnSheet, EngineError> {
    let drawing = || progress.stage(&text!("绘制图幅" | "drawing the sheet"), None);
    drawing();
    let path = city.path();
    match &asked.subject {
        SheetSubject::City => papers::city_sheet(path, &description(desk, city, asked, None)?, progress),
        SheetSubject::Review { review } => {
            let held = held::held(desk, *review)?;
            let description = description(desk, city, asked, None)?;
            papers::review_sheet(&held.record, path, &description, asked.decided, progress)
        }
        SheetSubject::Changes { layer, from, to } => {
            let report = compared(city, layer, *from, *to, progress)?;
            let description = description(desk, city, asked, Some(&report))?;
            drawing();
            papers::changes_sheet(&report, path, &description, progress)
        }
    }
}

fn compared(city: &City, layer: &str, from: u64, to: u64, progress: &dyn Progress) -> Result<DiffReport, EngineError> {
    let workspace = city.path().to_path_buf();
    let (from, to) = (format!("r{from}"), format!("r{to}"));
    crate::diff(&DiffRequest { workspace, layer: Some(layer.to_string()), from, to }, progress)
}

/// The sheet's title in its language: as written, else the usual one.
fn titled(city: &City, asked: &SheetAsked) -> String {
    if !asked.title.trim().is_empty() {
        return asked.title.clone();
    }
    let usual: Text = match &asked.subject {
        SheetSubject::City => papers::city_title(),
        SheetSubject::Review { .. } => papers::review_title(),
        SheetSubject::Changes { layer, .. } => {
            let title = city.layers().iter().find(|l| l.name == *layer).map_or(layer.as_str(), |l| l.title.as_str());
            papers::changes_title(title)
        }
    };
    usual.get(asked.lang).to_string()
}

fn description(
    desk: &Desk,
    city: &City,
    asked: &SheetAsked,
    report: Option<&DiffReport>,
) -> Result<SheetDescription, EngineError> {
    let mut sheet = papers::sheet_description(&asked.preset, None)?;
    papers::speak(&mut sheet, asked.lang);
    sheet.title = titled(city, asked);
    sheet.scale = asked.scale.map_or(ScaleChoice::Auto, ScaleChoice::Fixed);
    sheet.centre = asked.centre.map(|at| {
        let Coord { x, y } = city.place(at);
        [x, y]
    });
    sheet.author_unit = asked.unit.clone();
    sheet.review_number = asked.number.clone();
    sheet.secrecy = asked.secrecy.clone();
    sheet.date = match (&asked.date, &asked.subject) {
        (Some(date), _) => Some(checking::date(date)?),
        (None, SheetSubject::Review { review }) => held::held(desk, *review)?.record.date.parse().ok(),
        (None, _) => report.and_then(|report| report.to.date.parse().ok()),
    };
    sheet.piece_list = asked.piece_list;
    sheet.zone_labels = asked.zone_labels;
    sheet.boundary_points = asked.boundary_points;
    sheet.coordinate_table = asked.coordinate_table;
    Ok(sheet)
}
