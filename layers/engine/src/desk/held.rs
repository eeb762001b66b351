//! The reviews a desk holds, by number: made here, or opened from the workspace.

use super::Desk;
use super::checking::of_geometry;
use super::opening::City;
use super::wire::Nothing;
use crate::EngineError;
use crate::assess::bounds_of;
use crate::commands::check::CheckRequest;
use crate::commands::check_work::Examined;
use crate::ground::join;
use crate::progress::Progress;
use crate::review::{PlotReview, Review};
use redline_geometry::Shape;
use redline_wording::{Text, text};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A review and what trials of its plots need.
pub(super) struct Held {
    /// The record.
    pub record: Review,
    /// What it was made from; `None` for one opened from the workspace.
    pub made: Option<Made>,
    /// Footprints tried and kept, by project and plot (from 0), where they differ from the record's.
    pub drafts: Mutex<BTreeMap<(usize, usize), Shape>>,
    /// Id it is saved under.
    pub saved: Mutex<Option<String>>,
}

/// What a review was made from.
pub(super) struct Made {
    /// As it was asked for.
    pub request: CheckRequest,
    /// What was read on the way; its own record is the held one.
    pub examined: Examined,
}

impl Held {
    /// A plot by its number (`1.2`).
    pub fn plot(&self, number: &str) -> Result<((usize, usize), &PlotReview), EngineError> {
        let place = number.split_once('.').and_then(|(project, plot)| {
            Some((project.parse::<usize>().ok()?.checked_sub(1)?, plot.parse::<usize>().ok()?.checked_sub(1)?))
        });
        let found = place.and_then(|(i, p)| Some(((i, p), self.record.projects.get(i)?.plots.get(p)?)));
        found.ok_or_else(|| {
            EngineError::new(
                "plot-unknown",
                text!("审查中没有地块 {number}。" | "There is no plot {number} in this review."),
            )
        })
    }

    /// The footprint of a plot as the file has it.
    pub fn footprint(&self, place: (usize, usize), plot: &PlotReview) -> Shape {
        let read = self.made.as_ref().and_then(|m| m.examined.inputs.get(place.0)?.plots().get(place.1));
        read.map_or_else(|| Shape::from(&plot.geometry), |p| p.shape.clone())
    }

    /// Bounds of a project's plots (from 0) in the plane; of lines too, where the file is at hand.
    pub fn bounds(&self, project: usize) -> Option<[f64; 4]> {
        let read =
            self.made.as_ref().and_then(|m| m.examined.inputs.get(project)).map(|i| i.plots()).unwrap_or_default();
        if !read.is_empty() {
            return read.iter().filter_map(|p| bounds_of(&p.shape, &p.origin)).reduce(join);
        }
        let plots = &self.record.projects.get(project)?.plots;
        let shapes = plots.iter().filter_map(|p| of_geometry(&p.geometry));
        let points = plots.iter().flat_map(|p| &p.locations).map(|l| [l.point[0], l.point[1], l.point[0], l.point[1]]);
        shapes.chain(points).reduce(join)
    }

    /// Whether it would be lost with the desk: it says something, and nobody saved it.
    fn unsaved(&self) -> bool {
        let saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        !saved && self.record.projects.iter().any(|project| project.error.is_none())
    }

    /// Its files in a few words: the first one, and how many there are.
    fn files(&self) -> Text {
        let files = &self.record.projects;
        let (first, count) = (files.first().map_or("", |project| project.file.as_str()), files.len());
        match count {
            0 | 1 => Text::same(first),
            _ => text!("{first} 等 {count} 个文件" | "{first} and others, {count} files"),
        }
    }

