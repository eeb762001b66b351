//! What a reviewer gets in the window: the command line's answers, held, tried, compared, exported.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{E, N, project, request, square, workspace};
use jiff::civil::date;
use proptest::prelude::*;
use redline_engine::{Desk, Folders, Progress, Silent, check};
use redline_zoning::LayerRole;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::{TempDir, tempdir};

struct Window {
    dir: TempDir,
    desk: Desk,
}

impl Window {
    /// A window with the small city open.
    fn open() -> Window {
        let dir = tempdir().unwrap();
        workspace(dir.path());
        let at = |name: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(&path).unwrap();
            path
        };
        let folders =
            Folders { config: at("config"), cache: at("cache"), scratch: at("scratch"), documents: at("documents") };
        let desk = Desk::new(folders, Vec::new(), ground::noon);
        let window = Window { dir, desk };
        window.ask("open_workspace", json!({ "path": window.path().join("city.gpkg") }));
        window
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn ask(&self, command: &str, request: Value) -> Value {
        match self.try_ask(command, request, &Silent) {
            Ok(answer) => answer,
            Err((code, sentence)) => panic!("{command}: {code}: {sentence}"),
        }
    }

    fn try_ask(&self, command: &str, request: Value, progress: &dyn Progress) -> Result<Value, (String, String)> {
        match self.desk.call(command, request.to_string().as_bytes(), progress) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap()),
            Err(e) => Err((e.code, e.text.en)),
        }
    }

    fn refused(&self, command: &str, request: Value) -> String {
        self.try_ask(command, request, &Silent).unwrap_err().0
    }

    fn check(&self, files: &[&Path], given: Value) -> Value {
        let mut all = json!({ "date": "2018-06-01", "rules": "guangzhou-2016", "activity": "urban-construction", "stage": "new" });
        all.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
        self.ask("check", json!({ "files": files, "given": all, "reading": {}, "accepted": [] }))
    }

    /// Degrees of a place, metres from the ground's corner.
    fn degrees(&self, x: f64, y: f64) -> [f64; 2] {
        let (lon, lat) = ground::plane().inverse(geo_types::Coord { x: E + x, y: N + y });
        [lon, lat]
    }
}

const NOTHING: Value = Value::Null;

fn none() -> Value {
    json!({})
}

#[test]
fn the_window_gives_the_command_lines_answer_byte_for_byte() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let view = window.check(&[&file], none());
    let mut ask = request(&window.path().join("city.gpkg"), std::slice::from_ref(&file));
    ask.activity = Some("urban-construction".into());
    ask.stage = Some(redline_engine::Stage::New);
    let line = check(&ask, &Silent).unwrap().review;
    let exported =
        window.ask("export_review", json!({ "review": view["review"], "format": "json", "path": null, "lang": "zh" }));
    let written = std::fs::read_to_string(exported["path"].as_str().unwrap()).unwrap();
    assert_eq!(written, line.to_json().unwrap());
    assert_eq!(view["record"]["outcome"], "prohibited");
    assert_eq!(view["inbox"][0]["flagged"], true);
}

#[test]
fn every_plot_and_overlap_has_a_feature_on_the_map_in_degrees() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let view = window.check(&[&file], none());
    let features = view["features"]["features"].as_array().unwrap();
    let ids: Vec<&str> = features.iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1.1", "1.1.1", "1.1.2", "1.1.3"]);
    let first = &features[0]["geometry"]["coordinates"][0][0][0];
    let [lon, lat] = window.degrees(400.0, 100.0);
    assert!((first[0].as_f64().unwrap() - lon).abs() < 0.003 && (first[1].as_f64().unwrap() - lat).abs() < 0.003);
    let bounds = view["bounds"].as_array().unwrap();
    assert!((bounds[0].as_f64().unwrap() - lon).abs() < 1e-6);
}

#[test]
fn a_line_without_a_width_is_drawn_and_the_map_knows_where_it_is() {
    let window = Window::open();
    let line = ground::line(&[(-500.0, 500.0), (700.0, 500.0)]);
    let file = ground::feature(window.path(), "road.geojson", "LineString", &line);
    let given = json!({ "date": "2018-06-01", "rules": "guangzhou-2016" });
    let asked = json!({ "files": [file], "given": given, "reading": { "crs": "EPSG:4526" }, "accepted": [] });
    let view = window.ask("check", asked);
    let features = view["features"]["features"].as_array().unwrap();
    let drawn = features.iter().find(|f| f["properties"]["role"] == "line").unwrap();
    assert_eq!(drawn["id"], "1.1.l1");
    assert_eq!(drawn["geometry"]["coordinates"].as_array().unwrap().len(), 2);
    let west = window.degrees(-500.0, 500.0)[0];
    assert!((view["bounds"][0].as_f64().unwrap() - west).abs() < 1e-6);
    assert!((view["inbox"][0]["bounds"][0].as_f64().unwrap() - west).abs() < 1e-6);
}

