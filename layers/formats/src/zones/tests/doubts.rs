//! What would move, shrink or misread a layer that rules judge.

use super::*;
use crate::Severity;

fn accepting(what: Acceptance) -> ZoneReadOptions {
    ZoneReadOptions { accept: BTreeSet::from([what]), ..options() }
}

fn note<'a>(file: &'a ZoneFile, code: &str) -> &'a ImportNote {
    file.notes.iter().find(|n| n.code == code).unwrap_or_else(|| panic!("no {code} in {:?}", file.notes))
}

fn in_xian80(folder: &tempfile::TempDir, header: &str, row: &str) -> PathBuf {
    shapefile_in("EPSG:2362", folder, &format!("{header},WKT\n{row},{}\n", square(0)))
}

#[test]
fn a_red_line_on_another_datum_is_refused_until_its_importer_accepts_it_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = in_xian80(&folder, "BSM,HXLX", "1,水源涵养");
    let error = read_zones(&path, LayerRole::RedLine, &options()).unwrap_err();
    assert_eq!(error.code, "datum-unaccepted");
    assert!(error.text.zh.contains("图层.shp") && error.text.zh.contains("--accept datum"), "{error}");
    assert!(error.text.zh.contains("1980 西安坐标系") && error.text.en.contains("Xian 1980"), "{error}");
    let file = read_zones(&path, LayerRole::RedLine, &accepting(Acceptance::Datum)).unwrap();
    assert_eq!(note(&file, "datum-xian80").severity, Severity::Warning);
    assert!(note(&file, "accepted").message.zh.contains("--accept datum"));
}

#[test]
fn districts_on_another_datum_are_imported_with_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let path = in_xian80(&folder, "XZQDM,XZQMC", "440100,甲区");
    let file = read_zones(&path, LayerRole::District, &options()).unwrap();
    assert_eq!(note(&file, "datum-xian80").severity, Severity::Warning);
}

#[test]
fn a_kind_in_other_words_is_brought_to_the_rules_word_and_kept_as_written() {
    let folder = tempfile::tempdir().unwrap();
    let rows = ["1,一级饮用水源保护区", "2,一级饮用水源保护区", "3,水源涵养"];
    let file = read_zones(&layer(&folder, "BSM,HXLX", &rows), LayerRole::RedLine, &options()).unwrap();
    assert_eq!(file.zones[0].facts.kind.as_deref(), Some("饮用水源一级保护区"));
    assert_eq!(file.zones[0].facts.class.as_deref(), Some("statutory"));
    assert_eq!(file.zones[0].facts.attributes["HXLX"], "一级饮用水源保护区");
    let mapped: Vec<_> = file.notes.iter().filter(|n| n.code == "kind-mapped").collect();
    assert_eq!(mapped.len(), 1);
    assert!(mapped[0].message.zh.contains("2 个分区") && mapped[0].message.zh.contains("读作“饮用水源一级保护区”"));
}

#[test]
fn a_kind_nobody_knows_is_kept_and_told_where_the_class_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,LB,HXLX", &["1,法定生态保护区,水源保护带"]);
    let file = read_zones(&path, LayerRole::RedLine, &options()).unwrap();
    assert_eq!(file.zones[0].facts.kind.as_deref(), Some("水源保护带"));
    assert!(note(&file, "kind-unknown").message.zh.contains("水源保护带"));
    let said = mapped(&[("kind:水源保护带", "饮用水源一级保护区")]);
    let file = read_zones(&path, LayerRole::RedLine, &said).unwrap();
    assert_eq!(file.zones[0].facts.kind.as_deref(), Some("饮用水源一级保护区"));
    assert!(note(&file, "value-said").message.zh.contains("水源保护带"), "what was said stands in the record");
}

#[test]
fn a_class_that_contradicts_its_kind_is_left_open_and_never_picked() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        layer(&folder, "BSM,LB,HXLX", &["1,生态系统重要区,自然保护区核心区", "2,法定生态保护区,自然保护区核心区"]);
    let file = read_zones(&path, LayerRole::RedLine, &options()).unwrap();
    let classes: Vec<_> = file.zones.iter().map(|z| z.facts.class.as_deref()).collect();
    assert_eq!(classes, [None, Some("statutory")]);
    let told = note(&file, "class-contradicts-kind");
    assert_eq!(told.plot.as_deref(), Some("1"));
    assert!(told.message.zh.contains("生态系统重要区") && told.message.zh.contains("--map"), "{}", told.message.zh);
    let said = mapped(&[("class:生态系统重要区", "statutory")]);
    let file = read_zones(&path, LayerRole::RedLine, &said).unwrap();
    assert_eq!(file.zones[0].facts.class.as_deref(), Some("statutory"));
}

#[test]
fn of_two_kind_columns_neither_is_taken_for_a_red_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,HXLX,ZDGN", &["1,自然保护区核心区,水源涵养"]);
    let error = read_zones(&path, LayerRole::RedLine, &options()).unwrap_err();
    assert_eq!(error.code, "field-unsure");
    assert!(error.text.zh.contains("HXLX") && error.text.zh.contains("ZDGN"), "{error}");
}

#[test]
fn a_meaning_no_rule_knows_cannot_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,GZJB", &["1,核心管控"]);
    let error = read_zones(&path, LayerRole::ControlLine, &mapped(&[("tier:核心管控", "3")])).unwrap_err();
    assert_eq!(error.code, "map-wrong");
    assert!(error.text.zh.contains("1, 2"), "{error}");
}

#[test]
fn a_red_line_that_would_lose_a_zone_is_refused_until_its_importer_accepts_that() {
    let folder = tempfile::tempdir().unwrap();
    let ring = "38430000 2550000,38430100 2550000,38430100 2550100,38430000 2550100,38430000 2550000";
    let flat = "38430200 2550000,38430300 2550000,38430250 2550000,38430200 2550000";
    let geojson = |rings: &[&str]| {
        let features: Vec<String> = rings
            .iter()
            .enumerate()
            .map(|(n, ring)| {
                let points: Vec<String> = ring.split(',').map(|p| format!("[{}]", p.replace(' ', ","))).collect();
                let geometry = match ring.is_empty() {
                    true => "null".to_owned(),
                    false => format!("{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}", points.join(",")),
                };
                format!("{{\"type\":\"Feature\",\"properties\":{{\"BSM\":\"{n}\",\"HXLX\":\"水源涵养\"}},\"geometry\":{geometry}}}")
            })
            .collect();
        format!(
            "{{\"type\":\"FeatureCollection\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::4526\"}}}},\"features\":[{}]}}",
            features.join(",")
        )
    };
    for rings in [[ring, flat], [ring, ""]] {
        let path = folder.path().join("红线.geojson");
        fs::write(&path, geojson(&rings)).unwrap();
        let error = read_zones(&path, LayerRole::RedLine, &options()).unwrap_err();
        assert_eq!(error.code, "zones-left-out");
        assert!(error.text.zh.contains("红线.geojson") && error.text.zh.contains("--accept left-out"), "{error}");
        let file = read_zones(&path, LayerRole::RedLine, &accepting(Acceptance::LeftOut)).unwrap();
        assert_eq!(file.zones.len(), 1);
        assert_eq!(note(&file, "empty-geometry").severity, Severity::Error);
        assert!(note(&file, "accepted").message.zh.contains("left-out"));
    }
}
