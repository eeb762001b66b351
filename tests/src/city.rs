//! The sample city the tests stand on: made once per test run by `redline sample`, read back by
//! GDAL's own tools.

use crate::command::run;
use crate::geos_side::{intersection_area, to_geos};
use crate::ogr::{Plot, tool};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geos::Geom;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Land-use parcels of the tests' city: few, so that it is made quickly, yet enough for its land use
/// to be as patchy as a city's.
pub const PARCELS: &str = "4000";

/// The city: a folder with `city.gpkg`, `projects/` and `exchange/`.
pub struct City {
    /// The folder.
    pub folder: PathBuf,
    /// The workspace.
    pub workspace: PathBuf,
    /// Its layers as the command lists them (`areas`, `workspace.layers`).
    pub layers: Vec<Value>,
}

/// The city, made on first use in `scratch` (a folder for tests, such as `CARGO_TARGET_TMPDIR`);
/// `REDLINE_CITY` names a folder with one made before, which saves time while writing tests.
pub fn city(scratch: &str) -> &'static City {
    static CITY: OnceLock<City> = OnceLock::new();
    CITY.get_or_init(|| {
        let made = std::env::var_os("REDLINE_CITY").map(PathBuf::from);
        let folder = made.clone().unwrap_or_else(|| Path::new(scratch).join("city"));
        if made.is_none() {
            if folder.exists() {
                std::fs::remove_dir_all(&folder).unwrap();
            }
            std::fs::create_dir_all(scratch).unwrap();
            run(&["sample", folder.to_str().unwrap(), "--parcels", PARCELS]).exits(0);
        }
        let workspace = folder.join("city.gpkg");
        let areas = run(&["areas", "--workspace", workspace.to_str().unwrap(), "--format", "json"]).exits(0).json();
        let layers = areas["workspace"]["layers"].as_array().expect("areas lists the layers").clone();
        City { folder, workspace, layers }
    })
}

/// A zone as GDAL reads it from the workspace.
pub struct Zone {
    /// Layer name.
    pub layer: String,
    /// Attributes by column.
    pub columns: Value,
    /// Polygon, EPSG:4526 metres.
    pub geometry: geos::Geometry,
}

impl City {
    /// The workspace's path as an argument.
    pub fn workspace(&self) -> &str {
        self.workspace.to_str().unwrap()
    }

    /// Name of the layer with this role.
    pub fn layer(&self, role: &str) -> &str {
        self.layers
            .iter()
            .find(|l| l["role"] == role)
            .and_then(|l| l["name"].as_str())
            .unwrap_or_else(|| panic!("the city has no {role} layer"))
    }

    /// The zones of a table or view of the workspace, read by `ogr2ogr`.
    pub fn zones(&self, table: &str) -> Vec<Zone> {
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("zones.geojson");
        tool(
            Command::new("ogr2ogr")
                .args(["-f", "GeoJSON", "-lco", "RFC7946=NO", "-lco", "COORDINATE_PRECISION=12"])
                .arg(&file)
                .arg(&self.workspace)
                .arg(table),
        );
        let read: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        read["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| Zone {
                layer: table.to_owned(),
                columns: f["properties"].clone(),
                geometry: to_geos(&shape(&f["geometry"])),
            })
            .collect()
    }

    /// A six-cornered plot of about 6 ha, of which between a fifth and four fifths lie in the
    /// red line. Coordinates are whole millimetres, which every format holds.
    pub fn plot_across_the_red_line(&self) -> Plot {
        let zones = self.zones(self.layer("red-line"));
        let largest = zones.iter().max_by_key(|z| z.geometry.get_num_coordinates().unwrap()).unwrap();
        let rings: MultiPolygon<f64> = geo_shape(&largest.geometry);
        let points = &rings.0[0].exterior().0;
        (0..500)
            .map(|i| plot_at(points[i * points.len() / 500]))
            .find(|plot| {
                let footprint = to_geos(&plot.shape);
                let inside: f64 = zones.iter().map(|z| intersection_area(&z.geometry, &footprint)).sum();
                let share = inside / footprint.area().unwrap();
                (0.2..0.8).contains(&share)
            })
            .expect("some vertex of the red line has a plot across it")
    }
}

/// A six-cornered (L-shaped) plot with its inner corner at `at`.
fn plot_at(at: Coord<f64>) -> Plot {
    let (x, y) = (at.x.round(), at.y.round());
    let corners = [
        (x - 150.0, y - 150.125),
        (x + 150.5, y - 140.0),
        (x + 160.0, y + 20.25),
        (x, y),
        (x + 10.0, y + 170.0),
        (x - 140.0, y + 160.375),
        (x - 150.0, y - 150.125),
    ];
    let ring = LineString(corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect());
    Plot { id: "DK-001".into(), name: "北坡厂区".into(), shape: MultiPolygon(vec![Polygon::new(ring, vec![])]) }
}

/// A GeoJSON Polygon or MultiPolygon as a shape.
pub fn shape(geometry: &Value) -> MultiPolygon<f64> {
    let ring = |ring: &Value| {
        LineString(
            ring.as_array()
                .unwrap()
                .iter()
                .map(|p| Coord { x: p[0].as_f64().unwrap(), y: p[1].as_f64().unwrap() })
                .collect(),
        )
    };
    let polygon = |rings: &Value| {
        let mut rings = rings.as_array().unwrap().iter().map(ring);
        Polygon::new(rings.next().expect("a polygon has a shell"), rings.collect())
    };
    match geometry["type"].as_str() {
        Some("Polygon") => MultiPolygon(vec![polygon(&geometry["coordinates"])]),
        Some("MultiPolygon") => MultiPolygon(geometry["coordinates"].as_array().unwrap().iter().map(polygon).collect()),
        other => panic!("not a polygon: {other:?}"),
    }
}

/// A GEOS polygon or multipolygon as a shape.
pub fn geo_shape(geometry: &geos::Geometry) -> MultiPolygon<f64> {
    match geo_types::Geometry::<f64>::try_from(geometry).expect("GEOS gives its coordinates back") {
        geo_types::Geometry::Polygon(p) => MultiPolygon(vec![p]),
        geo_types::Geometry::MultiPolygon(m) => m,
        other => panic!("not a polygon: {other:?}"),
    }
}
