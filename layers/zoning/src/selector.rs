//! Whether a rule speaks of a zone and a project: yes, no, or unknown for want of a key.
//!
//! The logic is Kleene's strong three-valued one. It is monotone: once the keys at hand settle an
//! answer, no further key changes it. That is what lets a review answer before every key is known.

use crate::industry::industry_code;
use crate::kinds::canonical_kind;
use crate::{Activities, LayerRole, ProjectKeys, Stage, ZoneFacts};
use redline_wording::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A fact that a rule needs and nobody gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingKey {
    /// The project's activity, or one the registry knows.
    Activity,
    /// The project's stage.
    Stage,
    /// The project's industry, or a finer code of it.
    Industry,
    /// The zone's class: a field of the layer.
    ZoneClass,
    /// The zone's tier: a field of the layer.
    ZoneTier,
    /// The zone's member kind: a field of the layer.
    ZoneKind,
}

impl MissingKey {
    /// Every key, in the order reasons name them.
    pub const ALL: [MissingKey; 6] = [
        MissingKey::Activity,
        MissingKey::Stage,
        MissingKey::Industry,
        MissingKey::ZoneClass,
        MissingKey::ZoneTier,
        MissingKey::ZoneKind,
    ];

    /// As rule books' cases spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            MissingKey::Activity => "activity",
            MissingKey::Stage => "stage",
            MissingKey::Industry => "industry",
            MissingKey::ZoneClass => "zone-class",
            MissingKey::ZoneTier => "zone-tier",
            MissingKey::ZoneKind => "zone-kind",
        }
    }

    /// Reads what [`MissingKey::as_str`] gives.
    pub fn parse(word: &str) -> Option<MissingKey> {
        MissingKey::ALL.into_iter().find(|key| key.as_str() == word)
    }

    /// What is missing and where it is given.
    pub fn word(self) -> Text {
        match self {
            MissingKey::Activity => Text::new("活动类型（--activity）", "activity (--activity)"),
            MissingKey::Stage => Text::new("建设阶段（--stage）", "stage (--stage)"),
            MissingKey::Industry => Text::new("行业（--industry）", "industry (--industry)"),
            MissingKey::ZoneClass => Text::new("分区类别（图层字段）", "zone class (a field of the layer)"),
            MissingKey::ZoneTier => Text::new("管制级别（图层字段）", "zone tier (a field of the layer)"),
            MissingKey::ZoneKind => Text::new("分区种类（图层字段）", "zone kind (a field of the layer)"),
        }
    }
}

/// Yes, no, or not known for want of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The rule speaks of it.
    Yes,
    /// It does not.
    No,
    /// It may: these keys would tell.
    Unknown(BTreeSet<MissingKey>),
}

impl Answer {
    fn of(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }

    fn missing(key: MissingKey) -> Answer {
        Answer::Unknown(BTreeSet::from([key]))
    }

    /// Both: a no settles it, whatever is unknown of the other.
    pub fn and(self, other: Answer) -> Answer {
        match (self, other) {
            (Answer::No, _) | (_, Answer::No) => Answer::No,
            (Answer::Yes, answer) | (answer, Answer::Yes) => answer,
            (Answer::Unknown(a), Answer::Unknown(b)) => Answer::Unknown(a.union(&b).copied().collect()),
        }
    }

    /// Either: a yes settles it.
    pub fn or(self, other: Answer) -> Answer {
        match (self, other) {
            (Answer::Yes, _) | (_, Answer::Yes) => Answer::Yes,
            (Answer::No, answer) | (answer, Answer::No) => answer,
            (Answer::Unknown(a), Answer::Unknown(b)) => Answer::Unknown(a.union(&b).copied().collect()),
        }
    }
}

/// Which zones a rule speaks of. An empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneSelector {
    /// Roles of the layer; never empty.
    pub roles: Vec<LayerRole>,
    /// Whether it speaks of what lies outside the layer instead of within its zones.
    pub outside: bool,
    /// Canonical classes.
    pub classes: Vec<String>,
    /// Canonical tiers.
    pub tiers: Vec<String>,
    /// Words one of which the zone's kind must contain: `自然保护区核心区` also finds
    /// 省级自然保护区核心区. A kind nobody knows is none of them and not another either: unknown.
    pub kinds: Vec<String>,
    /// Words none of which the zone's kind may contain.
    pub except_kinds: Vec<String>,
}

impl ZoneSelector {
    /// Whether the rule speaks of this zone of a layer of this role. `kind_known` says whether the
    /// zone's kind is a word known to rules ([`crate::RuleBook::knows_kind`]): only then is a kind that
    /// differs from what is asked for another kind.
    pub fn speaks_of(&self, role: LayerRole, zone: &ZoneFacts, kind_known: bool) -> Answer {
        if self.outside || !self.roles.contains(&role) {
            return Answer::No;
        }
        let class = fact(&self.classes, zone.class.as_deref(), MissingKey::ZoneClass, |class| {
            self.classes.iter().any(|word| word == class)
        });
        let tier = fact(&self.tiers, zone.tier.as_deref(), MissingKey::ZoneTier, |tier| {
            self.tiers.iter().any(|word| word == tier)
        });
        let kind = is_of_kind(&self.kinds, zone.kind.as_deref(), kind_known);
        let other = match is_of_kind(&self.except_kinds, zone.kind.as_deref(), kind_known) {
            _ if self.except_kinds.is_empty() => Answer::Yes,
            Answer::Yes => Answer::No,
            Answer::No => Answer::Yes,
            unknown => unknown,
        };
        class.and(tier).and(kind).and(other)
    }
}

