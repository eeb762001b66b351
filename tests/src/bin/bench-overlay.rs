//! Benchmark of the overlay kernel against GEOS and shapely, on the same generated data, results
//! compared. `make bench` runs it. Rows of the table go to stdout, what was compared to stderr. Every
//! figure is the best of several runs, one thread's by processor time: what else the machine does only
//! ever adds. By hand:
//!
//! ```text
//! cargo run --release -p redline-tests --bin bench-overlay -- single
//! cargo run --release -p redline-tests --bin bench-overlay -- batch [--python VENV/bin/python]
//! ```
//! Without `--python`, `batch` times only the kernel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a benchmark: failing loudly is its work

use geo_types::MultiPolygon;
use geos::Geom;
use redline_geometry::{Grid, TileSize, ZoneIndex, planar_m2};
use redline_tests::clock::{Took, timed};
use redline_tests::{generated, geos_side};
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pairs whose common area is at most this are touching, not overlapping, m².
const TOUCHING_M2: f64 = 1e-4;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let python = arguments.iter().position(|a| a == "--python").map(|i| PathBuf::from(&arguments[i + 1]));
    let wants = |name: &str| {
        let named = arguments.iter().any(|a| a == "single" || a == "batch");
        !named || arguments.iter().any(|a| a == name)
    };
    if wants("single") {
        single();
    }
    if wants("batch") {
        batch(python.as_deref());
    }
}

fn grid() -> Grid {
    Grid::around(generated::CENTRE_EAST - 100_000.0, generated::CENTRE_NORTH - 100_000.0)
}

/// One 50-vertex footprint against a 100 000-vertex red line with 210 holes.
fn single() {
    let red_line = generated::red_line();
    let footprints = generated::footprints_on(&red_line, 400);
    let vertices = red_line.exterior().0.len() - 1 + red_line.interiors().iter().map(|r| r.0.len() - 1).sum::<usize>();
    let red_line = MultiPolygon(vec![red_line]);

    let index = ZoneIndex::build(vec![red_line.clone()], grid(), TileSize::default());
    // Each run of ours goes around many times: the processor's clock moves in steps of milliseconds.
    let rounds = 40;
    let around = |area: &dyn Fn(&MultiPolygon<f64>) -> f64| -> (Vec<f64>, Took) {
        let (areas, took) = best(5, || {
            (1..rounds).for_each(|_| footprints.iter().for_each(|f| _ = black_box(area(f))));
            footprints.iter().map(area).collect()
        });
        (areas, Took { wall: took.wall / f64::from(rounds), cpu: took.cpu / f64::from(rounds) })
    };
    let (pieces, clipping) = around(&|f| index.overlaps(f).iter().map(|o| planar_m2(&o.shape)).sum());
    let (areas, measuring) = around(&|f| index.overlap_areas(f).iter().map(|(_, area)| area).sum());

    let geos_red_line = geos_side::to_geos(&red_line);
    assert!(geos_red_line.is_valid().unwrap(), "the generated red line is valid");
    let geos_footprints: Vec<geos::Geometry> = footprints.iter().map(geos_side::to_geos).collect();
    let (plain_areas, plain) = best(2, || -> Vec<f64> {
        geos_footprints.iter().map(|f| geos_side::intersection_area(&geos_red_line, f)).collect()
    });
    let prepared = geos_red_line.to_prepared_geom().unwrap();
    let (clipped_areas, clipped) = best(4, || -> Vec<f64> {
        geos_footprints.iter().map(|f| prepared_and_clipped(&prepared, &geos_red_line, f)).collect()
    });

    let worst = |a: &[f64]| a.iter().zip(&plain_areas).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    for (name, found) in [("clipped polygons", &pieces), ("areas", &areas), ("GEOS, clipped first,", &clipped_areas)] {
        eprintln!("one footprint: {name} differ from plain GEOS by at most {:.1e} m²", worst(found));
        assert!(worst(found) < 1e-3);
    }
    let each = |took: Took| took.cpu * 1e6 / footprints.len() as f64;
    let row = |job: &str, ours: Took, peer: &str, theirs: Took, asked: &str| {
        let (ours, theirs) = (each(ours), each(theirs));
        println!("| {job} | {ours:.1} µs | {peer}: {theirs:.0} µs | {:.0} × | {asked} |", theirs / ours);
    };
    let job = format!("one 50-vertex footprint against a {vertices}-vertex red line, clipped polygon");
    let (whole, near) = ("GEOS intersection", "GEOS prepared + rectangle clip");
    row(&job, clipping, whole, plain, "80 ×");
    row("the same", clipping, near, clipped, "15 ×");
    row("the same, area only", measuring, near, clipped, "—");
}

