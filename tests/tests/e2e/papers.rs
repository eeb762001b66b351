//! Map sets, maps of the city and of comparisons, and papers out of hard input.

use crate::support::{check_in, copy_of_workspace, folder, list, number, shared_city, shared_plot};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_tests::command::{Said, command, run};
use redline_tests::ogr::{self, Plot};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

fn words_of(pdf: &Path) -> String {
    let said = Command::new("pdftotext").args(["-layout", pdf.to_str().unwrap(), "-"]).output().unwrap();
    assert!(said.status.success(), "{said:?}");
    String::from_utf8(said.stdout).unwrap()
}

fn set(folder: &Path, more: &[&str]) -> Said {
    let line = ["atlas", "--by", "district", "--workspace", shared_city().workspace(), "--output"];
    run(&[&line[..], &[folder.to_str().unwrap()], more].concat())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_map_set_has_a_numbered_sheet_for_each_district_and_an_index_and_goes_on_where_it_was_stopped() {
    let scratch = folder();
    let districts = {
        let said = run(&["areas", "--workspace", shared_city().workspace(), "--format", "json"]).exits(0).json();
        let row =
            list(&said["rows"]).iter().find(|r| r["role"] == "district" && r["group"] == "layer").unwrap().clone();
        row["zones"].as_u64().unwrap() as usize
    };
    let whole = scratch.path().join("whole");
    set(&whole, &["--format", "svg"]).exits(0);
    let sheets = names(&whole);
    assert_eq!(sheets.len(), districts + 2, "{sheets:?}");
    assert!(sheets[0].starts_with("00-") && sheets[1].starts_with("01-") && sheets.last().unwrap() == "atlas.json");
    let index = std::fs::read_to_string(whole.join(&sheets[0])).unwrap();
    let contents: Value = serde_json::from_slice(&std::fs::read(whole.join("atlas.json")).unwrap()).unwrap();
    for sheet in list(&contents["sheets"]) {
        assert!(index.contains(sheet["number"].as_str().unwrap()), "{sheet}");
    }

    // each legend tells of its district: together they are what each tier and class covers
    let mut summed: BTreeMap<String, f64> = BTreeMap::new();
    for sheet in &sheets[1..sheets.len() - 1] {
        let svg = std::fs::read_to_string(whole.join(sheet)).unwrap();
        let words: Vec<&str> = svg.split("</text>").filter_map(|part| part.rsplit_once('>')).map(|(_, w)| w).collect();
        assert!(words.iter().any(|word| word.contains("Area in the district")), "{sheet}");
        for (name, figure) in words.iter().zip(&words[1..]) {
            let digits: String = figure.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            if ["control line · tier 1", "control line · tier 2", "permanent basic farmland"].contains(name) {
                *summed.entry((*name).to_string()).or_default() += digits.parse::<f64>().unwrap();
            }
        }
    }
    let areas = run(&["areas", "--workspace", shared_city().workspace(), "--format", "json"]).exits(0).json();
    let of = |role: &str, group: &str, key: &str| {
        let row = list(&areas["rows"]).iter().find(|r| r["role"] == role && r["group"] == group && r["key"] == key);
        number(&row.unwrap()["area"]["ellipsoidal_m2"]) / 1e4
    };
    for (name, wanted) in [
        ("control line · tier 1", of("control-line", "tier", "1")),
        ("control line · tier 2", of("control-line", "tier", "2")),
        ("permanent basic farmland", of("farmland", "layer", "")),
    ] {
        // every sheet rounds its own
        assert!((summed[name] - wanted).abs() < 5e-5 * districts as f64, "{name}: {} of {wanted}", summed[name]);
    }

    // nothing changed: nothing is drawn; one sheet is gone: it alone is drawn
    let again = set(&whole, &["--format", "svg"]).exits(0);
    assert!(again.stderr.contains(&format!("({districts} of them unchanged")), "{again:#?}");
    let bytes = std::fs::read(whole.join(&sheets[2])).unwrap();
    std::fs::write(whole.join(&sheets[2]), "spoiled").unwrap();
    let again = set(&whole, &["--format", "svg"]).exits(0);
    assert!(again.stderr.contains(&format!("({} of them unchanged", districts - 1)), "{again:#?}");
    assert_eq!(std::fs::read(whole.join(&sheets[2])).unwrap(), bytes);
    // what somebody made of it is kept beside it, and said
    let kept = whole.join(format!("{}.changed", sheets[2]));
    assert!(std::fs::read(&kept).unwrap() == b"spoiled" && again.stderr.contains(".changed"), "{again:#?}");
    std::fs::remove_file(kept).unwrap();

    // killed on the way, and run again: the same set
    let stopped = scratch.path().join("stopped");
    let line = ["atlas", "--by", "district", "--workspace", shared_city().workspace(), "--format", "svg", "--output"];
    let mut child = command(&[&line[..], &[stopped.to_str().unwrap()]].concat())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !stopped.join("atlas.json").exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    set(&stopped, &["--format", "svg"]).exits(0);
    let finished: Vec<String> = names(&stopped).into_iter().filter(|name| !name.ends_with(".part")).collect();
    assert_eq!(finished, sheets);
    for name in &sheets {
        assert!(std::fs::read(stopped.join(name)).unwrap() == std::fs::read(whole.join(name)).unwrap(), "{name}");
    }
}

#[test]
fn a_map_set_leaves_a_folder_with_other_files_alone_and_says_what_it_cannot_make() {
    let scratch = folder();
    let other = scratch.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("letter.txt"), "x").unwrap();
    let said = set(&other, &[]).exits(2);
    assert!(said.stderr.contains("no map set") && names(&other) == ["letter.txt"], "{said:#?}");
    let line = ["atlas", "--by", "zone", "--layer", "rivers", "--workspace", shared_city().workspace(), "--output"];
    let said = run(&[&line[..], &[scratch.path().join("a").to_str().unwrap()]].concat()).exits(2);
    assert!(said.stderr.contains("rivers"), "{said:#?}");
    let line = ["atlas", "--by", "project", "--workspace", shared_city().workspace(), "--output", "x"];
    assert!(run(&line).exits(2).stderr.contains("REVIEW"));
    // contents that are somebody else's, and an option that would do nothing
    let foreign = scratch.path().join("foreign");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("atlas.json"), "{\"frames\":{}}").unwrap();
    assert!(set(&foreign, &[]).exits(2).stderr.contains("no map set") && names(&foreign) == ["atlas.json"]);
    // another set is not replaced
    let red = scratch.path().join("red");
    let line = ["atlas", "--by", "zone", "--layer", "growth_boundary", "--format", "svg", "--workspace"];
    run(&[&line[..], &[shared_city().workspace(), "--output", red.to_str().unwrap()]].concat()).exits(0);
    let there = names(&red);
    assert!(set(&red, &[]).exits(2).stderr.contains("another map set") && names(&red) == there);
    assert!(set(&scratch.path().join("b"), &["--decided"]).exits(2).stderr.contains("--decided"));
    assert!(!scratch.path().join("b").exists());
}

