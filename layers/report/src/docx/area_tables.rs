//! The chapters whose tables hold areas: what is occupied, the totals, land use.

use super::blocks::{Body, Cell, Look, Row, Turn};
use super::chapters::{Headings, LONGEST, colon, figures, heads, short, verdict};
use crate::data::ReportData;
use crate::tables::OccupationBlock;
use crate::words::Words;

pub(super) fn occupation(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    if !data.occupation.is_empty() {
        body.turn(Turn::Lying);
    }
    headings.chapter(body, w.chapter_occupation);
    if data.occupation.is_empty() {
        return body.paragraph("Body", w.occupation_none);
    }
    let long = data.occupation.iter().any(|block| block.plot_name.chars().count() > LONGEST);
    body.paragraph("Body", &format!("{}{}", w.occupation_lead, if long { w.shortened } else { "" }));
    let unit = |unit: &str| format!("{}（{unit}）", w.occupied);
    let (m2, ha, mu) = (unit(w.m2), unit(w.ha), unit(w.mu));
    let head = heads(&[
        w.row_number,
        w.plot_id,
        w.plot_name,
        w.layer,
        w.zone_class,
        w.zone,
        &m2,
        &ha,
        &mu,
        w.share_plot,
        w.clause,
        w.verdict,
        w.remarks,
    ]);
    let widths = [9.0, 15.0, 19.0, 21.0, 26.0, 23.0, 19.0, 16.0, 16.0, 14.0, 13.0, 20.0, 34.0];
    let mut project = None;
    for block in &data.occupation {
        if project != Some(&block.project) {
            project = Some(&block.project);
            body.paragraph("Heading3", &format!("{}{}{}", w.project, colon(data.lang), block.project));
        }
        body.table(&widths, &head, block_rows(block, w));
    }
}

fn block_rows(block: &OccupationBlock, w: &Words) -> Vec<Row> {
    let name = short(&block.plot_name);
    let whose = [&block.plot, &name, &block.layer].map(|words| Cell::words(words));
    let mut rows: Vec<Row> = block
        .rows
        .iter()
        .map(|row| {
            let clauses: String = row.clauses.iter().map(|number| format!("〔{number}〕")).collect();
            let mut cells = vec![Cell::centre(&row.number)];
            cells.extend(whose.iter().cloned());
            cells.extend([Cell::words(&row.zone_class), Cell::words(&row.zone)]);
            cells.extend(figures(row.figures.as_ref()));
            cells.push(Cell::centre(&clauses));
            cells.push(row.outcome.as_ref().map_or_else(|| Cell::centre("—"), verdict));
            cells.push(Cell::lines(&row.remarks));
            Row::plain(cells)
        })
        .collect();
    if let Some(subtotal) = &block.subtotal {
        let mut cells = vec![Cell::words("")];
        cells.extend(whose.iter().cloned());
        cells.push(Cell::words(w.subtotal).span(2));
        cells.extend(figures(Some(subtotal)));
        cells.push(Cell::words("").span(3));
        rows.push(Row::sum(cells));
    }
    rows
}

pub(super) fn totals(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    if data.totals.is_empty() {
        return;
    }
    headings.chapter(body, w.chapter_totals);
    body.paragraph("Body", w.totals_lead);
    let mut project = None;
    for group in &data.totals {
        if project != Some(&group.project) {
            project = Some(&group.project);
            headings.section(body, &group.project);
        }
        body.paragraph("Heading3", &group.by);
        let mut rows: Vec<Row> = group
            .rows
            .iter()
            .map(|row| {
                let name =
                    row.outcome.as_ref().map_or_else(|| Cell::words(&row.name), |o| verdict(o).look(Look::Words));
                let mut cells = vec![name];
                cells.extend(figures(Some(&row.figures)));
                Row::plain(cells)
            })
            .collect();
        if let Some(whole) = &group.whole {
            let mut cells = vec![Cell::words(w.union)];
            cells.extend(figures(Some(whole)));
            rows.push(Row::sum(cells));
        }
        body.table(&[55.0, 31.0, 24.0, 24.0, 22.0], &heads(&[w.sums_by, w.m2, w.ha, w.mu, w.share_whole]), rows);
    }
}

pub(super) fn land_use(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words) {
    headings.chapter(body, w.chapter_land_use);
    if data.land_use.is_empty() {
        return body.paragraph("Body", w.land_use_none);
    }
    body.paragraph("Body", w.land_use_lead);
    for block in &data.land_use {
        headings.section(body, &format!("{}　{}", block.plot, block.plot_name));
        let mut rows: Vec<Row> = block
            .rows
            .iter()
            .map(|row| {
                let mut cells = vec![Cell::centre(&row.code), Cell::words(&row.name), Cell::words(&row.great_class)];
                cells.extend(figures(Some(&row.figures)));
                Row::plain(cells)
            })
            .collect();
        let mut cells = vec![Cell::words(w.sum).span(3)];
        cells.extend(figures(Some(&block.sum)));
        rows.push(Row::sum(cells));
        let head = heads(&[w.land_code, w.land_name, w.great_class, w.m2, w.ha, w.mu, "%"]);
        body.table(&[17.0, 31.0, 22.0, 28.0, 21.0, 21.0, 16.0], &head, rows);
    }
}
