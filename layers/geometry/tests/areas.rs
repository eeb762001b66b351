//! Projection and ellipsoidal area against independent values: PROJ 9.1.1, the survey's series summed
//! literally over subdivided edges, and the known check values.
// reference figures stand as the reference printed them
#![allow(clippy::excessive_precision)]
#![allow(clippy::unwrap_used)]

use geo_types::{Coord, LineString, Polygon, coord};
use proptest::prelude::*;
use redline_geometry::{Ellipsoid, GaussKruger, Shape, planar_m2};

const ZONE_38: GaussKruger = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);

fn shape(points: &[(f64, f64)]) -> Shape {
    let mut ring: Vec<Coord<f64>> = points.iter().map(|&(n, e)| coord! { x: e, y: n }).collect();
    ring.push(ring[0]);
    Shape::new(vec![Polygon::new(LineString::new(ring), vec![])])
}

/// The survey's formula as printed, on edges cut into `pieces`.
fn survey_series(ring: &[Coord<f64>], plane: &GaussKruger, pieces: usize) -> f64 {
    let f = 1.0 / plane.ellipsoid.inverse_flattening;
    let (e2, b) = (f * (2.0 - f), plane.ellipsoid.a * (1.0 - f));
    let (e4, e6, e8) = (e2 * e2, e2 * e2 * e2, e2 * e2 * e2 * e2);
    let a = 1.0 + 3.0 / 6.0 * e2 + 30.0 / 80.0 * e4 + 35.0 / 112.0 * e6 + 630.0 / 2304.0 * e8;
    let bb = 1.0 / 6.0 * e2 + 15.0 / 80.0 * e4 + 21.0 / 112.0 * e6 + 420.0 / 2304.0 * e8;
    let c = 3.0 / 80.0 * e4 + 7.0 / 112.0 * e6 + 180.0 / 2304.0 * e8;
    let d = 1.0 / 112.0 * e6 + 45.0 / 2304.0 * e8;
    let e = 5.0 / 2304.0 * e8;
    let geographic = |at: Coord<f64>| {
        let (lon, lat) = plane.inverse(at);
        (lat.to_radians(), lon.to_radians())
    };
    let base = geographic(ring[0]).1;
    let mut sum = 0.0;
    for edge in ring.windows(2) {
        for i in 0..pieces {
            let at = |k: usize| edge[0] + (edge[1] - edge[0]) * (k as f64 / pieces as f64);
            let ((b1, l1), (b2, l2)) = (geographic(at(i)), geographic(at(i + 1)));
            let (db, bm, dl) = (b2 - b1, (b1 + b2) / 2.0, (l1 + l2) / 2.0 - base);
            sum += 2.0
                * b
                * b
                * dl
                * (a * (db / 2.0).sin() * bm.cos() - bb * (1.5 * db).sin() * (3.0 * bm).cos()
                    + c * (2.5 * db).sin() * (5.0 * bm).cos()
                    - d * (3.5 * db).sin() * (7.0 * bm).cos()
                    + e * (4.5 * db).sin() * (9.0 * bm).cos());
        }
    }
    sum.abs()
}

#[test]
fn the_projection_agrees_with_proj_within_twenty_nanometres() {
    for (lon, lat, x, y) in [
        (112.5, 22.5, 38_345_643.071_107_84, 2_489_940.654_575_175),
        (114.0, 23.5, 38_500_000.0, 2_599_911.339_888_502),
        (115.4999, 24.0, 38_652_629.233_555_846, 2_656_101.349_079_151),
        (113.2644, 23.1291, 38_424_654.892_970_06, 2_559_024.739_304_148_6),
        (116.9, -30.25, 38_779_165.328_830_76, -3_351_388.070_648_295),
        (110.0, 54.0, 38_237_762.736_071_914, 5_993_326.720_226_723),
    ] {
        let at = ZONE_38.forward(lon, lat);
        assert!((at.x - x).abs() < 2e-8 && (at.y - y).abs() < 2e-8, "{lon} {lat}: {at:?}");
    }
}

#[test]
fn both_check_values_hold() {
    let square = shape(&[
        (2_550_000.0, 38_640_000.0),
        (2_550_000.0, 38_641_000.0),
        (2_551_000.0, 38_641_000.0),
        (2_551_000.0, 38_640_000.0),
    ]);
    let area = ZONE_38.area(&square);
    assert_eq!(area.planar_m2, 1_000_000.0);
    assert!((area.ellipsoidal_m2 - 999_512.64).abs() < 0.01, "{}", area.ellipsoidal_m2);

    let triangle = shape(&[(2_550_000.0, 38_430_000.0), (2_551_300.0, 38_430_700.0), (2_550_400.0, 38_431_500.0)]);
    let area = ZONE_38.area(&triangle);
    assert_eq!(area.planar_m2, 835_000.0);
    assert!((area.ellipsoidal_m2 - 834_901.07).abs() < 0.01, "{}", area.ellipsoidal_m2);
}