#[test]
fn keys_of_a_single_plot_stand_before_those_of_all_and_are_in_the_record() {
    let window = Window::open();
    let plots = [("1", "", &*square(2100.0, 100.0, 50.0)), ("2", "", &*square(2300.0, 100.0, 50.0))];
    let file = project(window.path(), "a.txt", &plots);
    let own = json!({ "plots": [{ "file": "a.txt", "plot": "2", "activity": "sewage-treatment" }] });
    let view = window.check(&[&file], own);
    let plots = &view["record"]["projects"][0]["plots"];
    assert_eq!(plots[0]["activity"], NOTHING);
    assert_eq!(plots[1]["activity"]["code"], "sewage-treatment");
    assert_eq!(view["record"]["activity"]["table"]["file"], "逐地块活动.csv");
}

#[test]
fn a_warning_that_is_accepted_is_so_in_the_record_and_no_longer_open() {
    let window = Window::open();
    // a bow tie: a repair
    let bow = [(100.0, 100.0), (200.0, 200.0), (200.0, 100.0), (100.0, 200.0)];
    let file = project(window.path(), "bow.txt", &[("1", "", &bow)]);
    let view = window.check(&[&file], none());
    let open = view["open_notes"].as_u64().unwrap();
    assert!(open > 0);
    let notes = view["record"]["projects"][0]["notes"].as_array().unwrap();
    let note = notes.iter().find(|n| n["code"] == "self-crossing").unwrap();
    let accepted = json!([{ "file": "bow.txt", "code": "self-crossing", "plot": "1", "ring": note["ring"] }]);
    let given = json!({ "date": "2018-06-01", "rules": "guangzhou-2016" });
    let asked = json!({ "files": [file], "given": given, "reading": {}, "accepted": accepted });
    let again = window.ask("check", asked);
    assert_eq!(again["open_notes"], open - 1);
    let notes = again["record"]["projects"][0]["notes"].as_array().unwrap();
    assert_eq!(notes.iter().find(|n| n["code"] == "self-crossing").unwrap()["accepted"], true);
}

#[test]
fn a_reading_is_shown_with_its_repair_before_anything_is_decided() {
    let window = Window::open();
    let bow = [(100.0, 100.0), (200.0, 200.0), (200.0, 100.0), (100.0, 200.0)];
    let file = project(window.path(), "bow.txt", &[("1", "", &bow)]);
    let shown = window.ask("preview_reading", json!({ "file": file, "reading": {} }));
    let plot = &shown["files"][0]["plots"][0];
    assert_eq!(plot["drawn"][0].as_array().unwrap().len(), 5);
    assert_eq!(plot["outline"].as_array().unwrap().len(), 2, "the bow tie falls into two triangles");
    // even-odd reads the bow tie as the repair does
    assert!(plot["repaired_m2"].as_f64().unwrap() < 1e-3);
    let swapped = window.ask("preview_reading", json!({ "file": file, "reading": { "axes": "swapped" } }));
    assert!(swapped["files"][0]["error"]["en"].as_str().unwrap().contains("not in China"), "{swapped}");
}

#[test]
fn a_plot_tried_elsewhere_comes_out_as_a_file_drawn_there() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let review = window.check(&[&file], none())["review"].clone();
    let (from, to) = (window.degrees(400.0, 100.0), window.degrees(1900.0, 150.0));
    let edit = json!({ "do": "move", "from": from, "to": to });
    let tried =
        window.ask("try_edit", json!({ "review": review, "plot": "1.1", "edit": edit, "keep": true, "given": null }));
    let there = project(window.path(), "b.txt", &[("1", "", &square(1900.0, 150.0, 200.0))]);
    let checked = window.check(&[&there], none());
    let plot = &checked["record"]["projects"][0]["plots"][0];
    assert_eq!(tried["outcome"], plot["outcome"]);
    let (a, b) = (tried["overlaps"].as_array().unwrap(), plot["overlaps"].as_array().unwrap());
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert_eq!(a["zone"]["id"], b["zone"]["id"]);
        let area = |o: &Value| o["area"]["ellipsoidal_m2"].as_f64().unwrap();
        assert!((area(a) - area(b)).abs() < 1e-2, "{a} {b}");
    }
    let moved = tried["moved_m"].as_array().unwrap();
    assert!((moved[0].as_f64().unwrap() - 1500.0).abs() < 1e-3 && (moved[1].as_f64().unwrap() - 50.0).abs() < 1e-3);
    let reset = json!({ "review": review, "plot": "1.1", "edit": { "do": "reset" }, "keep": true, "given": null });
    let back = window.ask("try_edit", reset);
    assert_eq!((&back["changed"], &back["outcome"]), (&json!(false), &json!("prohibited")));
}

