//! The same plot in every format gives the same review.

use crate::support::{check, folder, list, number, shared_city, shared_plot};
use encoding_rs::GBK;
use redline_tests::ogr::{self, Plot};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What must be the same whatever the format: outcome, zones, areas.
#[derive(Debug)]
struct Essence {
    outcome: String,
    area_m2: f64,
    overlaps: Vec<(String, String, String, f64)>,
}

fn essence(review: &Value) -> Essence {
    let plots: Vec<&Value> = list(&review["projects"]).iter().flat_map(|p| list(&p["plots"])).collect();
    let [plot] = plots.as_slice() else { panic!("one plot: {review}") };
    let mut overlaps: Vec<_> = list(&plot["overlaps"])
        .iter()
        .map(|o| {
            let word = |v: &Value| v.as_str().unwrap().to_owned();
            let zone = &o["zone"];
            (word(&zone["layer"]), word(&zone["id"]), word(&o["outcome"]), number(&o["area"]["ellipsoidal_m2"]))
        })
        .collect();
    overlaps.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    Essence {
        outcome: plot["outcome"].as_str().unwrap().to_owned(),
        area_m2: number(&plot["area"]["ellipsoidal_m2"]),
        overlaps,
    }
}

/// Fails unless `file` reviews like the GeoJSON reference, areas within `tolerance_m2`.
#[track_caller]
fn reviews_alike(file: &Path, more: &[&str], tolerance_m2: f64) -> Value {
    let scratch = folder();
    let reference = scratch.path().join("reference.geojson");
    ogr::write_geojson(&reference, std::slice::from_ref(shared_plot()));
    let keys = ["--industry", "C26", "--stage", "new"];
    let expected = essence(&check(&[&reference], &keys).exits(1).json());
    assert!(!expected.overlaps.is_empty());
    let review = check(&[file], &[&keys, more].concat()).exits(1).json();
    let found = essence(&review);
    assert_eq!(found.outcome, expected.outcome);
    assert!((found.area_m2 - expected.area_m2).abs() < tolerance_m2, "{found:#?} is not {expected:#?}");
    assert_eq!(found.overlaps.len(), expected.overlaps.len(), "{found:#?} is not {expected:#?}");
    for (found, expected) in found.overlaps.iter().zip(&expected.overlaps) {
        assert_eq!((&found.0, &found.1, &found.2), (&expected.0, &expected.1, &expected.2));
        assert!((found.3 - expected.3).abs() < tolerance_m2, "{found:?} is not {expected:?}");
    }
    review
}

/// A folder with the reference GeoJSON, from which `ogr2ogr` makes the others.
fn source() -> (tempfile::TempDir, PathBuf) {
    let scratch = folder();
    let path = scratch.path().join("source.geojson");
    ogr::write_geojson(&path, std::slice::from_ref(shared_plot()));
    (scratch, path)
}

/// Codes of all notes of a review's first project.
fn note_codes(review: &Value) -> Vec<&str> {
    list(&review["projects"][0]["notes"]).iter().map(|n| n["code"].as_str().unwrap()).collect()
}

#[test]
fn a_shapefile_with_prj_and_cpg_reviews_like_the_geojson() {
    let (scratch, source) = source();
    let file = scratch.path().join("plots.shp");
    ogr::ogr2ogr(&file, &source, &["-lco", "ENCODING=UTF-8"]);
    let review = reviews_alike(&file, &[], 1e-3);
    assert_eq!(review["projects"][0]["plots"][0]["name"], "北坡厂区");
}

#[test]
fn a_gbk_shapefile_without_prj_and_cpg_reviews_alike_and_keeps_its_names() {
    let (scratch, source) = source();
    let file = scratch.path().join("plots.shp");
    ogr::ogr2ogr(&file, &source, &["-lco", "ENCODING=GBK"]);
    for suffix in ["prj", "cpg"] {
        std::fs::remove_file(file.with_extension(suffix)).unwrap();
    }
    // the language byte of the DBF, which would still tell
    let mut dbf = std::fs::read(file.with_extension("dbf")).unwrap();
    dbf[29] = 0;
    std::fs::write(file.with_extension("dbf"), dbf).unwrap();
    let review = reviews_alike(&file, &["--crs", "EPSG:4526"], 1e-3);
    assert_eq!(review["projects"][0]["plots"][0]["name"], "北坡厂区");
    // what the attribute says of the plot is not lost either
    assert_eq!(review["projects"][0]["plots"][0]["id"], "DK-001");
}

#[test]
fn a_shapefile_without_its_index_is_refused_and_without_its_table_reviewed_the_missing_file_named() {
    let (scratch, source) = source();
    let file = scratch.path().join("plots.shp");
    ogr::ogr2ogr(&file, &source, &[]);
    std::fs::remove_file(file.with_extension("dbf")).unwrap();
    let review = reviews_alike(&file, &[], 1e-3);
    let notes = review["projects"][0]["notes"].to_string();
    assert!(notes.contains("plots.dbf"), "{notes}");
    std::fs::remove_file(file.with_extension("shx")).unwrap();
    check(&[&file], &[]).refuses("plots.shx");
}

