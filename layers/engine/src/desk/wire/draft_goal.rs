//! The plan's area goals.

use redline_zoning::Target;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The goals of the open workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Goals {
    /// The goals.
    pub goals: Vec<Target>,
    /// They were set in this workspace; else they are those its rule book states.
    pub own: bool,
}

/// Replace the goals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SetGoals {
    /// The new ones; an empty list is a decision too. `null`: those of the rule book again.
    pub goals: Option<Vec<Target>>,
}

/// How the red line lies to the control line, as the workspace states it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Relation {
    /// The red line must lie within tier 1: an edit that breaks it is refused. Else it is noted.
    pub binding: bool,
}
