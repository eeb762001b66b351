//! The work of `inspect`.

use crate::EngineError;
use crate::assess::bounds_of;
use crate::commands::check_work::cancelled;
use crate::commands::inspect::{InspectRequest, InspectedFile, InspectedPlot, Inspection};
use crate::convert::halves;
use crate::ground::{Site, plane_of};
use crate::input::{Input, Inputs, read_all, read_options};
use crate::progress::Progress;
use crate::review::{NoteRecord, PlotArea};
use redline_formats::{Crs, Plot, PlotOrigin, ReadOptions};
use redline_geometry::{GaussKruger, Grid};
use redline_zoning::Activities;
use std::path::Path;

/// Reads the files as `check` would, and says what it found, without judging anything.
///
/// Without a workspace the plots are brought into CGCS2000 3° zone 38 unless `--crs` names a
/// Gauss–Krüger plane.
///
/// # Errors
/// When the workspace cannot be used, a CRS is unknown, or the person cancelled.
pub fn inspect(request: &InspectRequest, progress: &dyn Progress) -> Result<Inspection, EngineError> {
    let (options, plane) = match &request.workspace {
        Some(path) => {
            let site = Site::open(path, None)?;
            (read_options(&site, request.crs.as_deref(), request.axes, request.width_m)?, site.plane)
        }
        None => alone(request)?,
    };
    let Inputs { files: inputs, skipped } = read_all(&request.files, &options, progress)?;
    if progress.cancelled() {
        return Err(cancelled());
    }
    let activities = Activities::builtin();
    let files = inputs.iter().map(|i| inspected(i, &plane, activities)).collect();
    Ok(Inspection {
        schema: "redline.inspection/1".into(),
        plane: format!("EPSG:{}", options.target.epsg),
        notes: skipped.iter().map(NoteRecord::from).collect(),
        files,
    })
}

/// Options without a workspace: the named plane, else the founding plan's own.
fn alone(request: &InspectRequest) -> Result<(ReadOptions, GaussKruger), EngineError> {
    let crs = request.crs.as_deref().map(Crs::parse).transpose()?;
    let target = match crs {
        Some(c) if c.gauss_kruger().is_some() => c,
        _ => Crs::from_epsg(4526)?,
    };
    let plane = plane_of(target, Path::new("--crs"))?;
    let grid = Grid::around(plane.false_easting - 500_000.0, 0.0);
    Ok((
        ReadOptions {
            axes: request.axes,
            keep_drawn: false,
            crs,
            target,
            extent: None,
            width_m: request.width_m,
            grid,
        },
        plane,
    ))
}

fn inspected(input: &Input, plane: &GaussKruger, activities: &Activities) -> InspectedFile {
    match &input.read {
        Err(error) => InspectedFile {
            file: input.name().into(),
            sha256: String::new(),
            crs: String::new(),
            crs_evidence: Vec::new(),
            crs_evidence_en: Vec::new(),
            error: Some(error.text.zh.clone()),
            error_en: Some(error.text.en.clone()),
            notes: Vec::new(),
            plots: Vec::new(),
        },
        Ok(file) => {
            let (crs_evidence, crs_evidence_en) = halves(&file.crs.evidence);
            InspectedFile {
                file: file.name.clone(),
                sha256: file.sha256.clone(),
                crs: format!("EPSG:{}", file.crs.crs.epsg),
                crs_evidence,
                crs_evidence_en,
                error: None,
                error_en: None,
                notes: file.notes.iter().map(NoteRecord::from).collect(),
                plots: file.plots.iter().map(|p| plot(p, plane, activities)).collect(),
            }
        }
    }
}

fn plot(plot: &Plot, plane: &GaussKruger, activities: &Activities) -> InspectedPlot {
    let area = plane.area(&plot.shape);
    let rings = || plot.shape.0.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    InspectedPlot {
        id: plot.id.clone(),
        name: plot.name.clone(),
        kind: match plot.origin {
            PlotOrigin::Polygon => "polygon",
            PlotOrigin::Line { .. } => "line",
            PlotOrigin::Point { .. } => "point",
        }
        .into(),
        polygons: plot.shape.0.len(),
        holes: plot.shape.0.iter().map(|p| p.interiors().len()).sum(),
        points: rings().map(|r| r.0.len().saturating_sub(1)).sum(),
        area: PlotArea {
            ellipsoidal_m2: area.ellipsoidal_m2,
            planar_m2: area.planar_m2,
            declared_m2: plot.declared_m2,
        },
        bounds: bounds_of(&plot.shape, &plot.origin),
        activity: plot.purpose.as_deref().and_then(|p| activities.match_text(p).one().map(|a| a.code.clone())),
        purpose: plot.purpose.clone(),
    }
}
