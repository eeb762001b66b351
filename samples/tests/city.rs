//! The synthetic city keeps what the founding plan and the issue promise of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use geo_types::{Coord, MultiPolygon, Polygon};
use redline_geometry::{Ellipsoid, GaussKruger, planar_m2};
use redline_samples::{CITY_KM2, CONTROL_LINE_KM2, City, CityOptions, LAND_USE, RED_LINE_KINDS, RED_LINE_KM2, city};
use redline_zoning::{LayerRole, Zone};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

const PLANE: GaussKruger = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);

fn small() -> &'static City {
    static CITY: OnceLock<City> = OnceLock::new();
    CITY.get_or_init(|| city(&CityOptions { parcels: 2_000, seed: 7 }, &mut |_| true).unwrap())
}

fn zones(city: &City, role: LayerRole) -> &[Zone] {
    &city.layer(role).unwrap().zones
}

fn km2<'a>(zones: impl IntoIterator<Item = &'a Zone>) -> f64 {
    zones.into_iter().map(|z| PLANE.ellipsoidal_m2(&z.shape)).sum::<f64>() / 1e6
}

fn directed_edges(zones: &[Zone]) -> HashMap<[u64; 4], u32> {
    let mut edges = HashMap::new();
    for polygon in zones.iter().flat_map(|z| &z.shape.0) {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for w in ring.0.windows(2) {
                *edges.entry(edge(w[0], w[1])).or_insert(0) += 1;
            }
        }
    }
    edges
}

fn edge(a: Coord<f64>, b: Coord<f64>) -> [u64; 4] {
    [a.x.to_bits(), a.y.to_bits(), b.x.to_bits(), b.y.to_bits()]
}

fn reversed([ax, ay, bx, by]: [u64; 4]) -> [u64; 4] {
    [bx, by, ax, ay]
}

/// Little-endian WKB of one polygon.
fn wkb(polygon: &Polygon<f64>) -> Vec<u8> {
    let rings: Vec<_> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
    let mut out = vec![1, 3, 0, 0, 0];
    out.extend((rings.len() as u32).to_le_bytes());
    for ring in rings {
        out.extend((ring.0.len() as u32).to_le_bytes());
        for c in &ring.0 {
            out.extend(c.x.to_le_bytes());
            out.extend(c.y.to_le_bytes());
        }
    }
    out
}

#[test]
fn areas_are_the_plans_to_its_two_decimals() {
    let city = small();
    let control = zones(city, LayerRole::ControlLine);
    let tier_1 = km2(control.iter().filter(|z| z.facts.tier.as_deref() == Some("1")));
    for (what, is, should) in [
        ("city by districts", km2(zones(city, LayerRole::District)), CITY_KM2),
        ("city by land use", km2(zones(city, LayerRole::LandUse)), CITY_KM2),
        ("red line", km2(zones(city, LayerRole::RedLine)), RED_LINE_KM2),
        ("control line", km2(control), CONTROL_LINE_KM2),
        ("tier 1", tier_1, CITY_KM2 * 0.24),
    ] {
        assert!((is - should).abs() < 0.005, "{what}: {is} km² instead of {should}");
    }
}

#[test]
fn the_eight_land_use_classes_have_their_shares() {
    let parcels = zones(small(), LayerRole::LandUse);
    assert_eq!(parcels.len(), 2_000);
    for class in LAND_USE {
        let percent = km2(parcels.iter().filter(|z| z.facts.kind.as_deref() == Some(class.name))) / CITY_KM2 * 100.0;
        assert!(percent > 0.0 && (percent - class.percent).abs() < 0.5, "{}: {percent} %", class.name);
    }
}

#[test]
fn the_red_line_has_both_classes_and_all_ten_kinds() {
    let red = zones(small(), LayerRole::RedLine);
    for kind in RED_LINE_KINDS {
        let of_kind: Vec<_> = red.iter().filter(|z| z.facts.kind.as_deref() == Some(kind.name)).collect();
        assert!(!of_kind.is_empty(), "{}", kind.name);
        assert!(of_kind.iter().all(|z| z.facts.class.as_deref() == Some(kind.class)));
    }
    assert!(red.iter().any(|z| z.shape.0.len() > 1), "multi-part zones");
    assert!(red.iter().flat_map(|z| &z.shape.0).any(|p| !p.interiors().is_empty()), "holes");
}

