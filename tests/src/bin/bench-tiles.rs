//! Benchmark of the vector tiles of one workspace: how long a tile takes that was never asked for, and
//! one that was, by zoom; how long the overview takes. `make bench` runs it on the city of a million
//! parcels. Rows of the table go to stdout. By hand:
//!
//! ```text
//! cargo run --release -p redline-tests --bin bench-tiles -- city.gpkg [--all] [--zoom=Z]
//! ```
//! `--all` adds the layers other than land use; `--zoom` takes one zoom alone, without the overview.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a benchmark: failing loudly is its work

use redline_cartography::{MAX_ZOOM, MIN_ZOOM, Readers, TileSource, build_overview, overview_zoom};
use redline_tests::clock::timed;
use redline_tests::random::Random;
use redline_workspace::{LayerInfo, Workspace};
use redline_zoning::LayerRole;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Tiles tried in a band.
const TRIED: usize = 60;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|a| a == "--all");
    let only: Option<u8> = arguments.iter().find_map(|a| a.strip_prefix("--zoom=")).map(|z| z.parse().unwrap());
    let path = arguments.iter().find(|a| !a.starts_with("--")).expect("name a workspace");
    let workspace = Workspace::open(path).unwrap();
    for layer in workspace.layers().unwrap() {
        if layer.role != LayerRole::LandUse && !all {
            continue;
        }
        if let Some(zoom) = only {
            tiles(Path::new(path), &layer, zoom, zoom);
            continue;
        }
        overview(&workspace, &layer);
        let finest = overview_zoom(&layer).unwrap_or(MIN_ZOOM - 1);
        for band in [MIN_ZOOM..=8, 9..=12, 13..=13, 14..=15, 16..=MAX_ZOOM] {
            // the overview and the live cut are different work
            let (low, high) = (*band.start(), *band.end());
            for (from, to) in [(low, high.min(finest)), (low.max(finest + 1), high)] {
                if from <= to {
                    tiles(Path::new(path), &layer, from, to);
                }
            }
        }
    }
}

/// Painting all parcels, and reading what was painted.
fn overview(workspace: &Workspace, layer: &LayerInfo) {
    if overview_zoom(layer).is_none() {
        return;
    }
    let started = Instant::now();
    let bytes = build_overview(workspace, layer, &mut |_, _| {}, &|| false).unwrap();
    let (took, zones) = (started.elapsed().as_secs_f64(), layer.features);
    let size = bytes.len() as f64 / 1e6;
    println!("| overview of {zones} zones, built | {took:.1} s, {size:.1} MB | — | — | seconds |");
}

/// Tiles with something in them, spread over the layer at random.
fn tiles(path: &Path, layer: &LayerInfo, from: u8, to: u8) {
    let source = TileSource::open(&Arc::new(Readers::new(path)), layer, None).unwrap();
    let started = Instant::now();
    // the overview is read once, before the first tile
    let ready = source.overview_ready();
    let loading = started.elapsed().as_secs_f64() * 1e3;
    if !ready {
        source.prepare(&mut |_, _| {}, &|| false).unwrap();
    }
    let [west, south, east, north] = source.info().bounds.unwrap();
    let mut random = Random::new(u64::from(from) * 31 + u64::from(to));
    let (mut cold, mut warm, mut bytes, mut asked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut processor = 0.0;
    for i in 0..TRIED {
        let z = from + (i % usize::from(to - from + 1)) as u8;
        let (lon, lat) = (west + random.unit() * (east - west), south + random.unit() * (north - south));
        let side = f64::from(1_u32 << z);
        let y = 0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU;
        let place = (z, ((lon / 360.0 + 0.5) * side) as u32, (y * side) as u32);
        if asked.contains(&place) {
            continue;
        }
        asked.push(place);
        let ask = || {
            let (tile, took) = timed(|| source.tile(place.0, place.1, place.2, &|| false).unwrap());
            (took, tile.len())
        };
        let (took, size) = ask();
        if size > 0 {
            cold.push(took.wall * 1e3);
            processor += took.cpu * 1e3;
            bytes.push(size as f64 / 1e3);
            warm.push(ask().0.wall * 1e3);
        }
    }
    if cold.is_empty() {
        return;
    }
    let mean = processor / cold.len() as f64;
    let [cold, warm, bytes] = [cold, warm, bytes].map(|mut v| {
        v.sort_by(f64::total_cmp);
        (v[v.len() / 2], v[v.len() * 95 / 100])
    });
    let zooms = if from == to { format!("zoom {from}") } else { format!("zooms {from}–{to}") };
    let (name, zones) = (layer.role.as_str(), layer.features);
    println!(
        "| a tile of {name}, {zones} zones, {zooms}, first asked for: median, p95 | {:.1} ms, {:.1} ms | — | — | ≤ 20 ms |",
        cold.0, cold.1
    );
    println!("| the same, asked for again | {:.2} ms, {:.2} ms | — | — | ≤ 2 ms |", warm.0, warm.1);
    eprintln!(
        "{name} {zooms}: {:.0} kB, p95 {:.0} kB; mean processor time {mean:.1} ms; opened in {loading:.0} ms",
        bytes.0, bytes.1
    );
}
