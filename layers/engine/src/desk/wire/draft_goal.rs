//! The plan's area goals.

use redline_wording::Text;
use redline_zoning::LayerRole;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The goals of the open workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Goals {
    /// The goals.
    pub goals: Vec<Goal>,
    /// They were set in this workspace; else they are those its rule book states.
    pub own: bool,
}

/// Replace the goals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SetGoals {
    /// The new ones; an empty list is a decision too.
    pub goals: Vec<Goal>,
}

/// An area that the plan aims at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Goal {
    /// Layer it is about; `null` for the whole city.
    pub role: Option<LayerRole>,
    /// Class.
    pub class: Option<String>,
    /// Tier.
    pub tier: Option<String>,
    /// Area, km².
    pub km2: Option<f64>,
    /// Share of the city, percent.
    pub percent: Option<f64>,
    /// The words that state it.
    pub clause: String,
    /// Citation.
    pub source: String,
    /// What contradicts it within the same plan.
    pub contradiction: Option<Text>,
}
