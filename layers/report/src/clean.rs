//! Control characters in attribute text: no paper can print them, so they are left out, and counted.

use serde_json::Value;

/// Drops what cannot be printed from every string of `value`; returns how many characters that were.
pub(crate) fn strings(value: &mut Value) -> usize {
    match value {
        Value::String(words) => {
            let (clean, dropped) = text(words);
            if clean != *words {
                *words = clean;
            }
            dropped
        }
        Value::Array(items) => items.iter_mut().map(strings).sum(),
        Value::Object(fields) => fields.values_mut().map(strings).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// `words` without characters that control rather than print, and how many those were. A line break
/// or a tab becomes a space.
pub(crate) fn text(words: &str) -> (String, usize) {
    let mut dropped = 0;
    let mut clean = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\n' | '\t' | '\r' => clean.push(' '),
            _ if unprintable(letter) => dropped += 1,
            _ => clean.push(letter),
        }
    }
    (clean, dropped)
}

/// Controls, marks that reverse or hide what follows, noncharacters (XML refuses U+FFFE and U+FFFF).
fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        || (letter as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_left_out_and_counted_wherever_it_stands() {
        let mut value = serde_json::json!({"a": ["甲\u{7}乙", {"b": "x\u{202e}y\u{0}"}], "c": 1, "d": "一\n二"});
        assert_eq!(strings(&mut value), 3);
        assert_eq!(value, serde_json::json!({"a": ["甲乙", {"b": "xy"}], "c": 1, "d": "一 二"}));
    }
}
