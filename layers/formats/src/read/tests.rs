//! Paths as reviewers give them.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::Crs;
use redline_geometry::Grid;
use std::io::Write;

fn options() -> ReadOptions {
    ReadOptions {
        axes: None,
        keep_drawn: false,
        crs: None,
        target: Crs { epsg: 4526 },
        extent: None,
        width_m: None,
        grid: Grid::around(38_390_000.0, 2_490_000.0),
    }
}

const PLOT: &str = "[属性描述]\n坐标系=2000国家大地坐标系\n带号=38\n[地块坐标]\n4,1,A,甲,面,,,,@\nJ1,1,2550000,38430000\nJ2,1,2550100,38430000\nJ3,1,2550100,38430100\nJ4,1,2550000,38430100\n";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn put(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_text_file_is_read_with_its_name_hash_and_path() {
    let folder = folder();
    let path = put(&folder, "地块.txt", PLOT.as_bytes());
    let files = read_project(&path, &options()).unwrap();
    assert_eq!((files.len(), files[0].name.as_str()), (1, "地块.txt"));
    assert_eq!(files[0].members, [path]);
    assert_eq!(files[0].sha256, source::sha256(PLOT.as_bytes()));
}

#[test]
fn a_folder_gives_its_good_files_and_names_its_bad_one() {
    let folder = folder();
    put(&folder, "a.txt", PLOT.as_bytes());
    put(&folder, "b.txt", b"[\xb5\xd8]");
    put(&folder, "c.dwg", b"AC1027......");
    put(&folder, "说明.pdf", b"%PDF-1.4");
    let read = read_path(folder.path(), &options()).unwrap();
    let codes: Vec<&str> = read.files.iter().map(|f| f.result.as_ref().map_or_else(|e| e.code, |_| "good")).collect();
    assert_eq!(codes, ["good", "columns-unrecognised", "dwg-needs-converter"]);
    assert!(read.skipped.iter().any(|n| n.message.zh.contains("说明.pdf")));
    assert!(read_project(folder.path(), &options()).is_err());
}

#[test]
fn a_zip_member_is_shown_by_its_place_and_the_archive_is_what_is_kept() {
    let folder = folder();
    let path = folder.path().join("资料.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    zip.start_file("申报/地块.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(PLOT.as_bytes()).unwrap();
    zip.finish().unwrap();
    let files = read_project(&path, &options()).unwrap();
    assert_eq!(files[0].name, "资料.zip/申报/地块.txt");
    assert_eq!(files[0].members, [path]);
}

#[test]
fn drawings_and_databases_that_need_a_converter_say_so_whatever_their_name() {
    let folder = folder();
    for (name, bytes, code) in [
        ("a.dwg", &b"AC1032"[..], "dwg-needs-converter"),
        ("b.dxf", b"AC1032..", "dwg-needs-converter"),
        ("c.wp", b"WMAP9022", "mapgis-needs-converter"),
        ("d.txt", b"WMAP9021", "mapgis-needs-converter"),
        ("e.mdb", b"\0\x01\0\0Standard Jet DB\0", "mdb-needs-converter"),
    ] {
        let error = read_project(&put(&folder, name, bytes), &options()).unwrap_err();
        assert_eq!(error.code, code, "{name}");
        assert!(error.text.zh.contains(name) && error.text.zh.contains("请在"), "{error}");
    }
}

#[test]
fn a_wrong_extension_is_named_with_what_the_file_is() {
    let folder = folder();
    for (name, bytes, word) in [
        ("a.txt", &b"{\"type\":\"FeatureCollection\",\"features\":[]}"[..], "GeoJSON"),
        ("b.shp", b"SQLite format 3\0......", "GeoPackage"),
        ("c.csv", b"PK\x03\x04......", "ZIP"),
        ("d.gpkg", b"%PDF-1.4", "PDF"),
        ("e.txt", b"\x89PNG\r\n\x1a\n", "图片"),
    ] {
        let error = read_project(&put(&folder, name, bytes), &options()).unwrap_err();
        assert_eq!(error.code, "wrong-extension", "{name}: {error}");
        assert!(error.text.zh.contains(name) && error.text.zh.contains(word), "{error}");
    }
}

#[test]
fn missing_empty_binary_and_unknown_files_each_get_one_sentence() {
    let folder = folder();
    let code = |path: &Path| read_project(path, &options()).unwrap_err().code;
    assert_eq!(code(&folder.path().join("没有.txt")), "file-missing");
    for name in ["空.txt", "空.shp", "空.xlsx", "空.gpkg"] {
        assert_eq!(code(&put(&folder, name, b"")), "file-empty", "{name}");
    }
    assert_eq!(code(&put(&folder, "乱.txt", &[0u8; 64])), "file-binary");
    assert_eq!(code(&put(&folder, "a.docx", b"PK\x03\x04")), "format-unsupported");
    assert_eq!(code(&put(&folder, "a.dbf", b"\x03")), "format-unsupported");
    assert_eq!(code(&put(&folder, "b.gpkg", b"hello")), "file-broken");
}

#[test]
fn a_text_file_beyond_the_limit_is_refused_without_being_read() {
    let folder = folder();
    let path = folder.path().join("大.txt");
    // sparse: takes no room on the disk
    std::fs::File::create(&path).unwrap().set_len(2 << 30).unwrap();
    let error = read_project(&path, &options()).unwrap_err();
    assert_eq!(error.code, "file-too-large");
    assert!(error.text.zh.contains("2048 MB"), "{error}");
}

#[test]
fn an_explanation_beside_the_plots_is_mentioned_and_anything_else_without_plots_is_refused() {
    let folder = folder();
    put(&folder, "a.txt", PLOT.as_bytes());
    put(&folder, "README.txt", "Plots of the road, see a.txt.\n".as_bytes());
    let read = read_path(folder.path(), &options()).unwrap();
    assert_eq!(read.files.len(), 1);
    assert!(read.skipped.iter().any(|n| n.severity == crate::Severity::Info && n.message.zh.contains("README.txt")));
    put(&folder, "b.txt", "公路地块\n".as_bytes());
    // called an explanation, but with coordinates that cannot be read as plots
    put(&folder, "说明.txt", "2550000 38430000\n2550000 38430x00\n".as_bytes());
    let read = read_path(folder.path(), &options()).unwrap();
    assert_eq!(read.files.iter().filter(|f| f.result.is_err()).count(), 2, "{:?}", read.files);
    assert!(read_project(&folder.path().join("README.txt"), &options()).is_err(), "asked for by name it is an answer");
}

#[test]
fn a_member_that_cannot_be_opened_is_a_file_that_could_not_be_used() {
    let folder = folder();
    let path = folder.path().join("资料.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, bytes) in [("地块.txt", PLOT.as_bytes()), ("内.zip", b"PK\x03\x04 no zip")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let read = read_path(&path, &options()).unwrap();
    let bad = read.files.iter().find(|f| f.result.is_err()).unwrap();
    assert_eq!(bad.name, "资料.zip/内.zip");
    assert!(read.files.iter().any(|f| f.result.is_ok()));
}
