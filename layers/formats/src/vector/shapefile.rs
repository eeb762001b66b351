//! A shapefile before it is opened: are its parts there, whole, and in which encoding.

use super::dbf::{self, Known};
use super::source::{Opening, shown};
use crate::archive::members::{companion, extension};
use crate::{FormatError, ImportNote};
use redline_wording::text;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Checks the parts of the shapefile at `path` (its `.shp`, or any part of it).
///
/// # Errors
/// `shp-missing`, `shx-missing`, `file-broken`, `truncated`: each names the part.
pub(crate) fn prepare(path: &Path) -> Result<Opening, FormatError> {
    let asked = shown(path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shp = if extension(path) == "shp" { Some(path.to_owned()) } else { companion(path, "shp") };
    let Some(shp) = shp else {
        return Err(FormatError::new(
            "shp-missing",
            text!(
                "“{asked}”旁缺少 {stem}.shp（图形文件），没有可审查的图形。请索取完整的 .shp/.shx/.dbf/.prj。"
                    | "{stem}.shp (the shapes) is missing beside “{asked}”: there is nothing to check. Ask for the complete .shp/.shx/.dbf/.prj."
            ),
        ));
    };
    let name = shown(&shp);
    let Some(shx) = companion(&shp, "shx") else {
        return Err(FormatError::new(
            "shx-missing",
            text!(
                "“{name}”缺少索引文件 {stem}.shx，无法使用。请索取完整的 .shp/.shx/.dbf/.prj，或用 QGIS 打开后另存一份。"
                    | "“{name}” cannot be used: its index {stem}.shx is missing. Ask for the complete .shp/.shx/.dbf/.prj, or open it in QGIS and save a copy."
            ),
        ));
    };
    let shapes = whole(&shp)?;
    let indexed = whole(&shx)?;
    if shapes > 100 && indexed <= 100 {
        return Err(FormatError::new(
            "file-broken",
            text!(
                "“{name}”的索引文件 {stem}.shx 是空的，与图形不符。请重新复制或重新导出全套文件。"
                    | "The index {stem}.shx of “{name}” is empty although there are shapes. Copy or export the whole set again."
            ),
        ));
    }
    let mut opening = Opening::plain(&shp);
    let prj = companion(&shp, "prj");
    match companion(&shp, "dbf") {
        Some(dbf) => {
            table(&mut opening, &shp, &dbf, (indexed - 100) / 8)?;
            lower_case_copy(&mut opening, &[Some(shp), Some(shx), Some(dbf), prj])?;
        }
        None => {
            opening.notes.push(ImportNote::warning(
                "dbf-missing",
                text!("“{name}”缺少属性表 {stem}.dbf：只有图形，编号、名称、用途和申报面积均不可用。请索取完整的 .shp/.shx/.dbf/.prj。" | "The attribute table {stem}.dbf of “{name}” is missing: there are only shapes, without numbers, names, uses or declared areas. Ask for the complete .shp/.shx/.dbf/.prj."),
            ));
            lower_case_copy(&mut opening, &[Some(shp), Some(shx), None, prj])?;
        }
    }
    Ok(opening)
}

/// Length of a `.shp` or `.shx` that has its magic number and all the bytes its header counts.
fn whole(path: &Path) -> Result<u64, FormatError> {
    let name = shown(path);
    let broken = || {
        FormatError::new(
            "file-broken",
            text!(
                "“{name}”不是 Shapefile 文件或已损坏（文件头不符）。请重新复制或重新导出。"
                    | "“{name}” is not a shapefile or is damaged (its header does not match). Copy or export it again."
            ),
        )
    };
    let mut file = fs::File::open(path).map_err(|error| {
        FormatError::new("file-unreadable", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "无法读取“{name}”（{zh}）。请检查读取权限后重试。"
                    | "“{name}” cannot be read ({en}). Check your permission to read it, then try again."
            )
        })
    })?;
    let length = file.metadata().map(|meta| meta.len()).unwrap_or(0);
    let mut header = [0u8; 100];
    file.read_exact(&mut header).map_err(|_| broken())?;
    if header[..4] != 9994u32.to_be_bytes() {
        return Err(broken());
    }
    // The header counts 16-bit words.
    let stated = 2 * u64::from(u32::from_be_bytes([header[24], header[25], header[26], header[27]]));
    if length < stated {
        return Err(FormatError::new(
            "truncated",
            text!(
                "“{name}”不完整：应有 {stated} 字节，实有 {length} 字节。请重新复制或重新导出。"
                    | "“{name}” is not complete: it should have {stated} bytes and has {length}. Copy or export it again."
            ),
        ));
    }
    Ok(length)
}

