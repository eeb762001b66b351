//! Files of every format made by GDAL's own tools (`ogr2ogr`), read back.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::read_vector;
use crate::raw::{CrsHint, FileFormat, RawFeature, RawFile, RawGeometry};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Two plots: one of two parts, the first with a hole and an island in it; one plain.
const PLOTS: &str = r#"地块编号,地块名称,用途,地块面积,WKT
G-01,钟落潭镇良田村地块,农村道路,0.84,"MULTIPOLYGON (((38430000 2550000,38430100 2550000,38430100 2550100,38430000 2550100,38430000 2550000),(38430010 2550010,38430010 2550090,38430090 2550090,38430090 2550010,38430010 2550010)),((38430040 2550040,38430060 2550040,38430060 2550060,38430040 2550060,38430040 2550040)),((38430200 2550000,38430260 2550000,38430260 2550080,38430200 2550080,38430200 2550000)))"
G-02,=HYPERLINK(1),光伏电站,,"POLYGON ((38431000 2551000,38431100 2551000,38431100 2551100,38431000 2551000))"
"#;

struct Made {
    folder: TempDir,
}

impl Made {
    fn new() -> Made {
        Made { folder: tempfile::tempdir().unwrap() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs ogr2ogr on the CSV text.
    fn ogr(&self, csv: &str, target: &str, arguments: &[&str]) -> PathBuf {
        let source = self.at("source.csv");
        fs::write(&source, csv).unwrap();
        let target = self.at(target);
        let done = Command::new("ogr2ogr")
            .args(arguments)
            .args(["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO"])
            .arg(&target)
            .arg(&source)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        target
    }
}

fn read(path: &Path, format: FileFormat) -> RawFile {
    let mut files = read_vector(path, format).unwrap();
    assert_eq!(files.len(), 1);
    files.remove(0)
}

fn rings(feature: &RawFeature) -> Vec<Vec<(f64, f64)>> {
    match &feature.geometry {
        RawGeometry::Rings(rings) => {
            rings.iter().map(|ring| ring.points.iter().map(|p| (p.x, p.y)).collect()).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// Even-odd area by the rings' own nesting: outer and islands count, holes are taken away.
fn area(feature: &RawFeature) -> f64 {
    let rings = rings(feature);
    let twice = |ring: &[(f64, f64)]| {
        let (x0, y0) = ring[0];
        let shoelace: f64 =
            ring.windows(2).map(|w| (w[0].0 - x0) * (w[1].1 - y0) - (w[1].0 - x0) * (w[0].1 - y0)).sum();
        shoelace.abs()
    };
    let inside = |p: (f64, f64), ring: &[(f64, f64)]| {
        ring.windows(2)
            .filter(|w| {
                (w[0].1 > p.1) != (w[1].1 > p.1)
                    && p.0 < w[0].0 + (p.1 - w[0].1) / (w[1].1 - w[0].1) * (w[1].0 - w[0].0)
            })
            .count()
            % 2
            == 1
    };
    rings
        .iter()
        .enumerate()
        .map(|(i, ring)| {
            let depth = rings.iter().enumerate().filter(|(j, other)| *j != i && inside(ring[0], other)).count();
            if depth % 2 == 0 { twice(ring) / 2.0 } else { -twice(ring) / 2.0 }
        })
        .sum()
}

fn codes(file: &RawFile) -> Vec<&str> {
    file.notes.iter().map(|note| note.code.as_str()).collect()
}

fn declared_crs(file: &RawFile) -> Option<u32> {
    match file.hints.first() {
        Some(CrsHint::Declared { crs, .. }) => Some(crs.epsg),
        _ => None,
    }
}

/// What every format must give of [`PLOTS`].
fn assert_is_plots(file: &RawFile) {
    assert_eq!(file.features.len(), 2);
    let [first, second] = &file.features[..] else { panic!() };
    assert_eq!(rings(first).len(), 4);
    assert!((area(first) - (10_000.0 - 6_400.0 + 400.0 + 4_800.0)).abs() < 0.5, "{}", area(first));
    assert!((area(second) - 5_000.0).abs() < 0.5);
    assert_eq!(first.id.as_deref(), Some("G-01"));
    assert_eq!(first.name.as_deref(), Some("钟落潭镇良田村地块"));
    assert_eq!(first.purpose.as_deref(), Some("农村道路"));
    assert_eq!(first.declared.as_ref().map(|area| area.number), Some(0.84));
    assert_eq!(second.name.as_deref(), Some("=HYPERLINK(1)"));
    assert_eq!(second.declared, None);
}

const SHP: [&str; 6] = ["-f", "ESRI Shapefile", "-a_srs", "EPSG:4526", "-nlt", "MULTIPOLYGON"];

#[test]
fn a_gbk_shapefile_with_every_part_is_read() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
    let file = read(&path, FileFormat::Shapefile);
    assert_is_plots(&file);
    assert_eq!(declared_crs(&file), Some(4526));
    assert!(file.notes.is_empty(), "{:?}", file.notes);
    assert!(file.members.iter().any(|path| path.ends_with("地块.dbf")));
}

#[test]
fn a_gbk_shapefile_without_prj_and_cpg_is_read_and_the_guess_is_told() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
    fs::remove_file(made.at("地块.prj")).unwrap();
    fs::remove_file(made.at("地块.cpg")).unwrap();
    // The language byte too: many exporters leave it at zero.
    let mut dbf = fs::read(made.at("地块.dbf")).unwrap();
    dbf[29] = 0;
    fs::write(made.at("地块.dbf"), dbf).unwrap();
    let file = read(&path, FileFormat::Shapefile);
    assert_is_plots(&file);
    assert!(file.hints.is_empty());
    assert_eq!(codes(&file), ["encoding-detected"]);
}

#[test]
fn a_cpg_that_lies_is_overruled_with_a_warning() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
    fs::write(made.at("地块.cpg"), "UTF-8").unwrap();
    let file = read(&path, FileFormat::Shapefile);
    assert_is_plots(&file);
    assert!(file.notes[0].message.zh.contains("UTF-8"), "{:?}", file.notes);
}

#[test]
fn a_utf8_shapefile_is_read() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.shp", &[&SHP[..], &["-lco", "ENCODING=UTF-8"]].concat());
    assert_is_plots(&read(&path, FileFormat::Shapefile));
}

#[test]
fn upper_and_mixed_case_extensions_are_read() {
    for cases in
        [["SHP", "SHX", "DBF", "PRJ", "CPG"], ["Shp", "Shx", "Dbf", "Prj", "Cpg"], ["shp", "SHX", "dbf", "PRJ", "cpg"]]
    {
        let made = Made::new();
        made.ogr(PLOTS, "a.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
        for part in cases {
            let lower = made.at(&format!("a.{}", part.to_lowercase()));
            fs::rename(&lower, made.at("moving")).unwrap();
            fs::rename(made.at("moving"), made.at(&format!("a.{part}"))).unwrap();
        }
        let file = read(&made.at(&format!("a.{}", cases[0])), FileFormat::Shapefile);
        assert_is_plots(&file);
        assert_eq!(declared_crs(&file), Some(4526), "{cases:?}");
    }
}

#[test]
fn a_missing_shx_is_named_and_nothing_is_written_in_its_place() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.shp", &SHP);
    fs::remove_file(made.at("地块.shx")).unwrap();
    let error = read_vector(&path, FileFormat::Shapefile).unwrap_err();
    assert_eq!(error.code, "shx-missing");
    assert!(error.text.zh.contains("地块.shx") && error.text.en.contains("地块.shx"));
    assert!(!made.at("地块.shx").exists());
}

#[test]
fn a_missing_dbf_is_named_and_the_shapes_are_still_read() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.shp", &SHP);
    fs::remove_file(made.at("地块.dbf")).unwrap();
    let file = read(&path, FileFormat::Shapefile);
    assert_eq!(codes(&file), ["dbf-missing"]);
    assert!(file.notes[0].message.zh.contains("地块.dbf"));
    assert_eq!(rings(&file.features[0]).len(), 4);
    assert_eq!(file.features[0].id, None);
}

