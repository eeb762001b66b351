//! The review record: its schema, that it repeats byte by byte, exit codes, and what people see.

use crate::support::{check, check_in, copy_of_workspace, folder, list, shared_city, shared_plot};
use redline_tests::command::{command, finish, run};
use redline_tests::ogr::{self, Plot};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn plot_file(folder: &Path) -> PathBuf {
    let file = folder.join("plots.geojson");
    ogr::write_geojson(&file, std::slice::from_ref(shared_plot()));
    file
}

const KEYS: [&str; 4] = ["--industry", "C26", "--stage", "new"];

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let (one, two) = (folder(), folder());
    let first = check(&[&plot_file(one.path())], &KEYS).exits(1);
    // another folder, another number of threads, another language
    let file = plot_file(two.path());
    let mut again = command(&["check", file.to_str().unwrap(), "--workspace", shared_city().workspace()]);
    again.args(["--date", "2018-06-01", "--format", "json", "--threads", "1"]).args(KEYS).env("LC_ALL", "zh_CN.UTF-8");
    assert_eq!(first.stdout, finish(again).exits(1).stdout);
    assert!(!first.stdout.contains(one.path().to_str().unwrap()), "no folder stands in the record");
}

#[test]
fn the_order_of_files_does_not_change_the_record() {
    let scratch = folder();
    let files: Vec<PathBuf> = ["c", "a", "b"]
        .iter()
        .map(|name| {
            let file = scratch.path().join(format!("{name}.geojson"));
            let mut plot = shared_plot().clone();
            plot.id = format!("DK-{name}");
            ogr::write_geojson(&file, &[plot]);
            file
        })
        .collect();
    let forward = check(&[&files[0], &files[1], &files[2]], &KEYS).exits(1);
    let backward = check(&[&files[2], &files[1], &files[0]], &KEYS).exits(1);
    assert_eq!(forward.stdout, backward.stdout);
    let names: Vec<Value> = list(&forward.json()["projects"]).iter().map(|p| p["file"].clone()).collect();
    assert_eq!(names, ["a.geojson", "b.geojson", "c.geojson"]);
}

#[test]
fn exit_codes_follow_the_strictest_outcome() {
    let scratch = folder();
    let across = plot_file(scratch.path());
    let prohibited = check(&[&across], &KEYS).exits(1).json();
    assert_eq!(prohibited["outcome"], "prohibited");
    // without keys, what depends on them is manual
    let manual = check(&[&across], &[]).exits(1).json();
    assert_eq!(manual["outcome"], "manual");
    let reasons = manual["projects"][0]["plots"][0]["overlaps"].to_string();
    assert!(reasons.contains("activity") || reasons.contains("活动"), "the missing key is named: {reasons}");
    // somewhere in the city there is ground outside every zone
    let clear = clear_plot();
    let file = scratch.path().join("clear.geojson");
    ogr::write_geojson(&file, &[clear]);
    let review = check(&[&file], &KEYS).exits(0).json();
    assert_eq!(review["outcome"], "clear");
    // one clear and one prohibited file together
    assert_eq!(check(&[&file, &across], &KEYS).exits(1).json()["outcome"], "prohibited");
}

/// A plot that no zone touches, found by checking a lattice of small ones.
fn clear_plot() -> Plot {
    let layers = &shared_city().layers;
    let district = layers.iter().find(|l| l["role"] == "district").expect("the city has districts");
    let extent: Vec<f64> = list(&district["extent"]).iter().map(|v| v.as_f64().unwrap()).collect();
    let model = shared_plot();
    let from = model.shape.0[0].exterior().0[0];
    let plots: Vec<Plot> = (0..400)
        .map(|i| {
            let x = extent[0] + (extent[2] - extent[0]) * (f64::from(i % 20) + 0.5) / 20.0;
            let y = extent[1] + (extent[3] - extent[1]) * (f64::from(i / 20) + 0.5) / 20.0;
            let (dx, dy) = ((x - from.x).round(), (y - from.y).round());
            let mut plot = Plot { id: format!("L{i:03}"), ..model.clone() };
            plot.shape.0[0].exterior_mut(|ring| ring.0.iter_mut().for_each(|c| (c.x, c.y) = (c.x + dx, c.y + dy)));
            plot
        })
        .collect();
    let scratch = folder();
    let file = scratch.path().join("lattice.geojson");
    ogr::write_geojson(&file, &plots);
    let review = check(&[&file], &KEYS).json();
    let at = list(&review["projects"][0]["plots"]).iter().position(|p| p["outcome"] == "clear");
    plots[at.expect("some lattice plot is clear")].clone()
}

