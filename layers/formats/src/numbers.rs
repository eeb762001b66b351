//! Numbers as people type coordinates and areas: decimal, with thousands commas, in full-width
//! digits, or as degrees, minutes and seconds.

use crate::encoding::half_width;
use crate::raw::{DeclaredArea, DeclaredUnit};

/// Why a text is not a usable coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// It is no number.
    Unreadable,
    /// It says NaN or infinity, or is too large to be finite.
    NotFinite,
}

/// Reads a coordinate: metres, or degrees given as decimals or as degrees, minutes and seconds.
///
/// # Errors
/// [`NumberProblem`] when it is no number or not finite.
///
/// ```
/// use redline_formats::{NumberProblem, coordinate};
/// assert_eq!(coordinate(" 2550000.125m "), Ok(2550000.125));
/// assert_eq!(coordinate("113°30′36″E"), Ok(113.51));
/// assert_eq!(coordinate("113-30-36"), Ok(113.51));
/// assert_eq!(coordinate("NaN"), Err(NumberProblem::NotFinite));
/// assert_eq!(coordinate("J1"), Err(NumberProblem::Unreadable));
/// ```
pub fn coordinate(text: &str) -> Result<f64, NumberProblem> {
    let plain = half_width(text);
    let plain = plain.trim().trim_matches('"').trim();
    let (body, south_or_west) = without_hemisphere(plain);
    let body = body.trim_end_matches(['m', 'M', '米']).trim();
    match decimal(body).or_else(|problem| match problem {
        NumberProblem::Unreadable => sexagesimal(body),
        NumberProblem::NotFinite => Err(problem),
    }) {
        Ok(value) if south_or_west => Ok(-value),
        other => other,
    }
}

fn without_hemisphere(text: &str) -> (&str, bool) {
    for (mark, negative) in [
        ("东经", false),
        ("北纬", false),
        ("西经", true),
        ("南纬", true),
        ("E", false),
        ("N", false),
        ("W", true),
        ("e", false),
        ("n", false),
        ("w", true),
        ("S", true),
    ] {
        if let Some(rest) = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)) {
            let rest = rest.trim().trim_start_matches(':');
            // "nan" and "1e" are not hemispheres
            let digits = !rest.contains(|c: char| c == '#' || c.is_ascii_alphabetic() && !"dmsDMS".contains(c));
            if digits && rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() > 1 {
                return (rest, negative);
            }
        }
    }
    (text, false)
}

/// A decimal number, with or without thousands commas.
pub(crate) fn decimal(text: &str) -> Result<f64, NumberProblem> {
    let lower = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity" | "1.#inf" | "1.#ind" | "1.#qnan" | "#num!") {
        return Err(NumberProblem::NotFinite);
    }
    let joined;
    let digits = if has_thousands_commas(text) {
        joined = text.replace(',', "");
        joined.as_str()
    } else {
        text
    };
    match digits.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(NumberProblem::NotFinite),
        Err(_) => Err(NumberProblem::Unreadable),
    }
}

fn has_thousands_commas(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default().trim_start_matches(['+', '-']);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let mut more = false;
    let regular = groups.all(|g| {
        more = true;
        g.len() == 3 && digits(g)
    });
    more && regular && (1..=3).contains(&first.len()) && digits(first)
}

/// Degrees, minutes and seconds, however they are marked.
fn sexagesimal(text: &str) -> Result<f64, NumberProblem> {
    const MARKS: &[char] = &[
        '°', 'º', '˚', '度', 'd', 'D', '′', '\'', '’', '‘', '分', '″', '"', '”', '“', '秒', 's', 'S', ':', '-', ' ',
        'm', '`',
    ];
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let parts: Vec<&str> = body.split(MARKS).filter(|p| !p.is_empty()).collect();
    if !body.starts_with(|c: char| c.is_ascii_digit())
        || !(2..=3).contains(&parts.len()) && !body.ends_with(['°', 'º', '˚', '度'])
    {
        return Err(NumberProblem::Unreadable);
    }
    let mut total = 0.0;
    let last = parts.len() - 1;
    for (n, part) in parts.iter().enumerate() {
        let usable = part.bytes().all(|b| b.is_ascii_digit() || b == b'.') && (n == last || !part.contains('.'));
        let value: f64 = part.parse().map_err(|_| NumberProblem::Unreadable)?;
        let limit = if n == 0 { 360.0 } else { 60.0 };
        if !usable || value > limit || (n > 0 && value == 60.0) {
            return Err(NumberProblem::Unreadable);
        }
        total += value / [1.0, 60.0, 3600.0].get(n).copied().unwrap_or(f64::INFINITY);
    }
    Ok(if negative { -total } else { total })
}

