//! What single cells say: titles, coordinates, ring numbers.

use crate::numbers::{NumberProblem, coordinate};
use crate::raw::CrsHint;
use crate::{Crs, Datum, FormatError};
use redline_wording::Text;

/// What a title says of the CRS: a datum's name or an EPSG code.
pub(super) fn titles(row: &[String], place: &Text, hints: &mut Vec<CrsHint>) {
    for words in row.iter().filter(|c| !c.is_empty()) {
        let short: String = words.chars().take(60).collect();
        let by = Text { zh: format!("{}“{short}”", place.zh), en: format!("{} \"{short}\"", place.en) };
        let upper = crate::encoding::half_width(words).to_uppercase();
        if let Some((_, rest)) = upper.split_once("EPSG:") {
            let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
            hints.push(match Crs::parse(&digits) {
                Ok(crs) => CrsHint::Declared { crs, by },
                Err(_) => CrsHint::Unsupported { name: format!("EPSG:{digits}"), by },
            });
        } else if let Some(datum) = Datum::from_name(&upper) {
            hints.push(CrsHint::Datum { datum, by });
        }
    }
}

/// One coordinate.
///
/// # Errors
/// `non-finite`, `point-unreadable`, naming file, place and cell.
pub(super) fn number_in(words: &str, place: &Text, file: &str) -> Result<f64, FormatError> {
    let shown: String = words.chars().take(40).collect();
    coordinate(words).map_err(|problem| match problem {
        NumberProblem::NotFinite => FormatError::new(
            "non-finite",
            Text {
                zh: format!("“{file}”{}的坐标“{shown}”不是有限的数。请改正这一行。", place.zh),
                en: format!(
                    "\"{file}\": the coordinate \"{shown}\" on {} is not a finite number. Correct that row.",
                    place.en
                ),
            },
        ),
        NumberProblem::Unreadable => FormatError::new(
            "point-unreadable",
            Text {
                zh: format!("“{file}”{}的坐标“{shown}”无法识别。请改正这一行。", place.zh),
                en: format!("\"{file}\": the coordinate \"{shown}\" on {} cannot be read. Correct that row.", place.en),
            },
        ),
    })
}

/// The number of a ring (圈号).
///
/// # Errors
/// `point-unreadable`.
pub(super) fn ring_number(label: &str, place: &Text, file: &str) -> Result<usize, FormatError> {
    // spreadsheets write whole numbers as 1 or 1.0
    match label.trim_end_matches(".0").parse::<usize>() {
        Ok(ring) => Ok(ring),
        Err(_) => {
            let shown: String = label.chars().take(40).collect();
            Err(FormatError::new(
                "point-unreadable",
                Text {
                    zh: format!("“{file}”{}的圈号“{shown}”不是整数。请改正这一行。", place.zh),
                    en: format!(
                        "\"{file}\": the ring number \"{shown}\" on {} is not a whole number. Correct that row.",
                        place.en
                    ),
                },
            ))
        }
    }
}
