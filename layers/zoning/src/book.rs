//! Rule books: dated collections of rules, each one clause of a plan or law as data.

use crate::kinds;
use crate::selector::{ProjectSelector, ZoneSelector};
use crate::{Activities, Activity, BookError, Case, LayerRole, Outcome};
use jiff::civil::Date;
use redline_wording::{Text, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A document that a book quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDocument {
    /// Id that rules cite.
    pub id: String,
    /// Title in its own language, without 《》.
    pub title: String,
    /// Document number (穗府〔2016〕14号); empty where it has none.
    pub number: String,
    /// Date of the document.
    pub date: Option<Date>,
    /// Where it can be read; empty where unknown.
    pub url: String,
}

/// One clause as data: which zones, which projects, what follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Id, unique in its book.
    pub id: String,
    /// Line of the book where it starts, from 1.
    pub line: usize,
    /// Which zones it speaks of.
    pub zone: ZoneSelector,
    /// Which projects it speaks of.
    pub project: ProjectSelector,
    /// What it says of them.
    pub outcome: Outcome,
    /// The clause, literally, in the law's language.
    pub clause: String,
    /// Citation: title, number, article.
    pub source: String,
    /// Id of the source document.
    pub source_id: String,
    /// Why, for the reviewer.
    pub reason: Text,
    /// Papers the applicant must attach.
    pub attachments: Vec<String>,
    /// Whether the clause was confirmed against its source.
    pub verified: bool,
}

/// A figure that a plan states of its layers: what `redline areas` compares with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[ts(rename = "Goal")]
pub struct Target {
    /// Layer it is about; `None` for the whole city.
    pub role: Option<LayerRole>,
    /// Class (red line), or the land-use class in the plan's words.
    pub class: Option<String>,
    /// Tier.
    pub tier: Option<String>,
    /// Area stated, km².
    pub km2: Option<f64>,
    /// Share of the city stated, percent.
    pub percent: Option<f64>,
    /// The words that state it.
    pub clause: String,
    /// Citation.
    pub source: String,
    /// What contradicts it within the same plan.
    pub contradiction: Option<Text>,
}

/// A rule book that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleBook {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) valid_from: Date,
    pub(crate) valid_to: Option<Date>,
    pub(crate) sources: Vec<SourceDocument>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) cases: Vec<Case>,
    pub(crate) targets: Vec<Target>,
    pub(crate) overlap_note: Option<Text>,
    pub(crate) activities: Activities,
    pub(crate) own_activities: Vec<Activity>,
    pub(crate) sha256: String,
    pub(crate) text: String,
}

const BUILTIN: [(&str, &str); 2] = [
    ("guangzhou-2016", include_str!("../data/guangzhou-2016.toml")),
    ("national-2022", include_str!("../data/national-2022.toml")),
];

static BUILTIN_BOOKS: LazyLock<Vec<RuleBook>> = LazyLock::new(|| {
    BUILTIN
        .iter()
        .map(|(id, toml)| {
            // compiled in and read by tests: it cannot fail for a user
            #[allow(clippy::expect_used)]
            RuleBook::parse_named(&format!("{id}.toml"), toml).expect("the built-in rule books parse")
        })
        .collect()
});

impl RuleBook {
    /// Reads a book. Errors name line and cause; [`RuleBook::parse_named`] adds the file.
    pub fn parse(toml: &str) -> Result<RuleBook, BookError> {
        crate::reading::read(toml)
    }

    /// Reads a book that came from a file called `file` (a name without folders).
    pub fn parse_named(file: &str, toml: &str) -> Result<RuleBook, BookError> {
        RuleBook::parse(toml).map_err(|error| BookError { file: Some(file.to_owned()), ..error })
    }

    /// A book that ships with the program: `guangzhou-2016` or `national-2022`.
    pub fn builtin(id: &str) -> Option<&'static RuleBook> {
        BUILTIN_BOOKS.iter().find(|book| book.id == id)
    }

    /// Every book that ships with the program.
    pub fn builtins() -> &'static [RuleBook] {
        &BUILTIN_BOOKS
    }

    /// Id, as `--rules` takes it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Title, in the book's language.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Version of the book itself.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// First day the rules bind.
    pub fn valid_from(&self) -> Date {
        self.valid_from
    }

    /// Last day they bind; `None`: still in force when the book was written.
    pub fn valid_to(&self) -> Option<Date> {
        self.valid_to
    }

    /// Whether a review on `date` falls within the book's validity, both ends included.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|to| date <= to)
    }

    /// The sentence a review on `date` must carry when the book does not bind on that day.
    pub fn warning_for(&self, date: Date) -> Option<Text> {
        let (id, title, from) = (&self.id, &self.title, self.valid_from);
        if date < from {
            return Some(text!(
                "审查日期 {date} 早于规则集 {id}（{title}）的生效日期 {from}：当时这些规则尚未生效，结论仅供参考；请用 --rules 选择当时有效的规则集"
                    | "review date {date} lies before {from}, when rule book {id} ({title}) takes effect: its rules did not bind yet; choose a book valid then with --rules"
            ));
        }
        self.valid_to.filter(|to| date > *to).map(|to| text!(
            "审查日期 {date} 晚于规则集 {id}（{title}）的有效期 {to}：这些规则已不再有效，结论仅供参考；请用 --rules 选择现行规则集" |
            "review date {date} lies after {to}, when rule book {id} ({title}) expired: its rules no longer bind; choose a book in force with --rules"
        ))
    }

    /// SHA-256 of the book's TOML with LF line ends and without byte-order mark, hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The book's TOML, as hashed: comments and all.
    pub fn toml(&self) -> &str {
        &self.text
    }

    /// Roles of the layers it judges.
    pub fn roles(&self) -> BTreeSet<LayerRole> {
        self.rules.iter().flat_map(|rule| rule.zone.roles.iter().copied()).collect()
    }

    /// Whether a zone's kind is one this book or the plan has a word for. Only of such a kind may a
    /// rule say that it is not meant: any other may be what the rule asks for, written otherwise.
    pub fn knows_kind(&self, kind: &str) -> bool {
        let own = |word: &String| kind.contains(word.as_str()) && !kinds::is_part_of_a_kind(word);
        kinds::canonical_kind(kind).is_some()
            || self.rules.iter().flat_map(|rule| rule.zone.kinds.iter().chain(&rule.zone.except_kinds)).any(own)
    }

    /// Whether it has rules on what lies outside layers of this role.
    pub fn judges_outside(&self, role: LayerRole) -> bool {
        self.rules.iter().any(|rule| rule.zone.outside && rule.zone.roles.contains(&role))
    }

    /// Its rules, in the book's order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Its example cases, in the book's order.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Documents it quotes.
    pub fn sources(&self) -> &[SourceDocument] {
        &self.sources
    }

    /// Figures the plan states of its layers.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// What to say where zones overlap: that the strictest outcome was taken, and why.
    pub fn overlap_note(&self) -> Option<&Text> {
        self.overlap_note.as_ref()
    }

    /// The registry it is judged with: the built-in one and its own activities.
    pub fn activities(&self) -> &Activities {
        &self.activities
    }

    /// Activities the book itself adds or replaces.
    pub fn own_activities(&self) -> &[Activity] {
        &self.own_activities
    }
}
