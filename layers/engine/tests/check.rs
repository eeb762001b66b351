//! What a reviewer gets from `check`, on ground where every overlap is known by heart.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{project, rectangle, request, square, workspace, zone};
use jiff::civil::date;
use redline_engine::{Checked, LayerRole, Outcome, Silent, check};
use redline_workspace::Workspace;
use tempfile::tempdir;

fn run(request: &redline_engine::CheckRequest) -> Checked {
    check(request, &Silent).unwrap()
}

#[test]
fn a_plot_across_both_classes_and_the_first_tier_is_divided_between_them() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let mut ask = request(&city, &[file]);
    ask.activity = Some("urban-construction".into());
    ask.stage = Some(redline_engine::Stage::New);
    let done = run(&ask);
    let plot = &done.review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Prohibited);
    assert_eq!(done.exit_code(), 1);
    let mut zones: Vec<(&str, f64)> = plot.overlaps.iter().map(|o| (o.zone.id.as_str(), o.area.planar_m2)).collect();
    zones.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(zones.iter().map(|z| z.0).collect::<Vec<_>>(), ["I1", "S1", "T1"]);
    for (zone, expected) in zones.iter().zip([20_000.0, 20_000.0, 40_000.0]) {
        assert!((zone.1 - expected).abs() < 1e-4, "{zone:?}");
    }
}

#[test]
fn the_parts_of_every_layer_sum_to_the_plot_also_where_zones_overlap() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let mut open = Workspace::open_for_editing(&city).unwrap();
    ground::add(
        &mut open,
        LayerRole::RedLine,
        date(2017, 1, 1),
        vec![
            zone("A", Some("statutory"), None, rectangle(0.0, 0.0, 600.0, 1000.0)),
            zone("B", Some("important"), None, rectangle(400.0, 0.0, 1000.0, 1000.0)),
        ],
    );
    drop(open);
    let file = project(dir.path(), "a.txt", &[("1", "", &square(300.0, 900.0, 400.0))]);
    let review = run(&request(&city, &[file])).review;
    let plot = &review.projects[0].plots[0];
    let red = plot.layers.iter().find(|l| l.layer == "red_line").unwrap();
    assert!((red.planar.double_counted - 200.0 * 100.0).abs() < 1e-4, "{red:?}");
    for layer in &plot.layers {
        let overlaps: f64 =
            plot.overlaps.iter().filter(|o| o.zone.layer == layer.layer).map(|o| o.area.ellipsoidal_m2).sum();
        let ignored: f64 = layer.ignored.iter().map(|i| i.area_m2).sum();
        let sum = overlaps - layer.double_counted + ignored + layer.outside;
        assert!((sum - plot.area.ellipsoidal_m2).abs() < 1e-3, "{layer:?}");
    }
}

#[test]
fn a_plot_that_shares_a_boundary_vertex_by_vertex_does_not_touch_the_line() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file =
        project(dir.path(), "a.txt", &[("1", "", &[(4000.0, 0.0), (4100.0, 0.0), (4100.0, 1000.0), (4000.0, 1000.0)])]);
    let done = run(&request(&city, &[file]));
    let plot = &done.review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Clear, "{:?}", plot.overlaps);
    assert!(plot.overlaps.is_empty() && plot.layers.iter().all(|l| l.ignored.is_empty()));
    assert_eq!(done.exit_code(), 0);
    assert_eq!(plot.official.number, Some(1));
}

#[test]
fn a_sliver_is_listed_with_its_area_and_decides_nothing() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(
        dir.path(),
        "a.txt",
        &[("1", "", &[(3999.999, 0.0), (4100.0, 0.0), (4100.0, 500.0), (3999.999, 500.0)])],
    );
    let review = run(&request(&city, &[file])).review;
    let plot = &review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Clear);
    let control = plot.layers.iter().find(|l| l.layer == "control_line").unwrap();
    assert_eq!(control.ignored.len(), 1);
    assert!((control.ignored[0].planar_m2 - 0.5).abs() < 1e-3, "{control:?}");
}

