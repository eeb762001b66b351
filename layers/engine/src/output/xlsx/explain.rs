//! Sheet 说明： notes on the inputs, the layer versions, the rule book, the settings.

use super::sheet::{self, Look, look};
use crate::output::words;
use crate::review::{NoteRecord, Review};
use redline_wording::Lang;
use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) fn write(sheet: &mut Worksheet, review: &Review, lang: Lang) -> Result<(), XlsxError> {
    let zh = lang == Lang::Zh;
    let name = if zh { "说明" } else { "Notes" };
    let heads = if zh {
        ["对象", "类别", "代码", "位置", "说明"]
    } else {
        ["About", "Kind", "Code", "Where", "What"]
    };
    let columns: Vec<(String, f64)> =
        heads.iter().map(|head| head.to_string()).zip([28.0, 12.0, 24.0, 24.0, 100.0]).collect();
    let mut row = sheet::begin(sheet, name, name, &[], &columns)?;
    let plain = look(Look::Text);
    let mut put = |cells: [&str; 5]| -> Result<(), XlsxError> {
        for (column, words) in cells.iter().enumerate() {
            sheet::text(sheet, row, column as u16, words, &plain)?;
        }
        row += 1;
        Ok(())
    };
    let review_word = if zh { "审查" } else { "review" };
    for note in &review.notes {
        put(note_cells(review_word, note, lang).each_ref().map(String::as_str))?;
    }
    for project in &review.projects {
        for line in words::evidence(project, lang) {
            put([&project.file, if zh { "坐标系" } else { "CRS" }, &project.crs, "", line])?;
        }
        if let Some(error) = words::error(project, lang) {
            put([&project.file, if zh { "错误" } else { "error" }, "", "", error])?;
        }
        for note in &project.notes {
            put(note_cells(&project.file, note, lang).each_ref().map(String::as_str))?;
        }
    }
    for layer in &review.workspace.layers {
        let about = words::layer_title(layer, lang);
        let what = if zh {
            format!("版本 {}（{}），来源 {}，SHA-256 {}", layer.revision, layer.date, layer.source, layer.sha256)
        } else {
            format!("revision {} ({}), source {}, SHA-256 {}", layer.revision, layer.date, layer.source, layer.sha256)
        };
        put([&about, if zh { "图层" } else { "layer" }, &layer.name, "", &what])?;
    }
    let book = &review.rule_book;
    let from = book.valid_from.as_deref().unwrap_or("—");
    let to = book.valid_to.as_deref().unwrap_or("—");
    let what = if zh {
        format!("{} {}，有效期 {from} 至 {to}，SHA-256 {}", book.title, book.version, book.sha256)
    } else {
        format!("{} {}, valid {from} to {to}, SHA-256 {}", book.title, book.version, book.sha256)
    };
    put([&book.id, if zh { "规则集" } else { "rule book" }, "", "", &what])?;
    for opinion in &review.activity.opinions {
        let kind = words::opinion(&opinion.kind);
        put([
            &opinion.file,
            if zh { "意见" } else { "opinion" },
            &opinion.kind,
            "",
            &format!("{},SHA-256 {}", kind.get(lang), opinion.sha256),
        ])?;
    }
    sheet::finish(sheet, row, columns.len())
}

fn note_cells(about: &str, note: &NoteRecord, lang: Lang) -> [String; 5] {
    [
        about.to_string(),
        words::severity(note.severity).get(lang).to_string(),
        note.code.clone(),
        words::place(note, lang),
        words::message(note, lang).to_string(),
    ]
}
