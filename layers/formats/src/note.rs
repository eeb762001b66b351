//! Import notes: every repair, guess, skip and doubt about an input.

use redline_wording::Text;
use serde::{Deserialize, Serialize};

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
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

/// Notes that say: what was read may lie somewhere else by more than a boundary is wide. An unstated
/// datum (`datum-assumed`) is not among them: most files state none, and the warning goes with the outcome.
const OF_PLACE: [&str; 5] =
    ["datum-xian80", "datum-beijing54", "datum-shift-unknown", "gcj02-suspected", "crs-stated-twice"];

impl ImportNote {
    /// Whether the note puts the place in doubt: a project is then at least Manual, and a layer that
    /// rules judge is imported only where somebody accepts it.
    pub fn doubts_place(&self) -> bool {
        self.severity >= Severity::Warning && OF_PLACE.contains(&self.code.as_str())
    }

    /// A note about the whole file.
    pub fn new(code: &str, severity: Severity, message: Text) -> ImportNote {
        ImportNote { code: code.to_owned(), severity, message, plot: None, ring: None, point: None, area_m2: None }
    }

    /// For the record.
    pub fn info(code: &str, message: Text) -> ImportNote {
        ImportNote::new(code, Severity::Info, message)
    }

    /// For the reviewer to look at.
    pub fn warning(code: &str, message: Text) -> ImportNote {
        ImportNote::new(code, Severity::Warning, message)
    }

    /// Something could not be used.
    pub fn error(code: &str, message: Text) -> ImportNote {
        ImportNote::new(code, Severity::Error, message)
    }

    /// The same note, about a plot.
    pub fn of_plot(mut self, id: impl Into<String>) -> ImportNote {
        self.plot = Some(id.into());
        self
    }

    /// The same note, about a ring (from 1).
    pub fn of_ring(mut self, ring: usize) -> ImportNote {
        self.ring = Some(ring);
        self
    }

    /// The same note, about a point.
    pub fn of_point(mut self, point: impl Into<String>) -> ImportNote {
        self.point = Some(point.into());
        self
    }

    /// The same note, with the area it concerns or changed, m².
    pub fn of_area(mut self, area_m2: f64) -> ImportNote {
        self.area_m2 = Some(area_m2);
        self
    }
}
