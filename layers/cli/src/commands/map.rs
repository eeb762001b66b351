//! `redline map`.

use super::{form, sheet_words};
use crate::arguments::{MapArgs, RasteriserName};
use crate::session::{Failure, Session};
use jiff::civil::Date;
use redline_engine::papers;
use redline_engine::{DiffReport, DiffRequest, Progress, Review};
use redline_wording::{Text, text};
use std::path::Path;

/// Dots an inch of a picture, where none are asked for.
pub(super) const DPI: f64 = 200.0;

/// What the sheet is of.
enum Shown<'a> {
    Review(Box<Review>, Vec<&'a Path>),
    Changes(Box<DiffReport>),
    City,
}

impl Shown<'_> {
    fn title(&self) -> Text {
        match self {
            Shown::Review(..) => papers::review_title(),
            Shown::Changes(report) => papers::changes_title(&report.title),
            Shown::City => papers::city_title(),
        }
    }

    /// The day a sheet carries where its description names none. A city's map is of no day of its own.
    fn date(&self) -> Option<Date> {
        match self {
            Shown::Review(review, _) => review.date.parse().ok(),
            Shown::Changes(report) => report.to.date.parse().ok(),
            Shown::City => None,
        }
    }
}

pub(super) fn run(arguments: &MapArgs, session: &Session) -> Result<u8, Failure> {
    let output = &arguments.output;
    let extension = output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if !["svg", "png", "pdf"].contains(&extension.as_str()) {
        let shown = output.display();
        return Err(Failure::Sentence(text!(
            "图幅写成 .pdf、.png 或 .svg，而不是“{shown}”。请改用其中一种扩展名。"
                | "A sheet is written as .pdf, .png or .svg, not as “{shown}”. Give the file one of these extensions."
        )));
    }
    let shown = match (&arguments.review, &arguments.from, &arguments.to) {
        (Some(asked), ..) => {
            let (review, inputs) = form::review_named(asked, Some(&arguments.workspace))?;
            Shown::Review(Box::new(review), inputs)
        }
        (None, Some(from), Some(to)) => {
            let (workspace, layer) = (arguments.workspace.clone(), arguments.layer.clone());
            let request = DiffRequest { workspace, layer, from: from.clone(), to: to.clone() };
            let bar = session.bar();
            Shown::Changes(Box::new(redline_engine::diff(&request, &bar)?))
        }
        _ => Shown::City,
    };
    let description = sheet_words::described(&arguments.sheet, &shown.title(), shown.date(), session)?;
    let workspace = &arguments.workspace;
    let drawn = {
        let bar = session.bar();
        bar.stage(&text!("绘制图幅" | "drawing the sheet"), None);
        match &shown {
            Shown::Review(review, _) => papers::review_sheet(review, workspace, &description, arguments.decided, &bar)?,
            Shown::Changes(report) => papers::changes_sheet(report, workspace, &description, &bar)?,
            Shown::City => papers::city_sheet(workspace, &description, &bar)?,
        }
    };
    let inputs = match shown {
        Shown::Review(_, inputs) => inputs,
        Shown::Changes(_) | Shown::City => vec![workspace.as_path()],
    };
    let by_gpu = arguments.rasteriser == RasteriserName::Gpu;
    if by_gpu && extension != "png" {
        session.remark(&text!(
            "--rasteriser 只对 .png 图片有效；.{extension} 是矢量图，未使用 GPU。"
                | "--rasteriser is for pictures (.png): a .{extension} is a vector drawing, and the GPU was not used."
        ));
    }
    let bytes = match extension.as_str() {
        "svg" => drawn.sheet.svg().as_bytes().to_vec(),
        "png" if by_gpu => {
            let (bytes, said) = papers::sheet_png_by_gpu(&drawn.sheet, arguments.dpi.unwrap_or(DPI))?;
            session.remark(&said);
            bytes
        }
        "png" => papers::sheet_png(&drawn.sheet, arguments.dpi.unwrap_or(DPI))?,
        _ => papers::sheet_pdf(&drawn.sheet)?,
    };
    session.write(&bytes, output, &inputs)?;
    drawn.remarks.iter().for_each(|remark| session.remark(remark));
    let (shown, scale) = (output.display(), drawn.sheet.scale());
    session.remark(&text!("已写入 {shown}，比例尺 1:{scale}" | "Written to {shown}, scale 1:{scale}"));
    Ok(0)
}
