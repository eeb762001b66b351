//! KML and KMZ before they are opened: out of the archive, and in UTF-8.

use super::source::{Opening, shown};
use super::text_copy;
use crate::archive::members::extension;
use crate::archive::zip_members;
use crate::{FormatError, ImportNote};
use encoding_rs::Encoding;
use redline_wording::text;
use std::path::Path;

/// Makes a KML or KMZ ready: the document in a KMZ is unpacked.
///
/// # Errors
/// `file-broken`, `zip-encrypted`, `zip-too-large`, `encoding-unknown`.
pub(crate) fn prepare_kml(path: &Path) -> Result<Opening, FormatError> {
    let mut opening = Opening::plain(path);
    if extension(path) == "kmz" {
        let name = shown(path);
        let unpacked = zip_members::unpack(path)?;
        let documents = unpacked.files.iter().filter(|file| extension(&file.path) == "kml");
        // doc.kml often only links to the documents that hold the places.
        let mut with_places = documents.filter(|file| {
            text_copy::read(&file.path).is_ok_and(|bytes| bytes.windows(10).any(|window| window == b"<Placemark"))
        });
        let Some(document) = with_places.next() else {
            return Err(FormatError::new(
                "no-features",
                text!(
                    "“{name}”中没有带图形的 KML（地标）。请重新导出 KMZ，或直接提供 KML。"
                        | "“{name}” holds no KML with places in it. Export the KMZ again, or give the KML itself."
                ),
            ));
        };
        for other in with_places {
            opening.notes.push(ImportNote::error(
                "kmz-part-skipped",
                text!("“{name}”含多个 KML：已读取“{}”，未读取“{}”。如需审查，请解压后单独提供。" | "“{name}” holds several KML documents: “{}” was read, “{}” was not. Unpack it and give that one by itself to check it.", document.name, other.name),
            ));
        }
        opening.path = document.path.clone();
        opening.copy = Some(unpacked.folder);
    }
    re_encode(&mut opening, &shown(path))?;
    Ok(opening)
}

/// libkml takes UTF-8 whatever the XML declaration says, and makes `____` of every Chinese name of
/// untyped extended data: such documents are re-written.
fn re_encode(opening: &mut Opening, name: &str) -> Result<(), FormatError> {
    let utf8 = text_copy::is_utf8(&opening.path).unwrap_or(true);
    let bytes = text_copy::read(&opening.path)?;
    let declared = declared_encoding(&bytes);
    let declares_utf8 = declared.is_none_or(|encoding| encoding == encoding_rs::UTF_8);
    let xml = if utf8 {
        String::from_utf8_lossy(&bytes).into_owned()
    } else {
        let (xml, encoding) = text_copy::decode(&opening.path, declared)?;
        if declared != Some(encoding) {
            opening.notes.push(ImportNote::warning(
                "encoding-detected",
                text!(
                    "“{name}”的文字编码与其声明不符；按内容判断为 {}。"
                        | "The text encoding of “{name}” is not what it declares; by its content it is {}.",
                    encoding.name()
                ),
            ));
        }
        xml
    };
    let named = with_ascii_data_names(&xml);
    if utf8 && declares_utf8 && named.is_none() {
        return Ok(());
    }
    let xml = named.unwrap_or(xml);
    let body = match (xml.find("<?xml"), xml.find("?>")) {
        (Some(_), Some(end)) => xml[end + 2..].to_owned(),
        _ => xml,
    };
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{}", body.trim_start_matches('\u{feff}'));
    let (folder, copy) = text_copy::in_temporary_folder("document.kml", xml.as_bytes())?;
    opening.path = copy;
    opening.copy = Some(folder);
    Ok(())
}

/// Marks a field name that stands for a name outside ASCII, in hexadecimal UTF-8.
const MARK: &str = "UTF8_";

/// The document with every `<Data name="…">` outside ASCII written in hexadecimal; `None` where it
/// has none.
fn with_ascii_data_names(xml: &str) -> Option<String> {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    let mut changed = false;
    while let Some(at) = rest.find("<Data ") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find('>').unwrap_or(tag.len());
        let (tag, after) = tag.split_at(end);
        let value = ['"', '\''].into_iter().find_map(|quote| {
            let start = tag.find(&format!("name={quote}"))? + 6;
            Some((start, start + tag[start..].find(quote)?))
        });
        match value {
            Some((start, end)) if !tag[start..end].is_ascii() => {
                changed = true;
                out.push_str(&tag[..start]);
                out.push_str(MARK);
                out.extend(tag[start..end].bytes().map(|byte| format!("{byte:02x}")));
                out.push_str(&tag[end..]);
            }
            _ => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// A field's own name, if [`prepare_kml`] wrote it in hexadecimal.
pub(crate) fn own_name(field: String) -> String {
    let decoded = field.strip_prefix(MARK).filter(|hex| hex.len() % 2 == 0 && hex.is_ascii()).and_then(|hex| {
        let bytes: Option<Vec<u8>> =
            (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).ok()).collect();
        String::from_utf8(bytes?).ok()
    });
    decoded.unwrap_or(field)
}

/// The encoding an XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = start.split("?>").next()?;
    let value = declaration.split("encoding=").nth(1)?;
    let quote = value.chars().next()?;
    let label = value.get(1..)?.split(quote).next()?;
    Encoding::for_label(label.as_bytes())
}
