//! A map set (图集): a sheet for each district, zone or project, numbered, and an index sheet.
//!
//! Sheets are drawn side by side, as many at a time as the memory allowed holds. What is done stands in
//! the set's contents, `atlas.json`; a set that was stopped goes on where it was, and sheets that would
//! come out the same are kept.

mod contents;
mod drawing;
mod plan;
mod room;

pub use drawing::atlas;

use super::Sheet;
use crate::Review;
use redline_sheet::SheetDescription;
use redline_wording::{Text, text};
use std::path::PathBuf;

/// What a map set has a sheet for.
#[derive(Clone, Debug, PartialEq)]
pub enum AtlasOf {
    /// Each district.
    Districts,
    /// Each zone of the layer of this name.
    Zones(String),
    /// Each project file of a review; and whether a person decided.
    Projects(Box<Review>, bool),
}

impl AtlasOf {
    /// The ground of one of its sheets, over which areas are taken.
    fn one(&self) -> Text {
        match self {
            AtlasOf::Zones(_) => text!("本图斑内" | "the zone"),
            _ => text!("本行政区内" | "the district"),
        }
    }
}

/// As what a sheet is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SheetFile {
    /// Vector PDF.
    Pdf,
    /// Picture of so many dots an inch.
    Png(f64),
    /// Vector drawing.
    Svg,
}

impl SheetFile {
    /// The extension, without its dot.
    pub fn extension(self) -> &'static str {
        match self {
            SheetFile::Pdf => "pdf",
            SheetFile::Png(_) => "png",
            SheetFile::Svg => "svg",
        }
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// Where the sheet cannot be written so: a picture that would be too large.
    pub fn bytes(self, sheet: &Sheet) -> Result<Vec<u8>, crate::EngineError> {
        match self {
            SheetFile::Pdf => super::sheet_pdf(sheet),
            SheetFile::Png(dpi) => super::sheet_png(sheet, dpi),
            SheetFile::Svg => Ok(sheet.svg().as_bytes().to_vec()),
        }
    }
}

/// A map set asked for.
#[derive(Clone, Debug)]
pub struct AtlasRequest {
    /// The workspace; of a review, the one it was made on.
    pub workspace: PathBuf,
    /// What it has a sheet for.
    pub of: AtlasOf,
    /// How its sheets look; its title stands on each, with the sheet's own beneath.
    pub description: SheetDescription,
    /// As what they are written.
    pub file: SheetFile,
    /// The folder, made where it is missing.
    pub folder: PathBuf,
    /// Memory that sheets drawn at one time may take together, bytes, as estimated from the zones on
    /// them. One sheet is always drawn.
    pub memory: u64,
}

/// A map set made.
#[derive(Clone, Debug, PartialEq)]
pub struct Atlas {
    /// The index sheet.
    pub index: PathBuf,
    /// Sheets in it, without the index.
    pub sheets: usize,
    /// How many were drawn now, without the index; the others were there already.
    pub drawn: usize,
    /// What a reader must know, with the number of the sheet it is of.
    pub remarks: Vec<Text>,
}
