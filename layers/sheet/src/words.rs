//! Attribute text on paper: what cannot be written is dropped and said, what is too long is
//! shortened or wrapped.

use crate::fonts::Face;

/// The words without control characters, line ends as spaces; and how many characters were dropped.
pub(crate) fn cleaned(words: &str) -> (String, usize) {
    let mut out = String::with_capacity(words.len());
    let mut dropped = 0;
    for c in words.chars() {
        match c {
            '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            _ if unwritable(c) => dropped += 1,
            _ => out.push(c),
        }
    }
    let out = out.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    (out, dropped)
}

/// Control characters, invisible marks that turn the reading direction, and what XML may not hold.
fn unwritable(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00ad | 0x061c | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb
            | 0xe0000..=0xe0fff)
        || u32::from(c) & 0xfffe == 0xfffe
        || (0xfdd0..=0xfdef).contains(&u32::from(c))
}

/// At most `most` characters, the last an ellipsis where some were left out.
pub(crate) fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut out: String = words.chars().take(most.saturating_sub(1)).collect();
    out.push('…');
    out
}

/// What of the words fits a width, with an ellipsis where not all does.
pub(crate) fn fitted(words: &str, width: f64, size: f64, face: &Face) -> (String, bool) {
    if face.width(words, size) <= width {
        return (words.to_owned(), false);
    }
    let room = width - face.width("…", size);
    let mut out = String::new();
    let mut used = 0.0;
    for c in words.chars() {
        used += face.width(c.encode_utf8(&mut [0; 4]), size);
        if used > room {
            break;
        }
        out.push(c);
    }
    let mut out = out.trim_end().to_owned();
    out.push('…');
    (out, true)
}

/// What never begins a line.
const NOT_FIRST: &str = "、，。；：？！）》】”’〉」』…%‰,.;:?!)]}℃°′″";

/// What never ends a line.
const NOT_LAST: [char; 9] = ['〈', '《', '「', '『', '【', '“', '‘', '（', '('];

/// The words in lines no wider than `width`: Latin words and numbers stay whole, Chinese breaks
/// between any two characters except before closing marks.
pub(crate) fn wrapped(words: &str, width: f64, size: f64, face: &Face) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(words) {
        let wide = face.width(&piece, size);
        let closing = closes(&piece);
        // a closing mark may hang over the edge by its own half-empty square
        let room = if closing { width + size * 0.5 } else { width };
        if used + wide <= room || (line.is_empty() && wide <= width) {
            if !(line.is_empty() && piece == " ") {
                line.push_str(&piece);
                used += wide;
            }
            continue;
        }
        if piece == " " {
            continue;
        }
        if closing && let Some(at) = before_marks(&line) {
            // a closing mark takes the word before it along
            let over = line.split_off(at);
            lines.push(line.trim_end().to_owned());
            line = over + &piece;
            used = face.width(&line, size);
            continue;
        }
        if !line.is_empty() {
            let kept = line.trim_end_matches(NOT_LAST).to_owned();
            // an opening mark goes over to the next line, unless it is all there is
            let over = if kept.trim().is_empty() { String::new() } else { line.split_off(kept.len()) };
            lines.push(line.trim_end().to_owned());
            used = face.width(&over, size);
            line = over;
        }
        if used + wide <= width {
            line.push_str(&piece);
            used += wide;
            continue;
        }
        // a word longer than a line
        for c in piece.chars() {
            let w = face.width(c.encode_utf8(&mut [0; 4]), size);
            if used + w > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(c);
            used += w;
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Whether a piece is a mark that never begins a line.
fn closes(piece: &str) -> bool {
    let mut chars = piece.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if NOT_FIRST.contains(c))
}

/// Where the last word of a line begins, with the closing marks after it; `None` where it is all there is.
fn before_marks(line: &str) -> Option<usize> {
    let mut at = line.len();
    for piece in pieces(line).iter().rev() {
        at -= piece.len();
        if !closes(piece) {
            return Some(at).filter(|at| *at > 0 && piece != " ");
        }
    }
    None
}

/// Words that must not be broken: runs of Latin letters and digits, single Chinese characters, spaces.
fn pieces(words: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut joins = false;
    for c in words.chars() {
        let latin = c != ' ' && (u32::from(c) < 0x2e80);
        match out.last_mut() {
            Some(last) if joins && latin => last.push(c),
            _ => out.push(c.to_string()),
        }
        joins = latin;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Fonts;

    #[test]
    fn control_characters_are_dropped_and_counted() {
        assert_eq!(cleaned("甲\u{0}乙\u{7}\n丙\u{202e}"), ("甲乙 丙".to_owned(), 3));
        assert_eq!(cleaned("  a \t b "), ("a b".to_owned(), 0));
        assert_eq!(cleaned("<b>&\"'"), ("<b>&\"'".to_owned(), 0));
    }

    #[test]
    fn no_line_is_wider_than_its_column_and_no_word_is_lost() {
        let face = Fonts::installed().face("Noto Sans CJK SC", false).unwrap();
        let words = "坐标系：2000国家大地坐标系（CGCS2000），高斯-克吕格投影，中央子午线114°E。https://example.org/a-very-long-address-without-a-break?x=1 end";
        let lines = wrapped(words, 40.0, 2.4, &face);
        assert!(lines.len() > 3);
        for line in &lines {
            assert!(face.width(line, 2.4) <= 41.3, "{line}");
            assert!(!line.starts_with(['，', '。', '）']), "{line}");
        }
        let squeeze = |s: &str| s.replace(' ', "");
        assert_eq!(squeeze(&lines.concat()), squeeze(words));
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        let face = Fonts::installed().face("Noto Sans CJK SC", false).unwrap();
        let words = "坐标系为甲乙\u{ff08}丙丁\u{ff09}。戊己\u{ff0c}中央子午线114°E。\u{201c}庚辛\u{201d}\u{ff09}。";
        for width in 6..40 {
            for line in wrapped(words, f64::from(width) * 1.7, 2.4, &face) {
                assert!(!line.starts_with(|c| NOT_FIRST.contains(c)), "{width}: {line}");
                assert!(!line.ends_with(NOT_LAST), "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_name_of_300_characters_is_shortened_with_an_ellipsis() {
        let face = Fonts::installed().face("Noto Sans CJK SC", false).unwrap();
        let (short, cut) = fitted(&"长".repeat(300), 30.0, 3.0, &face);
        assert!(cut && short.ends_with('…') && face.width(&short, 3.0) <= 30.0);
        assert_eq!(fitted("短", 30.0, 3.0, &face), ("短".to_owned(), false));
    }
}
