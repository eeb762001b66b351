//! The work of `import`.

use crate::EngineError;
use crate::assess::bounds_of;
use crate::commands::check_work::cancelled;
use crate::commands::import::{ClaimedExtent, FieldMapRow, ImportRequest, Imported};
use crate::convert::halves;
use crate::ground::{join, plane_of};
use crate::progress::Progress;
use crate::review::NoteRecord;
use redline_cartography::keep_overview;
use redline_formats::{Crs, Datum, ImportNote, PlotOrigin, ZoneFile, ZoneReadOptions, read_zones};
use redline_geometry::{Area, Grid};
use redline_wording::text;
use redline_workspace::{NewRevision, Settings, Workspace, WorkspaceError, layer_name};
use redline_zoning::LayerRole;

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
    let (stated_extent, said) = claimed_extent(request, exists, &file)?;
    progress.stage(&text!("写入工作空间" | "Writing the workspace"), Some(zones));
    let notes: Vec<NoteRecord> = file.notes.iter().chain(&said).map(NoteRecord::from).collect();
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
        stated_extent,
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
        let written = workspace.try_add_revision(&revision, source, &mut |done| {
            progress.advance(done.saturating_sub(last));
            last = done;
        })?;
        draw_overview(workspace, &written.layer, progress);
        Ok(written)
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

/// Draws what the map shows of a large layer from afar. The import stands without it: a map that lacks
/// it makes it again, so a failure or a person who stops here takes nothing back.
fn draw_overview(workspace: &mut Workspace, layer: &str, progress: &dyn Progress) {
    let mut last = None;
    let mut show = |done: u64, total: u64| {
        if last.is_none() {
            progress.stage(&text!("绘制概览图" | "Drawing the overview"), Some(total));
        }
        progress.advance(done.saturating_sub(last.unwrap_or(0)));
        last = Some(done);
    };
    let _ = keep_overview(workspace, layer, &mut show, &|| progress.cancelled());
}

/// The box in which the layer speaks, and what to say of it.
fn claimed_extent(
    request: &ImportRequest,
    exists: bool,
    file: &ZoneFile,
) -> Result<(Option<[f64; 4]>, Option<ImportNote>), EngineError> {
    let layers = if exists { Workspace::open(&request.workspace)?.layers()? } else { Vec::new() };
    let own = || file.zones.iter().filter_map(|z| bounds_of(&z.shape, &PlotOrigin::Polygon)).reduce(join);
    // what one file claimed holds for the next only where that reaches as far
    let before = layers.iter().find(|l| l.role == request.role).and_then(|l| {
        let fills = own().zip(l.extent).is_some_and(|(new, old)| fills(new, old));
        l.stated_extent.filter(|_| fills)
    });
    let districts = || layers.iter().filter(|l| l.role == LayerRole::District).filter_map(|l| l.extent).reduce(join);
    match request.extent {
        Some(ClaimedExtent::Box(bounds)) => Ok((Some(bounds), None)),
        Some(ClaimedExtent::Zones) => Ok((own(), None)),
        Some(ClaimedExtent::City) => match districts() {
            Some(bounds) => Ok((Some(bounds), None)),
            None => Err(EngineError::new(
                "extent-no-districts",
                text!(
                    "工作空间没有行政区图层，不知道全市范围；请先导入（--as district），或写出 --extent 西,南,东,北。"
                        | "The workspace has no district layer, so the city's extent is unknown; import one first (--as district), or give --extent W,S,E,N."
                ),
            )),
        },
        None => match before {
            Some(bounds) => Ok((
                Some(bounds),
                Some(ImportNote::warning(
                    "extent-kept",
                    text!(
                        "没有声明覆盖范围；新图层与上一版本的外接范围相当，沿用上一版本声明的范围。如不再覆盖该范围，请用 --extent 重新导入。"
                            | "No extent was given; the new zones reach as far as the last revision's, so the extent it stated is kept. If the layer no longer covers it, import it again with --extent."
                    ),
                )),
            )),
            None if request.role.judged() => Ok((
                None,
                Some(ImportNote::warning(
                    "extent-unstated",
                    text!(
                        "没有声明覆盖范围：没有压占时结论只能是需人工判定。如该图层覆盖全市，请加 --extent city 重新导入。"
                            | "No extent is stated: where nothing overlaps the outcome can only be Manual. If the layer covers the whole city, import it again with --extent city."
                    ),
                )),
            )),
            None => Ok((None, None)),
        },
    }
}

/// Whether the box `new` reaches as far as `old`, within a fiftieth of its sides.
fn fills(new: [f64; 4], old: [f64; 4]) -> bool {
    let (wide, high) = ((old[2] - old[0]) / 50.0, (old[3] - old[1]) / 50.0);
    new[0] <= old[0] + wide && new[1] <= old[1] + high && new[2] >= old[2] - wide && new[3] >= old[3] - high
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
