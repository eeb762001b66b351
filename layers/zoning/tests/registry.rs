//! The registry of activities, and the official outcomes that hang on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redline_zoning::{
    Activities, ActivityMatch, OfficialOutcome, OpinionFact, ProjectKeys, RedLineFacts, industry_code, official_outcome,
};

#[test]
fn the_ten_kinds_are_all_there_and_national_major_projects_are_marked() {
    let activities = Activities::builtin();
    for kind in 1..=10 {
        assert!(activities.iter().any(|a| a.ten_kind == Some(kind)), "kind {kind}");
    }
    assert!(activities.iter().filter(|a| a.major).all(|a| a.group == "national-major" && a.ten_kind.is_none()));
    assert!(activities.get("national-major").unwrap().major);
}

#[test]
fn every_activity_is_well_formed_and_every_one_of_its_words_finds_it_alone() {
    let activities = Activities::builtin();
    for activity in activities.iter() {
        assert!(!activity.zh.is_empty() && !activity.en.is_empty() && !activity.group.is_empty());
        assert!(activity.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", activity.code);
        assert!(!activities.groups().contains_key(activity.code.as_str()) || activity.belongs_to(&activity.code));
        for section in activity.sections.iter().chain(&activity.industry) {
            assert_eq!(industry_code(section).as_ref(), Some(section), "{}", activity.code);
        }
        for word in activity.aliases.iter().chain([&activity.code, &activity.zh, &activity.en]) {
            assert_eq!(activities.match_text(word), ActivityMatch::One(activity), "{word}");
        }
    }
}

#[test]
fn a_code_that_is_also_a_group_stands_in_that_group() {
    // else a rule that names the word would mean two things
    let activities = Activities::builtin();
    for (group, codes) in activities.groups() {
        assert!(activities.get(group).is_none() || codes.contains(&group), "{group}");
    }
}

#[test]
fn land_purpose_words_of_project_files_find_their_activity() {
    let activities = Activities::builtin();
    for (words, code) in [
        ("二类居住用地", "residential"),
        ("某镇污水处理厂及配套管网工程", "sewage-treatment"),
        (" 工业 用地 ", "industry"),
        ("SEWAGE-TREATMENT", "sewage-treatment"),
        ("石场露天采矿项目", "open-pit-mining"),
        ("高速公路", "road"),
        ("国家重大交通项目", "national-major-transport"),
    ] {
        assert_eq!(activities.match_text(words).one().map(|a| a.code.as_str()), Some(code), "{words}");
    }
}

#[test]
fn words_that_fit_several_activities_or_none_choose_nothing() {
    let activities = Activities::builtin();
    let several = activities.match_text("住宅、商业");
    assert!(several.one().is_none());
    let codes: Vec<&str> = several.candidates().iter().map(|a| a.code.as_str()).collect();
    assert_eq!(codes, ["residential", "commercial"]);
    for words in ["", "　", "地", "@", "其他"] {
        assert_eq!(activities.match_text(words), ActivityMatch::None, "{words}");
    }
}

#[test]
fn a_project_whose_industry_contradicts_its_activity_is_doubted() {
    let activities = Activities::builtin();
    let keys = |activity: &str, industry: &str| ProjectKeys {
        activity: Some(activity.into()),
        industry: Some(industry.into()),
        ..ProjectKeys::default()
    };
    assert_eq!(activities.doubts(&keys("sewage-treatment", "D46")), []);
    assert_eq!(activities.doubts(&keys("sewage-treatment", "c26")).len(), 1);
    assert_eq!(activities.doubts(&keys("no-such", "X")).len(), 2);
    assert_eq!(activities.near("sewage-treatmnt"), ["sewage-treatment"]);
}

fn facts(overlaps: bool) -> RedLineFacts {
    RedLineFacts {
        covered: true,
        place_certain: true,
        overlaps,
        footprint: true,
        asks_no_land: false,
        prohibited: false,
        undecided: false,
        keys_certain: true,
        ignored_m2: 0.0,
        occupied_m2: if overlaps { 12_345.678 } else { 0.0 },
    }
}

fn said(facts: RedLineFacts, activity: Option<&str>, opinion: Option<(&str, bool)>) -> (Option<u8>, String) {
    let keys = ProjectKeys {
        activity: activity.map(str::to_owned),
        opinions: opinion.map(|(kind, covers)| OpinionFact { kind: kind.into(), covers }).into_iter().collect(),
        ..ProjectKeys::default()
    };
    let said = official_outcome(&facts, &keys, Activities::builtin());
    assert!(!said.text.zh.is_empty() && !said.text.en.is_empty());
    (said.outcome.map(OfficialOutcome::number), said.text.zh)
}

#[test]
fn the_four_official_outcomes_are_stated_with_the_occupied_area() {
    assert_eq!(said(facts(false), None, None).0, Some(1));
    assert_eq!(said(RedLineFacts { asks_no_land: true, footprint: false, ..facts(true) }, None, None).0, Some(2));
    assert_eq!(said(RedLineFacts { asks_no_land: true, ..facts(true) }, None, None).0, None, "a footprint is land");
    let (number, words) = said(facts(true), Some("road"), Some(("limited-activity", true)));
    assert_eq!(number, Some(3));
    assert!(words.contains("1.2346 公顷") && words.contains("第 6 类"), "{words}");
    assert_eq!(said(facts(true), Some("national-major"), Some(("unavoidability", true))).0, Some(4));
}

#[test]
fn no_official_outcome_is_stated_without_its_opinion_its_activity_or_data() {
    for (activity, opinion, because) in [
        (Some("road"), Some(("limited-activity", false)), "超出认定意见"),
        (Some("road"), Some(("unavoidability", true)), "未提供认定意见"),
        (Some("national-major"), None, "未提供不可避让论证意见"),
        (Some("national-major"), Some(("unavoidability", false)), "超出不可避让论证意见"),
        (Some("residential"), Some(("limited-activity", true)), "四种官方结论均不适用"),
        (Some("no-such"), None, "不在活动目录中"),
        (None, None, "缺少活动类型"),
    ] {
        let (number, words) = said(facts(true), activity, opinion);
        assert_eq!(number, None, "{words}");
        assert!(words.contains(because), "{words}");
    }
    let (number, words) = said(RedLineFacts { ignored_m2: 0.9, ..facts(false) }, None, None);
    assert!(number == Some(1) && words.contains("0.90 平方米"), "{words}");
    let opinion = Some(("limited-activity", true));
    for (facts, because) in [
        (RedLineFacts { covered: false, ..facts(false) }, "没有覆盖"),
        (RedLineFacts { place_certain: false, ..facts(false) }, "位置存疑"),
        (RedLineFacts { footprint: false, ..facts(true) }, "占用面积未知"),
        (RedLineFacts { prohibited: true, ..facts(true) }, "禁止该活动"),
        (RedLineFacts { undecided: true, ..facts(true) }, "尚有需人工判定的事项"),
        (RedLineFacts { keys_certain: false, ..facts(true) }, "互相矛盾"),
    ] {
        let (number, words) = said(facts, Some("road"), opinion);
        assert!(number.is_none() && words.contains(because), "{words}");
    }
}
