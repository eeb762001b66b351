//! Papers out of a held review: a file whole or not at all, or into the outbox.

use super::wire::*;
use super::{Desk, held, table};
use crate::EngineError;
use crate::ground::file_name;
use crate::progress::Progress;
use crate::review::Review;
use redline_wording::{Text, io_reason, text};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The outbox below a desk's scratch folder.
pub(super) const OUTBOX: &str = "outbox";

/// Writes a held review.
pub(super) fn export(desk: &Desk, asked: ExportReview, _: &dyn Progress) -> Result<Exported, EngineError> {
    let held = held::held(desk, asked.review)?;
    let record = &held.record;
    let (bytes, ending) = match asked.format {
        ExportFormat::Json => (record.to_json()?.into_bytes(), "json"),
        ExportFormat::Geojson => (crate::output::geojson(record)?.into_bytes(), "geojson"),
        ExportFormat::Xlsx => (crate::output::xlsx(record, asked.lang)?, "xlsx"),
    };
    let path = match asked.path {
        Some(path) => path,
        None => outbox(desk)?.join(name(record, ending)),
    };
    write_whole(&path, &bytes)?;
    Ok(Exported { name: file_name(&path), bytes: bytes.len() as u64, path })
}

/// The desk's outbox, made where it is missing.
pub(super) fn outbox(desk: &Desk) -> Result<PathBuf, EngineError> {
    let outbox = desk.folders.scratch.join(OUTBOX);
    std::fs::create_dir_all(&outbox).map_err(|e| unwritable(&outbox, &e))?;
    Ok(outbox)
}

/// The table of a held review, to paste.
pub(super) fn table(desk: &Desk, asked: TableAsked, _: &dyn Progress) -> Result<Table, EngineError> {
    let held = held::held(desk, asked.review)?;
    Ok(table::of(&held.record, asked.unit, asked.lang))
}

/// `审查-地块-2018-06-01.xlsx`: the first project's name without what a file name cannot hold.
fn name(record: &Review, ending: &str) -> String {
    let first = record.projects.first().map_or("", |p| p.file.as_str());
    let first = first.rsplit('/').next().unwrap_or(first);
    let stem = first.rsplit_once('.').map_or(first, |(stem, _)| stem);
    let stem = allowed(stem);
    let more = if record.projects.len() > 1 { format!("-{}", record.projects.len()) } else { String::new() };
    format!("审查-{}{more}-{}.{ending}", stem.trim_matches(['.', ' ']), record.date)
}

/// What a file name can hold of `words`.
pub(super) fn allowed(words: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c);
    words.chars().filter(allowed).take(60).collect()
}

/// Writes beside the place, then renames: a failure leaves what was there.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), EngineError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut part = as_any_new_file(tempfile::Builder::new().prefix(".redline-").suffix(".part"))
        .tempfile_in(folder)
        .map_err(|e| unwritable(path, &e))?;
    part.write_all(bytes).map_err(|e| unwritable(path, &e))?;
    if let Ok(there) = std::fs::metadata(path) {
        // who could read what is replaced can read what replaces it, and nobody else
        std::fs::set_permissions(part.path(), there.permissions()).map_err(|e| unwritable(path, &e))?;
    }
    part.persist(path).map_err(|e| unwritable(path, &e.error))?;
    Ok(())
}

/// A temporary file is private; a paper is as any other new file, as the person's umask has it.
fn as_any_new_file<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    builder
}

fn unwritable(path: &Path, error: &std::io::Error) -> EngineError {
    let Text { zh, en } = io_reason(error);
    let shown = path.display().to_string();
    EngineError::new(
        "export-unwritable",
        text!(
            "{shown} 写不进去（{zh}）；没有留下半个文件，请换一个位置。"
                | "{shown} cannot be written ({en}); no half file was left, choose another place."
        ),
    )
}
