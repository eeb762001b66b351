//! The panel beside the map: rows in columns, in smaller type where there are many.

use crate::Result;
use crate::SheetError;
use crate::ink::{Anchor, Ink, length};
use crate::lettering::{BLACK, GREY, Lettering, PLAIN, Style};
use crate::rect::Rect;
use crate::strata::swatch;
use crate::words::wrapped;
use redline_cartography::Symbol;
use redline_wording::text;

/// Space between columns, mm of A4.
const GUTTER: f64 = 5.0;

/// A row of the panel, drawn at the origin.
pub(crate) struct Row {
    pub(crate) height: f64,
    pub(crate) ink: String,
    /// Stands in one column with the row after it.
    pub(crate) heads: bool,
    /// Belongs to a list that may be cut short, of this number.
    pub(crate) list: Option<u8>,
    /// Rows it stands for; one that stands for several is never drawn, only counted.
    pub(crate) stands_for: usize,
}

/// Rows in the making.
pub(crate) struct Rows<'l> {
    pub(crate) letters: &'l mut Lettering,
    pub(crate) width: f64,
    /// A millimetre of A4 type, as small as this attempt has it.
    pub(crate) u: f64,
    pub(crate) rows: Vec<Row>,
    pub(crate) list: Option<u8>,
    /// Distance of entries and fields, units.
    pub(crate) line: f64,
}

impl Rows<'_> {
    /// Body type, mm.
    pub(crate) fn size(&self) -> f64 {
        2.45 * self.u
    }

    pub(crate) fn push(&mut self, height: f64, ink: Ink, heads: bool) {
        self.rows.push(Row { height, ink: ink.finish(), heads, list: self.list, stands_for: 1 });
    }

    /// A head with a line under it, and words at its right end.
    pub(crate) fn head(&mut self, words: &str, right: &str) {
        let (u, size) = (self.u, 2.9 * self.u);
        let mut ink = Ink::default();
        self.letters.write(&mut ink, words, (0.0, 4.6 * u), size, &Style { bold: true, ..PLAIN });
        let style = Style { anchor: Anchor::End, colour: GREY, ..PLAIN };
        self.letters.write(&mut ink, right, (self.width, 4.6 * u), 2.1 * u, &style);
        let y = 5.9 * u;
        ink.line((0.0, y), (self.width, y), &format!("stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.2 * u)));
        self.push(7.0 * u, ink, true);
    }

    /// Wrapped words.
    pub(crate) fn paragraph(&mut self, words: &str, colour: &str) -> Result<()> {
        let size = 2.2 * self.u;
        let words = self.letters.clean(words, false)?;
        let face = self.letters.face(false);
        let lines = wrapped(&words, self.width - size * 0.5, size, &face);
        for (i, line) in lines.iter().enumerate() {
            let mut ink = Ink::default();
            self.letters.write(&mut ink, line, (0.0, 2.5 * self.u), size, &Style { colour, ..PLAIN });
            self.push(3.3 * self.u, ink, i + 1 < lines.len());
        }
        self.gap(0.5);
        Ok(())
    }

    pub(crate) fn gap(&mut self, units: f64) {
        self.push(units * self.u, Ink::default(), false);
    }

    /// A sample, a name and a figure at the right end.
    pub(crate) fn entry(&mut self, name: &str, figure: &str, draw: &dyn Fn(&mut Ink, &Rect, f64)) -> Result<()> {
        let (u, size) = (self.u, self.size());
        let mut ink = Ink::default();
        let sample = Rect::at(0.3 * u, 0.5 * u, 7.0 * u, 3.5 * u);
        draw(&mut ink, &sample, self.letters.unit);
        let right = self.letters.body.width(figure, size);
        let room = self.width - 9.0 * u - if right > 0.0 { right + 1.5 * u } else { 0.0 };
        let words = self.letters.fit(name, room, size, false)?;
        self.letters.write(&mut ink, &words, (9.0 * u, 3.25 * u), size, &PLAIN);
        let style = Style { anchor: Anchor::End, ..PLAIN };
        self.letters.write(&mut ink, figure, (self.width, 3.25 * u), size, &style);
        self.push(self.line * u, ink, false);
        Ok(())
    }

    /// Samples with their names, side by side.
    pub(crate) fn entries(&mut self, looks: &[(String, Symbol)]) -> Result<()> {
        let (u, size) = (self.u, self.size());
        let mut ink = Ink::default();
        for (i, (name, look)) in looks.iter().enumerate() {
            let x = i as f64 * self.width / 2.0;
            swatch(&mut ink, &Rect::at(x + 0.3 * u, 0.5 * u, 7.0 * u, 3.5 * u), look, self.letters.unit);
            let words = self.letters.fit(name, self.width / 2.0 - 9.5 * u, size, false)?;
            self.letters.write(&mut ink, &words, (x + 9.0 * u, 3.25 * u), size, &PLAIN);
        }
        self.push(self.line * u, ink, false);
        Ok(())
    }

    /// A name and what is filled in; a line to write on where nothing is.
    pub(crate) fn field(&mut self, name: &str, value: &str) -> Result<()> {
        let (u, size) = (self.u, self.size());
        let mut ink = Ink::default();
        self.letters.write(&mut ink, name, (0.0, 3.4 * u), size, &Style { colour: GREY, ..PLAIN });
        let from = self.letters.body.width(name, size).max(5.0 * size) + 1.5 * u;
        let words = self.letters.fit(value, self.width - from, size, false)?;
        if words.is_empty() {
            let y = 4.0 * u;
            ink.line((from, y), (self.width, y), &format!("stroke=\"{GREY}\" stroke-width=\"{}\"", length(0.15 * u)));
        } else {
            self.letters.write(&mut ink, &words, (from, 3.4 * u), size, &PLAIN);
        }
        self.push(self.line * u, ink, false);
        Ok(())
    }

    /// Words in columns: shares of the width, the last ones from the right.
    pub(crate) fn cells(&mut self, cells: &[(&str, f64, Anchor)], bold: bool) -> Result<()> {
        let size = 2.15 * self.u;
        let mut ink = Ink::default();
        let mut x = 0.0;
        for (words, share, anchor) in cells {
            let wide = share * self.width;
            let words = self.letters.fit(words, wide - 0.6 * self.u, size, bold)?;
            let at = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x + wide / 2.0,
                Anchor::End => x + wide,
            };
            let style = Style { anchor: *anchor, bold, ..PLAIN };
            self.letters.write(&mut ink, &words, (at, 2.9 * self.u), size, &style);
            x += wide;
        }
        self.push(3.9 * self.u, ink, bold);
        Ok(())
    }
}

