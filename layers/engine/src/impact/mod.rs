//! Consequences: the reviews kept in the workspace, judged again on another state of a layer.
//!
//! Each review is judged twice from the files kept with it, on the very revisions it was made on, with
//! only the layer in question exchanged: first in its earlier, then in its later state. What differs
//! between the two is therefore the layer's doing and nothing else's. Reviews whose plots lie away
//! from every bit of ground that differs are not judged again: nothing about them can differ.

mod near;
mod recorded;
mod report;

pub use report::{ImpactNote, ImpactPiece, ImpactPlot, ImpactReport, ImpactRequest};

use crate::EngineError;
use crate::commands::check_work::{Read, cancelled};
use crate::commands::diff::{DiffZone, place};
use crate::ground::Site;
use crate::progress::{Progress, Silent};
use crate::review::{FindingRecord, LayerRecord, PlotReview, Review, ZoneRecord};
use crate::states::{self, State};
use near::Near;
use recorded::Recorded;
use redline_coverage::compare::Comparison;
use redline_geometry::overlay;
use redline_wording::{Text, text};
use redline_workspace::{ReviewEntry, Workspace};
use redline_zoning::{Outcome, ZoneFacts};
use std::cmp::Reverse;
use std::path::Path;

/// Less than this is rounding of the overlay grid, m².
const NOISE_M2: f64 = 1e-4;

/// Judges the reviews kept in a workspace again, on two states of a layer. Reads only.
///
/// # Errors
/// As [`crate::diff`]; `cancelled`.
pub fn impact(request: &ImpactRequest, progress: &dyn Progress) -> Result<ImpactReport, EngineError> {
    let workspace = Workspace::open(&request.workspace)?;
    let (from, to) = states::two(&workspace, request.layer.as_deref(), &request.from, &request.to)?;
    between(&workspace, &from, &to, progress)
}

/// Judges them again on two states found.
pub(crate) fn between(
    workspace: &Workspace,
    from: &State,
    to: &State,
    progress: &dyn Progress,
) -> Result<ImpactReport, EngineError> {
    let changes = states::changes(workspace, from, to)?;
    let comparison = states::compared(workspace, &changes, progress)?;
    let near = Near::of(&comparison, &changes, from, to);
    let entries = workspace.reviews()?;
    let mut report = ImpactReport {
        schema: "redline.impact/1".into(),
        workspace: workspace.file_name(),
        crs: format!("EPSG:{}", workspace.crs_epsg()),
        layer: from.layer.name.clone(),
        title: from.layer.title.clone(),
        role: from.layer.role,
        from: from.words.clone(),
        to: to.words.clone(),
        reviews: entries.len() as u64,
        away: 0,
        judged_again: 0,
        not_judged: 0,
        flipped: Vec::new(),
        moved: Vec::new(),
        notes: Vec::new(),
    };
    progress.stage(&text!("重新判定已存审查" | "Judging the saved reviews again"), Some(entries.len() as u64));
    for entry in &entries {
        if progress.cancelled() {
            return Err(cancelled());
        }
        let review: Review = match serde_json::from_slice(&workspace.review_json(&entry.id)?) {
            Ok(review) => review,
            Err(e) => {
                report.not_judged += 1;
                report.note(entry, text!("记录读不懂：{e}。" | "The record cannot be read: {e}."));
                continue;
            }
        };
        if near.all_away(&review) {
            report.away += 1;
        } else {
            match again(workspace, entry, &review, from, to, progress) {
                Ok(twice) => report.take(entry, &review, &twice, &comparison, workspace, from),
                Err(e) if progress.cancelled() => return Err(e),
                Err(e) => {
                    report.not_judged += 1;
                    report.note(entry, e.text);
                }
            }
        }
        progress.advance(1);
    }
    let order = |p: &ImpactPlot| (Reverse(p.after), p.date.clone(), p.review.clone());
    report.flipped.sort_by_cached_key(order);
    report.moved.sort_by_cached_key(order);
    Ok(report)
}

/// A review judged on both states.
struct Twice {
    read: Read,
    before: Review,
    after: Review,
    notes: Vec<Text>,
}

