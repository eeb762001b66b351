//! The books that ship say what their own example cases expect.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redline_zoning::{RuleBook, test_book};

fn every_case_of(id: &str) {
    let book = RuleBook::builtin(id).unwrap();
    assert!(!book.cases().is_empty(), "{id} has no cases");
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

#[test]
fn the_founding_plan_says_what_its_cases_expect() {
    every_case_of("guangzhou-2016");
}

#[test]
fn national_law_says_what_its_cases_expect() {
    every_case_of("national-2022");
}
