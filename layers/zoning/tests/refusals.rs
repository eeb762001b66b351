//! A book that cannot be used is refused with its line and what to write instead.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use redline_zoning::{BookError, RuleBook, test_book};

const GOOD: &str = r#"id = "city"
title = "本市规定"
version = "1"
valid_from = 2024-01-01
[[sources]]
id = "s"
title = "规定"
[[rules]]
id = "one"
zone = { role = "control-line", tier = "1" }
project = { activities = "residential", stage = "new" }
outcome = "prohibited"
clause = "禁止"
source = "s"
reason = "禁止"
verified = true
[[cases]]
name = "住宅"
zone = { role = "control-line", tier = "1" }
keys = { activity = "residential", stage = "new" }
outcome = "prohibited"
"#;

fn refused(from: &str, to: &str) -> BookError {
    assert!(GOOD.contains(from), "{from}");
    let error = RuleBook::parse_named("本市.toml", &GOOD.replacen(from, to, 1)).unwrap_err();
    assert!(error.text().zh.contains("本市.toml") && error.text().en.contains("本市.toml"));
    error
}

#[test]
fn the_book_these_tests_spoil_is_good_before() {
    assert!(test_book(&RuleBook::parse(GOOD).unwrap())[0].passed());
}

#[test]
fn each_mistake_is_refused_with_its_line_and_a_cause_in_both_languages() {
    let more = |rule: &str| format!("verified = true\n{rule}");
    let again = "[[rules]]\nid = \"one\"\nzone = { role = \"red-line\" }\noutcome = \"manual\"\nclause = \"c\"\nsource = \"s\"\nreason = \"r\"\nverified = true";
    for (from, to, line, zh) in [
        ("stage = \"new\" }\nout", "stages = \"new\" }\nout", 11, "未知字段 `stages`"),
        ("title = \"本市规定\"", "titel = \"本市规定\"", 2, "未知字段 `titel`"),
        ("2024-01-01", "2024-13-01", 4, ""),
        ("2024-01-01", "\"2024/1/1\"", 4, "日期 2024/1/1 无效"),
        ("valid_from = 2024-01-01", "valid_from = 2024-01-01\nvalid_to = 2023-01-01", 5, "早于"),
        ("residential", "resident", 11, "是否指：residential"),
        ("residential", "zzzzzzzzz", 11, "redline activities"),
        ("\"control-line\", tier", "\"control\", tier", 10, "未知的图层角色"),
        ("\"control-line\", tier", "\"land-use\", tier", 10, "只作参考"),
        ("tier = \"1\" }\nproject", "tier = \"3\" }\nproject", 10, "可用：1 2"),
        ("tier = \"1\" }\nproject", "class = \"statutory\" }\nproject", 10, "没有 class"),
        ("tier = \"1\" }\nproject", "where = \"outside\" }\nproject", 10, "growth-boundary"),
        ("stage = \"new\" }\nout", "stage = \"old\" }\nout", 11, "未知的建设阶段"),
        ("stage = \"new\" }\nout", "stage = [] }\nout", 11, ""),
        ("stage = \"new\" }\nout", "industry = \"工业\" }\nout", 11, "GB/T 4754"),
        ("stage = \"new\" }\nout", "opinion = \"limited-activity\" }\nout", 11, "opinion_is"),
        ("stage = \"new\" }\nout", "opinion = \"mine\", opinion_is = \"absent\" }\nout", 11, "limited-activity"),
        ("stage = \"new\" }\nout", "any = [{ any = [{ stage = \"new\" }] }] }\nout", 11, "any 之内"),
        ("outcome = \"prohibited\"\nclause", "outcome = \"forbidden\"\nclause", 12, "未知的结论"),
        ("outcome = \"prohibited\"\nclause", "outcome = \"clear\"\nclause", 12, "没有压占"),
        ("clause = \"禁止\"", "clause = \" \"", 13, "clause 不能为空"),
        ("source = \"s\"", "source = \"t\"", 14, "不在 [[sources]]"),
        ("verified = true", "verified = \"yes\"", 16, "值的类型不对"),
        ("verified = true", &more(again), 18, "规则 one 重复（首次在第 9 行）"),
        ("id = \"one\"", "id = \"no-rule\"", 9, "no-rule"),
        ("outcome = \"prohibited\"\n", "", 0, "缺少字段 `outcome`"),
        ("name = \"住宅\"", "name = \"住宅\"\nrules = [\"two\"]", 19, "规则 two 不存在"),
        ("name = \"住宅\"", "name = \"住宅\"\nmissing = [\"money\"]", 19, "未知的关键字"),
        ("[[sources]]", "[[sources]", 5, ""),
        (
            "[[sources]]",
            "[[activities]]\ncode = \"A B\"\nzh = \"甲\"\nen = \"a\"\ngroup = \"g\"\n[[sources]]",
            5,
            "小写字母",
        ),
    ] {
        let error = refused(from, to);
        assert!(error.line.is_some(), "{to}: no line in {error}");
        if line > 0 {
            assert_eq!(error.line, Some(line), "{to}: {error}");
        }
        assert!(error.cause.zh.contains(zh), "{to}: {error}");
        assert!(!error.cause.en.is_empty() && error.cause.zh != error.cause.en, "{to}: {:?}", error.cause);
    }
}