#[test]
fn a_vertex_dragged_across_an_edge_is_said_not_judged() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let review = window.check(&[&file], none())["review"].clone();
    let look = window.ask(
        "try_edit",
        json!({ "review": review, "plot": "1.1", "edit": { "do": "look" }, "keep": false, "given": null }),
    );
    let ring = look["outline"][0][0].as_array().unwrap();
    let south_west = window.degrees(400.0, 100.0);
    let near = |p: &&Value| (p[0].as_f64().unwrap() - south_west[0]).abs() < 1e-9;
    let point = ring.iter().position(|p| near(&p) && (p[1].as_f64().unwrap() - south_west[1]).abs() < 1e-9).unwrap();
    let edit = json!({ "do": "move-vertex", "vertex": { "polygon": 0, "ring": 0, "point": point }, "to": window.degrees(700.0, 250.0) });
    let tried =
        window.ask("try_edit", json!({ "review": review, "plot": "1.1", "edit": edit, "keep": false, "given": null }));
    assert!(tried["trouble"]["en"].as_str().unwrap().contains("crosses itself"), "{tried}");
    assert_eq!(tried["outcome"], "manual");
    assert_eq!(tried["overlaps"], json!([]));
}

#[test]
fn a_footprint_drawn_on_the_map_is_judged_by_the_keys_given() {
    let window = Window::open();
    let points: Vec<[f64; 2]> = square(100.0, 100.0, 50.0).iter().map(|&(x, y)| window.degrees(x, y)).collect();
    let given =
        json!({ "date": "2018-06-01", "rules": "guangzhou-2016", "activity": "urban-construction", "stage": "new" });
    let edit = json!({ "do": "draw", "points": points });
    let tried =
        window.ask("try_edit", json!({ "review": null, "plot": "", "edit": edit, "keep": true, "given": given }));
    assert_eq!(tried["outcome"], "prohibited");
    assert!((tried["area"]["planar_m2"].as_f64().unwrap() - 2500.0).abs() < 1e-3);
    let two = json!({ "do": "draw", "points": points[..2] });
    assert_eq!(
        window.refused("try_edit", json!({ "review": null, "plot": "", "edit": two, "keep": false, "given": given })),
        "too-few-points"
    );
}

#[test]
fn the_smallest_trim_and_shift_clear_the_tier_and_say_what_is_lost() {
    let window = Window::open();
    // 40 m of 200 m reach into the red line's statutory half from the west
    let file = project(window.path(), "a.txt", &[("1", "", &square(-160.0, 300.0, 200.0))]);
    let view = window.check(&[&file], none());
    let overlaps = view["record"]["projects"][0]["plots"][0]["overlaps"].as_array().unwrap();
    let red = overlaps.iter().find(|o| o["zone"]["id"] == "S1").unwrap();
    let asked = json!({ "review": view["review"], "plot": "1.1", "overlap": red["id"], "limit_m": 300.0 });
    let ways = window.ask("how_to_clear", asked);
    assert!((ways["trim"]["lost_area"]["planar_m2"].as_f64().unwrap() - 8000.0).abs() < 1e-3, "{ways}");
    assert!((ways["trim"]["left_area"]["planar_m2"].as_f64().unwrap() - 32_000.0).abs() < 1e-3);
    assert_eq!(ways["trim"]["pieces"], 1);
    let shift = &ways["shift"];
    assert!((shift["distance_m"].as_f64().unwrap() - 40.0).abs() < 0.05, "{shift}");
    assert!((shift["east_m"].as_f64().unwrap() + 40.0).abs() < 0.05);
    // and there it is clear of the red line indeed
    let there = project(window.path(), "b.txt", &[("1", "", &square(-160.0 - 40.01, 300.0, 200.0))]);
    let checked = window.check(&[&there], none());
    let zones = checked["record"]["projects"][0]["plots"][0]["overlaps"].as_array().unwrap();
    assert!(zones.iter().all(|o| o["zone"]["id"] != "S1"));
    let too_far = json!({ "review": view["review"], "plot": "1.1", "overlap": null, "limit_m": 1e9 });
    assert_eq!(window.refused("how_to_clear", too_far), "shift-limit");
}

