//! Paragraphs and tables of the DOCX, every one by a named style, so that a bureau's template restyles
//! them.

use docx_rs::{
    AlignmentType, BreakType, Paragraph, Pic, Run, Shading, ShdType, Table, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

/// Twentieths of a point in a millimetre.
pub(super) fn twips(mm: f64) -> usize {
    (mm * 1440.0 / 25.4).round() as usize
}

/// English metric units in a millimetre: 36 000.
fn emu(mm: f64) -> u32 {
    (mm * 36_000.0).round() as u32
}

/// A part of the document.
pub(super) enum Block {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

/// Which way the page lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Upright,
    Lying,
}

/// The document as it grows: runs of blocks on pages that lie the same way.
#[derive(Default)]
pub(super) struct Body {
    pub sections: Vec<(Turn, Vec<Block>)>,
}

impl Body {
    /// What follows stands on pages that lie so.
    pub fn turn(&mut self, turn: Turn) {
        if self.sections.last().is_none_or(|(last, _)| *last != turn) {
            self.sections.push((turn, Vec::new()));
        }
    }

    pub fn add(&mut self, block: Block) {
        if self.sections.is_empty() {
            self.turn(Turn::Upright);
        }
        if let Some((_, blocks)) = self.sections.last_mut() {
            blocks.push(block);
        }
    }

    pub fn paragraph(&mut self, style: &str, words: &str) {
        self.add(Block::Paragraph(Box::new(paragraph(style, words))));
    }

    pub fn styled(&mut self, paragraph: Paragraph) {
        self.add(Block::Paragraph(Box::new(paragraph)));
    }

    pub fn page_break(&mut self) {
        self.styled(Paragraph::new().style("Body").add_run(Run::new().add_break(BreakType::Page)));
    }

    /// A table by the widths of its columns in millimetres, its heads and its rows, and a small gap
    /// behind it: two tables that touch would become one.
    pub fn table(&mut self, widths: &[f64], heads: &[String], rows: Vec<Row>) {
        self.add(Block::Table(Box::new(table(widths, heads, rows))));
        self.paragraph("TableGap", "");
    }
}

/// A paragraph of one run.
pub(super) fn paragraph(style: &str, words: &str) -> Paragraph {
    let paragraph = Paragraph::new().style(style);
    if words.is_empty() { paragraph } else { paragraph.add_run(Run::new().add_text(words)) }
}

/// A PNG at its exact size.
pub(super) fn picture(place: usize, png: &[u8], width_mm: f64, height_mm: f64) -> Paragraph {
    // ids count through the whole process unless they are given, and bytes would differ
    let picture = Pic::new_with_dimensions(png.to_vec(), 1, 1)
        .id(format!("rIdMap{place:05}"))
        .size(emu(width_mm), emu(height_mm));
    Paragraph::new().style("Map").add_run(Run::new().add_image(picture))
}

/// How a cell is set.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Words,
    Centre,
    Number,
    Code,
}

/// A cell: its lines, how they are set, the columns it spans.
#[derive(Clone, Default)]
pub(super) struct Cell {
    pub lines: Vec<String>,
    pub look: Look,
    pub colour: Option<String>,
    pub span: usize,
}

impl Cell {
    pub fn words(words: &str) -> Cell {
        Cell { lines: vec![words.to_string()], ..Cell::default() }
    }

    pub fn lines(lines: &[String]) -> Cell {
        Cell { lines: lines.to_vec(), ..Cell::default() }
    }

    pub fn look(self, look: Look) -> Cell {
        Cell { look, ..self }
    }

    pub fn number(words: &str) -> Cell {
        Cell::words(words).look(Look::Number)
    }

    pub fn centre(words: &str) -> Cell {
        Cell::words(words).look(Look::Centre)
    }

    pub fn code(words: &str) -> Cell {
        Cell::words(words).look(Look::Code)
    }

    pub fn span(self, span: usize) -> Cell {
        Cell { span, ..self }
    }
}

/// A row: plain or a sum.
pub(super) struct Row {
    pub cells: Vec<Cell>,
    pub sum: bool,
}

impl Row {
    pub fn plain(cells: Vec<Cell>) -> Row {
        Row { cells, sum: false }
    }

    pub fn sum(cells: Vec<Cell>) -> Row {
        Row { cells, sum: true }
    }
}

fn table(widths: &[f64], heads: &[String], rows: Vec<Row>) -> Table {
    let grid: Vec<usize> = widths.iter().map(|mm| twips(*mm)).collect();
    // the table of many columns has smaller letters, by styles of its own
    let wide = if grid.len() > 9 { "Wide" } else { "" };
    let shade = |fill: &str| Shading::new().shd_type(ShdType::Clear).color("auto").fill(fill);
    let head = heads.iter().zip(&grid).map(|(words, width)| {
        TableCell::new()
            .width(*width, WidthType::Dxa)
            .vertical_align(VAlignType::Center)
            .shading(shade("EEF1F4"))
            .add_paragraph(paragraph(&format!("TableHead{wide}"), words).keep_next(true))
    });
    // the first row of every table is its head: the package marks it to be repeated on each page
    let mut all = vec![TableRow::new(head.collect()).cant_split()];
    let letters =
        |row: &Row| row.cells.iter().flat_map(|cell| &cell.lines).map(|line| line.chars().count()).sum::<usize>();
    // a short table stays on one page, its sum with its rows; a row of usual height is not torn
    let together = rows.len() <= 14 && rows.iter().map(letters).sum::<usize>() <= 1500;
    let last = rows.len().saturating_sub(1);
    for (place, row) in rows.into_iter().enumerate() {
        let (with_next, whole) = (together && place < last, letters(&row) <= 400);
        let mut column = 0;
        let cells = row.cells.iter().map(|cell| {
            let span = cell.span.max(1);
            let width: usize = grid.iter().skip(column).take(span).sum();
            column += span;
            let style = match (row.sum, cell.look) {
                (true, _) => "TableSum",
                (_, Look::Number) => "TableNumber",
                (_, Look::Code) => "TableCode",
                (_, Look::Words | Look::Centre) => "TableText",
            };
            let mut made = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
            if span > 1 {
                made = made.grid_span(span);
            }
            if row.sum {
                made = made.shading(shade("F7F8F9"));
            }
            let empty = [String::new()];
            let lines = if cell.lines.is_empty() { empty.as_slice() } else { &cell.lines };
            for words in lines {
                let mut run = Run::new().add_text(words);
                if let Some(colour) = &cell.colour {
                    run = run.color(colour.trim_start_matches('#')).bold();
                }
                let mut line = Paragraph::new().style(&format!("{style}{wide}"));
                if with_next {
                    line = line.keep_next(true);
                }
                if !words.is_empty() {
                    line = line.add_run(run);
                }
                line = match cell.look {
                    Look::Number if row.sum => line.align(AlignmentType::Right),
                    Look::Centre => line.align(AlignmentType::Center),
                    _ => line,
                };
                made = made.add_paragraph(line);
            }
            made
        });
        let made = TableRow::new(cells.collect());
        all.push(if whole { made.cant_split() } else { made });
    }
    Table::new(all)
        .set_grid(grid.clone())
        .layout(TableLayoutType::Fixed)
        .width(grid.iter().sum(), WidthType::Dxa)
        .style("ReportTable")
}
