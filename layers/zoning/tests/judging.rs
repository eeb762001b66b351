//! What holds of every judgement, whatever the zone, the project and the order of the rules.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use redline_zoning::{
    Activities, Finding, IMPORTANT_KINDS, LayerRole, MissingKey, NO_RULE, OpinionFact, Outcome, ProjectKeys, RuleBook,
    STATUTORY_KINDS, Stage, ZoneFacts, explain, judge, judge_outside,
};

fn zones() -> impl Strategy<Value = (LayerRole, ZoneFacts)> {
    let kinds: Vec<Option<String>> = STATUTORY_KINDS
        .iter()
        .chain(&IMPORTANT_KINDS)
        .chain(&["饮用水源二级保护区", "饮用水水源准保护区", "自然保护地核心保护区"])
        .map(|kind| Some(kind.to_string()))
        .chain([None])
        .collect();
    (0..4usize, 0..4usize, prop::sample::select(kinds)).prop_map(|(role, sub, kind)| {
        let role = LayerRole::ALL[role];
        let of = |words: &[&str]| words.get(sub).map(|word| word.to_string());
        (role, ZoneFacts { class: of(role.classes()), tier: of(role.tiers()), kind, ..ZoneFacts::default() })
    })
}

fn keys() -> impl Strategy<Value = ProjectKeys> {
    let codes: Vec<Option<String>> =
        Activities::builtin().iter().map(|a| Some(a.code.clone())).chain([None, Some("no-such".into())]).collect();
    let opinion = (prop::sample::select(vec!["limited-activity", "unavoidability"]), any::<bool>())
        .prop_map(|(kind, covers)| OpinionFact { kind: kind.to_owned(), covers });
    (
        prop::sample::select(codes),
        prop::option::of(prop::sample::select(Stage::ALL.to_vec())),
        prop::option::of(prop::sample::select(vec!["A", "A01", "A0313", "B", "C26", "D44", "G54", "K70", "N77"])),
        prop::collection::vec(opinion, 0..3),
    )
        .prop_map(|(activity, stage, industry, opinions)| ProjectKeys {
            activity,
            stage,
            industry: industry.map(str::to_owned),
            opinions,
        })
}

/// A book by its place among the built-in ones: a whole book would drown a failure's report.
fn books() -> impl Strategy<Value = usize> {
    0..RuleBook::builtins().len()
}

