//! A corrected file beside the version before: what was mended, what remains, what is new.

use super::wire::*;
use super::{Desk, held};
use crate::EngineError;
use crate::output::words;
use crate::progress::Progress;
use crate::review::{NoteRecord, PlotReview, ProjectReview, Review};
use redline_formats::Severity;
use redline_geometry::{Grid, Shape, overlay, planar_m2};
use redline_wording::{Lang, Text};
use std::collections::BTreeMap;

/// Two held reviews side by side.
pub(super) fn compare(desk: &Desk, asked: CompareReviews, progress: &dyn Progress) -> Result<Comparison, EngineError> {
    let city = desk.city()?;
    let (before, after) = (held::held(desk, asked.before)?, held::held(desk, asked.after)?);
    if progress.cancelled() {
        return Err(crate::commands::check_work::cancelled());
    }
    Ok(side_by_side(&before.record, &after.record, &city.grid()))
}

fn side_by_side(before: &Review, after: &Review, grid: &Grid) -> Comparison {
    let notes = note_changes(before, after);
    let sum = |review: &Review, of: &dyn Fn(&PlotReview) -> f64| plots(review).map(|(_, p)| of(p)).sum::<f64>();
    let area = |p: &PlotReview| p.area.ellipsoidal_m2;
    let overlapped = |p: &PlotReview| p.overlaps.iter().map(|o| o.area.ellipsoidal_m2).sum::<f64>();
    Comparison {
        outcome: [before.outcome, after.outcome],
        area_m2: [sum(before, &area), sum(after, &area)],
        overlapped_m2: [sum(before, &overlapped), sum(after, &overlapped)],
        plots: plot_changes(before, after, grid),
        corrections: corrections(after, &notes),
        notes,
    }
}

/// Every plot with its number.
fn plots(review: &Review) -> impl Iterator<Item = (String, &PlotReview)> {
    review.projects.iter().enumerate().flat_map(|(i, project)| {
        project.plots.iter().enumerate().map(move |(p, plot)| (format!("{}.{}", i + 1, p + 1), plot))
    })
}

/// What tells one defect from another, whatever the file is called now. Points are named anew in a
/// corrected file, so that they do not tell.
fn same_defect(note: &NoteRecord) -> (&str, Option<&str>, Option<usize>) {
    (&note.code, note.plot.as_deref(), note.ring)
}

fn defects(review: &Review) -> impl Iterator<Item = (&ProjectReview, &NoteRecord)> {
    let all = review.projects.iter().flat_map(|project| project.notes.iter().map(move |note| (project, note)));
    all.filter(|(_, note)| note.severity != Severity::Info)
}

/// Cleared, remaining and new defects; a defect that occurs several times is counted off.
fn note_changes(before: &Review, after: &Review) -> Vec<NoteChange> {
    let mut open: BTreeMap<_, Vec<(&ProjectReview, &NoteRecord)>> = BTreeMap::new();
    for defect in defects(before) {
        open.entry(same_defect(defect.1)).or_default().push(defect);
    }
    open.values_mut().for_each(|list| list.reverse());
    let mut changes = Vec::new();
    for (project, note) in defects(after) {
        let known = open.get_mut(&same_defect(note)).and_then(Vec::pop).is_some();
        let state = if known { "remaining" } else { "new" };
        changes.push(NoteChange { state: state.into(), file: project.file.clone(), note: note.clone() });
    }
    let mut cleared: Vec<_> = open.into_values().flatten().collect();
    cleared.sort_by(|a, b| (&a.0.file, same_defect(a.1)).cmp(&(&b.0.file, same_defect(b.1))));
    changes.extend(cleared.into_iter().map(|(project, note)| NoteChange {
        state: "cleared".into(),
        file: project.file.clone(),
        note: note.clone(),
    }));
    changes
}

