//! `redline diff`.

use super::form;
use crate::arguments::{DiffArgs, ReviewFormat};
use crate::page::{Cell, Column, Ink, Page, Row, Rows, figure};
use crate::session::{Failure, Session};
use redline_engine::papers::{self, PaperFacts};
use redline_engine::{DiffReport, DiffRequest, DiffState, DiffZone, LayerRole, output};
use redline_wording::Lang;

pub(super) fn run(arguments: &DiffArgs, session: &Session) -> Result<u8, Failure> {
    let format = form::review_format(&arguments.result)?;
    form::see_way_out(format, &arguments.result, session)?;
    let request = DiffRequest {
        workspace: arguments.workspace.clone(),
        layer: arguments.layer.clone(),
        from: arguments.from.clone(),
        to: arguments.to.clone(),
    };
    let report = {
        let bar = session.bar();
        redline_engine::diff(&request, &bar)?
    };
    let bytes = match format {
        ReviewFormat::Table => {
            let mut page = if arguments.result.output.is_some() { session.page_for_file() } else { session.page() };
            diff_page(&mut page, &report);
            page.into_text().into_bytes()
        }
        ReviewFormat::Json => output::json(&report)?.into_bytes(),
        ReviewFormat::Geojson => output::diff_geojson(&report)?.into_bytes(),
        ReviewFormat::Xlsx => output::diff_xlsx(&report, session.lang)?,
        ReviewFormat::Pdf | ReviewFormat::Docx => {
            let lay_out = if format == ReviewFormat::Pdf { papers::comparison_pdf } else { papers::comparison_docx };
            let facts = PaperFacts {
                number: arguments.number.clone(),
                secrecy: arguments.secrecy.clone(),
                unit: arguments.unit.clone(),
                ..PaperFacts::default()
            };
            let paper = {
                let bar = session.bar();
                lay_out(&report, &arguments.workspace, &facts, session.lang, &bar)?
            };
            paper.remarks.iter().for_each(|remark| session.remark(remark));
            paper.bytes
        }
    };
    form::hand_over(&bytes, &arguments.result, &[&arguments.workspace], session)?;
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
        let group = output::words::diff_group(&row.group);
        let name = match page.lang {
            Lang::Zh => &row.name,
            Lang::En => &row.name_en,
        };
        let signed = |m2: f64| if m2 >= 0.005 { format!("+{}", figure(m2, 2)) } else { figure(m2, 2) };
        rows.push(Row::Cells(vec![
            Cell::new(group.get(page.lang), Ink::Quiet),
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
            owner(page, report.role, piece.from.as_ref()).into(),
            owner(page, report.role, piece.to.as_ref()).into(),
            figure(piece.area.ellipsoidal_m2, 2).into(),
            figure(piece.area.planar_m2, 2).into(),
            format!("{:.2}, {:.2}", piece.at[1], piece.at[0]).into(),
        ]));
    }
    page.rows(0, &rows);
}

pub(super) fn said(page: &Page, state: &DiffState) -> String {
    let head = match &state.draft {
        Some(draft) => format!("{} {draft} (r{})", page.pick("草案", "draft"), state.revision),
        None => format!("r{}", state.revision),
    };
    let mut words = vec![head, state.date.clone()];
    words.extend(state.title.clone());
    words.extend([&state.author, &state.reason].into_iter().filter(|w| !w.is_empty()).cloned());
    words.join(page.pick("　", "  "))
}

/// Whose ground it is: id, name, class and tier; nobody's says so.
pub(super) fn owner(page: &Page, role: LayerRole, zone: Option<&DiffZone>) -> String {
    let Some(zone) = zone else { return page.pick("（无）", "(nobody)").to_owned() };
    let parts = [&zone.class, &zone.tier].into_iter().flatten();
    let counted: Vec<String> =
        parts.map(|key| output::words::subdivision(role, key).get(page.lang).to_string()).collect();
    let counted = counted.join(" · ");
    [&zone.id, &zone.name, &counted].into_iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}
