//! Dated revisions of zone layers: what stood when, and what an import says.

use crate::support::{check_in, copy_of_workspace, folder, list, shared_city, shared_plot};
use redline_tests::command::run;
use redline_tests::ogr;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A zone layer of one zone, the shared plot's footprint, with `columns` (an SQL list).
fn zone_layer(folder: &Path, name: &str, columns: &str) -> PathBuf {
    let source = folder.join("source.geojson");
    ogr::write_geojson(&source, std::slice::from_ref(shared_plot()));
    let zones = folder.join(name);
    let sql = format!("SELECT geometry, {columns} FROM source");
    ogr::ogr2ogr(
        &zones,
        &source,
        &["-dialect", "SQLite", "-sql", &sql, "-nlt", "MULTIPOLYGON", "-lco", "ENCODING=GBK"],
    );
    zones
}

fn plot_file(folder: &Path) -> PathBuf {
    let file = folder.join("plots.geojson");
    ogr::write_geojson(&file, std::slice::from_ref(shared_plot()));
    file
}

#[test]
fn a_review_can_be_made_against_the_layers_as_they_stood() {
    let scratch = folder();
    let workspace = scratch.path().join("own.gpkg");
    let path = workspace.to_str().unwrap();
    let zones = zone_layer(scratch.path(), "hongxian.shp", "'H1' AS HXBM, '北坡' AS HXMM, '水源涵养' AS HXLX");
    run(&["import", zones.to_str().unwrap(), "--as", "red-line", "--workspace", path, "--date", "2017-03-01"]).exits(0);
    // a later revision moves the zone away by ten kilometres
    let moved = scratch.path().join("moved.shp");
    let sql = "SELECT ST_Translate(geometry, 10000, 0, 0) AS geometry, HXBM, HXMM, HXLX FROM hongxian";
    ogr::ogr2ogr(&moved, &zones, &["-dialect", "SQLite", "-sql", sql, "-nlt", "MULTIPOLYGON", "-lco", "ENCODING=GBK"]);
    run(&["import", moved.to_str().unwrap(), "--as", "red-line", "--workspace", path, "--date", "2019-03-01"]).exits(0);

    let file = plot_file(scratch.path());
    let keys = ["--rules", "guangzhou-2016", "--industry", "C26", "--stage", "new"];
    let overlaps = |as_of: &[&str]| {
        let review = check_in(path, &[&file], &[&keys[..], as_of].concat()).exits(1).json();
        let layer = list(&review["workspace"]["layers"])[0].clone();
        (
            list(&review["projects"][0]["plots"][0]["overlaps"]).len(),
            layer["date"].as_str().unwrap_or("none").to_owned(),
        )
    };
    assert_eq!(overlaps(&["--layers-as-of", "2018-01-01"]), (1, "2017-03-01".to_owned()));
    assert_eq!(overlaps(&["--layers-as-of", "2019-03-01"]), (0, "2019-03-01".to_owned()));
    assert_eq!(overlaps(&[]), (0, "2019-03-01".to_owned()));
}

#[test]
fn gbk_attributes_of_a_zone_layer_come_through() {
    let scratch = folder();
    let workspace = scratch.path().join("own.gpkg");
    let path = workspace.to_str().unwrap();
    let zones =
        zone_layer(scratch.path(), "hongxian.shp", "'H1' AS HXBM, '北坡水源涵养区' AS HXMM, '水源涵养' AS HXLX");
    run(&["import", zones.to_str().unwrap(), "--as", "red-line", "--workspace", path, "--date", "2017-03-01"]).exits(0);
    let review = check_in(path, &[&plot_file(scratch.path())], &["--rules", "guangzhou-2016"]).exits(1).json();
    let zone = &review["projects"][0]["plots"][0]["overlaps"][0]["zone"];
    assert_eq!(zone["id"], "H1");
    assert_eq!(zone["name"], "北坡水源涵养区");
    assert_eq!(zone["class"], "important");
}

#[test]
fn a_field_the_matching_is_unsure_of_is_asked_for_by_name() {
    let scratch = folder();
    let workspace = scratch.path().join("own.gpkg");
    let path = workspace.to_str().unwrap();
    let zones = zone_layer(scratch.path(), "kongzhi.shp", "'K1' AS BSM, '东山' AS MC, '1' AS ZZ");
    let line = ["import", zones.to_str().unwrap(), "--as", "control-line", "--workspace", path, "--date", "2017-03-01"];
    let refused = run(&line).refuses("kongzhi");
    assert!(refused.stderr.contains("--map"), "{refused:#?}");
    assert!(!workspace.exists(), "a refused import makes no workspace");
    run(&[&line[..], &["--map", "tier=ZZ"]].concat()).exits(0);
    let review = check_in(path, &[&plot_file(scratch.path())], &["--rules", "guangzhou-2016"]).exits(1).json();
    assert_eq!(review["projects"][0]["plots"][0]["overlaps"][0]["zone"]["tier"], "1");
}

