//! Spreadsheets: cells as text, sheet by sheet.

use super::table::{self, Cells};
use crate::raw::{FileFormat, RawFile};
use crate::{FormatError, ImportNote, source};
use calamine::{Data, DataRef, ExcelDateTime, Reader, Sheet, SheetVisible, Xls, Xlsx};
use redline_wording::text;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Columns further right than this hold no coordinates.
const WIDEST: u32 = 256;
/// More cells than this are no point list; also keeps a small file that unpacks to gigabytes away.
const MOST_CELLS: usize = 20_000_000;

/// Reads point lists from the visible sheets of a workbook (.xlsx, .xlsm or .xls).
///
/// # Errors
/// `sheet-unreadable` for what is no workbook, otherwise as [`super::parse_csv`], naming sheet and row.
pub fn parse_spreadsheet(bytes: &[u8], name: &str) -> Result<RawFile, FormatError> {
    if bytes.is_empty() {
        return Err(source::empty(name));
    }
    // The workbook reader is other people's code and meets broken files here: whatever it does
    // must end in a sentence.
    let read = catch_unwind(AssertUnwindSafe(|| cells_of(bytes)));
    let Found { shown: sheets, hidden } = match read {
        Ok(Ok(found)) => found,
        Ok(Err(why)) => return Err(unreadable(name, &why)),
        Err(_) => return Err(unreadable(name, "?")),
    };
    let mut file = table::read(sheets, name, FileFormat::PointSheet)?;
    file.sha256 = source::sha256(bytes);
    file.notes.extend(hidden.iter().filter_map(passed_over));
    Ok(file)
}

/// A hidden sheet: with coordinates in it, plots may be missing; without, it is only mentioned.
fn passed_over(cells: &Cells) -> Option<ImportNote> {
    let sheet = cells.sheet.as_deref()?;
    Some(if table::holds_points(cells) {
        ImportNote::error(
            "sheet-hidden",
            text!(
                "隐藏的工作表“{sheet}”中有坐标，未读取。请取消隐藏后重新提交，或删去该表。"
                    | "The hidden sheet \"{sheet}\" holds coordinates and was not read. Show it and submit again, or delete it."
            ),
        )
    } else {
        ImportNote::info(
            "sheet-skipped",
            text!("隐藏的工作表“{sheet}”未读取。" | "The hidden sheet \"{sheet}\" was not read."),
        )
    })
}

fn unreadable(name: &str, why: &str) -> FormatError {
    FormatError::new(
        "sheet-unreadable",
        text!(
            "“{name}”不是可读的电子表格（{why}）。文件可能已损坏或加密，请用表格软件另存为 .xlsx 后重试。"
                | "\"{name}\" is not a readable spreadsheet ({why}). It may be damaged or encrypted; save it again as .xlsx and retry."
        ),
    )
}

/// The sheets of a workbook.
#[derive(Default)]
struct Found {
    shown: Vec<Cells>,
    hidden: Vec<Cells>,
}

fn cells_of(bytes: &[u8]) -> Result<Found, String> {
    // an OLE container is the old binary format (or an encrypted new one), a ZIP the new one
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
        let sheets = book.sheets_metadata().to_vec();
        gather(&sheets, |sheet, into| {
            let range = book.worksheet_range(sheet).map_err(|e| e.to_string())?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                let at = (first_row.saturating_add(row as u32), first_column.saturating_add(column as u32));
                put(into, at, words(cell))?;
            }
            Ok(())
        })
    } else {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
        let sheets = book.sheets_metadata().to_vec();
        gather(&sheets, |sheet, into| {
            // cell by cell: the dense range of one stray cell in the last corner would fill memory
            let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| e.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|e| e.to_string())? {
                put(into, cell.get_position(), words_ref(cell.get_value()))?;
            }
            Ok(())
        })
    }
}

/// Cells of one sheet by row and column.
#[derive(Default)]
struct Rows {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    cells: usize,
}

fn gather(sheets: &[Sheet], mut fill: impl FnMut(&str, &mut Rows) -> Result<(), String>) -> Result<Found, String> {
    let mut found = Found::default();
    for sheet in sheets {
        if sheet.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let mut rows = Rows::default();
        fill(&sheet.name, &mut rows)?;
        let rows = rows
            .rows
            .into_iter()
            .map(|(row, cells)| {
                let width = cells.keys().next_back().map_or(0, |c| *c as usize + 1);
                let mut line = vec![String::new(); width];
                for (column, text) in cells {
                    if let Some(place) = line.get_mut(column as usize) {
                        *place = text;
                    }
                }
                (row as usize + 1, line)
            })
            .collect();
        let into = if sheet.visible == SheetVisible::Visible { &mut found.shown } else { &mut found.hidden };
        into.push(Cells { sheet: Some(sheet.name.clone()), rows });
    }
    Ok(found)
}

fn put(rows: &mut Rows, (row, column): (u32, u32), words: String) -> Result<(), String> {
    if column < WIDEST && !words.trim().is_empty() {
        rows.rows.entry(row).or_default().insert(column, words.trim().to_owned());
        rows.cells += 1;
        if rows.cells > MOST_CELLS {
            return Err(format!("> {MOST_CELLS} cells"));
        }
    }
    Ok(())
}

fn words(cell: &Data) -> String {
    match cell {
        Data::Int(n) => n.to_string(),
        Data::Float(v) => v.to_string(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => s.clone(),
        Data::Bool(b) => b.to_string(),
        Data::DateTime(t) => time(t),
        Data::Error(e) => e.to_string(),
        Data::Empty => String::new(),
    }
}

fn words_ref(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(v) => v.to_string(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(t) => time(t),
        DataRef::Error(e) => e.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// `113:22:41` typed into a spreadsheet becomes a duration; its hours are the degrees.
fn time(t: &ExcelDateTime) -> String {
    if t.is_duration() { (t.as_f64() * 24.0).to_string() } else { t.to_string() }
}
