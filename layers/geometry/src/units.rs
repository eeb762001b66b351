//! Units of area as Chinese papers use them.

use serde::{Deserialize, Serialize};

/// A unit of area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaUnit {
    /// 平方米, m².
    #[default]
    SquareMetres,
    /// 公顷, 10 000 m².
    Hectares,
    /// 亩, 2000/3 m² (15 亩 = 1 公顷).
    Mu,
}

impl AreaUnit {
    /// Every unit, in the order of papers.
    pub const ALL: [AreaUnit; 3] = [AreaUnit::SquareMetres, AreaUnit::Hectares, AreaUnit::Mu];

    /// Converts from square metres; unrounded.
    ///
    /// ```
    /// use redline_geometry::units::AreaUnit;
    /// assert_eq!(AreaUnit::Hectares.from_m2(12_345.0), 1.2345);
    /// assert_eq!(AreaUnit::Mu.from_m2(10_000.0), 15.0);
    /// ```
    #[allow(clippy::wrong_self_convention)]
    pub fn from_m2(self, m2: f64) -> f64 {
        match self {
            AreaUnit::SquareMetres => m2,
            AreaUnit::Hectares => m2 / 10_000.0,
            AreaUnit::Mu => m2 * 3.0 / 2000.0,
        }
    }

    /// Decimals that reports print: m² 2, hectares 4, mu 4.
    pub fn usual_decimals(self) -> u32 {
        match self {
            AreaUnit::SquareMetres => 2,
            AreaUnit::Hectares | AreaUnit::Mu => 4,
        }
    }

    /// The unit's name in both languages.
    pub fn name(self) -> redline_wording::Text {
        match self {
            AreaUnit::SquareMetres => redline_wording::Text::new("平方米", "m²"),
            AreaUnit::Hectares => redline_wording::Text::new("公顷", "ha"),
            AreaUnit::Mu => redline_wording::Text::new("亩", "mu"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_mu_make_a_hectare() {
        assert_eq!(AreaUnit::ALL.map(|unit| unit.from_m2(10_000.0)), [10_000.0, 1.0, 15.0]);
    }
}