#[test]
fn a_map_set_comes_to_its_end_on_one_thread_with_little_memory() {
    let scratch = folder();
    let set = scratch.path().join("set");
    let line = ["atlas", "--by", "zone", "--layer", "control_line", "--workspace", shared_city().workspace()];
    let narrow = ["--threads", "1", "--memory", "64", "--output", set.to_str().unwrap()];
    let mut child =
        command(&[&line[..], &narrow].concat()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(600) {
            child.kill().unwrap();
            panic!("the set stands still: {:?}", names(&set));
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(status.success() && names(&set).len() > 3);
}

#[test]
fn a_layer_imported_anew_with_another_date_is_on_every_sheet_that_names_it() {
    let scratch = folder();
    let workspace = scratch.path().join("own.gpkg");
    let city = workspace.to_str().unwrap();
    let districts = scratch.path().join("districts.geojson");
    ogr::write_geojson(&districts, std::slice::from_ref(shared_plot()));
    let import = |date: &str| {
        let line = ["import", districts.to_str().unwrap(), "--as", "district", "--workspace", city, "--date", date];
        let map = ["--map", "id=DKBH", "--map", "name=DKMC"];
        run(&[&line[..], &map].concat()).exits(0);
    };
    let set = scratch.path().join("set");
    let draw = || {
        let line = ["atlas", "--by", "district", "--workspace", city, "--format", "svg"];
        run(&[&line[..], &["--output", set.to_str().unwrap()]].concat()).exits(0)
    };
    import("2017-03-01");
    draw();
    import("2021-05-05");
    assert!(draw().stderr.contains("(0 of them unchanged"));
    let sheet = names(&set).into_iter().find(|name| name.starts_with("01-")).unwrap();
    let sheet = std::fs::read_to_string(set.join(sheet)).unwrap();
    assert!(sheet.contains("2021-05-05") && !sheet.contains("2017-03-01"));
}

#[test]
fn a_project_of_many_kilometres_has_its_report_and_a_line_is_said_to_be_on_no_map() {
    let scratch = folder();
    let Coord { x, y } = shared_plot().shape.0[0].exterior().0[0];
    let square = [(0.0, 0.0), (24e3, 0.0), (24e3, 24e3), (0.0, 24e3), (0.0, 0.0)];
    let plot = Plot {
        id: "1".into(),
        name: "大".into(),
        shape: ring(square.into_iter().map(|(dx, dy)| (x + dx - 12e3, y + dy - 12e3))),
    };
    let file = scratch.path().join("large.geojson");
    ogr::write_geojson(&file, &[plot]);
    let line = ["check", file.to_str().unwrap(), "--workspace", shared_city().workspace(), "--date", "2018-06-01"];
    for name in ["report.pdf", "report.docx"] {
        run(&[&line[..], &["--output", scratch.path().join(name).to_str().unwrap()]].concat()).exits(1);
    }
    assert!(words_of(&scratch.path().join("report.pdf")).contains("Overview"));
    let road = scratch.path().join("road.geojson");
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4526"}}"#;
    let geometry = format!(r#"{{"type":"LineString","coordinates":[[{x},{y}],[{},{y}]]}}"#, x + 900.0);
    let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    std::fs::write(&road, format!(r#"{{"type":"FeatureCollection",{crs},"features":[{feature}]}}"#)).unwrap();
    let record = scratch.path().join("road.json");
    let line = ["check", road.to_str().unwrap(), "--workspace", shared_city().workspace(), "--date", "2018-06-01"];
    let said = run(&[&line[..], &["--output", record.to_str().unwrap()]].concat());
    assert!(said.code < 2, "{said:#?}");
    let map = scratch.path().join("road.pdf");
    let line = ["map", record.to_str().unwrap(), "--workspace", shared_city().workspace(), "--output"];
    let said = run(&[&line[..], &[map.to_str().unwrap()]].concat()).exits(2);
    assert!(said.stderr.contains("--width") && !map.exists(), "{said:#?}");
}

#[test]
fn a_map_set_by_project_has_a_sheet_for_each_file_with_its_own_overlaps() {
    let scratch = folder();
    let files: Vec<PathBuf> = ["one.geojson", "two.geojson"].map(|name| scratch.path().join(name)).into();
    files.iter().for_each(|file| ogr::write_geojson(file, std::slice::from_ref(shared_plot())));
    let record = scratch.path().join("review.json");
    let line = ["check", files[0].to_str().unwrap(), files[1].to_str().unwrap(), "--workspace"];
    let result = [shared_city().workspace(), "--date", "2018-06-01", "--output", record.to_str().unwrap()];
    run(&[&line[..], &result].concat()).exits(1);
    let set = scratch.path().join("set");
    let line = ["atlas", record.to_str().unwrap(), "--by", "project", "--workspace", shared_city().workspace()];
    run(&[&line[..], &["--format", "png", "--dpi", "60", "--output", set.to_str().unwrap()]].concat()).exits(0);
    assert_eq!(names(&set), ["00-index.png", "01-one.geojson.png", "02-two.geojson.png", "atlas.json"]);
}

/// A workspace whose control line lost its first zones.
fn adjusted(folder: &Path) -> PathBuf {
    let workspace = copy_of_workspace(folder);
    let (now, less) = (folder.join("now.gpkg"), folder.join("less.gpkg"));
    let city = workspace.to_str().unwrap();
    run(&["export", "now", "--layer", "control_line", "-w", city, "-o", now.to_str().unwrap()]).exits(0);
    let layer = Command::new("ogrinfo").args(["-q", now.to_str().unwrap()]).output().unwrap();
    let layer = String::from_utf8(layer.stdout).unwrap();
    let layer = layer.trim().trim_start_matches("1: ").split(" (").next().unwrap().to_string();
    let sql = format!("SELECT * FROM \"{layer}\" WHERE fid > 2");
    ogr::ogr2ogr(&less, &now, &["-sql", &sql]);
    run(&["import", less.to_str().unwrap(), "--as", "control-line", "-w", city, "--date", "2019-03-01"]).exits(0);
    workspace
}

#[test]
fn what_changed_between_two_revisions_prints_as_ledger_and_map() {
    let scratch = folder();
    let workspace = adjusted(scratch.path());
    let city = workspace.to_str().unwrap();
    let revisions = ["r3", "r7", "--workspace", city];
    let diff = run(&[&["diff"][..], &revisions, &["--format", "json"]].concat()).exits(0).json();
    let layer = list(&diff["rows"]).iter().find(|row| row["group"] == "layer").unwrap();
    let lost = number(&layer["lost"]["ellipsoidal_m2"]);
    assert!(lost > 1.0);
    let pdf = scratch.path().join("ledger.pdf");
    let named = ["--output", pdf.to_str().unwrap(), "--unit", "=cmd|' /C calc'!A0", "--number", "TZ-1"];
    run(&[&["diff"][..], &revisions, &named].concat()).exits(0);
    let words = words_of(&pdf);
    for wanted in [&format!("{lost:.2}"), "TZ-1", "=cmd|' /C calc'!A0", "not balanced"] {
        assert!(words.contains(wanted), "{wanted} is not in {words}");
    }
    for piece in list(&diff["pieces"]) {
        let m2 = format!("{:.2}", number(&piece["area"]["ellipsoidal_m2"]));
        assert!(words.contains(&m2), "{m2} is not in {words}");
    }
    let docx = scratch.path().join("ledger.docx");
    run(&[&["diff"][..], &revisions, &["--output", docx.to_str().unwrap()]].concat()).exits(0);
    assert!(opened(&[&docx])[0].contains(&format!("{lost:.2}")));
    let svg = scratch.path().join("changes.svg");
    let line = ["map", "--from", "r3", "--to", "r7", "--workspace", city, "--output", svg.to_str().unwrap()];
    run(&line).exits(0);
    assert!(std::fs::read_to_string(&svg).unwrap().contains("id=\"changes\""));
}

/// What LibreOffice makes of documents and spreadsheets: the text of each, laid out.
fn opened(files: &[&Path]) -> Vec<String> {
    let out = folder();
    let profile = format!("-env:UserInstallation=file://{}", out.path().join("profile").display());
    let mut soffice = Command::new("soffice");
    soffice.args([&profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(out.path()).args(files);
    ogr::tool(&mut soffice);
    files.iter().map(|file| words_of(&out.path().join(file.with_extension("pdf").file_name().unwrap()))).collect()
}

#[test]
fn an_office_program_opens_report_and_spreadsheet_and_both_say_the_areas_of_the_record() {
    let scratch = folder();
    let file = scratch.path().join("plots.geojson");
    ogr::write_geojson(&file, std::slice::from_ref(shared_plot()));
    let review = check_in(shared_city().workspace(), &[&file], &[]).exits(1).json();
    let paper = |name: &str| {
        let path = scratch.path().join(name);
        let line = ["check", file.to_str().unwrap(), "--workspace", shared_city().workspace(), "--date", "2018-06-01"];
        run(&[&line[..], &["--output", path.to_str().unwrap()]].concat()).exits(1);
        path
    };
    let (docx, xlsx) = (paper("report.docx"), paper("table.xlsx"));
    let said: Vec<String> = opened(&[&docx, &xlsx]).into_iter().map(|words| words.replace(',', "")).collect();
    let plot = &review["projects"][0]["plots"][0];
    for of in list(&plot["overlaps"]).iter().chain([plot]) {
        let m2 = number(&of["area"]["ellipsoidal_m2"]);
        for words in &said {
            // rounded so that the rows sum: never more than one step of the last digit away
            let figures = words.split_whitespace().filter_map(|word| word.parse::<f64>().ok());
            assert!(figures.into_iter().any(|figure| (figure - m2).abs() <= 0.011), "{m2} is not in {words}");
        }
    }
    // the maps are in it: the whole, and each overlap
    let pictures = zip::ZipArchive::new(std::fs::File::open(&docx).unwrap()).unwrap();
    let pictures = pictures.file_names().filter(|name| name.as_ref().unwrap().starts_with("word/media/")).count();
    assert_eq!(pictures, 1 + list(&plot["overlaps"]).len());
}

fn ring(points: impl Iterator<Item = (f64, f64)>) -> MultiPolygon<f64> {
    MultiPolygon(vec![Polygon::new(LineString(points.map(|(x, y)| Coord { x, y }).collect()), Vec::new())])
}

#[test]
fn hard_input_still_gives_right_papers() {
    let scratch = folder();
    let centre = {
        let Coord { x, y } = shared_plot().shape.0[0].exterior().0[0];
        (x, y)
    };
    // a hundred thousand points, a name of three hundred characters, a formula, control characters
    let circle = (0..=100_000).map(|i| {
        let turn = f64::from(i % 100_000) / 100_000.0 * std::f64::consts::TAU;
        (centre.0 + 400.0 * turn.cos(), centre.1 + 400.0 * turn.sin())
    });
    let name = format!("=HYPERLINK(\"x\")\u{1}\u{7}{}", "长".repeat(300));
    let plots = [
        Plot { id: "+1".into(), name, shape: ring(circle) },
        Plot { id: "@2".into(), name: "<b>&#panic()</b>".into(), shape: shared_plot().shape.clone() },
    ];
    let file = scratch.path().join("hard.geojson");
    ogr::write_geojson(&file, &plots);
    let record = scratch.path().join("review.json");
    let line = ["check", file.to_str().unwrap(), "--workspace", shared_city().workspace(), "--date", "2018-06-01"];
    run(&[&line[..], &["--output", record.to_str().unwrap()]].concat()).exits(1);
    let review: Value = serde_json::from_slice(&std::fs::read(&record).unwrap()).unwrap();
    let areas: Vec<f64> =
        list(&review["projects"][0]["plots"]).iter().map(|p| number(&p["area"]["ellipsoidal_m2"])).collect();
    let on = ["--workspace", shared_city().workspace(), "--output"];
    for name in ["report.pdf", "report.docx"] {
        let path = scratch.path().join(name);
        run(&[&["report", record.to_str().unwrap()], &on[..], &[path.to_str().unwrap()]].concat()).exits(0);
    }
    let words = words_of(&scratch.path().join("report.pdf"));
    let figures: Vec<f64> = words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    for m2 in areas {
        assert!(figures.iter().any(|figure| (figure - m2).abs() <= 0.011), "{m2} is not in {words}");
    }
    assert!(words.contains("#panic()") && words.contains("=HYPERLINK"), "{words}");
    let sheet = scratch.path().join("map.pdf");
    run(&[&["map", record.to_str().unwrap()], &on[..], &[sheet.to_str().unwrap()]].concat()).exits(0);
    // a place that cannot be written holds no half file
    let nowhere = scratch.path().join("no/such/map.pdf");
    let said = run(&[&["map", record.to_str().unwrap()], &on[..], &[nowhere.to_str().unwrap()]].concat()).exits(2);
    assert!(said.stderr.contains("folder does not exist") && !nowhere.exists(), "{said:#?}");
}

#[test]
fn the_ground_of_an_opinion_is_on_the_map_and_in_its_legend() {
    let scratch = folder();
    let file = scratch.path().join("plots.geojson");
    ogr::write_geojson(&file, std::slice::from_ref(shared_plot()));
    let record = scratch.path().join("review.json");
    let opinion = format!("limited-activity={}", file.display());
    let keys = ["--rules", "national-2022", "--activity", "ecological-restoration", "--stage", "new", "--opinion"];
    let line = ["check", file.to_str().unwrap(), "--workspace", shared_city().workspace(), "--date", "2023-06-01"];
    let said = run(&[&line[..], &keys, &[&opinion, "--output", record.to_str().unwrap()]].concat());
    assert!(said.code < 2, "{said:#?}");
    let svg = scratch.path().join("map.svg");
    let line = ["map", record.to_str().unwrap(), "--workspace", shared_city().workspace(), "--output"];
    run(&[&line[..], &[svg.to_str().unwrap()]].concat()).exits(0);
    let svg = std::fs::read_to_string(svg).unwrap();
    assert!(svg.contains("id=\"opinions\"") && svg.contains("ground of the opinion"));
}

#[test]
fn the_map_of_the_city_says_what_each_line_covers() {
    let scratch = folder();
    let pdf = scratch.path().join("city.pdf");
    let line = ["map", "--workspace", shared_city().workspace(), "--preset", "a0-city", "--output"];
    run(&[&line[..], &[pdf.to_str().unwrap()]].concat()).exits(0);
    let words = words_of(&pdf).replace(' ', "");
    let areas = run(&["areas", "--workspace", shared_city().workspace(), "--format", "json"]).exits(0).json();
    let tiers = list(&areas["rows"]).iter().filter(|row| row["role"] == "control-line" && row["group"] == "tier");
    let mut seen = 0;
    for row in tiers {
        let hectares = format!("{:.2}", number(&row["area"]["ellipsoidal_m2"]) / 1e4);
        assert!(words.contains(&hectares), "{hectares} is not in {words}");
        seen += 1;
    }
    assert!(seen >= 2);
}
