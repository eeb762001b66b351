//! The synthetic city: deterministic, at the plan's figures, in files that other programs read.

use crate::support::{folder, list, number, shared_city};
use redline_tests::city::PARCELS;
use redline_tests::command::run;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn hashes(folder: &Path) -> BTreeMap<String, String> {
    let workspace = folder.join("city.gpkg");
    let report = run(&["areas", "--workspace", workspace.to_str().unwrap(), "--format", "json"]).exits(0).json();
    list(&report["workspace"]["layers"])
        .iter()
        .map(|l| (l["name"].as_str().unwrap().to_owned(), l["sha256"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_city_and_another_seed_another() {
    let scratch = folder();
    let make = |name: &str, seed: &str| {
        let folder = scratch.path().join(name);
        run(&["sample", folder.to_str().unwrap(), "--seed", seed, "--parcels", PARCELS]).exits(0);
        hashes(&folder)
    };
    assert_eq!(make("again", "1"), hashes(&shared_city().folder));
    assert_ne!(make("other", "2"), hashes(&shared_city().folder));
}

#[test]
fn the_areas_meet_the_plan_and_its_contradiction_is_told() {
    let report = run(&["areas", "--workspace", shared_city().workspace(), "--format", "json"]).exits(0).json();
    let km2 = |role: &str| -> f64 {
        let row = list(&report["rows"]).iter().find(|r| r["role"] == role && r["group"] == "layer").unwrap();
        number(&row["area"]["ellipsoidal_m2"]) / 1e6
    };
    assert!((number(&report["city"]["ellipsoidal_m2"]) / 1e6 - 7434.40).abs() < 0.005);
    assert!((km2("red-line") - 1059.66).abs() < 0.005);
    assert!((km2("control-line") - 4000.0).abs() < 0.005);
    let told = report["contradictions_en"].to_string();
    assert!(told.contains("4000") && told.contains("55"), "{told}");
}

#[test]
fn gdal_opens_the_workspace_and_every_exchange_file() {
    let city = shared_city();
    let mut opened = 0;
    let mut stack = vec![city.folder.join("exchange")];
    let mut files = vec![city.workspace.clone()];
    while let Some(folder) = stack.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|e| e.to_str()) {
                _ if path.is_dir() => stack.push(path),
                Some("shp" | "geojson") => files.push(path),
                _ => {}
            }
        }
    }
    for file in files {
        let output = Command::new("ogrinfo").args(["-so", "-al"]).arg(&file).output().unwrap();
        assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("Feature Count"), "{}", file.display());
        opened += 1;
    }
    assert!(opened > 3, "the workspace, Shapefiles and GeoJSON");
}

#[test]
fn every_command_has_help_with_an_example_in_both_languages() {
    for command in ["sample", "import", "inspect", "check", "areas", "rules", "activities", "reviews", "report", "map"]
    {
        for (lang, word) in [("en", "Example"), ("zh", "示例")] {
            let said = run(&[command, "--help", "--lang", lang]).exits(0);
            assert!(said.stdout.contains(word), "{said:#?}");
            assert!(said.stdout.contains(&format!("redline {command}")), "{said:#?}");
        }
    }
}

#[test]
fn rule_books_pass_their_own_cases() {
    for book in ["guangzhou-2016", "national-2022"] {
        run(&["rules", "test", book]).exits(0);
        let shown: Value = run(&["rules", "show", book, "--format", "json"]).exits(0).json();
        assert!(shown.to_string().contains(book));
    }
}
