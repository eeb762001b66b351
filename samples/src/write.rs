//! The city on disk: a workspace, its layers for exchange, and project files.

use crate::city::{City, CityLayer, PLANE, Progress};
use crate::error::SampleError;
use crate::projects;
use jiff::civil::Date;
use redline_cartography::keep_overview;
use redline_formats::{Crs, write_zones_geojson, write_zones_shapefile};
use redline_geometry::Grid;
use redline_wording::{Text, text};
use redline_workspace::{NewRevision, Settings, Workspace, WorkspaceError, layer_name};
use redline_zoning::LayerRole;
use std::cell::Cell;
use std::path::{Path, PathBuf};

/// Above this many zones a layer is kept in the workspace only: a Shapefile ends at 2 GB.
const EXCHANGE_LIMIT: usize = 200_000;
/// What is said beside the layers for exchange when one is missing.
const ONLY_IN_WORKSPACE: &str = "超过 200000 个要素的图层只写入 city.gpkg,未写成 Shapefile 与 GeoJSON。\nLayers of more than 200000 features are in city.gpkg only, not written as Shapefile and GeoJSON.\n";
/// From when the layers stand: the day on the founding plan.
const DATE: Date = jiff::civil::date(2016, 8, 10);

/// What [`write_city`] wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The workspace, `city.gpkg`.
    pub workspace: PathBuf,
    /// Layers for exchange: Shapefiles (GBK) and GeoJSON.
    pub exchange: Vec<PathBuf>,
    /// Project files that can be checked, in order of their names.
    pub projects: Vec<PathBuf>,
    /// Project files that cannot be used, in order of their names.
    pub bad: Vec<PathBuf>,
}

/// Writes a city into `dir`: `city.gpkg`, `exchange/shp`, `exchange/geojson`, and `projects` with a
/// `README.txt` that says what each project file is and what a check of it should find.
///
/// # Errors
/// `workspace-exists` when `dir` already holds a city, `cancelled` when `progress` answers that the
/// person stopped it (`false`), and whatever writing meets: each names the file.
pub fn write_city(city: &City, dir: &Path, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Written, SampleError> {
    let workspace = dir.join("city.gpkg");
    if workspace.exists() {
        return Err(SampleError::exists(&workspace));
    }
    let folder = |path: PathBuf| {
        std::fs::create_dir_all(&path).map(|()| path.clone()).map_err(|e| SampleError::folder(&path, &e))
    };
    folder(dir.to_owned())?;
    let shp = folder(dir.join("exchange").join("shp"))?;
    let geojson = folder(dir.join("exchange").join("geojson"))?;
    let total = city.layers.iter().map(|l| l.zones.len() as u64).sum::<u64>();
    let crs = Crs::from_epsg(city.crs_epsg)?;
    let mut tell = |told: Progress| if progress(told) { Ok(()) } else { Err(SampleError::stopped()) };

    let mut exchange = Vec::new();
    for layer in city.layers.iter().filter(|l| l.zones.len() <= EXCHANGE_LIMIT) {
        let title = &layer.title;
        tell(Progress {
            step: text!("写出交换文件：{title}" | "writing for exchange: {title}"), done: 0, total
        })?;
        let name = layer_name(layer.role);
        let (shp, geojson) = (shp.join(format!("{name}.shp")), geojson.join(format!("{name}.geojson")));
        write_zones_shapefile(&shp, name, &layer.zones, crs)?;
        write_zones_geojson(&geojson, &layer.zones, crs)?;
        exchange.extend([shp, geojson]);
    }
    if city.layers.iter().any(|l| l.zones.len() > EXCHANGE_LIMIT) {
        let path = dir.join("exchange").join("README.txt");
        std::fs::write(&path, ONLY_IN_WORKSPACE).map_err(|e| SampleError::folder(&path, &e))?;
    }
    let projects = projects::write(city, &folder(dir.join("projects"))?, &mut tell)?;
    // last, so that a folder with a workspace is a whole sample
    save(city, &workspace, total, progress)?;
    Ok(Written { workspace, exchange, projects: projects.good, bad: projects.bad })
}

/// The grid of the city's workspace.
pub(crate) fn grid(city: &City) -> Grid {
    Grid::around(city.extent[0], city.extent[1])
}

fn save(city: &City, path: &Path, total: u64, progress: &mut dyn FnMut(Progress) -> bool) -> Result<(), SampleError> {
    let stopped = Cell::new(false);
    let mut tell = |told: Progress| stopped.set(stopped.get() || !progress(told));
    let mut settings = Settings::new(city.crs_epsg, PLANE, grid(city), DATE);
    settings.city = "穗城示例".to_owned();
    settings.rule_book = Some("guangzhou-2016".to_owned());
    settings.sample = true;
    Workspace::create_with(path, &settings, |workspace| -> Result<(), SampleError> {
        let mut before = 0;
        for layer in &city.layers {
            let title = &layer.title;
            let step: Text = text!("写入工作空间：{title}" | "writing the workspace: {title}");
            tell(Progress { step: step.clone(), done: before, total });
            // fewer zones after a stop, perhaps none: the workspace is then dropped whole
            let zones = layer.zones.iter().take_while(|_| !stopped.get()).cloned();
            let added = workspace.add_revision(&revision(city, layer)?, zones, &mut |n| {
                tell(Progress { step: step.clone(), done: before + n, total });
            });
            if stopped.get() {
                return Err(SampleError::stopped());
            }
            added?;
            before += layer.zones.len() as u64;
            let step: Text = text!("绘制概览图：{title}" | "drawing the overview: {title}");
            keep_overview(
                workspace,
                layer_name(layer.role),
                &mut |done, total| tell(Progress { step: step.clone(), done, total }),
                &|| stopped.get(),
            )?;
            if stopped.get() {
                return Err(SampleError::stopped());
            }
        }
        Ok(())
    })
}

fn revision(city: &City, layer: &CityLayer) -> Result<NewRevision, WorkspaceError> {
    Ok(NewRevision {
        role: layer.role,
        name: layer_name(layer.role).to_owned(),
        title: layer.title.clone(),
        date: DATE,
        author: String::new(),
        reason: layer.source.clone(),
        file_name: layer.source.clone(),
        file_sha256: String::new(),
        source_date: Some(layer.date.clone()),
        // every layer speaks of the whole city, wherever its own zones end
        stated_extent: Some(city.extent),
        notes: Vec::new(),
    })
}

/// The roles in the order their layers are written.
pub(crate) fn layer_of(city: &City, role: LayerRole) -> &[redline_zoning::Zone] {
    city.layer(role).map_or(&[], |l| &l.zones)
}
