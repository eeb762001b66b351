//! Rows in columns: numbers to the right, text wrapped in the columns that may, sums under a rule.

use super::{Colours, Ink, clean, display_width, wrap};

/// Columns between columns.
const GAP: usize = 2;
/// A column that may wrap is not made narrower than this.
const NARROWEST: usize = 8;

/// To which side a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    head: String,
    align: Align,
    wraps: bool,
}

impl Column {
    /// A column of short text that is never broken.
    pub fn text(head: &str) -> Column {
        Column { head: clean(head), align: Align::Left, wraps: false }
    }

    /// A column of numbers.
    pub fn number(head: &str) -> Column {
        Column { head: clean(head), align: Align::Right, wraps: false }
    }

    /// A column of text that is broken where the page is too narrow.
    pub fn wrapped(head: &str) -> Column {
        Column { head: clean(head), align: Align::Left, wraps: true }
    }
}

/// A cell.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    ink: Ink,
}

impl Cell {
    /// Text (from anywhere: it is made harmless) in an ink.
    pub fn new(text: &str, ink: Ink) -> Cell {
        Cell { text: clean(text), ink }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::new(text, Ink::Plain)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::new(&text, Ink::Plain)
    }
}

/// A row.
#[derive(Clone, Debug)]
pub enum Row {
    /// Cells, one a column.
    Cells(Vec<Cell>),
    /// Cells under a rule, bold: a sum.
    Sum(Vec<Cell>),
    /// A line across all columns that heads a group.
    Group(String),
}

/// Rows under their heads.
#[derive(Clone, Debug)]
pub struct Rows {
    columns: Vec<Column>,
    rows: Vec<Row>,
    heads: bool,
}

impl Rows {
    /// No rows yet.
    pub fn new(columns: Vec<Column>) -> Rows {
        Rows { columns, rows: Vec::new(), heads: true }
    }

    /// Columns without heads: pairs of label and value.
    pub fn headless(columns: Vec<Column>) -> Rows {
        Rows { columns, rows: Vec::new(), heads: false }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a row of cells.
    pub fn cells<const N: usize>(&mut self, cells: [Cell; N]) {
        self.rows.push(Row::Cells(cells.into()));
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines, none wider than `width` as long as the unbroken columns leave room.
    pub fn lines(&self, width: usize, colours: Colours) -> Vec<String> {
        let widths = self.widths(width);
        let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        let rule = |line: char| colours.paint(Ink::Quiet, &line.to_string().repeat(total));
        let mut lines = Vec::new();
        if self.heads {
            let heads: Vec<Cell> = self.columns.iter().map(|column| Cell::new(&column.head, Ink::Quiet)).collect();
            lines.extend(self.row_lines(&heads, &widths, colours, None));
            lines.push(rule('─'));
        }
        for row in &self.rows {
            match row {
                Row::Cells(cells) => lines.extend(self.row_lines(cells, &widths, colours, None)),
                Row::Sum(cells) => {
                    lines.push(rule('┄'));
                    lines.extend(self.row_lines(cells, &widths, colours, Some(Ink::Strong)));
                }
                Row::Group(words) => {
                    for line in wrap(&clean(words), total.max(NARROWEST)) {
                        lines.push(colours.paint(Ink::Strong, &line));
                    }
                }
            }
        }
        lines
    }

    /// Natural widths; where the page is too narrow the wrapping columns share what is left.
    fn widths(&self, width: usize) -> Vec<usize> {
        let natural: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                let head = if self.heads { display_width(&column.head) } else { 0 };
                let cells = self.rows.iter().filter_map(|row| match row {
                    Row::Cells(cells) | Row::Sum(cells) => cells.get(place).map(|cell| display_width(&cell.text)),
                    Row::Group(_) => None,
                });
                cells.chain([head]).max().unwrap_or(0)
            })
            .collect();
        let fixed: usize =
            self.columns.iter().zip(&natural).filter(|(column, _)| !column.wraps).map(|(_, width)| width).sum();
        let mut room = width.saturating_sub(fixed + GAP * self.columns.len().saturating_sub(1));
        let mut widths = natural.clone();
        // Narrow columns first, so that what they do not need goes to the wide ones.
        let mut wrapping: Vec<usize> = (0..natural.len()).filter(|&place| self.columns[place].wraps).collect();
        wrapping.sort_by_key(|&place| natural[place]);
        let mut left = wrapping.len();
        for place in wrapping {
            let share = (room / left).max(NARROWEST);
            widths[place] = natural[place].min(share);
            room = room.saturating_sub(widths[place]);
            left -= 1;
        }
        widths
    }

    fn row_lines(&self, cells: &[Cell], widths: &[usize], colours: Colours, ink: Option<Ink>) -> Vec<String> {
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .zip(&self.columns)
            .zip(widths)
            .map(
                |((cell, column), &width)| {
                    if column.wraps { wrap(&cell.text, width) } else { vec![cell.text.clone()] }
                },
            )
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        (0..height)
            .map(|level| {
                let mut line = String::new();
                for (place, cell) in cells.iter().enumerate().take(widths.len()) {
                    let text = wrapped[place].get(level).map_or("", String::as_str);
                    let pad = " ".repeat(widths[place].saturating_sub(display_width(text)));
                    let look = match (cell.ink, ink) {
                        (Ink::Plain, Some(ink)) => ink,
                        (own, _) => own,
                    };
                    let painted = colours.paint(look, text);
                    if place > 0 {
                        line.push_str(&" ".repeat(GAP));
                    }
                    match self.columns[place].align {
                        Align::Left => line.push_str(&format!("{painted}{pad}")),
                        Align::Right => line.push_str(&format!("{pad}{painted}")),
                    }
                }
                line.trim_end().to_string()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Rows {
        let mut rows = Rows::new(vec![Column::text("序号"), Column::wrapped("分区"), Column::number("面积 m²")]);
        rows.push(Row::Group("生态保护红线".into()));
        rows.cells(["1".into(), "生态系统重要区 · 水源涵养".into(), "35 106.34".into()]);
        rows.cells(["12".into(), "tier".into(), "5.00".into()]);
        rows.push(Row::Sum(vec!["".into(), "小计".into(), "35 111.34".into()]));
        rows
    }

    #[test]
    fn chinese_and_english_columns_line_up() {
        let lines = table().lines(60, Colours::None);
        assert_eq!(lines[0], "序号  分区                         面积 m²");
        assert_eq!(lines[3], "1     生态系统重要区 · 水源涵养  35 106.34");
        assert_eq!(lines[4], "12    tier                            5.00");
    }

    #[test]
    fn a_narrow_page_breaks_the_text_and_never_the_numbers() {
        let lines = table().lines(32, Colours::None);
        assert!(lines.iter().all(|line| display_width(line) <= 32), "{lines:#?}");
        assert!(lines.iter().any(|line| line.contains("35 106.34")));
    }
}