/// The same book with its rules written in the opposite order.
fn turned(book: &RuleBook) -> RuleBook {
    let mut blocks: Vec<&str> = Vec::new();
    let mut rest = book.toml();
    while let Some(at) = rest[1..].find("\n[[") {
        let (block, after) = rest.split_at(at + 2);
        blocks.push(block);
        rest = after;
    }
    blocks.push(rest);
    blocks[1..].reverse();
    // tables of one kind stay together whatever their order
    RuleBook::parse(&blocks.concat()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_strictest_finding_comes_first_and_nothing_is_silent((role, zone) in zones(), keys in keys(), book in books()) {
        let book = &RuleBook::builtins()[book];
        let found = judge(book, role, &zone, &keys);
        prop_assert!(!found.is_empty());
        prop_assert!(found.windows(2).all(|pair| pair[0].outcome >= pair[1].outcome));
        prop_assert!(found.iter().all(|f| f.outcome != Outcome::Clear && !f.reason.zh.is_empty() && !f.reason.en.is_empty()));
        if let Some(none) = found.iter().find(|f| f.rule == NO_RULE) {
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(none.outcome, Outcome::Manual);
        } else {
            prop_assert!(found.iter().all(|f| !f.clause.is_empty() && !f.source.is_empty()));
        }
    }

    #[test]
    fn a_finding_that_lacks_a_key_is_manual_and_names_the_key_and_the_rule((role, zone) in zones(), keys in keys(), book in books()) {
        let book = &RuleBook::builtins()[book];
        for judged in explain(book, role, &zone, &keys) {
            if judged.missing.is_empty() {
                if let Some(rule) = book.rule(&judged.finding.rule) {
                    prop_assert_eq!(judged.finding.outcome, rule.outcome);
                }
                continue;
            }
            prop_assert_eq!(judged.finding.outcome, Outcome::Manual);
            prop_assert!(judged.finding.reason.zh.contains(&judged.finding.rule));
            if judged.missing.contains(&MissingKey::Stage) {
                prop_assert!(judged.finding.reason.zh.contains("缺少建设阶段（--stage）"), "{}", judged.finding.reason.zh);
            }
        }
    }

    #[test]
    fn a_further_key_never_changes_what_was_decided_without_it(
        (role, zone) in zones(), full in keys(), book in books(), drop in any::<[bool; 3]>(), facts in any::<[bool; 3]>(),
    ) {
        let book = &RuleBook::builtins()[book];
        // keys that contradict each other are a doubt of their own, told apart from the rules
        let full = if book.activities().doubts(&full).is_empty() { full } else { ProjectKeys { industry: None, ..full } };
        let fewer = ProjectKeys {
            activity: full.activity.clone().filter(|_| !drop[0]),
            stage: full.stage.filter(|_| !drop[1]),
            industry: full.industry.clone().filter(|_| !drop[2]),
            opinions: full.opinions.clone(),
        };
        let vaguer = ZoneFacts {
            class: zone.class.clone().filter(|_| !facts[0]),
            tier: zone.tier.clone().filter(|_| !facts[1]),
            kind: zone.kind.clone().filter(|_| !facts[2]),
            ..ZoneFacts::default()
        };
        let before = explain(book, role, &vaguer, &fewer);
        let after = explain(book, role, &zone, &full);
        for judged in before.iter().filter(|j| j.missing.is_empty() && j.finding.rule != NO_RULE) {
            prop_assert!(after.contains(judged), "{} was decided and is no more", judged.finding.rule);
        }
        for judged in after.iter().filter(|j| j.finding.rule != NO_RULE) {
            prop_assert!(before.iter().any(|j| j.finding.rule == judged.finding.rule), "{} was ruled out", judged.finding.rule);
        }
        // nothing undecided: nothing can change
        if before.iter().all(|j| j.missing.is_empty()) {
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn the_order_of_a_books_rules_does_not_matter((role, zone) in zones(), keys in keys(), book in books()) {
        let book = &RuleBook::builtins()[book];
        thread_local! {
            static TURNED: Vec<RuleBook> = RuleBook::builtins().iter().map(turned).collect();
        }
        let (inside, outside): (Vec<Finding>, Vec<Finding>) = TURNED.with(|turned| {
            let turned = turned.iter().find(|t| t.id() == book.id()).unwrap();
            assert_ne!(turned.rules()[0].id, book.rules()[0].id);
            (judge(turned, role, &zone, &keys), judge_outside(turned, role, &keys))
        });
        prop_assert_eq!(judge(book, role, &zone, &keys), inside);
        prop_assert_eq!(judge_outside(book, role, &keys), outside);
    }
}

fn project(activity: &str, stage: Stage) -> ProjectKeys {
    ProjectKeys { activity: Some(activity.into()), stage: Some(stage), ..ProjectKeys::default() }
}

#[test]
fn of_several_opinions_one_that_covers_is_enough_and_another_kind_never_is() {
    let book = RuleBook::builtin("national-2022").unwrap();
    let zone = ZoneFacts { class: Some("important".into()), ..ZoneFacts::default() };
    let fact = |kind: &str, covers| OpinionFact { kind: kind.into(), covers };
    let outcome = |opinions: Vec<OpinionFact>| {
        let keys = ProjectKeys { opinions, ..project("research-monitoring", Stage::New) };
        judge(book, LayerRole::RedLine, &zone, &keys)[0].clone()
    };
    assert_eq!(
        outcome(vec![fact("limited-activity", false), fact("limited-activity", true)]).outcome,
        Outcome::Conditional
    );
    assert_eq!(outcome(vec![fact("limited-activity", false)]).rule, "limited-1-4-not-covering");
    let absent = outcome(vec![fact("unavoidability", true)]);
    assert_eq!(absent.outcome, Outcome::Manual);
    assert_eq!(absent.attachments, ["省级人民政府认定意见"]);
}

#[test]
fn the_two_ambiguities_of_the_plan_come_back_as_manual_with_their_reason() {
    let book = RuleBook::builtin("guangzhou-2016").unwrap();
    let tier1 = ZoneFacts { tier: Some("1".into()), ..ZoneFacts::default() };
    let found = judge(book, LayerRole::ControlLine, &tier1, &project("sewage-treatment", Stage::New));
    assert_eq!((found[0].rule.as_str(), found[0].outcome), ("tier1-exception-scope", Outcome::Manual));
    assert!(found[0].reason.zh.contains("二级管制区") && found[0].reason.en.contains("tier 2 only"));

    let statutory = ZoneFacts { class: Some("statutory".into()), ..ZoneFacts::default() };
    let found = judge(book, LayerRole::RedLine, &statutory, &project("industry", Stage::Existing));
    assert_eq!(found[0].outcome, Outcome::Prohibited);
    let open = found.iter().find(|f| f.rule == "exit-clause-scope").unwrap();
    assert_eq!(open.outcome, Outcome::Manual);
    assert!(book.overlap_note().unwrap().zh.contains("最严格"));
}

#[test]
fn an_industry_too_coarse_or_unreadable_is_asked_for_again() {
    let book = RuleBook::builtin("guangzhou-2016").unwrap();
    let zone = ZoneFacts { class: Some("important".into()), ..ZoneFacts::default() };
    let with =
        |industry: &str| ProjectKeys { industry: Some(industry.into()), ..project("national-major", Stage::Existing) };
    let coarse = judge(book, LayerRole::RedLine, &zone, &with("A"));
    assert!(coarse.iter().any(|f| f.reason.zh.contains("不够细")), "{coarse:?}");
    let unreadable = judge(book, LayerRole::RedLine, &zone, &with("养猪"));
    assert!(unreadable.iter().any(|f| f.reason.zh.contains("不是 GB/T 4754-2017 代码")), "{unreadable:?}");
    let unknown = judge(book, LayerRole::RedLine, &zone, &project("no-such", Stage::New));
    assert!(unknown.iter().all(|f| f.outcome == Outcome::Manual && f.reason.zh.contains("不在活动目录中")));
}

#[test]
fn a_kind_in_other_words_is_judged_as_the_kind_it_is() {
    let book = RuleBook::builtin("national-2022").unwrap();
    for kind in ["一级饮用水源保护区", "流溪河饮用水水源地一级保护区"] {
        let zone = ZoneFacts { class: Some("statutory".into()), kind: Some(kind.into()), ..ZoneFacts::default() };
        let found = judge(book, LayerRole::RedLine, &zone, &project("road", Stage::New));
        assert_eq!(found[0].outcome, Outcome::Prohibited, "{kind}");
        assert!(found.iter().any(|f| f.rule == "water-1-unrelated"), "{kind}");
    }
}

#[test]
fn a_kind_nobody_knows_is_manual_for_every_rule_that_hangs_on_the_kind() {
    let book = RuleBook::builtin("national-2022").unwrap();
    for kind in ["水源保护带", "自然保护区", "核心区"] {
        let zone = ZoneFacts { class: Some("statutory".into()), kind: Some(kind.into()), ..ZoneFacts::default() };
        let found = explain(book, LayerRole::RedLine, &zone, &project("road", Stage::New));
        for rule in ["water-1-unrelated", "core-area"] {
            let judged = found.iter().find(|j| j.finding.rule == rule).unwrap();
            assert_eq!(judged.finding.outcome, Outcome::Manual);
            assert!(judged.missing.contains(&MissingKey::ZoneKind));
            assert!(judged.finding.reason.zh.contains(kind), "{}", judged.finding.reason.zh);
        }
    }
    // a kind that is known and another: no rule on water speaks of it
    let geology =
        ZoneFacts {
            class: Some("statutory".into()), kind: Some("地质公园一级保护区".into()), ..ZoneFacts::default()
        };
    let found = judge(book, LayerRole::RedLine, &geology, &project("road", Stage::New));
    assert!(found.iter().all(|f| !f.rule.starts_with("water-")), "{found:?}");
}

#[test]
fn a_citys_own_word_for_a_kind_is_known_to_its_own_book() {
    let book = RuleBook::builtin("national-2022").unwrap();
    let toml =
        book.toml().replace("自然保护地核心保护区", "古树名木保护范围").replace("国家公园核心保护区", "生态公益林");
    let city = RuleBook::parse(&toml).unwrap();
    assert!(city.knows_kind("生态公益林") && !book.knows_kind("生态公益林"));
    let zone =
        ZoneFacts {
            class: Some("statutory".into()), kind: Some("省级生态公益林".into()), ..ZoneFacts::default()
        };
    let found = judge(&city, LayerRole::RedLine, &zone, &project("road", Stage::New));
    assert!(found.iter().any(|f| f.rule == "core-area" && f.outcome == Outcome::Prohibited), "{found:?}");
    assert!(found.iter().all(|f| !f.rule.starts_with("water-")), "{found:?}");
}
