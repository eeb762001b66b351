//! From boundary text to plots: what reviewers see.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::{Crs, Severity, boundary_txt, points};
use proptest::prelude::*;
use redline_geometry::Grid;

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

const HEAD: &str = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n带号=38\n[地块坐标]\n";

/// A plot of rings given as offsets (east, north) in metres from a place in zone 38.
fn plot(header: &str, rings: &[&[(f64, f64)]]) -> String {
    let mut text = format!("{header}\n");
    for (r, ring) in rings.iter().enumerate() {
        for (n, (x, y)) in ring.iter().enumerate() {
            text += &format!("J{},{},{:.4},{:.4}\n", n + 1, r + 1, 2_550_000.0 + y, 38_430_000.0 + x);
        }
    }
    text
}

fn assembled(body: &str) -> Result<ProjectFile, FormatError> {
    assemble(boundary_txt::parse(format!("{HEAD}{body}").as_bytes(), "a.txt")?, &options())
}

fn codes(file: &ProjectFile) -> Vec<&str> {
    file.notes.iter().map(|n| n.code.as_str()).collect()
}

fn square(x: f64, y: f64, side: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
}

#[test]
fn a_sound_plot_comes_through_with_its_area_and_one_remark_on_the_unit() {
    let file = assembled(&plot("5,1.0000,A,甲,面,,公路,,@", &[&square(0.0, 0.0, 100.0)])).unwrap();
    assert!((planar_m2(&file.plots[0].shape) - 10_000.0).abs() < 1e-3);
    assert_eq!(file.plots[0].declared_m2, Some(10_000.0));
    assert_eq!(file.plots[0].purpose.as_deref(), Some("公路"));
    assert_eq!(codes(&file), ["declared-area-unit"]);
    assert_eq!(file.crs.crs.epsg, 4526);
}

#[test]
fn ring_four_may_be_a_hole_in_ring_three_and_ring_two_a_second_shell() {
    let rings =
        [square(0.0, 0.0, 100.0), square(200.0, 0.0, 100.0), square(400.0, 0.0, 100.0), square(420.0, 20.0, 10.0)];
    let rings: Vec<&[(f64, f64)]> = rings.iter().map(Vec::as_slice).collect();
    let file = assembled(&plot(",,A,,面,,,,@", &rings)).unwrap();
    assert_eq!(file.plots[0].shape.0.len(), 3);
    assert!((planar_m2(&file.plots[0].shape) - 29_900.0).abs() < 1e-3);
    assert!(file.notes.is_empty(), "{:?}", file.notes);
}

#[test]
fn an_open_bow_tie_is_closed_and_rebuilt_and_both_are_told_with_ring_and_area() {
    let file = assembled(&plot(",,A,,面,,,,@", &[&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)]])).unwrap();
    assert!((planar_m2(&file.plots[0].shape) - 5_000.0).abs() < 1e-3);
    let crossing = file.notes.iter().find(|n| n.code == "self-crossing").unwrap();
    assert_eq!((crossing.plot.as_deref(), crossing.ring), (Some("A"), Some(1)));
    let open = file.notes.iter().find(|n| n.code == "unclosed-ring").unwrap();
    assert_eq!(open.severity, Severity::Info);
    assert!(open.message.zh.contains("100.000 米"), "{}", open.message.zh);
}

#[test]
fn a_repeated_point_is_named_as_the_source_names_it() {
    let file =
        assembled(&plot(",,A,,面,,,,@", &[&[(0.0, 0.0), (100.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 0.0)]]))
            .unwrap();
    let note = file.notes.iter().find(|n| n.code == "duplicate-point").unwrap();
    assert!(matches!(note.point.as_deref(), Some("J2" | "J3")), "{note:?}");
}

#[test]
fn two_points_and_a_line_of_points_are_refused_by_plot() {
    for ring in [&[(0.0, 0.0), (100.0, 0.0)][..], &[(0.0, 0.0)], &[(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)]] {
        let error = assembled(&plot(",,甲一,,面,,,,@", &[ring])).unwrap_err();
        assert_eq!(error.code, "too-few-points");
        assert!(error.text.zh.contains("甲一") && error.text.zh.contains("第 6 行"), "{error}");
    }
}

#[test]
fn wrong_counts_and_wrong_areas_are_told_and_right_ones_are_not() {
    let body = |count: u32, area: &str| plot(&format!("{count},{area},A,,面,,,,@"), &[&square(0.0, 0.0, 100.0)]);
    for count in [4, 5] {
        assert!(codes(&assembled(&body(count, "")).unwrap()).is_empty());
    }
    assert_eq!(codes(&assembled(&body(7, "")).unwrap()), ["point-count-differs"]);
    let off = assembled(&body(5, "1.2000")).unwrap();
    assert_eq!(codes(&off), ["declared-area-unit", "declared-area-differs"]);
    assert_eq!(off.plots[0].declared_m2, Some(12_000.0));
    assert!((off.notes[1].area_m2.unwrap() - 2_000.0).abs() < 10.0);
}

