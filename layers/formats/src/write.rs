//! Layers and project files out, in the formats they are exchanged in.
//!
//! A file appears under its name only when it is complete. The same input gives the same bytes,
//! except for a File Geodatabase, whose driver draws random identifiers.

mod boundary_text;
mod columns;
mod dxf;
mod gdal_layer;
mod geojson;
mod kml;
mod point_list;
mod staging;

use crate::{Crs, FormatError, Transform};
use geo_types::Coord;
use redline_geometry::Shape;
use redline_wording::text;
use redline_zoning::Zone;
use std::collections::BTreeMap;
use std::path::Path;

/// A format a project file can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProjectFormat {
    /// 界址点坐标交换格式: GBK, CRLF, no BOM, as most are.
    BoundaryTxt,
    /// Shapefile with GBK attributes, `.prj` and `.cpg`.
    Shapefile,
    /// GeoJSON in CGCS2000 degrees.
    GeoJson,
    /// GeoPackage.
    GeoPackage,
    /// File Geodatabase (a folder).
    FileGeodatabase,
    /// KML in degrees.
    Kml,
    /// DXF with closed polylines, one CAD layer a use.
    Dxf,
    /// CSV point list: UTF-8 with BOM, as spreadsheets expect.
    Csv,
    /// Spreadsheet point list.
    Xlsx,
}

/// A plot to write into a project file.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotToWrite {
    /// 地块编号.
    pub id: String,
    /// 地块名称.
    pub name: String,
    /// Footprint in the plane of the CRS given beside it.
    pub shape: Shape,
    /// Declared area, m².
    pub declared_m2: Option<f64>,
    /// 地块用途.
    pub purpose: Option<String>,
    /// Other attributes, by field name.
    pub attributes: BTreeMap<String, String>,
}

/// Writes zones as a Shapefile with GBK attributes, `.prj` and `.cpg`; `path` ends in `.shp`.
/// Columns: BSM, MC (DLMC), DLBM, LB, GHFQMC, GZJB, LX, MJ (TBMJ) as far as any zone has them, then
/// the zones' own attributes under names of at most ten bytes.
///
/// # Errors
/// `too-large-for-shapefile` beyond 2 GB, `text-too-long` beyond 254 bytes a value, `write-failed`.
pub fn write_zones_shapefile(path: &Path, layer: &str, zones: &[Zone], crs: Crs) -> Result<(), FormatError> {
    let table = columns::of_zones(zones);
    gdal_layer::write(path, gdal_layer::Driver::Shapefile, layer, &table, crs)
}

/// Writes zones as GeoJSON: CGCS2000 longitude and latitude to 1e-10 degrees (0.01 mm), the CRS
/// named in a `crs` member, shells counter-clockwise as RFC 7946 has them. Columns as for
/// [`write_zones_shapefile`], without its limits.
///
/// # Errors
/// `write-failed`, `not-in-crs`.
pub fn write_zones_geojson(path: &Path, zones: &[Zone], crs: Crs) -> Result<(), FormatError> {
    geojson::write(path, &columns::of_zones(zones), crs)
}

/// Writes zones as a GeoPackage of one layer, coordinates bit for bit. Columns as for
/// [`write_zones_shapefile`], without its limits.
///
/// # Errors
/// `write-failed`.
pub fn write_zones_geopackage(path: &Path, layer: &str, zones: &[Zone], crs: Crs) -> Result<(), FormatError> {
    gdal_layer::write(path, gdal_layer::Driver::GeoPackage, layer, &columns::of_zones(zones), crs)
}

/// Writes plots as a project file of `format`; coordinates are in `crs`, a Gauss–Krüger plane.
/// Attribute text stays text everywhere: a value that begins with `=` is no formula.
///
/// # Errors
/// `write-failed`, `text-too-long`, `not-in-crs`, `crs-unsupported`.
///
/// ```no_run
/// use redline_formats::{Crs, PlotToWrite, ProjectFormat, write_plots};
/// # let plots: Vec<PlotToWrite> = Vec::new();
/// write_plots("地块.txt".as_ref(), ProjectFormat::BoundaryTxt, &plots, Crs::from_epsg(4526)?)?;
/// # Ok::<(), redline_formats::FormatError>(())
/// ```
pub fn write_plots(path: &Path, format: ProjectFormat, plots: &[PlotToWrite], crs: Crs) -> Result<(), FormatError> {
    let layer = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match format {
        ProjectFormat::BoundaryTxt => boundary_text::write(path, plots, crs),
        ProjectFormat::Shapefile => {
            gdal_layer::write(path, gdal_layer::Driver::Shapefile, &layer, &columns::of_plots(plots), crs)
        }
        ProjectFormat::GeoPackage => {
            gdal_layer::write(path, gdal_layer::Driver::GeoPackage, &layer, &columns::of_plots(plots), crs)
        }
        ProjectFormat::FileGeodatabase => {
            // a geodatabase refuses layer names that begin with a digit or hold a hyphen, as file names may
            gdal_layer::write(path, gdal_layer::Driver::FileGeodatabase, "地块", &columns::of_plots(plots), crs)
        }
        ProjectFormat::GeoJson => geojson::write(path, &columns::of_plots(plots), crs),
        ProjectFormat::Kml => kml::write(path, plots, crs),
        ProjectFormat::Dxf => dxf::write(path, plots),
        ProjectFormat::Csv => point_list::write_csv(path, plots),
        ProjectFormat::Xlsx => point_list::write_xlsx(path, plots),
    }
}

/// The rings of a shape in order: each polygon's shell, then its holes; closed.
fn rings(shape: &Shape) -> impl Iterator<Item = &geo_types::LineString<f64>> {
    shape.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// A shape in CGCS2000 degrees.
fn in_degrees(shape: &Shape, to_degrees: &Transform) -> Result<Shape, FormatError> {
    let mut shape = shape.clone();
    let mut all: Vec<Coord<f64>> = rings(&shape).flat_map(|ring| ring.0.iter().copied()).collect();
    to_degrees.apply(&mut all)?;
    let mut carried = all.into_iter();
    for polygon in &mut shape.0 {
        let mut carry = |ring: &mut geo_types::LineString<f64>| {
            for c in &mut ring.0 {
                // As many as went in come out.
                if let Some(to) = carried.next() {
                    *c = to;
                }
            }
        };
        polygon.exterior_mut(&mut carry);
        polygon.interiors_mut(|interiors| interiors.iter_mut().for_each(&mut carry));
    }
    Ok(shape)
}

/// The sentence for writing that failed.
fn failed(path: &Path, why: &dyn std::fmt::Display) -> FormatError {
    let name = crate::vector::source::shown(path);
    FormatError::new(
        "write-failed",
        text!(
            "无法写出“{name}”（{why}）。请检查文件夹的写入权限和磁盘空间后重试。"
                | "“{name}” cannot be written ({why}). Check your permission to write there and the space on the disk, then try again."
        ),
    )
}

#[cfg(test)]
mod tests;
