//! The 压占分析表 as a spreadsheet: what is occupied, land use, totals, and what a reader must know.
//!
//! Numbers are the rounded ones of [`super::balance`], written as numbers; subtotals are formulas
//! over them with their results set, so a program that does not calculate reads the same sums.
//! Whatever comes from a file is written as text and never becomes a formula. The same review gives
//! the same bytes: the file's date is the review's.

mod exchange;
mod explain;
mod land_use;
mod occupation;
mod sheet;
mod totals;

pub(crate) use occupation::{clauses, remarks};

use crate::{EngineError, Review};
use redline_wording::{Lang, text};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// `review` as the bytes of an XLSX file with the sheets 压占分析表， 地类面积， 合计 and 说明， in `lang`.
///
/// # Errors
/// `too-large-for-spreadsheet` when the review has more rows than a sheet holds (1 048 576).
pub fn xlsx(review: &Review, lang: Lang) -> Result<Vec<u8>, EngineError> {
    workbook(review, lang).map_err(not_written)
}

/// `diff` as the bytes of an XLSX file with the sheets 调入调出， 划转明细 and, where any changed, 属性变更.
///
/// # Errors
/// As [`xlsx`].
pub fn diff_xlsx(diff: &crate::DiffReport, lang: Lang) -> Result<Vec<u8>, EngineError> {
    exchange::workbook(diff, lang).map_err(not_written)
}

fn not_written(error: XlsxError) -> EngineError {
    match error {
        XlsxError::RowColumnLimitError => EngineError::new(
            "too-large-for-spreadsheet",
            text!(
                "结果超过电子表格的行数上限（1048576 行），请分批处理，或改用 --format json。"
                    | "The result has more rows than a spreadsheet holds (1,048,576); work in parts, or use --format json."
            ),
        ),
        other => EngineError::new(
            "spreadsheet-not-written",
            text!(
                "电子表格写不出来：{other}。请改用 --format json。"
                    | "The spreadsheet could not be made: {other}. Use --format json instead."
            ),
        ),
    }
}

fn workbook(review: &Review, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(match lang {
            Lang::Zh => "压占分析表",
            Lang::En => "Occupation analysis",
        })
        .set_comment(format!("{} {}", review.schema, review.engine_version));
    // A record without a readable date keeps a fixed one: never the clock's.
    let made = ExcelDateTime::parse_from_str(&review.date).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
    workbook.set_properties(&properties.set_creation_datetime(&made));

    occupation::write(workbook.add_worksheet(), review, lang)?;
    land_use::write(workbook.add_worksheet(), review, lang)?;
    totals::write(workbook.add_worksheet(), review, lang)?;
    explain::write(workbook.add_worksheet(), review, lang)?;
    workbook.save_to_buffer()
}