    /// The footprints tried.
    pub fn drafts(&self) -> MutexGuard<'_, BTreeMap<(usize, usize), Shape>> {
        self.drafts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held reviews by number; numbers are never used twice.
#[derive(Default)]
pub(super) struct Reviews {
    last: u32,
    held: BTreeMap<u32, Arc<Held>>,
}

fn reviews(desk: &Desk) -> MutexGuard<'_, Reviews> {
    desk.reviews.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds a review made in `city`; returns its number.
///
/// # Errors
/// `workspace-changed` when another workspace was opened meanwhile: its plane is another.
pub(super) fn hold(
    desk: &Desk,
    city: &Arc<City>,
    record: Review,
    made: Option<Made>,
    saved: Option<String>,
) -> Result<(u32, Arc<Held>), EngineError> {
    let held = Arc::new(Held { record, made, drafts: Mutex::default(), saved: Mutex::new(saved) });
    let mut all = reviews(desk);
    // asked under the lock: whoever opens another workspace swaps it first and lets go of reviews after
    if !Arc::ptr_eq(&desk.city()?, city) {
        return Err(EngineError::new(
            "workspace-changed",
            text!(
                "审查期间打开了另一个工作空间，结果没有保留；请重新审查文件。"
                    | "Another workspace was opened meanwhile, so the review is not kept; check the files again."
            ),
        ));
    }
    all.last += 1;
    let number = all.last;
    all.held.insert(number, held.clone());
    Ok((number, held))
}

/// A held review.
///
/// # Errors
/// `review-unknown` when it was let go.
pub(super) fn held(desk: &Desk, number: u32) -> Result<Arc<Held>, EngineError> {
    reviews(desk).held.get(&number).cloned().ok_or_else(|| {
        EngineError::new(
            "review-unknown",
            text!("这次审查已经关闭；请重新审查文件。" | "This review was closed; check the files again."),
        )
    })
}

/// All held reviews, by number.
pub(super) fn all(desk: &Desk) -> Vec<(u32, Arc<Held>)> {
    reviews(desk).held.iter().map(|(n, h)| (*n, h.clone())).collect()
}

/// Puts another workspace in place by `change` and lets go of every review, and of the draft being
/// edited: another workspace is another ground. No review can be held between the asking and the change.
///
/// # Errors
/// `reviews-unsaved` where reviews would be lost that nobody let go; nothing is changed then.
pub(super) fn leave(desk: &Desk, next: &str, let_go: bool, change: impl FnOnce()) -> Result<(), EngineError> {
    let mut all = reviews(desk);
    if let Some(Text { zh, en }) = all.unsaved().filter(|_| !let_go) {
        return Err(EngineError::new(
            UNSAVED,
            text!("{zh}。打开“{next}”会关闭这些审查。" | "{en}. Opening “{next}” closes what is not saved."),
        ));
    }
    change();
    all.held.clear();
    drop(all);
    super::draft::let_go(desk);
    Ok(())
}

/// Whether the program may end without anything being lost.
///
/// # Errors
/// `reviews-unsaved`, naming what would be lost.
pub(super) fn may_close(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Nothing, EngineError> {
    match reviews(desk).unsaved() {
        None => Ok(Nothing {}),
        Some(Text { zh, en }) => Err(EngineError::new(
            UNSAVED,
            text!("{zh}。关闭窗口会丢失这些审查。" | "{en}. Closing the window loses what is not saved."),
        )),
    }
}

/// Code of the refusal that says: reviews would be lost.
const UNSAVED: &str = "reviews-unsaved";

impl Reviews {
    /// The reviews that would be lost, as the beginning of a sentence; `None` where there is none.
    fn unsaved(&self) -> Option<Text> {
        let lost: Vec<Text> = self.held.values().filter(|held| held.unsaved()).map(|held| held.files()).collect();
        let count = lost.len();
        let (zh, en): (Vec<_>, Vec<_>) = lost.into_iter().map(|files| (files.zh, files.en)).unzip();
        let (zh, en) = (zh.join("、"), en.join("; "));
        let are = if count == 1 { "1 review is" } else { &format!("{count} reviews are") };
        (count > 0).then(|| text!("{count} 项审查未保存：{zh}" | "{are} not saved: {en}"))
    }
}

/// Lets go of one.
pub(super) fn forget(desk: &Desk, number: u32) {
    reviews(desk).held.remove(&number);
}
