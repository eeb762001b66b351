//! The form a result takes, and its way out.

use super::review_page::{lead_unit, review_page};
use crate::arguments::{PlainFormat, ResultArgs, ReviewFormat, Unit};
use crate::page::Page;
use crate::session::{Failure, Session};
use redline_engine::output::balance::AreaUnit;
use redline_engine::papers::{self, Paper, PaperFacts};
use redline_engine::{EngineError, Progress, Review, output};
use redline_wording::text;
use serde::Serialize;
use std::path::Path;

/// A day of the calendar, as the argument check let it through.
///
/// # Errors
/// Never for an argument of this command; a sentence all the same.
pub fn day(words: &str) -> Result<jiff::civil::Date, Failure> {
    words.parse().map_err(|_| {
        Failure::Sentence(text!(
            "“{words}”不是日期，请写成 2018-06-01 的样子。" | "'{words}' is not a date; write it like 2018-06-01."
        ))
    })
}

/// The day given, else today where this machine stands. The only place that reads a clock.
///
/// # Errors
/// As [`day`].
pub fn day_or_today(words: Option<&str>) -> Result<jiff::civil::Date, Failure> {
    words.map_or_else(|| Ok(jiff::Zoned::now().date()), day)
}

/// The unit a person asked for.
pub fn unit(unit: Unit) -> AreaUnit {
    match unit {
        Unit::M2 => AreaUnit::SquareMetres,
        Unit::Ha => AreaUnit::Hectares,
        Unit::Mu => AreaUnit::Mu,
    }
}

/// The form asked for, else what the name of the result file says, else a table.
///
/// # Errors
/// When the file's name says a form that is not offered.
pub fn review_format(arguments: &ResultArgs) -> Result<ReviewFormat, Failure> {
    if let Some(format) = arguments.format {
        return Ok(format);
    }
    let Some(output) = &arguments.output else { return Ok(ReviewFormat::Table) };
    let extension = output.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "json" => Ok(ReviewFormat::Json),
        "geojson" => Ok(ReviewFormat::Geojson),
        "xlsx" => Ok(ReviewFormat::Xlsx),
        "pdf" => Ok(ReviewFormat::Pdf),
        "docx" => Ok(ReviewFormat::Docx),
        "txt" | "" => Ok(ReviewFormat::Table),
        _ => Err(Failure::Sentence(text!(
            "不知道扩展名 .{extension} 要写成什么形式。请用 --format table、json、geojson、xlsx、pdf 或 docx 指明。"
                | "The extension .{extension} names no form of a result. Say which with --format table, json, geojson, xlsx, pdf or docx."
        ))),
    }
}

/// Whether the result can go where it is asked to: before any work is done for it.
///
/// # Errors
/// When a file that is no text would be typed onto a terminal.
pub fn see_way_out(format: ReviewFormat, arguments: &ResultArgs, session: &Session) -> Result<(), Failure> {
    let extension = match format {
        ReviewFormat::Xlsx => "xlsx",
        ReviewFormat::Pdf => "pdf",
        ReviewFormat::Docx => "docx",
        ReviewFormat::Table | ReviewFormat::Json | ReviewFormat::Geojson => return Ok(()),
    };
    if arguments.output.is_none() && session.read_by_person() {
        return Err(Failure::Sentence(text!(
            "{extension} 不能显示在终端上。请用 --output 加 .{extension} 文件名指定文件。"
                | "A file of this kind cannot be shown on a terminal. Name an .{extension} file with --output."
        )));
    }
    Ok(())
}

/// The review of a record file of this name, else the one saved under it in the workspace; and what was
/// read, which no result may replace.
///
/// # Errors
/// When neither is there or can be read.
pub fn review_named<'a>(asked: &'a str, workspace: Option<&'a Path>) -> Result<(Review, Vec<&'a Path>), Failure> {
    let record = Path::new(asked);
    let mut inputs: Vec<&Path> = workspace.into_iter().collect();
    let review = match workspace {
        Some(workspace) if !record.is_file() => redline_engine::saved_review(workspace, asked)?,
        _ => {
            inputs.push(record);
            papers::recorded(record)?
        }
    };
    Ok((review, inputs))
}

/// What lays a review out.
type LayOut =
    fn(&Review, Option<&Path>, &PaperFacts, redline_wording::Lang, &dyn Progress) -> Result<Paper, EngineError>;

/// Writes a review in its form to its place; `workspace` draws its maps.
///
/// # Errors
/// When the form cannot be made or the place not be written.
pub fn deliver(
    review: &Review,
    format: ReviewFormat,
    unit: Option<AreaUnit>,
    arguments: &ResultArgs,
    workspace: &Path,
    inputs: &[&Path],
    session: &Session,
) -> Result<(), Failure> {
    let paper = |lay_out: LayOut| {
        let paper = {
            let bar = session.bar();
            lay_out(review, Some(workspace), &PaperFacts::default(), session.lang, &bar)?
        };
        paper.remarks.iter().for_each(|remark| session.remark(remark));
        Ok::<_, Failure>(paper.bytes)
    };
    let bytes = match format {
        ReviewFormat::Table => {
            let mut page = if arguments.output.is_some() { session.page_for_file() } else { session.page() };
            review_page(&mut page, review, unit.unwrap_or_else(|| lead_unit(&review.settings.units)));
            page.into_text().into_bytes()
        }
        ReviewFormat::Json => output::json(review)?.into_bytes(),
        ReviewFormat::Geojson => output::geojson(review)?.into_bytes(),
        ReviewFormat::Xlsx => output::xlsx(review, session.lang)?,
        ReviewFormat::Pdf => paper(papers::report_pdf)?,
        ReviewFormat::Docx => paper(papers::report_docx)?,
    };
    hand_over(&bytes, arguments, inputs, session)
}

/// Bytes of a result to standard output, or to the file asked for.
///
/// # Errors
/// When the place cannot be written, or is an input or a workspace.
pub fn hand_over(bytes: &[u8], arguments: &ResultArgs, inputs: &[&Path], session: &Session) -> Result<(), Failure> {
    match &arguments.output {
        None => session.print(bytes),
        Some(path) => {
            session.write(bytes, path, inputs)?;
            let shown = path.display();
            session.remark(&text!("已写入 {shown}" | "Written to {shown}"));
            Ok(())
        }
    }
}

/// An answer that is no review: as a page by `table`, or as JSON.
///
/// # Errors
/// When standard output cannot be written.
pub fn answer<T: Serialize>(
    value: &T,
    format: PlainFormat,
    session: &Session,
    table: impl FnOnce(&mut Page),
) -> Result<(), Failure> {
    match format {
        PlainFormat::Json => session.print(output::json(value)?.as_bytes()),
        PlainFormat::Table => {
            let mut page = session.page();
            table(&mut page);
            session.print(page.into_text().as_bytes())
        }
    }
}
