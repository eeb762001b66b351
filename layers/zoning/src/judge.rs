//! From a zone and a project's keys to findings.

use crate::selector::{Answer, MissingKey};
use crate::{Finding, LayerRole, Outcome, ProjectKeys, Rule, RuleBook, ZoneFacts};
use redline_wording::{Text, text};
use std::collections::BTreeSet;

/// The rule id of a finding that says: the book is silent.
pub const NO_RULE: &str = "no-rule";

/// A finding and what it hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What the review keeps.
    pub finding: Finding,
    /// Keys the rule needs and nobody gave; empty where the rule was decided.
    pub missing: BTreeSet<MissingKey>,
}

/// Judges one overlap with a zone of a layer of this role: one finding for each rule that speaks of
/// it, or may for want of a key; one `no-rule` finding where none does. Never empty. Sorted strictest
/// first, then by rule id, whatever the book's order; the first finding's outcome is the overlap's.
///
/// ```
/// use redline_zoning::{LayerRole, Outcome, ProjectKeys, RuleBook, Stage, ZoneFacts, judge};
/// let book = RuleBook::builtin("guangzhou-2016").unwrap();
/// let zone = ZoneFacts { tier: Some("1".into()), ..ZoneFacts::default() };
/// let keys = ProjectKeys { activity: Some("residential".into()), stage: Some(Stage::New), ..ProjectKeys::default() };
/// assert_eq!(judge(book, LayerRole::ControlLine, &zone, &keys)[0].outcome, Outcome::Prohibited);
/// ```
pub fn judge(book: &RuleBook, role: LayerRole, zone: &ZoneFacts, keys: &ProjectKeys) -> Vec<Finding> {
    explain(book, role, zone, keys).into_iter().map(|judgement| judgement.finding).collect()
}

/// As [`judge`], with the missing keys as data.
pub fn explain(book: &RuleBook, role: LayerRole, zone: &ZoneFacts, keys: &ProjectKeys) -> Vec<Judgement> {
    let kind = zone.kind.as_deref().map(str::trim).filter(|kind| !kind.is_empty());
    let known = kind.is_some_and(|kind| book.knows_kind(kind));
    let mut found = gather(book, keys, kind, |rule| rule.zone.speaks_of(role, zone, known));
    if found.is_empty() {
        found.push(silent(book, role));
    }
    found
}

/// Judges what lies outside every zone of a layer of this role: one finding for each rule with
/// `where = "outside"` that speaks of the project, or may. Empty where none does: being outside a line
/// is then no matter of that line.
pub fn judge_outside(book: &RuleBook, role: LayerRole, keys: &ProjectKeys) -> Vec<Finding> {
    explain_outside(book, role, keys).into_iter().map(|judgement| judgement.finding).collect()
}

/// As [`judge_outside`], with the missing keys as data.
pub fn explain_outside(book: &RuleBook, role: LayerRole, keys: &ProjectKeys) -> Vec<Judgement> {
    gather(book, keys, None, |rule| {
        if rule.zone.outside && rule.zone.roles.contains(&role) { Answer::Yes } else { Answer::No }
    })
}

fn gather(book: &RuleBook, keys: &ProjectKeys, kind: Option<&str>, zone: impl Fn(&Rule) -> Answer) -> Vec<Judgement> {
    let mut found: Vec<Judgement> = book
        .rules()
        .iter()
        .filter_map(|rule| match zone(rule).and(rule.project.speaks_of(keys, book.activities())) {
            Answer::No => None,
            Answer::Yes => Some(Judgement { finding: decided(rule), missing: BTreeSet::new() }),
            Answer::Unknown(missing) => {
                Some(Judgement { finding: undecided(rule, &missing, keys, kind, book), missing })
            }
        })
        .collect();
    found.sort_by(|a, b| b.finding.outcome.cmp(&a.finding.outcome).then_with(|| a.finding.rule.cmp(&b.finding.rule)));
    found
}

fn decided(rule: &Rule) -> Finding {
    Finding {
        rule: rule.id.clone(),
        clause: rule.clause.clone(),
        source: rule.source.clone(),
        verified: rule.verified,
        outcome: rule.outcome,
        reason: rule.reason.clone(),
        attachments: rule.attachments.clone(),
    }
}

fn undecided(
    rule: &Rule,
    missing: &BTreeSet<MissingKey>,
    keys: &ProjectKeys,
    kind: Option<&str>,
    book: &RuleBook,
) -> Finding {
    let words: Vec<Text> = missing.iter().map(|key| lack(*key, keys, kind, book)).collect();
    let join = |each: fn(&Text) -> &str, comma: &str| words.iter().map(each).collect::<Vec<_>>().join(comma);
    let (zh, en) = (join(|t| &t.zh, "；"), join(|t| &t.en, "; "));
    let (id, outcome, reason) = (&rule.id, rule.outcome.word(), &rule.reason);
    Finding {
        outcome: Outcome::Manual,
        reason: Text::new(
            format!("{zh}。规则 {id} 需据此判断；若适用，结论为{}：{}", outcome.zh, reason.zh),
            format!("{en}. Rule {id} needs it; if it applies, the outcome is {}: {}", outcome.en, reason.en),
        ),
        ..decided(rule)
    }
}

/// One missing key in words: absent, or given but of no use to the rule.
fn lack(key: MissingKey, keys: &ProjectKeys, kind: Option<&str>, book: &RuleBook) -> Text {
    if let (MissingKey::ZoneKind, Some(kind)) = (key, kind) {
        return text!(
            "分区种类“{kind}”不能确定是哪一种（图层字段）"
                | "what kind of zone “{kind}” is cannot be told for certain (a field of the layer)"
        );
    }
    match (key, keys.activity.as_deref(), keys.industry.as_deref()) {
        (MissingKey::Activity, Some(code), _) => {
            debug_assert!(book.activities().get(code).is_none());
            text!("活动代码 {code} 不在活动目录中" | "activity {code} is not in the registry")
        }
        (MissingKey::Industry, _, Some(industry)) => match crate::industry_code(industry) {
            Some(_) => text!(
                "行业 {industry} 不够细，请给出更细的代码（--industry）"
                    | "industry {industry} is too coarse; give a finer code (--industry)"
            ),
            None => text!(
                "行业 {industry} 不是 GB/T 4754-2017 代码（--industry）"
                    | "industry {industry} is no GB/T 4754-2017 code (--industry)"
            ),
        },
        _ => {
            let word = key.word();
            Text::new(format!("缺少{}", word.zh), format!("missing {}", word.en))
        }
    }
}

fn silent(book: &RuleBook, role: LayerRole) -> Judgement {
    let (id, version, role) = (book.id(), book.version(), role.word());
    let finding = Finding {
        rule: NO_RULE.to_owned(),
        clause: String::new(),
        source: format!("{}（{}）", book.title(), book.version()),
        // nothing is quoted, so nothing is unconfirmed
        verified: true,
        outcome: Outcome::Manual,
        reason: Text::new(
            format!("规则集 {id}（{version}）对该{}分区内的此类活动未作规定，需人工判定", role.zh),
            format!(
                "rule book {id} ({version}) says nothing of such an activity in this zone of the {}; judge by hand",
                role.en
            ),
        ),
        attachments: Vec::new(),
    };
    Judgement { finding, missing: BTreeSet::new() }
}
