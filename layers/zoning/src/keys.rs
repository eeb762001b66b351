//! The keys that describe a project to the rules.

use redline_wording::Text;
use serde::{Deserialize, Serialize};

/// 建设阶段: new, rebuilt, extended or standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
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

impl Stage {
    /// Every stage, in the order reviewers list them.
    pub const ALL: [Stage; 4] = [Stage::New, Stage::Rebuild, Stage::Extend, Stage::Existing];

    /// Reads `new`, `rebuild`, `extend`, `existing` or the Chinese words (新建, 改建, 扩建, 现有).
    ///
    /// ```
    /// use redline_zoning::Stage;
    /// assert_eq!(Stage::parse("扩建"), Some(Stage::Extend));
    /// assert_eq!(Stage::parse("demolish"), None);
    /// ```
    pub fn parse(words: &str) -> Option<Stage> {
        match words.trim().to_ascii_lowercase().as_str() {
            "new" | "新建" => Some(Stage::New),
            "rebuild" | "改建" => Some(Stage::Rebuild),
            "extend" | "扩建" => Some(Stage::Extend),
            "existing" | "现有" | "已建" | "既有" => Some(Stage::Existing),
            _ => None,
        }
    }

    /// As the command line and rule books spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::New => "new",
            Stage::Rebuild => "rebuild",
            Stage::Extend => "extend",
            Stage::Existing => "existing",
        }
    }

    /// The stage's word in both languages.
    pub fn word(self) -> Text {
        match self {
            Stage::New => Text::new("新建", "new"),
            Stage::Rebuild => Text::new("改建", "rebuilt"),
            Stage::Extend => Text::new("扩建", "extended"),
            Stage::Existing => Text::new("现有", "existing"),
        }
    }
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
