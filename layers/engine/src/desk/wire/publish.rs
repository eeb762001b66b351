//! Sheets, reports and map sets that the window publishes.

use super::{Exported, LonLat};
use redline_wording::{Lang, Text};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// What a sheet is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum SheetSubject {
    /// The city's layers as they stand.
    City,
    /// A held review, with its overlaps numbered as in its tables.
    Review {
        /// Which.
        review: u32,
    },
    /// What changed between two revisions of a layer.
    Changes {
        /// Its name.
        layer: String,
        /// The one compared from.
        from: u64,
        /// The one compared to.
        to: u64,
    },
}

/// A sheet as the person describes it. Empty words take the usual ones or leave a line to write on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetAsked {
    /// What it is of.
    pub subject: SheetSubject,
    /// Name of its preset, as `sheet_choices` lists them.
    pub preset: String,
    /// Language of everything that is not data.
    pub lang: Lang,
    /// 1:N; `null` takes the largest round scale at which everything fits.
    pub scale: Option<u32>,
    /// Middle of the map; `null` takes the middle of what is shown.
    pub centre: Option<LonLat>,
    /// Title; empty: the usual one.
    pub title: String,
    /// 编制单位.
    pub unit: String,
    /// 编号.
    pub number: String,
    /// 密级.
    pub secrecy: String,
    /// Date of the sheet, `YYYY-MM-DD`; `null`: a review's own date, else none.
    pub date: Option<String>,
    /// Whether a person decided; else a review's sheet reads 系统初判.
    pub decided: bool,
    /// Whether the overlapped pieces are listed beside the map.
    pub piece_list: bool,
    /// Whether zones have their names on the map.
    pub zone_labels: bool,
    /// Whether boundary points are numbered on the map.
    pub boundary_points: bool,
    /// Whether their coordinates are listed.
    pub coordinate_table: bool,
}

/// A preset that a sheet can begin from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetPreset {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub title: Text,
    /// Width and height of its paper, millimetres.
    pub paper_mm: [f64; 2],
}

/// What a sheet can be made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetChoices {
    /// Presets, the usual one first.
    pub presets: Vec<SheetPreset>,
    /// Round scales, 1:N, largest first.
    pub scales: Vec<u32>,
}

/// Draw a sheet to be looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewSheet {
    /// The sheet.
    pub sheet: SheetAsked,
    /// Pixels along the longer side of the picture, 200–4000.
    pub pixels: u32,
}

/// A sheet to be looked at: the picture is drawn by what draws the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetPreview {
    /// The picture: a PNG as a `data:` address.
    pub picture: String,
    /// Width and height of the picture, pixels.
    pub pixels: [u32; 2],
    /// Width and height of the paper, millimetres.
    pub paper_mm: [f64; 2],
    /// The map within its neat line, millimetres from the left and top of the paper: left, top, width, height.
    pub map_mm: [f64; 4],
    /// The scale it came to, 1:N.
    pub scale: u32,
    /// Middle of the map.
    pub centre: LonLat,
    /// The neat line on the ground: a closed ring with points along its sides.
    pub frame: Vec<LonLat>,
    /// What a reader must know of it: merged, simplified, left out.
    pub remarks: Vec<Text>,
}

/// A file format of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum SheetFormat {
    /// Vector PDF.
    Pdf,
    /// Picture.
    Png,
    /// Vector drawing.
    Svg,
}

/// Write a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportSheet {
    /// The sheet.
    pub sheet: SheetAsked,
    /// As what.
    pub format: SheetFormat,
    /// Dots an inch of a picture.
    pub dpi: f64,
    /// Where to; `null` puts it into the desk's outbox, from which the front offers it.
    pub path: Option<PathBuf>,
}

/// A file format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    /// Tagged PDF.
    Pdf,
    /// To be edited.
    Docx,
}

/// Write a review's report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportReport {
    /// The review.
    pub review: u32,
    /// As what.
    pub format: ReportFormat,
    /// Language of headings and fixed sentences.
    pub lang: Lang,
    /// Title; empty: the usual one.
    pub title: String,
    /// 编制单位.
    pub unit: String,
    /// 编号.
    pub number: String,
    /// 密级.
    pub secrecy: String,
    /// Who decided; `null`: the report reads 系统初判.
    pub decided_by: Option<String>,
    /// Whether maps are in it: the whole, and each overlap.
    pub maps: bool,
    /// Where to; `null` puts it into the desk's outbox.
    pub path: Option<PathBuf>,
}

/// A paper written, and what a reader must know of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PaperWritten {
    /// The file.
    pub file: Exported,
    /// Remarks.
    pub remarks: Vec<Text>,
}

/// What a map set has a sheet for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum AtlasBy {
    /// Each district.
    District,
    /// Each zone of a layer.
    Zone,
    /// Each project file of a review.
    Project,
}

/// Make a map set. A set that was begun in the folder goes on: sheets that would come out the same
/// are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MakeAtlas {
    /// What it has a sheet for.
    pub by: AtlasBy,
    /// The layer, where it is by zone.
    pub layer: Option<String>,
    /// How its sheets look. Its subject is the city, or the review whose projects it is by.
    pub sheet: SheetAsked,
    /// As what the sheets are written.
    pub format: SheetFormat,
    /// Dots an inch of pictures.
    pub dpi: f64,
    /// The folder, made where it is missing; `null` takes a new one among the person's documents.
    pub folder: Option<PathBuf>,
}

/// A map set made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AtlasMade {
    /// Where it is.
    pub folder: PathBuf,
    /// The index sheet.
    pub index: PathBuf,
    /// Sheets in it, without the index.
    pub sheets: u32,
    /// How many of them were drawn now; the others were there already.
    pub drawn: u32,
    /// Remarks, each once, with the number of the sheet it is of.
    pub remarks: Vec<Text>,
}

/// Write a comparison of two revisions as a paper: its map and its ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportChanges {
    /// The layer's name.
    pub layer: String,
    /// The revision compared from.
    pub from: u64,
    /// The revision compared to.
    pub to: u64,
    /// As what.
    pub format: ReportFormat,
    /// Language of headings and fixed sentences.
    pub lang: Lang,
    /// 编制单位.
    pub unit: String,
    /// 编号.
    pub number: String,
    /// 密级.
    pub secrecy: String,
    /// Where to; `null` puts it into the desk's outbox.
    pub path: Option<PathBuf>,
}
