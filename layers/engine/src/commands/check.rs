//! `check`: project files against the zones of a workspace, judged by a rule book.

use crate::review::Review;
use redline_formats::Axes;
use redline_zoning::Stage;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// An opinion file (认定意见, 不可避让论证意见).
#[derive(Clone, Debug, PartialEq)]
pub struct OpinionFile {
    /// Where it is.
    pub path: PathBuf,
    /// `limited-activity` or `unavoidability`; `None` takes the kind the activity calls for.
    pub kind: Option<String>,
}

/// What to check, against what, with which keys.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// Project files, folders or ZIPs.
    pub files: Vec<PathBuf>,
    /// The workspace.
    pub workspace: PathBuf,
    /// Activity code.
    pub activity: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// GB/T 4754 industry.
    pub industry: Option<String>,
    /// Built-in rule book id or path of a TOML book; `None` takes the workspace's default.
    pub rules: Option<String>,
    /// The date the review is made for.
    pub date: jiff::civil::Date,
    /// Opinions.
    pub opinions: Vec<OpinionFile>,
    /// Review against the layers as they stood on this day.
    pub layers_as_of: Option<jiff::civil::Date>,
    /// `EPSG:N`: overrides the evidence.
    pub crs: Option<String>,
    /// Which number is the easting: overrules the evidence.
    pub axes: Option<Axes>,
    /// Full width in metres that makes a footprint of a line.
    pub width_m: Option<f64>,
    /// Sliver limit, m²; `None` takes the workspace's setting.
    pub sliver_m2: Option<f64>,
    /// Lead unit of tables (`m2`, `ha`, `mu`); `None` takes the workspace's setting.
    pub units: Option<String>,
    /// The project states that it asks for no land inside the red line (a tunnel, a bridge's span,
    /// an overhead line).
    pub no_land: bool,
    /// A table of plot, activity, stage, industry.
    pub activities: Option<PathBuf>,
    /// Warnings about project files that a person looked at and accepts, for the record.
    pub accepted: BTreeSet<AcceptedNote>,
    /// Keep the review and its input files in the workspace.
    pub save: bool,
}

/// A warning that a person accepts, told by its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct AcceptedNote {
    /// File name, as the review shows it.
    pub file: String,
    /// The note's code.
    pub code: String,
    /// Its plot.
    pub plot: Option<String>,
    /// Its ring, from 1.
    pub ring: Option<usize>,
}

/// A review made, and where it was kept.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The review.
    pub review: Review,
    /// Set when it was saved.
    pub saved: Option<Saved>,
}

/// A review kept in the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// The very same review was there already; nothing was added.
    pub already: bool,
    /// Input files too large to keep; of these only name, size and hash were kept.
    pub left_out: Vec<String>,
}

impl Checked {
    /// The exit code of the contract: 2 when a file could not be used, 1 when any plot is neither
    /// clear nor permitted, else 0.
    pub fn exit_code(&self) -> u8 {
        use redline_zoning::Outcome;
        if self.review.projects.iter().any(|p| p.error.is_some()) {
            2
        } else if self.review.outcome > Outcome::Permitted {
            1
        } else {
            0
        }
    }
}
