//! The ledger of a comparison: in, out and net by tier and class, and the plan's goals before and after.

use super::{Comparison, Exchange};
use redline_geometry::Area;
use redline_wording::{Text, text};
use redline_zoning::{LayerRole, Target};
use std::collections::BTreeMap;

/// What a layer and its city measured before the changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Areas {
    /// What the layer is.
    pub role: LayerRole,
    /// The whole layer.
    pub layer: Area,
    /// By class.
    pub classes: BTreeMap<String, Area>,
    /// By tier.
    pub tiers: BTreeMap<String, Area>,
    /// The whole city; `None` where no layer states it. Shares cannot be told then.
    pub city: Option<Area>,
}

/// A goal before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalState {
    /// The goal.
    pub goal: Target,
    /// Area that the goal asks for, ellipsoidal, m²; a goal that states both an area and a share is
    /// held to the area. `None` where it cannot be told.
    pub wanted_m2: Option<f64>,
    /// What was there, ellipsoidal, m².
    pub before_m2: f64,
    /// What is there now, ellipsoidal, m².
    pub after_m2: f64,
}

/// A goal is missed by more than this, m². Plans state square kilometres; zones that were drawn to a goal
/// lie on the overlay grid and miss it by parts of a square metre, which is nobody's decision.
const HELD_WITHIN_M2: f64 = 1.0;

impl GoalState {
    /// Whether it held before, within 1 m²; `None` where it cannot be told.
    pub fn held_before(&self) -> Option<bool> {
        self.wanted_m2.map(|wanted| self.before_m2 + HELD_WITHIN_M2 >= wanted)
    }

    /// Whether it holds now, within 1 m²; `None` where it cannot be told.
    pub fn holds_after(&self) -> Option<bool> {
        self.wanted_m2.map(|wanted| self.after_m2 + HELD_WITHIN_M2 >= wanted)
    }
}

/// The ledger (台账) of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// The whole layer.
    pub layer: Exchange,
    /// By class; `None` where zones have none.
    pub classes: BTreeMap<Option<String>, Exchange>,
    /// By tier; `None` where zones have none.
    pub tiers: BTreeMap<Option<String>, Exchange>,
    /// Said where less comes in than goes out (调入 < 调出) in the layer as a whole.
    pub warning: Option<Text>,
    /// The goals of this layer, in the order given.
    pub goals: Vec<GoalState>,
}

/// Less than this, m², is rounding of the overlay grid and no loss.
const NOISE_M2: f64 = 1e-4;

/// Sets a comparison beside the goals; goals of other layers are passed over.
pub fn ledger(comparison: &Comparison, goals: &[Target], before: &Areas) -> Ledger {
    let sums = &comparison.sums;
    let (gained, lost) = (sums.layer.gained.ellipsoidal_m2, sums.layer.lost.ellipsoidal_m2);
    let warning = (lost - gained > NOISE_M2).then(|| {
        let (gained, lost) = (format!("{gained:.2}"), format!("{lost:.2}"));
        text!(
            "调入 {gained} m² 小于调出 {lost} m²，图层总面积减少；请补划或核对。"
                | "{gained} m² come in and {lost} m² go out: the layer shrinks; add ground or check the changes."
        )
    });
    let state = |goal: &Target| {
        let (was, moved) = match (&goal.class, &goal.tier) {
            (Some(class), _) => (before.classes.get(class), sums.classes.get(&Some(class.clone()))),
            (_, Some(tier)) => (before.tiers.get(tier), sums.tiers.get(&Some(tier.clone()))),
            _ => (Some(&before.layer), Some(&sums.layer)),
        };
        let before_m2 = was.map_or(0.0, |area| area.ellipsoidal_m2);
        let share = || Some(before.city?.ellipsoidal_m2 * goal.percent? / 100.0);
        GoalState {
            goal: goal.clone(),
            wanted_m2: goal.km2.map(|km2| km2 * 1e6).or_else(share),
            before_m2,
            after_m2: before_m2 + moved.map_or(0.0, |e| e.net().ellipsoidal_m2),
        }
    };
    Ledger {
        layer: sums.layer,
        classes: sums.classes.clone(),
        tiers: sums.tiers.clone(),
        warning,
        goals: goals.iter().filter(|goal| goal.role == Some(before.role)).map(state).collect(),
    }
}
