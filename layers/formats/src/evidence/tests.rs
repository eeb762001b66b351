//! The CRS decision on files as they come.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::boundary_txt::parse;
use crate::raw::{CrsHint, FileFormat, RawPoint, RawRing};
use redline_geometry::Grid;
use std::collections::BTreeMap;

fn options(epsg: Option<u32>) -> ReadOptions {
    ReadOptions {
        axes: None,
        keep_drawn: false,
        crs: epsg.map(|epsg| Crs { epsg }),
        target: Crs { epsg: 4526 },
        extent: Some([38_390_000.0, 2_490_000.0, 38_510_000.0, 2_640_000.0]),
        width_m: None,
        grid: Grid::around(38_390_000.0, 2_490_000.0),
    }
}

/// A file of triangles at the given places (east, north), each with its hints.
fn file(places: &[(f64, f64)], hints: Vec<CrsHint>) -> RawFile {
    let feature = |(x, y): &(f64, f64)| {
        let step = if x.abs() < 180.0 { 0.001 } else { 100.0 };
        let point = |dx: f64, dy: f64| RawPoint { name: None, x: x + dx * step, y: y + dy * step };
        RawFeature {
            id: None,
            name: None,
            geometry: RawGeometry::Rings(vec![RawRing {
                label: None,
                points: vec![point(0.0, 0.0), point(1.0, 0.0), point(1.0, 1.0), point(0.0, 0.0)],
                closed: false,
            }]),
            declared: None,
            declared_points: None,
            purpose: None,
            attributes: BTreeMap::new(),
            place: Text::default(),
        }
    };
    RawFile {
        name: "地块.shp".into(),
        format: FileFormat::Shapefile,
        sha256: String::new(),
        members: Vec::new(),
        hints,
        features: places.iter().map(feature).collect(),
        notes: Vec::new(),
    }
}

fn declared(epsg: u32) -> Vec<CrsHint> {
    vec![CrsHint::Declared { crs: Crs { epsg }, by: Text::same(".prj") }]
}

fn codes(decided: &Decided) -> Vec<&str> {
    decided.notes.iter().map(|n| n.code.as_str()).collect()
}

fn decided(file: &RawFile) -> Decided {
    decide(file, &options(None)).unwrap_or_else(|e| panic!("{e}"))
}

const HERE: (f64, f64) = (38_430_000.0, 2_550_000.0);

#[test]
fn a_stated_crs_is_believed_and_the_evidence_names_where_it_stands() {
    let got = decided(&file(&[HERE], declared(4526)));
    assert_eq!(got.decision.crs.epsg, 4526);
    assert!(got.decision.evidence[0].zh.contains(".prj"));
    assert!(got.decision.evidence.last().unwrap().zh.contains("范围内"));
    assert!(codes(&got).is_empty());
}

#[test]
fn without_a_prj_the_zone_number_decides_and_the_datum_is_a_doubt() {
    let got = decided(&file(&[HERE], vec![]));
    assert_eq!((got.decision.crs.epsg, codes(&got)), (4526, vec!["datum-assumed"]));
}

#[test]
fn without_a_prj_and_far_away_the_candidates_are_named() {
    let error = decide(&file(&[(35_430_000.0, 3_550_000.0)], vec![]), &options(None)).unwrap_err();
    assert_eq!(error.code, "crs-undecided");
    for word in ["EPSG:4523", "EPSG:2359", "EPSG:2411", "--crs", "地块.shp"] {
        assert!(error.text.zh.contains(word), "{error}");
    }
}

#[test]
fn six_digit_eastings_are_placed_by_the_workspace_or_refused() {
    let got = decided(&file(&[(430_000.0, 2_550_000.0)], vec![]));
    assert_eq!((got.decision.crs.epsg, codes(&got)), (4547, vec!["datum-assumed", "zone-prefix-missing"]));
    let mut nowhere = options(None);
    nowhere.extent = None;
    assert_eq!(decide(&file(&[(430_000.0, 2_550_000.0)], vec![]), &nowhere).unwrap_err().code, "crs-undecided");
}