#[test]
fn a_plot_beyond_the_stated_extent_is_never_clear() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(9_900.0, 5_000.0, 200.0))]);
    let review = run(&request(&city, &[file])).review;
    let plot = &review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Manual);
    assert!(plot.findings.iter().all(|f| f.finding.rule == "no-coverage" && (f.area_m2 - 20_000.0).abs() < 100.0));
    assert_eq!(plot.official.number, None);
}

#[test]
fn a_layer_that_is_not_loaded_makes_the_outcome_manual_and_says_which() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(6_000.0, 5_000.0, 200.0))]);
    let mut ask = request(&city, &[file]);
    ask.rules = Some("national-2022".into());
    ask.date = date(2024, 1, 1);
    let review = run(&ask).review;
    let plot = &review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Manual);
    assert!(plot.findings.iter().any(|f| f.finding.rule == "no-data" && f.role == Some(LayerRole::Farmland)));
}

#[test]
fn without_an_activity_whatever_depends_on_it_is_manual_and_names_the_key() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(3_000.0, 100.0, 100.0))]);
    let review = run(&request(&city, &[file])).review;
    let plot = &review.projects[0].plots[0];
    assert_eq!(plot.outcome, Outcome::Manual);
    assert!(
        plot.overlaps[0].findings.iter().any(|f| f.reason.contains("--activity")),
        "{:?}",
        plot.overlaps[0].findings
    );
}

#[test]
fn each_plot_may_have_its_own_activity_from_the_file_or_from_a_table() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(
        dir.path(),
        "a.txt",
        &[("甲", "污水处理厂", &square(3_000.0, 100.0, 100.0)), ("乙", "", &square(3_200.0, 100.0, 100.0))],
    );
    let table = dir.path().join("activities.csv");
    std::fs::write(&table, "地块编号,活动,建设阶段\n乙,industry,新建\n").unwrap();
    let mut ask = request(&city, &[file]);
    ask.activities = Some(table);
    let review = run(&ask).review;
    let plots = &review.projects[0].plots;
    let code = |n: usize| plots[n].activity.as_ref().and_then(|a| a.code.clone());
    assert_eq!(code(0).as_deref(), Some("sewage-treatment"));
    assert_eq!(code(1).as_deref(), Some("industry"));
    assert_eq!(plots[1].outcome, Outcome::Prohibited);
    assert!(review.projects[0].notes.iter().any(|n| n.code == "activity-from-file" && n.plot.as_deref() == Some("甲")));
}

#[test]
fn layers_as_of_a_date_are_those_that_stood_then() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let mut open = Workspace::open_for_editing(&city).unwrap();
    let moved = vec![zone("N1", Some("statutory"), None, rectangle(6_000.0, 0.0, 7_000.0, 1_000.0))];
    ground::add(&mut open, LayerRole::RedLine, date(2020, 1, 1), moved);
    drop(open);
    let file = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let mut ask = request(&city, &[file]);
    ask.date = date(2020, 6, 1);
    let zones = |ask: &redline_engine::CheckRequest| {
        let plot = run(ask).review.projects[0].plots[0].clone();
        plot.overlaps.iter().map(|o| o.zone.id.clone()).collect::<Vec<_>>()
    };
    assert!(!zones(&ask).contains(&"S1".to_string()));
    ask.layers_as_of = Some(date(2018, 1, 1));
    assert!(zones(&ask).contains(&"S1".to_string()));
}

#[test]
fn an_opinion_counts_only_where_it_contains_the_whole_overlap() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(600.0, 100.0, 100.0))]);
    let whole = project(dir.path(), "whole.txt", &[("o", "", &square(550.0, 50.0, 200.0))]);
    let half = project(dir.path(), "half.txt", &[("o", "", &square(650.0, 50.0, 200.0))]);
    let mut ask = request(&city, &[file]);
    ask.rules = Some("national-2022".into());
    ask.date = date(2024, 1, 1);
    ask.activity = Some("linear-infrastructure".into());
    let official = |ask: &redline_engine::CheckRequest| {
        let review = run(ask).review;
        let short = review.projects[0].notes.iter().any(|n| n.code == "opinion-shortfall");
        (review.projects[0].plots[0].official.number, short)
    };
    assert_eq!(official(&ask), (None, false));
    ask.opinions = vec![redline_engine::OpinionFile { path: whole, kind: Some("limited-activity".into()) }];
    assert_eq!(official(&ask), (Some(3), false));
    ask.opinions[0].path = half;
    assert_eq!(official(&ask), (None, true));
}

