//! A planner asks, before a revision is confirmed, which earlier reviews would come out otherwise.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{E, N, noon, project, request, square, workspace};
use redline_engine::{
    CheckRequest, Desk, DiffRequest, ExportRequest, Folders, ImpactReport, ImpactRequest, Outcome, Silent, Stage,
    check, diff, export, impact, output,
};
use redline_workspace::Workspace;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

fn ask(desk: &Desk, command: &str, request: Value) -> Value {
    let bytes = desk.call(command, request.to_string().as_bytes(), &Silent);
    bytes.map(|b| serde_json::from_slice(&b).unwrap()).unwrap_or_else(|e| panic!("{command}: {e:?}"))
}

/// A city with three saved reviews: infrastructure just inside tier 2 (permitted), a works there too
/// (prohibited), and infrastructure far from everything.
fn reviewed() -> (TempDir, PathBuf) {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    for (name, x, activity) in [
        ("泵站.txt", 2010.0, "environmental-infrastructure"),
        ("厂房.txt", 2010.0, "industry"),
        ("远处.txt", 3500.0, "environmental-infrastructure"),
    ] {
        let folder = dir.path().join("projects");
        std::fs::create_dir_all(&folder).unwrap();
        let file = project(&folder, name, &[("1", "", &square(x, 10.0, 30.0))]);
        let asked = CheckRequest {
            activity: Some(activity.into()),
            stage: Some(Stage::New),
            save: true,
            rules: Some(book(dir.path())),
            ..request(&city, &[file])
        };
        let made = check(&asked, &Silent).unwrap();
        let expected = if activity == "industry" { Outcome::Prohibited } else { Outcome::Permitted };
        assert_eq!(made.review.outcome, expected, "{name}: {:#?}", made.review.projects[0].plots[0]);
    }
    // the files a review was made from need not stay where they were
    std::fs::remove_dir_all(dir.path().join("projects")).unwrap();
    (dir, city)
}

/// A book of the city's own, which is kept with its reviews.
fn book(dir: &Path) -> String {
    let path = dir.join("本市.toml");
    std::fs::write(&path, include_str!("impact_book.toml")).unwrap();
    path.to_str().unwrap().to_owned()
}

