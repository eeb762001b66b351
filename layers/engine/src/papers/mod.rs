//! A [`Review`] on paper: the review report (审查报告), told as the dictionary that its templates are
//! given and laid out as PDF or DOCX; and the map sheet.
//!
//! Every figure is the rounded one of [`crate::output::balance`], so that papers, spreadsheet and page
//! say the same; nothing here computes an area.

mod blocks;
mod clauses;
mod filling;
mod map;
mod rasteriser;
mod recorded;

pub use filling::report_data;
pub use map::{ReviewSheet, review_sheet, sheet_description, sheet_pdf, sheet_png};
pub use rasteriser::sheet_png_by_gpu;
pub use recorded::recorded;
pub use redline_sheet::{PRESETS, ScaleChoice};

use crate::{EngineError, Review};
use redline_report::{Fonts, ReportError, Template};
use redline_wording::Lang;
use std::path::PathBuf;

/// What a report says that no review knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperFacts {
    /// Title; `None` takes the usual one.
    pub title: Option<String>,
    /// 编号; empty leaves a line to write it on.
    pub number: String,
    /// 密级; empty leaves it out.
    pub secrecy: String,
    /// 编制单位; empty leaves a line to write it on.
    pub unit: String,
    /// Who decided; `None`: the papers read 系统初判.
    pub decided_by: Option<String>,
    /// Folder of a bureau's own template; `None` takes the shipped one.
    pub template: Option<PathBuf>,
}

/// `review` as a tagged PDF. The same review, facts, template and fonts give the same bytes.
///
/// # Errors
/// Those of the report: a template that does not compile, a font or a glyph that is missing.
pub fn report_pdf(review: &Review, facts: &PaperFacts, lang: Lang) -> Result<Vec<u8>, EngineError> {
    let template = match &facts.template {
        Some(folder) => Template::in_folder(folder)?,
        None => Template::shipped(),
    };
    Ok(redline_report::pdf(&report_data(review, facts, lang), &template, &Fonts::system())?.bytes)
}

/// `review` as an editable DOCX with the same tables. The same review and facts give the same bytes.
///
/// # Errors
/// Where it cannot be written.
pub fn report_docx(review: &Review, facts: &PaperFacts, lang: Lang) -> Result<Vec<u8>, EngineError> {
    Ok(redline_report::docx(&report_data(review, facts, lang))?)
}

/// Writes the shipped template into an empty or new folder, to be changed; the files written.
///
/// # Errors
/// Where the folder holds a file of the same name, or cannot be written.
pub fn write_template(folder: &std::path::Path) -> Result<Vec<PathBuf>, EngineError> {
    Ok(Template::write_shipped(folder)?)
}

impl From<ReportError> for EngineError {
    fn from(e: ReportError) -> EngineError {
        EngineError::new(e.code, e.text)
    }
}
