//! Lines without a width and points: what has no ground is judged all the same, and never called clear
//! for want of area.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{feature, line, project, rectangle, request, square, workspace, zone};
use jiff::civil::date;
use redline_engine::review::{Crossing, PlotReview};
use redline_engine::{CheckRequest, LayerRole, Outcome, Silent, check};
use redline_workspace::Workspace;
use std::path::Path;
use tempfile::tempdir;

fn ask(dir: &Path, file: std::path::PathBuf) -> CheckRequest {
    let mut ask = request(&dir.join("city.gpkg"), &[file]);
    ask.crs = Some("EPSG:4526".into());
    ask.activity = Some("road".into());
    ask.stage = Some(redline_engine::Stage::New);
    ask
}

fn plot(ask: &CheckRequest) -> PlotReview {
    check(ask, &Silent).unwrap().review.projects.remove(0).plots.remove(0)
}

#[test]
fn a_point_in_the_red_line_is_never_called_outside_it() {
    let dir = tempdir().unwrap();
    workspace(dir.path());
    let file = feature(dir.path(), "p.geojson", "Point", &line(&[(100.0, 100.0)])[1..].replace("]]", "]"));
    let plot = plot(&ask(dir.path(), file));
    assert!(plot.locations.iter().any(|l| l.zone.id == "S1"), "{plot:?}");
    assert!(plot.outcome > Outcome::Permitted);
    assert_eq!(plot.official.number, None);
    assert!(plot.official.sentence.contains("占用面积未知"), "{}", plot.official.sentence);
}

#[test]
fn a_line_without_a_width_has_no_official_sentence_until_somebody_says_it_asks_for_no_land() {
    let dir = tempdir().unwrap();
    workspace(dir.path());
    let file = feature(dir.path(), "l.geojson", "LineString", &line(&[(-0.0, 500.0), (900.0, 500.0)]));
    let mut ask = ask(dir.path(), file);
    let drawn = plot(&ask);
    assert_eq!(drawn.official.number, None);
    let inside: f64 = drawn.crossings.iter().filter(|c| c.zone.role == LayerRole::RedLine).map(|c| c.length_m).sum();
    assert!((inside - 900.0).abs() < 1e-6, "{inside}");
    ask.no_land = true;
    let stated = plot(&ask);
    assert_eq!(stated.official.number, Some(2));
    assert_eq!(stated.outcome, drawn.outcome, "the rules are judged as before");
}

#[test]
fn a_line_with_a_width_is_judged_by_its_ground_and_its_crossings_only_say_how_far() {
    let dir = tempdir().unwrap();
    workspace(dir.path());
    let file = feature(dir.path(), "l.geojson", "LineString", &line(&[(600.0, 500.0), (900.0, 500.0)]));
    let opinion = project(dir.path(), "o.txt", &[("o", "", &square(500.0, 400.0, 500.0))]);
    let mut ask = ask(dir.path(), file);
    ask.rules = Some("national-2022".into());
    ask.date = date(2024, 1, 1);
    ask.activity = Some("linear-infrastructure".into());
    ask.width_m = Some(20.0);
    ask.opinions = vec![redline_engine::OpinionFile { path: opinion, kind: Some("limited-activity".into()) }];
    let plot = plot(&ask);
    let red = plot.overlaps.iter().find(|o| o.zone.role == LayerRole::RedLine).unwrap();
    assert!((red.area.planar_m2 - 6_000.0).abs() < 1e-4);
    let crossing = plot.crossings.iter().find(|c| c.zone.role == LayerRole::RedLine).unwrap();
    assert_eq!((crossing.outcome, &crossing.findings), (red.outcome, &red.findings));
    assert_eq!(plot.official.number, Some(3), "{}", plot.official.sentence);
}

