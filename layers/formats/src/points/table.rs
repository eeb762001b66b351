//! From cells to plots: title rows, column names, points, merged cells.

use super::cells::{number_in, ring_number, titles};
use super::columns::Columns;
use crate::boundary_txt::{Row, rings};
use crate::numbers::{NumberProblem, coordinate, declared_area};
use crate::raw::{FileFormat, RawFeature, RawFile, RawPoint};
use crate::{FormatError, ImportNote};
use redline_wording::{Text, text};
use std::collections::{BTreeMap, BTreeSet};

/// Column names stand within the first rows or nowhere.
const DEEPEST_HEADER: usize = 40;

/// The cells of one sheet (or one text file), rows with their number as a person counts it.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) sheet: Option<String>,
    pub(super) rows: Vec<(usize, Vec<String>)>,
}

impl Cells {
    fn place(&self, row: usize) -> Text {
        match &self.sheet {
            Some(sheet) => text!("工作表“{sheet}”第 {row} 行" | "row {row} of sheet \"{sheet}\""),
            None => text!("第 {row} 行" | "line {row}"),
        }
    }
}

/// Reads all sheets of a file.
pub(super) fn read(sheets: Vec<Cells>, name: &str, format: FileFormat) -> Result<RawFile, FormatError> {
    let mut file = RawFile {
        name: name.to_owned(),
        format,
        sha256: String::new(),
        members: Vec::new(),
        hints: Vec::new(),
        features: Vec::new(),
        notes: Vec::new(),
    };
    let mut found: Vec<(Cells, Layout)> = Vec::new();
    let mut without: Vec<Option<String>> = Vec::new();
    for cells in sheets {
        match Layout::of(&cells) {
            Some(layout) => found.push((cells, layout)),
            None if cells.rows.iter().all(|(_, r)| r.iter().all(|c| c.is_empty())) => {}
            None => without.push(cells.sheet),
        }
    }
    if found.is_empty() {
        return Err(FormatError::new(
            "columns-unrecognised",
            text!(
                "“{name}”中没有认出坐标列。请加一行列名，如“点号,X,Y,圈号,地块”或“点号,经度,纬度”。"
                    | "No coordinate columns were recognised in \"{name}\". Add a row of column names such as \"点号,X,Y,圈号,地块\" or \"point,lon,lat\"."
            ),
        ));
    }
    for sheet in without.into_iter().flatten() {
        file.notes.push(ImportNote::info(
            "sheet-skipped",
            text!(
                "工作表“{sheet}”中没有坐标列，未读取。"
                    | "Sheet \"{sheet}\" has no coordinate columns and was not read."
            ),
        ));
    }
    let several = found.len() > 1;
    for (cells, layout) in &found {
        plots(cells, layout, several, &mut file)?;
    }
    if file.features.is_empty() {
        return Err(FormatError::new(
            "no-plots",
            text!(
                "“{name}”中没有坐标点，请检查后重新导出。" | "\"{name}\" holds no points; check it and export again."
            ),
        ));
    }
    Ok(file)
}

/// Whether a sheet has columns of coordinates.
pub(super) fn holds_points(cells: &Cells) -> bool {
    Layout::of(cells).is_some()
}

/// Where the names and the points of a sheet are.
struct Layout {
    columns: Columns,
    /// Index of the row of names; `None` in a list without names.
    header: Option<usize>,
}

impl Layout {
    fn of(cells: &Cells) -> Option<Layout> {
        let head = cells.rows.iter().take(DEEPEST_HEADER).enumerate();
        for (n, (_, row)) in head {
            if let Some(columns) = Columns::by_name(row) {
                return Some(Layout { columns, header: Some(n) });
            }
        }
        // names missing: the rows that hold at least two numbers
        let rows: Vec<&[String]> = cells
            .rows
            .iter()
            .map(|(_, r)| r.as_slice())
            .filter(|r| r.iter().filter(|c| coordinate(c).is_ok()).count() >= 2)
            .take(200)
            .collect();
        Columns::by_numbers(&rows).map(|columns| Layout { columns, header: None })
    }
}

/// The rows of one plot.
#[derive(Default)]
struct Group {
    id: Option<String>,
    name: Option<String>,
    area: String,
    purpose: Option<String>,
    /// Cells of every other named column, the first of each.
    attributes: BTreeMap<String, String>,
    /// Columns in which the plot's rows differ: which value is the plot's nobody knows.
    differing: BTreeSet<String>,
    rows: Vec<Row>,
    first_row: usize,
    /// Counts rings where the names start again and no column says so.
    restarts: usize,
    /// The first point of the ring being read.
    start: Option<RawPoint>,
}

