//! Zone layers made by `ogr2ogr`, imported.
#![allow(clippy::unwrap_used)]

mod doubts;

use super::*;
use redline_geometry::planar_m2;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const CRS: Crs = Crs { epsg: 4526 };

fn options() -> ZoneReadOptions {
    ZoneReadOptions {
        target: CRS,
        crs: None,
        map: BTreeMap::new(),
        layer: None,
        grid: Grid::around(38_400_000.0, 2_500_000.0),
        accept: BTreeSet::new(),
    }
}

fn mapped(pairs: &[(&str, &str)]) -> ZoneReadOptions {
    let map = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    ZoneReadOptions { map, ..options() }
}

/// A square of 100 m, the `n`th in a row.
fn square(n: usize) -> String {
    let (x0, x1) = (38_430_000 + 100 * n, 38_430_100 + 100 * n);
    format!("\"POLYGON (({x0} 2550000,{x1} 2550000,{x1} 2550100,{x0} 2550100,{x0} 2550000))\"")
}

/// Rows of values, a square each, as a GBK shapefile.
fn layer(folder: &tempfile::TempDir, header: &str, rows: &[&str]) -> PathBuf {
    let text: String = rows.iter().enumerate().map(|(n, row)| format!("{row},{}\n", square(n))).collect();
    shapefile(folder, &format!("{header},WKT\n{text}"))
}

fn shapefile(folder: &tempfile::TempDir, csv: &str) -> PathBuf {
    shapefile_in("EPSG:4526", folder, csv)
}

/// A shapefile that says of itself which CRS it is in.
fn shapefile_in(crs: &str, folder: &tempfile::TempDir, csv: &str) -> PathBuf {
    let source = folder.path().join("source.csv");
    fs::write(&source, csv).unwrap();
    let target = folder.path().join("图层.shp");
    let done = Command::new("ogr2ogr")
        .args(["-f", "ESRI Shapefile", "-a_srs", crs, "-lco", "ENCODING=GBK", "-nlt", "POLYGON"])
        .args(["-oo", "GEOM_POSSIBLE_NAMES=WKT", "-oo", "KEEP_GEOM_COLUMNS=NO"])
        .args([&target, &source])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::remove_file(source).unwrap();
    target
}

#[test]
fn a_red_line_by_its_members_gets_the_class_the_plan_gives_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(
        &folder,
        "BSM,HXLX,MC,TBMJ",
        &["1,饮用水源一级保护区,流溪河,10000", "2,水源涵养,帽峰山,1.0", "3,法定生态保护区,石门,9999.9"],
    );
    let file = read_zones(&path, LayerRole::RedLine, &options()).unwrap();
    let classes: Vec<_> = file.zones.iter().map(|z| z.facts.class.as_deref().unwrap()).collect();
    assert_eq!(classes, ["statutory", "important", "statutory"]);
    assert_eq!(file.zones[0].facts.kind.as_deref(), Some("饮用水源一级保护区"));
    assert_eq!(file.zones[1].facts.declared_m2, Some(10_000.0), "hectares are inferred");
    assert_eq!(file.crs.crs, CRS);
    let fields: Vec<_> = file.field_map.iter().map(|m| (m.meaning.as_str(), m.field.as_str())).collect();
    assert_eq!(fields, [("id", "BSM"), ("name", "MC"), ("kind", "HXLX"), ("area", "TBMJ")]);
}

#[test]
fn a_tier_in_a_field_of_another_name_is_asked_for_and_then_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,GKCS,BZ", &["1,一级管制区,甲", "2,二级管制区,乙"]);
    let error = read_zones(&path, LayerRole::ControlLine, &options()).unwrap_err();
    assert_eq!(error.code, "field-unsure");
    assert!(error.text.zh.contains("--map tier=GKCS") && error.text.zh.contains("一级管制区"), "{error}");
    let file = read_zones(&path, LayerRole::ControlLine, &mapped(&[("tier", "GKCS")])).unwrap();
    let tiers: Vec<_> = file.zones.iter().map(|z| z.facts.tier.as_deref().unwrap()).collect();
    assert_eq!(tiers, ["1", "2"]);
}

#[test]
fn of_two_tier_fields_neither_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,JB,GZJB", &["1,一级,二级", "2,二级,一级"]);
    let error = read_zones(&path, LayerRole::ControlLine, &options()).unwrap_err();
    assert_eq!(error.code, "field-unsure");
    assert!(error.text.zh.contains("JB (一级、二级)") && error.text.zh.contains("GZJB (二级、一级)"), "{error}");
}

#[test]
fn a_value_nobody_knows_is_asked_for_and_can_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,GZJB", &["1,一级", "2,核心管控"]);
    let error = read_zones(&path, LayerRole::ControlLine, &options()).unwrap_err();
    assert_eq!(error.code, "value-unknown");
    assert!(error.text.zh.contains("核心管控 ×1"), "{error}");
    let file = read_zones(&path, LayerRole::ControlLine, &mapped(&[("tier:核心管控", "1")])).unwrap();
    assert_eq!(file.zones[1].facts.tier.as_deref(), Some("1"));
}

#[test]
fn a_map_to_a_field_or_meaning_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,GZJB", &["1,一级"]);
    for map in [[("tier", "NOPE")], [("stufe", "GZJB")]] {
        let error = read_zones(&path, LayerRole::ControlLine, &mapped(&map)).unwrap_err();
        assert_eq!(error.code, "map-wrong");
    }
}