fn again(
    workspace: &Workspace,
    entry: &ReviewEntry,
    review: &Review,
    from: &State,
    to: &State,
    progress: &dyn Progress,
) -> Result<Twice, EngineError> {
    let recorded = Recorded::of(workspace, &entry.id, review)?;
    let request = &recorded.request;
    let site = |state: &State| site(workspace.path(), &review.workspace.layers, state);
    // its stages and steps are not the list's
    let quiet = Quiet(progress);
    let read = Read::of(request, &site(from)?, &quiet)?;
    let before = read.judged(request, site(from)?, &quiet)?;
    let after = read.judged(request, site(to)?, &quiet)?;
    whole(review, &before)?;
    whole(review, &after)?;
    Ok(Twice { read, before, after, notes: recorded.notes })
}

/// Refuses a second judgement that lacks anything of the first: what was not judged again cannot be
/// said to come out as before.
fn whole(review: &Review, again: &Review) -> Result<(), EngineError> {
    for project in review.projects.iter().filter(|p| p.error.is_none()) {
        let there = again.projects.iter().find(|p| (&p.file, &p.sha256) == (&project.file, &project.sha256));
        let plots = there.filter(|p| p.error.is_none()).map_or(&[][..], |p| &p.plots);
        let missing = project.plots.iter().find(|plot| plots.iter().all(|p| p.id != plot.id));
        let (file, lacks) = (&project.file, there.is_none_or(|p| p.error.is_some()));
        if lacks || missing.is_some() {
            let plot = missing.map_or("", |p| p.id.as_str());
            return Err(EngineError::new(
                "review-not-read-again",
                text!(
                    "归档的“{file}”这次没有读成记录中的样子（地块 {plot}）；没有重新判定，请用原文件重新审查。"
                        | "“{file}”, as it was kept, was not read as it stands in the record (plot {plot}); it was not judged again, check the original file."
                ),
            ));
        }
    }
    Ok(())
}

/// The layers a review was made on, with one of them in another state.
fn site(path: &Path, records: &[LayerRecord], state: &State) -> Result<Site, EngineError> {
    let others: Vec<LayerRecord> = records.iter().filter(|r| r.name != state.layer.name).cloned().collect();
    let mut site = Site::recorded(path, &others)?;
    site.set_layer(state.layer.clone(), state.drafted.clone());
    Ok(site)
}

struct Quiet<'a>(&'a dyn Progress);

impl Progress for Quiet<'_> {
    fn stage(&self, words: &Text, total: Option<u64>) {
        Silent.stage(words, total);
    }
    fn advance(&self, by: u64) {
        Silent.advance(by);
    }
    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

impl ImpactReport {
    fn note(&mut self, entry: &ReviewEntry, words: Text) {
        self.notes.push(ImpactNote {
            review: entry.id.clone(),
            title: entry.title.clone(),
            message: words.zh,
            message_en: words.en,
        });
    }

