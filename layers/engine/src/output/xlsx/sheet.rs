//! The looks and habits all sheets share.

use crate::output::balance::Figures;
use redline_wording::Lang;
use redline_zoning::Outcome;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

/// The longest text a cell holds.
const CELL_LIMIT: usize = 32_767;

/// Number forms, by decimals.
const TWO: &str = "#,##0.00";
const FOUR: &str = "#,##0.0000";
const PERCENT: &str = "0.00\"%\"";

/// A cell's look.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The sheet's title.
    Title,
    /// A line of context beneath it.
    Context,
    /// A column's head.
    Head,
    /// A group's heading row.
    Group,
    /// Text.
    Text,
    /// Centred text.
    Centre,
    /// A sum's label.
    SumLabel,
}

pub(super) fn look(look: Look) -> Format {
    let base = Format::new().set_font_name("Microsoft YaHei").set_font_size(10).set_align(FormatAlign::VerticalCenter);
    let boxed = || base.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xB8BEC4));
    match look {
        Look::Title => base.set_font_size(16).set_bold(),
        Look::Context => base.set_font_color(Color::RGB(0x55606B)),
        Look::Head => {
            boxed().set_bold().set_background_color(Color::RGB(0xE8ECF0)).set_align(FormatAlign::Center).set_text_wrap()
        }
        Look::Group => boxed().set_bold().set_background_color(Color::RGB(0xF4F6F8)),
        Look::Text => boxed().set_text_wrap().set_align(FormatAlign::Top),
        Look::Centre => boxed().set_align(FormatAlign::Center).set_align(FormatAlign::Top).set_text_wrap(),
        Look::SumLabel => boxed().set_bold().set_border_top(FormatBorder::Medium),
    }
}

/// An outcome's look: its colour, bold.
pub(super) fn outcome(outcome: Outcome) -> Format {
    let rgb = match outcome {
        Outcome::Prohibited => 0xB3261E,
        Outcome::Manual => 0x6B4FA0,
        Outcome::Conditional => 0xA15C00,
        Outcome::Permitted => 0x1B7A57,
        Outcome::Clear => 0x55606B,
    };
    look(Look::Centre).set_bold().set_font_color(Color::RGB(rgb))
}

/// Text as text, whatever it begins with; cut with a mark where a cell cannot hold it.
pub(super) fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if words.chars().count() > CELL_LIMIT {
        let mark = " …";
        let kept: String = words.chars().take(CELL_LIMIT - mark.chars().count()).collect();
        sheet.write_string_with_format(row, column, format!("{kept}{mark}"), format)?;
    } else {
        sheet.write_string_with_format(row, column, words, format)?;
    }
    Ok(())
}

/// m², 公顷， 亩 and per cent in four columns from `column`.
pub(super) fn figures(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    figures: &Figures,
    bold: bool,
) -> Result<(), XlsxError> {
    for (offset, (value, form)) in four(figures).into_iter().enumerate() {
        sheet.write_number_with_format(row, column + offset as u16, value, &number(form, bold))?;
    }
    Ok(())
}

/// The same four columns as sums over `first..=last`, their results set to `total`.
pub(super) fn sums(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    first: u32,
    last: u32,
    total: &Figures,
) -> Result<(), XlsxError> {
    for (offset, (value, form)) in four(total).into_iter().enumerate() {
        let column = column + offset as u16;
        let letter = letter(column);
        let formula =
            Formula::new(format!("=SUM({letter}{}:{letter}{})", first + 1, last + 1)).set_result(format!("{value}"));
        sheet.write_formula_with_format(
            row,
            column,
            formula,
            &number(form, true).set_border_top(FormatBorder::Medium),
        )?;
    }
    Ok(())
}

fn four(figures: &Figures) -> [(f64, &'static str); 4] {
    [(figures.m2, TWO), (figures.ha, FOUR), (figures.mu, FOUR), (figures.percent, PERCENT)]
}

fn number(form: &str, bold: bool) -> Format {
    let format = look(Look::Text).set_num_format(form).set_align(FormatAlign::Right);
    if bold { format.set_bold() } else { format }
}

/// Column letters; the sheets here stay under 26 columns.
pub(super) fn letter(column: u16) -> char {
    char::from(b'A' + (column.min(25) as u8))
}

/// The heads of the four figure columns.
pub(super) fn figure_heads(lang: Lang, what: &str) -> [String; 4] {
    match lang {
        Lang::Zh => {
            [format!("{what}(m²)"), format!("{what}（公顷）"), format!("{what}（亩）"), "占地块比例（%）".to_string()]
        }
        Lang::En => {
            [format!("{what} (m²)"), format!("{what} (ha)"), format!("{what} (mu)"), "Share of plot (%)".to_string()]
        }
    }
}

/// Title, context lines, heads; returns the first row below. Widths are in characters.
pub(super) fn begin(
    sheet: &mut Worksheet,
    name: &str,
    title: &str,
    context: &[String],
    columns: &[(String, f64)],
) -> Result<u32, XlsxError> {
    sheet.set_name(name)?;
    text(sheet, 0, 0, title, &look(Look::Title))?;
    sheet.set_row_height(0, 28)?;
    let mut row = 1;
    for line in context {
        text(sheet, row, 0, line, &look(Look::Context))?;
        row += 1;
    }
    for (column, (head, width)) in columns.iter().enumerate() {
        let column = column as u16;
        sheet.set_column_width(column, *width)?;
        text(sheet, row, column, head, &look(Look::Head))?;
    }
    sheet.set_row_height(row, 32)?;
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    Ok(row + 1)
}

/// Page, print area and footer, once the last row (exclusive) is known.
pub(super) fn finish(sheet: &mut Worksheet, end: u32, columns: usize) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&F · &A&R&P / &N");
    sheet.set_print_area(0, 0, end.saturating_sub(1), (columns.max(1) - 1) as u16)?;
    Ok(())
}
