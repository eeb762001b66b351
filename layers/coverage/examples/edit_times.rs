//! How long single edits take in a coverage of 20 000 zones with four million vertices, and how much
//! memory it holds: `cargo run --release -p redline-coverage --example edit_times`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a measurement: any failure ends it

#[path = "../tests/common/mod.rs"]
mod common;

use common::{cells, coverage};
use redline_coverage::{Change, Coverage, Edit};
use std::time::{Duration, Instant};

fn told(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what:<28} median {:>8.3} ms   worst {:>8.3} ms   ({} times)", ms(median), ms(worst), times.len());
}

fn memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

/// Plans and applies, or tells that it was refused.
fn make(city: &mut Coverage, edit: &Edit, times: &mut Vec<Duration>) -> Option<Change> {
    let start = Instant::now();
    let change = city.plan(edit).ok()?;
    city.apply(&change).unwrap();
    times.push(start.elapsed());
    Some(change)
}

/// Rings as doubles, each after its count of points: what the peer makes polygons of.
fn write(zones: &[redline_zoning::Zone], file: &str) {
    let mut bytes = Vec::new();
    for zone in zones {
        let ring = &zone.shape.0[0].exterior().0;
        bytes.extend((ring.len() as u64).to_le_bytes());
        for p in ring {
            bytes.extend(p.x.to_le_bytes());
            bytes.extend(p.y.to_le_bytes());
        }
    }
    std::fs::write(file, bytes).unwrap();
}

fn main() {
    let mut zones = cells(142, 49);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shaken = arguments.iter().any(|a| a == "--shaken" || a == "--write");
    if shaken {
        for zone in zones.iter_mut().step_by(40) {
            let ring = zone.shape.0[0].exterior().0.clone();
            let mut open = ring[..ring.len() - 1].to_vec();
            open[60].x += 1.5;
            zone.shape = redline_geometry::shape_of_rings(vec![(open, vec![])]);
        }
    }
    if let [word, file] = &arguments[..]
        && word == "--write"
    {
        return write(&zones, file);
    }
    let vertices: usize = zones.iter().map(|z| z.shape.0[0].exterior().0.len() - 1).sum();
    println!("{} zones, {vertices} vertices", zones.len());
    let start = Instant::now();
    let mut city = coverage(zones);
    println!("held in {:.2} s, {:.0} MB", start.elapsed().as_secs_f64(), memory_mb());

    let start = Instant::now();
    let defects = city.defects(redline_coverage::defects::GAP_WIDTH_M);
    println!("{} defects listed in {:.2} s, {:.0} MB", defects.len(), start.elapsed().as_secs_f64(), memory_mb());

    let (mut moves, mut undos, mut splits, mut merges) = (vec![], vec![], vec![], vec![]);
    let mut refused = 0;
    for n in 0..500_i64 {
        let (i, j) = ((n * 37) % 140, (n * 91) % 140);
        let id = format!("{i}-{j}");
        let ring = common::shell(&city, &id);
        let p = ring[(n as usize * 13) % ring.len()];
        match make(&mut city, &Edit::MoveVertex { from: [p.x, p.y], to: [p.x + 0.05, p.y + 0.05] }, &mut moves) {
            Some(change) => {
                let back = change.reversed();
                let start = Instant::now();
                city.apply(&back).unwrap();
                undos.push(start.elapsed());
            }
            None => refused += 1,
        }
        let (x, y) = (common::ORIGIN.x + 100.0 * i as f64, common::ORIGIN.y + 100.0 * j as f64);
        let line = vec![[x - 40.0, y + 45.0], [x + 50.0, y + 55.0], [x + 140.0, y + 50.0]];
        if let Some(change) = make(&mut city, &Edit::Split { zone: id.clone(), line }, &mut splits) {
            let new: Vec<String> = change
                .zones
                .iter()
                .filter(|z| z.before.is_none())
                .filter_map(|z| z.after.as_ref())
                .map(|z| z.facts.id.clone())
                .collect();
            for other in new {
                let edit = Edit::Merge { zones: vec![id.clone(), other], keep: id.clone() };
                make(&mut city, &edit, &mut merges);
            }
        }
    }
    told("vertex move, checked", moves);
    told("undo", undos);
    told("split", splits);
    told("merge", merges);
    println!("{refused} moves refused; {:.0} MB at the end", memory_mb());
}