#[test]
fn a_corrected_file_is_set_beside_the_one_before() {
    let window = Window::open();
    let bow = [(100.0, 100.0), (200.0, 200.0), (200.0, 100.0), (100.0, 200.0)];
    let wrong = project(window.path(), "v1.txt", &[("1", "", &bow), ("2", "", &square(3000.0, 100.0, 50.0))]);
    let right = project(window.path(), "v2.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let (before, after) = (window.check(&[&wrong], none()), window.check(&[&right], none()));
    let compared = window.ask("compare_reviews", json!({ "before": before["review"], "after": after["review"] }));
    let states: Vec<(&str, &str)> = compared["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| (n["state"].as_str().unwrap(), n["note"]["code"].as_str().unwrap()))
        .collect();
    assert!(states.contains(&("cleared", "self-crossing")), "{states:?}");
    assert!(!states.iter().any(|(state, _)| *state == "new"), "{states:?}");
    let plots = compared["plots"].as_array().unwrap();
    assert_eq!((&plots[0]["before"], &plots[0]["after"]), (&json!("1.1"), &json!("1.1")));
    assert_eq!((&plots[1]["before"], &plots[1]["after"]), (&json!("1.2"), &NOTHING));
    assert!(plots[0]["moved_m2"].as_f64().unwrap() > 4000.0);
    assert!(compared["corrections"]["zh"].as_str().unwrap().starts_with("补正清单"));
}

#[test]
fn figures_sum_to_the_plot_in_every_unit() {
    let window = Window::open();
    let thirds = [(333.3, 133.7), (733.9, 121.3), (701.1, 517.7), (377.7, 501.9)];
    let file = project(window.path(), "a.txt", &[("1", "", &thirds)]);
    let view = window.check(&[&file], none());
    for unit in ["m2", "ha", "mu"] {
        let figures = window.ask("figures", json!({ "review": view["review"], "unit": unit }));
        let plot = &figures["plots"][0];
        for way in ["ellipsoidal", "planar"] {
            let overlaps = plot["overlaps"].as_array().unwrap();
            let record = view["record"]["projects"][0]["plots"][0]["overlaps"].as_array().unwrap();
            for layer in plot["layers"].as_array().unwrap() {
                let own: f64 = overlaps
                    .iter()
                    .zip(record)
                    .filter(|(_, r)| r["zone"]["layer"] == layer["layer"])
                    .map(|(o, _)| o[1][way].as_f64().unwrap())
                    .sum();
                let rest = layer["double_counted"][way].as_f64().unwrap() + layer["outside"][way].as_f64().unwrap();
                let sum = own + rest;
                assert!((sum - plot["area"][way].as_f64().unwrap()).abs() < 1e-6, "{unit} {way}: {sum} {plot}");
            }
        }
    }
}

#[test]
fn attribute_text_is_never_markup_nor_formula_in_the_table() {
    let window = Window::open();
    let file = project(
        window.path(),
        "a.txt",
        &[
            ("<img onerror=alert(1)>", "", &square(400.0, 100.0, 20.0)),
            ("=cmd|'/c calc'", "", &square(600.0, 100.0, 20.0)),
        ],
    );
    let review = window.check(&[&file], none())["review"].clone();
    let table = window.ask("review_table", json!({ "review": review, "unit": "m2", "lang": "zh" }));
    let (html, text) = (table["html"].as_str().unwrap(), table["text"].as_str().unwrap());
    assert!(html.contains("&lt;img onerror=alert(1)&gt;") && !html.contains("<img"), "{html}");
    assert!(html.contains("border:1px solid"));
    assert_text_cells(html);
    assert!(text.contains("\t'=cmd") && !text.contains("\t=cmd"), "{text}");
}

/// Every cell that holds no figure says to a sheet that it is text: Excel and WPS by `mso-number-format`
/// and `x:str`, LibreOffice by `sdnum`.
fn assert_text_cells(html: &str) {
    let cells = html.split('<').filter(|tag| tag.starts_with("td") || tag.starts_with("th "));
    for cell in cells {
        let (tag, words) = cell.split_once('>').unwrap();
        let text =
            tag.contains(r"mso-number-format:'\@'") && tag.contains(" x:str") && tag.contains(r#" sdnum="0;0;@""#);
        let figure = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || ".%-".contains(c));
        assert!(text || figure || words.is_empty(), "<{cell}");
        if words.starts_with(['=', '+', '@', '\t']) {
            assert!(text, "<{cell}");
        }
    }
}

#[test]
fn words_that_sheets_take_for_formulas_stay_words_in_the_pasted_table() {
    let window = Window::open();
    let names = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "＝1+1"];
    let squares: Vec<_> = (0..names.len()).map(|i| square(400.0 + 100.0 * i as f64, 100.0, 20.0)).collect();
    let plots: Vec<_> = names.iter().zip(&squares).map(|(name, ring)| (*name, "", ring.as_slice())).collect();
    let file = project(window.path(), "a.txt", &plots);
    let review = window.check(&[&file], none())["review"].clone();
    let table = window.ask("review_table", json!({ "review": review, "unit": "m2", "lang": "zh" }));
    let (html, text) = (table["html"].as_str().unwrap(), table["text"].as_str().unwrap());
    assert_text_cells(html);
    // Word and WPS show the words as they are, and nothing more
    for name in ["=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1"] {
        assert!(html.contains(&format!(">{name}</td>")), "{name}: {html}");
        assert!(text.contains(&format!("\t'{name}")), "{name}: {text}");
    }
}

#[test]
fn a_review_kept_is_listed_and_opens_as_it_was() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let view = window.check(&[&file], none());
    let saved = window.ask("save_review", json!({ "review": view["review"] }));
    let list = window.ask("saved_reviews", none());
    assert_eq!(list[0]["id"], saved["id"]);
    let opened = window.ask("open_saved_review", json!({ "id": saved["id"] }));
    assert_eq!(opened["record"], view["record"]);
    assert_eq!(opened["saved"], saved["id"]);
    // trials work on it all the same
    let edit = json!({ "do": "move", "from": window.degrees(0.0, 0.0), "to": window.degrees(5000.0, 0.0) });
    let tried = window.ask(
        "try_edit",
        json!({ "review": opened["review"], "plot": "1.1", "edit": edit, "keep": false, "given": null }),
    );
    assert_eq!(tried["overlaps"], json!([]));
}

