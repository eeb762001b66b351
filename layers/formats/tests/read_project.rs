//! One plot, written by GDAL's own tools in every format, is the same plot when read.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use redline_formats::{Crs, ProjectFile, ReadOptions, read_project};
use redline_geometry::{Grid, planar_m2};
use std::path::Path;
use std::process::Command;

/// 200 m × 100 m with a hole of 50 m × 50 m, in EPSG:4526.
const PLOT: &str = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4526"}},
"features":[{"type":"Feature","properties":{"DKBH":"A-1","DKMC":"甲地块"},"geometry":{"type":"Polygon","coordinates":[
[[38430000,2550000],[38430200,2550000],[38430200,2550100],[38430000,2550100],[38430000,2550000]],
[[38430020,2550020],[38430020,2550070],[38430070,2550070],[38430070,2550020],[38430020,2550020]]]}}]}"#;

fn options() -> ReadOptions {
    ReadOptions {
        axes: None,
        keep_drawn: false,
        crs: None,
        target: Crs { epsg: 4526 },
        extent: Some([38_390_000.0, 2_490_000.0, 38_510_000.0, 2_640_000.0]),
        width_m: None,
        grid: Grid::around(38_390_000.0, 2_490_000.0),
    }
}

fn ogr2ogr(folder: &Path, arguments: &[&str]) {
    let out = Command::new("ogr2ogr").current_dir(folder).args(arguments).output().unwrap();
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
}

fn read(path: &Path) -> ProjectFile {
    let mut files = read_project(path, &options()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(files.len(), 1, "{}", path.display());
    files.remove(0)
}

fn codes(file: &ProjectFile) -> Vec<&str> {
    file.notes.iter().map(|n| n.code.as_str()).collect()
}

#[test]
fn the_same_plot_comes_back_from_every_format_that_gdal_writes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("src.geojson"), PLOT).unwrap();
    for (out, more) in [
        ("a.shp", &["-lco", "ENCODING=GBK"][..]),
        ("a.gpkg", &[]),
        ("b.geojson", &[]),
        ("a.kml", &["-t_srs", "EPSG:4326"]),
        ("a.gdb", &["-f", "OpenFileGDB"]),
    ] {
        ogr2ogr(at, &[&[out, "src.geojson"], more].concat());
        let file = read(&at.join(out));
        let area = planar_m2(&file.plots[0].shape);
        // KML keeps 15 digits of degrees, a geodatabase tenths of a millimetre
        assert!((area - 17_500.0).abs() < 0.05, "{out}: {area}");
        assert_eq!(file.plots[0].shape.0[0].interiors().len(), 1, "{out}");
        assert!(file.notes.iter().all(|n| n.severity < redline_formats::Severity::Error), "{out}: {:?}", file.notes);
    }
}

#[test]
fn a_shapefile_without_prj_is_placed_by_its_zone_number_and_the_doubt_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("src.geojson"), PLOT).unwrap();
    ogr2ogr(folder.path(), &["a.shp", "src.geojson"]);
    std::fs::remove_file(folder.path().join("a.prj")).unwrap();
    let file = read(&folder.path().join("a.shp"));
    assert_eq!(file.crs.crs.epsg, 4526);
    assert!(codes(&file).contains(&"datum-assumed"), "{:?}", codes(&file));
}

#[test]
fn a_shapefile_with_esris_prj_in_xian80_and_one_in_utm() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("src.geojson"), PLOT).unwrap();
    ogr2ogr(folder.path(), &["x.shp", "src.geojson", "-a_srs", "EPSG:2362"]);
    let file = read(&folder.path().join("x.shp"));
    assert_eq!(file.crs.crs.epsg, 2362);
    assert!(codes(&file).contains(&"datum-xian80"), "{:?}", codes(&file));
    ogr2ogr(folder.path(), &["u.shp", "src.geojson", "-t_srs", "EPSG:32649"]);
    let error = read_project(&folder.path().join("u.shp"), &options()).unwrap_err();
    assert_eq!(error.code, "crs-unsupported");
    assert!(error.text.zh.contains("UTM") && error.text.zh.contains("u.shp"), "{error}");
}
