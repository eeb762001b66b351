//! Papers out of a held review: a file whole or not at all, or into the outbox.

use super::wire::*;
use super::{Desk, held, table};
use crate::EngineError;
use crate::files::{allowed, unwritable, write_whole};
use crate::ground::file_name;
use crate::progress::Progress;
use crate::review::Review;
use std::path::PathBuf;

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
pub(super) fn name(record: &Review, ending: &str) -> String {
    let first = record.projects.first().map_or("", |p| p.file.as_str());
    let first = first.rsplit('/').next().unwrap_or(first);
    let stem = first.rsplit_once('.').map_or(first, |(stem, _)| stem);
    let stem = allowed(stem);
    let more = if record.projects.len() > 1 { format!("-{}", record.projects.len()) } else { String::new() };
    format!("审查-{}{more}-{}.{ending}", stem.trim_matches(['.', ' ']), record.date)
}
