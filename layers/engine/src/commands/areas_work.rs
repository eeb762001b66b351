//! The work of `areas`.

use crate::EngineError;
use crate::commands::areas::{AreaRow, AreasReport, AreasRequest, TargetRow};
use crate::commands::rules::rule_book;
use crate::ground::{Site, edited_outside};
use crate::review::NoteRecord;
use redline_formats::ImportNote;
use redline_geometry::Area;
use redline_wording::{Text, text};
use redline_workspace::{AreaGroup, LayerInfo};
use redline_zoning::{LayerRole, Target, subdivision_word};
use std::collections::BTreeMap;

/// Sums the layers of a workspace and sets them beside the plan's targets.
///
/// # Errors
/// When the workspace or the rule book cannot be used.
pub fn areas(request: &AreasRequest) -> Result<AreasReport, EngineError> {
    let site = Site::open(&request.workspace, request.layers_as_of)?;
    let book = rule_book(request.rules.as_deref(), site.workspace.settings())?;
    let mut sums = Vec::new();
    for layer in &site.layers {
        sums.push((layer.clone(), site.workspace.areas_by(layer)?));
    }
    let city = sums.iter().filter(|(l, _)| l.role == LayerRole::District).map(|(_, s)| total(s)).reduce(add);
    let rows: Vec<AreaRow> = sums.iter().flat_map(|(layer, sums)| rows(layer, sums, city)).collect();
    // a book that was asked for by name is what is asked about; else the workspace's own goals count
    let own = if request.rules.is_none() { site.workspace.goals()? } else { None };
    let goals = own.as_deref().unwrap_or(book.targets());
    let targets = goals.iter().map(|t| target(t, &rows, city)).collect();
    let (contradictions, contradictions_en) =
        goals.iter().filter_map(|t| t.contradiction.as_ref()).map(|t| (t.zh.clone(), t.en.clone())).unzip();
    let workspace = site.record(&request.workspace, Some(&book));
    let said = own.is_some().then(|| {
        ImportNote::info(
            "goals-of-workspace",
            text!(
                "目标是本工作空间自己的，不是规则集所写的；用 --rules 指名规则集可与其目标对照。"
                    | "The targets are this workspace's own, not the rule book's; name a book with --rules to compare with its targets."
            ),
        )
    });
    let notes = edited_outside(&workspace).iter().chain(&said).map(NoteRecord::from).collect();
    Ok(AreasReport {
        schema: "redline.areas/1".into(),
        workspace,
        city,
        rows,
        targets,
        notes,
        contradictions,
        contradictions_en,
    })
}

fn add(a: Area, b: Area) -> Area {
    Area { ellipsoidal_m2: a.ellipsoidal_m2 + b.ellipsoidal_m2, planar_m2: a.planar_m2 + b.planar_m2 }
}

fn area_of(group: &AreaGroup) -> Area {
    Area { ellipsoidal_m2: group.ellipsoidal_m2, planar_m2: group.planar_m2 }
}

fn total(sums: &[AreaGroup]) -> Area {
    sums.iter().map(area_of).fold(Area::default(), add)
}

/// The plan's word for the land-use class a survey code (DLBM, 三调) falls into. The plan counts eight
/// classes by the older survey's names; the newer survey's codes 05–09 are 居民点及工矿 there.
fn plan_land_class(code: &str) -> Option<Text> {
    let words = match code.get(..2)? {
        "01" => ("耕地", "Cropland"),
        "02" => ("园地", "Orchard"),
        "03" => ("林地", "Forest"),
        "04" => ("草地", "Grassland"),
        "05" | "06" | "07" | "08" | "09" => ("居民点及工矿", "Settlement and mining"),
        "10" => ("交通", "Transport"),
        "11" => ("水域", "Water"),
        "12" => ("未利用", "Unused"),
        _ => return None,
    };
    Some(Text::new(words.0, words.1))
}

