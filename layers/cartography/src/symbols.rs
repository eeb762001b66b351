//! The one symbol table: what a zone looks like, in the window and on map sheets.
//!
//! Land use has the survey's colours where it has any; everything else is ours and says so
//! (`official: false`), for no official colours of the control lines were found.

use crate::land_classes;
use redline_wording::Text;
use redline_workspace::AreaGroup;
use redline_zoning::{LayerRole, Outcome, ZoneFacts, subdivision_word};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How something is drawn. Lengths are CSS pixels at a scale of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Symbol {
    /// Fill, `#rrggbb`.
    pub fill: Option<String>,
    /// 0–1.
    pub fill_opacity: f64,
    /// Hatch lines.
    pub hatch: Option<Hatch>,
    /// Outline.
    pub stroke: Option<Stroke>,
    /// Whether an official document gives this colour.
    pub official: bool,
}

/// Hatch lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Hatch {
    /// Direction, degrees from east anticlockwise.
    pub angle_deg: f64,
    /// Crossed by lines at right angles.
    pub cross: bool,
    /// Distance between lines, px.
    pub spacing_px: f64,
    /// Width, px.
    pub width_px: f64,
    /// `#rrggbb`.
    pub colour: String,
}

/// An outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Stroke {
    /// `#rrggbb`.
    pub colour: String,
    /// Width, px.
    pub width_px: f64,
    /// Dash and gap lengths in px; empty: solid.
    pub dash: Vec<f64>,
}

/// Land use is quiet under the lines: this much of its colours' strength.
const LAND_USE_OPACITY: f64 = 0.6;
const RED: &str = "#9b1c1c";
const GREEN: &str = "#1e6b34";
const OCHRE: &str = "#b07d1a";
const VIOLET: &str = "#6a3d9a";
const GREY: &str = "#6b7280";

/// By which attribute a layer's zones are drawn: `class`, `tier`, `code`; empty where all are alike.
pub fn legend_group(role: LayerRole) -> &'static str {
    match role {
        LayerRole::RedLine => "class",
        LayerRole::ControlLine => "tier",
        LayerRole::LandUse => "code",
        LayerRole::Farmland | LayerRole::GrowthBoundary | LayerRole::District => "",
    }
}

/// The key a zone is drawn by, which tiles carry as `k`. Land use has one key a drawing class: codes
/// that are drawn alike share it, and a zone without a known code has that of its great class.
///
/// ```
/// use redline_cartography::key_of;
/// use redline_zoning::{LayerRole, ZoneFacts};
/// let paddy = ZoneFacts { code: Some("0101".into()), ..ZoneFacts::default() };
/// assert_eq!(key_of(LayerRole::LandUse, &paddy), "0101");
/// ```
pub fn key_of(role: LayerRole, facts: &ZoneFacts) -> String {
    key(role, facts.class.as_deref(), facts.tier.as_deref(), facts.code.as_deref()).to_owned()
}

/// The key of the zones that a sum was taken over: see [`key_of`].
pub fn key_of_sums(role: LayerRole, sums: &AreaGroup) -> String {
    key(role, sums.class.as_deref(), sums.tier.as_deref(), sums.code.as_deref()).to_owned()
}

/// [`key_of`] by the attributes themselves.
pub(crate) fn key<'a>(
    role: LayerRole,
    class: Option<&'a str>,
    tier: Option<&'a str>,
    code: Option<&'a str>,
) -> &'a str {
    match role {
        LayerRole::RedLine => class.unwrap_or_default(),
        LayerRole::ControlLine => tier.unwrap_or_default(),
        LayerRole::LandUse => land_classes::key(code, class),
        LayerRole::Farmland | LayerRole::GrowthBoundary | LayerRole::District => "",
    }
}

