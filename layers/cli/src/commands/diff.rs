//! `redline diff`.

use super::form;
use crate::arguments::DiffArgs;
use crate::page::{Cell, Column, Ink, Page, Row, Rows, figure};
use crate::session::{Failure, Session};
use redline_engine::{DiffReport, DiffRequest, DiffState, DiffZone};
use redline_wording::Lang;

pub(super) fn run(arguments: &DiffArgs, session: &Session) -> Result<u8, Failure> {
    let request = DiffRequest {
        workspace: arguments.workspace.clone(),
        layer: arguments.layer.clone(),
        from: arguments.from.clone(),
        to: arguments.to.clone(),
    };
    let report = redline_engine::diff(&request)?;
    form::answer(&report, arguments.format, session, |page| diff_page(page, &report))?;
    Ok(0)
}

/// Writes what changed hands.
pub fn diff_page(page: &mut Page, report: &DiffReport) {
    let title = format!("{} {} · {}", page.pick("版本比较", "Compared"), report.workspace, report.title);
    page.title(&title, "", Ink::Plain);
    for (label, state) in
        [(page.pick("自 ", "from ").to_owned(), &report.from), (page.pick("至 ", "to ").to_owned(), &report.to)]
    {
        let words = said(page, state);
        page.hanging_inked(0, &label, Ink::Quiet, &words, Ink::Plain);
    }
    if report.pieces.is_empty() && report.renamed.is_empty() {
        page.gap();
        let words = page.pick("两个版本没有差别。", "The two do not differ.").to_owned();
        page.hanging_inked(0, "", Ink::Plain, &words, Ink::Plain);
        return;
    }
    let mut rows = Rows::new(vec![
        Column::text(page.pick("分组", "by")),
        Column::wrapped(page.pick("名称", "name")),
        Column::number(page.pick("调入 m²（椭球）", "in m² (ellipsoidal)")),
        Column::number(page.pick("调出 m²（椭球）", "out m² (ellipsoidal)")),
        Column::number(page.pick("净 m²（椭球）", "net m² (ellipsoidal)")),
    ]);
    for row in &report.rows {
        let group = match (row.group.as_str(), page.lang) {
            ("layer", Lang::Zh) => "图层",
            ("class", Lang::Zh) => "分类",
            ("tier", Lang::Zh) => "级别",
            ("zone", Lang::Zh) => "分区",
            (other, _) => other,
        };
        let name = match page.lang {
            Lang::Zh => &row.name,
            Lang::En => &row.name_en,
        };
        let signed = |m2: f64| if m2 >= 0.005 { format!("+{}", figure(m2, 2)) } else { figure(m2, 2) };
        rows.push(Row::Cells(vec![
            Cell::new(group, Ink::Quiet),
            Cell::from(name.clone()),
            figure(row.gained.ellipsoidal_m2, 2).into(),
            figure(row.lost.ellipsoidal_m2, 2).into(),
            signed(row.net.ellipsoidal_m2).into(),
        ]));
    }
    page.gap();
    page.rows(0, &rows);
    if report.pieces.is_empty() {
        return;
    }
    let heading = page.pick("划转明细", "Ground that changed hands").to_owned();
    page.heading(&heading, "", Ink::Plain);
    let mut rows = Rows::new(vec![
        Column::wrapped(page.pick("原属", "from")),
        Column::wrapped(page.pick("现属", "to")),
        Column::number(page.pick("m²（椭球）", "m² (ellipsoidal)")),
        Column::number(page.pick("m²（平面）", "m² (planar)")),
        Column::text(page.pick("位置（北，东）", "place (N, E)")),
    ]);
    for piece in &report.pieces {
        rows.push(Row::Cells(vec![
            owner(page, piece.from.as_ref()).into(),
            owner(page, piece.to.as_ref()).into(),
            figure(piece.area.ellipsoidal_m2, 2).into(),
            figure(piece.area.planar_m2, 2).into(),
            format!("{:.2}, {:.2}", piece.at[1], piece.at[0]).into(),
        ]));
    }
    page.rows(0, &rows);
}

fn said(page: &Page, state: &DiffState) -> String {
    let mut words = vec![format!("r{}", state.revision), state.date.clone()];
    words.extend(state.title.clone());
    words.extend([&state.author, &state.reason].into_iter().filter(|w| !w.is_empty()).cloned());
    words.join(page.pick("　", "  "))
}

fn owner(page: &Page, zone: Option<&DiffZone>) -> String {
    match zone {
        None => page.pick("（无）", "(nobody)").to_owned(),
        Some(zone) if zone.name.is_empty() => zone.id.clone(),
        Some(zone) => format!("{} {}", zone.id, zone.name),
    }
}
