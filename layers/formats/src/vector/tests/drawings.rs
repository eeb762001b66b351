//! DXF drawings.

use super::*;

/// A drawing with the entities given, each a list of group codes and values.
fn drawing(header: &str, entities: &str) -> String {
    let pairs = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("\n");
    format!(
        "0\nSECTION\n2\nHEADER\n{header}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n{}\n0\nENDSEC\n0\nEOF\n",
        pairs(entities)
    )
}

/// A closed polyline of two vertices with bulge 1: a full circle of radius 50.
const CIRCLE: &str = "0 LWPOLYLINE 8 用地红线 100 AcDbEntity 100 AcDbPolyline 90 2 70 1 \
    10 38430000 20 2550000 42 1.0 10 38430100 20 2550000 42 1.0";

fn saved(made: &Made, text: &[u8]) -> PathBuf {
    let path = made.at("图.dxf");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_closed_polyline_with_bulge_arcs_has_the_arcs_area() {
    let made = Made::new();
    let file = read(&saved(&made, drawing("", CIRCLE).as_bytes()), FileFormat::Dxf);
    assert_eq!(file.features.len(), 1);
    let exact = std::f64::consts::PI * 2_500.0;
    // Chords within 1 mm along 314 m of circumference.
    assert!((area(&file.features[0]) - exact).abs() < 0.31, "{}", area(&file.features[0]) - exact);
    assert_eq!(file.features[0].attributes["图层"], "用地红线");
    assert!(file.hints.is_empty());
}

#[test]
fn layer_names_are_read_in_gbk_and_in_utf8() {
    let text = drawing("9\n$DWGCODEPAGE\n3\nANSI_936\n", CIRCLE);
    for bytes in [encoding_rs::GBK.encode(&text).0.into_owned(), text.clone().into_bytes()] {
        let made = Made::new();
        let file = read(&saved(&made, &bytes), FileFormat::Dxf);
        assert_eq!(file.features[0].attributes["图层"], "用地红线");
    }
}

#[test]
fn a_polyline_that_misses_its_start_by_millimetres_is_a_ring_and_one_that_misses_by_metres_is_a_line() {
    let polyline = |last: &str| {
        format!(
            "0 LWPOLYLINE 8 A 100 AcDbEntity 100 AcDbPolyline 90 5 70 0 10 0 20 0 10 100 20 0 10 100 20 100 10 0 20 100 {last}"
        )
    };
    let made = Made::new();
    let both = format!("{} {}", polyline("10 0.004 20 0.003"), polyline("10 0 20 30"));
    let file = read(&saved(&made, drawing("", &both).as_bytes()), FileFormat::Dxf);
    assert!(matches!(&file.features[0].geometry, RawGeometry::Rings(_)));
    assert!(matches!(&file.features[1].geometry, RawGeometry::Lines(_)));
}

#[test]
fn lettering_is_no_plot_and_an_outline_drawn_twice_is_one() {
    let made = Made::new();
    let text = "0 TEXT 8 注记 100 AcDbEntity 100 AcDbText 10 10 20 10 40 2.5 1 地块一";
    let square = |start: usize| {
        let corners = ["10 0 20 0", "10 100 20 0", "10 100 20 100", "10 0 20 100"];
        let turned: Vec<&str> = (0..4).map(|i| corners[(start + i) % 4]).collect();
        format!("0 LWPOLYLINE 8 A 100 AcDbEntity 100 AcDbPolyline 90 4 70 1 {}", turned.join(" "))
    };
    let all = format!("{text} {} {}", square(0), square(2));
    let file = read(&saved(&made, drawing("", &all).as_bytes()), FileFormat::Dxf);
    assert_eq!(file.features.len(), 1);
    assert_eq!(codes(&file), ["lettering-skipped", "outline-drawn-twice"]);
}

#[test]
fn a_drawing_by_ogr2ogr_is_read() {
    let made = Made::new();
    let csv = "Layer,WKT\n红线,\"POLYGON ((38430000 2550000,38430100 2550000,38430100 2550100,38430000 2550000))\"\n";
    let path = made.ogr(csv, "图.dxf", &["-f", "DXF"]);
    let file = read(&path, FileFormat::Dxf);
    assert!((area(&file.features[0]) - 5_000.0).abs() < 1e-3);
}

#[test]
fn a_drawing_cut_off_and_a_dwg_in_disguise_are_named() {
    let made = Made::new();
    let whole = drawing("", CIRCLE);
    let error = read_vector(&saved(&made, &whole.as_bytes()[..whole.len() / 2]), FileFormat::Dxf).unwrap_err();
    assert_eq!(error.code, "truncated");
    let error = read_vector(&saved(&made, b"AC1027\0\0"), FileFormat::Dxf).unwrap_err();
    assert_eq!(error.code, "dwg");
}
