//! The report as an editable DOCX: the tables and maps of the PDF in named styles.

mod area_tables;
mod blocks;
mod chapters;
mod comparison;
mod package;
mod styles;

use crate::data::ReportData;
use crate::error::{ReportError, Result};
use crate::words::Words;
use crate::{clean, pdf};
use blocks::{Block, Body, Turn};
use docx_rs::{Docx, Footer, Header, Section};
use redline_wording::text;

/// `data` as the bytes of a DOCX file. Fonts are named, not embedded: the office program that opens it
/// chooses among its own where they are missing.
///
/// # Errors
/// `bad-date` when the date is none; `map-not-usable` when a map has no PNG or no size;
/// `not-serializable` when an area is no number; `docx-not-written` when the package cannot be put together.
pub fn docx(data: &ReportData) -> Result<Vec<u8>> {
    let long_date = pdf::long_date(data)?;
    for map in &data.maps {
        let size = |mm: f64| mm.is_finite() && mm > 0.0 && mm < 5000.0;
        if !map.png.starts_with(b"\x89PNG\r\n\x1a\n") || !size(map.width_mm) || !size(map.height_mm) {
            let name = &map.name;
            return Err(ReportError::new(
                "map-not-usable",
                text!(
                    "图件“{name}”没有 PNG 图片或尺寸无效，不能放入 DOCX；请重新出图。"
                        | "The map \"{name}\" has no PNG picture or no size, so it cannot be placed in a DOCX; draw it again."
                ),
            ));
        }
    }
    let (data, dropped) = printable(data)?;
    let words = Words::of(data.lang);
    let mut body = Body::default();
    chapters::write(&mut body, &data, &words, &long_date, dropped);

    let mut document =
        Docx::new().created_at(&format!("{}T00:00:00Z", data.date)).updated_at(&format!("{}T00:00:00Z", data.date));
    // the real ones, and the sections that use them, are put in below
    document = document.header(Header::new()).first_header(Header::new());
    document = document.footer(Footer::new()).first_footer(Footer::new());
    let turns: Vec<Turn> = body.sections.iter().map(|(turn, _)| *turn).collect();
    let last = body.sections.pop();
    for (_, blocks) in body.sections {
        document = document.add_section(blocks.into_iter().fold(Section::new(), |section, block| match block {
            Block::Paragraph(paragraph) => section.add_paragraph(*paragraph),
            Block::Table(table) => section.add_table(*table),
        }));
    }
    for block in last.into_iter().flat_map(|(_, blocks)| blocks) {
        document = match block {
            Block::Paragraph(paragraph) => document.add_paragraph(*paragraph),
            Block::Table(table) => document.add_table(*table),
        };
    }
    let mut package = document.build();
    let heads = package::repeat_heads(&package.document);
    package.document = package::pages(&package::describe_maps(&heads, &data.maps), &turns);
    package.styles = styles::styles();
    // the first pair is that of every page, the second that of the cover
    package.headers = vec![styles::header(&data, &words, true, 0), styles::header(&data, &words, false, 1)];
    package.footers = vec![styles::footer(&words, true), styles::footer(&words, false)];
    package::packed(package).map_err(|cause| {
        ReportError::new(
            "docx-not-written",
            text!(
                "DOCX 写不出来：{cause}。请改出 PDF。"
                    | "The DOCX could not be put together: {cause}. Make a PDF instead."
            ),
        )
    })
}

/// The data without characters that XML refuses or no paper prints, and how many those were.
fn printable(data: &ReportData) -> Result<(ReportData, usize)> {
    let failed = |error: serde_json::Error| {
        ReportError::new(
            "not-serializable",
            text!(
                "报告数据中有不是数的面积（{error}）。"
                    | "The report's data holds an area that is no number ({error})."
            ),
        )
    };
    let mut value = serde_json::to_value(data).map_err(failed)?;
    let dropped = clean::strings(&mut value);
    let mut clean: ReportData = serde_json::from_value(value).map_err(failed)?;
    for (map, given) in clean.maps.iter_mut().zip(&data.maps) {
        map.png = given.png.clone();
    }
    Ok((clean, dropped))
}
