//! Drafts confirmed, and the versions of a layer.

use super::super::wire::*;
use super::super::{Desk, exporting};
use super::{Drafting, drafting, tiles};
use crate::EngineError;
use crate::commands::export_work;
use crate::ground::file_name;
use crate::progress::Progress;
use crate::states;
use jiff::civil::Date;
use redline_geometry::Area;
use redline_wording::text;
use redline_workspace::{NewVersion, RevisionInfo, Workspace};

/// Makes the draft the layer's newest revision.
pub(in super::super) fn confirm(desk: &Desk, asked: ConfirmDraft, _: &dyn Progress) -> Result<Version, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let new = NewVersion { title: asked.title, author: asked.author, reason: asked.reason, date: day(&asked.date)? };
    let info = editing.workspace.confirm_draft(editing.id, &new)?;
    // confirmed, whatever closing says: at worst the file stays in two parts, which the next opening joins
    drafting.editing = None;
    tiles::clear(desk);
    Ok(version(info))
}

/// Writes a revision of a layer as a file.
pub(in super::super) fn export(desk: &Desk, asked: ExportVersion, _: &dyn Progress) -> Result<Exported, EngineError> {
    let workspace = Workspace::open(desk.city()?.path())?;
    let words = format!("r{}", asked.revision);
    let (state, _) = states::two(&workspace, Some(&asked.layer), &words, &words)?;
    let path = match asked.path {
        Some(path) => path,
        None => {
            let stem = crate::files::allowed(&format!("{}-{words}-{}", state.layer.title, state.layer.date));
            exporting::outbox(desk)?.join(format!("{stem}.gpkg"))
        }
    };
    export_work::write(&workspace, &state, &path)?;
    let bytes = std::fs::metadata(&path).map_or(0, |m| m.len());
    Ok(Exported { name: file_name(&path), bytes, path })
}

/// The revisions of a layer, newest first.
pub(in super::super) fn versions(
    desk: &Desk,
    asked: VersionsAsked,
    _: &dyn Progress,
) -> Result<Vec<Version>, EngineError> {
    let workspace = Workspace::open(desk.city()?.path())?;
    workspace.layer(&asked.layer)?;
    let mut found = workspace.revisions()?;
    found.retain(|revision| revision.layer == asked.layer);
    found.sort_by_key(|revision| std::cmp::Reverse(revision.number));
    Ok(found.into_iter().map(version).collect())
}

/// Makes a layer again what it was, as a new revision.
pub(in super::super) fn restore(desk: &Desk, asked: RestoreVersion, _: &dyn Progress) -> Result<Version, EngineError> {
    let new = NewVersion { title: asked.title, author: asked.author, reason: asked.reason, date: day(&asked.date)? };
    let mut drafting = drafting(desk);
    let city = desk.city()?;
    let Drafting { editing, .. } = &mut *drafting;
    let info = match editing {
        Some(editing) => editing.workspace.restore_revision(&asked.layer, asked.revision, &new)?,
        None => {
            let mut workspace = Workspace::open_for_drafting(city.path())?;
            let info = workspace.restore_revision(&asked.layer, asked.revision, &new)?;
            // restored, whatever closing says
            drop(workspace);
            info
        }
    };
    Ok(version(info))
}

fn day(words: &str) -> Result<Date, EngineError> {
    words.trim().parse().map_err(|_| {
        EngineError::new(
            "date-misread",
            text!(
                "日期“{words}”读不懂；请写成 2018-06-01 这样。"
                    | "The date “{words}” cannot be read; write it as 2018-06-01."
            ),
        )
    })
}

fn version(info: RevisionInfo) -> Version {
    Version {
        revision: info.number,
        title: info.title.unwrap_or_default(),
        author: info.author,
        reason: info.reason,
        date: info.date.to_string(),
        features: info.features,
        area: Area { ellipsoidal_m2: info.ellipsoidal_m2, planar_m2: info.planar_m2 },
        source: info.source,
    }
}
