//! What a font is used for, and which families a template would have for it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a font is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FontRole {
    /// The title on the cover (小标宋).
    Title,
    /// Headings and table heads (黑体).
    Heading,
    /// Running text and tables (仿宋 or 宋体).
    Body,
    /// Hashes and codes.
    Mono,
}

impl FontRole {
    /// Every role, in the order reports list them.
    pub const ALL: [FontRole; 4] = [FontRole::Title, FontRole::Heading, FontRole::Body, FontRole::Mono];

    /// As `fonts.toml` and templates spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            FontRole::Title => "title",
            FontRole::Heading => "heading",
            FontRole::Body => "body",
            FontRole::Mono => "mono",
        }
    }

    /// Its name for people.
    pub fn word(self) -> redline_wording::Text {
        match self {
            FontRole::Title => redline_wording::Text::new("标题", "title"),
            FontRole::Heading => redline_wording::Text::new("小标题与表头", "headings and table heads"),
            FontRole::Body => redline_wording::Text::new("正文与表格", "text and tables"),
            FontRole::Mono => redline_wording::Text::new("编码与哈希值", "codes and hashes"),
        }
    }
}

/// The families wanted for each role, best first: the content of a template's `fonts.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FontWishes {
    /// Families for the title.
    pub title: Vec<String>,
    /// Families for headings.
    pub heading: Vec<String>,
    /// Families for running text.
    pub body: Vec<String>,
    /// Families for codes.
    pub mono: Vec<String>,
}

impl FontWishes {
    /// The families wanted for `role`, best first.
    pub fn of(&self, role: FontRole) -> &[String] {
        match role {
            FontRole::Title => &self.title,
            FontRole::Heading => &self.heading,
            FontRole::Body => &self.body,
            FontRole::Mono => &self.mono,
        }
    }
}

/// Which families a role had in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FontUse {
    /// The role.
    pub role: FontRole,
    /// The installed families, in the order they are tried for every character.
    pub used: Vec<String>,
    /// Families the template would rather have had, and that are not installed.
    pub missing: Vec<String>,
}

/// The families of each role by its name, as templates see them.
pub(crate) fn by_role(uses: &[FontUse]) -> BTreeMap<&'static str, &[String]> {
    uses.iter().map(|font| (font.role.as_str(), font.used.as_slice())).collect()
}
