//! What is written can be opened, and project files are what their README says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redline_formats::{Crs, ReadOptions, read_project};
use redline_geometry::Grid;
use redline_samples::{City, CityOptions, Written, city, write_city};
use redline_workspace::Workspace;
use redline_zoning::LayerRole;
use std::path::Path;
use std::sync::OnceLock;

struct Sample {
    folder: tempfile::TempDir,
    city: City,
    written: Written,
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let city = city(&CityOptions { parcels: 4_000, seed: 1 }, &mut |_| true).unwrap();
        let written = write_city(&city, folder.path(), &mut |_| true).unwrap();
        Sample { folder, city, written }
    })
}

fn options(city: &City) -> ReadOptions {
    ReadOptions {
        axes: None,
        keep_drawn: false,
        crs: None,
        target: Crs::from_epsg(4526).unwrap(),
        extent: Some(city.extent),
        width_m: None,
        grid: Grid::around(city.extent[0], city.extent[1]),
    }
}

#[test]
fn the_workspace_holds_every_layer_marked_as_a_sample() {
    let workspace = Workspace::open(&sample().written.workspace).unwrap();
    assert!(workspace.settings().sample);
    let layers = workspace.layers().unwrap();
    for layer in &sample().city.layers {
        let kept = layers.iter().find(|l| l.role == layer.role).unwrap();
        assert_eq!(kept.features as usize, layer.zones.len());
        assert_eq!(kept.stated_extent, Some(sample().city.extent));
    }
}

#[test]
fn every_project_file_is_read_with_its_plots() {
    for path in &sample().written.projects {
        let files = read_project(path, &options(&sample().city)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(files.iter().all(|f| !f.plots.is_empty()) && !files.is_empty(), "{}", path.display());
        assert!(
            files.iter().all(|f| f.crs.crs.epsg == 4526 || f.crs.crs.epsg == 4490 || f.crs.crs.epsg == 4326),
            "{}",
            path.display()
        );
    }
    assert_eq!(sample().written.projects.len(), 13);
}

#[test]
fn every_bad_file_is_refused_with_a_sentence() {
    for path in &sample().written.bad {
        let refused = read_project(path, &options(&sample().city)).unwrap_err();
        let name = path.file_name().unwrap().to_string_lossy();
        assert!(refused.text.en.contains(&*name), "{name}: {}", refused.text.en);
    }
}

#[test]
fn the_readme_names_every_project_file_in_both_languages() {
    let readme = std::fs::read_to_string(sample().folder.path().join("projects/README.txt")).unwrap();
    for path in &sample().written.projects {
        assert!(readme.contains(&*path.file_name().unwrap().to_string_lossy()));
    }
    assert!(readme.contains("禁止") && readme.contains("prohibited"));
}

#[test]
fn layers_for_exchange_are_shapefiles_and_geojson() {
    let exists = |p: &str| Path::new(&sample().folder.path().join("exchange").join(p)).exists();
    assert!(exists("shp/red_line.shp") && exists("shp/red_line.dbf") && exists("geojson/red_line.geojson"));
    assert_eq!(sample().written.exchange.len(), 2 * sample().city.layers.len());
    assert!(sample().city.layer(LayerRole::LandUse).is_some());
}

#[test]
fn a_folder_that_holds_a_city_is_left_alone() {
    let before = std::fs::metadata(&sample().written.workspace).unwrap().modified().unwrap();
    let refused = write_city(&sample().city, sample().folder.path(), &mut |_| true).unwrap_err();
    assert_eq!(refused.code, "workspace-exists");
    assert_eq!(std::fs::metadata(&sample().written.workspace).unwrap().modified().unwrap(), before);
}

#[test]
fn a_city_that_was_stopped_while_it_was_written_leaves_no_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let mut reports = 0;
    let stopped = write_city(&sample().city, folder.path(), &mut |p| {
        reports += u64::from(p.step.en.starts_with("writing the workspace"));
        reports < 3
    });
    assert_eq!(stopped.unwrap_err().code, "cancelled");
    assert_eq!(reports, 3, "it stopped at once");
    assert!(!folder.path().join("city.gpkg").exists());
}
