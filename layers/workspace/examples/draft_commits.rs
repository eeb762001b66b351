//! Measures editing at city size: N zones of 200 vertices each (default 20 000), then the commits of
//! edits that change two zones, undo and redo, confirming, comparing and restoring.
//!
//! `cargo run --release -p redline-workspace --example draft_commits -- [N]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a measurement, run by hand

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use jiff::Timestamp;
use jiff::civil::date;
use redline_geometry::{Ellipsoid, GaussKruger, Grid};
use redline_workspace::{NewDraft, NewEdit, NewRevision, NewVersion, Settings, Workspace, ZoneChange, layer_name};
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use std::time::{Duration, Instant};

const EAST: f64 = 38_430_000.0;
const NORTH: f64 = 2_550_000.0;
const EDITS: usize = 300;

/// A zone of 200 m with 200 vertices.
fn zone(i: usize, side: usize) -> Zone {
    let (x, y) = ((i % side) as f64 * 200.0, (i / side) as f64 * 200.0);
    let mut ring: Vec<Coord<f64>> = (0..200)
        .map(|k| {
            let turn = k as f64 / 200.0 * std::f64::consts::TAU;
            let r = 90.0 + 5.0 * (7.0 * turn + i as f64).sin();
            Coord { x: EAST + x + r * turn.cos(), y: NORTH + y + r * turn.sin() }
        })
        .collect();
    ring.push(ring[0]);
    Zone {
        facts: ZoneFacts {
            id: format!("KZX{i:06}"),
            name: "控制线".into(),
            tier: Some((1 + i % 2).to_string()),
            attributes: [("BSM".to_owned(), i.to_string())].into(),
            ..ZoneFacts::default()
        },
        shape: MultiPolygon::new(vec![Polygon::new(LineString::new(ring), vec![])]),
    }
}

fn moved(zone: &Zone, by: f64) -> Zone {
    let mut zone = zone.clone();
    zone.shape.0[0].exterior_mut(|r| r.0[17].x += by);
    zone
}

fn times(what: &str, mut all: Vec<Duration>) {
    all.sort_unstable();
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!(
        "{what}: median {:.2} ms, 99 % {:.2} ms, worst {:.2} ms of {}",
        ms(all[all.len() / 2]),
        ms(all[all.len() * 99 / 100]),
        ms(all[all.len() - 1]),
        all.len()
    );
}

fn timed<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = act();
    println!("{what}: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    done
}

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(20_000_usize);
    let side = (count as f64).sqrt().ceil() as usize;
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = folder.path().join("city.gpkg");
    let plane = GaussKruger { ellipsoid: Ellipsoid::CGCS2000, central_meridian: 114.0, false_easting: 38_500_000.0 };
    let grid = Grid { origin_x: EAST, origin_y: NORTH, step_exponent: -24 };
    let settings = Settings::new(4526, plane, grid, date(2018, 1, 1));
    let new = NewRevision {
        role: LayerRole::ControlLine,
        name: layer_name(LayerRole::ControlLine).into(),
        title: "控制线".into(),
        date: date(2018, 6, 1),
        author: String::new(),
        reason: String::new(),
        file_name: "控制线.shp".into(),
        file_sha256: String::new(),
        source_date: None,
        stated_extent: None,
        notes: Vec::new(),
    };
    let mut w = Workspace::create(&path, &settings).unwrap();
    timed("import", || w.add_revision(&new, (0..count).map(|i| zone(i, side)), &mut |_| {}).unwrap());
    drop(w);
    let mut w = timed("open for drafting", || Workspace::open_for_drafting(&path).unwrap());
    let started = NewDraft { name: "草案".into(), author: String::new(), started: Timestamp::UNIX_EPOCH };
    let draft = timed("start the first draft, with its indexes", || w.start_draft(&new.name, &started).unwrap()).id;

    let mut commits = Vec::new();
    for n in 0..EDITS {
        let at = (n * 7919) % (count - 1);
        let changes = [at, at + 1].map(|i| {
            let before = w.draft_zone(draft, &format!("KZX{i:06}")).unwrap();
            ZoneChange { after: before.as_ref().map(|z| moved(z, 0.25)), before }
        });
        let edit = NewEdit {
            at: Timestamp::UNIX_EPOCH,
            kind: "move-vertex".into(),
            command: serde_json::json!({"zone": at, "by": 0.25}),
            changes: changes.to_vec(),
        };
        let begun = Instant::now();
        w.apply_edit(draft, &edit).unwrap();
        commits.push(begun.elapsed());
    }
    times("commit of an edit of two zones", commits);
    let mut undone = Vec::new();
    let mut redone = Vec::new();
    for _ in 0..100 {
        let begun = Instant::now();
        w.undo_edit(draft).unwrap().unwrap();
        undone.push(begun.elapsed());
    }
    for _ in 0..100 {
        let begun = Instant::now();
        w.redo_edit(draft).unwrap().unwrap();
        redone.push(begun.elapsed());
    }
    times("undo, on the disk", undone);
    times("redo, on the disk", redone);
    let version =
        NewVersion { title: "稿".into(), author: String::new(), reason: String::new(), date: date(2020, 1, 1) };
    let changed = timed("what the draft changes", || w.draft_changes(draft).unwrap()).len();
    timed(&format!("confirm a draft of {changed} zones"), || w.confirm_draft(draft, &version).unwrap());
    let found = timed("compare the two revisions", || w.changed_between(&new.name, 1, 2).unwrap()).len();
    assert_eq!(found, changed);
    timed("restore the first", || w.restore_revision(&new.name, 1, &version).unwrap());
    timed("close", || w.close().unwrap());
    println!("file: {} MB", std::fs::metadata(&path).unwrap().len() / 1_000_000);
    timed("import again", || {
        let mut w = Workspace::open_for_editing(&path).unwrap();
        let again = NewRevision { date: date(2021, 1, 1), ..new.clone() };
        w.add_revision(&again, (0..count).map(|i| zone(i, side)), &mut |_| {}).unwrap()
    });
    let r = Workspace::open(&path).unwrap();
    timed("compare with an equal import", || assert!(r.changed_between(&new.name, 1, 4).unwrap().is_empty()));
}
