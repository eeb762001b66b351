//! `redline areas`.

use super::form;
use super::review_page::notes;
use crate::arguments::AreasArgs;
use crate::page::{Cell, Column, Ink, Page, Row, Rows, figure};
use crate::session::{Failure, Session};
use redline_engine::output::words;
use redline_engine::{AreaRow, AreasReport, AreasRequest, TargetRow};
use redline_wording::Lang;

pub(super) fn run(arguments: &AreasArgs, session: &Session) -> Result<u8, Failure> {
    let request = AreasRequest {
        workspace: arguments.workspace.clone(),
        rules: arguments.rules.clone(),
        layers_as_of: arguments.layers_as_of.as_deref().map(form::day).transpose()?,
    };
    let report = redline_engine::areas(&request)?;
    form::answer(&report, arguments.format, session, |page| areas_page(page, &report))?;
    Ok(0)
}

/// Writes what the layers cover.
pub fn areas_page(page: &mut Page, report: &AreasReport) {
    let workspace = &report.workspace;
    let title = format!("{} {}", page.pick("图层面积", "Layer areas"), workspace.file);
    page.title(&title, "", Ink::Plain);
    if let Some(city) = &report.city {
        let words = format!(
            "{} {} km² · {} {} km²",
            page.pick("椭球", "ellipsoidal"),
            figure(city.ellipsoidal_m2 / 1e6, 2),
            page.pick("平面", "planar"),
            figure(city.planar_m2 / 1e6, 2)
        );
        let label = page.pick("全市 ", "City ").to_string();
        page.hanging_inked(0, &label, Ink::Quiet, &words, Ink::Plain);
    }
    notes(page, 0, &report.notes);
    let rows = area_rows(page, report);
    page.gap();
    page.rows(0, &rows);
    if !report.targets.is_empty() {
        let heading = page.pick("与规划目标对照", "Against the plan's targets").to_string();
        page.heading(&heading, "", Ink::Plain);
        let rows = target_rows(page, &report.targets);
        page.rows(0, &rows);
        sources(page, &report.targets);
    }
    let contradictions = match page.lang {
        Lang::Zh => &report.contradictions,
        Lang::En => &report.contradictions_en,
    };
    if !contradictions.is_empty() {
        page.gap();
        let label = page.pick("! 规划自相矛盾 ", "! the plan contradicts itself ").to_string();
        for sentence in contradictions {
            page.hanging_inked(0, &label, Ink::Warning, sentence, Ink::Plain);
        }
    }
}

fn area_rows(page: &Page, report: &AreasReport) -> Rows {
    let mut rows = Rows::new(vec![
        Column::text(page.pick("分组", "by")),
        Column::wrapped(page.pick("名称", "name")),
        Column::number(page.pick("图斑数", "zones")),
        Column::number(page.pick("椭球面积 km²", "ellipsoidal km²")),
        Column::number(page.pick("平面面积 km²", "planar km²")),
        Column::number(page.pick("占全市 %", "of city %")),
    ]);
    let mut last = "";
    for row in &report.rows {
        if row.layer != last {
            rows.push(Row::Group(layer_title(page, report, row)));
            last = &row.layer;
        }
        let whole = row.group == "layer";
        let name = if whole { page.pick("全部", "all").to_string() } else { name(page, row) };
        let cells = vec![
            Cell::new(group(page, &row.group), Ink::Quiet),
            Cell::from(name),
            figure(row.zones as f64, 0).into(),
            figure(row.area.ellipsoidal_m2 / 1e6, 2).into(),
            figure(row.area.planar_m2 / 1e6, 2).into(),
            row.share_of_city.map(|share| figure(share * 100.0, 2)).unwrap_or_default().into(),
        ];
        rows.push(Row::Cells(cells));
    }
    rows
}

fn layer_title(page: &Page, report: &AreasReport, row: &AreaRow) -> String {
    match report.workspace.layers.iter().find(|layer| layer.name == row.layer) {
        Some(layer) => {
            let title = words::layer_title(layer, page.lang);
            match page.lang {
                Lang::Zh => format!("{title} · 版本 {}（{}）", layer.revision, layer.date),
                Lang::En => format!("{title} · revision {} ({})", layer.revision, layer.date),
            }
        }
        None => row.layer.clone(),
    }
}

fn name(page: &Page, row: &AreaRow) -> String {
    let words = match page.lang {
        Lang::Zh => &row.name,
        Lang::En => &row.name_en,
    };
    match (words.is_empty() || *words == row.key, row.group == "code") {
        (true, _) => row.key.clone(),
        (false, true) => format!("{} {words}", row.key),
        (false, false) => words.clone(),
    }
}

fn group<'a>(page: &Page, group: &'a str) -> &'a str {
    match (group, page.lang) {
        ("layer", Lang::Zh) => "图层",
        ("class", Lang::Zh) => "分区",
        ("tier", Lang::Zh) => "级别",
        ("kind", Lang::Zh) => "类别",
        ("plan-class", Lang::Zh) => "规划地类",
        ("code", Lang::Zh) => "地类",
        ("plan-class", Lang::En) => "plan class",
        (other, _) => other,
    }
}

fn target_rows(page: &Page, targets: &[TargetRow]) -> Rows {
    let mut rows = Rows::new(vec![
        Column::wrapped(page.pick("目标", "target")),
        Column::number(page.pick("规划 km²", "plan km²")),
        Column::number(page.pick("实际 km²", "actual km²")),
        Column::number(page.pick("差 km²", "difference km²")),
        Column::number(page.pick("规划 %", "plan %")),
        Column::number(page.pick("实际 %", "actual %")),
        Column::number(page.pick("差 百分点", "difference pp")),
    ]);
    for target in targets {
        let name = match page.lang {
            Lang::Zh => &target.name,
            Lang::En => &target.name_en,
        };
        let number = |value: Option<f64>| value.map(|value| figure(value, 2)).unwrap_or_else(|| "—".to_string());
        let difference = |actual: Option<f64>, target: Option<f64>| match (actual, target) {
            (Some(actual), Some(target)) => {
                let sign = if actual - target >= 0.005 { "+" } else { "" };
                format!("{sign}{}", figure(actual - target, 2))
            }
            _ => "—".to_string(),
        };
        let percent = |share: Option<f64>| share.map(|share| share * 100.0);
        rows.cells([
            name.clone().into(),
            number(target.target_km2).into(),
            number(target.actual_km2).into(),
            difference(target.actual_km2, target.target_km2).into(),
            number(percent(target.target_share)).into(),
            number(percent(target.actual_share)).into(),
            difference(percent(target.actual_share), percent(target.target_share)).into(),
        ]);
    }
    rows
}

fn sources(page: &mut Page, targets: &[TargetRow]) {
    let mut seen: Vec<&str> = targets.iter().map(|target| target.source.as_str()).filter(|s| !s.is_empty()).collect();
    seen.sort_unstable();
    seen.dedup();
    if !seen.is_empty() {
        let label = page.pick("出处 ", "Source ").to_string();
        let words = seen.join(page.pick("；", "; "));
        page.hanging_inked(0, &label, Ink::Quiet, &words, Ink::Quiet);
    }
}
