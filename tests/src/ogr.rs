//! Real files of every format, made by GDAL's own `ogr2ogr` and not by our writers.

use geo_types::{Coord, MultiPolygon};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A plot to be written: id, name, footprint in EPSG:4526 metres.
#[derive(Clone, Debug)]
pub struct Plot {
    /// 地块编号.
    pub id: String,
    /// 地块名称.
    pub name: String,
    /// Footprint.
    pub shape: MultiPolygon<f64>,
}

/// Runs a tool to its end; fails with its words.
#[track_caller]
pub fn tool(command: &mut Command) {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?} does not start: {e}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// `ogr2ogr DESTINATION SOURCE options…` with layer name `plots`.
#[track_caller]
pub fn ogr2ogr(destination: &Path, source: &Path, options: &[&str]) {
    tool(Command::new("ogr2ogr").args(["-nln", "plots"]).args(options).arg(destination).arg(source));
}

/// A GeoJSON file in EPSG:4526 that says so, the source of every other format.
pub fn write_geojson(path: &Path, plots: &[Plot]) {
    let features: Vec<_> = plots
        .iter()
        .map(|plot| {
            json!({
                "type": "Feature",
                "properties": {"DKBH": plot.id, "DKMC": plot.name},
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates(&plot.shape)},
            })
        })
        .collect();
    let file = json!({
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4526"}},
        "features": features,
    });
    std::fs::write(path, serde_json::to_vec(&file).unwrap()).unwrap();
}

/// Coordinates of a GeoJSON MultiPolygon.
fn coordinates(shape: &MultiPolygon<f64>) -> Vec<Vec<Vec<[f64; 2]>>> {
    shape
        .iter()
        .map(|polygon| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .map(|ring| ring.0.iter().map(|c| [c.x, c.y]).collect())
                .collect()
        })
        .collect()
}

/// The norm's boundary-point text of `plots`, ring by ring, as a string: the caller chooses the
/// bytes.
pub fn boundary_text(plots: &[Plot]) -> String {
    let mut text = String::from(
        "[属性描述]\r\n格式版本号=1.01\r\n数据产生单位=测绘院\r\n数据产生日期=2018-05-04\r\n坐标系=2000国家大地坐标系\r\n\
         几度分带=3\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号=38\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n",
    );
    for plot in plots {
        let rings = rings(&plot.shape);
        let count: usize = rings.iter().map(|r| r.len()).sum();
        let hectares = planar(&plot.shape) / 10_000.0;
        text += &format!("{count},{hectares:.4},{},{},面,F49G001001,,,@\r\n", plot.id, plot.name);
        let mut number = 0;
        for (ring, points) in rings.iter().enumerate() {
            for point in *points {
                number += 1;
                text += &format!("J{number},{},{},{}\r\n", ring + 1, point.y, point.x);
            }
        }
    }
    text
}

/// Point list of one plot as CSV: 点号,圈号,X (north),Y (east).
pub fn point_list(shape: &MultiPolygon<f64>) -> String {
    let mut text = String::from("点号,圈号,X,Y\n");
    let mut number = 0;
    for (ring, points) in rings(shape).iter().enumerate() {
        for point in *points {
            number += 1;
            text += &format!("J{number},{},{},{}\n", ring + 1, point.y, point.x);
        }
    }
    text
}

/// All rings, closed.
fn rings(shape: &MultiPolygon<f64>) -> Vec<&Vec<Coord<f64>>> {
    shape
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .map(|ring| &ring.0)
        .collect()
}

/// Planar area by the shoelace formula, for declared areas.
pub fn planar(shape: &MultiPolygon<f64>) -> f64 {
    let ring = |points: &[Coord<f64>]| {
        let origin = points[0];
        points
            .windows(2)
            .map(|w| (w[0].x - origin.x) * (w[1].y - origin.y) - (w[1].x - origin.x) * (w[0].y - origin.y))
            .sum::<f64>()
            .abs()
            / 2.0
    };
    shape.iter().map(|p| ring(&p.exterior().0) - p.interiors().iter().map(|r| ring(&r.0)).sum::<f64>()).sum()
}

/// A ZIP of `members` (name inside, file).
pub fn zip(destination: &Path, members: &[(&str, PathBuf)]) {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::fs::File::create(destination).unwrap());
    for (name, path) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&std::fs::read(path).unwrap()).unwrap();
    }
    archive.finish().unwrap();
}
