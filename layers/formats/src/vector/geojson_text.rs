//! GeoJSON before it is opened: is it whole, in which encoding, and does it state a CRS.
//!
//! RFC 7946 knows only WGS 84 degrees; its forerunner (2008) had a `crs` member that exporters
//! still write. GDAL reports WGS 84 either way, so the member itself is looked for.

use super::source::{Opening, shown};
use super::text_copy;
use crate::{FormatError, ImportNote};
use redline_wording::text;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// The members of the outermost object that matter before opening; the rest is skipped unread.
#[derive(Deserialize)]
struct Outermost {
    r#type: Option<serde_json::Value>,
    crs: Option<serde_json::Value>,
}

const TYPES: [&str; 9] = [
    "FeatureCollection",
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// Checks the text and finds its encoding.
///
/// # Errors
/// `geojson-broken` with line and column, `encoding-unknown`, `wrong-format`.
pub(crate) fn prepare(path: &Path) -> Result<Opening, FormatError> {
    let name = shown(path);
    let mut opening = Opening::plain(path);
    let utf8 = text_copy::is_utf8(path).map_err(|_| unreadable(path))?;
    if !utf8 {
        let (json, encoding) = text_copy::decode(path, None)?;
        let (folder, copy) = text_copy::in_temporary_folder(&name, json.as_bytes())?;
        opening.path = copy;
        opening.copy = Some(folder);
        opening.notes.push(ImportNote::warning(
            "encoding-detected",
            text!(
                "“{name}”不是 UTF-8（GeoJSON 的规定编码）；按内容判断为 {}。"
                    | "“{name}” is not UTF-8, which GeoJSON must be; by its content it is {}.",
                encoding.name()
            ),
        ));
    }
    let outermost = outermost(&opening.path, &name)?;
    quote_long_integers(&mut opening, &name)?;
    let kind = outermost.r#type.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
    if !TYPES.contains(&kind) {
        return Err(FormatError::new(
            "wrong-format",
            text!(
                "“{name}”是 JSON 但不是 GeoJSON（最外层没有 GeoJSON 的 type）。请导出为 GeoJSON 后重试。"
                    | "“{name}” is JSON but not GeoJSON (its outermost object has no GeoJSON type). Export it as GeoJSON and try again."
            ),
        ));
    }
    opening.states_crs = outermost.crs.is_some_and(|crs| !crs.is_null());
    // Properties stay the text they are; nested ones are not spread over columns.
    opening.options.push("NATIVE_DATA=NO".to_owned());
    Ok(opening)
}

/// Integers of more digits than 64 bits hold: GDAL would clamp such an identifier to the largest it
/// can keep, and every plot would have the same.
fn quote_long_integers(opening: &mut Opening, name: &str) -> Result<(), FormatError> {
    let mut file = File::open(&opening.path).map_err(|_| unreadable(&opening.path))?;
    let mut scan = NumberScan::default();
    let mut buffer = vec![0u8; 1 << 20];
    let mut found = false;
    while !found {
        let read = file.read(&mut buffer).map_err(|_| unreadable(&opening.path))?;
        if read == 0 {
            break;
        }
        found = buffer[..read].iter().any(|&byte| scan.ends_long_integer(byte));
    }
    if !found {
        return Ok(());
    }
    let bytes = text_copy::read(&opening.path)?;
    let mut quoted = Vec::with_capacity(bytes.len() + 64);
    let mut scan = NumberScan::default();
    for &byte in &bytes {
        let digits = scan.digits;
        if scan.ends_long_integer(byte) {
            let start = quoted.len() - digits;
            quoted.insert(start, b'"');
            quoted.push(b'"');
        }
        quoted.push(byte);
    }
    let (folder, copy) = text_copy::in_temporary_folder(name, &quoted)?;
    opening.path = copy;
    opening.copy = Some(folder);
    Ok(())
}

/// Walks over JSON and finds integers of more than 18 digits outside strings.
#[derive(Default)]
struct NumberScan {
    in_string: bool,
    escaped: bool,
    /// Characters of the number so far; 0 outside numbers.
    digits: usize,
    /// The number has a fraction or an exponent.
    fractional: bool,
}

impl NumberScan {
    /// Takes the next byte; true when it ends such an integer.
    fn ends_long_integer(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'0'..=b'9' | b'-' | b'+' => self.digits += 1,
            b'.' | b'e' | b'E' if self.digits > 0 => {
                self.fractional = true;
                self.digits += 1;
            }
            _ => {
                let long = self.digits > 18 && !self.fractional;
                self.digits = 0;
                self.fractional = false;
                self.in_string = byte == b'"';
                return long;
            }
        }
        false
    }
}

fn unreadable(path: &Path) -> FormatError {
    let name = shown(path);
    FormatError::new(
        "file-unreadable",
        text!(
            "无法读取文件“{name}”。请检查读取权限后重试。"
                | "“{name}” cannot be read. Check your permission to read it, then try again."
        ),
    )
}

fn outermost(path: &Path, name: &str) -> Result<Outermost, FormatError> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(|_| unreadable(path))?);
    let mut start = Vec::new();
    file.by_ref().take(3).read_to_end(&mut start).map_err(|_| unreadable(path))?;
    if start == b"\xef\xbb\xbf" {
        start.clear();
    }
    let length = file.get_ref().metadata().map(|meta| meta.len()).unwrap_or(0);
    let broken = |why: String| {
        FormatError::new(
            "geojson-broken",
            text!(
                "“{name}”不是完整的 GeoJSON（{why}）。请重新导出该文件。"
                    | "“{name}” is not complete GeoJSON ({why}). Export it again."
            ),
        )
    };
    if length == 0 {
        return Err(broken("0 B".to_owned()));
    }
    serde_json::from_reader(start.as_slice().chain(file)).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        FormatError::new(
            "geojson-broken",
            text!(
                "“{name}”不是完整的 GeoJSON：第 {line} 行第 {column} 列（{error}）。请重新导出该文件。"
                    | "“{name}” is not complete GeoJSON: line {line}, column {column} ({error}). Export it again."
            ),
        )
    })
}