#[test]
fn an_opinion_covers_a_bare_line_only_where_it_holds_all_of_it_in_the_zone() {
    let dir = tempdir().unwrap();
    workspace(dir.path());
    let file = feature(dir.path(), "l.geojson", "LineString", &line(&[(600.0, 500.0), (900.0, 500.0)]));
    let whole = project(dir.path(), "whole.txt", &[("o", "", &square(500.0, 400.0, 500.0))]);
    let part = project(dir.path(), "part.txt", &[("o", "", &square(500.0, 400.0, 399.0))]);
    let mut ask = ask(dir.path(), file);
    ask.rules = Some("national-2022".into());
    ask.date = date(2024, 1, 1);
    ask.activity = Some("linear-infrastructure".into());
    let judged = |ask: &CheckRequest| {
        let review = check(ask, &Silent).unwrap().review;
        let short = review.projects[0].notes.iter().find(|n| n.code == "opinion-shortfall").map(|n| n.message.clone());
        let red = |c: &&Crossing| c.zone.role == LayerRole::RedLine;
        (review.projects[0].plots[0].crossings.iter().find(red).unwrap().outcome, short)
    };
    let with = |path| vec![redline_engine::OpinionFile { path, kind: Some("limited-activity".into()) }];
    ask.opinions = with(whole);
    let (covered, short) = judged(&ask);
    assert_eq!(short, None);
    ask.opinions = with(part);
    let (uncovered, short) = judged(&ask);
    assert!(short.is_some_and(|s| s.contains("1.000 米")));
    assert!(uncovered > covered, "{uncovered:?} against {covered:?}");
}

#[test]
fn a_line_or_point_outside_the_growth_boundary_is_judged_like_ground_outside_it() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let mut open = Workspace::open_for_editing(&city).unwrap();
    let town = vec![zone("G", None, None, rectangle(5_000.0, 5_000.0, 6_000.0, 6_000.0))];
    ground::add(&mut open, LayerRole::GrowthBoundary, date(2016, 8, 10), town);
    ground::add(
        &mut open,
        LayerRole::Farmland,
        date(2016, 8, 10),
        vec![zone("F", None, None, rectangle(0.0, 9_000.0, 9.0, 9_010.0))],
    );
    drop(open);
    let outside = |name: &str, kind: &str, coordinates: &str| {
        let mut ask = ask(dir.path(), feature(dir.path(), name, kind, coordinates));
        ask.rules = Some("national-2022".into());
        ask.date = date(2024, 1, 1);
        ask.activity = Some("urban-construction".into());
        plot(&ask).findings.iter().any(|f| f.role == Some(LayerRole::GrowthBoundary))
    };
    assert!(!outside("in.geojson", "LineString", &line(&[(5_100.0, 5_100.0), (5_900.0, 5_100.0)])));
    assert!(outside("out.geojson", "LineString", &line(&[(5_100.0, 5_100.0), (6_900.0, 5_100.0)])));
    assert!(!outside("pin.geojson", "MultiPoint", &line(&[(5_100.0, 5_100.0)])));
    assert!(outside("pout.geojson", "MultiPoint", &line(&[(5_100.0, 5_100.0), (6_900.0, 5_100.0)])));
}

#[test]
fn a_line_that_leaves_the_city_between_its_ends_is_not_clear() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let mut open = Workspace::open_for_editing(&city).unwrap();
    let home = vec![
        zone("D1", None, None, rectangle(0.0, 0.0, 6_000.0, 9_000.0)),
        zone("D2", None, None, rectangle(6_500.0, 0.0, 9_000.0, 9_000.0)),
    ];
    ground::add(&mut open, LayerRole::District, date(2016, 8, 10), home);
    drop(open);
    let across = feature(dir.path(), "a.geojson", "LineString", &line(&[(5_000.0, 5_000.0), (7_000.0, 5_000.0)]));
    let plot = plot(&ask(dir.path(), across));
    assert_eq!(plot.outcome, Outcome::Manual);
    assert!(plot.findings.iter().any(|f| f.finding.rule == "beyond-city"));
}

#[test]
fn a_polygon_is_land_asked_for_whatever_is_said_of_a_crossing() {
    let dir = tempdir().unwrap();
    workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(600.0, 100.0, 100.0))]);
    let mut ask = ask(dir.path(), file);
    ask.no_land = true;
    let review = check(&ask, &Silent).unwrap().review;
    assert_eq!(review.projects[0].plots[0].official.number, None);
    assert!(review.projects[0].notes.iter().any(|n| n.code == "no-land-unused"));
}
