//! Keeps the direction of the layers: each crate uses only those above it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // test code

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Top to bottom: each may use only those before it.
const LAYERS: [&str; 14] = [
    "redline-wording",
    "redline-geometry",
    "redline-zoning",
    "redline-coverage",
    "redline-formats",
    "redline-workspace",
    "redline-cartography",
    "redline-report",
    "redline-sheet",
    "redline-gpu",
    "redline-samples",
    "redline-engine",
    "redline-host",
    "redline-cli",
];

/// Crates of the workspace outside the layers: they may use every layer, and no layer uses them.
const OUTSIDE: [&str; 2] = ["redline-tests", "redline-window"];

/// Every crate of the workspace with the crates it names, tests and build scripts included.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| {
            let used = p["dependencies"].as_array().unwrap().iter().map(|d| word(&d["name"])).collect();
            (word(&p["name"]), used)
        })
        .collect()
}

#[test]
fn every_crate_has_its_place_among_the_layers() {
    for name in dependencies().keys() {
        assert!(
            LAYERS.contains(&name.as_str()) || OUTSIDE.contains(&name.as_str()),
            "{name} stands in no layer: put it into the list in tests/tests/layers.rs and README.md"
        );
    }
    for layer in LAYERS {
        assert!(dependencies().contains_key(layer), "{layer} is listed but not in the workspace");
    }
}

#[test]
fn a_layer_uses_only_the_layers_above_it() {
    let dependencies = dependencies();
    for (place, layer) in LAYERS.iter().enumerate() {
        for used in dependencies[*layer].iter().filter(|d| d.starts_with("redline-")) {
            let its_place = LAYERS.iter().position(|l| l == used);
            assert!(its_place.is_some_and(|p| p < place), "{layer} uses {used}, which does not stand above it");
        }
    }
}

#[test]
fn the_engine_and_all_above_it_know_no_front() {
    let dependencies = dependencies();
    for layer in LAYERS.iter().filter(|l| **l != "redline-cli") {
        for used in &dependencies[*layer] {
            let front = ["clap", "indicatif", "comfy-table"].contains(&used.as_str()) || used.starts_with("tauri");
            assert!(!front, "{layer} uses {used}: only fronts talk to people");
        }
    }
}
