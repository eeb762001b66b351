//! 界址点坐标交换格式: the text that land papers carry plots in.
//!
//! The norm asks for sections in square brackets, `key=value` lines, one header a plot ending in
//! `@`, and points as `name,ring,north,east`. What arrives is looser, and [`parse`] takes what can
//! mean only one thing: full-width punctuation, missing sections, 9 to 13 header fields, commas
//! inside names, rings numbered or not, closed by a repeated point or not. A point that cannot be
//! read refuses the whole file, naming the line: a plot without one of its corners is another plot.

mod header;
mod keys;
mod rings;

pub(crate) use rings::{Row, rings};

use crate::encoding::{decode, half_width};
use crate::numbers::{NumberProblem, coordinate};
use crate::raw::{FileFormat, RawFeature, RawFile, RawPoint};
use crate::{FormatError, ImportNote, source};
use header::{Header, Kind};
use keys::Keys;
use redline_wording::{Text, text};

/// Whether a decoded text is boundary-point text rather than a bare list of points: it has one of
/// the norm's sections, or a plot header ending in `@`.
pub(crate) fn is_boundary_text(text: &str) -> bool {
    text.lines().any(|line| {
        let plain = half_width(line);
        let plain = plain.trim().trim_start_matches('\u{feff}');
        section(plain).is_some_and(|s| ["属性描述", "地块坐标", "项目信息"].contains(&s.as_str()))
            || (plain.ends_with('@') && plain.matches(',').count() >= 3)
    })
}

/// Reads boundary-point text from bytes. `name` is how sentences call the file.
///
/// # Errors
/// `file-binary`, `file-empty`, `no-plots`, `point-unreadable` and `non-finite` (naming the line),
/// `unit-unsupported`.
///
/// ```
/// let text = "[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n4,1.0,A1,试验,面,,建设,,@\n\
///     J1,1,2550000,38430000\nJ2,1,2550100,38430000\nJ3,1,2550100,38430100\nJ4,1,2550000,38430100\n";
/// let file = redline_formats::boundary_txt::parse(text.as_bytes(), "a.txt")?;
/// assert_eq!(file.features[0].id.as_deref(), Some("A1"));
/// # Ok::<(), redline_formats::FormatError>(())
/// ```
pub fn parse(bytes: &[u8], name: &str) -> Result<RawFile, FormatError> {
    let decoded = decode(bytes, name)?;
    let mut file = parse_text(&decoded.text, name)?;
    file.sha256 = source::sha256(bytes);
    file.notes.splice(0..0, decoded.note);
    Ok(file)
}

/// One plot while its rows are being collected.
struct Open {
    header: Header,
    line: usize,
    rows: Vec<Row>,
}

pub(crate) fn parse_text(content: &str, name: &str) -> Result<RawFile, FormatError> {
    if content.trim().is_empty() {
        return Err(source::empty(name));
    }
    let mut keys = Keys::default();
    let mut notes: Vec<ImportNote> = Vec::new();
    let mut features = Vec::new();
    let mut open: Option<Open> = None;
    for (index, line) in content.lines().enumerate() {
        let number = index + 1;
        let plain = half_width(line);
        let plain = plain.trim().trim_start_matches('\u{feff}').trim();
        if plain.is_empty() {
            continue;
        }
        if let Some(section) = section(plain) {
            if !["项目信息", "属性描述", "地块坐标"].contains(&section.as_str()) {
                notes.push(ImportNote::warning(
                    "unknown-section",
                    text!(
                        "第 {number} 行的段“{section}”不在标准内，其中的内容按行的样子识别。"
                        | "Section \"{section}\" on line {number} is not in the norm; its lines were read by their shape."
                    ),
                ));
            }
        } else if let Some(header) = Header::read(line, plain) {
            close(open.take(), &keys, &mut features, &mut notes);
            open = Some(Open { header, line: number, rows: Vec::new() });
        } else if let Some((key, value)) = key_value(line) {
            keys.put(&key, &value, number, &mut notes);
        } else {
            let row = point_row(plain, number, name)?;
            let plot = open.get_or_insert_with(|| {
                notes.push(ImportNote::warning(
                    "plot-header-missing",
                    text!(
                        "第 {number} 行的界址点之前没有地块说明行，按一个没有编号的地块读取。"
                            | "No plot header stands before the point on line {number}; read as a plot without id."
                    ),
                ));
                Open { header: Header::default(), line: number, rows: Vec::new() }
            });
            plot.rows.push(row);
        }
    }
    close(open.take(), &keys, &mut features, &mut notes);
    if features.is_empty() {
        return Err(FormatError::new(
            "no-plots",
            text!(
                "“{name}”中没有地块坐标（文件可能不完整）。请检查 [地块坐标] 段，或重新导出。"
                    | "\"{name}\" holds no plot coordinates (it may be cut short). Check the section [地块坐标] or export it again."
            ),
        ));
    }
    let hints = keys.hints(name, &mut notes)?;
    Ok(RawFile {
        name: name.to_owned(),
        format: FileFormat::BoundaryTxt,
        sha256: source::sha256(content.as_bytes()),
        members: Vec::new(),
        hints,
        features,
        notes,
    })
}