#[test]
fn a_shapefile_cut_off_in_any_part_is_refused_with_the_part_named() {
    for (part, at) in [("shp", 300), ("shp", 50), ("dbf", 400), ("dbf", 10), ("shx", 104)] {
        let made = Made::new();
        let path = made.ogr(PLOTS, "地块.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
        let cut = made.at(&format!("地块.{part}"));
        let whole = fs::read(&cut).unwrap();
        fs::write(&cut, &whole[..at]).unwrap();
        let error = read_vector(&path, FileFormat::Shapefile).unwrap_err();
        assert!(["truncated", "file-broken"].contains(&error.code), "{part} {at}: {error}");
        assert!(error.text.zh.contains(&format!("地块.{part}")), "{error}");
    }
}

#[test]
fn a_value_cut_in_half_at_the_width_of_its_field_is_told() {
    let made = Made::new();
    let long = PLOTS.replace("钟落潭镇良田村地块", &"广州市白云区".repeat(60));
    let path = made.ogr(&long, "地块.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
    let mut dbf = fs::read(made.at("地块.dbf")).unwrap();
    // ogr2ogr cuts between characters; other programs do not: break the last one.
    let name = encoding_rs::GBK.encode("广州市白云区").0.into_owned();
    let start = dbf.windows(name.len()).position(|w| w == &name[..]).unwrap();
    let end = (start..dbf.len()).find(|&i| dbf[i] == b' ').unwrap();
    dbf[end - 1] = b' ';
    fs::write(made.at("地块.dbf"), dbf).unwrap();
    let file = read(&path, FileFormat::Shapefile);
    assert!(codes(&file).contains(&"text-cut"), "{:?}", file.notes);
}

#[test]
fn geojson_in_degrees_is_read() {
    let made = Made::new();
    let path = made.ogr(
        PLOTS,
        "地块.geojson",
        &[
            "-f",
            "GeoJSON",
            "-s_srs",
            "EPSG:4526",
            "-t_srs",
            "EPSG:4490",
            "-lco",
            "RFC7946=YES",
            "-lco",
            "COORDINATE_PRECISION=11",
        ],
    );
    let file = read(&path, FileFormat::GeoJson);
    assert_eq!(declared_crs(&file), Some(4326));
    assert_eq!(rings(&file.features[0]).len(), 4);
    let (lon, lat) = rings(&file.features[0])[0][0];
    assert!((113.0..114.0).contains(&lon) && (22.5..23.5).contains(&lat), "{lon} {lat}");
}

#[test]
fn geojson_with_the_old_crs_member_is_read() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.geojson", &["-f", "GeoJSON", "-a_srs", "EPSG:4526"]);
    let file = read(&path, FileFormat::GeoJson);
    assert_is_plots(&file);
    assert_eq!(declared_crs(&file), Some(4526));
}

#[test]
fn geojson_in_metres_without_crs_says_nothing_of_its_crs_and_is_noted() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.geojson", &["-f", "GeoJSON"]);
    let file = read(&path, FileFormat::GeoJson);
    assert!(file.hints.is_empty(), "{:?}", file.hints);
    assert_eq!(codes(&file), ["geojson-not-degrees"]);
}

