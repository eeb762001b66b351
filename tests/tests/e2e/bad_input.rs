//! Project files that cannot be used: one sentence that names the file, exit code 2, nothing
//! changed, and the good files beside them reviewed all the same.

use crate::support::{bytes_hash, check, copy_of_workspace, folder, list, shared_city, shared_plot};
use redline_tests::command::run;
use redline_tests::ogr;
use redline_tests::random::Random;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Checks each file alone; gathers every complaint before failing.
#[track_caller]
fn each_is_refused(files: &[PathBuf]) {
    let before = bytes_hash(&shared_city().workspace);
    let complaints: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap();
            check(&[file], &[]).complaint(name).map(|c| format!("{name}: {c}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
    assert_eq!(bytes_hash(&shared_city().workspace), before, "the workspace is untouched");
}

const SUFFIXES: [&str; 10] = ["txt", "shp", "geojson", "gpkg", "kml", "kmz", "dxf", "csv", "xlsx", "zip"];

fn written(folder: &Path, files: &[(&str, &[u8])]) -> Vec<PathBuf> {
    files
        .iter()
        .map(|(name, bytes)| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        })
        .collect()
}

/// A good file of each format in `folder`, made by GDAL's tools.
fn good_files(folder: &Path) -> Vec<PathBuf> {
    let source = folder.join("good.geojson");
    ogr::write_geojson(&source, std::slice::from_ref(shared_plot()));
    let csv = folder.join("good.csv");
    std::fs::write(&csv, ogr::point_list(&shared_plot().shape)).unwrap();
    let text = folder.join("good.txt");
    std::fs::write(&text, ogr::boundary_text(std::slice::from_ref(shared_plot()))).unwrap();
    let mut files = vec![source.clone(), csv.clone(), text];
    for (name, format) in
        [("good.gpkg", "GPKG"), ("good.kml", "LIBKML"), ("good.kmz", "LIBKML"), ("good.shp", "ESRI Shapefile")]
    {
        let file = folder.join(name);
        ogr::ogr2ogr(&file, &source, &["-f", format]);
        files.push(file);
    }
    let xlsx = folder.join("good.xlsx");
    ogr::ogr2ogr(&xlsx, &csv, &["-f", "XLSX", "-oo", "AUTODETECT_TYPE=YES"]);
    let zip = folder.join("good.zip");
    ogr::zip(&zip, &[("a.csv", csv)]);
    files.extend([xlsx, zip]);
    files
}

#[test]
fn a_missing_file_is_refused_whatever_its_ending() {
    let scratch = folder();
    let files: Vec<_> = SUFFIXES.iter().map(|s| scratch.path().join(format!("nowhere.{s}"))).collect();
    each_is_refused(&files);
}

#[test]
fn an_empty_file_is_refused_whatever_its_ending() {
    let scratch = folder();
    let files: Vec<_> = SUFFIXES.iter().map(|s| format!("empty.{s}")).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|n| (n.as_str(), &b""[..])).collect();
    each_is_refused(&written(scratch.path(), &files));
}

#[test]
fn an_empty_folder_and_an_empty_archive_are_refused() {
    let scratch = folder();
    let inner = scratch.path().join("nothing-in-here");
    std::fs::create_dir(&inner).unwrap();
    let zip = scratch.path().join("nothing.zip");
    ogr::zip(&zip, &[]);
    each_is_refused(&[inner, zip]);
}

#[test]
fn binary_noise_is_refused_whatever_its_ending() {
    let scratch = folder();
    let mut random = Random::new(7);
    let noise: Vec<u8> = (0..20_000).map(|_| random.bits() as u8).collect();
    let files: Vec<_> = SUFFIXES.iter().map(|s| format!("noise.{s}")).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|n| (n.as_str(), noise.as_slice())).collect();
    each_is_refused(&written(scratch.path(), &files));
}

