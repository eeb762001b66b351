//! A batch as a list to work through: strictest first, with the one reason that weighs most.

use super::held::Held;
use super::opening::City;
use super::wire::*;
use crate::review::{FindingRecord, ProjectReview, Review};
use redline_formats::Severity;
use redline_wording::{Text, text};
use redline_zoning::Outcome;

/// One row a project file.
pub(super) fn rows(city: &City, held: &Held) -> Vec<InboxRow> {
    let mut rows: Vec<InboxRow> = held
        .record
        .projects
        .iter()
        .enumerate()
        .map(|(number, project)| InboxRow {
            project: number as u32,
            file: project.file.clone(),
            outcome: project.outcome,
            flagged: project.outcome.is_none_or(|o| o > Outcome::Permitted),
            reason: reason(project),
            plots: project.plots.len() as u32,
            bounds: held.bounds(number).map(|b| city.bounds(b)),
        })
        .collect();
    // a file that could not be used comes first: nothing at all is known of it
    rows.sort_by(|a, b| {
        let rank = |row: &InboxRow| row.outcome.map_or((0, Outcome::Clear), |o| (1, o));
        match (rank(a), rank(b)) {
            ((0, _), (0, _)) => a.file.cmp(&b.file),
            ((0, _), _) => std::cmp::Ordering::Less,
            (_, (0, _)) => std::cmp::Ordering::Greater,
            ((_, x), (_, y)) => y.cmp(&x).then_with(|| a.file.cmp(&b.file)),
        }
    });
    rows
}

/// The strictest finding's reason; among equals the one about the largest area.
fn reason(project: &ProjectReview) -> Text {
    if let (Some(zh), Some(en)) = (&project.error, &project.error_en) {
        return Text::new(zh.clone(), en.clone());
    }
    let overlaps = project.plots.iter().flat_map(|p| &p.overlaps);
    let overlaps = overlaps.filter_map(|o| o.findings.first().map(|f| (f, o.area.ellipsoidal_m2)));
    let layers = project.plots.iter().flat_map(|p| &p.findings).map(|f| (&f.finding, f.area_m2));
    let lines = project.plots.iter().flat_map(|p| &p.crossings).filter_map(|c| c.findings.first()).map(|f| (f, 0.0));
    let points = project.plots.iter().flat_map(|p| &p.locations).filter_map(|l| l.findings.first()).map(|f| (f, 0.0));
    let heavier =
        |a: &(&FindingRecord, f64), b: &(&FindingRecord, f64)| a.0.outcome.cmp(&b.0.outcome).then(a.1.total_cmp(&b.1));
    let weightiest = overlaps.chain(layers).chain(lines).chain(points).max_by(heavier);
    let left_out = project.notes.iter().find(|n| n.severity == Severity::Error);
    match (weightiest, left_out) {
        (Some((finding, _)), note) if note.is_none() || finding.outcome >= Outcome::Manual => {
            Text::new(finding.reason.clone(), finding.reason_en.clone())
        }
        (_, Some(note)) => Text::new(note.message.clone(), note.message_en.clone()),
        _ => text!("不涉及任何控制线" | "Touches no line"),
    }
}

/// Warnings about the files that nobody accepted yet.
pub(super) fn open_notes(review: &Review) -> u32 {
    review.projects.iter().flat_map(|p| &p.notes).filter(|n| n.severity == Severity::Warning && !n.accepted).count()
        as u32
}
