//! The package: heads of tables marked to be repeated, parts compressed, in order, without a clock.

use super::blocks::{Turn, twips};
use super::styles::escaped;
use crate::data::MapFigure;
use docx_rs::XMLDocx;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The first row of every table repeats on each page.
pub(super) fn repeat_heads(document: &[u8]) -> Vec<u8> {
    // text is escaped, so these words stand only where a table or a row begins
    let words = String::from_utf8_lossy(document);
    let mut parts = words.split("<w:tbl>");
    let mut made = parts.next().unwrap_or_default().to_string();
    for table in parts {
        made.push_str("<w:tbl>");
        made.push_str(&table.replacen("<w:trPr>", "<w:trPr><w:tblHeader/>", 1));
    }
    made.into_bytes()
}

/// Every picture by a number of its own and in words, for who cannot see it: the library numbers all
/// of them 1 and says nothing.
pub(super) fn describe_maps(document: &[u8], maps: &[MapFigure]) -> Vec<u8> {
    let words = String::from_utf8_lossy(document);
    let mut parts = words.split("<wp:docPr id=\"1\" name=\"Figure\"");
    let mut made = parts.next().unwrap_or_default().to_string();
    for (place, part) in parts.enumerate() {
        let (name, caption) = maps.get(place).map_or(("", ""), |map| (map.name.as_str(), map.caption.as_str()));
        let (number, name, caption) = (place + 1, escaped(name), escaped(caption));
        made.push_str(&format!("<wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{caption}\""));
        made.push_str(part);
    }
    made.into_bytes()
}

/// The sections by how their pages lie: A4 with the margins of GB/T 9704. The library writes one of the
/// heads and feet of a section and none of its order, so they are written here; later sections inherit
/// the first one's.
pub(super) fn pages(document: &[u8], turns: &[Turn]) -> Vec<u8> {
    let words = String::from_utf8_lossy(document);
    let mut parts = words.split("<w:sectPr>");
    let mut made = parts.next().unwrap_or_default().to_string();
    for (place, part) in parts.enumerate() {
        let turn = turns.get(place).copied().unwrap_or(Turn::Upright);
        made.push_str(&section(turn, place == 0));
        made.push_str(part.split_once("</w:sectPr>").map_or("", |(_, rest)| rest));
    }
    made.into_bytes()
}

fn section(turn: Turn, first: bool) -> String {
    let references = if first {
        [
            ("header", "default", "Header1"),
            ("header", "first", "Header2"),
            ("footer", "default", "Footer1"),
            ("footer", "first", "Footer2"),
        ]
        .map(|(part, when, id)| format!("<w:{part}Reference w:type=\"{when}\" r:id=\"rId{id}\"/>"))
        .concat()
    } else {
        String::new()
    };
    let (width, height) = (twips(210.0), twips(297.0));
    let (size, margins) = match turn {
        Turn::Upright => (format!("w:w=\"{width}\" w:h=\"{height}\""), [37.0, 26.0, 35.0, 28.0]),
        Turn::Lying => (format!("w:w=\"{height}\" w:h=\"{width}\" w:orient=\"landscape\""), [28.0, 26.0, 26.0, 26.0]),
    };
    let [top, right, bottom, left] = margins.map(twips);
    let edge = twips(18.0);
    // the cover has neither head nor foot
    let title = if first { "<w:titlePg/>" } else { "" };
    format!(
        "<w:sectPr>{references}<w:pgSz {size}/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{edge}\" w:footer=\"{edge}\" w:gutter=\"0\"/><w:cols w:space=\"425\"/>{title}</w:sectPr>"
    )
}

/// The package as the bytes of a file: the same parts give the same bytes.
pub(super) fn packed(package: XMLDocx) -> Result<Vec<u8>, String> {
    let mut stored = Cursor::new(Vec::new());
    package.pack(&mut stored).map_err(|error| error.to_string())?;
    let mut archive = ZipArchive::new(stored).map_err(|error| error.to_string())?;
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(|error| error.to_string())?;
        if part.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.into_owned();
        parts.insert(name, bytes);
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // readers that tell a file by its beginning look for the types first
    let first = "[Content_Types].xml";
    let types = parts.remove_entry(first);
    for (name, bytes) in types.into_iter().chain(parts) {
        writer.start_file(name, options).map_err(|error| error.to_string())?;
        writer.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(writer.finish().map_err(|error| error.to_string())?.into_inner())
}