#[test]
fn distance_never_refuses_a_stated_crs() {
    let got = decided(&file(&[(35_430_000.0, 3_550_000.0)], declared(4523)));
    assert_eq!((got.decision.crs.epsg, codes(&got)), (4523, vec!["far-from-workspace"]));
}

#[test]
fn swapped_axes_are_exchanged_for_all_plots_or_for_the_one() {
    let all = decided(&file(&[(HERE.1, HERE.0)], declared(4526)));
    assert_eq!(codes(&all), ["swapped-axes"]);
    assert_eq!(all.readings[0].apply(HERE.1, HERE.0), Coord { x: HERE.0, y: HERE.1 });
    let one = decided(&file(&[HERE, (HERE.1, HERE.0)], declared(4526)));
    assert_eq!((one.readings[0].swapped, one.readings[1].swapped), (false, true));
    assert_eq!(one.notes[0].plot.as_deref(), Some("2"));
}

#[test]
fn a_doubled_zone_number_loses_one_and_a_missing_one_is_added() {
    let doubled = decided(&file(&[(3_838_640_112.0, 2_550_000.0)], declared(4526)));
    assert_eq!(doubled.readings[0].apply(3_838_640_112.0, 0.0).x, 38_640_112.0);
    assert!(codes(&doubled).contains(&"zone-prefix-doubled"));
    let missing = decided(&file(&[(430_000.0, 2_550_000.0)], declared(4526)));
    assert_eq!(
        (missing.readings[0].apply(430_000.0, 0.0).x, codes(&missing)),
        (38_430_000.0, vec!["zone-prefix-missing"])
    );
    let one = decided(&file(&[HERE, (430_000.0, 2_550_000.0)], vec![]));
    assert_eq!(one.notes.iter().find(|n| n.code == "zone-prefix-missing").unwrap().plot.as_deref(), Some("2"));
}

#[test]
fn a_zone_in_the_header_that_the_numbers_lack_is_used_and_noted() {
    let text = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=38\n[地块坐标]\n3,,A,,面,,,,@\n1,1,2550000,430000\n2,1,2550100,430000\n3,1,2550100,430100\n";
    let got = decided(&parse(text.as_bytes(), "a.txt").unwrap());
    assert_eq!((got.decision.crs.epsg, codes(&got)), (4547, vec!["zone-prefix-missing"]));
}

#[test]
fn a_zone_in_the_header_that_the_numbers_deny_is_refused_with_both() {
    let text = "[属性描述]\n坐标系=2000国家大地坐标系\n带号=37\n[地块坐标]\n3,,A,,面,,,,@\n1,1,2550000,38430000\n2,1,2550100,38430000\n3,1,2550100,38430100\n";
    let error = decide(&parse(text.as_bytes(), "a.txt").unwrap(), &options(None)).unwrap_err();
    assert_eq!(error.code, "crs-contradiction");
    assert!(error.text.zh.contains("EPSG:4525") && error.text.zh.contains("EPSG:4526"), "{error}");
}

#[test]
fn xian80_and_beijing54_headers_keep_their_own_planes() {
    for (name, epsg) in [("1980西安坐标系", 2362), ("北京54", 2414)] {
        let text = format!(
            "[属性描述]\n坐标系={name}\n带号=38\n[地块坐标]\n3,,A,,面,,,,@\n1,1,2550000,38430000\n2,1,2550100,38430000\n3,1,2550100,38430100\n"
        );
        assert_eq!(decided(&parse(text.as_bytes(), "a.txt").unwrap()).decision.crs.epsg, epsg);
    }
}