#[test]
fn a_bad_file_in_a_batch_stands_beside_the_good_ones_with_its_error() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let good = project(dir.path(), "good.txt", &[("1", "", &square(6_000.0, 100.0, 100.0))]);
    let bad = dir.path().join("bad.txt");
    std::fs::write(&bad, "").unwrap();
    let done = run(&request(&city, &[good, bad]));
    assert_eq!(done.exit_code(), 2);
    let [bad, good] = done.review.projects.as_slice() else { panic!("{:?}", done.review.projects) };
    assert!(bad.error.as_deref().is_some_and(|e| e.contains("bad.txt")));
    assert_eq!(good.outcome, Some(Outcome::Clear));
    assert_eq!(done.review.outcome, Outcome::Manual, "what could not be read is undecided, never clear");
}

#[test]
fn the_same_inputs_give_the_same_bytes_in_any_order() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let a = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 900.0))]);
    let b = project(dir.path(), "b.txt", &[("1", "", &square(1_900.0, 100.0, 300.0))]);
    let first = run(&request(&city, &[a.clone(), b.clone()])).review.to_json().unwrap();
    let second = run(&request(&city, &[b, a])).review.to_json().unwrap();
    assert_eq!(first, second);
    let back: redline_engine::Review = serde_json::from_str(&first).unwrap();
    assert_eq!(back.to_json().unwrap(), first);
}

#[test]
fn a_saved_review_is_found_again_byte_for_byte_and_kept_once() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let mut ask = request(&city, &[file]);
    ask.save = true;
    let first = run(&ask);
    let again = run(&ask);
    let saved = first.saved.unwrap();
    assert!(!saved.already && again.saved.unwrap().already);
    let list = redline_engine::reviews(&city).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].files, ["a.txt"]);
    assert_eq!(
        redline_engine::saved_review(&city, &saved.id).unwrap().to_json().unwrap(),
        first.review.to_json().unwrap()
    );
}

#[test]
fn outcomes_divide_the_union_of_the_plots_without_rest() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(
        dir.path(),
        "a.txt",
        &[("1", "", &square(900.0, 100.0, 300.0)), ("2", "", &square(1_000.0, 900.0, 300.0))],
    );
    let mut ask = request(&city, &[file]);
    ask.activity = Some("industry".into());
    ask.stage = Some(redline_engine::Stage::New);
    let review = run(&ask).review;
    let totals = &review.projects[0].totals;
    let sum: f64 = totals.by_outcome.iter().map(|o| o.area.ellipsoidal_m2).sum();
    assert!((sum - totals.union_of_plots.ellipsoidal_m2).abs() < 1e-3);
    assert!(totals.by_outcome.iter().any(|o| o.outcome == Outcome::Clear));
}

#[test]
fn a_plot_beyond_the_districts_is_never_clear_though_every_extent_covers_it() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let mut open = Workspace::open_for_editing(&city).unwrap();
    let home = vec![zone("D", None, None, rectangle(0.0, 0.0, 6_100.0, 9_000.0))];
    ground::add(&mut open, LayerRole::District, date(2016, 8, 10), home);
    drop(open);
    let file = project(
        dir.path(),
        "a.txt",
        &[("in", "", &square(5_000.0, 5_000.0, 100.0)), ("across", "", &square(6_050.0, 5_000.0, 100.0))],
    );
    let review = run(&request(&city, &[file])).review;
    let [inside, across] = review.projects[0].plots.as_slice() else { panic!("two plots") };
    assert_eq!(inside.outcome, Outcome::Clear);
    assert_eq!(across.outcome, Outcome::Manual);
    assert!((across.findings[0].area_m2 - 5_000.0).abs() < 50.0, "{:?}", across.findings);
    assert_eq!(across.findings[0].finding.rule, "beyond-city");
}