/// Looks at the attribute table: its encoding, its number of records.
fn table(opening: &mut Opening, shp: &Path, dbf: &Path, shapes: u64) -> Result<(), FormatError> {
    let name = shown(dbf);
    // A `.cpg` is ASCII; whatever else it holds is no statement.
    let cpg = companion(shp, "cpg").and_then(|path| fs::read_to_string(path).ok());
    let found = dbf::look(dbf, cpg.as_deref()).map_err(|error| {
        FormatError::new("file-broken", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "属性表“{name}”无法读取（{zh}）。请重新复制或重新导出全套文件。"
                    | "The attribute table “{name}” cannot be read ({en}). Copy or export the whole set again."
            )
        })
    })?;
    if found.records_present < found.records {
        return Err(FormatError::new(
            "truncated",
            text!(
                "属性表“{name}”不完整：应有 {} 条记录，实有 {} 条。请重新复制或重新导出。"
                    | "The attribute table “{name}” is not complete: it should have {} records and has {}. Copy or export it again.",
                found.records,
                found.records_present
            ),
        ));
    }
    if found.records != shapes {
        opening.notes.push(ImportNote::warning(
            "records-differ",
            text!("“{name}”有 {} 条属性记录，图形却有 {shapes} 个；属性与图形可能错位，请核对。" | "“{name}” has {} records but there are {shapes} shapes; attributes may belong to other shapes. Check them.", found.records),
        ));
    }
    let encoding = found.encoding.name();
    match found.known {
        Known::Ascii | Known::Stated => {}
        Known::Detected => opening.notes.push(ImportNote::info(
            "encoding-detected",
            text!("“{name}”未注明文字编码；按内容判断为 {encoding}。" | "“{name}” does not say how its text is encoded; by its content it is {encoding}."),
        )),
        Known::Contradicted { stated } => opening.notes.push(ImportNote::warning(
            "encoding-detected",
            text!("“{name}”注明的文字编码“{stated}”与内容不符或无法识别；按内容判断为 {encoding}。请核对中文属性。" | "The text encoding “{stated}” stated for “{name}” does not fit its content or is not known; by its content it is {encoding}. Check the Chinese attributes."),
        )),
    }
    if found.cut_values > 0 {
        opening.notes.push(ImportNote::warning(
            "text-cut",
            text!(
                "“{name}”中有 {} 个文字值在字段宽度处被截断，末字不完整。"
                    | "{} text values in “{name}” are cut at the width of their field, in the middle of a character.",
                found.cut_values
            ),
        ));
    }
    opening.options.push(format!("ENCODING={}", dbf::gdal_name(found.encoding)));
    Ok(())
}

/// GDAL finds `.shx` and `.SHX` beside `.shp`, but not `.Shx`: such a set is read from a copy.
fn lower_case_copy(opening: &mut Opening, parts: &[Option<PathBuf>]) -> Result<(), FormatError> {
    let odd = parts.iter().flatten().any(|path| {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        extension.chars().any(char::is_uppercase) && extension.chars().any(char::is_lowercase)
    });
    if !odd {
        return Ok(());
    }
    let failed = |error: std::io::Error| {
        FormatError::new("copy-failed", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "无法在临时文件夹中复制文件（{zh}）。请检查磁盘空间。"
                    | "The files cannot be copied to the temporary folder ({en}). Check the space on the disk."
            )
        })
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    for part in parts.iter().flatten() {
        let name = Path::new(part.file_stem().unwrap_or_default()).with_extension("");
        let copy = folder.path().join(format!("{}.{}", name.display(), extension(part)));
        fs::copy(part, &copy).map_err(failed)?;
        if extension(part) == "shp" {
            opening.path = copy;
        }
    }
    opening.copy = Some(folder);
    Ok(())
}
