//! `reviews`: the reviews kept in a workspace.

use redline_zoning::Outcome;
use serde::{Deserialize, Serialize};

/// A line of the list of saved reviews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct SavedReview {
    /// Id.
    pub id: String,
    /// Date reviewed for.
    pub date: String,
    /// Outcome.
    pub outcome: Outcome,
    /// Names of the project files.
    pub title: String,
    /// Version of the program that made it.
    pub engine_version: String,
    /// Names of the files kept with it.
    pub files: Vec<String>,
}
