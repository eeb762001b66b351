//! A corrected file beside the version before: what was mended, what remains, what is new.

use super::checking::of_geometry;
use super::wire::*;
use super::{Desk, held};
use crate::EngineError;
use crate::commands::check_work::cancelled;
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
        return Err(cancelled());
    }
    side_by_side(&before.record, &after.record, &city.grid(), progress)
}

fn side_by_side(
    before: &Review,
    after: &Review,
    grid: &Grid,
    progress: &dyn Progress,
) -> Result<Comparison, EngineError> {
    let notes = note_changes(before, after);
    let sum = |review: &Review, of: &dyn Fn(&PlotReview) -> f64| plots(review).map(|p| of(p.plot)).sum::<f64>();
    let area = |p: &PlotReview| p.area.ellipsoidal_m2;
    let overlapped = |p: &PlotReview| p.overlaps.iter().map(|o| o.area.ellipsoidal_m2).sum::<f64>();
    Ok(Comparison {
        outcome: [before.outcome, after.outcome],
        area_m2: [sum(before, &area), sum(after, &area)],
        overlapped_m2: [sum(before, &overlapped), sum(after, &overlapped)],
        plots: plot_changes(before, after, grid, progress)?,
        corrections: corrections(after, &notes),
        notes,
    })
}

/// A plot with its number and its file.
struct Numbered<'a> {
    number: String,
    file: &'a str,
    plot: &'a PlotReview,
}