#[test]
fn a_date_outside_the_rule_book_is_a_warning_in_the_record() {
    let scratch = folder();
    let file = plot_file(scratch.path());
    let path = file.to_str().unwrap();
    let line = |date| ["check", path, "--workspace", shared_city().workspace(), "--format", "json", "--date", date];
    let within = run(&line("2018-06-01")).exits(1).json();
    let outside = run(&line("2026-06-01")).exits(1).json();
    let warnings = |review: &Value| list(&review["notes"]).iter().filter(|n| n["severity"] == "warning").count();
    assert!(warnings(&outside) > warnings(&within), "{outside}");
    assert_eq!(outside["rule_book"]["valid_to"], "2020-12-31");
}

#[test]
fn a_saved_review_is_found_again_and_saved_only_once() {
    let scratch = folder();
    let workspace = copy_of_workspace(scratch.path());
    let path = workspace.to_str().unwrap();
    let file = plot_file(scratch.path());
    let saved = check_in(path, &[&file], &["--save"]).exits(1);
    check_in(path, &[&file], &["--save"]).exits(1);
    let kept = run(&["reviews", "list", "--workspace", path, "--format", "json"]).exits(0).json();
    let reviews = list(kept.get("reviews").unwrap_or(&kept));
    assert_eq!(reviews.len(), 1, "{kept}");
    assert_eq!(reviews[0]["date"], "2018-06-01");
    let id = reviews[0]["id"].as_str().unwrap();
    let shown = run(&["reviews", "show", id, "--workspace", path, "--format", "json"]).exits(0);
    assert_eq!(shown.stdout, saved.stdout, "the record comes back byte by byte");
    run(&["reviews", "show", "no-such-review", "--workspace", path]).refuses("no-such-review");
    // the workspace is still one that GDAL opens
    ogr::tool(std::process::Command::new("ogrinfo").args(["-so", "-q", path]));
}

#[test]
fn the_spreadsheet_and_the_geojson_open_in_gdal() {
    let scratch = folder();
    let file = plot_file(scratch.path());
    let review = check(&[&file], &KEYS).exits(1).json();
    let overlaps = list(&review["projects"][0]["plots"][0]["overlaps"]).len();
    for name in ["result.geojson", "result.xlsx"] {
        let output = scratch.path().join(name);
        let line = [
            "check",
            file.to_str().unwrap(),
            "--workspace",
            shared_city().workspace(),
            "--date",
            "2018-06-01",
            "--output",
            output.to_str().unwrap(),
        ];
        run(&[&line[..], &KEYS].concat()).exits(1);
        let listing =
            std::process::Command::new("ogrinfo").args(["-al", "-so", output.to_str().unwrap()]).output().unwrap();
        assert!(listing.status.success());
        let listing = String::from_utf8_lossy(&listing.stdout).into_owned();
        assert!(listing.contains("Feature Count"), "{listing}");
        if name.ends_with("geojson") {
            let pieces: Value = serde_json::from_slice(&std::fs::read(&output).unwrap()).unwrap();
            assert!(list(&pieces["features"]).len() >= overlaps);
        }
    }
}

#[test]
fn the_table_for_people_is_as_agreed() {
    let scratch = folder();
    let file = plot_file(scratch.path());
    for lang in ["zh", "en"] {
        let line = [
            "check",
            file.to_str().unwrap(),
            "--workspace",
            shared_city().workspace(),
            "--date",
            "2018-06-01",
            "--lang",
            lang,
        ];
        let said = run(&[&line[..], &KEYS].concat()).exits(1);
        insta::with_settings!({filters => vec![(r"\b[0-9a-f]{12,64}\b", "[hash]")]}, {
            insta::assert_snapshot!(format!("table-{lang}"), said.stdout);
        });
    }
}

#[test]
fn the_json_record_is_as_agreed() {
    let scratch = folder();
    let review = check(&[&plot_file(scratch.path())], &KEYS).exits(1).json();
    insta::assert_json_snapshot!("record", for_snapshot(review));
}

/// Geometry and hashes by their kind, numbers to the millimetre: what may differ between machines
/// does not stand in a snapshot.
fn for_snapshot(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| {
                let value = match key.as_str() {
                    "coordinates" => "[coordinates]".into(),
                    "sha256" | "engine_version" => format!("[{key}]").into(),
                    _ => for_snapshot(value),
                };
                (key, value)
            })
            .collect(),
        Value::Array(values) => values.into_iter().map(for_snapshot).collect(),
        Value::Number(n) if n.is_f64() => ((n.as_f64().unwrap() * 1000.0).round() / 1000.0).into(),
        other => other,
    }
}