#[test]
fn another_city_is_not_opened_over_reviews_that_nobody_saved() {
    let window = Window::open();
    let city = window.path().join("city.gpkg");
    let a = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let b = project(window.path(), "b.txt", &[("1", "", &square(900.0, 100.0, 200.0))]);
    let first = window.check(&[&a], none());
    window.check(&[&a, &b], none());
    let again = json!({ "path": city });
    let (code, sentence) = window.try_ask("open_workspace", again.clone(), &Silent).unwrap_err();
    assert_eq!(code, "reviews-unsaved");
    assert!(sentence.starts_with("2 reviews are not saved: a.txt; a.txt and others, 2 files."), "{sentence}");
    // what was held is held still, and what is saved is not named
    window.ask("save_review", json!({ "review": first["review"] }));
    let (_, sentence) = window.try_ask("open_workspace", again.clone(), &Silent).unwrap_err();
    assert!(sentence.starts_with("1 review is not saved: a.txt and others, 2 files."), "{sentence}");
    // a file that is no workspace is said to be none, whatever is held
    assert_ne!(window.refused("open_workspace", json!({ "path": a })), "reviews-unsaved");
    window.ask("open_workspace", json!({ "path": city, "let_go": true }));
    assert_eq!(window.refused("figures", json!({ "review": first["review"], "unit": "m2" })), "review-unknown");
    window.ask("open_workspace", again);
}

#[test]
fn a_review_opened_again_is_tried_on_the_layers_it_was_made_on() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let view = window.check(&[&file], none());
    let saved = window.ask("save_review", json!({ "review": view["review"] }));
    // since then the red line and the control line were drawn somewhere else altogether
    let city = window.path().join("city.gpkg");
    {
        let mut workspace = redline_workspace::Workspace::open_for_editing(&city).unwrap();
        let away = || ground::rectangle(8000.0, 8000.0, 9000.0, 9000.0);
        let red = vec![ground::zone("S9", Some("statutory"), None, away())];
        ground::add(&mut workspace, LayerRole::RedLine, date(2018, 7, 1), red);
        let control = vec![ground::zone("T9", None, Some("1"), away())];
        ground::add(&mut workspace, LayerRole::ControlLine, date(2018, 7, 1), control);
    }
    window.ask("open_workspace", json!({ "path": city }));
    let opened = window.ask("open_saved_review", json!({ "id": saved["id"] }));
    let look = |review: &Value| json!({ "review": review, "plot": "1.1", "edit": { "do": "look" }, "keep": false, "given": null });
    let tried = window.ask("try_edit", look(&opened["review"]));
    let recorded = &view["record"]["projects"][0]["plots"][0];
    let zones = |of: &Value| -> Vec<String> {
        of["overlaps"].as_array().unwrap().iter().map(|o| o["zone"]["id"].to_string()).collect()
    };
    assert_eq!(zones(&tried), zones(recorded));
    assert_eq!(tried["outcome"], recorded["outcome"]);
    assert_eq!(tried["notes"], json!([]));
    // the same file checked now stands on the layers of now
    let now = window.check(&[&file], none());
    assert_eq!(now["record"]["projects"][0]["plots"][0]["overlaps"], json!([]));
    assert_eq!(window.ask("try_edit", look(&now["review"]))["overlaps"], json!([]));
}

