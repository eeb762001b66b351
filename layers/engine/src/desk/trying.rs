//! Trials while the pointer moves: a plot elsewhere, or a footprint drawn, judged as a check judges
//! it, except for the land use beneath, which a check reads from the file.

use super::editing::{displacement, edited, resolved};
use super::grounds::{self, Standing, Terms, TrialGround};
use super::held::{self, Held};
use super::opening::City;
use super::wire::*;
use super::{Desk, checking};
use crate::EngineError;
use crate::assess::{
    Given as PlotGiven, Judged, Opinion, Terms as JudgingTerms, bounds_of, judge_footprint, place_doubts,
};
use crate::progress::Progress;
use crate::review::{ActivityRecord, FindingRecord, PlotArea, PlotReview};
use redline_formats::{Plot, PlotOrigin};
use redline_geometry::Shape;
use redline_wording::{Text, text};
use redline_zoning::{Outcome, ProjectKeys, RuleBook};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

/// Whose footprint is tried, and by what it is judged.
pub(super) struct Subject<'a> {
    /// The footprint as the file has it; empty for one that is drawn.
    pub original: Shape,
    /// The review's number for its plot.
    pub number: String,
    declared_m2: Option<f64>,
    keys: ProjectKeys,
    place_doubts: Vec<FindingRecord>,
    key_doubts: Vec<FindingRecord>,
    terms: Terms,
    sliver_m2: f64,
    no_land: bool,
    opinions: &'a [Opinion],
    /// Content of the book that the review was judged by; `None` for a footprint of its own.
    book_sha256: Option<&'a str>,
    /// The review named opinions, and they are not at hand.
    without_opinions: bool,
}

/// Moves, reshapes or draws, and says what would come of it.
pub(super) fn try_edit(desk: &Desk, asked: TryEdit, _: &dyn Progress) -> Result<Trial, EngineError> {
    // how long the pointer waits is told, not kept in any record
    let begun = Instant::now();
    let city = desk.city()?;
    let held = asked.review.map(|number| held::held(desk, number)).transpose()?;
    let (place, subject) = match &held {
        Some(held) => {
            let (place, plot) = held.plot(&asked.plot)?;
            (Some(place), of_plot(&city, held, place, plot, &asked.plot))
        }
        None => (None, drawn(&city, asked.given.unwrap_or_default())?),
    };
    let now = match (&held, place) {
        (Some(held), Some(place)) => held.drafts().get(&place).cloned(),
        _ => sketch(desk, &city),
    };
    let now = now.unwrap_or_else(|| subject.original.clone());
    let shape = edited(&city, &now, &subject.original, &asked.edit)?;
    let trial = trial(desk, &city, &subject, &shape, begun)?;
    if asked.keep {
        match (&held, place) {
            (Some(held), Some(place)) if shape == subject.original => drop(held.drafts().remove(&place)),
            (Some(held), Some(place)) => drop(held.drafts().insert(place, shape)),
            _ => {
                let drawn = (!shape.0.is_empty()).then(|| (city.clone(), shape));
                *desk.sketch.lock().unwrap_or_else(PoisonError::into_inner) = drawn;
            }
        }
    }
    Ok(trial)
}

/// The footprint drawn in this city and kept.
fn sketch(desk: &Desk, city: &Arc<City>) -> Option<Shape> {
    let kept = desk.sketch.lock().unwrap_or_else(PoisonError::into_inner);
    kept.as_ref().filter(|(of, _)| Arc::ptr_eq(of, city)).map(|(_, shape)| shape.clone())
}

/// The book of a record by the name it loads by: what was asked for, the built-in one of its id, or the
/// workspace's own, whose id is no path.
fn book_of(city: &City, held: &Held) -> String {
    let asked = held.made.as_ref().and_then(|m| m.request.rules.clone());
    let id = &held.record.rule_book.id;
    let own = || city.settings().rule_book.clone().filter(|_| RuleBook::builtin(id).is_none());
    asked.or_else(own).unwrap_or_else(|| id.clone())
}

/// A plot of a held review, with the keys it was judged by.
pub(super) fn of_plot<'a>(
    city: &City,
    held: &'a Held,
    place: (usize, usize),
    plot: &PlotReview,
    number: &str,
) -> Subject<'a> {
    let record = &held.record;
    let mut subject = Subject {
        original: held.footprint(place, plot),
        number: number.to_string(),
        declared_m2: plot.area.declared_m2,
        keys: keys_of(plot.activity.as_ref().unwrap_or(&record.activity)),
        // a record opened again keeps its doubts among the findings about the plot itself
        place_doubts: plot.findings.iter().filter(|f| f.role.is_none()).map(|f| f.finding.clone()).collect(),
        key_doubts: Vec::new(),
        terms: Terms { book: book_of(city, held), layers: Standing::Recorded(record.workspace.layers.clone()) },
        sliver_m2: record.settings.sliver_m2,
        no_land: record.activity.no_land,
        opinions: &[],
        book_sha256: Some(&record.rule_book.sha256),
        without_opinions: held.made.is_none() && !record.activity.opinions.is_empty(),
    };
    let read = held.made.as_ref().and_then(|m| Some((m, m.examined.inputs.get(place.0)?)));
    if let Some((made, input)) = read
        && let (Ok(file), Some(plot)) = (&input.read, input.plots().get(place.1))
    {
        let keys = made.examined.keyring.of(plot, place);
        subject.keys = keys.keys;
        subject.key_doubts = keys.doubts;
        subject.place_doubts = place_doubts(&file.notes);
        subject.opinions = &made.examined.opinions.opinions;
    }
    subject
}

