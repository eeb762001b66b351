//! An independent oracle: a thousand generated plots reviewed by the command; every overlap's area
//! against GEOS on the zones as GDAL reads them from the workspace, and the sums of the contract.

use crate::support::{check, folder, list, number, shared_city};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geos::{Geom, SpatialIndex};
use redline_tests::city::{Zone, geo_shape};
use redline_tests::command::Said;
use redline_tests::generated::wandering_ring;
use redline_tests::geos_side::{intersection_area, to_geos};
use redline_tests::ogr::{self, Plot};
use redline_tests::random::Random;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Relative and absolute room for two correct overlays that round differently.
const RELATIVE: f64 = 1e-9;
const ABSOLUTE_M2: f64 = 1e-4;

struct Checked {
    plots: Vec<Plot>,
    said: Said,
    review: Value,
    /// Zones of every judged layer.
    zones: BTreeMap<String, Vec<Zone>>,
}

/// 1 000 plots, a third with a hole, from tens of metres to kilometres: every other one on a vertex
/// of a red-line zone, the rest all over `extent`.
fn plots(extent: [f64; 4], red_line: &[Zone]) -> Vec<Plot> {
    let mut random = Random::new(1000);
    let shapes: Vec<MultiPolygon<f64>> = red_line.iter().map(|z| geo_shape(&z.geometry)).collect();
    let mut plots = Vec::new();
    while plots.len() < 1000 {
        let i = plots.len();
        let at = if i % 2 == 0 {
            let shape = &shapes[random.below(shapes.len())];
            let ring = shape.0[random.below(shape.0.len())].exterior();
            ring.0[random.below(ring.0.len())]
        } else {
            Coord { x: random.between(extent[0], extent[2]), y: random.between(extent[1], extent[3]) }
        };
        let radius = 30.0 * 80.0f64.powf(random.unit());
        let shell = millimetres(wandering_ring(at, radius, 8 + random.below(60), 0.5, &mut random));
        let holes = match i % 3 {
            0 => vec![millimetres(wandering_ring(at, radius * 0.2, 12, 0.2, &mut random))],
            _ => vec![],
        };
        let shape = MultiPolygon(vec![Polygon::new(shell, holes)]);
        // rounding to millimetres may make a tiny ring cross itself: such a plot is for other tests
        if to_geos(&shape).is_valid().unwrap() {
            plots.push(Plot { id: format!("P{i:04}"), name: String::new(), shape });
        }
    }
    plots
}

fn millimetres(ring: LineString<f64>) -> LineString<f64> {
    let round = |v: f64| (v * 1000.0).round() / 1000.0;
    LineString(ring.0.iter().map(|c| Coord { x: round(c.x), y: round(c.y) }).collect())
}

fn checked() -> &'static Checked {
    static CHECKED: OnceLock<Checked> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let city = shared_city();
        let record = city.layers.iter().find(|l| l["role"] == "red-line").unwrap();
        let extent: Vec<f64> = list(&record["extent"]).iter().map(number).collect();
        let red_line = city.zones(city.layer("red-line"));
        let plots = plots([extent[0], extent[1], extent[2], extent[3]], &red_line);
        let scratch = folder();
        let file = scratch.path().join("oracle.geojson");
        ogr::write_geojson(&file, &plots);
        let said = check(&[&file], &["--industry", "C26", "--stage", "new"]);
        let review = said.json();
        let zones = list(&review["workspace"]["layers"])
            .iter()
            .filter(|l| l["judged"] == true)
            .map(|l| l["name"].as_str().unwrap().to_owned())
            .map(|name| (name.clone(), city.zones(&name)))
            .collect();
        Checked { plots, said, review, zones }
    })
}

fn reviewed_plots(review: &Value) -> &Vec<Value> {
    list(&review["projects"][0]["plots"])
}

