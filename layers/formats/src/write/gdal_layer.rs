//! One layer through GDAL: Shapefile, GeoPackage, File Geodatabase.

use super::columns::{Cell, Table};
use super::{failed, rings, staging};
use crate::vector::gdal_messages::{listen, quoted};
use crate::{Crs, FormatError};
use encoding_rs::GBK;
use gdal::DriverManager;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{FieldDefn, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use redline_geometry::Shape;
use redline_wording::text;
use std::path::Path;

/// The date that files carry where a format wants one: no clock, so that bytes do not depend on it.
const NO_DATE: &str = "2000-01-01";

/// dBASE keeps a text's length in one byte, less the mark of a deleted record.
const LONGEST_TEXT: usize = 254;

/// The drivers used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    Shapefile,
    GeoPackage,
    FileGeodatabase,
}

impl Driver {
    fn name(self) -> &'static str {
        match self {
            Driver::Shapefile => "ESRI Shapefile",
            Driver::GeoPackage => "GPKG",
            Driver::FileGeodatabase => "OpenFileGDB",
        }
    }
}

/// Writes the table as the only layer of a new file.
pub(super) fn write(path: &Path, driver: Driver, layer: &str, table: &Table<'_>, crs: Crs) -> Result<(), FormatError> {
    if driver == Driver::Shapefile {
        refuse_beyond_shapefile(path, table)?;
    }
    staging::write(path, |staged| {
        let (result, heard) = listen(|| create(staged, driver, layer, table, crs));
        result.map_err(|error| {
            let said = if heard.is_empty() { error.to_string() } else { quoted(&heard, staged.parent()) };
            failed(path, &said)
        })?;
        // Closing reports nothing in this version of GDAL: a full disk is only heard.
        if heard.is_empty() { Ok(()) } else { Err(failed(path, &quoted(&heard, staged.parent()))) }
    })
}

fn create(path: &Path, driver: Driver, layer: &str, table: &Table<'_>, crs: Crs) -> gdal::errors::Result<()> {
    let mut srs = SpatialRef::from_epsg(crs.epsg)?;
    // Without this GDAL would take coordinates for north first.
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let dated = format!("DBF_DATE_LAST_UPDATE={NO_DATE}");
    let options: Vec<&str> = match driver {
        Driver::Shapefile => vec!["ENCODING=GBK", &dated],
        Driver::GeoPackage | Driver::FileGeodatabase => Vec::new(),
    };
    gdal::config::set_thread_local_config_option("OGR_CURRENT_DATE", &format!("{NO_DATE}T00:00:00.000Z"))?;
    let mut dataset = DriverManager::get_driver_by_name(driver.name())?.create_vector_only(path)?;
    let with_transactions = driver == Driver::GeoPackage;
    let mut transaction;
    let dataset = if with_transactions {
        transaction = dataset.start_transaction()?;
        fill(&mut transaction, driver, layer, table, &srs, &options)?;
        transaction.commit()?;
        dataset
    } else {
        fill(&mut dataset, driver, layer, table, &srs, &options)?;
        dataset
    };
    dataset.close()?;
    gdal::config::clear_thread_local_config_option("OGR_CURRENT_DATE")
}

fn fill(
    dataset: &mut gdal::Dataset,
    driver: Driver,
    layer: &str,
    table: &Table<'_>,
    srs: &SpatialRef,
    options: &[&str],
) -> gdal::errors::Result<()> {
    let layer = dataset.create_layer(LayerOptions {
        name: layer,
        srs: Some(srs),
        ty: if driver == Driver::Shapefile {
            OGRwkbGeometryType::wkbPolygon
        } else {
            OGRwkbGeometryType::wkbMultiPolygon
        },
        options: Some(options),
    })?;
    let widths = widths(table);
    let names = names(table, driver);
    for ((column, name), width) in table.columns.iter().zip(&names).zip(widths) {
        let kind = if column.numeric { OGRFieldType::OFTReal } else { OGRFieldType::OFTString };
        let field = FieldDefn::new(name, kind)?;
        if driver == Driver::Shapefile {
            field.set_width(if column.numeric { 20 } else { width.max(1) as i32 });
            if column.numeric {
                field.set_precision(2);
            }
        }
        field.add_to_layer(&layer)?;
    }
    for (row, shape) in &table.rows {
        let mut feature = gdal::vector::Feature::new(layer.defn())?;
        for (index, cell) in row.iter().enumerate() {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => feature.set_field_string(index, text)?,
                Cell::Number(number) => feature.set_field_double(index, (number * 100.0).round() / 100.0)?,
            }
        }
        feature.set_geometry(Geometry::from_wkb(&wkb(shape))?)?;
        feature.create(&layer)?;
    }
    Ok(())
}