#[test]
fn without_a_red_line_layer_the_answer_is_manual_for_want_of_data() {
    let scratch = folder();
    let workspace = scratch.path().join("own.gpkg");
    let path = workspace.to_str().unwrap();
    let zones = zone_layer(scratch.path(), "kongzhi.shp", "'K1' AS BSM, '东山' AS MC, '一级管制区' AS GKDJ");
    run(&[
        "import",
        zones.to_str().unwrap(),
        "--as",
        "control-line",
        "--workspace",
        path,
        "--date",
        "2017-03-01",
        "--map",
        "tier=GKDJ",
    ])
    .exits(0);
    let review = check_in(path, &[&plot_file(scratch.path())], &["--rules", "guangzhou-2016"]).exits(1).json();
    let findings = list(&review["projects"][0]["plots"][0]["findings"]);
    let missing = findings.iter().find(|f| f["role"] == "red-line").expect("a finding about the red line");
    assert_eq!(missing["outcome"], "manual");
}

#[test]
fn an_opinion_counts_only_where_it_covers_the_whole_overlap() {
    let scratch = folder();
    let file = plot_file(scratch.path());
    // half a plot further east: covers a part of the overlap at most
    let beside = scratch.path().join("beside.geojson");
    let sql = "SELECT ST_Translate(geometry, 150, 0, 0) AS geometry, DKBH, DKMC FROM plots";
    ogr::ogr2ogr(&beside, &file, &["-f", "GeoJSON", "-lco", "RFC7946=NO", "-dialect", "SQLite", "-sql", sql]);
    let keys = ["--rules", "national-2022", "--activity", "ecological-restoration", "--stage", "new"];
    let rules = |opinion: Option<&Path>| -> (Vec<String>, Value) {
        let given = opinion.map(|path| format!("limited-activity={}", path.display()));
        let more: Vec<&str> = keys.into_iter().chain(given.iter().flat_map(|g| ["--opinion", g.as_str()])).collect();
        let review = check_in(shared_city().workspace(), &[&file], &more).exits(1).json();
        let overlaps = list(&review["projects"][0]["plots"][0]["overlaps"]);
        let on_red_line = overlaps.iter().filter(|o| o["zone"]["role"] == "red-line");
        let rules = on_red_line
            .flat_map(|o| list(&o["findings"]).iter().map(|f| f["rule"].as_str().unwrap().to_owned()))
            .collect();
        (rules, review)
    };
    let ends = |rules: &[String], with: &str| rules.iter().any(|r| r.ends_with(with));
    let (absent, _) = rules(None);
    assert!(ends(&absent, "-absent") && !ends(&absent, "covering"), "{absent:?}");
    let (covering, review) = rules(Some(&file));
    assert!(ends(&covering, "-covering") && !ends(&covering, "not-covering"), "{covering:?}");
    assert_eq!(review["activity"]["opinions"][0]["file"], "plots.geojson");
    assert_eq!(review["activity"]["opinions"][0]["kind"], "limited-activity");
    let (partly, _) = rules(Some(&beside));
    assert!(ends(&partly, "not-covering"), "{partly:?}");
}