/// Every plot of a review.
fn plots(review: &Review) -> impl Iterator<Item = Numbered<'_>> {
    review.projects.iter().enumerate().flat_map(|(i, project)| {
        project.plots.iter().enumerate().map(move |(p, plot)| Numbered {
            number: format!("{}.{}", i + 1, p + 1),
            file: &project.file,
            plot,
        })
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

/// Cleared, remaining and new defects; a defect that occurs several times is counted off. One of the
/// same file is the same before one of a file that was renamed.
fn note_changes(before: &Review, after: &Review) -> Vec<NoteChange> {
    let old: Vec<(&ProjectReview, &NoteRecord)> = defects(before).collect();
    let new: Vec<(&ProjectReview, &NoteRecord)> = defects(after).collect();
    let mut known = vec![false; new.len()];
    let mut left: Vec<bool> = vec![true; old.len()];
    for same_file in [true, false] {
        let key = |(project, note): &(&ProjectReview, &NoteRecord)| {
            let (code, plot, ring) = same_defect(note);
            let file = if same_file { project.file.clone() } else { String::new() };
            (file, code.to_string(), plot.map(str::to_string), ring)
        };
        let mut open: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        // from behind, so that the first one is taken first
        for o in (0..old.len()).rev().filter(|&o| left[o]) {
            open.entry(key(&old[o])).or_default().push(o);
        }
        for n in 0..new.len() {
            if !known[n]
                && let Some(o) = open.get_mut(&key(&new[n])).and_then(Vec::pop)
            {
                known[n] = true;
                left[o] = false;
            }
        }
    }
    let told = |state: &str, (project, note): &(&ProjectReview, &NoteRecord)| NoteChange {
        state: state.into(),
        file: project.file.clone(),
        note: (*note).clone(),
    };
    let mut changes: Vec<NoteChange> =
        new.iter().zip(&known).map(|(d, known)| told(if *known { "remaining" } else { "new" }, d)).collect();
    let mut cleared: Vec<_> = old.iter().zip(&left).filter(|(_, left)| **left).map(|(d, _)| d).collect();
    cleared.sort_by(|a, b| (&a.0.file, same_defect(a.1)).cmp(&(&b.0.file, same_defect(b.1))));
    changes.extend(cleared.into_iter().map(|d| told("cleared", d)));
    changes
}

/// Plots paired by file, id and name, then by id and name, then by the largest common area (ids are
/// often given anew), and what then is left by id.
fn plot_changes(
    before: &Review,
    after: &Review,
    grid: &Grid,
    progress: &dyn Progress,
) -> Result<Vec<PlotChange>, EngineError> {
    let old: Vec<Numbered<'_>> = plots(before).collect();
    let new: Vec<Numbered<'_>> = plots(after).collect();
    let mut pairs = Pairs { of_new: vec![None; new.len()], taken: vec![false; old.len()] };
    let full = |p: &Numbered<'_>| (p.plot.id.clone(), p.plot.name.clone());
    pairs.by_name(&old, &new, |p| (p.file.to_string(), full(p)));
    pairs.by_name(&old, &new, |p| (String::new(), full(p)));
    pairs.by_ground(&old, &new, grid, progress)?;
    pairs.by_name(&old, &new, |p| (String::new(), (p.plot.id.clone(), String::new())));
    let mut changes: Vec<PlotChange> =
        new.iter().zip(&pairs.of_new).map(|(now, then)| change(then.map(|o| &old[o]), Some(now), grid)).collect();
    let gone = old.iter().zip(&pairs.taken).filter(|(_, taken)| !**taken);
    changes.extend(gone.map(|(then, _)| change(Some(then), None, grid)));
    Ok(changes)
}

/// Which old plot each new one is.
struct Pairs {
    of_new: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn pair(&mut self, n: usize, o: usize) {
        self.of_new[n] = Some(o);
        self.taken[o] = true;
    }

    fn by_name<K: Ord>(&mut self, old: &[Numbered<'_>], new: &[Numbered<'_>], key: impl Fn(&Numbered<'_>) -> K) {
        let mut free: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for o in (0..old.len()).rev().filter(|&o| !self.taken[o]) {
            free.entry(key(&old[o])).or_default().push(o);
        }
        for (n, plot) in new.iter().enumerate() {
            if self.of_new[n].is_none()
                && let Some(o) = free.get_mut(&key(plot)).and_then(Vec::pop)
            {
                self.pair(n, o);
            }
        }
    }

    /// The pair with the largest common area first, whoever is asked first.
    fn by_ground(
        &mut self,
        old: &[Numbered<'_>],
        new: &[Numbered<'_>],
        grid: &Grid,
        progress: &dyn Progress,
    ) -> Result<(), EngineError> {
        let ground = |p: &Numbered<'_>| of_geometry(&p.plot.geometry).map(|b| (b, Shape::from(&p.plot.geometry)));
        let free: Vec<_> = (0..old.len()).filter(|&o| !self.taken[o]).map(|o| (o, ground(&old[o]))).collect();
        let mut common: Vec<(f64, usize, usize)> = Vec::new();
        for n in (0..new.len()).filter(|&n| self.of_new[n].is_none()) {
            if progress.cancelled() {
                return Err(cancelled());
            }
            let Some((bounds, shape)) = ground(&new[n]) else { continue };
            for (o, there) in &free {
                let Some((_, old_shape)) = there.as_ref().filter(|(b, _)| meet(bounds, *b)) else { continue };
                let m2 = planar_m2(&overlay::intersection(&shape, old_shape, grid));
                if m2 > 0.0 {
                    common.push((m2, n, *o));
                }
            }
        }
        common.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        for (_, n, o) in common {
            if self.of_new[n].is_none() && !self.taken[o] {
                self.pair(n, o);
            }
        }
        Ok(())
    }
}

fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

fn change(then: Option<&Numbered<'_>>, now: Option<&Numbered<'_>>, grid: &Grid) -> PlotChange {
    let named = now.or(then).map(|p| format!("{} {}", p.plot.id, p.plot.name).trim().to_string());
    let moved_m2 = then.zip(now).map(|(a, b)| {
        let (a, b) = (Shape::from(&a.plot.geometry), Shape::from(&b.plot.geometry));
        planar_m2(&overlay::difference(&a, &b, grid)) + planar_m2(&overlay::difference(&b, &a, grid))
    });
    PlotChange {
        before: then.map(|p| p.number.clone()),
        after: now.map(|p| p.number.clone()),
        name: named.unwrap_or_default(),
        outcome: [then.map(|p| p.plot.outcome), now.map(|p| p.plot.outcome)],
        area_m2: [then.map(|p| p.plot.area.ellipsoidal_m2), now.map(|p| p.plot.area.ellipsoidal_m2)],
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