#[test]
fn land_use_codes_bring_their_great_class_and_unknown_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(
        &folder,
        "BSM,DLBM,DLMC,SJNF",
        &["1,0101,水田,2015", "2,0701,城镇住宅用地,2015", "3,9999,未知,2015", "3,1101,河流水面,2015"],
    );
    let file = read_zones(&path, LayerRole::LandUse, &options()).unwrap();
    let classes: Vec<_> = file.zones.iter().map(|z| z.facts.class.as_deref()).collect();
    assert_eq!(classes, [Some("agricultural"), Some("construction"), None, Some("unused")]);
    assert_eq!(file.zones[0].facts.name, "水田");
    assert_eq!(file.source_date.as_deref(), Some("2015"));
    assert_eq!(file.zones[3].facts.id, "3-2");
    let codes: Vec<_> = file.notes.iter().map(|n| n.code.as_str()).collect();
    assert!(codes.contains(&"value-unknown") && codes.contains(&"duplicate-id"), "{codes:?}");
}

#[test]
fn a_missing_class_is_a_question_that_shows_what_the_layer_has() {
    let folder = tempfile::tempdir().unwrap();
    let path = layer(&folder, "BSM,BZ", &["1,甲", "2,乙"]);
    let error = read_zones(&path, LayerRole::RedLine, &options()).unwrap_err();
    assert_eq!(error.code, "field-unsure");
    assert!(error.text.zh.contains("BZ (甲、乙)") && error.text.en.contains("--map class="), "{error}");
}

#[test]
fn a_bow_tie_is_rebuilt_and_a_t_junction_noded_and_both_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "BSM,GZJB,WKT\n\
        1,一级,\"POLYGON ((38430000 2550000,38430100 2550000,38430100 2550100,38430000 2550100,38430000 2550000))\"\n\
        2,二级,\"POLYGON ((38430100 2550000,38430200 2550000,38430200 2550050,38430100 2550050,38430100 2550000))\"\n\
        3,二级,\"POLYGON ((38430300 2550000,38430400 2550100,38430400 2550000,38430300 2550100,38430300 2550000))\"\n";
    let path = shapefile(&folder, csv);
    let file = read_zones(&path, LayerRole::ControlLine, &options()).unwrap();
    assert!((planar_m2(&file.zones[2].shape) - 5_000.0).abs() < 1e-6);
    let of = |code: &str| file.notes.iter().filter(|n| n.code == code).collect::<Vec<_>>();
    assert_eq!(of("self-crossing").len(), 1, "{:?}", file.notes);
    assert_eq!(of("t-junction").len(), 1, "{:?}", file.notes);
    assert_eq!(of("t-junction")[0].plot.as_deref(), Some("1"));
}

#[test]
fn a_zip_with_one_layer_is_opened_and_its_name_kept() {
    let folder = tempfile::tempdir().unwrap();
    layer(&folder, "BSM,GZJB", &["1,一级"]);
    let zip = folder.path().join("成果.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&zip).unwrap());
    for part in ["shp", "shx", "dbf", "prj", "cpg"] {
        writer.start_file(format!("成果/图层.{part}"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut fs::File::open(folder.path().join(format!("图层.{part}"))).unwrap(), &mut writer).unwrap();
    }
    writer.finish().unwrap();
    let file = read_zones(&zip, LayerRole::ControlLine, &options()).unwrap();
    assert_eq!(file.name, "成果.zip/成果/图层.shp");
    assert_eq!(file.zones.len(), 1);
}

#[test]
fn several_layers_are_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let shp = layer(&folder, "BSM,GZJB", &["1,一级"]);
    let path = folder.path().join("库.gpkg");
    for (layer, update) in [("甲", None), ("乙", Some("-update"))] {
        let done = Command::new("ogr2ogr")
            .args(["-f", "GPKG", "-nln", layer])
            .args(update)
            .args([&path, &shp])
            .output()
            .unwrap();
        assert!(done.status.success());
    }
    let error = read_zones(&path, LayerRole::ControlLine, &options()).unwrap_err();
    assert_eq!(error.code, "layer-unsure");
    assert!(error.text.zh.contains("甲、乙"), "{error}");
    let chosen = ZoneReadOptions { layer: Some("乙".into()), ..options() };
    assert_eq!(read_zones(&path, LayerRole::ControlLine, &chosen).unwrap().zones.len(), 1);
}

#[test]
fn a_layer_in_degrees_is_carried_into_the_plane() {
    let folder = tempfile::tempdir().unwrap();
    let shp = layer(&folder, "BSM,GZJB", &["1,一级", "2,二级"]);
    let path = folder.path().join("图层.gpkg");
    let done =
        Command::new("ogr2ogr").args(["-f", "GPKG", "-t_srs", "EPSG:4490"]).args([&path, &shp]).output().unwrap();
    assert!(done.status.success());
    let file = read_zones(&path, LayerRole::ControlLine, &options()).unwrap();
    assert_eq!(file.crs.crs, Crs::CGCS2000);
    for zone in &file.zones {
        assert!((planar_m2(&zone.shape) - 10_000.0).abs() < 0.01);
    }
}
