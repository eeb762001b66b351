//! `redline inspect`.

use super::form;
use super::review_page::{crs, decimals, lead_unit, notes, unit_name};
use crate::arguments::InspectArgs;
use crate::page::{Column, Ink, Page, Rows, figure};
use crate::session::{Failure, Session};
use redline_engine::output::balance::{AreaUnit, Figures};
use redline_engine::{InspectRequest, InspectedFile, Inspection};
use redline_wording::{Lang, counted};

pub(super) fn run(arguments: &InspectArgs, session: &Session) -> Result<u8, Failure> {
    let request = InspectRequest {
        files: arguments.files.clone(),
        workspace: arguments.workspace.clone(),
        crs: arguments.crs.clone(),
        axes: arguments.axes.map(redline_engine::Axes::from),
        width_m: arguments.width,
    };
    let inspection = {
        let bar = session.bar();
        redline_engine::inspect(&request, &bar)?
    };
    let unit = arguments.unit.map_or_else(|| lead_unit("m2"), form::unit);
    let delivered =
        form::answer(&inspection, arguments.format, session, |page| inspection_page(page, &inspection, unit));
    match delivered {
        Ok(()) | Err(Failure::NobodyReads) => {}
        Err(failure) => return Err(failure),
    }
    Ok(if inspection.files.iter().any(|file| file.error.is_some()) { 2 } else { 0 })
}

/// Writes what the files hold.
pub fn inspection_page(page: &mut Page, inspection: &Inspection, unit: AreaUnit) {
    notes(page, 0, &inspection.notes);
    for file in &inspection.files {
        file_part(page, file, &inspection.plane, unit);
    }
}

fn file_part(page: &mut Page, file: &InspectedFile, plane: &str, unit: AreaUnit) {
    let right = match (file.error.is_some(), page.lang) {
        (true, Lang::Zh) => "✗ 不能用".to_string(),
        (true, Lang::En) => "✗ not usable".to_string(),
        (false, Lang::Zh) => format!("{} 个地块", file.plots.len()),
        (false, Lang::En) => counted(file.plots.len(), "plot"),
    };
    page.title(&file.file, &right, if file.error.is_some() { Ink::Error } else { Ink::Plain });
    let (error, evidence) = match page.lang {
        Lang::Zh => (&file.error, &file.crs_evidence),
        Lang::En => (&file.error_en, &file.crs_evidence_en),
    };
    if let Some(error) = error {
        let label = page.pick("✗ 错误 ", "✗ error ").to_string();
        page.hanging_inked(0, &label, Ink::Error, error, Ink::Plain);
    }
    notes(page, 0, &file.notes);
    if file.error.is_some() {
        return;
    }
    crs(page, &file.crs, evidence);
    if file.crs != plane {
        let words = match page.lang {
            Lang::Zh => format!("已转换到 {plane}"),
            Lang::En => format!("brought into {plane}"),
        };
        page.paragraph(0, &words, Ink::Quiet);
    }
    let hash = file.sha256.clone();
    page.hanging_inked(0, "SHA-256 ", Ink::Quiet, &hash, Ink::Quiet);
    if file.plots.is_empty() {
        return;
    }
    let unit_words = unit_name(page, unit);
    let with_unit = |head: &str| format!("{head} {unit_words}");
    let mut rows = Rows::new(vec![
        Column::text(page.pick("地块", "plot")),
        Column::wrapped(page.pick("名称", "name")),
        Column::text(page.pick("类型", "kind")),
        Column::number(page.pick("面", "parts")),
        Column::number(page.pick("洞", "holes")),
        Column::number(page.pick("点", "points")),
        Column::number(&with_unit(page.pick("椭球面积", "ellipsoidal"))),
        Column::number(&with_unit(page.pick("平面面积", "planar"))),
        Column::number(&with_unit(page.pick("申报面积", "declared"))),
        Column::wrapped(page.pick("用途 → 活动", "purpose → activity")),
    ]);
    for plot in &file.plots {
        let shown = |m2: f64| figure(Figures::whole(m2).get(unit), decimals(unit));
        let kind = match plot.kind.as_str() {
            "polygon" => page.pick("面", "area"),
            "line" => page.pick("线", "line"),
            "point" => page.pick("点", "point"),
            other => other,
        };
        let purpose = match (&plot.purpose, &plot.activity) {
            (Some(purpose), Some(activity)) => format!("{purpose} → {activity}"),
            (Some(purpose), None) => format!("{purpose} → {}", page.pick("未识别", "not recognised")),
            (None, _) => String::new(),
        };
        rows.cells([
            plot.id.clone().into(),
            plot.name.clone().into(),
            kind.into(),
            plot.polygons.to_string().into(),
            plot.holes.to_string().into(),
            plot.points.to_string().into(),
            shown(plot.area.ellipsoidal_m2).into(),
            shown(plot.area.planar_m2).into(),
            plot.area.declared_m2.map(shown).unwrap_or_default().into(),
            purpose.into(),
        ]);
    }
    page.gap();
    page.rows(0, &rows);
}