#[test]
fn ids_are_unique_in_every_layer() {
    for layer in &small().layers {
        let ids: BTreeSet<_> = layer.zones.iter().map(|z| &z.facts.id).collect();
        assert_eq!(ids.len(), layer.zones.len(), "{:?}", layer.role);
    }
}

#[test]
fn neighbouring_parcels_share_every_vertex_and_leave_no_gap() {
    let city = small();
    let parcels = directed_edges(zones(city, LayerRole::LandUse));
    let districts = directed_edges(zones(city, LayerRole::District));
    assert!(parcels.values().all(|&n| n == 1), "an edge has one parcel on its left");
    // an edge without a neighbour on its other side is the city's own outline
    for &e in parcels.keys().filter(|&&e| !parcels.contains_key(&reversed(e))) {
        assert!(districts.contains_key(&e) && !districts.contains_key(&reversed(e)));
    }
    assert!(districts.keys().all(|e| parcels.contains_key(e)), "districts follow parcels' boundaries");
    let planar = |role| zones(city, role).iter().map(|z| planar_m2(&z.shape)).sum::<f64>();
    assert!((planar(LayerRole::LandUse) - planar(LayerRole::District)).abs() < 0.01);
}

#[test]
fn tiers_and_red_line_zones_share_their_boundaries() {
    let city = small();
    for role in [LayerRole::ControlLine, LayerRole::RedLine, LayerRole::GrowthBoundary, LayerRole::Farmland] {
        let edges = directed_edges(zones(city, role));
        assert!(edges.values().all(|&n| n == 1), "{role:?}");
        assert!(edges.keys().any(|&e| edges.contains_key(&reversed(e))), "{role:?} has neighbours");
    }
}

#[test]
fn every_polygon_is_valid_to_geos() {
    for layer in &small().layers {
        for zone in &layer.zones {
            for polygon in &zone.shape.0 {
                let valid = gdal::vector::Geometry::from_wkb(&wkb(polygon)).unwrap().is_valid();
                assert!(valid, "{:?} {}", layer.role, zone.facts.id);
            }
        }
    }
}

#[test]
fn the_city_lies_where_guangzhou_does() {
    let [x0, y0, x1, y1] = small().extent;
    for (x, y) in [(x0, y0), (x0, y1), (x1, y0), (x1, y1)] {
        let (lon, lat) = PLANE.inverse(Coord { x, y });
        assert!((113.0..114.0).contains(&lon) && (22.5..24.0).contains(&lat), "{lon} {lat}");
    }
}

#[test]
fn the_same_seed_gives_the_same_city_and_another_seed_another() {
    let again = city(&CityOptions { parcels: 2_000, seed: 7 }, &mut |_| true).unwrap();
    assert!(&again == small());
    let other = city(&CityOptions { parcels: 2_000, seed: 8 }, &mut |_| true).unwrap();
    assert!(&other != small());
    assert!((km2(zones(&other, LayerRole::RedLine)) - RED_LINE_KM2).abs() < 0.005);
}

#[test]
fn the_default_citys_largest_red_line_polygon_has_100_000_vertices() {
    let city = city(&CityOptions::default(), &mut |_| true).unwrap();
    assert_eq!(zones(&city, LayerRole::LandUse).len(), 20_000);
    let vertices = |p: &Polygon<f64>| p.exterior().0.len() + p.interiors().iter().map(|r| r.0.len()).sum::<usize>();
    let shapes: Vec<&MultiPolygon<f64>> = zones(&city, LayerRole::RedLine).iter().map(|z| &z.shape).collect();
    let most = shapes.iter().flat_map(|s| &s.0).map(vertices).max().unwrap();
    assert!(most >= 100_000, "{most}");
    assert!((km2(zones(&city, LayerRole::District)) - CITY_KM2).abs() < 0.005);
}

#[test]
fn a_number_of_parcels_out_of_range_is_refused() {
    for parcels in [0, 1_999, 1_000_001] {
        let refused = city(&CityOptions { parcels, seed: 1 }, &mut |_| true).unwrap_err();
        assert_eq!(refused.code, "parcels-out-of-range");
        assert!(refused.text.en.contains(&parcels.to_string()));
    }
}
