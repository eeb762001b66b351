//! The fields of a book's TOML, as written. Unknown fields are refused.

use crate::Activity;
use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use std::fmt;
use toml::Spanned;

/// One string or a list of them, with their places; the second field is the first word, for errors
/// about the whole. Never empty: an empty list would never match.
#[derive(Clone, Debug)]
pub(super) struct Words(pub Vec<Spanned<String>>, pub Spanned<String>);

impl Words {
    pub fn plain(&self) -> Vec<String> {
        self.0.iter().map(|word| word.get_ref().clone()).collect()
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Words, D::Error> {
        let whole = Spanned::<OneOrMany>::deserialize(from)?;
        let span = whole.span();
        let words = match whole.into_inner() {
            OneOrMany::One(word) => vec![Spanned::new(span, word)],
            OneOrMany::Many(words) => words,
        };
        let first =
            words.first().cloned().ok_or_else(|| de::Error::custom("the list is empty: it would never match"))?;
        Ok(Words(words, first))
    }
}

enum OneOrMany {
    One(String),
    Many(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<OneOrMany, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(word.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = list.next_element()? {
                    words.push(word);
                }
                Ok(OneOrMany::Many(words))
            }
        }
        from.deserialize_any(Seen)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBook {
    pub id: Spanned<String>,
    pub title: Spanned<String>,
    pub version: Spanned<String>,
    pub valid_from: Spanned<toml::Value>,
    pub valid_to: Option<Spanned<toml::Value>>,
    pub overlap_note: Option<String>,
    pub overlap_note_en: Option<String>,
    #[serde(default)]
    pub sources: Vec<RawSource>,
    #[serde(default)]
    pub activities: Vec<Spanned<Activity>>,
    #[serde(default)]
    pub rules: Vec<RawRule>,
    #[serde(default)]
    pub targets: Vec<RawTarget>,
    #[serde(default)]
    pub cases: Vec<RawCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub id: Spanned<String>,
    pub title: String,
    pub number: Option<String>,
    pub date: Option<Spanned<toml::Value>>,
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub id: Spanned<String>,
    pub zone: RawZone,
    pub project: Option<RawProject>,
    pub outcome: Spanned<String>,
    pub clause: Spanned<String>,
    pub source: Spanned<String>,
    pub article: Option<String>,
    pub reason: Spanned<String>,
    pub reason_en: Option<String>,
    #[serde(default)]
    pub attachments: Vec<String>,
    pub verified: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawZone {
    pub role: Words,
    #[serde(rename = "where")]
    pub place: Option<Spanned<String>>,
    pub class: Option<Words>,
    pub tier: Option<Words>,
    pub kind: Option<Words>,
    pub except_kind: Option<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProject {
    pub activities: Option<Words>,
    pub except: Option<Words>,
    pub stage: Option<Words>,
    pub industry: Option<Words>,
    pub major: Option<bool>,
    pub opinion: Option<Spanned<String>>,
    pub opinion_is: Option<Words>,
    #[serde(default)]
    pub any: Vec<Spanned<RawProject>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTarget {
    pub role: Option<Spanned<String>>,
    pub class: Option<String>,
    pub tier: Option<String>,
    pub km2: Option<Spanned<f64>>,
    pub percent: Option<Spanned<f64>>,
    pub clause: String,
    pub source: Spanned<String>,
    pub article: Option<String>,
    pub contradiction: Option<String>,
    pub contradiction_en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCase {
    pub name: Spanned<String>,
    pub zone: RawPlace,
    pub keys: Option<RawKeys>,
    pub outcome: Spanned<String>,
    #[serde(default)]
    pub rules: Vec<Spanned<String>>,
    #[serde(default)]
    pub only: bool,
    #[serde(default)]
    pub missing: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlace {
    pub role: Spanned<String>,
    #[serde(rename = "where")]
    pub place: Option<Spanned<String>>,
    pub class: Option<Spanned<String>>,
    pub tier: Option<Spanned<String>>,
    pub kind: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawKeys {
    pub activity: Option<Spanned<String>>,
    pub stage: Option<Spanned<String>>,
    pub industry: Option<String>,
    #[serde(default)]
    pub opinions: Vec<RawOpinion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOpinion {
    pub kind: Spanned<String>,
    pub covers: bool,
}