#[test]
fn a_book_without_rules_is_refused() {
    let head = &GOOD[..GOOD.find("[[rules]]").unwrap()];
    assert!(RuleBook::parse(head).unwrap_err().cause.zh.contains("没有任何"));
    assert!(RuleBook::parse("").is_err());
}

#[test]
fn line_ends_and_byte_order_marks_do_not_change_a_books_hash() {
    let plain = RuleBook::parse(GOOD).unwrap();
    let dos = RuleBook::parse(&format!("\u{feff}{}", GOOD.replace('\n', "\r\n"))).unwrap();
    assert_eq!(plain.sha256(), dos.sha256());
    assert_eq!(plain.sha256().len(), 64);
    assert_ne!(plain.sha256(), RuleBook::parse(&GOOD.replace("禁止", "不得")).unwrap().sha256());
}

#[test]
fn a_case_that_expects_what_the_book_does_not_say_fails_with_every_difference() {
    let wrong = GOOD.replace("outcome = \"prohibited\"\n[[", "").replace(
        "stage = \"new\" }\noutcome = \"prohibited\"\n",
        "stage = \"existing\" }\noutcome = \"prohibited\"\nrules = [\"one\"]\nmissing = [\"stage\"]\nonly = true\n",
    );
    let wrong = wrong.replacen("stage = \"existing\" }\noutcome = \"prohibited\"\nrules = [\"one\"]\nmissing = [\"stage\"]\nonly = true\nclause", "stage = \"new\" }\noutcome = \"prohibited\"\nclause", 1);
    let book = RuleBook::parse(&wrong).unwrap();
    let result = test_book(&book).remove(0);
    assert!(!result.passed());
    assert_eq!(result.problems.len(), 4, "{:?}", result.problems);
}

#[test]
fn a_deeply_nested_book_is_refused_not_overflowed() {
    for nested in ["[".repeat(100_000), "{a=".repeat(50_000), "a.".repeat(50_000) + "b = 1"] {
        assert!(RuleBook::parse(&format!("id = {nested}")).is_err());
        assert!(RuleBook::parse(&nested).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = RuleBook::parse(&text);
    }

    #[test]
    fn a_good_book_with_a_piece_cut_or_replaced_never_panics(
        from in 0..GOOD.chars().count(), length in 0..40usize, with in "[\\[\\]{}=\"\\n#,.a-z0-9 ]{0,12}",
    ) {
        let spoilt: String = GOOD.chars().take(from).chain(with.chars()).chain(GOOD.chars().skip(from + length)).collect();
        if let Ok(book) = RuleBook::parse(&spoilt) {
            let _ = test_book(&book);
        }
    }
}