#[test]
fn geojson_of_a_bare_geometry_with_a_byte_order_mark_is_read() {
    let made = Made::new();
    let path = made.at("a.json");
    fs::write(
        &path,
        "\u{feff}{\"type\":\"Polygon\",\"coordinates\":[[[113.5,23],[113.6,23],[113.6,23.1],[113.5,23]]]}",
    )
    .unwrap();
    let file = read(&path, FileFormat::GeoJson);
    assert_eq!(rings(&file.features[0])[0].len(), 4);
}

#[test]
fn an_id_larger_than_any_integer_keeps_its_digits() {
    let made = Made::new();
    let path = made.at("a.json");
    fs::write(&path, r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"DKBH":440111001001202600000001},"geometry":{"type":"Polygon","coordinates":[[[113.5,23],[113.6,23],[113.6,23.1],[113.5,23]]]}},{"type":"Feature","properties":{"DKBH":"440111001001202600000002"},"geometry":null}]}"#).unwrap();
    let file = read(&path, FileFormat::GeoJson);
    assert_eq!(file.features[0].id.as_deref(), Some("440111001001202600000001"));
    assert_eq!(codes(&file), ["empty-geometry"]);
    assert_eq!(file.notes[0].severity, crate::Severity::Error, "a plot that is left out is no remark");
}

#[test]
fn gbk_geojson_is_read_and_told() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.geojson", &["-f", "GeoJSON", "-a_srs", "EPSG:4526"]);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, encoding_rs::GBK.encode(&text).0).unwrap();
    let file = read(&path, FileFormat::GeoJson);
    assert_is_plots(&file);
    assert_eq!(codes(&file), ["encoding-detected"]);
}

