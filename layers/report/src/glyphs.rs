//! Characters that no named font can print. They are an error that names them: never boxes.

use crate::error::ReportError;
use redline_wording::text;
use std::collections::BTreeMap;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// The first missing characters of `document`, as an error; `None` where every one is printed.
pub(crate) fn missing(document: &PagedDocument) -> Option<ReportError> {
    let mut found: BTreeMap<char, (String, String, usize)> = BTreeMap::new();
    for (page, frame) in document.pages().iter().map(|page| &page.frame).enumerate() {
        search(frame, page + 1, &mut found);
    }
    let (first, (context, font, page)) = found.iter().next()?;
    let code = *first as u32;
    let more = found.len() - 1;
    let others: String =
        found.keys().skip(1).take(20).map(|letter| format!("{letter} (U+{:04X}) ", *letter as u32)).collect();
    let others = if more == 0 { String::new() } else { format!(" [{}]", others.trim_end()) };
    Some(ReportError::new(
        "glyph-missing",
        text!(
            "字体 {font} 中没有字符“{first}”（U+{code:04X}），见第 {page} 页“{context}”；另有 {more} 个字符缺字形{others}。请在模板的 fonts.toml 中为该用途再列一种含此字符的字体，或更正属性文字。"
                | "The font {font} has no character \"{first}\" (U+{code:04X}), on page {page} in \"{context}\"; {more} more characters are missing{others}. List one more font that has it in the template's fonts.toml, or correct the attribute text."
        ),
    ))
}

fn search(frame: &Frame, page: usize, found: &mut BTreeMap<char, (String, String, usize)>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => search(&group.frame, page, found),
            FrameItem::Text(words) => {
                for glyph in words.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    for letter in words.text.get(glyph.range()).unwrap_or_default().chars() {
                        found.entry(letter).or_insert_with(|| {
                            let context: String = words.text.chars().take(40).collect();
                            (context, words.font.info().family.clone(), page)
                        });
                    }
                }
            }
            _ => {}
        }
    }
}
