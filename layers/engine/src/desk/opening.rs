//! Opening a workspace: the city a desk works on.

use super::boundaries::Boundaries;
use super::wire::*;
use super::{Desk, preferences};
use crate::ground::{Site, edited_outside, file_name, plane_of};
use crate::progress::Progress;
use crate::review::NoteRecord;
use crate::{EngineError, SampleRequest};
use geo_types::Coord;
use redline_cartography::{Readers, TileSource};
use redline_formats::{Crs, ImportNote};
use redline_geometry::{GaussKruger, Grid, Shape};
use redline_wording::text;
use redline_workspace::{LayerInfo, Settings, Workspace};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

/// An open workspace: what is known of it without reading a zone.
pub(super) struct City {
    path: PathBuf,
    crs: Crs,
    plane: GaussKruger,
    grid: Grid,
    settings: Settings,
    layers: Vec<LayerInfo>,
    sources: Vec<TileSource>,
    boundaries: Boundaries,
}

impl City {
    fn open(path: &Path, cache: &Path) -> Result<(City, Vec<NoteRecord>), EngineError> {
        let site = Site::open(path, None)?;
        let record = site.record(path, None);
        let mut notes = edited_outside(&record);
        let settings = site.workspace.settings().clone();
        if settings.sample {
            notes.push(ImportNote::info(
                "sample-data",
                text!(
                    "工作空间为示例数据，结论不作依据。"
                        | "The workspace holds sample data; nothing here binds anyone."
                ),
            ));
        }
        let readers = Arc::new(Readers::new(path));
        let sources =
            site.layers.iter().map(|l| TileSource::open(&readers, l, Some(cache))).collect::<Result<_, _>>()?;
        let city = City {
            sources,
            boundaries: Boundaries::default(),
            path: path.to_path_buf(),
            crs: site.crs,
            plane: plane_of(site.crs, path)?,
            grid: site.grid,
            settings,
            layers: site.layers,
        };
        Ok((city, notes.iter().map(NoteRecord::from).collect()))
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its plane as a CRS.
    pub fn crs(&self) -> Crs {
        self.crs
    }

    /// Its plane's parameters.
    pub fn plane(&self) -> &GaussKruger {
        &self.plane
    }

    /// Its overlay grid.
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// Its settings as they stood when it was opened.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Its layers as they stood when it was opened, by role then name.
    pub fn layers(&self) -> &[LayerInfo] {
        &self.layers
    }

    /// Their tiles, one source a layer.
    pub fn sources(&self) -> &[TileSource] {
        &self.sources
    }

    /// Their boundaries near the pointer.
    pub fn boundaries(&self) -> &Boundaries {
        &self.boundaries
    }

    /// A place of the plane in degrees.
    pub fn degrees(&self, at: Coord<f64>) -> LonLat {
        let (lon, lat) = self.plane.inverse(at);
        [lon, lat]
    }

    /// A place in degrees in the plane.
    pub fn place(&self, at: LonLat) -> Coord<f64> {
        self.plane.forward(at[0], at[1])
    }

    /// A shape's rings in degrees, closed.
    pub fn outline(&self, shape: &Shape) -> Outline {
        let ring = |line: &geo_types::LineString<f64>| line.0.iter().map(|&c| self.degrees(c)).collect::<Vec<_>>();
        shape.0.iter().map(|p| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect()).collect()
    }

    /// A box of the plane (min east, min north, max east, max north) as the box of degrees around it.
    pub fn bounds(&self, [x0, y0, x1, y1]: [f64; 4]) -> LonLatBounds {
        // a meridian bends in the plane: corners and middles of the sides are all that can stick out
        let (xm, ym) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let edge = [(x0, y0), (xm, y0), (x1, y0), (x1, ym), (x1, y1), (xm, y1), (x0, y1), (x0, ym)];
        edge.into_iter()
            .map(|(x, y)| self.degrees(Coord { x, y }))
            .fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |b, [lon, lat]| {
                [b[0].min(lon), b[1].min(lat), b[2].max(lon), b[3].max(lat)]
            })
    }
}

