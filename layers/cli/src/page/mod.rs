//! Text for people: colours, wrapping and columns that hold for Chinese and for English.

mod ink;
mod rows;
mod wrap;

pub use ink::{Colours, Ink, badge};
pub use rows::{Cell, Column, Row, Rows};
pub use wrap::{clean, display_width, wrap};

use redline_wording::{Lang, Text};

/// A page being written: what a command prints on standard output.
#[derive(Debug)]
pub struct Page {
    /// Language of every sentence.
    pub lang: Lang,
    /// How wide lines may be, in columns.
    pub width: usize,
    /// Which colours the reader's terminal has.
    pub colours: Colours,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(lang: Lang, width: usize, colours: Colours) -> Page {
        Page { lang, width, colours, text: String::new() }
    }

    /// Everything written.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The wording of `text` on this page.
    pub fn say(&self, text: &Text) -> String {
        text.get(self.lang).to_string()
    }

    /// The wording in this page's language.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// An empty line; never two in a row.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A line as it is: already clean, painted and short enough.
    pub fn raw(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A title over a heavy rule, with something at its right end.
    pub fn title(&mut self, title: &str, right: &str, right_ink: Ink) {
        self.ruled('━', title, right, right_ink);
    }

    /// A heading over a thin rule, with something at its right end.
    pub fn heading(&mut self, title: &str, right: &str, right_ink: Ink) {
        self.ruled('─', title, right, right_ink);
    }

    fn ruled(&mut self, rule: char, title: &str, right: &str, right_ink: Ink) {
        self.gap();
        let room = self.width.saturating_sub(display_width(right) + 1);
        let lines = wrap(&clean(title), room.max(10));
        for (place, line) in lines.iter().enumerate() {
            let painted = self.colours.paint(Ink::Strong, line);
            if place == 0 && !right.is_empty() {
                let pad = " ".repeat(room.saturating_sub(display_width(line)) + 1);
                let right = self.colours.paint(right_ink, right);
                self.raw(&format!("{painted}{pad}{right}"));
            } else {
                self.raw(&painted);
            }
        }
        let rule = rule.to_string().repeat(self.width);
        let rule = self.colours.paint(Ink::Quiet, &rule);
        self.raw(&rule);
    }

    /// A paragraph, wrapped, `indent` columns from the left.
    pub fn paragraph(&mut self, indent: usize, words: &str, ink: Ink) {
        self.hanging(indent, "", words, ink);
    }

    /// A paragraph with a label before it; further lines hang beneath its first word.
    pub fn hanging(&mut self, indent: usize, label: &str, words: &str, ink: Ink) {
        self.hanging_inked(indent, label, Ink::Plain, words, ink);
    }

    /// As [`Page::hanging`], the label in an ink of its own.
    pub fn hanging_inked(&mut self, indent: usize, label: &str, label_ink: Ink, words: &str, ink: Ink) {
        let label = clean(label);
        let start = indent + display_width(&label);
        let lines = wrap(&clean(words), self.width.saturating_sub(start).max(10));
        for (place, line) in lines.iter().enumerate() {
            let painted = self.colours.paint(ink, line);
            if place == 0 {
                let label = self.colours.paint(label_ink, &label);
                self.raw(&format!("{}{label}{painted}", " ".repeat(indent)));
            } else {
                self.raw(&format!("{}{painted}", " ".repeat(start)));
            }
        }
    }

    /// Columns of rows, `indent` columns from the left.
    pub fn rows(&mut self, indent: usize, rows: &Rows) {
        for line in rows.lines(self.width.saturating_sub(indent), self.colours) {
            self.raw(&format!("{}{line}", " ".repeat(indent)));
        }
    }
}

/// A number with its decimals, thousands apart by a space, so that columns line up.
///
/// ```text
/// 119941.517, 2 → 119 941.52
/// ```
pub fn figure(value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    // -0.00 says nothing that 0.00 does not.
    let plain = if plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) { plain } else { plain.replace('-', "") };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_keep_their_decimals() {
        assert_eq!(figure(119_941.516_8, 2), "119 941.52");
        assert_eq!(figure(0.3665, 2), "0.37");
        assert_eq!(figure(-1234.5, 2), "−1 234.50");
        assert_eq!(figure(-0.0001, 2), "0.00");
        assert_eq!(figure(1_000_000.0, 0), "1 000 000");
        assert_eq!(figure(999.0, 0), "999");
    }

    #[test]
    fn a_hanging_paragraph_stays_within_the_page() {
        let mut page = Page::new(Lang::Zh, 40, Colours::None);
        page.hanging(
            2,
            "依据 ",
            "红线内禁止城镇建设、工农业生产和矿产资源开发等改变区域生态系统现状的生产经营活动。",
            Ink::Plain,
        );
        let text = page.into_text();
        assert!(text.lines().count() > 2);
        assert!(text.lines().all(|line| display_width(line) <= 40), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("       ")), "{text}");
    }
}
