//! `redline map`.

use super::form;
use crate::arguments::{MapArgs, RasteriserName};
use crate::session::{Failure, Session};
use redline_engine::papers;
use redline_wording::{Lang, text};
/// Dots an inch of a picture, where none are asked for.
const DPI: f64 = 200.0;

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
    let (review, inputs) = form::review_named(&arguments.review, Some(&arguments.workspace))?;
    let mut description = papers::sheet_description(&arguments.preset, arguments.description.as_deref())?;
    if arguments.description.is_none() {
        description.language = session.lang;
        // a description of one's own names who signs; the presets' names are Chinese
        if session.lang == Lang::En {
            description.signatures = ["Drawn by", "Checked by", "Approved by"].map(str::to_owned).to_vec();
        }
    }
    if let Some(title) = &arguments.title {
        description.title = title.clone();
    } else if description.title.is_empty() {
        description.title = text!("生态红线与控制线压占分析图" | "Occupation of red line and control line")
            .get(description.language)
            .to_string();
    }
    if let Some(scale) = arguments.scale {
        description.scale = papers::ScaleChoice::Fixed(scale);
    }
    let fields = [
        (&arguments.unit, &mut description.author_unit),
        (&arguments.number, &mut description.review_number),
        (&arguments.secrecy, &mut description.secrecy),
    ];
    for (given, field) in fields {
        if let Some(words) = given {
            *field = words.clone();
        }
    }
    if description.date.is_none() {
        description.date = review.date.parse().ok();
    }
    let drawn = papers::review_sheet(&review, &arguments.workspace, &description, arguments.decided)?;
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