#[test]
fn a_truncated_file_is_refused_whatever_its_format() {
    let scratch = folder();
    let mut files = Vec::new();
    for good in good_files(scratch.path()) {
        let name = good.file_name().unwrap().to_str().unwrap();
        // half a point list or boundary text is a shorter one: cut inside its first numbers
        let keep = |length: usize| match good.extension().unwrap().to_str().unwrap() {
            "csv" => 50,
            "txt" => 200,
            _ => length / 2,
        };
        let bytes = std::fs::read(&good).unwrap();
        let cut = scratch.path().join(name.replace("good", "cut"));
        std::fs::write(&cut, &bytes[..keep(bytes.len())]).unwrap();
        if name.ends_with(".shp") {
            for part in ["shx", "dbf", "prj"] {
                std::fs::copy(good.with_extension(part), cut.with_extension(part)).unwrap();
            }
        }
        files.push(cut);
    }
    each_is_refused(&files);
}

#[test]
fn a_file_with_another_formats_ending_is_refused_or_read_as_what_it_is() {
    let scratch = folder();
    let good = good_files(scratch.path());
    let mut complaints = Vec::new();
    for file in &good {
        for suffix in SUFFIXES {
            let own = file.extension().unwrap();
            if own == suffix || (own == "kmz" && suffix == "zip") {
                continue;
            }
            let wrong = scratch.path().join(format!("{}-as.{suffix}", own.to_str().unwrap()));
            std::fs::copy(file, &wrong).unwrap();
            let said = check(&[&wrong], &[]);
            if said.code == 2
                && let Some(complaint) = said.complaint(wrong.file_name().unwrap().to_str().unwrap())
            {
                complaints.push(complaint);
            }
            std::fs::remove_file(wrong).unwrap();
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

#[test]
fn a_file_of_two_gigabytes_is_refused_whatever_its_ending() {
    let scratch = folder();
    let files: Vec<PathBuf> = SUFFIXES
        .iter()
        .map(|suffix| {
            let path = scratch.path().join(format!("huge.{suffix}"));
            File::create(&path).unwrap().set_len(2 << 30).unwrap();
            path
        })
        .collect();
    each_is_refused(&files);
}

#[test]
fn a_text_in_no_known_encoding_is_refused() {
    let scratch = folder();
    let text: Vec<u8> = (0..400u32).flat_map(|i| [0xff, 0x80, 0xfe, (0x81 + i % 3) as u8]).collect();
    each_is_refused(&written(scratch.path(), &[("codes.txt", &text), ("codes.csv", &text)]));
}

#[test]
fn coordinates_that_are_not_finite_are_refused() {
    let scratch = folder();
    let good_text = ogr::boundary_text(std::slice::from_ref(shared_plot()));
    let spoil = |word: &str| -> Vec<u8> {
        let line = |line: &str| match line.split(',').collect::<Vec<_>>().as_slice() {
            [number, ring, _, east] if number.starts_with('J') => format!("{number},{ring},{word},{east}\r\n"),
            _ => format!("{line}\r\n"),
        };
        good_text.lines().map(line).collect::<String>().into_bytes()
    };
    let geojson = |x: &str| {
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"EPSG:4526"}}}},"features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[[{x},2560000],[38450100,2560000],[38450100,2560100],[{x},2560000]]]}}}}]}}"#
        )
    };
    let (nan, inf, huge) = (spoil("NaN"), spoil("inf"), spoil("1e999"));
    let (json_nan, json_huge) = (geojson("NaN"), geojson("1e999"));
    let csv = "点号,圈号,X,Y\nJ1,1,nan,38450000\nJ2,1,2560100,inf\nJ3,1,2560000,38450100\n";
    each_is_refused(&written(
        scratch.path(),
        &[
            ("nan.txt", &nan),
            ("inf.txt", &inf),
            ("huge.txt", &huge),
            ("nan.geojson", json_nan.as_bytes()),
            ("huge.geojson", json_huge.as_bytes()),
            ("nan.csv", csv.as_bytes()),
        ],
    ));
}

#[test]
fn rings_of_one_and_two_points_are_refused() {
    let scratch = folder();
    let head = ogr::boundary_text(&[]);
    let points = ["J1,1,2560000.000,38450000.000\r\n", "J2,1,2560100.000,38450000.000\r\n"];
    let one = format!("{head}1,0.0100,D1,甲,面,,,,@\r\n{}", points[0]);
    let two = format!("{head}2,0.0100,D1,甲,面,,,,@\r\n{}{}", points[0], points[1]);
    let geojson = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4526"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[38450000,2560000],[38450100,2560000],[38450000,2560000]]]}}]}"#;
    each_is_refused(&written(
        scratch.path(),
        &[("one.txt", one.as_bytes()), ("two.txt", two.as_bytes()), ("two.geojson", geojson.as_bytes())],
    ));
}