/// Plots paired by id and name, then by id, then by the largest common area.
fn plot_changes(before: &Review, after: &Review, grid: &Grid) -> Vec<PlotChange> {
    let old: Vec<(String, &PlotReview)> = plots(before).collect();
    let new: Vec<(String, &PlotReview)> = plots(after).collect();
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    for full in [true, false] {
        for (n, (_, plot)) in new.iter().enumerate().filter(|(n, _)| partner[*n].is_none()).collect::<Vec<_>>() {
            let alike = |o: &PlotReview| o.id == plot.id && (!full || o.name == plot.name);
            if let Some(found) = (0..old.len()).find(|&o| !taken[o] && alike(old[o].1)) {
                partner[n] = Some(found);
                taken[found] = true;
            }
        }
    }
    for (n, (_, plot)) in new.iter().enumerate().filter(|(n, _)| partner[*n].is_none()).collect::<Vec<_>>() {
        let shape = Shape::from(&plot.geometry);
        let common = |o: usize| planar_m2(&overlay::intersection(&shape, &Shape::from(&old[o].1.geometry), grid));
        let best = (0..old.len()).filter(|&o| !taken[o]).map(|o| (o, common(o))).filter(|(_, m2)| *m2 > 0.0);
        if let Some((found, _)) = best.max_by(|a, b| a.1.total_cmp(&b.1)) {
            partner[n] = Some(found);
            taken[found] = true;
        }
    }
    let mut changes: Vec<PlotChange> =
        new.iter().zip(&partner).map(|(now, then)| change(then.map(|o| &old[o]), Some(now), grid)).collect();
    changes
        .extend(old.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(then, _)| change(Some(then), None, grid)));
    changes
}

fn change(then: Option<&(String, &PlotReview)>, now: Option<&(String, &PlotReview)>, grid: &Grid) -> PlotChange {
    let named = now.or(then).map(|(_, plot)| format!("{} {}", plot.id, plot.name).trim().to_string());
    let moved_m2 = then.zip(now).map(|((_, a), (_, b))| {
        let (a, b) = (Shape::from(&a.geometry), Shape::from(&b.geometry));
        planar_m2(&overlay::difference(&a, &b, grid)) + planar_m2(&overlay::difference(&b, &a, grid))
    });
    PlotChange {
        before: then.map(|(number, _)| number.clone()),
        after: now.map(|(number, _)| number.clone()),
        name: named.unwrap_or_default(),
        outcome: [then.map(|(_, p)| p.outcome), now.map(|(_, p)| p.outcome)],
        area_m2: [then.map(|(_, p)| p.area.ellipsoidal_m2), now.map(|(_, p)| p.area.ellipsoidal_m2)],
        moved_m2,
    }
}

/// The correction list: what still has to be mended, numbered, file by file.
fn corrections(after: &Review, notes: &[NoteChange]) -> Text {
    let open: Vec<&NoteChange> = notes.iter().filter(|n| n.state != "cleared" && !n.note.accepted).collect();
    let unread: Vec<&ProjectReview> = after.projects.iter().filter(|p| p.error.is_some()).collect();
    let list = |lang: Lang| {
        let (head, none) = match lang {
            Lang::Zh => ("补正清单", "没有需要补正的内容。"),
            Lang::En => ("Corrections", "Nothing has to be corrected."),
        };
        let mut lines = vec![format!("{head} {}", after.date)];
        let mut number = 0;
        let mut next = |words: String| {
            number += 1;
            format!("{number}. {words}")
        };
        lines.extend(unread.iter().filter_map(|p| words::error(p, lang)).map(|e| next(e.to_string())));
        lines.extend(open.iter().map(|change| {
            let place = words::place(&change.note, lang);
            let gap = if place.is_empty() { "" } else { " " };
            let colon = if lang == Lang::Zh { "：" } else { ": " };
            next(format!("{}{gap}{place}{colon}{}", change.file, words::message(&change.note, lang)))
        }));
        if open.is_empty() && unread.is_empty() {
            lines.push(none.to_string());
        }
        lines.join("\n")
    };
    Text::new(list(Lang::Zh), list(Lang::En))
}
