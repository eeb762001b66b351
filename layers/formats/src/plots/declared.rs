//! The declared area against the computed one.
//!
//! The norm says hectares, people write square metres or mu; the unit is therefore inferred from
//! the geometry, and the note says so.

use crate::ImportNote;
use crate::raw::{DeclaredArea, DeclaredUnit, FileFormat};
use redline_geometry::Area;
use redline_wording::{Text, text};

const UNITS: [DeclaredUnit; 4] =
    [DeclaredUnit::SquareMetres, DeclaredUnit::Hectares, DeclaredUnit::Mu, DeclaredUnit::SquareKilometres];

impl DeclaredUnit {
    /// Square metres in one.
    pub fn in_m2(self) -> f64 {
        match self {
            DeclaredUnit::SquareMetres => 1.0,
            DeclaredUnit::Hectares => 10_000.0,
            DeclaredUnit::Mu => 2000.0 / 3.0,
            DeclaredUnit::SquareKilometres => 1e6,
        }
    }

    /// Its name.
    pub fn name(self) -> Text {
        match self {
            DeclaredUnit::SquareMetres => Text::new("平方米", "m²"),
            DeclaredUnit::Hectares => Text::new("公顷", "ha"),
            DeclaredUnit::Mu => Text::new("亩", "mu"),
            DeclaredUnit::SquareKilometres => Text::new("平方公里", "km²"),
        }
    }
}

/// The declared area in m², with notes on unit and difference; `None` when no unit makes sense of it.
pub(super) fn compare(
    declared: &DeclaredArea,
    area: Area,
    format: FileFormat,
    plot: &str,
    notes: &mut Vec<ImportNote>,
) -> Option<f64> {
    if declared.number == 0.0 || area.planar_m2 <= 0.0 {
        return None;
    }
    let shown = &declared.text;
    let (ellipsoidal, planar) = (area.ellipsoidal_m2, area.planar_m2);
    let ratio = |unit: DeclaredUnit| declared.number * unit.in_m2() / ellipsoidal;
    let unit = match declared.unit {
        Some(unit) => unit,
        None => {
            // units lie a factor of 15 or more apart, so within a factor of 2 only one can fit
            let Some(unit) = UNITS.into_iter().find(|u| (0.5..=2.0).contains(&ratio(*u))) else {
                notes.push(
                    ImportNote::warning(
                        "declared-area-differs",
                        text!(
                            "注明面积“{shown}”无论按平方米、公顷、亩还是平方公里都与图形面积不符（椭球 {ellipsoidal:.2}、平面 {planar:.2} 平方米）。"
                            | "The declared area \"{shown}\" fits the shape in no unit: m², ha, mu or km² (ellipsoidal {ellipsoidal:.2}, planar {planar:.2} m²)."
                        ),
                    )
                    .of_plot(plot),
                );
                return None;
            };
            let (name, ratio) = (unit.name(), ratio(unit));
            let by_norm = format == FileFormat::BoundaryTxt && unit == DeclaredUnit::Hectares;
            let against_norm = format == FileFormat::BoundaryTxt && !by_norm;
            let mut message = Text {
                zh: format!("注明面积“{shown}”没有单位，与图形面积相比应为{}（注明/图形 = {ratio:.4}）", name.zh),
                en: format!(
                    "The declared area \"{shown}\" has no unit; against the shape it is in {} (declared/shape = {ratio:.4})",
                    name.en
                ),
            };
            if against_norm {
                message.zh.push_str("，而标准要求公顷");
                message.en.push_str(", while the norm asks for hectares");
            }
            message.zh.push('。');
            message.en.push('.');
            let note = if against_norm {
                ImportNote::warning("declared-area-unit", message)
            } else {
                ImportNote::info("declared-area-unit", message)
            };
            notes.push(note.of_plot(plot));
            unit
        }
    };
    let m2 = declared.number * unit.in_m2();
    let off = (m2 - ellipsoidal).abs().min((m2 - planar).abs());
    // what rounding explains: half of the last decimal written, and a ten-thousandth
    let rounding = 0.5 * 10f64.powi(-decimals(shown)) * unit.in_m2();
    if off > rounding + 1e-4 * ellipsoidal {
        notes.push(
            ImportNote::warning(
                "declared-area-differs",
                text!(
                    "注明面积 {m2:.2} 平方米，图形面积椭球 {ellipsoidal:.2}、平面 {planar:.2} 平方米，至少相差 {off:.2} 平方米。"
                    | "Declared {m2:.2} m²; the shape has {ellipsoidal:.2} m² ellipsoidal, {planar:.2} m² planar; at least {off:.2} m² apart."
                ),
            )
            .of_plot(plot)
            .of_area(off),
        );
    }
    Some(m2)
}

/// Decimals written in a number.
fn decimals(text: &str) -> i32 {
    let plain = crate::encoding::half_width(text);
    let Some((_, after)) = plain.split_once('.') else { return 0 };
    after.chars().take_while(char::is_ascii_digit).take(12).count() as i32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::numbers::declared_area;

    fn compared(text: &str, m2: f64) -> (Option<f64>, Vec<String>) {
        let mut notes = Vec::new();
        let area = Area { ellipsoidal_m2: m2 * 0.9995, planar_m2: m2 };
        let got = compare(&declared_area(text).unwrap(), area, FileFormat::BoundaryTxt, "A", &mut notes);
        (got, notes.into_iter().map(|n| format!("{}:{:?}", n.code, n.severity)).collect())
    }

    #[test]
    fn the_unit_is_inferred_from_the_shape_and_said() {
        assert_eq!(compared("1.0000", 10_000.0), (Some(10_000.0), vec!["declared-area-unit:Info".into()]));
        assert_eq!(compared("10000.0", 10_000.0), (Some(10_000.0), vec!["declared-area-unit:Warning".into()]));
        assert_eq!(compared("15.000", 10_000.0), (Some(10_000.0), vec!["declared-area-unit:Warning".into()]));
    }

    #[test]
    fn a_unit_that_is_written_is_believed_and_the_difference_named() {
        assert_eq!(compared("1公顷", 10_000.0), (Some(10_000.0), vec![]));
        assert_eq!(compared("1.2000公顷", 10_000.0), (Some(12_000.0), vec!["declared-area-differs:Warning".into()]));
        assert_eq!(compared("1.5公顷", 1000.0).1, vec!["declared-area-differs:Warning"]);
    }

    #[test]
    fn an_area_that_fits_no_unit_is_not_used() {
        assert_eq!(compared("77", 10_000.0), (None, vec!["declared-area-differs:Warning".into()]));
    }
}