/// A footprint that no file holds.
fn drawn(city: &City, given: Given) -> Result<Subject<'static>, EngineError> {
    let book = given.rules.or_else(|| city.settings().rule_book.clone());
    Ok(Subject {
        original: Shape::new(Vec::new()),
        number: "1.1".into(),
        declared_m2: None,
        keys: ProjectKeys {
            activity: given.activity,
            stage: given.stage,
            industry: given.industry,
            opinions: Vec::new(),
        },
        place_doubts: Vec::new(),
        key_doubts: Vec::new(),
        terms: Terms {
            book: book.unwrap_or_else(|| crate::commands::rules::DEFAULT_BOOK.into()),
            layers: Standing::On(given.layers_as_of.as_deref().map(checking::date).transpose()?),
        },
        sliver_m2: given.sliver_m2.unwrap_or(city.settings().sliver_m2),
        no_land: given.no_land,
        opinions: &[],
        book_sha256: None,
        without_opinions: false,
    })
}

fn keys_of(record: &ActivityRecord) -> ProjectKeys {
    ProjectKeys {
        activity: record.code.clone(),
        stage: record.stage,
        industry: record.industry.clone(),
        opinions: Vec::new(),
    }
}

impl Subject<'_> {
    /// The ground it is judged on around `shape`.
    pub fn ground(&self, desk: &Desk, city: &Arc<City>, shape: &Shape) -> Result<Arc<TrialGround>, EngineError> {
        let bounds = bounds_of(shape, &PlotOrigin::Polygon).unwrap_or([0.0; 4]);
        grounds::around(desk, city, self.terms.clone(), bounds)
    }

    /// What the rules say of `shape` in this plot's place. `shape` has no crossing rings.
    pub fn judged(&self, ground: &TrialGround, shape: &Shape) -> Judged {
        let plot = Plot {
            id: self.number.clone(),
            name: String::new(),
            shape: shape.clone(),
            origin: PlotOrigin::Polygon,
            declared_m2: self.declared_m2,
            purpose: None,
            attributes: BTreeMap::new(),
            drawn: Vec::new(),
        };
        let terms = JudgingTerms {
            book: &ground.book,
            sliver_m2: self.sliver_m2,
            opinions: self.opinions,
            no_land: self.no_land,
        };
        let given = PlotGiven {
            keys: &self.keys,
            own: None,
            place_doubts: self.place_doubts.clone(),
            key_doubts: self.key_doubts.clone(),
        };
        judge_footprint(&plot, &self.number, given, &ground.ground, &terms)
    }

    /// In what a trial is judged otherwise than its review was, for people.
    fn differences(&self, book: &RuleBook) -> Vec<Text> {
        let mut notes = Vec::new();
        if self.book_sha256.is_some_and(|sha256| sha256 != book.sha256()) {
            let (title, version) = (book.title(), book.version());
            notes.push(text!(
                "规则集《{title}》在审查之后改过，试移按现在的 {version} 判定；要与审查一致，请重新审查文件。"
                    | "The rule book {title} was changed since the review; trials are judged by it as it is now ({version}). Check the files again to have both agree."
            ));
        }
        if self.without_opinions {
            notes.push(text!(
                "审查所附的意见范围没有读入，试移不计意见；要计入，请重新审查文件并附上意见。"
                    | "The opinions given with the review were not read, so trials leave them out; check the files again with their opinions."
            ));
        }
        notes
    }

    /// Book and day of the layers it is judged by.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }
}

fn trial(
    desk: &Desk,
    city: &Arc<City>,
    subject: &Subject<'_>,
    shape: &Shape,
    begun: Instant,
) -> Result<Trial, EngineError> {
    let mut trial = Trial {
        outline: city.outline(shape),
        area: PlotArea { ellipsoidal_m2: 0.0, planar_m2: 0.0, declared_m2: subject.declared_m2 },
        outcome: Outcome::Manual,
        overlaps: Vec::new(),
        findings: Vec::new(),
        moved_m: displacement(&subject.original, shape),
        changed: *shape != subject.original,
        trouble: None,
        notes: Vec::new(),
        took_ms: 0.0,
    };
    match resolved(shape, &city.grid()) {
        None if shape.0.is_empty() => {
            trial.trouble = Some(text!(
                "没有面：线、点不能试移；请先画出范围。"
                    | "There is no footprint: lines and points cannot be tried; draw one first."
            ));
        }
        None => {
            trial.trouble = Some(text!(
                "边界自相交，不能判定；请移动顶点，或恢复原图形。"
                    | "The boundary crosses itself and cannot be judged; move a vertex, or reset."
            ));
        }
        Some(resolved) => {
            let ground = subject.ground(desk, city, &resolved)?;
            let judged = subject.judged(&ground, &resolved);
            trial.notes = subject.differences(&ground.book);
            trial.area.ellipsoidal_m2 = judged.area.ellipsoidal_m2;
            trial.area.planar_m2 = judged.area.planar_m2;
            trial.outcome = judged.outcome;
            trial.findings = judged.findings.into_iter().map(|f| f.finding).collect();
            trial.overlaps = judged.overlaps.into_iter().zip(1..).map(|(o, number)| overlap(city, o, number)).collect();
        }
    }
    trial.took_ms = begun.elapsed().as_secs_f64() * 1e3;
    Ok(trial)
}

fn overlap(city: &City, (shape, overlap): (Shape, crate::review::Overlap), number: u32) -> TrialOverlap {
    TrialOverlap {
        number,
        zone: overlap.zone,
        area: overlap.area,
        share: overlap.share,
        outcome: overlap.outcome,
        finding: overlap.findings.into_iter().next(),
        outline: city.outline(&shape),
    }
}
