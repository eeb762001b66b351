//! Point lists: a point a row, as CSV and as a spreadsheet.

use super::{PlotToWrite, failed, rings, staging};
use crate::FormatError;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::path::Path;

const TITLES: [&str; 8] = ["地块编号", "地块名称", "地块用途", "地块面积", "点号", "圈号", "X坐标", "Y坐标"];

/// A row: the plot's words, declared area, point, ring, north, east.
struct Row<'a> {
    words: [&'a str; 3],
    area: Option<f64>,
    point: String,
    ring: usize,
    north: f64,
    east: f64,
}

fn rows(plots: &[PlotToWrite]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for plot in plots {
        let mut number = 0;
        for (ring, points) in rings(&plot.shape).enumerate() {
            // Open: a list of boundary points names each once.
            for c in points.0.iter().take(points.0.len().saturating_sub(1)) {
                number += 1;
                rows.push(Row {
                    words: [&plot.id, &plot.name, plot.purpose.as_deref().unwrap_or_default()],
                    area: plot.declared_m2,
                    point: format!("J{number}"),
                    ring: ring + 1,
                    north: c.y,
                    east: c.x,
                });
            }
        }
    }
    rows
}

/// CSV in UTF-8 with a byte order mark, CRLF.
pub(super) fn write_csv(path: &Path, plots: &[PlotToWrite]) -> Result<(), FormatError> {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    {
        let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        out.write_record(TITLES).map_err(|e| failed(path, &e))?;
        for row in rows(plots) {
            let [id, name, purpose] = row.words;
            out.write_record([
                id,
                name,
                purpose,
                &row.area.map(|m2| format!("{m2:.2}")).unwrap_or_default(),
                &row.point,
                &row.ring.to_string(),
                &format!("{:.4}", row.north),
                &format!("{:.4}", row.east),
            ])
            .map_err(|e| failed(path, &e))?;
        }
        out.flush().map_err(|e| failed(path, &e))?;
    }
    staging::write_bytes(path, &bytes)
}

/// A spreadsheet. Words are written as strings, whatever they begin with.
pub(super) fn write_xlsx(path: &Path, plots: &[PlotToWrite]) -> Result<(), FormatError> {
    let bytes = sheet(plots).map_err(|e| failed(path, &e))?;
    staging::write_bytes(path, &bytes)
}

fn sheet(plots: &[PlotToWrite]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The bytes must not depend on the clock.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = book.add_worksheet();
    sheet.set_name("界址点")?;
    for (column, title) in (0u16..).zip(TITLES) {
        sheet.write_string(0, column, title)?;
    }
    for (line, row) in (1u32..).zip(rows(plots)) {
        for (column, words) in (0u16..).zip(row.words) {
            sheet.write_string(line, column, words)?;
        }
        if let Some(m2) = row.area {
            sheet.write_number(line, 3, (m2 * 100.0).round() / 100.0)?;
        }
        sheet.write_string(line, 4, row.point)?;
        sheet.write_number(line, 5, row.ring as f64)?;
        sheet.write_number(line, 6, (row.north * 1e4).round() / 1e4)?;
        sheet.write_number(line, 7, (row.east * 1e4).round() / 1e4)?;
    }
    book.save_to_buffer()
}