/// Opens a workspace in place of the one open before, and remembers it.
///
/// # Errors
/// `reviews-unsaved` where reviews would be lost that nobody let go; those of any read. The workspace
/// open before stays open then, with its reviews.
pub(super) fn open(desk: &Desk, asked: OpenWorkspace, _: &dyn Progress) -> Result<WorkspaceView, EngineError> {
    let path = std::path::absolute(&asked.path).unwrap_or(asked.path);
    let (city, notes) = City::open(&path, &desk.folders.cache)?;
    let view = view(&city, notes)?;
    let name = city.settings.city.clone();
    // asked once it is known that the file is a workspace at all
    super::held::leave(desk, &file_name(&path), asked.let_go, || {
        *desk.open.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(city));
    })?;
    super::grounds::forget(desk);
    preferences::remember(desk, &path, &name);
    Ok(view)
}

/// Makes the sample city in a folder that is not there yet.
pub(super) fn make_sample(desk: &Desk, asked: MakeSample, progress: &dyn Progress) -> Result<SampleMade, EngineError> {
    let dir = asked.dir.unwrap_or_else(|| fresh(&desk.folders.documents, "红线示例"));
    let request = SampleRequest { dir, seed: 1, parcels: asked.parcels.unwrap_or(20_000) as usize };
    let made = crate::sample(&request, progress)?;
    Ok(SampleMade { workspace: made.workspace, projects: made.projects })
}

/// `name` in `folder`, with a number behind it while that is taken.
pub(super) fn fresh(folder: &Path, name: &str) -> PathBuf {
    let mut path = folder.join(name);
    let mut number = 2;
    while path.exists() {
        path = folder.join(format!("{name}-{number}"));
        number += 1;
    }
    path
}

fn view(city: &City, notes: Vec<NoteRecord>) -> Result<WorkspaceView, EngineError> {
    let workspace = Workspace::open(&city.path)?;
    let layers = city.layers.iter().map(|l| layer_view(city, &workspace, l)).collect::<Result<Vec<_>, _>>()?;
    let extent = city.layers.iter().filter_map(|l| l.extent).reduce(crate::ground::join);
    Ok(WorkspaceView {
        path: city.path.clone(),
        file: file_name(&city.path),
        city: city.settings.city.clone(),
        crs: format!("EPSG:{}", city.crs.epsg),
        crs_name: city.crs.name(),
        sample: city.settings.sample,
        unit: crate::commands::check_work::unit_word(city.settings.unit).to_string(),
        sliver_m2: city.settings.sliver_m2,
        rule_book: city.settings.rule_book.clone(),
        revision: city.layers.iter().map(|l| l.revision).max().unwrap_or(0),
        read_only: !writable(&city.path),
        bounds: extent.map(|b| city.bounds(b)),
        layers,
        notes,
    })
}

/// Whether reviews can be saved into the file: it and its folder (for the journal) may be written.
fn writable(path: &Path) -> bool {
    let file = std::fs::OpenOptions::new().append(true).open(path).is_ok();
    // a file without a name, gone at once: permissions alone do not say who may write
    file && path.parent().is_some_and(|folder| tempfile::tempfile_in(folder).is_ok())
}

fn layer_view(city: &City, workspace: &Workspace, layer: &LayerInfo) -> Result<LayerView, EngineError> {
    Ok(LayerView {
        name: layer.name.clone(),
        title: layer.title.clone(),
        role: layer.role,
        revision: layer.revision,
        date: layer.date.to_string(),
        source: layer.source.clone(),
        sha256: layer.sha256.clone(),
        features: layer.features,
        area: redline_geometry::Area { ellipsoidal_m2: layer.ellipsoidal_m2, planar_m2: layer.planar_m2 },
        bounds: layer.extent.map(|b| city.bounds(b)),
        edited_outside: layer.edited_outside,
        tiles: super::tiles::path_of(layer),
        min_zoom: redline_cartography::MIN_ZOOM,
        max_zoom: redline_cartography::MAX_ZOOM,
        legend: super::legend::of(workspace, layer)?,
    })
}