#[test]
fn broken_json_names_line_and_column() {
    let made = Made::new();
    for (text, code) in [
        ("{\"type\":\"FeatureCollection\",\n\"features\":[", "geojson-broken"),
        ("", "geojson-broken"),
        ("{\"a\":1}", "wrong-format"),
        ("{\"type\":\"Point\",\"coordinates\":[NaN,1]}", "geojson-broken"),
        ("[1,2]", "wrong-format"),
    ] {
        let path = made.at("坏.json");
        fs::write(&path, text).unwrap();
        let error = read_vector(&path, FileFormat::GeoJson).unwrap_err();
        assert_eq!(error.code, code, "{text}: {error}");
        assert!(error.text.zh.contains("坏.json"));
    }
}

#[test]
fn a_geopackage_with_several_layers_is_read_and_its_layers_are_named() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.gpkg", &["-f", "GPKG", "-a_srs", "EPSG:4526", "-nln", "地块"]);
    let lines = "id,WKT\n1,\"LINESTRING (38430000 2550000,38430500 2550500)\"\n";
    made.ogr(lines, "地块.gpkg", &["-f", "GPKG", "-a_srs", "EPSG:4526", "-nln", "道路", "-update"]);
    made.ogr("a,b\n1,2\n", "地块.gpkg", &["-f", "GPKG", "-nln", "附表", "-update"]);
    let file = read(&path, FileFormat::GeoPackage);
    assert_eq!(file.features.len(), 3);
    assert_eq!(declared_crs(&file), Some(4526));
    assert!(matches!(&file.features[2].geometry, RawGeometry::Lines(lines) if lines[0].len() == 2));
    assert_eq!(file.features[2].attributes["图层"], "道路");
    assert_eq!(codes(&file), ["table-skipped", "layers-read"]);
    let left: Vec<_> = fs::read_dir(made.folder.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn layers_in_different_systems_come_as_a_file_each() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.gpkg", &["-f", "GPKG", "-a_srs", "EPSG:4526", "-nln", "甲"]);
    made.ogr(PLOTS, "地块.gpkg", &["-f", "GPKG", "-a_srs", "EPSG:2362", "-nln", "乙", "-update"]);
    let files = read_vector(&path, FileFormat::GeoPackage).unwrap();
    assert_eq!(files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["地块.gpkg/甲", "地块.gpkg/乙"]);
    assert_eq!(files.iter().map(declared_crs).collect::<Vec<_>>(), [Some(4526), Some(2362)]);
}

#[test]
fn arcs_and_heights_in_a_geopackage_are_used_and_told() {
    let made = Made::new();
    let csv = "id,WKT\n1,\"CURVEPOLYGON (CIRCULARSTRING (38430000 2550000,38430100 2550100,38430200 2550000,38430100 2549900,38430000 2550000))\"\n2,\"POLYGON Z ((38430000 2550000 5,38430100 2550000 5,38430100 2550100 5,38430000 2550000 5))\"\n";
    let path = made.ogr(csv, "a.gpkg", &["-f", "GPKG", "-a_srs", "EPSG:4526", "-nlt", "GEOMETRY"]);
    let file = read(&path, FileFormat::GeoPackage);
    assert!((area(&file.features[0]) - std::f64::consts::PI * 1e4).abs() < 0.7);
    assert_eq!(codes(&file), ["heights-dropped", "curves-densified"]);
}

#[test]
fn a_file_geodatabase_is_read() {
    let made = Made::new();
    let path = made.ogr(
        PLOTS,
        "地块.gdb",
        &["-f", "OpenFileGDB", "-a_srs", "EPSG:4526", "-nlt", "MULTIPOLYGON", "-nln", "地块"],
    );
    let file = read(&path, FileFormat::FileGeodatabase);
    assert_is_plots(&file);
    assert_eq!(declared_crs(&file), Some(4526));
}

#[test]
fn kml_and_kmz_are_read_with_their_extended_data() {
    for name in ["地块.kml", "地块.kmz"] {
        let made = Made::new();
        let path =
            made.ogr(PLOTS, name, &["-f", "LIBKML", "-s_srs", "EPSG:4526", "-t_srs", "EPSG:4326", "-nln", "地块"]);
        let file = read(&path, FileFormat::Kml);
        assert_eq!(file.features.len(), 2);
        assert_eq!(declared_crs(&file), Some(4326));
        assert_eq!(rings(&file.features[0]).len(), 4);
        assert_eq!(file.features[0].id.as_deref(), Some("G-01"));
        assert_eq!(file.features[0].name.as_deref(), Some("钟落潭镇良田村地块"));
    }
}

