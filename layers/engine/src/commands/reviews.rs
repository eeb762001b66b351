//! `reviews`: the reviews kept in a workspace.

use redline_zoning::Outcome;
use serde::{Deserialize, Serialize};

/// A line of the list of saved reviews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedReview {
    /// Id.
    pub id: String,
    /// Date reviewed for.
    pub date: String,
    /// Outcome.
    pub outcome: Outcome,
    /// Project file names.
    pub files: Vec<String>,
    /// Rule book id and version.
    pub rule_book: String,
}