/// The width of one column of a panel.
pub(crate) fn column_width(panel: &Rect, columns: u8, unit: f64) -> f64 {
    let n = f64::from(columns);
    (panel.width() - GUTTER * unit * (n - 1.0)) / n
}

/// Puts rows into columns from the top; the last `foot` rows stand at the bottom of the last column.
/// `None` where they do not fit.
pub(crate) fn flow(rows: &[Row], foot: &[Row], panel: &Rect, columns: u8, unit: f64) -> Option<String> {
    let width = column_width(panel, columns, unit);
    let foot_height: f64 = foot.iter().map(|r| r.height).sum();
    let mut out = Ink::default();
    let put = |out: &mut Ink, row: &Row, column: u8, y: f64| {
        if !row.ink.is_empty() {
            let x = panel.x0 + f64::from(column) * (width + GUTTER * unit);
            out.open(&format!("transform=\"translate({} {})\"", length(x), length(y)));
            out.raw(&row.ink);
            out.close();
        }
    };
    let (mut column, mut y) = (0, panel.y0);
    let end = |column: u8| if column + 1 == columns { panel.y1 - foot_height } else { panel.y1 };
    for (i, row) in rows.iter().enumerate() {
        // rows that hold together go over together, unless they are too many for that
        let held = rows[i..].iter().take_while(|r| r.heads).count();
        let chain: f64 = rows[i..].iter().take(held + 1).map(|r| r.height).sum();
        let wanted = if chain <= panel.height() * 0.5 { chain } else { row.height };
        if y + wanted > end(column) + 1e-6 {
            if row.ink.is_empty() && column + 1 == columns {
                continue;
            }
            column += 1;
            y = panel.y0;
            if column >= columns || y + wanted > end(column) + 1e-6 {
                return None;
            }
        }
        // no white at the head of a column
        if y == panel.y0 && row.ink.is_empty() {
            continue;
        }
        put(&mut out, row, column, y);
        y += row.height;
    }
    let mut y = panel.y1 - foot_height;
    for row in foot {
        put(&mut out, row, columns - 1, y);
        y += row.height;
    }
    Some(out.finish())
}

/// Rows with at most `most` rows of every list, and a row that says how many are left out.
pub(crate) fn shortened(rows: Vec<Row>, most: usize, letters: &Lettering, u: f64) -> (Vec<Row>, usize) {
    let mut out: Vec<Row> = Vec::new();
    let (mut kept, mut more, mut left) = (0, 0, 0);
    let mut iter = rows.into_iter().peekable();
    while let Some(row) = iter.next() {
        let Some(list) = row.list else {
            out.push(row);
            continue;
        };
        if kept < most && row.stands_for == 1 {
            kept += 1;
            out.push(row);
        } else {
            more += row.stands_for;
        }
        if iter.peek().is_some_and(|next| next.list == Some(list)) {
            continue;
        }
        if more > 0 {
            left += more;
            let words = letters.said(&text!("……另有 {more} 行放不下，未列出" | "… {more} more rows found no room"));
            let mut ink = Ink::default();
            letters.write(&mut ink, &words, (0.0, 2.9 * u), 2.15 * u, &Style { colour: GREY, ..PLAIN });
            out.push(Row { height: 3.9 * u, ink: ink.finish(), heads: false, list: None, stands_for: 1 });
        }
        (kept, more) = (0, 0);
    }
    (out, left)
}

/// What is said where nothing helps.
pub(crate) fn no_room() -> SheetError {
    SheetError::NoRoom(text!("图例和说明" | "legend and notes"))
}