/// Reads a declared area such as `1.2345公顷`, `12,345.6 平方米` or `18.5`; `None` when it is empty,
/// no number, or negative.
pub(crate) fn declared_area(text: &str) -> Option<DeclaredArea> {
    let plain = half_width(text);
    let plain = plain.trim();
    let end = plain.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '+'))).unwrap_or(plain.len());
    let (digits, words) = plain.split_at(end);
    let number = decimal(digits).ok().filter(|n| *n >= 0.0)?;
    let words = words.trim().to_lowercase();
    let unit = match words.as_str() {
        "" => None,
        "公顷" | "ha" | "hm2" | "hm²" => Some(DeclaredUnit::Hectares),
        "平方米" | "㎡" | "m2" | "m²" | "平米" => Some(DeclaredUnit::SquareMetres),
        "亩" | "mu" => Some(DeclaredUnit::Mu),
        "平方公里" | "平方千米" | "km2" | "km²" | "㎢" => Some(DeclaredUnit::SquareKilometres),
        _ => return None,
    };
    Some(DeclaredArea { number, unit, text: text.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degrees_minutes_and_seconds_are_read_however_they_are_marked() {
        for text in [
            "113°22′41.5″",
            "113°22'41.5\"",
            "113-22-41.5",
            "113:22:41.5",
            "113 22 41.5",
            "113度22分41.5秒",
            "东经113°22′41.5″",
            "113°22′41.5″E",
            "E113°22′41.5″",
            "113d22m41.5s",
        ] {
            let got = coordinate(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert!((got - (113.0 + 22.0 / 60.0 + 41.5 / 3600.0)).abs() < 1e-12, "{text}: {got}");
        }
        assert_eq!(coordinate("23°30′"), Ok(23.5));
        assert_eq!(coordinate("23.5°"), Ok(23.5));
        assert_eq!(coordinate("W12°30′"), Ok(-12.5));
    }

    #[test]
    fn seventy_minutes_and_dates_and_names_are_no_coordinates() {
        for text in ["113°72′41″", "113-22-60", "2018-06-01", "J1", "", "-", "°", "12..5", "1e", "113.5-22-3"] {
            assert_eq!(coordinate(text), Err(NumberProblem::Unreadable), "{text}");
        }
        for text in ["nan", "-inf", "NaN", "1e999", "1.#QNAN"] {
            assert_eq!(coordinate(text), Err(NumberProblem::NotFinite), "{text}");
        }
    }

    #[test]
    fn numbers_with_commas_units_and_full_width_digits_are_read() {
        assert_eq!(coordinate("38,430,000.5"), Ok(38_430_000.5));
        assert_eq!(coordinate("\u{ff12}\u{ff15}50000.5"), Ok(2_550_000.5));
        assert_eq!(coordinate("430000 米"), Ok(430_000.0));
        assert_eq!(coordinate("12,34"), Err(NumberProblem::Unreadable));
    }

    #[test]
    fn a_unit_inside_the_declared_area_is_kept() {
        let area = declared_area("1.2345公顷").unwrap();
        assert_eq!((area.number, area.unit), (1.2345, Some(DeclaredUnit::Hectares)));
        assert_eq!(declared_area("12,345.6").unwrap().unit, None);
        assert_eq!(declared_area("18.5亩").unwrap().number, 18.5);
        assert!(declared_area("").is_none() && declared_area("约5").is_none() && declared_area("-3").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_never_infinite(text in ".{0,40}") {
            if let Ok(value) = coordinate(&text) { prop_assert!(value.is_finite()); }
            if let Some(area) = declared_area(&text) { prop_assert!(area.number.is_finite() && area.number >= 0.0); }
        }

        #[test]
        fn an_angle_written_in_seconds_reads_back(d in 70u32..136, m in 0u32..60, s in 0u32..59_999) {
            let text = format!("{d}°{m:02}′{:06.3}″", f64::from(s) / 1000.0);
            let want = f64::from(d) + f64::from(m) / 60.0 + f64::from(s) / 3.6e6;
            prop_assert!((coordinate(&text).unwrap() - want).abs() < 1e-11);
        }
    }
}
