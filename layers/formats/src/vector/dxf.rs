//! DXF drawings: which of their lines are boundaries.
//!
//! A drawing has no plots, only lines on layers. A closed polyline or a hatch is a boundary; a line
//! that is not closed is a line; lettering is not a feature. GDAL turns bulges, arcs and splines
//! into chords of 0.1° (see [`super::gdal_messages`]).

use super::source::{Opening, shown};
use super::text_copy;
use super::wkb::Parts;
use crate::raw::RawFeature;
use crate::{FormatError, ImportNote};
use encoding_rs::{Encoding, GBK, UTF_8};
use geo_types::Coord;
use redline_wording::text;
use std::collections::BTreeSet;
use std::path::Path;

/// A polyline whose ends are nearer than this (metres) was meant to be closed: a drafting snap that
/// missed, not a gap. The closing is listed as `unclosed-ring`.
const CLOSING_GAP: f64 = 0.01;

/// Checks the drawing and finds the encoding of its text.
///
/// # Errors
/// `dwg`, `dxf-binary`, `truncated`, `wrong-format`.
pub(crate) fn prepare(path: &Path) -> Result<Opening, FormatError> {
    let name = shown(path);
    let bytes = text_copy::read(path)?;
    if bytes.starts_with(b"AC10") {
        return Err(FormatError::new(
            "dwg",
            text!(
                "“{name}”实为 DWG 文件。请在 CAD 中另存为 DXF（ASCII）后重试。"
                    | "“{name}” is really a DWG file. Save it in the CAD program as DXF (ASCII) and try again."
            ),
        ));
    }
    if bytes.starts_with(b"AutoCAD Binary DXF") {
        return Err(FormatError::new(
            "dxf-binary",
            text!(
                "“{name}”是二进制 DXF，不支持。请在 CAD 中另存为 ASCII DXF 后重试。"
                    | "“{name}” is a binary DXF, which is not supported. Save it in the CAD program as ASCII DXF and try again."
            ),
        ));
    }
    let has = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    if !has(b"SECTION") {
        return Err(FormatError::new(
            "wrong-format",
            text!(
                "“{name}”不是 DXF 文件（没有 SECTION）。请核对扩展名，或在 CAD 中另存为 ASCII DXF。"
                    | "“{name}” is not a DXF (it has no SECTION). Check its extension, or save it in the CAD program as ASCII DXF."
            ),
        ));
    }
    let tail = &bytes[bytes.len().saturating_sub(200)..];
    if !tail.windows(3).any(|window| window == b"EOF") {
        return Err(FormatError::new(
            "truncated",
            text!(
                "“{name}”不完整：末尾缺少 EOF 标记。请重新复制或重新导出。"
                    | "“{name}” is not complete: the EOF mark at its end is missing. Copy or export it again."
            ),
        ));
    }
    let mut opening = Opening::plain(path);
    encoding(&mut opening, &bytes, &name);
    Ok(opening)
}

/// Text is UTF-8 from release 2007 on, in the code page of the header before; programs disagree
/// with both, so the bytes decide.
fn encoding(opening: &mut Opening, bytes: &[u8], name: &str) {
    if bytes.is_ascii() {
        return;
    }
    let found: &'static Encoding = if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else if GBK.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
        GBK
    } else {
        text_copy::detect(bytes)
    };
    opening.settings.push(("DXF_ENCODING", super::dbf::gdal_name(found).to_owned()));
    let stated = codepage(bytes);
    if stated.is_some_and(|stated| stated != found) {
        opening.notes.push(ImportNote::info(
            "encoding-detected",
            text!(
                "“{name}”的文字编码与其代码页声明不符；按内容判断为 {}。"
                    | "The text encoding of “{name}” is not the code page it declares; by its content it is {}.",
                found.name()
            ),
        ));
    }
}

/// The header's `$DWGCODEPAGE`.
fn codepage(bytes: &[u8]) -> Option<&'static Encoding> {
    let key = b"$DWGCODEPAGE";
    let at = bytes.windows(key.len()).position(|window| window == key)? + key.len();
    let after = String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 60)]).into_owned();
    let page = after.lines().map(str::trim).filter(|line| !line.is_empty()).nth(1)?.to_owned();
    match page.to_ascii_uppercase().as_str() {
        "ANSI_936" | "GB2312" => Some(GBK),
        "ANSI_950" => Some(encoding_rs::BIG5),
        "UTF-8" => Some(UTF_8),
        "ANSI_1252" => Some(encoding_rs::WINDOWS_1252),
        _ => None,
    }
}

/// What was seen of a drawing while its entities pass by.
#[derive(Default)]
pub(crate) struct Drawing {
    lettering: usize,
    duplicates: usize,
    seen: BTreeSet<Vec<(u64, u64)>>,
}

impl Drawing {
    /// Turns closed lines into rings and keeps the layer's name; `None` for what is no feature:
    /// lettering, and a boundary drawn a second time (a hatch over its own outline).
    pub(crate) fn take(&mut self, feature: &mut RawFeature, mut parts: Parts) -> Option<Parts> {
        let text = feature.attributes.get("Text").is_some_and(|text| !text.is_empty());
        if text && parts.rings.is_empty() && parts.lines.is_empty() {
            self.lettering += 1;
            return None;
        }
        let lines = std::mem::take(&mut parts.lines);
        for line in lines {
            let gap = match (line.first(), line.last()) {
                (Some(a), Some(b)) => (a.x - b.x).hypot(a.y - b.y),
                _ => f64::INFINITY,
            };
            if line.len() >= 4 && gap <= CLOSING_GAP { parts.rings.push(line) } else { parts.lines.push(line) }
        }
        let before = parts.rings.len();
        parts.rings.retain(|ring| self.seen.insert(outline(ring)));
        let again = before - parts.rings.len();
        self.duplicates += again;
        if again > 0 && parts.is_empty() {
            return None;
        }
        if let Some(layer) = feature.attributes.remove("Layer") {
            feature.attributes.insert("图层".to_owned(), layer);
        }
        // Drawing attributes that say nothing of a plot.
        for housekeeping in ["PaperSpace", "SubClasses", "Linetype", "Text"] {
            feature.attributes.remove(housekeeping);
        }
        if !parts.rings.is_empty() {
            feature.id = feature.attributes.get("EntityHandle").cloned();
        }
        Some(parts)
    }

    /// What was left out.
    pub(crate) fn notes(&self, name: &str) -> Vec<ImportNote> {
        let mut notes = Vec::new();
        if self.lettering > 0 {
            notes.push(ImportNote::info(
                "lettering-skipped",
                text!(
                    "“{name}”中 {} 处文字标注不是地块，未读取。"
                        | "{} pieces of lettering in “{name}” are no plots and were not read.",
                    self.lettering
                ),
            ));
        }
        if self.duplicates > 0 {
            notes.push(ImportNote::info(
                "outline-drawn-twice",
                text!("“{name}”中 {} 条边界被重复绘制（如填充与其轮廓线），只取一次。" | "{} boundaries in “{name}” are drawn twice (such as a hatch and its outline); each was read once.", self.duplicates),
            ));
        }
        notes
    }
}

/// A ring as a set of its points in tenths of a millimetre: equal for the same outline drawn from
/// another start or the other way round.
fn outline(ring: &[Coord<f64>]) -> Vec<(u64, u64)> {
    let mut points: Vec<(u64, u64)> =
        ring.iter().map(|c| (((c.x * 1e4).round() as i64) as u64, ((c.y * 1e4).round() as i64) as u64)).collect();
    points.sort_unstable();
    points.dedup();
    points
}
