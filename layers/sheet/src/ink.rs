//! Writing the SVG: millimetres with fixed precision, everything escaped.

use crate::fonts::Face;
use std::fmt::Write;

/// An SVG document in the making. Lengths are millimetres, y down.
#[derive(Default)]
pub(crate) struct Ink {
    out: String,
}

/// Where words stand to their point.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// Words at a place.
pub(crate) struct Words<'a> {
    pub(crate) x: f64,
    /// The baseline.
    pub(crate) y: f64,
    pub(crate) size: f64,
    pub(crate) face: &'a Face,
    pub(crate) colour: &'a str,
    pub(crate) anchor: Anchor,
    /// Degrees clockwise about the point.
    pub(crate) turn: f64,
    /// Width of the white around the letters; 0: none.
    pub(crate) halo: f64,
}

/// A length with at most three decimals and nothing that is not needed: 12.5, -.25, 3.
pub(crate) fn mm(out: &mut String, value: f64) {
    micrometres(out, (value * 1000.0).round() as i64);
}

fn micrometres(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let (whole, part) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    if whole > 0 || part == 0 {
        let _ = write!(out, "{whole}"); // writing to a String cannot fail
    }
    if part > 0 {
        let digits = format!("{part:03}");
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

/// A length as it is written.
pub(crate) fn length(value: f64) -> String {
    let mut out = String::new();
    mm(&mut out, value);
    out
}

/// Appends rings (or open lines) of hundredths of a millimetre to path data, each step relative to the
/// one before: short, and exact because it is counted in whole hundredths.
pub(crate) fn path_data(out: &mut String, lines: &[Vec<(i32, i32)>], close: bool) {
    let step = |out: &mut String, value: i32| micrometres(out, i64::from(value) * 10);
    for line in lines {
        let Some(&(mut x, mut y)) = line.first() else { continue };
        out.push('M');
        step(out, x);
        out.push(' ');
        step(out, y);
        out.push('l');
        let mut first = true;
        for &(nx, ny) in &line[1..] {
            if !first {
                out.push(' ');
            }
            first = false;
            step(out, nx - x);
            let at = out.len();
            step(out, ny - y);
            if !out[at..].starts_with('-') {
                out.insert(at, ' ');
            }
            (x, y) = (nx, ny);
        }
        if first {
            step(out, 0);
            out.push(' ');
            step(out, 0);
        }
        if close {
            out.push('z');
        }
    }
}

fn escape(out: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

impl Ink {
    /// Raw markup of our own; never attribute text.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    /// Opens a group with attributes of our own.
    pub(crate) fn open(&mut self, attributes: &str) {
        let gap = if attributes.is_empty() { "" } else { " " };
        let _ = writeln!(self.out, "<g{gap}{attributes}>");
    }

    /// Closes a group.
    pub(crate) fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    /// A path.
    pub(crate) fn path(&mut self, data: &str, attributes: &str) {
        if !data.is_empty() {
            let _ = writeln!(self.out, "<path d=\"{data}\" {attributes}/>");
        }
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), attributes: &str) {
        let d = format!("M{} {}L{} {}", length(from.0), length(from.1), length(to.0), length(to.1));
        self.path(&d, attributes);
    }

    /// A rectangle.
    pub(crate) fn rect(&mut self, r: &crate::Rect, attributes: &str) {
        let _ = writeln!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {attributes}/>",
            length(r.x0),
            length(r.y0),
            length(r.width()),
            length(r.height())
        );
    }

    /// A circle.
    pub(crate) fn circle(&mut self, x: f64, y: f64, radius: f64, attributes: &str) {
        let _ = writeln!(
            self.out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {attributes}/>",
            length(x),
            length(y),
            length(radius)
        );
    }

    /// Words, escaped.
    pub(crate) fn words(&mut self, words: &str, at: &Words<'_>) {
        if words.is_empty() {
            return;
        }
        let _ = write!(self.out, "<text x=\"{}\" y=\"{}\"", length(at.x), length(at.y));
        let _ = write!(self.out, " font-family=\"'");
        escape(&mut self.out, &at.face.family);
        let _ = write!(self.out, "'\" font-size=\"{}\"", length(at.size));
        if at.face.bold {
            self.out.push_str(" font-weight=\"700\"");
        }
        match at.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        if at.turn != 0.0 {
            let _ = write!(self.out, " transform=\"rotate({} {} {})\"", length(at.turn), length(at.x), length(at.y));
        }
        if at.halo > 0.0 {
            let _ = write!(
                self.out,
                " stroke=\"#fff\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                length(at.halo * 2.0)
            );
        }
        let _ = write!(self.out, " fill=\"{}\">", at.colour);
        escape(&mut self.out, words);
        self.out.push_str("</text>\n");
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_three_decimals_at_most() {
        for (value, written) in
            [(12.5, "12.5"), (-0.25, "-.25"), (0.0, "0"), (-0.0001, "0"), (3.0, "3"), (1.23456, "1.235"), (0.05, ".05")]
        {
            assert_eq!(length(value), written);
        }
    }

    #[test]
    fn path_data_returns_to_where_it_was() {
        let mut out = String::new();
        path_data(&mut out, &[vec![(100, 200), (350, 195), (350, 200)]], true);
        assert_eq!(out, "M1 2l2.5-.05 0 .05z");
    }

    #[test]
    fn attribute_text_never_becomes_markup() {
        let mut out = String::new();
        escape(&mut out, "<script>&\"']]>");
        assert_eq!(out, "&lt;script&gt;&amp;&quot;&#39;]]&gt;");
    }
}