fn plots(cells: &Cells, layout: &Layout, several: bool, file: &mut RawFile) -> Result<(), FormatError> {
    let Columns { north, east, .. } = layout.columns;
    let columns = &layout.columns;
    let first = layout.header.map_or(0, |n| n + 1);
    let header = layout.header.and_then(|n| cells.rows.get(n)).map(|(_, r)| r.clone());
    if layout.header.is_none() {
        let (n, e) = (north + 1, east + 1);
        file.notes.push(ImportNote::info(
            "header-row-missing",
            text!(
                "表中没有列名，按数值判断第 {n} 列和第 {e} 列为坐标。"
                    | "The list has no column names; by their numbers columns {n} and {e} are the coordinates."
            ),
        ));
    }
    let others = header.as_deref().map(|names| columns.others(names)).unwrap_or_default();
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut current: Option<usize> = None;
    let mut filled = 0usize;
    for (index, (number, row)) in cells.rows.iter().enumerate() {
        let cell = |column: Option<usize>| column.and_then(|c| row.get(c)).map(|s| s.trim()).filter(|s| !s.is_empty());
        if index < first {
            titles(row, &cells.place(*number), &mut file.hints);
            continue;
        }
        if row.iter().all(|c| c.is_empty()) || header.as_ref() == Some(row) {
            continue;
        }
        let (Some(a), Some(b)) = (cell(Some(north)), cell(Some(east))) else {
            if current.is_none() {
                titles(row, &cells.place(*number), &mut file.hints);
            }
            aside(
                row,
                (*number, cells.place(*number)),
                (cell(Some(north)), cell(Some(east))),
                columns,
                &mut groups,
                &mut current,
                file,
            )?;
            continue;
        };
        if layout.header.is_none() && coordinate(a) == Err(NumberProblem::Unreadable) && current.is_none() {
            titles(row, &cells.place(*number), &mut file.hints);
            skipped(row, cells.place(*number), file);
            continue;
        }
        let value = |words: &str| number_in(words, &cells.place(*number), &file.name);
        let point = RawPoint { name: cell(columns.point).map(str::to_owned), y: value(a)?, x: value(b)? };
        let key = cell(columns.plot).or(cell(columns.plot_name).filter(|_| columns.plot.is_none()));
        let keyed = columns.plot.is_some() || columns.plot_name.is_some();
        let at = match (key, current) {
            (None, Some(at)) => {
                filled += usize::from(keyed);
                at
            }
            (key, _) => match key.and_then(|k| by_key.get(k)) {
                Some(at) => *at,
                None => {
                    groups.push(Group {
                        id: cell(columns.plot)
                            .map(str::to_owned)
                            .or_else(|| cells.sheet.clone().filter(|_| several && !keyed)),
                        first_row: *number,
                        ..Group::default()
                    });
                    if let Some(key) = key {
                        by_key.insert(key.to_owned(), groups.len() - 1);
                    }
                    groups.len() - 1
                }
            },
        };
        current = Some(at);
        let Some(group) = groups.get_mut(at) else { continue };
        group.first_row = if group.rows.is_empty() { *number } else { group.first_row };
        group.name = group.name.take().or_else(|| cell(columns.plot_name).map(str::to_owned));
        if let Some(words) = cell(columns.purpose)
            && group.purpose.get_or_insert_with(|| words.to_owned()) != words
        {
            group.differing.insert(PURPOSE.to_owned());
        }
        for (name, place) in &others {
            let Some(words) = cell(Some(*place)) else { continue };
            match group.attributes.get(name) {
                None => _ = group.attributes.insert(name.clone(), words.to_owned()),
                Some(first) if first != words => _ = group.differing.insert(name.clone()),
                Some(_) => {}
            }
        }
        if group.area.is_empty() {
            group.area = cell(columns.area).unwrap_or_default().to_owned();
        }
        let ring = match columns.ring {
            Some(_) => match cell(columns.ring) {
                Some(label) => Some(ring_number(label, &cells.place(*number), &file.name)?),
                None => group.rows.last().and_then(|r| r.ring),
            },
            None => restart(group, &point, &cells.place(*number), &mut file.notes),
        };
        group.rows.push(Row { ring, point, line: *number });
    }
    if filled > 0 {
        file.notes.push(ImportNote::info(
            "plot-cell-filled",
            text!(
                "{filled} 行的地块列为空（合并单元格），归入上一行的地块。"
                    | "{filled} rows have an empty plot cell (merged cells) and belong to the plot of the row above."
            ),
        ));
    }
    let before = file.features.len();
    for group in groups {
        let first = file.features.len() == before;
        finish(group, cells, first, file);
    }
    Ok(())
}

/// Without a ring column, a first point's name that comes again at another place begins a ring.
fn restart(group: &mut Group, point: &RawPoint, place: &Text, notes: &mut Vec<ImportNote>) -> Option<usize> {
    let label = 1 + group.restarts;
    let start = group.start.get_or_insert_with(|| point.clone());
    let again = start.name.is_some() && start.name == point.name && (start.x, start.y) != (point.x, point.y);
    if !again {
        return Some(label);
    }
    group.restarts += 1;
    group.start = Some(point.clone());
    let name = point.name.clone().unwrap_or_default();
    notes.push(ImportNote::warning(
        "ring-by-restart",
        Text {
            zh: format!("{}的点号“{name}”重新开始，按另一个圈读取。", place.zh),
            en: format!("The point names start again with \"{name}\" on {}; read as another ring.", place.en),
        },
    ));
    Some(label + 1)
}

