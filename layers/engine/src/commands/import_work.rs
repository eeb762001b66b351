//! The work of `import`.

use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::commands::import::{FieldMapRow, ImportRequest, Imported};
use crate::convert::halves;
use crate::ground::plane_of;
use crate::progress::Progress;
use crate::review::NoteRecord;
use redline_formats::{Crs, Datum, ZoneFile, ZoneReadOptions, read_zones};
use redline_geometry::{Area, Grid};
use redline_wording::text;
use redline_workspace::{NewRevision, Settings, Workspace, WorkspaceError, layer_name};

/// Imports a zone layer as a new revision, making the workspace when it is not there.
///
/// # Errors
/// When the file or the workspace cannot be used, a field is unsure, or the person cancelled. The
/// workspace's content is as it was then.
pub fn import(request: &ImportRequest, progress: &dyn Progress) -> Result<Imported, EngineError> {
    progress.stage(&text!("读取图层" | "Reading the layer"), None);
    let exists = request.workspace.exists();
    let (file, target, grid) = if exists {
        let workspace = Workspace::open(&request.workspace)?;
        let (target, grid) = (Crs::from_epsg(workspace.crs_epsg())?, workspace.grid());
        (read(request, target, grid)?, target, grid)
    } else {
        read_for_new(request)?
    };
    let plane = plane_of(target, &request.workspace)?;
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

fn read(request: &ImportRequest, target: Crs, grid: Grid) -> Result<ZoneFile, EngineError> {
    let options = ZoneReadOptions {
        target,
        crs: request.crs.as_deref().map(Crs::parse).transpose()?,
        map: request.map.clone(),
        layer: request.layer.clone(),
        grid,
        accept: request.accept.clone(),
    };
    Ok(read_zones(&request.file, request.role, &options)?)
}

/// Reads the first layer of a workspace to be made: its plane is the one asked for, else the
/// file's own where that is a CGCS2000 Gauss–Krüger plane, else the founding plan's.
fn read_for_new(request: &ImportRequest) -> Result<(ZoneFile, Crs, Grid), EngineError> {
    let grid_of = |crs: Crs| {
        Ok::<_, EngineError>(Grid::around(plane_of(crs, &request.workspace)?.false_easting - 500_000.0, 0.0))
    };
    let asked = request.workspace_crs.as_deref().map(Crs::parse).transpose()?;
    let target = asked.unwrap_or(Crs::from_epsg(4526)?);
    let grid = grid_of(target)?;
    let file = read(request, target, grid)?;
    let own = file.crs.crs;
    let better =
        asked.is_none() && own != target && own.datum() == Some(Datum::Cgcs2000) && own.gauss_kruger().is_some();
    if !better {
        return Ok((file, target, grid));
    }
    let grid = grid_of(own)?;
    Ok((read(request, own, grid)?, own, grid))
}

/// Writes into the workspace, or into a new one that only appears when the writing succeeded.
fn in_place_or_new<T>(
    request: &ImportRequest,
    exists: bool,
    settings: &Settings,
    write: impl FnOnce(&mut Workspace) -> Result<T, WorkspaceError>,
) -> Result<T, EngineError> {
    Ok(if exists {
        write(&mut Workspace::open_for_editing(&request.workspace)?)?
    } else {
        Workspace::create_with(&request.workspace, settings, write)?
    })
}
