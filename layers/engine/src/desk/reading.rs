//! A file read one way and another, before anything is decided: nothing is held and nothing changed.

use super::opening::City;
use super::wire::*;
use super::{Desk, checking};
use crate::EngineError;
use crate::assess::bounds_of;
use crate::commands::check_work::cancelled;
use crate::ground::{Site, join};
use crate::input::{Input, read_all, read_options};
use crate::progress::Progress;
use crate::review::{NoteRecord, PlotArea};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_formats::{Plot, ReadOptions};
use redline_geometry::{Shape, overlay, planar_m2};

/// What a file would be, read so.
pub(super) fn preview(
    desk: &Desk,
    asked: PreviewReading,
    progress: &dyn Progress,
) -> Result<ReadingPreview, EngineError> {
    let city = desk.city()?;
    let site = Site::open(city.path(), None)?;
    let Reading { crs, axes, width_m } = asked.reading;
    let options = read_options(&site, crs.as_deref(), checking::axes(axes.as_deref())?, width_m)?;
    let inputs = read_all(&[asked.file], &ReadOptions { keep_drawn: true, ..options }, progress)?.files;
    if progress.cancelled() {
        return Err(cancelled());
    }
    let plots = inputs.iter().flat_map(Input::plots);
    let bounds = plots.filter_map(|p| bounds_of(&p.shape, &p.origin)).reduce(join).map(|b| city.bounds(b));
    Ok(ReadingPreview { files: inputs.iter().map(|input| previewed(&city, input)).collect(), bounds })
}

fn previewed(city: &City, input: &Input) -> PreviewedFile {
    let mut file = PreviewedFile {
        file: input.name().to_string(),
        error: None,
        crs: String::new(),
        crs_evidence: Vec::new(),
        notes: Vec::new(),
        plots: Vec::new(),
    };
    match &input.read {
        Err(e) => file.error = Some(e.text.clone()),
        Ok(read) => {
            file.crs = format!("EPSG:{}", read.crs.crs.epsg);
            file.crs_evidence = read.crs.evidence.clone();
            file.notes = read.notes.iter().map(NoteRecord::from).collect();
            file.plots = read.plots.iter().map(|plot| previewed_plot(city, plot)).collect();
        }
    }
    file
}

fn previewed_plot(city: &City, plot: &Plot) -> PreviewedPlot {
    let area = city.plane().area(&plot.shape);
    PreviewedPlot {
        id: plot.id.clone(),
        name: plot.name.clone(),
        outline: city.outline(&plot.shape),
        drawn: plot.drawn.iter().map(|ring| ring.iter().map(|&c| city.degrees(c)).collect()).collect(),
        repaired_m2: repaired_m2(city, plot),
        area: PlotArea {
            ellipsoidal_m2: area.ellipsoidal_m2,
            planar_m2: area.planar_m2,
            declared_m2: plot.declared_m2,
        },
    }
}

/// Where the rings as drawn (read even–odd) and the footprint differ, m².
fn repaired_m2(city: &City, plot: &Plot) -> f64 {
    let rings = plot.drawn.iter().filter(|ring| ring.len() > 2).map(|ring| {
        let mut points: Vec<Coord<f64>> = ring.clone();
        if points.first() != points.last() {
            points.extend(points.first().copied());
        }
        Polygon::new(LineString(points), Vec::new())
    });
    let drawn: Shape = MultiPolygon(rings.collect());
    if drawn.0.is_empty() {
        return 0.0;
    }
    let grid = city.grid();
    let apart = |a: &Shape, b: &Shape| planar_m2(&overlay::difference(a, b, &grid));
    apart(&drawn, &plot.shape) + apart(&plot.shape, &drawn)
}