/// How a note calls the column of purposes.
const PURPOSE: &str = "地块用途";

/// Columns in which a plot's rows differ speak of its points (a side's length), or contradict one
/// another: either way they say nothing of the plot.
fn drop_differing(group: &mut Group, place: &Text, file: &mut RawFile) {
    if group.differing.is_empty() {
        return;
    }
    group.attributes.retain(|name, _| !group.differing.contains(name));
    let purpose = group.differing.contains(PURPOSE);
    if purpose {
        group.purpose = None;
    }
    let columns = group.differing.iter().map(String::as_str).collect::<Vec<_>>();
    let (zh, en) = (columns.join("、"), columns.join(", "));
    let message = Text {
        zh: format!("{}起的地块，各行的“{zh}”不一致，不作为地块的属性。", place.zh),
        en: format!("The plot from {} on: its rows differ in {en}, which is not taken for the plot's own.", place.en),
    };
    file.notes.push(if purpose {
        ImportNote::warning("plot-cells-differ", message)
    } else {
        ImportNote::info("plot-cells-differ", message)
    });
}

/// Makes a plot of its rows. Words without points under them are a title before the first plot (`first`)
/// or a remark with a colon (制表：…); anywhere else they are a plot whose points are missing.
fn finish(mut group: Group, cells: &Cells, first: bool, file: &mut RawFile) {
    let place = cells.place(group.first_row);
    drop_differing(&mut group, &place, file);
    let label =
        group.id.clone().or_else(|| group.name.clone()).unwrap_or_else(|| (file.features.len() + 1).to_string());
    if group.rows.is_empty() {
        file.notes.push(if first || label.contains([':', '\u{ff1a}']) {
            ImportNote::info(
                "row-skipped",
                Text {
                    zh: format!("{}“{label}”之后没有坐标点，未使用。", place.zh),
                    en: format!("No points follow \"{label}\" on {}; it was not used.", place.en),
                },
            )
        } else {
            ImportNote::error(
                "plot-without-points",
                Text {
                    zh: format!("{}的地块“{label}”没有坐标点，未能使用（文件可能被截断）。", place.zh),
                    en: format!(
                        "Plot \"{label}\" on {} has no points and could not be used (the file may be cut short).",
                        place.en
                    ),
                },
            )
            .of_plot(&label)
        });
        return;
    }
    let declared = declared_area(&group.area);
    if declared.is_none() && !group.area.is_empty() {
        let odd = &group.area;
        file.notes.push(
            ImportNote::warning(
                "declared-area-unreadable",
                text!(
                    "地块面积“{odd}”无法识别，未与图形面积比较。"
                        | "The declared area \"{odd}\" cannot be read and was not compared."
                ),
            )
            .of_plot(&label),
        );
    }
    let geometry = rings(group.rows, &label, &mut file.notes);
    file.features.push(RawFeature {
        id: group.id,
        name: group.name,
        geometry,
        declared,
        declared_points: None,
        purpose: group.purpose,
        attributes: group.attributes,
        place,
    });
}

/// A row with text but without a pair of coordinates: half a pair is an error, a lone word between
/// points names the plot that follows where no column does, anything else is skipped aloud.
fn aside(
    row: &[String],
    (number, place): (usize, Text),
    pair: (Option<&str>, Option<&str>),
    columns: &Columns,
    groups: &mut Vec<Group>,
    current: &mut Option<usize>,
    file: &mut RawFile,
) -> Result<(), FormatError> {
    let filled: Vec<&String> = row.iter().filter(|c| !c.is_empty()).collect();
    if let (Some(half), None) | (None, Some(half)) = pair
        && filled.len() > 1
        && coordinate(half).is_ok()
    {
        let name = &file.name;
        return Err(FormatError::new(
            "point-unreadable",
            Text {
                zh: format!("“{name}”{}只有一个坐标值“{half}”，缺少另一个。请补全这一行。", place.zh),
                en: format!("\"{name}\": {} has only one coordinate, \"{half}\". Complete that row.", place.en),
            },
        ));
    }
    if let ([only], None, None) = (filled.as_slice(), columns.plot, columns.plot_name)
        && coordinate(only).is_err()
    {
        groups.push(Group { name: Some((*only).clone()), first_row: number, ..Group::default() });
        *current = Some(groups.len() - 1);
        return Ok(());
    }
    skipped(row, place, file);
    Ok(())
}

fn skipped(row: &[String], place: Text, file: &mut RawFile) {
    let words: String = row.join(" ").trim().chars().take(40).collect();
    file.notes.push(ImportNote::info(
        "row-skipped",
        Text {
            zh: format!("{}没有坐标，已跳过：“{words}”。", place.zh),
            en: format!("No coordinates on {}; skipped: \"{words}\".", place.en),
        },
    ));
}