/// The rows of one layer: the whole, then each grouping that it fills.
fn rows(layer: &LayerInfo, sums: &[AreaGroup], city: Option<Area>) -> Vec<AreaRow> {
    let row = |group: &str, key: &str, name: Text, zones: u64, area: Area| AreaRow {
        layer: layer.name.clone(),
        role: layer.role,
        group: group.into(),
        key: key.into(),
        name: name.zh,
        name_en: name.en,
        zones,
        share_of_city: city.filter(|c| c.ellipsoidal_m2 > 0.0).map(|c| area.ellipsoidal_m2 / c.ellipsoidal_m2),
        area,
    };
    let all = sums.iter().map(|s| s.features).sum();
    let mut rows = vec![row("layer", "", Text::new(layer.title.clone(), layer.role.word().en), all, total(sums))];
    let mut grouped = |group: &str, key_of: &dyn Fn(&AreaGroup) -> Option<String>, name_of: &dyn Fn(&str) -> Text| {
        let mut groups: BTreeMap<String, (u64, Area)> = BTreeMap::new();
        for sum in sums {
            if let Some(key) = key_of(sum) {
                let entry = groups.entry(key).or_default();
                entry.0 += sum.features;
                entry.1 = add(entry.1, area_of(sum));
            }
        }
        rows.extend(groups.into_iter().map(|(key, (zones, area))| row(group, &key, name_of(&key), zones, area)));
    };
    let word = |key: &str| subdivision_word(layer.role, key).unwrap_or_else(|| Text::same(key));
    grouped("class", &|s| s.class.clone(), &word);
    grouped("tier", &|s| s.tier.clone(), &word);
    if layer.role != LayerRole::LandUse {
        grouped("kind", &|s| s.kind.clone(), &|k| Text::same(k));
    } else {
        let class_of = |s: &AreaGroup| s.code.as_deref().and_then(plan_land_class);
        let english = |zh: &str| {
            let found = sums.iter().filter_map(class_of).find(|t| t.zh == zh);
            found.unwrap_or_else(|| Text::same(zh))
        };
        grouped("plan-class", &|s| class_of(s).map(|t| t.zh), &english);
        grouped("code", &|s| s.code.clone(), &|code| Text::same(redline_formats::land_use_name(code).unwrap_or(code)));
    }
    rows
}

/// One target beside what is there.
fn target(target: &Target, rows: &[AreaRow], city: Option<Area>) -> TargetRow {
    let find = |role: LayerRole, group: &str, key: &str| {
        rows.iter().find(|r| r.role == role && r.group == group && r.key == key)
    };
    let (name, actual) = match (target.role, &target.class, &target.tier) {
        (None, _, _) => (Text::new("全市", "Whole city"), city),
        (Some(role @ LayerRole::LandUse), Some(class), _) => {
            let row = find(role, "plan-class", class);
            let english = row.map_or(class.clone(), |r| r.name_en.clone());
            (Text::new(class.clone(), english), row.map(|r| r.area))
        }
        (Some(role), class, tier) => {
            let (group, key) = match (class, tier) {
                (Some(class), _) => ("class", class.as_str()),
                (_, Some(tier)) => ("tier", tier.as_str()),
                _ => ("layer", ""),
            };
            let layer = role.word();
            let part = subdivision_word(role, key).unwrap_or_default();
            let name = Text::new(
                format!("{} {}", layer.zh, part.zh).trim().to_string(),
                format!("{} {}", layer.en, part.en).trim().to_string(),
            );
            (name, find(role, group, key).map(|r| r.area))
        }
    };
    let share = |a: Area| city.filter(|c| c.ellipsoidal_m2 > 0.0).map(|c| a.ellipsoidal_m2 / c.ellipsoidal_m2);
    TargetRow {
        name: name.zh,
        name_en: name.en,
        target_km2: target.km2,
        target_share: target.percent.map(|p| p / 100.0),
        actual_km2: actual.map(|a| a.ellipsoidal_m2 / 1e6),
        actual_share: actual.and_then(share),
        source: target.source.clone(),
    }
}
