//! Outcomes, from strictest to none, and the finding that carries one.

use redline_wording::Text;
use serde::{Deserialize, Serialize};

/// What a review says of a place. Ordered: a greater outcome is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// 不涉及: the layer is loaded, covers the plot, and nothing overlaps.
    Clear,
    /// 允许.
    Permitted,
    /// 有条件.
    Conditional,
    /// 需人工判定.
    Manual,
    /// 禁止.
    Prohibited,
}

impl Outcome {
    /// Reads the word rule books and records use: `prohibited`, `manual`, `conditional`,
    /// `permitted`, `clear`.
    pub fn parse(word: &str) -> Option<Outcome> {
        [Outcome::Clear, Outcome::Permitted, Outcome::Conditional, Outcome::Manual, Outcome::Prohibited]
            .into_iter()
            .find(|outcome| outcome.as_str() == word.trim())
    }

    /// As rule books and records spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Clear => "clear",
            Outcome::Permitted => "permitted",
            Outcome::Conditional => "conditional",
            Outcome::Manual => "manual",
            Outcome::Prohibited => "prohibited",
        }
    }

    /// The strictest of several outcomes; [`Outcome::Clear`] of none.
    pub fn strictest(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
        outcomes.into_iter().max().unwrap_or(Outcome::Clear)
    }

    /// The outcome's word in both languages.
    pub fn word(self) -> Text {
        match self {
            Outcome::Clear => Text::new("不涉及", "Clear"),
            Outcome::Permitted => Text::new("允许", "Permitted"),
            Outcome::Conditional => Text::new("有条件", "Conditional"),
            Outcome::Manual => Text::new("需人工判定", "Manual"),
            Outcome::Prohibited => Text::new("禁止", "Prohibited"),
        }
    }
}

/// One overlap judged by one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Rule id within its book; `no-rule` where the book says nothing of the zone.
    pub rule: String,
    /// Clause, quoted in the law's language.
    pub clause: String,
    /// Citation of the clause.
    pub source: String,
    /// Whether the clause was confirmed against its source.
    pub verified: bool,
    /// What the rule says.
    pub outcome: Outcome,
    /// Why, for the reviewer: names the missing key or the plan's ambiguity for Manual.
    pub reason: Text,
    /// Papers the applicant must attach.
    pub attachments: Vec<String>,
}