#[test]
fn a_trial_says_that_the_rule_book_was_changed_since_the_review() {
    let window = Window::open();
    let book = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/rules/example-city.toml"));
    let (book, own) = (book.unwrap(), window.path().join("own.toml"));
    std::fs::write(&own, &book).unwrap();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let view = window.check(&[&file], json!({ "rules": own, "activity": null }));
    std::fs::write(&own, format!("{book}\n# a remark\n")).unwrap();
    let look =
        json!({ "review": view["review"], "plot": "1.1", "edit": { "do": "look" }, "keep": false, "given": null });
    let tried = window.ask("try_edit", look);
    assert!(tried["notes"][0]["en"].as_str().unwrap().contains("changed since"), "{tried}");
}

#[test]
fn what_cannot_be_written_leaves_no_half_file() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let view = window.check(&[&file], none());
    let nowhere = window.path().join("nowhere/审查.xlsx");
    let asked = json!({ "review": view["review"], "format": "xlsx", "path": nowhere, "lang": "zh" });
    assert_eq!(window.refused("export_review", asked), "export-unwritable");
    assert!(!nowhere.exists());
}

#[test]
fn a_check_that_is_cancelled_holds_nothing() {
    struct Stopped;
    impl Progress for Stopped {
        fn stage(&self, _: &redline_engine::Text, _: Option<u64>) {}
        fn advance(&self, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let asked = json!({ "files": [file], "given": { "date": "2018-06-01" }, "reading": {}, "accepted": [] });
    assert_eq!(window.try_ask("check", asked, &Stopped).unwrap_err().0, "cancelled");
    assert_eq!(window.refused("figures", json!({ "review": 1, "unit": "m2" })), "review-unknown");
}

#[test]
fn rubbish_is_answered_with_a_sentence() {
    let window = Window::open();
    assert_eq!(window.refused("no_such_command", none()), "command-unknown");
    assert_eq!(window.refused("check", json!({ "files": 7 })), "question-misread");
    let asked = json!({ "files": [], "given": { "date": "morgen" }, "reading": {}, "accepted": [] });
    assert_eq!(window.refused("check", asked), "date-invalid");
    assert_eq!(window.refused("drop_review", json!({ "review": -1 })), "question-misread");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn wherever_a_plot_is_dragged_no_layer_covers_more_than_the_plot(dx in -2000.0..4000.0f64, dy in -800.0..800.0f64) {
        let window = Window::open();
        let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 300.0, 200.0))]);
        let review = window.check(&[&file], none())["review"].clone();
        let edit = json!({ "do": "move", "from": window.degrees(0.0, 0.0), "to": window.degrees(dx, dy) });
        let tried = window.ask("try_edit", json!({ "review": review, "plot": "1.1", "edit": edit, "keep": false, "given": null }));
        let plot = tried["area"]["planar_m2"].as_f64().unwrap();
        // the tiny change of scale across the plane is all that may change
        prop_assert!((plot - 40_000.0).abs() < 0.5, "{}", plot);
        for layer in ["red_line", "control_line"] {
            let covered: f64 = tried["overlaps"].as_array().unwrap().iter()
                .filter(|o| o["zone"]["layer"] == layer)
                .map(|o| o["area"]["planar_m2"].as_f64().unwrap())
                .sum();
            prop_assert!(covered <= plot + 1e-3, "{layer}: {covered} of {plot}");
        }
    }
}

