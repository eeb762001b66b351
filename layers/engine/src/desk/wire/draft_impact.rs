//! What a draft does to the reviews kept.

use super::Moved;
use redline_wording::Text;
use redline_zoning::Outcome;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the draft being edited does to the reviews kept in the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct DraftImpact {
    /// Reviews kept.
    pub reviews: u64,
    /// Of these, those that lie away from all ground the draft changes.
    pub away: u64,
    /// Of these, those judged again.
    pub judged_again: u64,
    /// Of these, those that could not be judged again; `troubles` says why.
    pub not_judged: u64,
    /// Plots whose outcome differs, those that end strictest first.
    pub flipped: Vec<Flip>,
    /// Plots whose outcome stays while what they overlap changes.
    pub moved: Vec<Flip>,
    /// Reviews that could not be judged again, or only otherwise than they were made.
    pub troubles: Vec<Text>,
}

/// A plot that comes out otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Flip {
    /// The review's id.
    pub review: String,
    /// Date the review was made for.
    pub date: String,
    /// The project file.
    pub file: String,
    /// The plot, by its name or id.
    pub plot: String,
    /// The outcome as it stands in the record.
    pub recorded: Outcome,
    /// On the draft's base.
    pub before: Outcome,
    /// On the draft.
    pub after: Outcome,
    /// What of the plot the layer covers on the base, ellipsoidal m².
    pub covered_before_m2: f64,
    /// What of the plot the layer covers on the draft, ellipsoidal m².
    pub covered_after_m2: f64,
    /// Clause and reason of the finding that makes the later outcome.
    pub why: Option<Text>,
    /// The ground within the plot that changes hands.
    pub moved: Vec<Moved>,
}