#[test]
fn a_gbk_kml_is_read() {
    let made = Made::new();
    let path = made.at("a.kml");
    let kml = "<?xml version=\"1.0\" encoding=\"GBK\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>良田村</name><Polygon><outerBoundaryIs><LinearRing><coordinates>113.5,23,0 113.6,23,0 113.6,23.1,0 113.5,23,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>";
    fs::write(&path, encoding_rs::GBK.encode(kml).0).unwrap();
    let file = read(&path, FileFormat::Kml);
    assert_eq!(file.features[0].name.as_deref(), Some("良田村"));
    assert_eq!(codes(&file), ["heights-dropped"]);
}

#[test]
fn chinese_names_of_untyped_extended_data_are_kept_apart() {
    let made = Made::new();
    let path = made.at("a.kml");
    let kml = "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>甲</name><ExtendedData><Data name=\"地块编号\"><value>G-01</value></Data><Data name=\"地块用途\"><value>光伏电站</value></Data><Data name='批文'><value>1号</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>113.5,23 113.6,23 113.6,23.1 113.5,23</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>";
    fs::write(&path, kml).unwrap();
    let file = read(&path, FileFormat::Kml);
    let feature = &file.features[0];
    assert_eq!((feature.id.as_deref(), feature.purpose.as_deref()), (Some("G-01"), Some("光伏电站")));
    assert_eq!(feature.attributes["批文"], "1号");
}

#[test]
fn broken_files_of_every_format_give_one_sentence_with_their_name() {
    let made = Made::new();
    let noise: Vec<u8> = (0..5000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (name, format) in [
        ("坏.shp", FileFormat::Shapefile),
        ("坏.geojson", FileFormat::GeoJson),
        ("坏.gpkg", FileFormat::GeoPackage),
        ("坏.kml", FileFormat::Kml),
        ("坏.kmz", FileFormat::Kml),
        ("坏.dxf", FileFormat::Dxf),
    ] {
        for bytes in [&noise[..], b"", b"<html>404</html>"] {
            let path = made.at(name);
            fs::write(&path, bytes).unwrap();
            let error = read_vector(&path, format).unwrap_err();
            assert!(error.text.zh.contains("坏.") && error.text.en.contains("坏."), "{error}");
            assert!(!error.text.zh.contains(made.folder.path().to_str().unwrap()), "{error}");
        }
    }
    fs::create_dir(made.at("坏.gdb")).unwrap();
    assert_eq!(read_vector(&made.at("坏.gdb"), FileFormat::FileGeodatabase).unwrap_err().code, "file-broken");
}

#[test]
fn a_geopackage_cut_off_gives_one_sentence() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.gpkg", &["-f", "GPKG", "-a_srs", "EPSG:4526"]);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 3]).unwrap();
    let error = read_vector(&path, FileFormat::GeoPackage).unwrap_err();
    assert!(error.text.zh.contains("地块.gpkg"), "{error}");
}

#[test]
fn a_kml_cut_off_gives_one_sentence() {
    let made = Made::new();
    let path = made.ogr(PLOTS, "地块.kml", &["-f", "LIBKML", "-s_srs", "EPSG:4526", "-t_srs", "EPSG:4326"]);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let error = read_vector(&path, FileFormat::Kml).unwrap_err();
    assert!(error.text.zh.contains("地块.kml"), "{error}");
}

#[test]
fn files_are_read_on_several_threads_at_once_with_their_own_warnings() {
    let made = Made::new();
    let good = made.ogr(PLOTS, "好.shp", &[&SHP[..], &["-lco", "ENCODING=GBK"]].concat());
    let bad = made.at("坏.gpkg");
    fs::write(&bad, "x").unwrap();
    std::thread::scope(|scope| {
        for round in 0..8 {
            let (good, bad) = (&good, &bad);
            scope.spawn(move || {
                if round % 2 == 0 {
                    let file = read(good, FileFormat::Shapefile);
                    assert_is_plots(&file);
                    assert!(file.notes.is_empty(), "{:?}", file.notes);
                } else {
                    assert!(read_vector(bad, FileFormat::GeoPackage).is_err());
                }
            });
        }
    });
}

mod drawings;