#[test]
fn a_geopackage_reviews_like_the_geojson() {
    let (scratch, source) = source();
    let file = scratch.path().join("plots.gpkg");
    ogr::ogr2ogr(&file, &source, &[]);
    reviews_alike(&file, &[], 1e-3);
}

#[test]
fn a_file_geodatabase_reviews_like_the_geojson() {
    let (scratch, source) = source();
    let file = scratch.path().join("plots.gdb");
    ogr::ogr2ogr(&file, &source, &["-f", "OpenFileGDB", "-nlt", "MULTIPOLYGON"]);
    // a File Geodatabase stores to 0.1 mm
    reviews_alike(&file, &[], 0.1);
}

#[test]
fn a_geojson_in_degrees_reviews_like_the_one_in_metres() {
    let (scratch, source) = source();
    let file = scratch.path().join("degrees.geojson");
    ogr::ogr2ogr(&file, &source, &["-f", "GeoJSON", "-lco", "RFC7946=YES", "-lco", "COORDINATE_PRECISION=12"]);
    reviews_alike(&file, &[], 0.05);
}

#[test]
fn kml_and_kmz_review_like_the_geojson() {
    for name in ["plots.kml", "plots.kmz"] {
        let (scratch, source) = source();
        let file = scratch.path().join(name);
        ogr::ogr2ogr(&file, &source, &["-f", "LIBKML"]);
        reviews_alike(&file, &[], 0.05);
    }
}

#[test]
fn a_drawing_reviews_like_the_geojson_once_its_crs_is_given() {
    let (scratch, source) = source();
    let file = scratch.path().join("plots.dxf");
    // DXF has no fixed columns: geometry only
    ogr::ogr2ogr(
        &file,
        &source,
        &[
            "-f",
            "DXF",
            "-nlt",
            "POLYGON",
            "-explodecollections",
            "-sql",
            "SELECT 'DK' AS Layer, geometry FROM source",
            "-dialect",
            "SQLite",
        ],
    );
    reviews_alike(&file, &["--crs", "EPSG:4526"], 1e-3);
}

#[test]
fn a_boundary_text_reviews_like_the_geojson_in_every_encoding() {
    let text = ogr::boundary_text(std::slice::from_ref(shared_plot()));
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let written: [(&str, Vec<u8>); 4] = [
        ("GBK without a mark", GBK.encode(&text).0.into_owned()),
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("UTF-16", utf16),
    ];
    for (encoding, bytes) in written {
        let scratch = folder();
        let file = scratch.path().join("界址点.txt");
        std::fs::write(&file, bytes).unwrap();
        let review = reviews_alike(&file, &[], 1e-3);
        let plot = &review["projects"][0]["plots"][0];
        assert_eq!((&plot["id"], &plot["name"]), (&"DK-001".into(), &"北坡厂区".into()), "{encoding}");
        let declared = number(&plot["area"]["declared_m2"]);
        assert!((declared - ogr::planar(&shared_plot().shape)).abs() < 1.0, "{encoding}: declared {declared}");
    }
}

#[test]
fn a_boundary_text_with_x_and_y_swapped_reviews_alike_and_says_so() {
    let text = ogr::boundary_text(std::slice::from_ref(shared_plot()));
    let swapped: String = text
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>().as_slice() {
            [number, ring, north, east] if number.starts_with('J') => format!("{number},{ring},{east},{north}\r\n"),
            _ => format!("{line}\r\n"),
        })
        .collect();
    let scratch = folder();
    let file = scratch.path().join("swapped.txt");
    std::fs::write(&file, swapped).unwrap();
    let review = reviews_alike(&file, &[], 1e-3);
    assert!(note_codes(&review).iter().any(|code| code.contains("swap")), "{:?}", note_codes(&review));
}

#[test]
fn a_point_list_as_csv_and_as_spreadsheet_reviews_like_the_geojson() {
    let scratch = folder();
    let csv = scratch.path().join("points.csv");
    std::fs::write(&csv, ogr::point_list(&shared_plot().shape)).unwrap();
    reviews_alike(&csv, &["--crs", "EPSG:4526"], 1e-3);
    let xlsx = scratch.path().join("points.xlsx");
    ogr::ogr2ogr(&xlsx, &csv, &["-f", "XLSX", "-oo", "AUTODETECT_TYPE=YES"]);
    reviews_alike(&xlsx, &["--crs", "EPSG:4526"], 1e-3);
}

