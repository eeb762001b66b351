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
    /// The new ones; an empty list is a decision too.
    pub goals: Vec<Target>,
}