/// A multipolygon as little-endian WKB.
fn wkb(shape: &Shape) -> Vec<u8> {
    let points: usize = rings(shape).map(|ring| ring.0.len()).sum();
    let mut bytes = Vec::with_capacity(16 * points + 64);
    let head = |bytes: &mut Vec<u8>, kind: u32, count: usize| {
        bytes.push(1);
        bytes.extend(kind.to_le_bytes());
        bytes.extend((count as u32).to_le_bytes());
    };
    head(&mut bytes, 6, shape.0.len());
    for polygon in &shape.0 {
        head(&mut bytes, 3, 1 + polygon.interiors().len());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            bytes.extend((ring.0.len() as u32).to_le_bytes());
            for c in &ring.0 {
                bytes.extend(c.x.to_le_bytes());
                bytes.extend(c.y.to_le_bytes());
            }
        }
    }
    bytes
}

/// Bytes in GBK of the longest text of each column.
fn widths(table: &Table<'_>) -> Vec<usize> {
    let mut widths = vec![0; table.columns.len()];
    for (row, _) in &table.rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            if let Cell::Text(text) = cell {
                *width = (*width).max(gbk_length(text));
            }
        }
    }
    widths
}

fn gbk_length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { GBK.encode(text).0.len() }
}

/// Field names; for a shapefile at most ten bytes of GBK, made unique by a number at the end.
fn names(table: &Table<'_>, driver: Driver) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in &table.columns {
        if driver != Driver::Shapefile {
            names.push(column.name.clone());
            continue;
        }
        let cut = |most: usize| {
            let mut name = String::new();
            for c in column.name.chars() {
                let longer = format!("{name}{c}");
                if gbk_length(&longer) > most {
                    break;
                }
                name = longer;
            }
            name
        };
        let mut name = cut(10);
        let mut number = 1;
        while names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            let tail = format!("_{number}");
            name = cut(10 - tail.len()) + &tail;
            number += 1;
        }
        names.push(name);
    }
    names
}

/// What a shapefile cannot hold is refused before anything is written.
fn refuse_beyond_shapefile(path: &Path, table: &Table<'_>) -> Result<(), FormatError> {
    let file = crate::vector::source::shown(path);
    // .shp: 16 bytes a point, 4 a part, 56 a record, rounded up.
    let shapes: u64 = table
        .rows
        .iter()
        .map(|(_, shape)| 56 + rings(shape).map(|ring| 4 + 16 * ring.0.len() as u64).sum::<u64>())
        .sum();
    let widths = widths(table);
    let record: u64 =
        1 + table.columns.iter().zip(&widths).map(|(c, w)| if c.numeric { 20 } else { *w as u64 }).sum::<u64>();
    let records = record * table.rows.len() as u64;
    if shapes.max(records) > i32::MAX as u64 {
        let gb = shapes.max(records) as f64 / f64::from(1 << 30);
        return Err(FormatError::new(
            "too-large-for-shapefile",
            text!(
                "“{file}”需要 {gb:.1} GB，超过 Shapefile 的 2 GB 上限。请改写为 GeoPackage 或 GeoJSON。"
                    | "“{file}” would need {gb:.1} GB, more than the 2 GB a Shapefile can hold. Write a GeoPackage or GeoJSON instead."
            ),
        ));
    }
    if let Some(column) = widths.iter().position(|width| *width > LONGEST_TEXT) {
        let name = &table.columns[column].name;
        return Err(FormatError::new(
            "text-too-long",
            text!(
                "字段“{name}”有超过 {LONGEST_TEXT} 字节的文字，Shapefile“{file}”放不下。请改写为 GeoPackage 或 GeoJSON。"
                    | "Field “{name}” holds text of more than {LONGEST_TEXT} bytes, which the Shapefile “{file}” cannot keep. Write a GeoPackage or GeoJSON instead."
            ),
        ));
    }
    Ok(())
}