/// How a zone of `role` with this key is drawn. A key that the table does not know is drawn as the
/// layer's plainest.
///
/// ```
/// use redline_cartography::symbol;
/// use redline_zoning::LayerRole;
/// assert_eq!(symbol(LayerRole::LandUse, "0101").fill.as_deref(), Some("#f8d072"));
/// ```
pub fn symbol(role: LayerRole, key: &str) -> Symbol {
    let plain = Symbol { fill: None, fill_opacity: 0.0, hatch: None, stroke: None, official: false };
    let stroke = |colour: &str, width_px: f64, dash: &[f64]| {
        Some(Stroke { colour: colour.to_owned(), width_px, dash: dash.to_vec() })
    };
    let hatch = |cross: bool, spacing_px: f64, width_px: f64, colour: &str| {
        Some(Hatch { angle_deg: 45.0, cross, spacing_px, width_px, colour: colour.to_owned() })
    };
    match role {
        // the more important class is hatched less densely than the statutory one
        LayerRole::RedLine => {
            let spacing = if key == "important" { 12.0 } else { 8.0 };
            Symbol { hatch: hatch(false, spacing, 1.0, RED), stroke: stroke(RED, 2.0, &[]), ..plain }
        }
        LayerRole::ControlLine => {
            let (tint, dash): (f64, &[f64]) = if key == "1" { (0.15, &[]) } else { (0.07, &[6.0, 4.0]) };
            Symbol { fill: Some(GREEN.to_owned()), fill_opacity: tint, stroke: stroke(GREEN, 1.5, dash), ..plain }
        }
        LayerRole::Farmland => {
            Symbol { hatch: hatch(true, 8.0, 0.75, OCHRE), stroke: stroke(OCHRE, 1.0, &[]), ..plain }
        }
        LayerRole::GrowthBoundary => Symbol { stroke: stroke(VIOLET, 3.0, &[12.0, 4.0, 2.0, 4.0]), ..plain },
        LayerRole::District => Symbol { stroke: stroke(GREY, 1.0, &[]), ..plain },
        LayerRole::LandUse => {
            let (colour, official) = land_classes::colour(key);
            Symbol { fill: Some(colour.to_owned()), fill_opacity: LAND_USE_OPACITY, official, ..plain }
        }
    }
}

/// What a key is called in a legend: 水田, 一级管制区; the layer's own name for the empty key.
pub fn key_name(role: LayerRole, key: &str) -> Text {
    match role {
        LayerRole::LandUse => land_classes::name(key),
        _ => subdivision_word(role, key).unwrap_or_else(|| if key.is_empty() { role.word() } else { Text::same(key) }),
    }
}

/// The colour an outcome has on light ground, `#rrggbb`.
pub fn outcome_colour(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Prohibited => "#b3261e",
        Outcome::Manual => "#6b4fa0",
        Outcome::Conditional => "#a15c00",
        Outcome::Permitted => "#1b7a57",
        Outcome::Clear => "#55606b",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_is_six_hexadecimal_digits() {
        let hex = |c: &str| c.len() == 7 && c.starts_with('#') && c[1..].bytes().all(|b| b.is_ascii_hexdigit());
        for role in LayerRole::ALL {
            for key in land_classes::keys().chain(["", "1", "2", "statutory", "important", "未知"]) {
                let s = symbol(role, key);
                let all = [s.fill, s.hatch.map(|h| h.colour), s.stroke.map(|s| s.colour)];
                assert!(all.iter().flatten().count() > 0, "{role:?} {key} is invisible");
                assert!(all.iter().flatten().all(|c| hex(c)), "{role:?} {key}");
                assert!(!key_name(role, key).zh.is_empty());
            }
        }
    }

    #[test]
    fn tier_two_is_tier_one_dashed() {
        let [one, two] = ["1", "2"].map(|t| symbol(LayerRole::ControlLine, t).stroke);
        assert!(one.as_ref().is_some_and(|s| s.dash.is_empty()));
        assert!(two.as_ref().is_some_and(|s| !s.dash.is_empty()));
        assert_eq!(one.map(|s| s.colour), two.map(|s| s.colour));
    }

    #[test]
    fn a_zone_is_drawn_by_what_its_layer_is_grouped_by() {
        let facts = ZoneFacts {
            class: Some("statutory".into()),
            tier: Some("2".into()),
            code: Some("0202".into()),
            ..ZoneFacts::default()
        };
        assert_eq!(key_of(LayerRole::RedLine, &facts), "statutory");
        assert_eq!(key_of(LayerRole::ControlLine, &facts), "2");
        assert_eq!(key_of(LayerRole::LandUse, &facts), "02");
        assert_eq!(key_of(LayerRole::District, &facts), "");
    }
}