#[test]
fn importing_a_large_layer_leaves_what_its_map_shows_from_afar() {
    let scratch = folder();
    let (source, workspace) = (scratch.path().join("DLTB.geojson"), scratch.path().join("own.gpkg"));
    let parcel = |n: usize| {
        let (x, y) = (113.3 + (n % 110) as f64 * 2e-4, 23.1 + (n / 110) as f64 * 2e-4);
        let ring = [[x, y], [x + 2e-4, y], [x + 2e-4, y + 2e-4], [x, y + 2e-4], [x, y]];
        let code = ["0101", "0301", "1104"][n % 3];
        serde_json::json!({"type": "Feature", "properties": {"BSM": format!("P{n}"), "DLBM": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let parcels: Vec<Value> = (0..110 * 110).map(parcel).collect();
    let layer = serde_json::json!({"type": "FeatureCollection", "features": parcels});
    std::fs::write(&source, layer.to_string()).unwrap();
    let path = workspace.to_str().unwrap();
    let asked = ["--as", "land-use", "--workspace", path, "--crs", "EPSG:4490"];
    run(&[&["import", source.to_str().unwrap()], &asked[..]].concat()).exits(0);
    let conn = rusqlite::Connection::open(&workspace).unwrap();
    let kept = "SELECT count(*) FROM redline_overview o JOIN redline_layer l ON l.revision = o.revision";
    assert_eq!(conn.query_row(kept, [], |r| r.get::<_, i64>(0)), Ok(1));
}

#[test]
fn two_revisions_of_a_layer_are_set_beside_each_other() {
    let scratch = folder();
    let workspace = scratch.path().join("own.gpkg");
    let path = workspace.to_str().unwrap();
    let import = |name: &str, columns: &str, date: &str| {
        let zones = zone_layer(scratch.path(), name, columns);
        run(&["import", zones.to_str().unwrap(), "--as", "red-line", "--workspace", path, "--date", date]).exits(0);
    };
    import("first.shp", "'H1' AS HXBM, '北坡' AS HXMM, '水源涵养' AS HXLX", "2017-03-01");
    import("second.shp", "'H1' AS HXBM, '北坡' AS HXMM, '饮用水源一级保护区' AS HXLX", "2019-03-01");
    let told = run(&["diff", "r1", "now", "--workspace", path, "--format", "json"]).exits(0).json();
    assert_eq!((&told["from"]["revision"], &told["to"]["revision"]), (&Value::from(1), &Value::from(2)));
    let pieces = list(&told["pieces"]);
    assert_eq!(pieces.len(), 1, "the whole zone went from one class to the other");
    assert_eq!((&pieces[0]["from"]["class"], &pieces[0]["to"]["class"]), (&"important".into(), &"statutory".into()));
    let whole = list(&told["rows"]).iter().find(|r| r["group"] == "layer").unwrap();
    assert_eq!(whole["net"]["planar_m2"], 0.0);
    let table = run(&["diff", "r1", "r2", "--workspace", path, "--lang", "zh"]).exits(0).stdout;
    assert!(table.contains("调入") && table.contains("法定生态保护区"), "{table}");

    run(&["diff", "r1", "r9", "--workspace", path]).refuses("r9");
    run(&["diff", "now", "now", "--workspace", path]).refuses("--layer");
    run(&["diff", "r1", "r2", "--workspace", "nowhere.gpkg"]).refuses("nowhere.gpkg");
}

/// Every format a project comes in is kept so that its review can be made again.
#[test]
fn saved_reviews_of_every_format_are_judged_again_as_they_were() {
    let scratch = folder();
    let workspace = copy_of_workspace(scratch.path());
    let path = workspace.to_str().unwrap();
    let projects = shared_city().folder.join("projects");
    let mut files: Vec<_> = std::fs::read_dir(&projects).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.file_name().unwrap().to_string_lossy().starts_with(|c: char| c.is_ascii_digit()));
    files.sort();
    assert_eq!(files.len(), 13);
    for file in &files {
        let asked = ["--workspace", path, "--date", "2018-06-01", "--save", "--format", "json"];
        run(&[&["check", file.to_str().unwrap()], &asked[..]].concat());
    }
    // the same zones again, said to cover less: that can matter to any review, so all are judged again
    let out = scratch.path().join("控制线.gpkg");
    let out = out.to_str().unwrap();
    run(&["export", "now", "--layer", "control_line", "--workspace", path, "--output", out]).exits(0);
    let asked = ["--as", "control-line", "--workspace", path, "--extent", "zones", "--date", "2018-07-01"];
    run(&[&["import", out], &asked[..]].concat()).exits(0);
    let told = run(&["impact", "--from", "r3", "--to", "now", "--workspace", path, "--format", "json"]).exits(0).json();
    assert_eq!((&told["reviews"], &told["judged_again"]), (&13.into(), &13.into()));
    assert_eq!(told["notes"], serde_json::json!([]), "each comes out as it was recorded");
    assert_eq!(told["flipped"], serde_json::json!([]));

    let table = run(&["impact", "--from", "r3", "--to", "now", "--workspace", path, "--lang", "zh"]).exits(0).stdout;
    assert!(table.contains("已存审查 13 份"), "{table}");
    run(&["impact", "--from", "r3", "--to", "draft:调整", "--workspace", path]).refuses("调整");
    run(&["export", "r3", "--workspace", path, "--output", "a.pdf"]).refuses(".gpkg");
}