#[test]
fn a_thousand_reviews_agree_with_geos_overlap_by_overlap() {
    let Checked { plots, said, review, zones } = checked();
    assert_eq!(said.code, 1);
    let reviewed = reviewed_plots(review);
    assert_eq!(reviewed.len(), plots.len());
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (layer, zones) in zones {
        let tree = geos::STRtree::<usize>::with_capacity(10).map(|mut tree| {
            for (i, zone) in zones.iter().enumerate() {
                tree.insert(&zone.geometry, i);
            }
            tree
        });
        let tree = tree.unwrap();
        for (plot, seen) in plots.iter().zip(reviewed) {
            assert_eq!(seen["id"], plot.id.as_str());
            let footprint = to_geos(&plot.shape);
            let mut expected: BTreeMap<&str, f64> = BTreeMap::new();
            tree.query(&footprint, |i| {
                let area = intersection_area(&zones[*i].geometry, &footprint);
                *expected.entry(zones[*i].columns["zone_id"].as_str().unwrap()).or_default() += area;
            });
            let mut found: BTreeMap<&str, f64> = BTreeMap::new();
            for overlap in list(&seen["overlaps"]).iter().filter(|o| o["zone"]["layer"] == layer.as_str()) {
                *found.entry(overlap["zone"]["id"].as_str().unwrap()).or_default() +=
                    number(&overlap["area"]["planar_m2"]);
            }
            for sum in list(&seen["layers"]).iter().filter(|s| s["layer"] == layer.as_str()) {
                for ignored in list(&sum["ignored"]) {
                    *found.entry(ignored["zone"].as_str().unwrap()).or_default() += number(&ignored["planar_m2"]);
                }
            }
            let ids: std::collections::BTreeSet<&str> = expected.keys().chain(found.keys()).copied().collect();
            for id in ids {
                let (e, f) = (expected.get(id).copied().unwrap_or(0.0), found.get(id).copied().unwrap_or(0.0));
                if (e - f).abs() > ABSOLUTE_M2 + RELATIVE * e.abs() {
                    wrong.push(format!("{} on {layer} {id}: GEOS {e}, redline {f}", plot.id));
                }
                compared += usize::from(e > 0.0);
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(compared > 1000, "only {compared} overlaps were compared");
}

#[test]
fn every_clipped_polygon_is_valid_to_geos_and_has_the_area_it_states() {
    let mut seen = 0;
    for plot in reviewed_plots(&checked().review) {
        for overlap in list(&plot["overlaps"]) {
            let piece = to_geos(&redline_tests::city::shape(&overlap["geometry"]));
            assert!(piece.is_valid().unwrap(), "{} {}: {:?}", plot["id"], overlap["id"], piece.is_valid_reason());
            let stated = number(&overlap["area"]["planar_m2"]);
            let measured = piece.area().unwrap();
            assert!(
                (measured - stated).abs() < ABSOLUTE_M2 + RELATIVE * stated,
                "{}: {measured} {stated}",
                overlap["id"]
            );
            seen += 1;
        }
    }
    assert!(seen > 1000);
}

#[test]
fn on_every_layer_the_parts_sum_to_the_plot() {
    let mut seen = 0;
    for plot in reviewed_plots(&checked().review) {
        let whole = number(&plot["area"]["ellipsoidal_m2"]);
        let whole_plane = number(&plot["area"]["planar_m2"]);
        for sum in list(&plot["layers"]) {
            let overlaps = list(&plot["overlaps"]).iter().filter(|o| o["zone"]["layer"] == sum["layer"]);
            let (mut total, mut total_plane) = (0.0, 0.0);
            for overlap in overlaps {
                total += number(&overlap["area"]["ellipsoidal_m2"]);
                total_plane += number(&overlap["area"]["planar_m2"]);
            }
            for ignored in list(&sum["ignored"]) {
                total += number(&ignored["area_m2"]);
                total_plane += number(&ignored["planar_m2"]);
            }
            let found = total - number(&sum["double_counted"]) + number(&sum["outside"]);
            let found_plane =
                total_plane - number(&sum["planar"]["double_counted"]) + number(&sum["planar"]["outside"]);
            assert!((found - whole).abs() < 1e-3, "{} on {}: {found} is not {whole}", plot["id"], sum["layer"]);
            assert!(
                (found_plane - whole_plane).abs() < 1e-3,
                "{} on {}: {found_plane} is not {whole_plane}",
                plot["id"],
                sum["layer"]
            );
            seen += 1;
        }
    }
    assert!(seen >= 1900, "every plot has a sum for the red line and the control line: {seen}");
}

#[test]
fn land_use_beneath_a_plot_sums_to_the_plot() {
    for plot in reviewed_plots(&checked().review) {
        let rest = &plot["land_use_rest"];
        assert_eq!(rest["loaded"], true);
        let rows: f64 = list(&plot["land_use"]).iter().map(|row| number(&row["ellipsoidal_m2"])).sum();
        let found = rows - number(&rest["double_counted_m2"]) + number(&rest["uncovered_m2"]);
        let whole = number(&plot["area"]["ellipsoidal_m2"]);
        assert!((found - whole).abs() < 1e-3, "{}: {found} is not {whole}", plot["id"]);
    }
}
