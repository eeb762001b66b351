//! What the map asks the desk: places, lengths, what lies somewhere, where something is, tiles.
#![allow(clippy::unwrap_used, clippy::panic)]

mod ground;

use ground::{E, N, plane, workspace};
use jiff::civil::date;
use redline_engine::{Desk, Folders, Silent};
use redline_geometry::{Ellipsoid, GaussKruger, Grid};
use redline_workspace::{Settings, Workspace};
use redline_zoning::{LayerRole, Zone, ZoneFacts};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::{TempDir, tempdir};

struct Window {
    dir: TempDir,
    desk: Desk,
}

fn desk(dir: &Path, opened_with: Vec<std::path::PathBuf>) -> Desk {
    let at = |name: &str| {
        let path = dir.join(name);
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    let folders =
        Folders { config: at("config"), cache: at("cache"), scratch: at("scratch"), documents: at("documents") };
    Desk::new(folders, opened_with, ground::noon)
}

impl Window {
    fn open() -> Window {
        let dir = tempdir().unwrap();
        workspace(dir.path());
        let window = Window { desk: desk(dir.path(), Vec::new()), dir };
        window.ask("open_workspace", json!({ "path": window.dir.path().join("city.gpkg") }));
        window
    }

    fn try_ask(&self, command: &str, request: Value) -> Result<Value, (String, String)> {
        let bytes = self.desk.call(command, request.to_string().as_bytes(), &Silent);
        bytes.map(|b| serde_json::from_slice(&b).unwrap()).map_err(|e| (e.code, e.text.zh))
    }

    fn ask(&self, command: &str, request: Value) -> Value {
        self.try_ask(command, request).unwrap_or_else(|e| panic!("{command}: {e:?}"))
    }
}

fn degrees(x: f64, y: f64) -> [f64; 2] {
    let (lon, lat) = plane().inverse(geo_types::Coord { x: E + x, y: N + y });
    [lon, lat]
}

#[test]
fn a_workspace_opens_with_layers_legend_and_bounds_in_degrees() {
    let window = Window::open();
    let view = window.ask("open_workspace", json!({ "path": window.dir.path().join("city.gpkg") }));
    let names: Vec<&str> = view["layers"].as_array().unwrap().iter().map(|l| l["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["red_line", "control_line"]);
    let legend = view["layers"][0]["legend"].as_array().unwrap();
    assert_eq!(legend.len(), 2);
    let areas: f64 = legend.iter().map(|e| e["area"]["planar_m2"].as_f64().unwrap()).sum();
    assert!((areas - 1e6).abs() < 1e-3);
    let [w, s, ..] = [0, 1, 2, 3].map(|i| view["bounds"][i].as_f64().unwrap());
    let [lon, lat] = degrees(0.0, 0.0);
    // a parallel bends in the plane, by centimetres here
    assert!((w - lon).abs() < 1e-6 && (s - lat).abs() < 1e-4, "{view}");
    // and it is remembered
    let start = window.ask("start", json!({}));
    assert_eq!(start["recent"][0]["file"], "city.gpkg");
    assert_eq!(start["today"], "2018-06-01");
}

#[test]
fn a_file_that_nobody_may_write_is_opened_and_says_so() {
    let window = Window::open();
    let path = window.dir.path().join("city.gpkg");
    let before = std::fs::read_dir(window.dir.path()).unwrap().count();
    let view = window.ask("open_workspace", json!({ "path": path }));
    assert_eq!(view["read_only"], false);
    assert_eq!(std::fs::read_dir(window.dir.path()).unwrap().count(), before, "opening leaves nothing beside it");
    let mut permissions = path.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    // whoever may write everything may write this too
    let may = std::fs::OpenOptions::new().append(true).open(&path).is_ok();
    assert_eq!(window.ask("open_workspace", json!({ "path": path }))["read_only"], !may);
}

#[test]
fn the_pointer_snaps_to_what_an_import_brought_meanwhile() {
    let window = Window::open();
    let path = window.dir.path().join("city.gpkg");
    let snap = || window.ask("snap", json!({ "at": degrees(5003.0, 5002.0), "tolerance_m": 20, "layers": [] }));
    assert_eq!(snap()["kind"], "none");
    let mut workspace = Workspace::open_for_editing(&path).unwrap();
    let far = ground::zone("F1", Some("statutory"), None, ground::rectangle(5000.0, 5000.0, 5100.0, 5100.0));
    ground::add(&mut workspace, LayerRole::Farmland, date(2017, 1, 1), vec![far]);
    drop(workspace);
    window.ask("open_workspace", json!({ "path": path }));
    assert_eq!((&snap()["kind"], &snap()["layer"]), (&json!("vertex"), &json!("farmland")));
}

#[test]
fn what_is_no_workspace_is_refused_and_the_open_one_stays() {
    let window = Window::open();
    let text = window.dir.path().join("a.gpkg");
    std::fs::write(&text, "no database").unwrap();
    assert!(window.try_ask("open_workspace", json!({ "path": text })).is_err());
    let (code, sentence) =
        window.try_ask("open_workspace", json!({ "path": window.dir.path().join("none.gpkg") })).unwrap_err();
    assert_eq!(code, "workspace-missing");
    assert!(sentence.contains("none.gpkg"));
    window.ask("locate", json!({ "at": degrees(1.0, 1.0) }));
}

#[test]
fn the_pointer_reads_the_workspaces_own_coordinates() {
    let window = Window::open();
    let place = window.ask("locate", json!({ "at": degrees(123.4, 567.8) }));
    assert!((place["east"].as_f64().unwrap() - (E + 123.4)).abs() < 1e-6);
    assert!((place["north"].as_f64().unwrap() - (N + 567.8)).abs() < 1e-6);
    assert_eq!(window.try_ask("locate", json!({ "at": [-70.0, 20.0] })).unwrap_err().0, "place-outside");
}

#[test]
fn a_kilometre_square_measures_what_the_survey_says_of_it() {
    let window = Window::open();
    // the check value of the land survey's formula lies 140 km east of the meridian
    let far = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);
    let at = |x: f64, y: f64| {
        let (lon, lat) = far.inverse(geo_types::Coord { x: 38_640_000.0 + x, y: 2_550_000.0 + y });
        [lon, lat]
    };
    let points = [at(0.0, 0.0), at(1000.0, 0.0), at(1000.0, 1000.0), at(0.0, 1000.0)];
    let measured = window.ask("measure", json!({ "points": points, "closed": true }));
    assert!((measured["area"]["planar_m2"].as_f64().unwrap() - 1e6).abs() < 1e-2, "{measured}");
    assert!((measured["area"]["ellipsoidal_m2"].as_f64().unwrap() - 999_512.64).abs() < 1e-1, "{measured}");
    assert!((measured["length_planar_m"].as_f64().unwrap() - 4000.0).abs() < 1e-4);
    // shorter on the ellipsoid, as the plane stretches away from its meridian
    let ground = measured["length_ellipsoidal_m"].as_f64().unwrap();
    assert!(ground < 3999.5 && ground > 3998.5, "{ground}");
    let crossing = [points[0], points[2], points[1], points[3]];
    let crossed = window.ask("measure", json!({ "points": crossing, "closed": true }));
    assert_eq!(crossed["area"], Value::Null);
    assert!(crossed["trouble"]["zh"].as_str().unwrap().contains("自相交"));
    let straight = [at(0.0, 0.0), at(500.0, 0.0), at(1000.0, 0.0)];
    let straight = window.ask("measure", json!({ "points": straight, "closed": true }));
    assert_eq!(straight["trouble"], Value::Null, "{straight}");
}

#[test]
fn the_pointer_snaps_to_the_exact_vertex_and_else_to_the_edge() {
    let window = Window::open();
    let ask = |x: f64, y: f64, reach: f64| {
        window.ask("snap", json!({ "at": degrees(x, y), "tolerance_m": reach, "layers": [] }))
    };
    let vertex = ask(1003.0, 998.0, 10.0);
    assert_eq!(vertex["kind"], "vertex");
    assert_eq!(
        (vertex["place"]["east"].as_f64(), vertex["place"]["north"].as_f64()),
        (Some(E + 1000.0), Some(N + 1000.0))
    );
    let edge = ask(1300.0, 996.0, 10.0);
    assert_eq!(edge["kind"], "edge");
    assert!((edge["place"]["north"].as_f64().unwrap() - (N + 1000.0)).abs() < 1e-6);
    assert_eq!(ask(1300.0, 500.0, 10.0)["kind"], "none");
}

#[test]
fn every_layer_says_what_lies_under_the_click_as_text() {
    let window = Window::open();
    let found = window.ask("identify", json!({ "at": degrees(700.0, 500.0) }));
    let ids: Vec<&str> = found.as_array().unwrap().iter().map(|f| f["zone"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["I1", "T1"]);
    assert!((found[0]["area"]["planar_m2"].as_f64().unwrap() - 500_000.0).abs() < 1e-3);
    assert_eq!(window.ask("identify", json!({ "at": degrees(9000.0, 9000.0) })), json!([]));
}

#[test]
fn a_hostile_attribute_stays_text() {
    let dir = tempdir().unwrap();
    let path = dir.path().join("city.gpkg");
    let settings = Settings::new(4526, plane(), Grid::around(E, N), date(2016, 8, 10));
    let mut workspace = Workspace::create(&path, &settings).unwrap();
    let name = "<img src=x onerror=alert(1)>'; DROP TABLE red_line; --";
    let facts =
        ZoneFacts { id: "a".into(), name: name.into(), class: Some("statutory".into()), ..ZoneFacts::default() };
    ground::add(
        &mut workspace,
        LayerRole::RedLine,
        date(2016, 8, 10),
        vec![Zone { facts, shape: ground::rectangle(0.0, 0.0, 10.0, 10.0) }],
    );
    drop(workspace);
    let window = Window { desk: desk(dir.path(), Vec::new()), dir };
    window.ask("open_workspace", json!({ "path": path }));
    let found = window.ask("identify", json!({ "at": degrees(5.0, 5.0) }));
    assert_eq!(found[0]["zone"]["name"], name);
    let hits = window.ask("search", json!({ "text": "'; DROP TABLE", "limit": 5 }));
    assert_eq!(hits[0]["title"], name);
}

#[test]
fn zones_and_coordinates_are_found() {
    let window = Window::open();
    let find = |text: &str| window.ask("search", json!({ "text": text, "limit": 10 }));
    let hits = find("分区T2");
    assert_eq!((&hits[0]["kind"], &hits[0]["zone"]), (&json!("zone"), &json!(["control_line", "T2"])));
    for text in [format!("{}, {}", N + 500.0, E + 700.0), format!("X={} Y={}", N + 500.0, 500_700.0)] {
        let hits = find(&text);
        assert_eq!(hits[0]["kind"], "place", "{text}");
        assert!((hits[0]["place"]["east"].as_f64().unwrap() - (E + 700.0)).abs() < 1e-3, "{hits}");
    }
    let [lon, lat] = degrees(700.0, 500.0);
    for text in [format!("{lon} {lat}"), format!("{lat}，{lon}")] {
        assert!((find(&text)[0]["place"]["north"].as_f64().unwrap() - (N + 500.0)).abs() < 1e-3);
    }
    for nothing in ["没有这个名字", "%", "_", "分区%", "\\", &"长".repeat(60_000)] {
        assert_eq!(find(nothing), json!([]), "{}", nothing.chars().take(9).collect::<String>());
    }
    assert_eq!(find("t2")[0]["zone"], json!(["control_line", "T2"]), "letters of either case");
}

#[test]
fn tiles_are_served_by_path_and_rubbish_is_refused() {
    let window = Window::open();
    let view = window.ask("open_workspace", json!({ "path": window.dir.path().join("city.gpkg") }));
    let tiles = view["layers"][0]["tiles"].as_str().unwrap().to_string();
    let [lon, lat] = degrees(500.0, 500.0);
    let (z, n) = (14_u8, f64::from(1_u32 << 14));
    let x = ((lon + 180.0) / 360.0 * n) as u32;
    let rad = lat.to_radians();
    let y = ((1.0 - (rad.tan() + 1.0 / rad.cos()).ln() / std::f64::consts::PI) / 2.0 * n) as u32;
    let served = window.desk.tile(&format!("{tiles}/{z}/{x}/{y}.mvt"), &|| false).unwrap();
    assert_eq!(served.mime, "application/vnd.mapbox-vector-tile");
    assert!(served.bytes.windows(5).any(|w| w == b"zones"));
    for path in [
        "",
        "/",
        "red_line",
        &format!("{tiles}/14/{x}.mvt"),
        &format!("{tiles}/99/0/0.mvt"),
        &format!("{tiles}/3/9/0.mvt"),
        &format!("{tiles}/14/{x}/{y}.png"),
        "red_line/r9-000000000000/4/0/0.mvt",
        "../../etc/passwd/1/0/0.mvt",
        "backdrop/1/1/0/0.png",
        "red_line/14/-1/0.mvt",
        &format!("{tiles}/14/+{x}/{y}.mvt"),
        &format!("{tiles}/14/0{x}/{y}.mvt"),
        &format!("{tiles}/14//{y}.mvt"),
    ] {
        assert_eq!(window.desk.tile(path, &|| false).unwrap_err().code, "tile-unknown", "{path}");
    }
    assert_eq!(window.ask("prepare_tiles", json!({})), json!({ "built": [], "troubles": [] }));
}

#[test]
fn preferences_come_back_and_a_damaged_file_is_set_aside() {
    let window = Window::open();
    window.ask("set_preferences", json!({ "lang": "en", "unit": "mu", "panels": [200.0, 400.0] }));
    let again = Window { desk: desk(window.dir.path(), Vec::new()), dir: tempdir().unwrap() };
    let start = again.ask("start", json!({}));
    assert_eq!((&start["preferences"]["lang"], &start["preferences"]["unit"]), (&json!("en"), &json!("mu")));
    let file = window.dir.path().join("config/preferences.json");
    std::fs::write(&file, "{ not json").unwrap();
    let start = again.ask("start", json!({}));
    assert_eq!(start["preferences"]["lang"], Value::Null);
    assert!(start["notes"][0]["zh"].as_str().unwrap().contains("preferences.json.damaged"));
    assert!(window.dir.path().join("config/preferences.json.damaged").exists());
}

#[test]
fn a_backdrop_is_there_only_when_somebody_asks() {
    let window = Window::open();
    let nowhere = json!({ "kind": "file", "path": window.dir.path().join("none.tif") });
    assert_eq!(window.try_ask("set_backdrop", nowhere).unwrap_err().0, "raster-missing");
    let address = json!({ "kind": "address", "url": "javascript:alert(1)" });
    assert_eq!(window.try_ask("set_backdrop", address).unwrap_err().0, "address-unreadable");
    // a grid of text without a CRS, where the city is
    let scan = window.dir.path().join("scan.asc");
    let rows = "10 20 30 40\n".repeat(4);
    std::fs::write(&scan, format!("ncols 4\nnrows 4\nxllcorner {E}\nyllcorner {N}\ncellsize 250\n{rows}")).unwrap();
    let view = window.ask("set_backdrop", json!({ "kind": "file", "path": scan }));
    assert_eq!(view["title"], "scan.asc");
    assert!(view["notes"][0]["zh"].as_str().unwrap().contains("没有写明坐标系"), "{view}");
    let west = view["bounds"][0].as_f64().unwrap();
    assert!((west - degrees(0.0, 500.0)[0]).abs() < 1e-4, "{view}");
    let tiles = view["tiles"].as_str().unwrap();
    let served = window.desk.tile(&format!("{tiles}/4/0/0.png"), &|| false).unwrap();
    assert_eq!((served.mime, &served.bytes[1..4]), ("image/png", &b"PNG"[..]));
    assert_eq!(window.desk.tile(&format!("{tiles}/4/0/0.mvt"), &|| false).unwrap_err().code, "tile-unknown");
    window.ask("clear_backdrop", json!({}));
    assert_eq!(window.desk.tile(&format!("{tiles}/4/0/0.png"), &|| false).unwrap_err().code, "tile-unknown");
}