#[test]
fn a_road_prohibited_in_the_red_line_is_a_row_of_the_table() {
    let window = Window::open();
    let line = ground::line(&[(100.0, 500.0), (700.0, 500.0)]);
    let file = ground::feature(window.path(), "road.geojson", "LineString", &line);
    let given =
        json!({ "date": "2018-06-01", "rules": "guangzhou-2016", "activity": "urban-construction", "stage": "new" });
    let asked = json!({ "files": [file], "given": given, "reading": { "crs": "EPSG:4526" }, "accepted": [] });
    let view = window.ask("check", asked);
    let plot = &view["record"]["projects"][0]["plots"][0];
    let crossings = plot["crossings"].as_array().unwrap();
    assert!(crossings.iter().any(|c| c["outcome"] == "prohibited"), "{plot}");
    let table = window.ask("review_table", json!({ "review": view["review"], "unit": "m2", "lang": "zh" }));
    let text = table["text"].as_str().unwrap();
    assert!(text.lines().any(|row| row.contains("\tS1\t") && row.contains("禁止")), "{text}");
    assert_eq!(text.matches("线状项目").count(), crossings.len());
    assert!(text.lines().next().unwrap().ends_with("备注"));
}

#[test]
fn rows_of_the_table_have_the_numbers_of_the_map_and_every_clause() {
    let window = Window::open();
    let one = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let two = project(window.path(), "b.txt", &[("1", "", &square(2100.0, 100.0, 50.0))]);
    let view = window.check(&[&one, &two], none());
    let table = window.ask("review_table", json!({ "review": view["review"], "unit": "m2", "lang": "zh" }));
    let rows: Vec<Vec<&str>> = table["text"].as_str().unwrap().lines().map(|l| l.split('\t').collect()).collect();
    assert!(rows.contains(&vec!["a.txt"]) && rows.contains(&vec!["b.txt"]), "{rows:?}");
    for overlap in view["record"]["projects"][0]["plots"][0]["overlaps"].as_array().unwrap() {
        let number = overlap["id"].as_str().unwrap().rsplit('.').next().unwrap();
        let zone = overlap["zone"]["id"].as_str().unwrap();
        let row = rows.iter().find(|r| r.len() == 11 && r[0] == number && r[5] == zone).unwrap();
        for finding in overlap["findings"].as_array().unwrap() {
            assert!(row[8].contains(finding["rule"].as_str().unwrap()), "{row:?}");
        }
    }
}

#[test]
fn a_plot_is_tried_by_the_workspaces_own_book() {
    let window = Window::open();
    let book = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/rules/example-city.toml"));
    let own = window.path().join("own.toml");
    std::fs::write(&own, book.unwrap()).unwrap();
    ground::default_book(&window.path().join("city.gpkg"), own.to_str().unwrap());
    window.ask("open_workspace", json!({ "path": window.path().join("city.gpkg") }));
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let asked = json!({ "files": [file], "given": { "date": "2018-06-01" }, "reading": {}, "accepted": [] });
    let view = window.ask("check", asked);
    assert_ne!(view["record"]["rule_book"]["id"], "guangzhou-2016");
    let look =
        json!({ "review": view["review"], "plot": "1.1", "edit": { "do": "look" }, "keep": false, "given": null });
    let tried = window.ask("try_edit", look);
    assert_eq!(tried["outcome"], view["record"]["projects"][0]["plots"][0]["outcome"]);
}

#[test]
fn a_footprint_drawn_in_one_city_is_not_there_in_the_next() {
    let window = Window::open();
    let points: Vec<[f64; 2]> = square(100.0, 100.0, 50.0).iter().map(|&(x, y)| window.degrees(x, y)).collect();
    let edit = json!({ "do": "draw", "points": points });
    window.ask("try_edit", json!({ "review": null, "plot": "", "edit": edit, "keep": true, "given": null }));
    window.ask("open_workspace", json!({ "path": window.path().join("city.gpkg") }));
    let look = json!({ "review": null, "plot": "", "edit": { "do": "look" }, "keep": false, "given": null });
    let tried = window.ask("try_edit", look);
    assert_eq!(tried["outline"], json!([]));
    assert!(tried["trouble"]["en"].as_str().unwrap().contains("no footprint"), "{tried}");
}

#[test]
fn a_review_still_running_when_another_city_is_opened_is_not_held_there() {
    struct OpensMeanwhile<'a>(&'a Window, std::sync::atomic::AtomicBool);
    impl Progress for OpensMeanwhile<'_> {
        fn stage(&self, _: &redline_engine::Text, _: Option<u64>) {
            if !self.1.swap(true, std::sync::atomic::Ordering::SeqCst) {
                self.0.ask("open_workspace", json!({ "path": self.0.path().join("city.gpkg") }));
            }
        }
        fn advance(&self, _: u64) {}
        fn cancelled(&self) -> bool {
            false
        }
    }
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let asked = json!({ "files": [file], "given": { "date": "2018-06-01" }, "reading": {}, "accepted": [] });
    let meanwhile = OpensMeanwhile(&window, false.into());
    assert_eq!(window.try_ask("check", asked, &meanwhile).unwrap_err().0, "workspace-changed");
    assert_eq!(window.refused("figures", json!({ "review": 1, "unit": "m2" })), "review-unknown");
}

