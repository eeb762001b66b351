//! Point lists: CSV, plain text and spreadsheets with a point a row (点号, X, Y, 圈号, 地块).

mod cells;
mod columns;
mod sheet;
mod table;

use crate::encoding::decode;
use crate::raw::{FileFormat, RawFile};
use crate::{FormatError, source};
pub use sheet::parse_spreadsheet;
use table::Cells;

/// Reads a point list of delimited text: commas (also full-width), tabs, semicolons, bars or spaces;
/// with or without a row of column names.
///
/// # Errors
/// `file-binary`, `file-empty`, `columns-unrecognised`, `no-plots`, and `point-unreadable` or
/// `non-finite`, naming the line.
///
/// ```
/// let text = "点号,X,Y\nJ1,2550000,38430000\nJ2,2550100,38430000\nJ3,2550100,38430100\n";
/// let file = redline_formats::points::parse_csv(text.as_bytes(), "a.csv")?;
/// assert_eq!(file.features.len(), 1);
/// # Ok::<(), redline_formats::FormatError>(())
/// ```
pub fn parse_csv(bytes: &[u8], name: &str) -> Result<RawFile, FormatError> {
    let decoded = decode(bytes, name)?;
    if decoded.text.trim().is_empty() {
        return Err(source::empty(name));
    }
    let cells = delimited(&decoded.text);
    let mut file = table::read(vec![cells], name, FileFormat::PointCsv)?;
    file.sha256 = source::sha256(bytes);
    file.notes.splice(0..0, decoded.note);
    Ok(file)
}

/// The full-width comma.
const WIDE_COMMA: char = '\u{ff0c}';

fn delimited(text: &str) -> Cells {
    let mut rows = Vec::new();
    match delimiter(text) {
        Some(mark) => {
            let plain;
            let text = if mark == WIDE_COMMA {
                plain = text.replace(WIDE_COMMA, ",");
                plain.as_str()
            } else {
                text
            };
            let byte = if mark == WIDE_COMMA { b',' } else { u8::try_from(mark).unwrap_or(b',') };
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(byte)
                // a second of arc (″ typed as ") inside a field is no quotation
                .quoting(quotes_fields(text, mark))
                .from_reader(text.as_bytes());
            for record in reader.records().flatten() {
                let line = record.position().map_or(0, csv::Position::line);
                rows.push((
                    usize::try_from(line).unwrap_or(usize::MAX),
                    record.iter().map(|f| f.trim().to_owned()).collect(),
                ));
            }
        }
        None => {
            for (n, line) in text.lines().enumerate() {
                rows.push((n + 1, line.split_whitespace().map(str::to_owned).collect()));
            }
        }
    }
    Cells { sheet: None, rows }
}

/// Whether quotation marks wrap whole fields, as opposed to meaning seconds of arc.
fn quotes_fields(text: &str, mark: char) -> bool {
    text.lines().take(200).any(|line| line.starts_with('"') || line.contains(&format!("{mark}\"")))
}

/// The mark that splits the most lines into the most even number of fields; `None` for spaces.
fn delimiter(text: &str) -> Option<char> {
    let has_digit = |l: &str| l.chars().any(|c| c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c));
    let mut lines: Vec<&str> = text.lines().filter(|l| has_digit(l)).take(100).collect();
    if lines.is_empty() {
        lines = text.lines().take(100).collect();
    }
    [',', '\t', ';', WIDE_COMMA, '|']
        .into_iter()
        .map(|mark| {
            let usable = lines.iter().filter(|l| l.contains(mark)).count();
            (usable, mark)
        })
        .filter(|(usable, _)| usable * 2 > lines.len())
        // the first of equals wins, so compare strictly
        .fold(None, |best: Option<(usize, char)>, (usable, mark)| match best {
            Some((most, _)) if most >= usable => best,
            _ => Some((usable, mark)),
        })
        .map(|(_, mark)| mark)
}

#[cfg(test)]
mod tests;
