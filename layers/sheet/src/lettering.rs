//! The sheet's type: its faces and sizes, and what had to be said of the words.

use crate::description::SheetDescription;
use crate::error::Remark;
use crate::fonts::{Face, Fonts};
use crate::ink::{Anchor, Ink, Words};
use crate::words::{cleaned, fitted};
use crate::{Result, SheetError};
use redline_wording::{Lang, Text, text};
use std::sync::Arc;

/// Near-black of words and outlines.
pub(crate) const BLACK: &str = "#1a1a1a";
/// Quieter words.
pub(crate) const GREY: &str = "#4b5563";

/// Faces, language, and the remarks gathered while writing.
pub(crate) struct Lettering {
    pub(crate) body: Arc<Face>,
    pub(crate) head: Arc<Face>,
    pub(crate) lang: Lang,
    /// A millimetre of A4 type on this sheet.
    pub(crate) unit: f64,
    pub(crate) remarks: Vec<Remark>,
    dropped: usize,
    cut: usize,
}

impl Lettering {
    pub(crate) fn of(description: &SheetDescription, fonts: &Fonts) -> Result<Lettering> {
        Ok(Lettering {
            body: fonts.face(&description.fonts.body, false)?,
            head: fonts.face(&description.fonts.title, true)?,
            lang: description.language,
            unit: description.type_scale,
            remarks: Vec::new(),
            dropped: 0,
            cut: 0,
        })
    }

    pub(crate) fn face(&self, bold: bool) -> Arc<Face> {
        if bold { self.head.clone() } else { self.body.clone() }
    }

    /// Our own sentence in the sheet's language.
    pub(crate) fn said(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    /// Words that may be written: without control characters, every character in the font.
    pub(crate) fn clean(&mut self, words: &str, bold: bool) -> Result<String> {
        let (words, dropped) = cleaned(words);
        self.dropped += dropped;
        self.face(bold).check(&words)?;
        Ok(words)
    }

    /// Clean words that fit a width, counted where they were shortened.
    pub(crate) fn fit(&mut self, words: &str, width: f64, size: f64, bold: bool) -> Result<String> {
        let words = self.clean(words, bold)?;
        let (words, cut) = fitted(&words, width, size, &self.face(bold));
        self.cut += usize::from(cut);
        Ok(words)
    }

    pub(crate) fn remark(&mut self, code: &'static str, text: Text) {
        self.remarks.push(Remark { code, text });
    }

    /// Writes clean words.
    pub(crate) fn write(&self, ink: &mut Ink, words: &str, at: (f64, f64), size: f64, style: &Style) {
        let face = self.face(style.bold);
        ink.words(
            words,
            &Words {
                x: at.0,
                y: at.1,
                size,
                face: &face,
                colour: style.colour,
                anchor: style.anchor,
                turn: style.turn,
                halo: style.halo,
            },
        );
    }

    /// How many characters were dropped and words shortened until now.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.dropped, self.cut)
    }

    /// Goes back to an earlier count.
    pub(crate) fn recount(&mut self, counts: (usize, usize)) {
        (self.dropped, self.cut) = counts;
    }

    /// The remarks, with those on words.
    pub(crate) fn remarks(mut self) -> Vec<Remark> {
        let (dropped, cut) = (self.dropped, self.cut);
        if dropped > 0 {
            self.remark(
                "characters-dropped",
                text!(
                    "文字中有 {dropped} 个不可书写的控制字符，已略去。"
                        | "Control characters that cannot be written, left out: {dropped}."
                ),
            );
        }
        if cut > 0 {
            self.remark(
                "words-shortened",
                text!("{cut} 处文字过长，图上以“…”缩略。" | "Texts too long for their place, ending in “…”: {cut}."),
            );
        }
        self.remarks
    }
}

/// How words stand and look.
#[derive(Clone, Copy)]
pub(crate) struct Style<'a> {
    pub(crate) colour: &'a str,
    pub(crate) anchor: Anchor,
    pub(crate) bold: bool,
    pub(crate) turn: f64,
    pub(crate) halo: f64,
}

/// Plain words from their left end.
pub(crate) const PLAIN: Style<'static> =
    Style { colour: BLACK, anchor: Anchor::Start, bold: false, turn: 0.0, halo: 0.0 };

/// What no sheet can be drawn of.
pub(crate) fn checked(description: &SheetDescription) -> Result<()> {
    description.check().map_err(|(key, cause)| SheetError::Description {
        file: description.preset.clone(),
        line: None,
        cause: Text::new(format!("{key}:{}", cause.zh), format!("{key}: {}", cause.en)),
    })
}
