//! The report as a tagged PDF for the archive: PDF/A-2a and PDF/UA-1, laid out by typst.

use crate::data::{MapFigure, ReportData};
use crate::error::{ReportError, Result};
use crate::fonts::Fonts;
use crate::roles::{FontUse, by_role};
use crate::template::{COMPARISON, MAIN, Template};
use crate::words::{Words, date_in_words, date_parts};
use crate::world::ReportWorld;
use crate::{clean, diagnose, glyphs};
use redline_wording::text;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use typst::foundations::{Bytes, Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// More maps than this are refused: typst numbers the files it is given in 16 bits.
const MAPS: usize = 20_000;
/// Stack of the thread that lays out: templates nest deeper than the two megabytes threads usually have.
const STACK: usize = 64 << 20;

/// A report laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Which fonts each role had, as the report itself says.
    pub fonts: Vec<FontUse>,
}

/// `data` laid out by `template` with the fonts of `fonts`. Takes no network and no clock.
///
/// # Errors
/// `bad-date` when the date is none; `font-missing` when a role has no installed font; `glyph-missing`
/// when a character is in none of its fonts; `map-not-usable` when a map has no size, is no SVG or
/// names a font that is not installed; `too-many-maps`; `template-not-read`; `template-error` with
/// file, line, column, cause and hint, for warnings too; `layout-failed` when typst itself broke down.
pub fn pdf(data: &ReportData, template: &Template, fonts: &Fonts) -> Result<Pdf> {
    let layout = || {
        let result = laid_out(data, template, fonts);
        // what typst remembers of this report serves no other
        typst::comemo::evict(0);
        result
    };
    // a fault of the layout engine on its own thread ends the report, not the program
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("report".to_string()).stack_size(STACK);
        match thread.spawn_scoped(scope, layout).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(_)) | Err(_) => Err(ReportError::new(
                "layout-failed",
                text!(
                    "排版程序中断，报告没有生成；请改用内置模板再试，或导出 DOCX。"
                        | "The layout engine broke down, so there is no report; try the shipped template, or export a DOCX."
                ),
            )),
        }
    })
}

fn laid_out(data: &ReportData, template: &Template, fonts: &Fonts) -> Result<Pdf> {
    let (wishes, wished_in) = template.wishes()?;
    let uses = fonts.choose(&wishes, &wished_in)?;
    let mut files = BTreeMap::new();
    if data.maps.len() > MAPS {
        let count = data.maps.len();
        return Err(ReportError::new(
            "too-many-maps",
            text!(
                "图件 {count} 幅，超过一份报告的上限 {MAPS} 幅；请分批出报告，或改出图集。"
                    | "{count} maps are more than one report takes ({MAPS}); report in parts, or make an atlas."
            ),
        ));
    }
    for (place, map) in data.maps.iter().enumerate() {
        usable(map, fonts)?;
        files.insert(map_file(place), Bytes::new(map.svg.clone()));
    }
    let json = template_data(data, &uses)?;
    files.insert("data.json".to_string(), Bytes::from_string(json));
    let failed =
        || ReportError::new("layout-failed", text!("排版程序没有给出结果。" | "The layout engine gave no result."));
    let main = if data.comparison.is_some() { COMPARISON } else { MAIN };
    let world = ReportWorld::new(template, main, fonts, files).ok_or_else(failed)?;

    let laid = typst::compile::<PagedDocument>(&world);
    let document = match laid.output {
        Ok(document) => document,
        Err(errors) => return Err(diagnose::error(&world, &errors).unwrap_or_else(failed)),
    };
    if let Some(warning) = diagnose::error(&world, &laid.warnings) {
        return Err(warning);
    }
    if let Some(missing) = glyphs::missing(&document) {
        return Err(missing);
    }
    let bytes = match typst_pdf::pdf(&document, &options(data).ok_or_else(failed)?) {
        Ok(bytes) => bytes,
        Err(errors) => return Err(diagnose::error(&world, &errors).unwrap_or_else(failed)),
    };
    Ok(Pdf { bytes, pages: document.pages().len(), fonts: uses })
}

