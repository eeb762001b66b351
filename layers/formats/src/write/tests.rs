#![allow(clippy::unwrap_used)]
use super::*;
use crate::{ReadOptions, ZoneReadOptions, read_project, read_zones};
use geo_types::{LineString, Polygon};
use redline_geometry::{Grid, planar_m2};
use redline_zoning::{LayerRole, ZoneFacts};
use std::fs;

const CRS: Crs = Crs { epsg: 4526 };

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    let mut ring: Vec<Coord<f64>> =
        points.iter().map(|(x, y)| Coord { x: 38_430_000.0 + x, y: 2_550_000.0 + y }).collect();
    ring.push(ring[0]);
    LineString(ring)
}

fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
    ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

/// Two parts, a hole in the first, an island in the hole.
fn shape() -> Shape {
    Shape::new(vec![
        Polygon::new(square(0.0, 0.0, 100.0), vec![square(10.0, 10.0, 80.0)]),
        Polygon::new(square(40.0, 40.0, 20.0), vec![]),
        Polygon::new(square(200.0, 0.0, 60.0), vec![]),
    ])
}

const AREA: f64 = 10_000.0 - 6_400.0 + 400.0 + 3_600.0;

fn plots() -> Vec<PlotToWrite> {
    vec![
        PlotToWrite {
            id: "G-01".into(),
            name: "良田村,一期".into(),
            shape: shape(),
            declared_m2: Some(AREA),
            purpose: Some("农村道路".into()),
            attributes: BTreeMap::new(),
        },
        PlotToWrite {
            id: "G-02".into(),
            name: "=HYPERLINK(\"http://x\")<b>&".into(),
            shape: Shape::new(vec![Polygon::new(square(500.0, 500.0, 50.0), vec![])]),
            declared_m2: None,
            purpose: Some("光伏电站".into()),
            attributes: BTreeMap::new(),
        },
    ]
}

const ALL: [(ProjectFormat, &str); 9] = [
    (ProjectFormat::BoundaryTxt, "地块.txt"),
    (ProjectFormat::Shapefile, "地块.shp"),
    (ProjectFormat::GeoJson, "地块.geojson"),
    (ProjectFormat::GeoPackage, "地块.gpkg"),
    (ProjectFormat::FileGeodatabase, "地块.gdb"),
    (ProjectFormat::Kml, "地块.kml"),
    (ProjectFormat::Dxf, "地块.dxf"),
    (ProjectFormat::Csv, "地块.csv"),
    (ProjectFormat::Xlsx, "地块.xlsx"),
];

#[test]
fn what_is_written_in_any_format_is_read_back_with_its_area_and_its_words() {
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in ALL {
        let path = folder.path().join(name);
        write_plots(&path, format, &plots(), CRS).unwrap();
        let options = ReadOptions {
            axes: None,
            keep_drawn: false,
            crs: (format == ProjectFormat::Dxf).then_some(CRS),
            target: CRS,
            extent: None,
            width_m: None,
            grid: Grid::around(38_400_000.0, 2_500_000.0),
        };
        let files = read_project(&path, &options).unwrap();
        assert_eq!(files.len(), 1, "{name}");
        let file = &files[0];
        let total: f64 = file.plots.iter().map(|plot| planar_m2(&plot.shape)).sum();
        if format == ProjectFormat::Dxf {
            // A drawing knows no plots: every closed line is one.
            assert_eq!(file.plots.len(), 5, "{name}");
            continue;
        }
        assert_eq!(file.plots.len(), 2, "{name}");
        // KML and GeoJSON are in degrees to 1e-10.
        assert!((total - AREA - 2_500.0).abs() < 0.05, "{name}: {total}");
        for (read, written) in file.plots.iter().zip(plots()) {
            assert_eq!(read.id, written.id, "{name}");
            assert_eq!(read.purpose, written.purpose, "{name}");
        }
        assert_eq!(file.plots[1].name, plots()[1].name, "{name}");
    }
}