#[test]
fn a_zip_and_a_folder_open_directly() {
    let (scratch, source) = source();
    let inner = scratch.path().join("送审");
    std::fs::create_dir(&inner).unwrap();
    let file = inner.join("plots.shp");
    ogr::ogr2ogr(&file, &source, &["-lco", "ENCODING=UTF-8"]);
    reviews_alike(&inner, &[], 1e-3);
    let zip = scratch.path().join("送审.zip");
    let members: Vec<(String, PathBuf)> = ["shp", "shx", "dbf", "prj", "cpg"]
        .iter()
        .map(|s| (format!("送审/plots.{s}"), file.with_extension(s)))
        .collect();
    let members: Vec<(&str, PathBuf)> = members.iter().map(|(n, p)| (n.as_str(), p.clone())).collect();
    ogr::zip(&zip, &members);
    reviews_alike(&zip, &[], 1e-3);
}

#[test]
fn a_zip_with_gbk_names_inside_shows_them_as_written() {
    let (scratch, _) = source();
    let text = scratch.path().join("x.txt");
    std::fs::write(&text, ogr::boundary_text(std::slice::from_ref(shared_plot()))).unwrap();
    let zip = scratch.path().join("gbk.zip");
    // a name of the same length in ASCII, so that the archive is not marked UTF-8; then GBK bytes
    let name = GBK.encode("界址点.txt").0.into_owned();
    let placeholder = "QQQQQQ.txt";
    assert_eq!(name.len(), placeholder.len());
    ogr::zip(&zip, &[(placeholder, text)]);
    let mut bytes = std::fs::read(&zip).unwrap();
    let mut replaced = 0;
    for at in 0..bytes.len() - name.len() {
        if &bytes[at..at + name.len()] == placeholder.as_bytes() {
            bytes[at..at + name.len()].copy_from_slice(&name);
            replaced += 1;
        }
    }
    assert_eq!(replaced, 2);
    std::fs::write(&zip, bytes).unwrap();
    let review = reviews_alike(&zip, &[], 1e-3);
    let shown = review["projects"][0]["file"].as_str().unwrap();
    assert!(shown.ends_with("界址点.txt"), "{shown}");
}

#[test]
fn every_project_file_of_the_sample_is_used_and_every_bad_one_refused() {
    let projects = shared_city().folder.join("projects");
    let files = |folder: &Path| -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.retain(|f| f.file_name().unwrap() != "README.txt" && f.file_name().unwrap() != "bad");
        files.sort();
        files
    };
    let good = files(&projects);
    assert!(good.len() >= 13, "{good:?}");
    let good: Vec<&Path> = good.iter().map(PathBuf::as_path).collect();
    let review = check(&good, &["--stage", "new"]).exits(1).json();
    let projects_reviewed = list(&review["projects"]);
    assert!(projects_reviewed.len() >= good.len());
    let outcomes: BTreeSet<&str> = projects_reviewed.iter().map(|p| p["outcome"].as_str().unwrap()).collect();
    for outcome in ["clear", "manual", "prohibited"] {
        assert!(outcomes.contains(outcome), "the sample shows {outcome}: {outcomes:?}");
    }
    for bad in files(&projects.join("bad")) {
        check(&[&bad], &[]).refuses(bad.file_name().unwrap().to_str().unwrap());
    }
}

#[test]
fn a_plot_with_a_hole_keeps_it_in_every_format_that_can() {
    let plot = shared_plot();
    let shell = plot.shape.0[0].exterior().clone();
    let at = shell.0[3];
    let hole: Vec<_> = [(-90.0, -90.0), (-90.0, -30.0), (-30.0, -30.0), (-30.0, -90.0), (-90.0, -90.0)]
        .iter()
        .map(|(x, y)| geo_types::Coord { x: at.x + x, y: at.y + y })
        .collect();
    let with_hole = Plot {
        shape: geo_types::MultiPolygon(vec![geo_types::Polygon::new(shell, vec![geo_types::LineString(hole)])]),
        ..plot.clone()
    };
    let expected = ogr::planar(&with_hole.shape);
    let scratch = folder();
    let source = scratch.path().join("source.geojson");
    ogr::write_geojson(&source, std::slice::from_ref(&with_hole));
    let text = scratch.path().join("plots.txt");
    std::fs::write(&text, ogr::boundary_text(std::slice::from_ref(&with_hole))).unwrap();
    let mut files = vec![source.clone(), text];
    for (name, format) in [("plots.shp", "ESRI Shapefile"), ("plots.gpkg", "GPKG"), ("plots.gdb", "OpenFileGDB")] {
        let file = scratch.path().join(name);
        ogr::ogr2ogr(&file, &source, &["-f", format, "-nlt", "MULTIPOLYGON"]);
        files.push(file);
    }
    for file in files {
        let review = check(&[&file], &[]).json();
        let found = number(&review["projects"][0]["plots"][0]["area"]["planar_m2"]);
        assert!((found - expected).abs() < 0.1, "{}: {found} instead of {expected}", file.display());
    }
}
