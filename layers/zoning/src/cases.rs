//! Example cases inside a book: what its author expects, checked by the test suite and
//! `redline rules test`.

use crate::judge::{Judgement, explain, explain_outside};
use crate::selector::MissingKey;
use crate::{LayerRole, Outcome, ProjectKeys, RuleBook, ZoneFacts};
use redline_wording::{Text, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One example: a zone, a project, and what the book must say of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// A sentence: what a reviewer would say of it.
    pub name: String,
    /// Line of the book where it starts, from 1.
    pub line: usize,
    /// Role of the layer.
    pub role: LayerRole,
    /// Whether the place is outside the layer.
    pub outside: bool,
    /// The zone; empty facts outside.
    pub zone: ZoneFacts,
    /// The project.
    pub keys: ProjectKeys,
    /// The strictest outcome expected; [`Outcome::Clear`] where no rule may speak (outside only).
    pub outcome: Outcome,
    /// Rules that must be among the findings; with `only`, exactly these.
    pub rules: Vec<String>,
    /// Whether no other rule may be among the findings.
    pub only: bool,
    /// Keys that the findings must name as missing, exactly; empty: none may be missing.
    pub missing: Vec<MissingKey>,
}

/// What became of one example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseResult {
    /// The case's name.
    pub name: String,
    /// Its line in the book.
    pub line: usize,
    /// Outcome expected.
    pub expected: Outcome,
    /// Outcome found.
    pub found: Outcome,
    /// Rules found, sorted strictest first.
    pub rules: Vec<String>,
    /// Every way in which the book differs from what the case expects; empty: passed.
    pub problems: Vec<Text>,
}

impl CaseResult {
    /// Whether the book says what the case expects.
    pub fn passed(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Judges every example of a book, in its order.
pub fn test_book(book: &RuleBook) -> Vec<CaseResult> {
    book.cases().iter().map(|case| test_case(book, case)).collect()
}

fn test_case(book: &RuleBook, case: &Case) -> CaseResult {
    let judged = if case.outside {
        explain_outside(book, case.role, &case.keys)
    } else {
        explain(book, case.role, &case.zone, &case.keys)
    };
    let found = Outcome::strictest(judged.iter().map(|j| j.finding.outcome));
    let rules: Vec<String> = judged.iter().map(|j| j.finding.rule.clone()).collect();
    CaseResult {
        name: case.name.clone(),
        line: case.line,
        expected: case.outcome,
        found,
        problems: problems(case, found, &rules, &judged),
        rules,
    }
}

fn problems(case: &Case, found: Outcome, rules: &[String], judged: &[Judgement]) -> Vec<Text> {
    let mut problems = Vec::new();
    if found != case.outcome {
        let (expected, found) = (case.outcome.word(), found.word());
        problems.push(Text::new(
            format!("应为{}，实为{}", expected.zh, found.zh),
            format!("expected {}, found {}", expected.en, found.en),
        ));
    }
    let all = rules.join(" ");
    for rule in case.rules.iter().filter(|rule| !rules.contains(rule)) {
        problems.push(text!(
            "规则 {rule} 应适用而未适用（适用的有：{all}）"
                | "rule {rule} should apply and does not (those that do: {all})"
        ));
    }
    if case.only {
        for rule in rules.iter().filter(|rule| !case.rules.contains(rule)) {
            problems.push(text!("规则 {rule} 不应适用" | "rule {rule} should not apply"));
        }
    }
    let missing: BTreeSet<MissingKey> = judged.iter().flat_map(|j| j.missing.iter().copied()).collect();
    let wanted: BTreeSet<MissingKey> = case.missing.iter().copied().collect();
    let names = |keys: &BTreeSet<MissingKey>| keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(" ");
    if missing != wanted {
        let (wanted, missing) = (names(&wanted), names(&missing));
        problems.push(text!(
            "缺少的关键字应为 [{wanted}]，实为 [{missing}]" | "missing keys should be [{wanted}], are [{missing}]"
        ));
    }
    problems
}