#[test]
fn metres_under_the_name_of_wgs84_are_cgcs2000_and_said_so() {
    let text = "[属性描述]\n坐标系=WGS84\n带号=38\n[地块坐标]\n3,,A,,面,,,,@\n1,1,2550000,38430000\n2,1,2550100,38430000\n3,1,2550100,38430100\n";
    let got = decided(&parse(text.as_bytes(), "a.txt").unwrap());
    assert_eq!((got.decision.crs.epsg, codes(&got)), (4526, vec!["datum-wgs84"]));
}

#[test]
fn degrees_are_recognised_in_either_order_and_the_gcj02_doubt_is_told() {
    for place in [(113.4, 23.1), (23.1, 113.4)] {
        let got = decided(&file(&[place], vec![]));
        assert_eq!(got.decision.crs.epsg, 4490);
        assert!(codes(&got).contains(&"gcj02-possible"), "{:?}", codes(&got));
        let at = got.readings[0].apply(place.0, place.1);
        assert_eq!(at, Coord { x: 113.4, y: 23.1 });
    }
    let stated = decided(&file(&[(113.4, 23.1)], declared(4490)));
    assert!(codes(&stated).is_empty());
    let mut kml = file(&[(113.4, 23.1)], declared(4326));
    kml.format = FileFormat::Kml;
    let note = decided(&kml).notes.into_iter().find(|n| n.code == "gcj02-suspected").unwrap();
    assert_eq!(note.severity, crate::Severity::Warning);
}

#[test]
fn a_prj_in_degrees_over_metres_is_contradicted_and_read_by_the_numbers() {
    let got = decided(&file(&[HERE], declared(4490)));
    assert_eq!((got.decision.crs.epsg, codes(&got)), (4526, vec!["crs-contradicted"]));
    let geojson_default = decided(&file(&[HERE], declared(4326)));
    assert_eq!(codes(&geojson_default), ["crs-contradicted", "datum-assumed"]);
    let degrees = decided(&file(&[(113.4, 23.1)], declared(4526)));
    assert_eq!((degrees.decision.crs.epsg, codes(&degrees)), (4490, vec!["crs-contradicted"]));
}

#[test]
fn the_user_overrides_the_file_but_not_the_numbers() {
    let file = file(&[HERE], declared(2362));
    assert_eq!(decide(&file, &options(Some(4526))).unwrap().decision.crs.epsg, 4526);
    for wrong in [4490, 4525] {
        assert_eq!(decide(&file, &options(Some(wrong))).unwrap_err().code, "crs-contradiction", "{wrong}");
    }
    let utm = vec![CrsHint::Unsupported { name: "UTM".into(), by: Text::same(".prj") }];
    let named = self::file(&[HERE], utm);
    assert_eq!(decide(&named, &options(None)).unwrap_err().code, "crs-unsupported");
    assert_eq!(decide(&named, &options(Some(4526))).unwrap().decision.crs.epsg, 4526);
}

#[test]
fn a_digit_too_many_in_one_point_is_refused_with_its_name() {
    let mut file = file(&[HERE], declared(4526));
    let RawGeometry::Rings(rings) = &mut file.features[0].geometry else { panic!() };
    rings[0].points[2].y = 25_500_000.0;
    rings[0].points[2].name = Some("J3".into());
    let error = decide(&file, &options(None)).unwrap_err();
    assert_eq!(error.code, "coordinates-mixed");
    assert!(error.text.zh.contains("J3") && error.text.zh.contains("25500000"), "{error}");
}

#[test]
fn plots_in_two_zones_or_two_units_are_not_one_file() {
    let refused = |places: &[(f64, f64)]| decide(&file(places, vec![]), &options(None)).unwrap_err().code;
    assert_eq!(refused(&[HERE, (37_700_000.0, 2_550_000.0)]), "zones-mixed");
    assert_eq!(refused(&[HERE, (113.4, 23.1)]), "coordinates-mixed");
    assert_eq!(refused(&[(1234.0, 5678.0)]), "crs-undecided");
}
