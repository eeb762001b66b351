//! The work of `import`.

use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::commands::import::{FieldMapRow, ImportRequest, Imported};
use crate::convert::halves;
use crate::ground::{file_name, plane_of};
use crate::progress::Progress;
use crate::review::NoteRecord;
use redline_formats::{Crs, ZoneReadOptions, read_zones};
use redline_geometry::{Area, Grid};
use redline_workspace::{NewRevision, Settings, Workspace, WorkspaceError, layer_name};
use redline_wording::text;
use std::path::Path;

/// Imports a zone layer as a new revision, making the workspace when it is not there.
///
/// # Errors
/// When the file or the workspace cannot be used, a field is unsure, or the person cancelled. The
/// workspace's content is as it was then.
pub fn import(request: &ImportRequest, progress: &dyn Progress) -> Result<Imported, EngineError> {
    let exists = request.workspace.exists();
    let target = if exists {
        Crs::from_epsg(Workspace::open(&request.workspace)?.crs_epsg())?
    } else {
        match &request.workspace_crs {
            Some(words) => Crs::parse(words)?,
            None => redline_formats::probe_crs(&request.file, request.crs.as_deref())?,
        }
    };
    let plane = plane_of(target, &request.workspace)?;
    progress.stage(&text!("读取图层" | "Reading the layer"), None);
    let grid = if exists {
        Workspace::open(&request.workspace)?.grid()
    } else {
        Grid::around(plane.false_easting - 500_000.0, 0.0)
    };
    let options = ZoneReadOptions {
        target,
        crs: request.crs.as_deref().map(Crs::parse).transpose()?,
        map: request.map.clone(),
        layer: request.layer.clone(),
        grid,
    };
    let file = read_zones(&request.file, request.role, &options)?;
    if progress.cancelled() {
        return Err(cancelled());
    }

    let zones = file.zones.len() as u64;
    progress.stage(&text!("写入工作空间" | "Writing the workspace"), Some(zones));
    let notes: Vec<NoteRecord> = file.notes.iter().map(NoteRecord::from).collect();
    let revision = NewRevision {
        role: request.role,
        name: layer_name(request.role).to_string(),
        title: request.role.word().zh,
        date: request.date,
        author: request.author.clone().unwrap_or_default(),
        reason: request.reason.clone().unwrap_or_default(),
        source_date: request.source_date.clone().or_else(|| file.source_date.clone()),
        file_name: request.source.clone().unwrap_or_else(|| file.name.clone()),
        file_sha256: file.sha256.clone(),
        stated_extent: request.extent,
        notes: notes.iter().filter_map(|n| serde_json::to_value(n).ok()).collect(),
    };
    let source = file.zones.into_iter().map(|zone| {
        if progress.cancelled() {
            let cancelled = cancelled();
            Err(WorkspaceError::new("cancelled", cancelled.text))
        } else {
            Ok(zone)
        }
    });
    let settings = Settings::new(target.epsg, plane, grid, request.date);
    let written = in_place_or_new(request, exists, &settings, |workspace| {
        let mut last = 0;
        workspace.try_add_revision(&revision, source, &mut |done| {
            progress.advance(done.saturating_sub(last));
            last = done;
        })
    })?;
    let (crs_evidence, crs_evidence_en) = halves(&file.crs.evidence);
    Ok(Imported {
        layer: written.layer,
        role: request.role,
        revision: written.number,
        date: request.date.to_string(),
        zones,
        area: Area { ellipsoidal_m2: written.ellipsoidal_m2, planar_m2: written.planar_m2 },
        sha256: written.sha256,
        created_workspace: !exists,
        crs: format!("EPSG:{}", file.crs.crs.epsg),
        crs_evidence,
        crs_evidence_en,
        field_map: file
            .field_map
            .iter()
            .map(|m| FieldMapRow { field: m.field.clone(), meaning: m.meaning.clone() })
            .collect(),
        notes,
    })
}

/// Writes into the workspace, or into a new one that only appears when the writing succeeded.
fn in_place_or_new<T>(
    request: &ImportRequest,
    exists: bool,
    settings: &Settings,
    write: impl FnOnce(&mut Workspace) -> Result<T, redline_workspace::WorkspaceError>,
) -> Result<T, EngineError> {
    if exists {
        let mut workspace = Workspace::open_for_editing(&request.workspace)?;
        return Ok(write(&mut workspace)?);
    }
    let mut workspace = Workspace::create(&request.workspace, settings)?;
    let result = write(&mut workspace);
    drop(workspace);
    if result.is_err() {
        remove_empty(&request.workspace);
    }
    Ok(result?)
}

/// Takes back a workspace that holds nothing because its first import failed.
fn remove_empty(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        // nothing was lost: an empty workspace stays behind and the next import uses it
        eprintln!("{}: {error}", file_name(path));
    }
}
