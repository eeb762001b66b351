//! KML 2.2: places with rings in degrees and the plot's attributes as extended data.

use super::{PlotToWrite, in_degrees, staging};
use crate::{Crs, FormatError, Transform};
use geo_types::LineString;
use std::fmt::Write as _;
use std::path::Path;

/// Writes the plots. CGCS2000 degrees stand for the format's WGS 84; they agree within decimetres.
pub(super) fn write(path: &Path, plots: &[PlotToWrite], crs: Crs) -> Result<(), FormatError> {
    let to_degrees = Transform::between(crs, Crs::CGCS2000)?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    );
    for plot in plots {
        let shape = in_degrees(&plot.shape, &to_degrees)?;
        // Writing to a string does not fail.
        let _ = writeln!(xml, "<Placemark><name>{}</name><ExtendedData>", escaped(&plot.name));
        data(&mut xml, "地块编号", &plot.id);
        if let Some(purpose) = &plot.purpose {
            data(&mut xml, "地块用途", purpose);
        }
        if let Some(declared) = plot.declared_m2 {
            data(&mut xml, "地块面积", &format!("{declared:.2}"));
        }
        for (name, value) in &plot.attributes {
            data(&mut xml, name, value);
        }
        xml.push_str("</ExtendedData><MultiGeometry>\n");
        for polygon in &shape.0 {
            xml.push_str("<Polygon><outerBoundaryIs>");
            ring(&mut xml, polygon.exterior());
            xml.push_str("</outerBoundaryIs>");
            for hole in polygon.interiors() {
                xml.push_str("<innerBoundaryIs>");
                ring(&mut xml, hole);
                xml.push_str("</innerBoundaryIs>");
            }
            xml.push_str("</Polygon>\n");
        }
        xml.push_str("</MultiGeometry></Placemark>\n");
    }
    xml.push_str("</Document>\n</kml>\n");
    staging::write_bytes(path, xml.as_bytes())
}

fn data(xml: &mut String, name: &str, value: &str) {
    let _ = writeln!(xml, "<Data name=\"{}\"><value>{}</value></Data>", escaped(name), escaped(value));
}

fn ring(xml: &mut String, ring: &LineString<f64>) {
    xml.push_str("<LinearRing><coordinates>");
    for (index, c) in ring.0.iter().enumerate() {
        let space = if index == 0 { "" } else { " " };
        let _ = write!(xml, "{space}{:.10},{:.10}", c.x, c.y);
    }
    xml.push_str("</coordinates></LinearRing>");
}

/// Text as XML text; characters XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
