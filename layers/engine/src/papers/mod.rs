//! A [`Review`] on paper: the review report (审查报告), told as the dictionary that its templates are
//! given and laid out as PDF or DOCX; and the map sheet.
//!
//! Every figure is the rounded one of [`crate::output::balance`], so that papers, spreadsheet and page
//! say the same; nothing here computes an area.

pub mod atlas;
mod blocks;
mod changes;
mod city;
mod clauses;
mod figures;
mod filling;
mod ground;
mod ledger;
mod map;
mod rasteriser;
mod recorded;

pub use changes::changes_sheet;
pub use city::city_sheet;
pub use filling::report_data;
pub use ledger::{comparison_docx, comparison_pdf};
pub use map::{
    DrawnSheet, changes_title, city_title, preset_title, review_sheet, review_title, sheet_description, sheet_pdf,
    sheet_png, speak,
};
pub use rasteriser::sheet_png_by_gpu;
pub use recorded::recorded;
pub use redline_sheet::{PRESETS, ROUND_SCALES, ScaleChoice, Sheet, SheetDescription};

use crate::progress::Progress;
use crate::{EngineError, Review};
use figures::Drawn;
use redline_report::{Fonts, ReportData, ReportError, Template};
use redline_wording::{Lang, Text, text};
use std::path::{Path, PathBuf};

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

impl PaperFacts {
    /// The template asked for.
    fn layout(&self) -> Result<Template, EngineError> {
        Ok(match &self.template {
            Some(folder) => Template::in_folder(folder)?,
            None => Template::shipped(),
        })
    }
}

/// A paper's file, and what a reader must know of it that it does not say itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// The file.
    pub bytes: Vec<u8>,
    /// Remarks.
    pub remarks: Vec<Text>,
}

/// `review` as a tagged PDF. `workspace` draws its maps; without it the report has none, and says so. The
/// same review, workspace, facts, template and fonts give the same bytes.
///
/// # Errors
/// `cancelled`; those of any read of the workspace and of the sheet; those of the report: a template that
/// does not compile, a font or a glyph that is missing.
pub fn report_pdf(
    review: &Review,
    workspace: Option<&Path>,
    facts: &PaperFacts,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<Paper, EngineError> {
    let template = facts.layout()?;
    let (data, remarks) = with_maps(review, workspace, facts, Drawn::Svg, lang, progress)?;
    progress.stage(&text!("排版" | "laying out"), None);
    Ok(Paper { bytes: redline_report::pdf(&data, &template, &Fonts::system())?.bytes, remarks })
}

/// `review` as an editable DOCX with the same tables and maps. The same review, workspace and facts give
/// the same bytes.
///
/// # Errors
/// As [`report_pdf`], and where it cannot be written.
pub fn report_docx(
    review: &Review,
    workspace: Option<&Path>,
    facts: &PaperFacts,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<Paper, EngineError> {
    let (data, remarks) = with_maps(review, workspace, facts, Drawn::Png, lang, progress)?;
    Ok(Paper { bytes: redline_report::docx(&data)?, remarks })
}

fn with_maps(
    review: &Review,
    workspace: Option<&Path>,
    facts: &PaperFacts,
    drawn: Drawn,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<(ReportData, Vec<Text>), EngineError> {
    let mut data = report_data(review, facts, lang);
    let Some(workspace) = workspace else { return Ok((data, Vec::new())) };
    let decided = facts.decided_by.is_some();
    let (maps, remarks) = figures::figures(review, workspace, decided, drawn, lang, progress)?;
    data.maps = maps;
    data.notes.extend(remarks.iter().map(|remark| filling::map_note(remark, lang)));
    Ok((data, remarks))
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
