//! Benchmark of the live what-if: a plot of 200 vertices dragged across the lines of a city, one
//! question a step, as the window asks while the pointer moves. Rows of the table go to stdout.
//!
//! ```text
//! cargo run --release -p redline-tests --bin bench-trial -- city.gpkg
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a benchmark: failing loudly is its work

use redline_engine::{Desk, Folders, Silent};
use serde_json::{Value, json};
use std::time::Instant;

/// Corners of the plot.
const CORNERS: usize = 200;
/// Steps of the drag.
const STEPS: usize = 400;
/// Its radius, degrees: some 300 m.
const RADIUS: f64 = 0.003;

fn main() {
    let path = std::env::args().nth(1).expect("name a workspace");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let folders =
        Folders { config: at("config"), cache: at("cache"), scratch: at("scratch"), documents: at("documents") };
    let desk = Desk::new(folders, Vec::new(), || jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC));
    let ask = |command: &str, request: Value| -> Value {
        let bytes =
            desk.call(command, request.to_string().as_bytes(), &Silent).unwrap_or_else(|e| panic!("{command}: {e}"));
        serde_json::from_slice(&bytes).unwrap()
    };
    let opened = Instant::now();
    let view = ask("open_workspace", json!({ "path": path }));
    println!(
        "| opening a workspace in the window's engine | {:.0} ms | — | — | — |",
        opened.elapsed().as_secs_f64() * 1e3
    );

    // from the middle of the red line's largest class outwards
    let hits = ask("search", json!({ "text": "HX", "limit": 1 }));
    let centre =
        hits[0]["at"].as_array().map_or_else(|| middle(&view), |at| [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]);
    let corner = |n: usize| {
        let turn = n as f64 / CORNERS as f64 * std::f64::consts::TAU;
        let radius = RADIUS * (1.0 + 0.2 * (7.0 * turn).sin());
        [centre[0] + radius * turn.cos(), centre[1] + radius * turn.sin()]
    };
    let points: Vec<[f64; 2]> = (0..CORNERS).map(corner).collect();
    let given = json!({ "date": "2018-06-01", "activity": "urban-construction", "stage": "new" });
    let trial =
        |edit: Value, keep: bool| json!({ "review": null, "plot": "", "edit": edit, "keep": keep, "given": given });
    let first = Instant::now();
    ask("try_edit", trial(json!({ "do": "draw", "points": points }), true));
    println!(
        "| what-if: first question, ground loaded around the plot | {:.1} ms | — | — | — |",
        first.elapsed().as_secs_f64() * 1e3
    );
    let (mut took, mut overlaps) = (Vec::new(), 0);
    for step in 0..STEPS {
        // a slow spiral of up to 1.2 km: it stays on the ground that is loaded
        let turn = step as f64 / 40.0;
        let by = 0.012 * step as f64 / STEPS as f64;
        let to = [centre[0] + by * turn.cos(), centre[1] + by * turn.sin()];
        let asked = trial(json!({ "do": "move", "from": centre, "to": to }), false).to_string();
        let started = Instant::now();
        let bytes = desk.call("try_edit", asked.as_bytes(), &Silent).unwrap();
        took.push(started.elapsed().as_secs_f64() * 1e3);
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        overlaps += answer["overlaps"].as_array().unwrap().len();
    }
    took.sort_by(f64::total_cmp);
    let of = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    println!(
        "| what-if: a plot of {CORNERS} vertices dragged, question to answer, median (95 %) of {STEPS}; {:.1} overlaps each | {:.2} ms ({:.2} ms) | — | — | ≤ 16 ms |",
        overlaps as f64 / STEPS as f64,
        of(0.5),
        of(0.95),
    );
}

fn middle(view: &Value) -> [f64; 2] {
    let b = [0, 1, 2, 3].map(|n| view["bounds"][n].as_f64().unwrap());
    [(b[0] + b[2]) / 2.0, (b[1] + b[3]) / 2.0]
}