/// The content of `data.json`: the data, the words of its language, the fonts and the maps' files.
pub(crate) fn template_data(data: &ReportData, fonts: &[FontUse]) -> Result<String> {
    let not_serializable = |error: serde_json::Error| {
        ReportError::new(
            "not-serializable",
            text!(
                "报告数据中有不是数的面积（{error}）。"
                    | "The report's data holds an area that is no number ({error})."
            ),
        )
    };
    let mut value = serde_json::to_value(data).map_err(not_serializable)?;
    let dropped = clean::strings(&mut value);
    let more = json!({
        "words": Words::of(data.lang),
        "date_long": long_date(data)?,
        "fonts": by_role(fonts),
        "font_uses": fonts.iter().map(|font| json!({
            "role": font.role.word().get(data.lang), "used": font.used, "missing": font.missing,
        })).collect::<Vec<_>>(),
        "dropped_characters": dropped,
    });
    if let (Value::Object(fields), Value::Object(more)) = (&mut value, more) {
        fields.extend(more);
    }
    if let Some(maps) = value["maps"].as_array_mut() {
        for (place, map) in maps.iter_mut().enumerate() {
            map["file"] = map_file(place).into();
        }
    }
    serde_json::to_string(&value).map_err(not_serializable)
}

/// The path by which a template finds a map.
pub(crate) fn map_file(place: usize) -> String {
    format!("maps/{}.svg", place + 1)
}

/// The review's date as people write it.
pub(crate) fn long_date(data: &ReportData) -> Result<String> {
    date_in_words(&data.date, data.lang).ok_or_else(|| {
        let date = &data.date;
        ReportError::new(
            "bad-date",
            text!(
                "审查日期“{date}”不是日期，应写作 2024-06-01。"
                    | "The review date \"{date}\" is no date; write it as 2024-06-01."
            ),
        )
    })
}

/// A map that has no size, is no SVG or names a font that is not there would be drawn wrong, without
/// a word.
fn usable(map: &MapFigure, fonts: &Fonts) -> Result<()> {
    let name = &map.name;
    let unusable = |zh: String, en: String| {
        Err(ReportError::new(
            "map-not-usable",
            text!("图件“{name}”不能放入报告：{zh}。" | "The map \"{name}\" cannot be placed: {en}."),
        ))
    };
    let (width, height) = (map.width_mm, map.height_mm);
    let size = |length: f64| length.is_finite() && length > 0.0 && length < 5000.0;
    if !size(width) || !size(height) {
        return unusable(format!("尺寸 {width} × {height} mm 无效"), format!("its size {width} × {height} mm is none"));
    }
    let Ok(svg) = std::str::from_utf8(&map.svg) else {
        return unusable("SVG 不是 UTF-8 文字".to_string(), "its SVG is not UTF-8 text".to_string());
    };
    if !svg.contains("<svg") {
        return unusable("内容不是 SVG".to_string(), "it is no SVG".to_string());
    }
    for families in families(svg) {
        if !families.split(',').any(|family| fonts.has(family.trim().trim_matches(['\'', '"']))) {
            return unusable(
                format!("所用字体 {families} 没有安装（Debian/Ubuntu 的软件包：fonts-noto-cjk）"),
                format!("its font {families} is not installed (Debian/Ubuntu package: fonts-noto-cjk)"),
            );
        }
    }
    Ok(())
}

/// The values of `font-family`, as attribute or in a style, each once.
fn families(svg: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (at, key) in svg.match_indices("font-family") {
        let rest = svg[at + key.len()..].trim_start();
        let value = if let Some(attribute) = rest.strip_prefix('=') {
            let attribute = attribute.trim_start();
            let quote = attribute.chars().next().filter(|c| matches!(c, '"' | '\''));
            quote.and_then(|quote| attribute[1..].split(quote).next())
        } else {
            rest.strip_prefix(':').and_then(|style| style.split([';', '}', '<', '>']).next())
        };
        found.extend(value.map(str::trim).filter(|value| !value.is_empty()));
    }
    found
}

fn options(data: &ReportData) -> Option<PdfOptions> {
    let (year, month, day) = date_parts(&data.date)?;
    let date = Datetime::from_ymd_hms(i32::from(year), month, day, 0, 0, 0)?;
    let hashes: Vec<&str> = data.projects.iter().map(|project| project.sha256.as_str()).collect();
    Some(PdfOptions {
        ident: Smart::Custom(format!("{}\n{}\n{}\n{}", data.title, data.number, data.date, hashes.join("\n"))),
        creator: Smart::Custom(Some("Redline".to_string())),
        timestamp: Some(Timestamp::new_utc(date)),
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).ok()?,
        tagged: true,
        pretty: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_a_map_names_are_found_in_attributes_and_styles() {
        let svg = r#"<svg><text font-family="A, 'B C'"/><g style="font-family: D;fill:red"/><style>.x{font-family:E}</style></svg>"#;
        assert_eq!(families(svg).into_iter().collect::<Vec<_>>(), ["A, 'B C'", "D", "E"]);
    }
}
