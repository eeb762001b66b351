use serde::{Deserialize, Serialize};
use ts_rs::TS;
/// How something is drawn.
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