#[test]
fn the_surveys_series_undensified_and_in_the_limit() {
    let triangle = shape(&[(2_550_000.0, 38_430_000.0), (2_551_300.0, 38_430_700.0), (2_550_400.0, 38_431_500.0)]);
    let ring = &triangle.0[0].exterior().0;
    let ours = ZONE_38.ellipsoidal_m2(&triangle);
    assert!((survey_series(ring, &ZONE_38, 1) - 834_888.80).abs() < 0.01);
    // The error falls by four each time the edges are halved, towards our value.
    let mut last = (survey_series(ring, &ZONE_38, 4) - ours).abs();
    for pieces in [8, 16, 32, 64] {
        let now = (survey_series(ring, &ZONE_38, pieces) - ours).abs();
        assert!((last / now - 4.0).abs() < 0.2, "{pieces}: {last} {now}");
        last = now;
    }
    assert!((survey_series(ring, &ZONE_38, 4096) - ours).abs() < 2e-4);
}

#[test]
fn the_parts_of_a_cut_square_add_up() {
    let whole = [(0.0, 0.0), (0.0, 9_000.0), (7_000.0, 9_000.0), (7_000.0, 0.0)];
    let place =
        |p: &[(f64, f64)]| shape(&p.iter().map(|&(n, e)| (2_500_000.0 + n, 38_390_000.0 + e)).collect::<Vec<_>>());
    let left = [(0.0, 0.0), (0.0, 4_000.0), (7_000.0, 2_500.0), (7_000.0, 0.0)];
    let right = [(0.0, 4_000.0), (0.0, 9_000.0), (7_000.0, 9_000.0), (7_000.0, 2_500.0)];
    let sum = ZONE_38.ellipsoidal_m2(&place(&left)) + ZONE_38.ellipsoidal_m2(&place(&right));
    assert!((sum - ZONE_38.ellipsoidal_m2(&place(&whole))).abs() < 1e-5);
}

#[test]
fn a_whole_province_still_agrees_with_the_series() {
    // 300 km edges: split before they are integrated.
    let big = shape(&[
        (2_300_000.0, 38_300_000.0),
        (2_350_000.0, 38_610_000.0),
        (2_640_000.0, 38_580_000.0),
        (2_590_000.0, 38_310_000.0),
    ]);
    let ours = ZONE_38.ellipsoidal_m2(&big);
    let ring = &big.0[0].exterior().0;
    // Richardson on the series, whose error falls by four.
    let (coarse, fine) = (survey_series(ring, &ZONE_38, 2_000), survey_series(ring, &ZONE_38, 4_000));
    let limit = fine + (fine - coarse) / 3.0;
    assert!((limit - ours).abs() < 0.02, "{limit} {ours}");
}

#[test]
fn an_area_that_cannot_be_is_not_a_number() {
    let broken = shape(&[(f64::NAN, 38_400_000.0), (2_500_000.0, 38_400_100.0), (2_500_100.0, 38_400_100.0)]);
    assert!(ZONE_38.ellipsoidal_m2(&broken).is_nan());
    assert!(planar_m2(&broken).is_nan());
}

proptest! {
    #[test]
    fn there_and_back_is_within_twenty_nanometres(
        x in 38_200_000.0..38_800_000.0f64, y in -6_000_000.0..6_000_000.0f64
    ) {
        let at = coord! { x: x, y: y };
        let (lon, lat) = ZONE_38.inverse(at);
        let back = ZONE_38.forward(lon, lat);
        prop_assert!((back.x - x).abs() < 2e-8 && (back.y - y).abs() < 1e-8, "{:?} {:?}", at, back);
    }

    #[test]
    fn a_vertex_added_on_an_edge_changes_no_area(
        east in 38_380_000.0..38_640_000.0f64, north in 2_480_000.0..2_660_000.0f64,
        size in 10.0..60_000.0f64, edge in 0usize..3, t in 0.01..0.99f64
    ) {
        let points = [(north, east), (north + 0.2 * size, east + size), (north + size, east + 0.3 * size)];
        let plain = shape(&points);
        let mut more = points.to_vec();
        let (a, b) = (points[edge], points[(edge + 1) % 3]);
        more.insert(edge + 1, (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
        let (one, other) = (ZONE_38.ellipsoidal_m2(&plain), ZONE_38.ellipsoidal_m2(&shape(&more)));
        // The added vertex lies on the edge only to a rounding of its coordinates (4e-9 m a side).
        prop_assert!((one - other).abs() <= 1e-5 + 2e-8 * size, "{one} {other}");
        if size <= 5_000.0 {
            prop_assert!((one - other).abs() <= 1e-4);
        }
    }
}