fn folders(dir: &Path) -> Folders {
    let at = |part: &str| {
        let path = dir.join("desk").join(part);
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    Folders { config: at("config"), cache: at("cache"), scratch: at("scratch"), documents: at("documents") }
}

/// A desk with a draft that moves the corner of both tiers 100 m to the east.
fn drafted(dir: &Path, city: &Path) -> Desk {
    let desk = Desk::new(folders(dir), Vec::new(), noon);
    ask(&desk, "open_workspace", json!({ "path": city }));
    ask(&desk, "start_draft", json!({ "layer": "control_line", "name": "调整", "author": "张三" }));
    let edit = json!({ "edit": { "edit": "move-vertex", "from": [E + 2000.0, N], "to": [E + 2100.0, N] } });
    ask(&desk, "apply_edit", edit);
    desk
}

fn between(city: &Path, from: &str, to: &str) -> ImpactReport {
    let asked = ImpactRequest { workspace: city.into(), layer: None, from: from.into(), to: to.into() };
    impact(&asked, &Silent).unwrap()
}

#[test]
fn a_draft_lists_the_reviews_that_flip_with_the_ground_that_does_it() {
    let (dir, city) = reviewed();
    let desk = drafted(dir.path(), &city);
    let found = ask(&desk, "draft_impact", json!({}));
    assert_eq!((&found["reviews"], &found["away"], &found["judged_again"]), (&json!(3), &json!(1), &json!(2)));
    assert_eq!(found["troubles"], json!([]));
    let flipped = found["flipped"].as_array().unwrap();
    assert_eq!(flipped.len(), 1, "{found}");
    assert_eq!(flipped[0]["file"], "泵站.txt");
    let outcomes = ["recorded", "before", "after"].map(|side| flipped[0][side].as_str().unwrap());
    assert_eq!(outcomes, ["permitted", "permitted", "prohibited"]);
    let moved = &flipped[0]["moved"];
    assert_eq!(moved.as_array().unwrap().len(), 1, "{moved}");
    // 30 m × 30 m lies wholly in the triangle that tier 1 takes
    assert!((moved[0]["area"]["planar_m2"].as_f64().unwrap() - 900.0).abs() < 1e-3, "{moved}");
    assert!(moved[0]["from"]["zh"].as_str().unwrap().contains("T2"), "{moved}");
    assert!(flipped[0]["why"]["zh"].as_str().unwrap().contains("一级"), "{found}");
    let stays = found["moved"].as_array().unwrap();
    assert_eq!(stays.len(), 1, "prohibited before and after, but in another tier: {found}");
    assert_eq!((&stays[0]["file"], &stays[0]["after"]), (&json!("厂房.txt"), &json!("prohibited")));

    // taken back, nothing flips
    ask(&desk, "undo_edit", json!({}));
    let found = ask(&desk, "draft_impact", json!({}));
    assert_eq!((&found["away"], &found["flipped"]), (&json!(3), &json!([])));
}

#[test]
fn the_command_says_the_same_of_the_draft_and_of_the_revision_it_becomes() {
    let (dir, city) = reviewed();
    let desk = drafted(dir.path(), &city);
    let of_draft = between(&city, "now", "draft:调整");
    assert_eq!(of_draft.to.draft.as_deref(), Some("调整"));
    let version = json!({ "title": "二〇一八年调整", "author": "张三", "reason": "测试", "date": "2018-06-01" });
    let version = ask(&desk, "confirm_draft", version);
    let of_revision = between(&city, "r2", "二〇一八年调整");
    assert_eq!(of_draft.flipped, of_revision.flipped);
    assert_eq!(of_draft.moved, of_revision.moved);
    assert_eq!(of_revision.to.revision, version["revision"].as_u64().unwrap());
    // and the other way round it comes back
    let back = between(&city, "now", "r2");
    assert_eq!(back.flipped.len(), 1);
    assert_eq!((back.flipped[0].before, back.flipped[0].after), (Outcome::Prohibited, Outcome::Permitted));
    assert!(back.notes.is_empty(), "{:?}", back.notes);
}

#[test]
fn a_review_whose_files_or_book_are_gone_is_named_not_passed_over() {
    let (dir, city) = reviewed();
    let desk = drafted(dir.path(), &city);
    drop(desk);
    let id = Workspace::open(&city).unwrap().reviews().unwrap()[0].id.clone();
    // whoever takes a file out of the workspace does it with another program
    let conn = rusqlite_of(&city);
    conn.execute("DELETE FROM redline_review_file WHERE review = ?1 AND name LIKE '%.txt'", [&id]).unwrap();
    drop(conn);
    let found = between(&city, "now", "draft:调整");
    assert_eq!(found.judged_again, 1);
    assert_eq!((found.not_judged, found.notes.len()), (1, 1), "{:?}", found.notes);
    assert!(found.notes[0].message.contains("泵站.txt"), "{:?}", found.notes);
}

#[test]
fn a_kept_file_that_reads_otherwise_now_is_no_review_judged_again() {
    let (dir, city) = reviewed();
    drop(drafted(dir.path(), &city));
    let conn = rusqlite_of(&city);
    let changed = "UPDATE redline_file SET bytes = ?1 WHERE sha256 IN \
        (SELECT sha256 FROM redline_review_file WHERE name = '泵站.txt')";
    assert_eq!(conn.execute(changed, [&b"nothing,here"[..]]).unwrap(), 1);
    drop(conn);
    let found = between(&city, "now", "draft:调整");
    // both reviews near the change were made from files of these very bytes
    assert_eq!((found.away, found.judged_again, found.not_judged), (1, 0, 2));
    assert!(found.notes[0].message.contains("泵站.txt"), "{:?}", found.notes);
}

#[test]
fn a_draft_is_not_credited_with_undoing_what_others_published_since() {
    let (dir, city) = reviewed();
    drop(drafted(dir.path(), &city));
    let mut workspace = Workspace::open_for_editing(&city).unwrap();
    let zones = vec![ground::zone("T1", None, Some("1"), ground::rectangle(0.0, 0.0, 3000.0, 1000.0))];
    ground::add(&mut workspace, redline_engine::LayerRole::ControlLine, jiff::civil::date(2018, 5, 1), zones);
    drop(workspace);
    let asked = |from: &str| {
        let request =
            ImpactRequest { workspace: city.clone(), layer: None, from: from.into(), to: "draft:调整".into() };
        impact(&request, &Silent)
    };
    assert_eq!(asked("now").unwrap_err().code, "draft-overtaken");
    assert_eq!(asked("r2").unwrap().flipped.len(), 1);
}

fn rusqlite_of(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

#[test]
fn a_draft_is_compared_and_exported_like_a_revision() {
    let (dir, city) = reviewed();
    let desk = drafted(dir.path(), &city);
    let asked =
        |from: &str, to: &str| DiffRequest { workspace: city.clone(), layer: None, from: from.into(), to: to.into() };
    let there = diff(&asked("r2", "draft:调整"), &Silent).unwrap();
    let tier = |key: &str| there.rows.iter().find(|r| r.group == "tier" && r.key == key).unwrap().net.planar_m2;
    assert!((tier("1") - 50_000.0).abs() < 1e-3 && (tier("2") + 50_000.0).abs() < 1e-3);
    let back = diff(&asked("draft:调整", "r2"), &Silent).unwrap();
    assert_eq!(back.pieces.len(), there.pieces.len());
    assert_eq!(back.pieces[0].to, there.pieces[0].from);
    assert_eq!(diff(&asked("r2", "draft:别的"), &Silent).unwrap_err().code, "draft-unknown");

    let geojson: Value = serde_json::from_str(&output::diff_geojson(&there).unwrap()).unwrap();
    let piece = &geojson["features"][0];
    assert_eq!((&piece["properties"]["change"], &piece["properties"]["to_tier"]), (&json!("moved"), &json!("1")));
    let lon = piece["geometry"]["coordinates"][0][0][0][0].as_f64().unwrap();
    assert!((lon - 114.0).abs() < 0.1, "{lon}");
    let folder = dir.path().join("out");
    std::fs::create_dir_all(&folder).unwrap();
    let sheet = folder.join("台账.xlsx");
    std::fs::write(&sheet, output::diff_xlsx(&there, redline_engine::Lang::Zh).unwrap()).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&sheet).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "调入调出").unwrap();
    let nets: Vec<String> = range.rows().map(|row| row[8].to_string()).collect();
    assert!(nets.contains(&"50000".to_owned()) && nets.contains(&"-50000".to_owned()), "{nets:?}");

    // out of the draft and in again: the same ground, bit for bit
    let file = folder.join("控制线.gpkg");
    let asked = |state: &str, output: &Path| ExportRequest {
        workspace: city.clone(),
        layer: None,
        state: state.into(),
        output: output.into(),
    };
    assert_eq!(export(&asked("draft:调整", &file)).unwrap().zones, 2);
    assert_eq!(export(&asked("draft:调整", &city)).unwrap_err().code, "export-onto-workspace");
    let other = folder.join("别的城市.gpkg");
    std::fs::copy(&city, &other).unwrap();
    assert_eq!(export(&asked("draft:调整", &other)).unwrap_err().code, "export-onto-workspace");
    assert_eq!(export(&asked("draft:调整", &folder.join("a.pdf"))).unwrap_err().code, "export-format-unknown");
    ask(&desk, "confirm_draft", json!({ "title": "", "author": "", "reason": "", "date": "2018-06-01" }));
    drop(desk);
    let again = redline_engine::ImportRequest {
        file,
        role: redline_engine::LayerRole::ControlLine,
        workspace: city.clone(),
        date: jiff::civil::date(2018, 7, 1),
        map: Default::default(),
        layer: None,
        crs: None,
        source: None,
        source_date: None,
        author: None,
        reason: None,
        extent: None,
        workspace_crs: None,
        accept: Default::default(),
    };
    redline_engine::import(&again, &Silent).unwrap();
    let workspace = Workspace::open(&city).unwrap();
    let of = |number: u64| {
        let layer = workspace.layer_at("control_line", number).unwrap();
        workspace
            .all_zones(&layer)
            .unwrap()
            .into_iter()
            .map(|z| (z.facts.id, z.facts.tier, z.shape))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(3), of(4));
}