/// Whether a zone is of one of the kinds asked for: a word of them stands in its kind, as the layer
/// or as the canonical kind writes it. Unknown where the kind is absent, a word nobody knows, or only
/// a part of what is asked for (自然保护区 against 自然保护区核心区).
fn is_of_kind(asked: &[String], kind: Option<&str>, known: bool) -> Answer {
    fact(asked, kind, MissingKey::ZoneKind, |_| true).and(match kind.map(str::trim) {
        None | Some("") => Answer::Yes,
        Some(kind) => {
            let canonical = canonical_kind(kind).unwrap_or(kind);
            if asked.is_empty()
                || asked.iter().any(|word| kind.contains(word.as_str()) || canonical.contains(word.as_str()))
            {
                Answer::Yes
            } else if !known || asked.iter().any(|word| word.contains(canonical)) {
                Answer::missing(MissingKey::ZoneKind)
            } else {
                Answer::No
            }
        }
    })
}

/// A condition on one fact of a zone: holds where nothing is asked, unknown where the fact is absent.
fn fact(asked: &[String], fact: Option<&str>, key: MissingKey, holds: impl Fn(&str) -> bool) -> Answer {
    if asked.is_empty() {
        return Answer::Yes;
    }
    match fact.map(str::trim).filter(|fact| !fact.is_empty()) {
        Some(fact) => Answer::of(holds(fact)),
        None => Answer::missing(key),
    }
}

/// What an opinion must say of the overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpinionState {
    /// An opinion of the kind was given and the whole overlap lies inside its polygon.
    Covering,
    /// One was given, but part of the overlap lies outside it.
    NotCovering,
    /// None of the kind was given.
    Absent,
}

impl OpinionState {
    /// Reads `covering`, `not-covering`, `absent`.
    pub fn parse(word: &str) -> Option<OpinionState> {
        match word {
            "covering" => Some(OpinionState::Covering),
            "not-covering" => Some(OpinionState::NotCovering),
            "absent" => Some(OpinionState::Absent),
            _ => None,
        }
    }

    /// The state of the opinions of this kind among a project's keys. Of several, one that covers
    /// is enough.
    pub fn of(kind: &str, keys: &ProjectKeys) -> OpinionState {
        let mut state = OpinionState::Absent;
        for opinion in keys.opinions.iter().filter(|opinion| opinion.kind == kind) {
            if opinion.covers {
                return OpinionState::Covering;
            }
            state = OpinionState::NotCovering;
        }
        state
    }
}

/// Which projects a rule speaks of. Every field that is not empty must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectSelector {
    /// Any of these activity codes or groups.
    pub activities: Vec<String>,
    /// None of these.
    pub except: Vec<String>,
    /// Any of these stages.
    pub stages: Vec<Stage>,
    /// Any industry that starts so (GB/T 4754).
    pub industries: Vec<String>,
    /// National major project, or not one.
    pub major: Option<bool>,
    /// Kind of opinion (`limited-activity`, `unavoidability`) and the states that hold.
    pub opinion: Option<(String, Vec<OpinionState>)>,
    /// At least one of these must hold too; one level deep.
    pub any: Vec<ProjectSelector>,
}

impl ProjectSelector {
    /// Whether the rule speaks of this project.
    pub fn speaks_of(&self, keys: &ProjectKeys, activities: &Activities) -> Answer {
        let given = keys.activity.as_deref();
        let activity = given.and_then(|code| activities.get(code));
        let by_activity = |holds: &dyn Fn(&crate::Activity) -> bool| match activity {
            Some(activity) => Answer::of(holds(activity)),
            None => Answer::missing(MissingKey::Activity),
        };
        let mut answer = Answer::Yes;
        if !self.activities.is_empty() {
            answer = answer.and(by_activity(&|a| self.activities.iter().any(|word| a.belongs_to(word))));
        }
        if !self.except.is_empty() {
            answer = answer.and(by_activity(&|a| !self.except.iter().any(|word| a.belongs_to(word))));
        }
        if let Some(major) = self.major {
            answer = answer.and(by_activity(&|a| a.major == major));
        }
        if !self.stages.is_empty() {
            answer = answer.and(match keys.stage {
                Some(stage) => Answer::of(self.stages.contains(&stage)),
                None => Answer::missing(MissingKey::Stage),
            });
        }
        if !self.industries.is_empty() {
            let industry = keys.industry.as_deref().and_then(industry_code);
            answer = answer.and(match (industry, activity) {
                (Some(industry), _) => {
                    if self.industries.iter().any(|prefix| industry.starts_with(prefix.as_str())) {
                        Answer::Yes
                    } else if self.industries.iter().any(|prefix| {
                        prefix.starts_with(industry.as_str()) && activity.is_none_or(|a| a.may_be_industry(prefix))
                    }) {
                        // `A` was given and the rule speaks of `A03`: a finer code would tell
                        Answer::missing(MissingKey::Industry)
                    } else {
                        Answer::No
                    }
                }
                // an industry that is given but unreadable may be anything
                (None, Some(activity))
                    if keys.industry.is_none()
                        && !self.industries.iter().any(|prefix| activity.may_be_industry(prefix)) =>
                {
                    Answer::No
                }
                (None, _) => Answer::missing(MissingKey::Industry),
            });
        }
        if let Some((kind, states)) = &self.opinion {
            answer = answer.and(Answer::of(states.contains(&OpinionState::of(kind, keys))));
        }
        if !self.any.is_empty() {
            let either = self.any.iter().fold(Answer::No, |answer, one| answer.or(one.speaks_of(keys, activities)));
            answer = answer.and(either);
        }
        answer
    }
}
