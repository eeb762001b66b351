//! The books that ship, and the sample of a city's own, say what their own example cases expect.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redline_zoning::{LayerRole, RuleBook, test_book};

fn every_case_of(book: &RuleBook) {
    assert!(!book.cases().is_empty(), "{} has no cases", book.id());
    let failed: Vec<String> = test_book(book)
        .iter()
        .filter(|case| !case.passed())
        .map(|case| {
            let problems = case.problems.iter().map(|p| p.zh.as_str()).collect::<Vec<_>>().join("；");
            format!("第 {} 行 {}：{problems}（{}）", case.line, case.name, case.rules.join(" "))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Every rule is the reason of at least one case: none is dead or untested.
fn every_rule_is_shown_by_a_case(book: &RuleBook) {
    let shown: Vec<String> = test_book(book).into_iter().flat_map(|case| case.rules).collect();
    let never: Vec<&str> =
        book.rules().iter().map(|rule| rule.id.as_str()).filter(|id| !shown.iter().any(|s| s == id)).collect();
    assert!(never.is_empty(), "{}: no case shows {never:?}", book.id());
}

#[test]
fn the_founding_plan_says_what_its_cases_expect() {
    let book = RuleBook::builtin("guangzhou-2016").unwrap();
    every_case_of(book);
    every_rule_is_shown_by_a_case(book);
}

#[test]
fn national_law_says_what_its_cases_expect() {
    let book = RuleBook::builtin("national-2022").unwrap();
    every_case_of(book);
    every_rule_is_shown_by_a_case(book);
}

#[test]
fn the_sample_of_a_citys_own_book_says_what_its_cases_expect() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/rules/example-city.toml");
    let book = RuleBook::parse_named("example-city.toml", &std::fs::read_to_string(path).unwrap()).unwrap();
    every_case_of(&book);
    every_rule_is_shown_by_a_case(&book);
    assert_eq!(book.activities().get("greenway-station").unwrap().zh, "绿道驿站");
}

#[test]
fn the_founding_plans_clauses_are_quoted_word_for_word() {
    let plan = include_str!("data/guangzhou-plan-chapter-3-section-1.txt");
    let book = RuleBook::builtin("guangzhou-2016").unwrap();
    for rule in book.rules() {
        assert!(plan.contains(&rule.clause), "rule {}: {}", rule.id, rule.clause);
    }
    for target in book.targets() {
        assert!(plan.contains(&target.clause), "target: {}", target.clause);
    }
}

#[test]
fn the_founding_plans_figures_are_its_targets_and_its_contradiction_is_said() {
    let book = RuleBook::builtin("guangzhou-2016").unwrap();
    let city = book.targets().iter().find(|t| t.role.is_none()).unwrap();
    assert_eq!(city.km2, Some(7434.40));
    let shares: f64 =
        book.targets().iter().filter(|t| t.role == Some(LayerRole::LandUse)).filter_map(|t| t.percent).sum();
    assert!((shares - 100.0).abs() < 1e-9, "the eight land-use shares add up to {shares} %");
    let line = book.targets().iter().find(|t| t.role == Some(LayerRole::ControlLine) && t.tier.is_none()).unwrap();
    let (km2, percent) = (line.km2.unwrap(), line.percent.unwrap());
    assert!((km2 / city.km2.unwrap() * 100.0 - percent).abs() > 1.0, "the plan contradicts itself here");
    let said = line.contradiction.as_ref().unwrap();
    assert!(said.zh.contains("53.8 %") && said.en.contains("53.8 %"));
}

#[test]
fn books_say_which_layers_they_judge_and_which_reviews_they_bind() {
    let plan = RuleBook::builtin("guangzhou-2016").unwrap();
    assert_eq!(plan.roles().into_iter().collect::<Vec<_>>(), [LayerRole::RedLine, LayerRole::ControlLine]);
    let law = RuleBook::builtin("national-2022").unwrap();
    assert!(law.roles().contains(&LayerRole::Farmland) && law.judges_outside(LayerRole::GrowthBoundary));
    assert!(!law.roles().contains(&LayerRole::ControlLine));

    let day = |words: &str| words.parse().unwrap();
    assert!(plan.is_valid_on(day("2018-06-01")) && plan.warning_for(day("2018-06-01")).is_none());
    assert!(plan.is_valid_on(day("2016-08-10")) && plan.is_valid_on(day("2020-12-31")));
    let late = plan.warning_for(day("2021-01-01")).unwrap();
    assert!(late.zh.contains("2020-12-31") && late.en.contains("expired"), "{late:?}");
    assert!(plan.warning_for(day("2016-08-09")).unwrap().en.contains("before"));
    assert!(law.warning_for(day("2099-01-01")).is_none());
}

#[test]
fn only_the_unverified_rules_are_marked_so() {
    let plan = RuleBook::builtin("guangzhou-2016").unwrap();
    assert!(plan.rules().iter().all(|r| r.verified), "the plan is quoted and nothing implied");
    let law = RuleBook::builtin("national-2022").unwrap();
    for rule in law.rules() {
        let unsure = rule.id.starts_with("limited-5-10")
            || rule.id.starts_with("water-3")
            || rule.zone.roles.contains(&LayerRole::GrowthBoundary)
            || ["red-line-existing", "reserve-core-zone"].contains(&rule.id.as_str());
        assert_eq!(rule.verified, !unsure, "{}", rule.id);
        assert!(rule.verified || rule.reason.zh.contains("未核实"), "{} does not say that it is unverified", rule.id);
    }
}
