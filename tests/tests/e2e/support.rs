//! What the end-to-end tests share.

use redline_tests::city::{City, city};
use redline_tests::command::{Said, run};
use redline_tests::ogr::Plot;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::OnceLock;

/// The shared sample city.
pub fn shared_city() -> &'static City {
    city(env!("CARGO_TARGET_TMPDIR"))
}

/// The shared plot that lies across the red line.
pub fn shared_plot() -> &'static Plot {
    static PLOT: OnceLock<Plot> = OnceLock::new();
    PLOT.get_or_init(|| shared_city().plot_across_the_red_line())
}

/// A new empty folder, gone at the end of the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// `redline check` of `files` against the shared city on a day the plan was in force.
pub fn check(files: &[&Path], more: &[&str]) -> Said {
    check_in(shared_city().workspace(), files, more)
}

/// `redline check` against another workspace.
pub fn check_in(workspace: &str, files: &[&Path], more: &[&str]) -> Said {
    let mut arguments = vec!["check"];
    arguments.extend(files.iter().map(|f| f.to_str().unwrap()));
    arguments.extend(["--workspace", workspace, "--date", "2018-06-01", "--format", "json"]);
    arguments.extend(more);
    run(&arguments)
}

/// SHA-256 of a file's bytes.
pub fn bytes_hash(path: &Path) -> String {
    format!("{:x?}", Sha256::digest(std::fs::read(path).unwrap()))
}

/// A copy of the shared workspace, to be spoiled.
pub fn copy_of_workspace(folder: &Path) -> std::path::PathBuf {
    let copy = folder.join("copy.gpkg");
    std::fs::copy(&shared_city().workspace, &copy).unwrap();
    copy
}

/// A number of the record.
#[track_caller]
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("not a number: {value}"))
}

/// An array of the record.
#[track_caller]
pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not an array: {value}"))
}
