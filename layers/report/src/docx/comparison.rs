//! The chapters of a comparison in the DOCX, in the order of the shipped template.

use super::blocks::{Body, Cell, Row, Turn};
use super::chapters::{Headings, heads};
use crate::comparison::Comparison;
use crate::data::ReportData;
use crate::words::Words;

/// The ledger with its facts.
pub(super) fn ledger(body: &mut Body, headings: &mut Headings, of: &Comparison, w: &Words) {
    headings.chapter(body, w.chapter_ledger);
    for words in &of.summary {
        body.paragraph("Body", words);
    }
    let rows = of.facts.iter().map(|fact| Row::plain(vec![Cell::words(&fact.name), Cell::words(&fact.value)]));
    body.table(&[34.0, 122.0], &heads(&[w.item, w.value]), rows.collect());
    if of.rows.is_empty() {
        return body.paragraph("Body", w.ledger_none);
    }
    body.paragraph("Body", w.ledger_lead);
    let rows = of.rows.iter().map(|row| {
        Row::plain(vec![
            Cell::centre(&row.by),
            Cell::words(&row.name),
            Cell::number(&row.gained),
            Cell::number(&row.lost),
            Cell::number(&row.net),
        ])
    });
    body.table(&[18.0, 48.0, 30.0, 30.0, 30.0], &heads(&[w.sums_by, w.title, w.gained, w.lost, w.net]), rows.collect());
}

/// The ground that changed hands, on pages that lie.
pub(super) fn exchange(body: &mut Body, headings: &mut Headings, of: &Comparison, w: &Words) {
    body.turn(Turn::Lying);
    headings.chapter(body, w.chapter_exchange);
    if of.pieces.is_empty() {
        body.paragraph("Body", w.exchange_none);
    } else {
        let rows = of.pieces.iter().enumerate().map(|(place, piece)| {
            Row::plain(vec![
                Cell::centre(&(place + 1).to_string()),
                Cell::words(&piece.from),
                Cell::words(&piece.to),
                Cell::number(&piece.m2),
                Cell::number(&piece.planar_m2),
                Cell::number(&piece.place),
            ])
        });
        let head = heads(&[w.row_number, w.owner_before, w.owner_after, w.area_ellipsoidal, w.area_planar, w.place_ne]);
        body.table(&[12.0, 64.0, 64.0, 30.0, 30.0, 45.0], &head, rows.collect());
    }
    if !of.renamed.is_empty() {
        headings.chapter(body, w.chapter_renamed);
        let rows =
            of.renamed.iter().map(|pair| Row::plain(pair.iter().map(|words| Cell::words(words)).collect::<Vec<_>>()));
        body.table(&[122.0, 123.0], &heads(&[w.before, w.after]), rows.collect());
    }
    body.turn(Turn::Upright);
}

/// Remarks of the maps, and what could not be printed.
pub(super) fn remarks(body: &mut Body, headings: &mut Headings, data: &ReportData, w: &Words, dropped: usize) {
    if data.notes.is_empty() && dropped == 0 {
        return;
    }
    headings.chapter(body, w.chapter_remarks);
    for note in &data.notes {
        body.paragraph("Body", &note.message);
    }
    if dropped > 0 {
        body.paragraph("Body", &format!("{}（{dropped}）。", w.control_characters));
    }
}