/// The name in `[name]`, if that is all the line holds.
fn section(plain: &str) -> Option<String> {
    let inner = plain.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains([',', '='])).then(|| inner.trim().to_owned())
}

/// `key=value`; a header or point has commas before any equals sign.
fn key_value(line: &str) -> Option<(String, String)> {
    let at = line.find(['=', '\u{ff1d}'])?;
    let (key, rest) = line.split_at(at);
    let key = half_width(key);
    let key = key.trim().trim_start_matches('\u{feff}').trim();
    let value = rest.trim_start_matches(['=', '\u{ff1d}']).trim();
    (!key.is_empty() && !key.contains(',')).then(|| (key.to_owned(), value.to_owned()))
}

/// `name,ring,north,east`, or without ring or name.
fn point_row(plain: &str, line: usize, file: &str) -> Result<Row, FormatError> {
    let split = |separators: &[char]| -> Vec<String> {
        plain.trim_end_matches('@').split(separators).map(|f| f.trim().to_owned()).collect()
    };
    let mut fields = split(&[',', ';', '\t', '、']);
    if fields.len() == 1 {
        fields = split(&[' ']).into_iter().filter(|f| !f.is_empty()).collect();
    }
    // a comma at the end of the line is no field
    while fields.len() > 4 && fields.last().is_some_and(String::is_empty) {
        fields.pop();
    }
    let (name, ring, north, east) = match fields.as_slice() {
        [north, east] => (None, None, north, east),
        [name, north, east] => (Some(name), None, north, east),
        [name, ring, north, east, ..] => (Some(name), Some(ring), north, east),
        _ => {
            return Err(FormatError::new(
                "point-unreadable",
                text!(
                    "“{file}”第 {line} 行“{}”既不是地块说明，也不是“点号,圈号,X,Y”。请改正这一行。"
                        | "Line {line} of \"{file}\", \"{}\", is neither a plot header nor \"point,ring,X,Y\". Correct that line.",
                    shortened(plain)
                ),
            ));
        }
    };
    let value = |field: &str| {
        coordinate(field).map_err(|problem| {
            let shown = shortened(field);
            match problem {
                NumberProblem::NotFinite => FormatError::new(
                    "non-finite",
                    text!(
                        "“{file}”第 {line} 行的坐标“{shown}”不是有限的数。请改正这一行。"
                        | "The coordinate \"{shown}\" on line {line} of \"{file}\" is not a finite number. Correct that line."
                    ),
                ),
                NumberProblem::Unreadable => FormatError::new(
                    "point-unreadable",
                    text!(
                        "“{file}”第 {line} 行的坐标“{shown}”无法识别（文件可能被截断）。请改正这一行。"
                        | "The coordinate \"{shown}\" on line {line} of \"{file}\" cannot be read (the file may be cut short). Correct that line."
                    ),
                ),
            }
        })
    };
    let (y, x) = (value(north)?, value(east)?);
    let ring = match ring.map(String::as_str) {
        None | Some("") => None,
        Some(label) => match label.parse::<usize>() {
            Ok(ring) => Some(ring),
            Err(_) => {
                let shown = shortened(label);
                return Err(FormatError::new(
                    "point-unreadable",
                    text!(
                        "“{file}”第 {line} 行的圈号“{shown}”不是整数。请改正这一行。"
                            | "The ring number \"{shown}\" on line {line} of \"{file}\" is not a whole number. Correct that line."
                    ),
                ));
            }
        },
    };
    let name = name.filter(|n| !n.is_empty()).cloned();
    Ok(Row { ring, point: RawPoint { name, x, y }, line })
}

/// At most 40 characters of somebody's text.
fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(40).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    short
}

fn close(open: Option<Open>, keys: &Keys, features: &mut Vec<RawFeature>, notes: &mut Vec<ImportNote>) {
    let Some(Open { header, line, rows }) = open else { return };
    let label = header.label(features.len() + 1);
    if rows.is_empty() {
        notes.push(
            ImportNote::error(
                "plot-without-points",
                text!(
                    "第 {line} 行的地块“{label}”没有界址点，未能使用（文件可能被截断）。"
                    | "Plot \"{label}\" on line {line} has no points and could not be used (the file may be cut short)."
                ),
            )
            .of_plot(label),
        );
        return;
    }
    let geometry = match header.kind {
        Kind::Area => rings::rings(rows, &label, notes),
        Kind::Line => rings::lines(rows),
        Kind::Point => rings::points(rows),
    };
    if let Some(odd) = header.unreadable_area() {
        notes.push(
            ImportNote::warning(
                "declared-area-unreadable",
                text!(
                    "第 {line} 行的地块面积“{odd}”无法识别，未与图形面积比较。"
                        | "The declared area \"{odd}\" on line {line} cannot be read and was not compared."
                ),
            )
            .of_plot(label),
        );
    }
    let place: Text = text!("第 {line} 行" | "line {line}");
    features.push(header.feature(geometry, place, keys.attributes()));
}

#[cfg(test)]
mod tests;
