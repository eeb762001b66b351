//! `redline impact`.

use super::diff::{owner, said};
use super::form;
use crate::arguments::ImpactArgs;
use crate::page::{Cell, Column, Ink, Page, Row, Rows, badge, figure};
use crate::session::{Failure, Session};
use redline_engine::{ImpactPlot, ImpactReport, ImpactRequest};
use redline_wording::Lang;

pub(super) fn run(arguments: &ImpactArgs, session: &Session) -> Result<u8, Failure> {
    let request = ImpactRequest {
        workspace: arguments.workspace.clone(),
        layer: arguments.layer.clone(),
        from: arguments.from.clone(),
        to: arguments.to.clone(),
    };
    let report = {
        let bar = session.bar();
        redline_engine::impact(&request, &bar)?
    };
    form::answer(&report, arguments.format, session, |page| impact_page(page, &report))?;
    Ok(0)
}

/// Writes what comes out otherwise.
pub fn impact_page(page: &mut Page, report: &ImpactReport) {
    let title = format!(
        "{} {} · {}",
        page.pick("对已存审查的影响", "Consequences for saved reviews"),
        report.workspace,
        report.title
    );
    page.title(&title, "", Ink::Plain);
    for (label, state) in
        [(page.pick("自 ", "from ").to_owned(), &report.from), (page.pick("至 ", "to ").to_owned(), &report.to)]
    {
        let words = said(page, state);
        page.hanging_inked(0, &label, Ink::Quiet, &words, Ink::Plain);
    }
    let (all, away, again, flipped) = (report.reviews, report.away, report.judged_again, report.flipped.len());
    let not = report.not_judged;
    let words = match page.lang {
        Lang::Zh => format!(
            "已存审查 {all} 份：{away} 份不在变动范围，{again} 份重新判定，{not} 份未能判定；{flipped} 个地块结论改变。"
        ),
        Lang::En => format!(
            "{all} saved reviews: {away} away from what changes, {again} judged again, {not} could not be; {flipped} plots come out otherwise."
        ),
    };
    page.gap();
    page.paragraph(0, &words, Ink::Plain);
    for (heading, plots) in [
        (page.pick("结论改变", "Come out otherwise").to_owned(), &report.flipped),
        (page.pick("结论不变，压占变化", "Same outcome, other overlaps").to_owned(), &report.moved),
    ] {
        if !plots.is_empty() {
            page.heading(&heading, "", Ink::Plain);
            let rows = plot_rows(page, plots);
            page.rows(0, &rows);
        }
    }
    for plot in &report.flipped {
        reason(page, report, plot);
    }
    if !report.notes.is_empty() {
        let heading = page.pick("未能照原样重新判定", "Not judged again as they were made").to_owned();
        page.heading(&heading, "", Ink::Plain);
        for note in &report.notes {
            let words = page.pick(&note.message, &note.message_en).to_owned();
            page.hanging_inked(0, &format!("{} {} ", &note.review, note.title), Ink::Quiet, &words, Ink::Plain);
        }
    }
}

fn plot_rows(page: &Page, plots: &[ImpactPlot]) -> Rows {
    let mut rows = Rows::new(vec![
        Column::text(page.pick("审查", "review")),
        Column::text(page.pick("日期", "date")),
        Column::wrapped(page.pick("文件 · 地块", "file · plot")),
        Column::text(page.pick(" 记录", " recorded")),
        Column::text(page.pick(" 原", " before")),
        Column::text(page.pick(" 现", " after")),
        Column::number(page.pick("原压占 m²", "covered before m²")),
        Column::number(page.pick("现压占 m²", "covered after m²")),
    ]);
    for plot in plots {
        rows.push(Row::Cells(vec![
            plot.review.clone().into(),
            plot.date.clone().into(),
            plot_name(plot).into(),
            Cell::new(&badge(plot.recorded, page.lang), Ink::Outcome(plot.recorded)),
            Cell::new(&badge(plot.before, page.lang), Ink::Outcome(plot.before)),
            Cell::new(&badge(plot.after, page.lang), Ink::Outcome(plot.after)),
            figure(plot.covered_before_m2, 2).into(),
            figure(plot.covered_after_m2, 2).into(),
        ]));
    }
    rows
}

/// Why a plot comes out otherwise: the ground that does it, the clause, its place.
fn reason(page: &mut Page, report: &ImpactReport, plot: &ImpactPlot) {
    page.gap();
    let name = plot_name(plot);
    page.hanging_inked(0, "", Ink::Plain, &name, Ink::Strong);
    for piece in &plot.pieces {
        let words = format!(
            "{} → {}  {} m²  N {:.2} E {:.2}",
            owner(page, report.role, piece.from.as_ref()),
            owner(page, report.role, piece.to.as_ref()),
            figure(piece.area.ellipsoidal_m2, 2),
            piece.at[1],
            piece.at[0]
        );
        page.hanging_inked(2, "", Ink::Plain, &words, Ink::Plain);
    }
    let words = match &plot.finding {
        Some(finding) => format!("{} {}", finding.clause, page.pick(&finding.reason, &finding.reason_en)),
        None => page.pick("不再压占任何控制线。", "It overlaps no line any more.").to_owned(),
    };
    page.hanging_inked(2, "", Ink::Plain, words.trim(), Ink::Quiet);
}

fn plot_name(plot: &ImpactPlot) -> String {
    let name = if plot.name.is_empty() { &plot.plot } else { &plot.name };
    format!("{} · {name}", plot.file)
}