#[test]
fn the_same_plots_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in ALL {
        if format == ProjectFormat::FileGeodatabase {
            continue;
        }
        let [first, second] = ["a", "b"].map(|sub| {
            let path = folder.path().join(sub);
            fs::create_dir_all(&path).unwrap();
            write_plots(&path.join(name), format, &plots(), CRS).unwrap();
            let mut files: Vec<_> =
                fs::read_dir(&path).unwrap().flatten().map(|e| (e.file_name(), fs::read(e.path()).unwrap())).collect();
            files.sort();
            fs::remove_dir_all(&path).unwrap();
            files
        });
        assert_eq!(first, second, "{name}");
    }
}

#[test]
fn a_formula_in_a_name_stays_text_in_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    write_plots(&path, ProjectFormat::Xlsx, &plots(), CRS).unwrap();
    let mut book = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml).unwrap();
    assert!(!xml.contains("<f>") && !xml.contains("hyperlink"), "{xml}");
}

fn zone(id: &str, class: &str, kind: &str, x: f64) -> Zone {
    Zone {
        facts: ZoneFacts {
            id: id.into(),
            name: format!("{id}号区"),
            class: Some(class.into()),
            kind: Some(kind.into()),
            declared_m2: Some(10_000.0),
            attributes: BTreeMap::from([("XZQMC".to_owned(), "白云区".to_owned())]),
            ..ZoneFacts::default()
        },
        shape: Shape::new(vec![Polygon::new(square(x, 0.0, 100.0), vec![])]),
    }
}

fn zone_options() -> ZoneReadOptions {
    ZoneReadOptions {
        target: CRS,
        crs: None,
        map: BTreeMap::new(),
        layer: None,
        grid: Grid::around(38_400_000.0, 2_500_000.0),
        accept: Default::default(),
    }
}

#[test]
fn zones_written_for_exchange_are_imported_again_without_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let zones = [zone("A", "statutory", "森林公园生态保育区", 0.0), zone("B", "important", "水源涵养", 100.0)];
    let shp = folder.path().join("生态保护红线.shp");
    write_zones_shapefile(&shp, "生态保护红线", &zones, CRS).unwrap();
    let json = folder.path().join("生态保护红线.geojson");
    write_zones_geojson(&json, &zones, CRS).unwrap();
    for path in [shp, json] {
        let file = read_zones(&path, LayerRole::RedLine, &zone_options()).unwrap();
        assert_eq!(file.zones.len(), 2);
        for (read, written) in file.zones.iter().zip(&zones) {
            assert_eq!(read.facts.id, written.facts.id);
            assert_eq!(read.facts.name, written.facts.name);
            assert_eq!(read.facts.class, written.facts.class);
            assert_eq!(read.facts.kind, written.facts.kind);
            assert_eq!(read.facts.declared_m2, Some(10_000.0));
            assert_eq!(read.facts.attributes["XZQMC"], "白云区");
            assert!((planar_m2(&read.shape) - 10_000.0).abs() < 0.01);
        }
        assert!(file.notes.iter().all(|note| note.severity == crate::Severity::Info), "{:?}", file.notes);
    }
    assert_eq!(fs::read_to_string(folder.path().join("生态保护红线.cpg")).unwrap().trim(), "GBK");
}

#[test]
fn text_too_long_for_a_shapefile_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut zones = [zone("A", "statutory", "水源涵养", 0.0)];
    zones[0].facts.name = "长".repeat(200);
    let path = folder.path().join("a.shp");
    assert_eq!(write_zones_shapefile(&path, "a", &zones, CRS).unwrap_err().code, "text-too-long");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let error = write_plots("/proc/no/a.txt".as_ref(), ProjectFormat::BoundaryTxt, &plots(), CRS).unwrap_err();
    assert_eq!(error.code, "write-failed");
    assert!(error.text.zh.contains("a.txt"));
}
