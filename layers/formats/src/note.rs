//! Import notes: every repair, guess, skip and doubt about an input.

use redline_wording::Text;
use serde::{Deserialize, Serialize};

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For the record.
    Info,
    /// A reviewer should look.
    Warning,
    /// The plot or feature could not be used.
    Error,
}

/// One note (导入说明).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportNote {
    /// Stable kebab-case code: `swapped-axes`, `self-crossing`, `declared-area-differs` …
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub message: Text,
    /// Plot id, where it concerns one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plot: Option<String>,
    /// Ring as the source names or counts it, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ring: Option<usize>,
    /// Point as the source names it (`J12`) or its count from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// Area it concerns or changed, m², planar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<f64>,
}