/// The result of several runs and the shortest they took, by the wall and by the processor.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> (T, Took) {
    let (mut result, mut shortest) = timed(&mut work);
    for _ in 1..runs {
        let (again, took) = timed(&mut work);
        result = again;
        shortest = Took { wall: shortest.wall.min(took.wall), cpu: shortest.cpu.min(took.cpu) };
    }
    (result, shortest)
}

/// The best plain use of GEOS: ask the prepared polygon first, then clip by the footprint's box.
fn prepared_and_clipped(
    prepared: &geos::PreparedGeometry<'_>,
    whole: &geos::Geometry,
    footprint: &geos::Geometry,
) -> f64 {
    if !prepared.intersects(footprint).unwrap() {
        return 0.0;
    }
    if prepared.contains_properly(footprint).unwrap() {
        return footprint.area().unwrap();
    }
    let (x0, y0) = (footprint.get_x_min().unwrap(), footprint.get_y_min().unwrap());
    let (x1, y1) = (footprint.get_x_max().unwrap(), footprint.get_y_max().unwrap());
    let near = whole.clip_by_rect(x0 - 1.0, y0 - 1.0, x1 + 1.0, y1 + 1.0).unwrap();
    geos_side::intersection_area(&near, footprint)
}

/// 100 000 footprints of 50 vertices × 20 000 zones of 200 vertices.
fn batch(python: Option<&Path>) {
    let (columns, rows) = (160, 125);
    let zones = generated::coverage(columns, rows, 50);
    let footprints = generated::footprints_over(columns, rows, 100_000);

    // The index takes its zones: what copying them takes is not counted.
    let mut copies = vec![zones.clone(); 3];
    let mut index = None;
    let (_, building) = best(3, || {
        // gone first: a fresh process would not hold another one beside it
        drop(index.take());
        index = Some(ZoneIndex::build(copies.pop().unwrap_or_default(), grid(), TileSize::default()));
    });
    let index = index.expect("built three times");
    let (ours, one_thread) = best(3, || overlap_pairs(&index, &footprints));
    let half = footprints.len() / 2;
    let (ours_of_two, two_threads) = best(3, || {
        std::thread::scope(|scope| {
            let first = scope.spawn(|| overlap_pairs(&index, &footprints[..half]));
            let mut second = overlap_pairs(&index, &footprints[half..]);
            for pair in &mut second {
                pair.0 += half as u32;
            }
            let mut all = first.join().unwrap();
            all.extend(second);
            all
        })
    });
    assert_eq!(ours, ours_of_two, "two threads find what one thread finds");
    let overlapping: Vec<&(u32, u32, f64)> = ours.iter().filter(|(_, _, area)| *area > TOUCHING_M2).collect();
    let total: f64 = overlapping.iter().map(|(_, _, area)| area).sum();
    eprintln!("batch: {} overlapping pairs, {total:.3} m² in all", overlapping.len());
    eprintln!("batch: building the index takes {:.2} s of either time", building.wall);

    let shapely = python.map(|python| run_shapely(python, &zones, &footprints));
    let peer = shapely.as_ref().map_or(String::new(), |s| format!("shapely {} STRtree + intersection", s.version));
    let row = |job: &str, ours: f64, theirs: Option<f64>, asked: &str| match theirs {
        Some(theirs) => println!("| {job} | {ours:.2} s | {peer}: {theirs:.1} s | {:.1} × | {asked} |", theirs / ours),
        None => println!("| {job} | {ours:.2} s | — | — | {asked} |"),
    };
    let job = format!("areas of {} footprints × {} zones of 200 vertices, one thread", footprints.len(), zones.len());
    // What one thread does is compared by processor time, which other programs do not touch.
    row(&job, one_thread.cpu + building.cpu, shapely.as_ref().map(|s| s.one_thread.cpu), "4 ×, aim 10 ×");
    let two = two_threads.wall + building.wall;
    row("the same, two threads against one", two, shapely.as_ref().map(|s| s.one_thread.wall), "7 ×");
    row("the same, two threads against two", two, shapely.as_ref().map(|s| s.two_threads.wall), "—");
    if let Some(shapely) = &shapely {
        compare(&overlapping, total, &shapely.pairs);
    }
}

