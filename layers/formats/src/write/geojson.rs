//! GeoJSON text (RFC 7946, with the 2008 `crs` member because CGCS2000 is not WGS 84).

use super::columns::{Cell, Table};
use super::{failed, in_degrees, staging};
use crate::{Crs, FormatError, Transform};
use geo_types::{Coord, LineString};
use redline_geometry::Shape;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes the table in CGCS2000 degrees.
pub(super) fn write(path: &Path, table: &Table<'_>, crs: Crs) -> Result<(), FormatError> {
    let to_degrees = Transform::between(crs, Crs::CGCS2000)?;
    staging::write(path, |staged| {
        let mut out = BufWriter::new(File::create(staged).map_err(|e| failed(path, &e))?);
        let mut put = |text: &str| out.write_all(text.as_bytes()).map_err(|e| failed(path, &e));
        put(
            "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}},\"features\":[",
        )?;
        for (index, (row, shape)) in table.rows.iter().enumerate() {
            let mut text = String::from(if index == 0 { "\n" } else { ",\n" });
            text.push_str("{\"type\":\"Feature\",\"properties\":{");
            let mut first = true;
            for (column, cell) in table.columns.iter().zip(row) {
                let value = match cell {
                    Cell::Empty => continue,
                    Cell::Text(words) => serde_json::Value::from(*words),
                    Cell::Number(number) => serde_json::Value::from((number * 100.0).round() / 100.0),
                };
                if !first {
                    text.push(',');
                }
                first = false;
                let name = serde_json::Value::from(column.name.as_str());
                // Writing to a string does not fail.
                let _ = write!(text, "{name}:{value}");
            }
            text.push_str("},\"geometry\":");
            geometry(&mut text, &in_degrees(shape, &to_degrees)?);
            text.push('}');
            put(&text)?;
        }
        put("\n]}\n")?;
        out.into_inner().map_err(|e| failed(path, &e))?.sync_all().map_err(|e| failed(path, &e))
    })
}

fn geometry(text: &mut String, shape: &Shape) {
    text.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":[");
    for (index, polygon) in shape.0.iter().enumerate() {
        text.push_str(if index == 0 { "[" } else { ",[" });
        ring(text, polygon.exterior(), true);
        for hole in polygon.interiors() {
            text.push(',');
            ring(text, hole, false);
        }
        text.push(']');
    }
    text.push_str("]}");
}

/// A ring, turned counter-clockwise or clockwise.
fn ring(text: &mut String, ring: &LineString<f64>, counter_clockwise: bool) {
    let turns = ring.0.first().map_or(0.0, |start| {
        let from = |c: Coord<f64>| (c.x - start.x, c.y - start.y);
        ring.0.windows(2).map(|w| (from(w[0]), from(w[1]))).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>()
    });
    let turned: Box<dyn Iterator<Item = &Coord<f64>>> =
        if (turns > 0.0) == counter_clockwise { Box::new(ring.0.iter()) } else { Box::new(ring.0.iter().rev()) };
    text.push('[');
    for (index, c) in turned.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        // Writing to a string does not fail.
        let _ = write!(text, "{comma}[{:.10},{:.10}]", c.x, c.y);
    }
    text.push(']');
}
