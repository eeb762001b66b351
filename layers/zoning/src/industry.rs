//! Industry codes of GB/T 4754-2017 国民经济行业分类: a section letter, then a division (2 digits),
//! group (3) and class (4).

/// First and last division of each section, GB/T 4754-2017.
const SECTIONS: [(char, u8, u8); 20] = [
    ('A', 1, 5),
    ('B', 6, 12),
    ('C', 13, 43),
    ('D', 44, 46),
    ('E', 47, 50),
    ('F', 51, 52),
    ('G', 53, 60),
    ('H', 61, 62),
    ('I', 63, 65),
    ('J', 66, 69),
    ('K', 70, 70),
    ('L', 71, 72),
    ('M', 73, 75),
    ('N', 76, 79),
    ('O', 80, 82),
    ('P', 83, 83),
    ('Q', 84, 85),
    ('R', 86, 90),
    ('S', 91, 96),
    ('T', 97, 97),
];

/// Brings an industry code into its one form: section letter and up to four digits (`C26`, `A0313`).
/// Codes written without their letter (`2613`) get the letter of their division. `None` for what is
/// no code: a letter outside A–T, a division of another section, more than four digits.
///
/// ```
/// use redline_zoning::industry_code;
/// assert_eq!(industry_code("c26").as_deref(), Some("C26"));
/// assert_eq!(industry_code("0313").as_deref(), Some("A0313"));
/// assert_eq!(industry_code("A26"), None);
/// ```
pub fn industry_code(words: &str) -> Option<String> {
    let words = words.trim().to_ascii_uppercase();
    let letter = words.chars().next().filter(char::is_ascii_uppercase);
    let digits = if letter.is_some() { words.get(1..)? } else { words.as_str() };
    if digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if digits.len() < 2 {
        // a letter alone is a section; one digit says nothing
        let letter = letter.filter(|l| SECTIONS.iter().any(|s| s.0 == *l) && digits.is_empty())?;
        return Some(letter.to_string());
    }
    let division: u8 = digits.get(..2)?.parse().ok()?;
    let section = SECTIONS.iter().find(|s| (s.1..=s.2).contains(&division))?.0;
    (letter.is_none() || letter == Some(section)).then(|| format!("{section}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_division_belongs_to_exactly_one_section() {
        for division in 1..=97_u8 {
            assert_eq!(SECTIONS.iter().filter(|s| (s.1..=s.2).contains(&division)).count(), 1, "division {division}");
        }
    }

    #[test]
    fn what_is_no_industry_code_is_refused() {
        for words in ["", "U", "C1", "C26111", "工业", "98", "00", "B26", "C 26"] {
            assert_eq!(industry_code(words), None, "{words}");
        }
    }
}
