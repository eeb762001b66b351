//! Breaking lines as Chinese and English are set: anywhere between ideographs but never before a
//! closing mark or after an opening one, at spaces otherwise, inside a word only when it must.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks that never begin a line.
const NO_START: &str = "，。、；：？！）】》〉」』”’…—·%℃,.;:!?)]}";
/// Marks that never end a line.
const NO_END: &str = "（【《〈「『“‘([{";

/// Columns that `text` takes on a terminal.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// Text from a file made harmless: no escape sequence, no line break, nothing that turns the
/// writing direction. What is taken out is shown as `�`.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// `text` in lines of at most `width` columns; at least one line, possibly empty.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if display_width(&line) + display_width(piece.trim_end()) <= width {
            line.push_str(piece);
            continue;
        }
        if !line.is_empty() {
            lines.push(line.trim_end().to_string());
            line = String::new();
        }
        let mut rest = piece.trim_start();
        while display_width(rest.trim_end()) > width {
            let cut = fitting(rest, width);
            lines.push(rest[..cut].to_string());
            rest = &rest[cut..];
        }
        line.push_str(rest);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// Bytes of `text` that fit `width` columns; at least one character.
fn fitting(text: &str, width: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && at > 0 {
            return at;
        }
    }
    text.len()
}

/// Pieces that stay together, spaces at their ends.
fn pieces(text: &str) -> Vec<&str> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    for pair in characters.windows(2) {
        let (before, (at, after)) = (pair[0].1, pair[1]);
        if may_break(before, after, text[..at].chars().rev().nth(1)) {
            pieces.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn may_break(before: char, after: char, two_before: Option<char>) -> bool {
    if after == ' ' {
        return false;
    }
    if before == ' ' {
        // 119 941.52 is one number.
        return !(two_before.is_some_and(|c| c.is_ascii_digit()) && after.is_ascii_digit());
    }
    if NO_START.contains(after) || NO_END.contains(before) {
        return false;
    }
    wide(before) || wide(after)
}

fn wide(c: char) -> bool {
    c.width() == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_but_before_a_closing_mark() {
        assert_eq!(wrap("红线内禁止建设。", 6), ["红线内", "禁止建", "设。"]);
        assert_eq!(wrap("红线内禁止，建设", 10), ["红线内禁", "止，建设"]);
        assert_eq!(wrap("见（附件）", 4), ["见", "（附", "件）"]);
    }

    #[test]
    fn english_breaks_at_spaces_and_a_word_too_long_is_cut() {
        assert_eq!(wrap("a plot inside the line", 10), ["a plot", "inside the", "line"]);
        assert_eq!(wrap("3fa8c13fa8c1 x", 5), ["3fa8c", "13fa8", "c1 x"]);
    }

    #[test]
    fn a_grouped_number_stays_on_one_line() {
        assert_eq!(wrap("area 119 941.52 m²", 11), ["area", "119 941.52", "m²"]);
    }

    #[test]
    fn an_escape_sequence_in_a_plot_name_cannot_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\r\nc\u{202e}"), "a\u{fffd}[2Jb  c\u{fffd}");
    }

    #[test]
    fn nothing_is_one_empty_line() {
        assert_eq!(wrap("", 10), [""]);
    }
}