#[test]
fn in_a_batch_each_file_is_set_beside_its_own_version_before() {
    let window = Window::open();
    let bow = |x: f64| [(x, 100.0), (x + 100.0, 200.0), (x + 100.0, 100.0), (x, 200.0)];
    let at = |name: &str, plots: &[ground::PlotText<'_>]| project(window.path(), name, plots);
    let (a, b) = (at("a.txt", &[("1", "", &bow(100.0))]), at("b.txt", &[("1", "", &bow(2100.0))]));
    let before = window.check(&[&a, &b], none());
    // a.txt is mended, b.txt is not
    let a = at("a.txt", &[("1", "", &square(100.0, 100.0, 100.0))]);
    let after = window.check(&[&a, &b], none());
    let compared = window.ask("compare_reviews", json!({ "before": before["review"], "after": after["review"] }));
    let crossing: Vec<(&str, &str)> = compared["notes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|n| n["note"]["code"] == "self-crossing")
        .map(|n| (n["file"].as_str().unwrap(), n["state"].as_str().unwrap()))
        .collect();
    assert!(crossing.contains(&("a.txt", "cleared")) && crossing.contains(&("b.txt", "remaining")), "{crossing:?}");
    assert!(!crossing.contains(&("b.txt", "cleared")), "{crossing:?}");
}

#[test]
fn plots_given_new_numbers_are_paired_by_the_ground_they_share() {
    let window = Window::open();
    let (first, second) = (square(100.0, 100.0, 50.0), square(300.0, 100.0, 50.0));
    let old = project(window.path(), "v1.txt", &[("1", "甲", &first), ("2", "乙", &second)]);
    // the first plot was dropped, the second got another number
    let new = project(window.path(), "v2.txt", &[("9", "乙", &second)]);
    let (before, after) = (window.check(&[&old], none()), window.check(&[&new], none()));
    let compared = window.ask("compare_reviews", json!({ "before": before["review"], "after": after["review"] }));
    let plots = compared["plots"].as_array().unwrap();
    assert_eq!((&plots[0]["before"], &plots[0]["after"]), (&json!("1.2"), &json!("1.1")));
    assert!(plots[0]["moved_m2"].as_f64().unwrap() < 1e-3);
    assert_eq!((&plots[1]["before"], &plots[1]["after"]), (&json!("1.1"), &NOTHING));
}

#[test]
fn a_draft_that_crosses_itself_is_not_cleared() {
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let review = window.check(&[&file], none())["review"].clone();
    let vertex = json!({ "polygon": 0, "ring": 0, "point": 0 });
    for to in [(400.0, 100.0), (600.0, 100.0), (600.0, 300.0), (400.0, 300.0)]
        .map(|(x, y)| (1000.0 - x + 200.0, 400.0 - y + 150.0))
    {
        let edit = json!({ "do": "move-vertex", "vertex": vertex, "to": window.degrees(to.0, to.1) });
        let asked = json!({ "review": review, "plot": "1.1", "edit": edit, "keep": true, "given": null });
        if window.ask("try_edit", asked)["trouble"].is_null() {
            continue;
        }
        let asked = json!({ "review": review, "plot": "1.1", "overlap": null, "limit_m": 100.0 });
        assert_eq!(window.refused("how_to_clear", asked), "footprint-crosses-itself");
        return;
    }
    panic!("no corner dragged across the plot makes it cross itself");
}

#[cfg(unix)]
#[test]
fn a_paper_written_over_a_private_one_stays_private() {
    use std::os::unix::fs::PermissionsExt;
    let window = Window::open();
    let file = project(window.path(), "a.txt", &[("1", "", &square(400.0, 100.0, 200.0))]);
    let review = window.check(&[&file], none())["review"].clone();
    let paper = window.path().join("审查.json");
    std::fs::write(&paper, "before").unwrap();
    std::fs::set_permissions(&paper, std::fs::Permissions::from_mode(0o600)).unwrap();
    window.ask("export_review", json!({ "review": review, "format": "json", "path": paper, "lang": "zh" }));
    assert_eq!(std::fs::metadata(&paper).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read_to_string(&paper).unwrap().starts_with('{'));
}