#[test]
fn overlapping_and_identical_plots_and_repeated_ids_are_told() {
    let body = [
        plot(",,A,,面,,,,@", &[&square(0.0, 0.0, 100.0)]),
        plot(",,A,,面,,,,@", &[&square(50.0, 0.0, 100.0)]),
        plot(",,B,,面,,,,@", &[&square(0.0, 0.0, 100.0)]),
        plot(",,C,,面,,,,@", &[&square(150.0, 0.0, 100.0)]),
    ]
    .concat();
    let file = assembled(&body).unwrap();
    assert_eq!(file.plots.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["A", "A-2", "B", "C"]);
    assert_eq!(codes(&file), ["duplicate-plot-id", "overlapping-plots", "duplicate-plot", "overlapping-plots"]);
    assert!((file.notes[1].area_m2.unwrap() - 5_000.0).abs() < 1e-3);
}

#[test]
fn a_line_becomes_a_footprint_only_when_a_width_is_given() {
    let body = plot("2,,L,管线,线,,,,@", &[&[(0.0, 0.0), (1000.0, 0.0)]]);
    let file = assembled(&body).unwrap();
    assert!(file.plots[0].shape.0.is_empty());
    assert!(matches!(&file.plots[0].origin, PlotOrigin::Line { width_m: None, lines } if lines[0].0.len() == 2));
    let raw = boundary_txt::parse(format!("{HEAD}{body}").as_bytes(), "a.txt").unwrap();
    let wide = assemble(raw, &ReadOptions { width_m: Some(20.0), ..options() }).unwrap();
    assert!((planar_m2(&wide.plots[0].shape) - 20_000.0).abs() < 500.0);
    assert!(wide.notes.iter().any(|n| n.code == "line-widened" && n.message.zh.contains("20 米")));
}

#[test]
fn the_same_plot_in_degrees_lands_on_the_same_ground() {
    let here = Crs { epsg: 4526 }.gauss_kruger().unwrap();
    let mut text = "点号,经度,纬度\n".to_owned();
    for (n, (x, y)) in square(0.0, 0.0, 100.0).into_iter().enumerate() {
        let (lon, lat) = here.inverse(Coord { x: 38_430_000.0 + x, y: 2_550_000.0 + y });
        text += &format!("{n},{lon:.10},{lat:.10}\n");
    }
    let file = assemble(points::parse_csv(text.as_bytes(), "a.csv").unwrap(), &options()).unwrap();
    assert_eq!(file.crs.crs.epsg, 4490);
    let corner = file.plots[0].shape.0[0]
        .exterior()
        .0
        .iter()
        .map(|p| (p.x - 38_430_000.0).hypot(p.y - 2_550_000.0))
        .fold(f64::MAX, f64::min);
    assert!(corner < 1e-4, "{corner}");
}

#[test]
fn a_xian80_file_is_read_and_its_doubtful_place_is_a_warning() {
    let body = format!("{HEAD}{}", plot(",,A,,面,,,,@", &[&square(0.0, 0.0, 100.0)]))
        .replace("2000国家大地坐标系", "1980西安坐标系");
    let file = assemble(boundary_txt::parse(body.as_bytes(), "a.txt").unwrap(), &options()).unwrap();
    let note = file.notes.iter().find(|n| n.code == "datum-xian80").unwrap();
    assert_eq!(note.severity, Severity::Warning);
    assert_eq!(file.crs.crs.epsg, 2362);
}

#[test]
fn a_nan_that_reached_the_raw_file_is_refused_by_place() {
    let mut raw =
        boundary_txt::parse(format!("{HEAD}{}", plot(",,A,,面,,,,@", &[&square(0.0, 0.0, 100.0)])).as_bytes(), "a.txt")
            .unwrap();
    let RawGeometry::Rings(rings) = &mut raw.features[0].geometry else { panic!() };
    rings[0].points[2].x = f64::NAN;
    let error = assemble(raw, &options()).unwrap_err();
    assert_eq!(error.code, "non-finite");
    assert!(error.text.zh.contains("J3"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_ring_of_points_is_built_or_refused_and_its_area_is_finite(
        ring in proptest::collection::vec((0i32..50, 0i32..50), 1..20), closed in any::<bool>(),
    ) {
        let mut points: Vec<(f64, f64)> = ring.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
        if closed { points.push(points[0]); }
        match assembled(&plot(",,A,,面,,,,@", &[&points])) {
            Ok(file) => prop_assert!(planar_m2(&file.plots[0].shape) > 0.0 && planar_m2(&file.plots[0].shape) <= 2_500.1),
            Err(error) => prop_assert_eq!(error.code, "too-few-points"),
        }
    }
}
