//! The keys that describe a project to the rules.

use serde::{Deserialize, Serialize};

/// 建设阶段: new, rebuilt, extended or standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 新建.
    New,
    /// 改建.
    Rebuild,
    /// 扩建.
    Extend,
    /// 现有.
    Existing,
}

/// What an opinion polygon says of one overlap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpinionFact {
    /// `limited-activity` (认定意见) or `unavoidability` (不可避让论证意见).
    pub kind: String,
    /// Whether the whole overlap lies inside the opinion's polygon.
    pub covers: bool,
}

/// The keys of one plot. `None` is unknown: a rule that needs it yields Manual, never a guess.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProjectKeys {
    /// Activity code of the registry (see `activities`). National major projects are an activity.
    pub activity: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// Industry, GB/T 4754-2017 (`C`, `C26`, `A03` …).
    pub industry: Option<String>,
    /// Opinions given; empty when none was.
    pub opinions: Vec<OpinionFact>,
}