    /// Takes over what a review judged twice shows.
    fn take(
        &mut self,
        entry: &ReviewEntry,
        review: &Review,
        twice: &Twice,
        comparison: &Comparison,
        workspace: &Workspace,
        from: &State,
    ) {
        self.judged_again += 1;
        for words in &twice.notes {
            self.note(entry, words.clone());
        }
        let same_ground = from.drafted.is_none()
            && review.workspace.layers.iter().any(|l| l.name == from.layer.name && l.revision == from.layer.revision);
        let sides = twice.before.projects.iter().zip(&twice.after.projects);
        for (number, (before, after)) in sides.enumerate() {
            let input = twice.read.inputs.get(number);
            let was = review.projects.iter().find(|p| (&p.file, &p.sha256) == (&before.file, &before.sha256));
            for (at, (b, a)) in before.plots.iter().zip(&after.plots).enumerate() {
                let recorded = was.and_then(|p| p.plots.iter().find(|p| p.id == b.id)).map_or(b.outcome, |p| p.outcome);
                if same_ground && recorded != b.outcome {
                    let (plot, was, is) = (&b.id, recorded.word(), b.outcome.word());
                    self.note(
                        entry,
                        Text::new(
                            format!("地块 {plot} 在当时的图层上重新判定为“{}”，记录为“{}”：程序或规则已变。", is.zh, was.zh),
                            format!(
                                "Judged again on the same layers, plot {plot} is {}, recorded as {}: program or rules have changed.",
                                is.en, was.en
                            ),
                        ),
                    );
                }
                let layer = &from.layer.name;
                let covered = [covered(b, layer), covered(a, layer)];
                if b.outcome == a.outcome && overlaps(b, layer) == overlaps(a, layer) {
                    continue;
                }
                let shape = input.and_then(|i| i.plots().get(at)).map(|p| &p.shape);
                let plot = ImpactPlot {
                    review: entry.id.clone(),
                    date: entry.date.to_string(),
                    file: before.file.clone(),
                    plot: b.id.clone(),
                    name: b.name.clone(),
                    recorded,
                    before: b.outcome,
                    after: a.outcome,
                    covered_before_m2: covered[0],
                    covered_after_m2: covered[1],
                    finding: strictest(a).cloned(),
                    pieces: shape.map_or_else(Vec::new, |shape| pieces(shape, comparison, workspace)),
                };
                if b.outcome == a.outcome {
                    self.moved.push(plot);
                } else {
                    self.flipped.push(plot);
                }
            }
        }
    }
}

/// What of a plot a layer covers, ellipsoidal m².
fn covered(plot: &PlotReview, layer: &str) -> f64 {
    plot.layers.iter().filter(|l| l.layer == layer).map(|l| l.covered).sum()
}

/// A zone by what rules see, what it comes to, and hundredths of a square metre or metre.
type Overlapped<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Outcome, i64);

/// What a plot overlaps in a layer, crosses as a line and stands in as a point.
fn overlaps<'a>(plot: &'a PlotReview, layer: &str) -> Vec<Overlapped<'a>> {
    let one = |zone: &'a ZoneRecord, outcome: Outcome, much: f64| {
        let hundredths = (much * 100.0).round() as i64;
        (zone.id.as_str(), zone.class.as_deref(), zone.tier.as_deref(), outcome, hundredths)
    };
    let areas = plot.overlaps.iter().map(|o| (&o.zone, o.outcome, o.area.ellipsoidal_m2));
    let lengths = plot.crossings.iter().map(|c| (&c.zone, c.outcome, c.length_m));
    let points = plot.locations.iter().map(|l| (&l.zone, l.outcome, 0.0));
    let all = areas.chain(lengths).chain(points).filter(|(zone, ..)| zone.layer == layer);
    all.map(|(zone, outcome, much)| one(zone, outcome, much)).collect()
}

/// The finding that makes a plot's outcome.
fn strictest(plot: &PlotReview) -> Option<&FindingRecord> {
    let overlaps = plot.overlaps.iter().flat_map(|o| &o.findings);
    let crossings = plot.crossings.iter().flat_map(|c| &c.findings);
    let locations = plot.locations.iter().flat_map(|l| &l.findings);
    let whole = plot.findings.iter().map(|f| &f.finding);
    overlaps.chain(whole).chain(crossings).chain(locations).find(|f| f.outcome == plot.outcome)
}

/// The ground within a plot that changes hands.
fn pieces(plot: &redline_geometry::Shape, comparison: &Comparison, workspace: &Workspace) -> Vec<ImpactPiece> {
    let (grid, plane) = (workspace.grid(), &workspace.settings().plane);
    let zone = |facts: &Option<ZoneFacts>| facts.as_ref().map(DiffZone::from);
    let found = comparison.pieces.iter().filter(|piece| near::meet(plot, &piece.shape)).filter_map(|piece| {
        let within = overlay::intersection(plot, &piece.shape, &grid);
        let area = plane.area(&within);
        (area.planar_m2 > NOISE_M2).then(|| ImpactPiece {
            from: zone(&piece.from),
            to: zone(&piece.to),
            area,
            at: place(within.0.first().and_then(|p| p.exterior().0.first())),
            geometry: (&within).into(),
        })
    });
    found.collect()
}