/// (footprint, zone, area m²) of every pair the index reports, in order.
fn overlap_pairs(index: &ZoneIndex, footprints: &[MultiPolygon<f64>]) -> Vec<(u32, u32, f64)> {
    let mut pairs = Vec::new();
    for (i, footprint) in footprints.iter().enumerate() {
        for (zone, area) in index.overlap_areas(footprint) {
            pairs.push((i as u32, zone as u32, area));
        }
    }
    pairs
}

/// What shapely found and took.
struct Shapely {
    version: String,
    one_thread: Took,
    two_threads: Took,
    pairs: Vec<(u32, u32, f64)>,
}

/// Writes the data as WKB, runs `tests/peers/shapely_overlay.py` on it and reads its pairs.
fn run_shapely(python: &Path, zones: &[MultiPolygon<f64>], footprints: &[MultiPolygon<f64>]) -> Shapely {
    let folder = tempfile::tempdir().unwrap();
    write_wkb(&folder.path().join("zones.wkb"), zones);
    write_wkb(&folder.path().join("footprints.wkb"), footprints);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/shapely_overlay.py");
    let output = Command::new(python).arg(script).arg(folder.path()).output().expect("python starts");
    assert!(output.status.success(), "shapely failed: {}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let took = |key: &str| Took { wall: told[key]["wall"].as_f64().unwrap(), cpu: told[key]["cpu"].as_f64().unwrap() };
    let pairs = std::fs::read(folder.path().join("pairs.bin")).unwrap();
    let pairs = pairs
        .chunks_exact(16)
        .map(|c| {
            (
                u32::from_le_bytes(c[0..4].try_into().unwrap()),
                u32::from_le_bytes(c[4..8].try_into().unwrap()),
                f64::from_le_bytes(c[8..16].try_into().unwrap()),
            )
        })
        .collect();
    Shapely {
        version: told["version"].as_str().unwrap().to_owned(),
        one_thread: took("one_thread"),
        two_threads: took("two_threads"),
        pairs,
    }
}

/// Each polygon as its length (u32, little endian) and its WKB.
fn write_wkb(path: &Path, shapes: &[MultiPolygon<f64>]) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    for shape in shapes {
        let [polygon] = shape.0.as_slice() else { panic!("generated shapes have one part") };
        let mut wkb = vec![1u8];
        wkb.extend(3u32.to_le_bytes());
        wkb.extend((1 + polygon.interiors().len() as u32).to_le_bytes());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            wkb.extend((ring.0.len() as u32).to_le_bytes());
            for point in &ring.0 {
                wkb.extend(point.x.to_le_bytes());
                wkb.extend(point.y.to_le_bytes());
            }
        }
        file.write_all(&(wkb.len() as u32).to_le_bytes()).unwrap();
        file.write_all(&wkb).unwrap();
    }
    file.flush().unwrap();
}

/// The same pairs, and the same total within 1e-9; says by how much single pairs differ.
fn compare(ours: &[&(u32, u32, f64)], total: f64, theirs: &[(u32, u32, f64)]) {
    let theirs: Vec<&(u32, u32, f64)> = theirs.iter().filter(|(_, _, area)| *area > TOUCHING_M2).collect();
    let key = |pair: &&(u32, u32, f64)| (pair.0, pair.1);
    let (mut i, mut j, mut only_ours, mut only_theirs, mut worst) = (0, 0, 0, 0, 0.0f64);
    while i < ours.len() || j < theirs.len() {
        match (ours.get(i).map(key), theirs.get(j).map(key)) {
            (Some(a), Some(b)) if a == b => {
                worst = worst.max((ours[i].2 - theirs[j].2).abs());
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), Some(b)) if a < b => (i, only_ours) = (i + 1, only_ours + 1),
            (Some(_), None) => (i, only_ours) = (i + 1, only_ours + 1),
            _ => (j, only_theirs) = (j + 1, only_theirs + 1),
        }
    }
    let their_total: f64 = theirs.iter().map(|(_, _, area)| area).sum();
    let relative = (total - their_total).abs() / their_total;
    eprintln!("batch: pairs only redline finds: {only_ours}, only shapely: {only_theirs}");
    eprintln!("batch: total area differs by {relative:.1e} relative, a single pair by at most {worst:.1e} m²");
    assert_eq!((only_ours, only_theirs), (0, 0), "the same pairs");
    assert!(relative < 1e-9, "the same total area");
}
