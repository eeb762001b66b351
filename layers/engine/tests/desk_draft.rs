//! A planner at the desk: a draft is started, edited, taken back, opened again and confirmed.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{E, N, plane, project, square, workspace};
use jiff::civil::date;
use redline_engine::{AreasRequest, Desk, DiffRequest, Folders, Progress, Silent, areas, diff};
use redline_wording::Text;
use redline_workspace::Workspace;
use redline_zoning::Zone;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::{TempDir, tempdir};

fn desk(dir: &Path, name: &str) -> Desk {
    let at = |part: &str| {
        let path = dir.join(name).join(part);
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    let folders =
        Folders { config: at("config"), cache: at("cache"), scratch: at("scratch"), documents: at("documents") };
    Desk::new(folders, Vec::new(), ground::noon)
}

fn try_ask(desk: &Desk, command: &str, request: Value) -> Result<Value, (String, String)> {
    let bytes = desk.call(command, request.to_string().as_bytes(), &Silent);
    bytes.map(|b| serde_json::from_slice(&b).unwrap()).map_err(|e| (e.code, e.text.zh))
}

fn ask(desk: &Desk, command: &str, request: Value) -> Value {
    try_ask(desk, command, request).unwrap_or_else(|e| panic!("{command}: {e:?}"))
}

/// Whoever asked has asked to stop.
struct Stopped;

impl Progress for Stopped {
    fn stage(&self, _: &Text, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
    fn cancelled(&self) -> bool {
        true
    }
}

struct Window {
    dir: TempDir,
    desk: Desk,
}

impl Window {
    fn open() -> Window {
        let dir = tempdir().unwrap();
        workspace(dir.path());
        let window = Window { desk: desk(dir.path(), "first"), dir };
        window.ask("open_workspace", json!({ "path": window.city() }));
        window
    }

    /// With a draft of the control line.
    fn drafting() -> Window {
        let window = Window::open();
        window.ask("start_draft", json!({ "layer": "control_line", "name": "调整", "author": "张三" }));
        window
    }

    fn city(&self) -> std::path::PathBuf {
        self.dir.path().join("city.gpkg")
    }

    fn ask(&self, command: &str, request: Value) -> Value {
        ask(&self.desk, command, request)
    }

    /// The zones of the draft as they are on the disk, by id.
    fn zones(&self) -> Vec<Zone> {
        let workspace = Workspace::open(self.city()).unwrap();
        let mut zones = Vec::new();
        workspace
            .draft_zones(1, |zone| {
                zones.push(zone);
                Ok(())
            })
            .unwrap();
        zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
        zones
    }
}

fn degrees(x: f64, y: f64) -> [f64; 2] {
    let (lon, lat) = plane().inverse(geo_types::Coord { x: E + x, y: N + y });
    [lon, lat]
}

/// The corner both tiers share, 100 m to the east.
fn move_corner() -> Value {
    json!({ "edit": { "edit": "move-vertex", "from": [E + 2000.0, N], "to": [E + 2100.0, N] } })
}

#[test]
fn both_zones_of_a_shared_vertex_follow_and_the_ground_is_told() {
    let window = Window::drafting();
    let plan = window.ask("plan_edit", move_corner());
    assert_eq!(plan["refusal"], Value::Null, "{plan}");
    assert_eq!(plan["boundaries"]["features"].as_array().unwrap().len(), 2);
    let before = window.zones();
    assert_eq!(window.ask("draft_state", json!({}))["edits"], json!([]), "a plan writes nothing");

    let state = window.ask("apply_edit", move_corner());
    assert_eq!(state["hidden"], json!(["T1", "T2"]));
    assert_eq!((&state["can_undo"], &state["can_redo"]), (&json!(true), &json!(false)));
    let moved = state["moved"].as_array().unwrap();
    assert_eq!(moved.len(), 1, "{state}");
    assert!((moved[0]["area"]["planar_m2"].as_f64().unwrap() - 50_000.0).abs() < 1e-3);
    // tier 1 takes what tier 2 gives; the layer as a whole keeps its ground
    let rows = state["ledger"]["rows"].as_array().unwrap();
    let net = |row: &Value| row["net_m2"]["planar_m2"].as_f64().unwrap();
    assert_eq!(rows.iter().map(|r| r["tier"].as_str().unwrap()).collect::<Vec<_>>(), ["1", "2"]);
    assert!((net(&rows[0]) - 50_000.0).abs() < 1e-3 && (net(&rows[1]) + 50_000.0).abs() < 1e-3, "{state}");
    assert!(net(&state["ledger"]["total"]).abs() < 1e-3);
    assert_eq!(state["ledger"]["warning"], Value::Null);

    let state = window.ask("undo_edit", json!({}));
    assert_eq!(window.zones(), before, "undoing gives back the very zones");
    assert_eq!((&state["hidden"], &state["can_redo"]), (&json!([]), &json!(true)));
    assert_eq!(try_ask(&window.desk, "undo_edit", json!({})).unwrap_err().0, "nothing-to-undo");
    window.ask("redo_edit", json!({}));
    assert_ne!(window.zones(), before);
    // memory followed: the vertex is where it was moved to
    let refused = window.ask("plan_edit", move_corner());
    assert_eq!(refused["refusal"]["code"], "no-such-vertex", "{refused}");
    assert!(try_ask(&window.desk, "apply_edit", move_corner()).is_err());
}

#[test]
fn a_draft_opened_again_keeps_its_undo_and_what_its_lines_added() {
    let window = Window::drafting();
    let before = window.zones();
    // a line across tier 1 ends on the boundary with tier 2, where it puts a vertex in
    let split = json!({ "edit": {
        "edit": "split", "zone": "T1", "line": [[E - 10.0, N + 500.0], [E + 2010.0, N + 500.0]],
    } });
    let state = window.ask("apply_edit", split);
    let ids: Vec<String> = state["changed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|zone| zone["id"].as_str().unwrap().to_owned())
        .filter(|id| id.starts_with("T1"))
        .collect();
    assert_eq!(ids.len(), 2, "{state}");
    window.ask("close_draft", json!({}));
    assert_eq!(try_ask(&window.desk, "draft_state", json!({})).unwrap_err().0, "no-draft");

    let again = desk(window.dir.path(), "again");
    ask(&again, "open_workspace", json!({ "path": window.city() }));
    assert_eq!(ask(&again, "drafts", json!({}))["open"][0]["name"], "调整");
    let state = ask(&again, "open_draft", json!({ "id": 1 }));
    assert_eq!((&state["can_undo"], state["edits"].as_array().unwrap().len()), (&json!(true), 1));
    // merging takes the split's vertices out again only where they are remembered
    ask(&again, "apply_edit", json!({ "edit": { "edit": "merge", "zones": ids, "keep": "T1" } }));
    let vertices = |zones: &[Zone]| -> usize { zones.iter().map(|z| z.shape.0[0].exterior().0.len()).sum() };
    assert_eq!(vertices(&window.zones()), vertices(&before));
    ask(&again, "undo_edit", json!({}));
    ask(&again, "undo_edit", json!({}));
    assert_eq!(window.zones(), before);
}

#[test]
fn a_confirmed_draft_is_a_revision_that_a_review_reads() {
    let window = Window::drafting();
    let before = window.ask("versions", json!({ "layer": "control_line" }));
    // a plot in tier 2 that tier 1 takes
    let plot = project(window.dir.path(), "a.txt", &[("1", "道路", &square(2010.0, 10.0, 20.0))]);
    let tier = || {
        let given = json!({
            "date": "2018-06-01", "rules": "guangzhou-2016", "activity": "urban-construction", "stage": "new",
        });
        let asked = json!({ "files": [plot], "given": given, "reading": {}, "accepted": [] });
        let view = window.ask("check", asked);
        view["record"]["projects"][0]["plots"][0]["overlaps"][0]["zone"]["id"].clone()
    };
    assert_eq!(tier(), "T2");
    window.ask("apply_edit", move_corner());
    let version = json!({ "title": "一期", "author": "张三", "reason": "道路", "date": "2018-05-01" });
    let confirmed = window.ask("confirm_draft", version);
    assert_eq!((&confirmed["title"], &confirmed["features"]), (&json!("一期"), &json!(2)));
    assert_eq!(window.ask("drafts", json!({}))["open"], json!([]));
    let after = window.ask("versions", json!({ "layer": "control_line" }));
    assert_eq!(after.as_array().unwrap().len(), before.as_array().unwrap().len() + 1);
    assert_eq!(after[0], confirmed);
    assert_eq!(tier(), "T1");

    // the command line tells the same two revisions apart, by title as well as by number
    let asked = |from: &str, to: &str| DiffRequest {
        workspace: window.city(),
        layer: Some("control_line".into()),
        from: from.into(),
        to: to.into(),
    };
    let told = diff(&asked(&format!("r{}", after[1]["revision"]), "一期"), &Silent).unwrap();
    assert_eq!(told.pieces.len(), 1);
    let (gained, lost) = (&told.pieces[0].to, &told.pieces[0].from);
    assert_eq!((gained.as_ref().unwrap().id.as_str(), lost.as_ref().unwrap().id.as_str()), ("T1", "T2"));
    assert!(told.rows[0].net.planar_m2.abs() < 1e-6, "the layer as a whole lost nothing");
    let tier = told.rows.iter().find(|r| r.group == "tier" && r.key == "1").unwrap();
    assert!((tier.net.planar_m2 - told.pieces[0].area.planar_m2).abs() < 1e-6);
    assert_eq!(diff(&asked("一期", "now"), &Silent).unwrap().pieces, []);
    let stopped = diff(&asked(&format!("r{}", after[1]["revision"]), "一期"), &Stopped).unwrap_err();
    assert_eq!(stopped.code, "cancelled");
    assert_eq!(diff(&asked("一期", "二期"), &Silent).unwrap_err().code, "revision-unknown");

    let first = after[1]["revision"].clone();
    let restored = window.ask(
        "restore_version",
        json!({
            "layer": "control_line", "revision": first, "title": "", "author": "", "reason": "", "date": "2018-05-02",
        }),
    );
    assert_eq!(restored["area"], after[1]["area"]);
}

#[test]
fn a_second_desk_is_told_who_edits_and_reads() {
    let window = Window::drafting();
    window.ask("apply_edit", move_corner());
    let second = desk(window.dir.path(), "second");
    ask(&second, "open_workspace", json!({ "path": window.city() }));
    let told = ask(&second, "drafts", json!({}));
    assert!(told["being_edited_by"]["zh"].as_str().unwrap().contains("编辑"), "{told}");
    assert_eq!((&told["editing"], told["open"].as_array().unwrap().len()), (&Value::Null, 1));
    let (code, _) = try_ask(&second, "open_draft", json!({ "id": 1 })).unwrap_err();
    assert_eq!(code, "workspace-being-edited");
    let there = ask(&second, "identify", json!({ "at": degrees(1500.0, 500.0) }));
    assert_eq!(there[0]["zone"]["id"], "T1");
    window.ask("close_draft", json!({}));
    assert_eq!(ask(&second, "drafts", json!({}))["being_edited_by"], Value::Null);
    ask(&second, "open_draft", json!({ "id": 1 }));
}

#[test]
fn the_pointer_finds_zones_vertices_and_ways_of_the_draft() {
    let window = Window::drafting();
    window.ask("apply_edit", move_corner());
    assert_eq!(window.ask("draft_zone_at", json!({ "at": degrees(2040.0, 10.0) }))["id"], "T1");
    assert_eq!(window.ask("draft_zone_at", json!({ "at": degrees(9000.0, 10.0) })), Value::Null);
    let snap = |x: f64, y: f64, layers: Value| {
        window.ask("draft_snap", json!({ "at": degrees(x, y), "tolerance_m": 5.0, "layers": layers }))
    };
    let corner = snap(2101.0, 1.0, json!([]));
    assert_eq!((corner["place"]["east"].as_f64(), &corner["kind"]), (Some(E + 2100.0), &json!("vertex")));
    assert_eq!(snap(2000.0, -1.0, json!([]))["kind"], "edge", "the base's vertex is not the draft's");
    assert_eq!(snap(500.0, 998.0, json!(["red_line"]))["layer"], "red_line");
    assert_eq!(snap(500.0, 500.0, json!([])), Value::Null);

    let (low, high) = (degrees(1900.0, -100.0), degrees(2200.0, 100.0));
    let found = window.ask("draft_vertices", json!({ "zones": ["T1"], "bounds": [low[0], low[1], high[0], high[1]] }));
    assert_eq!(found["vertices"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["vertices"][0]["junction"], true);
    assert_eq!(found["edges"].as_array().unwrap().len(), 2);

    let way = window.ask("draft_trace", json!({ "from": degrees(1900.0, 0.0), "to": degrees(2000.0, 1000.0) }));
    let norths: Vec<f64> = way.as_array().unwrap().iter().map(|p| (p["north"].as_f64().unwrap() - N).round()).collect();
    assert_eq!(norths, [0.0, 0.0, 1000.0], "{way}");
}

#[test]
fn reference_layers_are_locked_until_unlocked_by_name() {
    let window = Window::open();
    let mut file = Workspace::open_for_editing(window.city()).unwrap();
    let parcel = ground::zone("P1", Some("agricultural"), None, ground::rectangle(0.0, 0.0, 100.0, 100.0));
    ground::add(&mut file, redline_zoning::LayerRole::LandUse, date(2017, 1, 1), vec![parcel]);
    drop(file);
    let start = json!({ "layer": "land_use", "name": "", "author": "" });
    assert_eq!(try_ask(&window.desk, "start_draft", start.clone()).unwrap_err().0, "layer-locked");
    let layers = window.ask("unlock_layer", json!({ "layer": "land_use" }))["layers"].clone();
    assert!(layers.as_array().unwrap().iter().all(|l| l["editable"] == true));
    window.ask("start_draft", start);
    assert_eq!(window.ask("drop_draft", json!({ "id": 1 }))["editing"], Value::Null);
}

#[test]
fn goals_are_told_before_and_after_and_can_be_the_citys_own() {
    let window = Window::drafting();
    assert_eq!(window.ask("goals", json!({}))["own"], false);
    let goal = json!({
        "role": "control-line", "class": null, "tier": "2", "km2": 1.98, "percent": null, "clause": "", "source": "",
        "contradiction": null,
    });
    assert_eq!(window.ask("set_goals", json!({ "goals": [goal] }))["own"], true);
    assert_eq!(window.ask("goals", json!({}))["goals"], json!([goal]));
    let state = window.ask("apply_edit", move_corner());
    let goals = state["ledger"]["goals"].as_array().unwrap();
    assert_eq!(goals.len(), 1);
    assert_eq!((&goals[0]["holds_before"], &goals[0]["holds_after"]), (&json!(true), &json!(false)), "{state}");
    // `areas` compares with them too, and says whose they are; a book asked for by name counts instead
    let compared = |rules: Option<&str>| {
        let request = AreasRequest { workspace: window.city(), rules: rules.map(str::to_owned), layers_as_of: None };
        let report = areas(&request).unwrap();
        (report.targets.len(), report.notes.iter().any(|note| note.code == "goals-of-workspace"))
    };
    assert_eq!(compared(None), (1, true));
    let (of_the_book, own) = compared(Some("guangzhou-2016"));
    assert!(of_the_book > 1 && !own);
    // and back to the rule book's
    let book = window.ask("set_goals", json!({ "goals": null }));
    assert_eq!(book["own"], false);
    assert!(book["goals"].as_array().is_some_and(|goals| goals.len() > 1), "{book}");
    assert_eq!(window.ask("goals", json!({})), book);
}

#[test]
fn what_a_draft_changes_is_drawn_from_tiles_that_are_other_ones_after_every_edit() {
    let window = Window::drafting();
    let tile = |path: &str| {
        let (lon, lat) = plane().inverse(geo_types::Coord { x: E + 2000.0, y: N + 10.0 });
        let n = f64::from(1_u32 << 12);
        let y = (0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU) * n;
        let path = format!("{path}/12/{}/{}.mvt", ((lon / 360.0 + 0.5) * n) as u32, y as u32);
        window.desk.tile(&path, &|| false).unwrap().bytes
    };
    assert_eq!(window.ask("draft_state", json!({}))["tiles"], Value::Null, "nothing differs yet");
    let state = window.ask("apply_edit", move_corner());
    let first = state["tiles"].as_str().unwrap().to_owned();
    let drawn = tile(&first);
    for id in [b"T1", b"T2"] {
        assert!(drawn.windows(2).any(|bytes| bytes == id), "both zones are drawn");
    }
    let back = json!({ "edit": { "edit": "move-vertex", "from": [E + 2100.0, N], "to": [E + 2300.0, N] } });
    let second = window.ask("apply_edit", back)["tiles"].as_str().unwrap().to_owned();
    assert_ne!(tile(&second), drawn);
    assert_eq!(tile(&first), drawn, "the map may still ask for the state before");
    // the same state has the same address, whichever way it was come to
    assert_eq!(window.ask("undo_edit", json!({}))["tiles"], json!(first));
    assert_eq!(tile(&first), drawn);
    assert_eq!(window.ask("undo_edit", json!({}))["tiles"], Value::Null);
    window.ask("redo_edit", json!({}));
    window.ask("close_draft", json!({}));
    let gone = window.desk.tile(&format!("{first}/12/0/0.mvt"), &|| false).unwrap_err();
    assert_eq!(gone.code, "tile-unknown", "nothing of a draft that is put away");
}

#[test]
fn what_an_edit_would_do_is_told_by_its_new_boundaries_alone() {
    let window = Window::drafting();
    let lines = |plan: &Value| -> Vec<usize> {
        let features = plan["boundaries"]["features"].as_array().unwrap();
        features.iter().map(|f| f["geometry"]["coordinates"].as_array().unwrap().len()).collect()
    };
    // the two edges that meet in the vertex, for both its zones
    assert_eq!(lines(&window.ask("plan_edit", move_corner())), [3, 3]);
    // a line from side to side: with the halves of the sides it cuts, for both parts
    let split = json!({ "edit": {
        "edit": "split", "zone": "T1", "line": [[E + 500.0, N - 5000.0], [E + 500.0, N + 5000.0]],
    } });
    let plan = window.ask("plan_edit", split);
    assert_eq!(plan["refusal"], Value::Null, "{plan}");
    assert_eq!(lines(&plan), [4, 4], "{plan}");
    // a hole in the middle: its whole ring, for the zone and for who takes it
    let ring = [[400.0, 400.0], [500.0, 400.0], [500.0, 500.0], [400.0, 500.0]].map(|[x, y]| [E + x, N + y]);
    let carve = json!({ "edit": {
        "edit": "carve", "ring": ring, "from": { "ground": "zones" }, "to": { "recipient": "blank" },
    } });
    let plan = window.ask("plan_edit", carve);
    assert_eq!(lines(&plan), [5], "{plan}");
}

#[test]
fn red_line_that_tier_1_leaves_behind_is_noted_with_its_place_and_the_edit_is_made() {
    let window = Window::drafting();
    let ring = [[900.0, 0.0], [1100.0, 0.0], [1100.0, 100.0], [900.0, 100.0]].map(|[x, y]| [E + x, N + y]);
    let edit = json!({ "edit": {
        "edit": "carve", "ring": ring, "from": { "ground": "tier", "tier": "1" },
        "to": { "recipient": "zone", "zone": "T2" },
    } });
    let plan = window.ask("plan_edit", edit.clone());
    let state = window.ask("apply_edit", edit);
    let note = state["notes"][0]["zh"].as_str().unwrap();
    // half of the ring lies on the red line
    assert!(note.contains("m²") && note.contains("N 2550"), "{note}");
    assert_eq!(plan["notes"], state["notes"]);
}

#[test]
fn where_the_workspace_binds_the_red_line_to_tier_1_an_edit_that_breaks_it_is_refused_with_its_place() {
    let window = Window::drafting();
    let ring = [[900.0, 0.0], [1100.0, 0.0], [1100.0, 100.0], [900.0, 100.0]].map(|[x, y]| [E + x, N + y]);
    let edit = json!({ "edit": {
        "edit": "carve", "ring": ring, "from": { "ground": "tier", "tier": "1" },
        "to": { "recipient": "zone", "zone": "T2" },
    } });
    assert_eq!(window.ask("relation", json!({}))["binding"], false);
    assert_eq!(window.ask("set_relation", json!({ "binding": true }))["binding"], true);
    let plan = window.ask("plan_edit", edit.clone());
    assert_eq!(plan["refusal"]["code"], "edit-leaves-tier-1", "{plan}");
    assert!(plan["refusal"]["at"]["north"].as_f64().is_some_and(|n| (N..=N + 100.0).contains(&n)), "{plan}");
    let refused = try_ask(&window.desk, "apply_edit", edit.clone()).unwrap_err();
    assert_eq!(refused.0, "edit-leaves-tier-1");
    // nothing of it was kept, and the statement can be lifted
    assert_eq!(window.ask("draft_state", json!({}))["draft"]["position"], 0);
    window.ask("set_relation", json!({ "binding": false }));
    assert_eq!(window.ask("apply_edit", edit)["draft"]["position"], 1);
}

#[test]
fn an_overlap_is_listed_and_mended_by_an_edit_that_can_be_taken_back() {
    let window = Window::open();
    let mut file = Workspace::open_for_editing(window.city()).unwrap();
    let tiers = vec![
        ground::zone("T1", None, Some("1"), ground::rectangle(0.0, 0.0, 1000.0, 1000.0)),
        ground::zone("T2", None, Some("2"), ground::rectangle(1000.0, 0.0, 2000.0, 500.0)),
        ground::zone("T3", None, Some("2"), ground::rectangle(1000.0, 500.0, 2000.0, 1000.0)),
        ground::zone("T4", None, Some("2"), ground::rectangle(1500.0, 0.0, 2500.0, 1000.0)),
    ];
    ground::add(&mut file, redline_zoning::LayerRole::ControlLine, date(2017, 1, 1), tiers);
    drop(file);
    window.ask("start_draft", json!({ "layer": "control_line", "name": "", "author": "" }));
    let before = window.zones();
    let listed = window.ask("draft_defects", json!({ "bounds": null }));
    let overlaps = listed["listed"].as_array().unwrap().iter().filter(|d| d["kind"] == "overlap");
    let defect = overlaps.into_iter().next().unwrap();
    assert!(defect["area"]["planar_m2"].as_f64().unwrap() > 1e5, "{defect}");
    let mend = json!({ "key": defect["key"], "remedy": defect["remedies"][0]["id"] });
    window.ask("mend_defect", mend.clone());
    assert_eq!(try_ask(&window.desk, "mend_defect", mend).unwrap_err().0, "no-such-defect");
    let left = window.ask("draft_defects", json!({ "bounds": null }));
    assert!(left["total"].as_u64().unwrap() < listed["total"].as_u64().unwrap(), "{left}");
    window.ask("undo_edit", json!({}));
    assert_eq!(window.zones(), before);
}

#[test]
fn a_shared_vertex_of_the_sample_city_moves_and_comes_back() {
    let dir = tempdir().unwrap();
    let window = Window { desk: desk(dir.path(), "first"), dir };
    let made = window.ask("make_sample", json!({ "dir": window.dir.path().join("sample"), "parcels": 2000 }));
    window.ask("open_workspace", json!({ "path": made["workspace"] }));
    window.ask("start_draft", json!({ "layer": "control_line", "name": "", "author": "" }));
    let zones = || {
        let workspace = Workspace::open(made["workspace"].as_str().unwrap()).unwrap();
        let mut zones = Vec::new();
        workspace
            .draft_zones(1, |zone| {
                zones.push(zone);
                Ok(())
            })
            .unwrap();
        zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
        zones
    };
    let before = zones();
    // a vertex that two zones have
    let mut owners = std::collections::BTreeMap::<(u64, u64), std::collections::BTreeSet<&str>>::new();
    for zone in &before {
        for c in zone.shape.0.iter().flat_map(|p| &p.exterior().0) {
            owners.entry((c.x.to_bits(), c.y.to_bits())).or_default().insert(&zone.facts.id);
        }
    }
    let shared = owners.iter().filter(|(_, zones)| zones.len() == 2).map(|(at, _)| at);
    let changed = shared.take(50).find_map(|&(x, y)| {
        let (x, y) = (f64::from_bits(x), f64::from_bits(y));
        let edit = json!({ "edit": { "edit": "move-vertex", "from": [x, y], "to": [x + 0.5, y + 0.25] } });
        let plan = window.ask("plan_edit", edit.clone());
        plan["refusal"].is_null().then(|| window.ask("apply_edit", edit))
    });
    assert_eq!(changed.unwrap()["hidden"].as_array().unwrap().len(), 2);
    window.ask("undo_edit", json!({}));
    assert_eq!(zones(), before);
}
