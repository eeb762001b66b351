//! What a review and an import say of inputs they could not read, and of layers that changed.
#![allow(clippy::unwrap_used)]

mod ground;

use ground::{E, N, project, request, square, workspace};
use jiff::civil::date;
use redline_engine::{
    Acceptance, AreasRequest, Checked, ImportRequest, LayerRole, Outcome, Silent, Stage, areas, check, import,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::tempdir;

fn run(request: &redline_engine::CheckRequest) -> Checked {
    check(request, &Silent).unwrap()
}

/// A square of 100 m on tier 1 ground as GeoJSON with the given properties.
fn plot_with(dir: &Path, properties: &str) -> PathBuf {
    let path = dir.join("地块.geojson");
    let corners = square(1_200.0, 100.0, 100.0);
    let ring: Vec<String> =
        corners.iter().chain(corners.first()).map(|(x, y)| format!("[{},{}]", E + x, N + y)).collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4526"}}}},
"features":[{{"type":"Feature","properties":{{"DKBH":"甲",{properties}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}]}}"#,
        ring.join(",")
    );
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_stage_and_an_industry_that_cannot_be_read_are_told_with_plot_and_value() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = plot_with(dir.path(), r#""建设性质":"迁建","行业":"养猪""#);
    let review = run(&request(&city, &[file])).review;
    let notes = &review.projects[0].notes;
    let stage = notes.iter().find(|n| n.code == "stage-unread").unwrap();
    assert!(stage.plot.as_deref() == Some("甲") && stage.message.contains("迁建"), "{stage:?}");
    let industry = notes.iter().find(|n| n.code == "industry-unread").unwrap();
    assert!(industry.plot.as_deref() == Some("甲") && industry.message.contains("养猪"), "{industry:?}");
    let own = review.projects[0].plots[0].activity.as_ref().unwrap();
    assert_eq!(own.industry.as_deref(), Some("养猪"), "kept as it stands");
}

#[test]
fn what_the_file_says_of_stage_and_industry_against_what_was_given_is_told() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = plot_with(dir.path(), r#""建设性质":"扩建","行业":"A0313""#);
    let mut ask = request(&city, &[file]);
    ask.stage = Some(Stage::New);
    ask.industry = Some("C26".into());
    let review = run(&ask).review;
    let told = |code: &str| review.projects[0].notes.iter().any(|n| n.code == code);
    assert!(told("stage-differs") && told("industry-differs"), "{:?}", review.projects[0].notes);
    ask.stage = Some(Stage::Extend);
    ask.industry = Some("A03".into());
    let review = run(&ask).review;
    assert!(review.projects[0].notes.iter().all(|n| !n.code.ends_with("-differs")));
}

#[test]
fn an_archive_with_a_member_that_cannot_be_opened_is_never_clear() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let folder = dir.path().join("资料");
    std::fs::create_dir(&folder).unwrap();
    project(&folder, "a.txt", &[("1", "", &square(6_000.0, 100.0, 100.0))]);
    std::fs::write(folder.join("README.txt"), "plots of the road").unwrap();
    let clear = run(&request(&city, std::slice::from_ref(&folder)));
    assert_eq!((clear.review.outcome, clear.exit_code()), (Outcome::Clear, 0), "{:?}", clear.review.projects);
    assert!(clear.review.notes.iter().any(|n| n.message.contains("README.txt")));
    std::fs::write(folder.join("b.zip"), "PK no zip").unwrap();
    let done = run(&request(&city, &[folder]));
    assert_eq!((done.review.outcome, done.exit_code()), (Outcome::Manual, 2));
    assert!(done.review.projects.iter().any(|p| p.file.contains("b.zip") && p.error.is_some()));
}

#[test]
fn a_plot_without_a_shape_keeps_its_file_from_being_clear() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = dir.path().join("a.geojson");
    let corners = square(6_000.0, 100.0, 100.0);
    let ring: Vec<String> =
        corners.iter().chain(corners.first()).map(|(x, y)| format!("[{},{}]", E + x, N + y)).collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4526"}}}},
"features":[{{"type":"Feature","properties":{{"DKBH":"1"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}},
{{"type":"Feature","properties":{{"DKBH":"2"}},"geometry":null}}]}}"#,
        ring.join(",")
    );
    std::fs::write(&file, text).unwrap();
    let done = run(&request(&city, &[file]));
    assert_eq!((done.review.outcome, done.exit_code()), (Outcome::Manual, 1));
}

#[test]
fn a_layer_that_another_program_changed_is_told_in_reviews_and_areas() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = project(dir.path(), "a.txt", &[("1", "", &square(6_000.0, 100.0, 100.0))]);
    let before = run(&request(&city, std::slice::from_ref(&file))).review;
    assert!(!before.to_json().unwrap().contains("edited_outside"));
    let sql = "UPDATE red_line SET name = '改' WHERE fid = 1";
    assert!(Command::new("ogrinfo").args(["-q", "-sql", sql]).arg(&city).output().unwrap().status.success());
    let review = run(&request(&city, &[file])).review;
    let layer = |role| review.workspace.layers.iter().find(|l| l.role == role).unwrap().edited_outside;
    assert!(layer(LayerRole::RedLine) && !layer(LayerRole::ControlLine));
    assert!(review.notes.iter().any(|n| n.code == "layer-edited-outside" && n.message.contains("生态保护红线")));
    let report = areas(&AreasRequest { workspace: city, rules: None, layers_as_of: None }).unwrap();
    assert!(report.notes.iter().any(|n| n.code == "layer-edited-outside"), "{:?}", report.notes);
}

fn importing(file: PathBuf, workspace: PathBuf) -> ImportRequest {
    ImportRequest {
        file,
        role: LayerRole::RedLine,
        workspace,
        map: BTreeMap::new(),
        layer: None,
        crs: Some("EPSG:2362".into()),
        date: date(2020, 1, 1),
        source: None,
        source_date: None,
        author: None,
        reason: None,
        extent: None,
        workspace_crs: None,
        accept: BTreeSet::new(),
    }
}

#[test]
fn what_an_importer_accepted_stands_in_the_revision() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let file = plot_with(dir.path(), r#""HXLX":"一级饮用水源保护区""#);
    let mut ask = importing(file, city.clone());
    let revisions = || redline_workspace::Workspace::open(&city).unwrap().revisions().unwrap();
    let before = revisions().len();
    assert_eq!(import(&ask, &Silent).unwrap_err().code, "datum-unaccepted");
    assert_eq!(revisions().len(), before, "a refused import changes nothing");
    ask.accept = BTreeSet::from([Acceptance::Datum]);
    import(&ask, &Silent).unwrap();
    let notes = revisions().pop().unwrap().notes;
    let codes: Vec<&str> = notes.iter().filter_map(|n| n["code"].as_str()).collect();
    for code in ["datum-xian80", "accepted", "kind-mapped"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}