/// Two planners draft from one revision; one draft is brought into the other.
#[test]
fn another_draft_is_brought_in_and_what_both_moved_is_decided_one_by_one() {
    let dir = tempdir().unwrap();
    let city = workspace(dir.path());
    let desk = Desk::new(folders(dir.path()), Vec::new(), noon);
    ask(&desk, "open_workspace", json!({ "path": city }));
    let square = |x: f64, y: f64, side: f64| {
        json!([[E + x, N + y], [E + x + side, N + y], [E + x + side, N + y + side], [E + x, N + y + side]])
    };
    let give = |x: f64, y: f64, to: Value| {
        let edit = json!({ "edit": "carve", "ring": square(x, y, 100.0), "from": { "ground": "zones" }, "to": to });
        ask(&desk, "apply_edit", json!({ "edit": edit }))
    };
    let start = |name: &str| {
        ask(&desk, "start_draft", json!({ "layer": "control_line", "name": name, "author": "" }))["draft"]["id"].clone()
    };
    // theirs: ground of tier 2 to tier 1, a square out of tier 1 to nobody, tier 2 renamed
    let theirs = start("甲的草案");
    give(2000.0, 100.0, json!({ "recipient": "zone", "zone": "T1" }));
    give(500.0, 500.0, json!({ "recipient": "blank" }));
    ask(&desk, "apply_edit", json!({ "edit": { "edit": "set-facts", "zone": "T2", "facts": { "name": "东区" } } }));
    // mine: the same square, but to tier 2
    start("乙的草案");
    give(500.0, 500.0, json!({ "recipient": "zone", "zone": "T2" }));

    let plan = ask(&desk, "plan_merge", json!({ "id": theirs }));
    assert_eq!(plan["with"]["name"], "甲的草案");
    assert_eq!(plan["facts"], json!(["T2"]));
    let taken = plan["taken"].as_array().unwrap();
    assert_eq!(taken.len(), 1, "{plan}");
    assert!((taken[0]["area"]["planar_m2"].as_f64().unwrap() - 10_000.0).abs() < 1e-3);
    let conflicts = plan["conflicts"].as_array().unwrap();
    assert_eq!(conflicts.len(), 1, "{plan}");
    assert!(conflicts[0]["mine"]["zh"].as_str().unwrap().contains("T2"));
    assert_eq!(conflicts[0]["theirs"], Value::Null);

    // a conflict that was not decided is no consent
    let call = |request: Value| desk.call("merge_draft", request.to_string().as_bytes(), &Silent);
    assert_eq!(call(json!({ "id": theirs, "decided": [] })).unwrap_err().code, "merge-overtaken");
    let key = &conflicts[0]["key"];
    let state = ask(&desk, "merge_draft", json!({ "id": theirs, "decided": [{ "key": key, "theirs": true }] }));
    let last = state["edits"].as_array().unwrap().last().unwrap();
    assert!(last["sentence"]["zh"].as_str().unwrap().contains("甲的草案"), "{last}");
    let net = |state: &Value, tier: &str| {
        let rows = state["ledger"]["rows"].as_array().unwrap();
        let row = rows.iter().find(|r| r["tier"] == tier).unwrap();
        row["net_m2"]["planar_m2"].as_f64().unwrap()
    };
    // tier 1 gained a hectare and lost one to nobody; tier 2 lost one
    assert!(net(&state, "1").abs() < 1e-3 && (net(&state, "2") + 10_000.0).abs() < 1e-3, "{}", state["ledger"]);

    let state = ask(&desk, "undo_edit", json!({}));
    assert!((net(&state, "1") + 10_000.0).abs() < 1e-3 && (net(&state, "2") - 10_000.0).abs() < 1e-3);
    ask(&desk, "redo_edit", json!({}));
    assert_eq!(call(json!({ "id": 2, "decided": [] })).unwrap_err().code, "not-to-be-merged");

    // theirs is overtaken once mine is confirmed; it can still be brought into a new draft
    ask(&desk, "undo_edit", json!({}));
    ask(&desk, "confirm_draft", json!({ "title": "乙", "author": "", "reason": "", "date": "2018-06-01" }));
    start("丙的草案");
    let plan = ask(&desk, "plan_merge", json!({ "id": theirs }));
    assert_eq!((plan["taken"].as_array().unwrap().len(), plan["conflicts"].as_array().unwrap().len()), (1, 1));
    let key = &plan["conflicts"][0]["key"];
    let state = ask(&desk, "merge_draft", json!({ "id": theirs, "decided": [{ "key": key, "theirs": false }] }));
    assert!((net(&state, "1") - 10_000.0).abs() < 1e-3 && (net(&state, "2") + 10_000.0).abs() < 1e-3);
}