#[test]
fn drawings_in_closed_formats_are_answered_with_how_to_convert() {
    let scratch = folder();
    let files = written(scratch.path(), &[("总图.dwg", b"AC1032\0\0\0\0\0"), ("用地.wp", b"WMAP9021 polygon")]);
    each_is_refused(&files);
    for file in &files {
        let said = check(&[file], &[]);
        assert!(["DXF", "Shapefile", "GeoJSON"].iter().any(|f| said.stderr.contains(f)), "{said:#?}");
    }
}

#[test]
fn a_file_name_is_never_taken_for_markup_or_options() {
    let scratch = folder();
    let files = written(scratch.path(), &[("<b>&\"'--help;$(id).txt", b""), ("-leading.txt", b"")]);
    each_is_refused(&files);
}

#[test]
fn in_a_mixed_batch_the_good_reviews_are_written_and_the_bad_file_stands_with_its_error() {
    let scratch = folder();
    let good = scratch.path().join("b-good.geojson");
    ogr::write_geojson(&good, std::slice::from_ref(shared_plot()));
    let bad = scratch.path().join("a-bad.txt");
    std::fs::write(&bad, "").unwrap();
    let said = check(&[&bad, &good], &[]).exits(2);
    let review = said.json();
    let projects = list(&review["projects"]);
    assert_eq!(projects.len(), 2);
    assert_eq!(projects[0]["file"], "a-bad.txt");
    assert!(projects[0]["error"].as_str().unwrap().contains("a-bad.txt"));
    assert!(projects[0]["outcome"].is_null());
    assert_eq!(projects[1]["file"], "b-good.geojson");
    assert!(projects[1].get("error").is_none());
    assert_eq!(list(&projects[1]["plots"]).len(), 1);
    let alone = check(&[&good], &[]).json();
    assert_eq!(projects[1]["plots"][0]["area"], alone["projects"][0]["plots"][0]["area"]);
    assert!(said.stderr.contains("a-bad.txt"));
}

#[test]
fn a_bad_layer_file_leaves_the_workspace_as_it_was() {
    let scratch = folder();
    let workspace = copy_of_workspace(scratch.path());
    let before = bytes_hash(&workspace);
    let files = written(
        scratch.path(),
        &[("empty.geojson", b""), ("noise.shp", &[0x5a; 900]), ("words.gpkg", b"not a database")],
    );
    for file in files.iter().chain([&scratch.path().join("nowhere.shp")]) {
        let name = file.file_name().unwrap().to_str().unwrap();
        run(&["import", file.to_str().unwrap(), "--as", "red-line", "--workspace", workspace.to_str().unwrap()])
            .refuses(name);
        assert_eq!(bytes_hash(&workspace), before, "{name}");
    }
}

#[test]
fn wrong_usage_is_exit_code_two_with_a_hint() {
    for line in [
        &["check"][..],
        &["nonsense"],
        &["check", "a.txt", "--workspace", "b.gpkg", "--date", "2018-02-30"],
        &["check", "a.txt", "--workspace", "b.gpkg", "--crs", "EPSG:x"],
        &["import", "a.shp", "--as", "moon", "--workspace", "b.gpkg"],
        &["sample"],
    ] {
        let said = run(line).exits(2);
        assert!(!said.stderr.trim().is_empty(), "{said:#?}");
    }
}

#[test]
fn an_output_path_that_cannot_be_written_is_refused_by_name() {
    let scratch = folder();
    let good = scratch.path().join("good.geojson");
    ogr::write_geojson(&good, std::slice::from_ref(shared_plot()));
    let nowhere = scratch.path().join("no/such/folder/review.json");
    check(&[&good], &["--output", nowhere.to_str().unwrap()]).refuses("review.json");
    // a folder in the place of the file
    check(&[&good], &["--output", scratch.path().to_str().unwrap()]).exits(2);
}
