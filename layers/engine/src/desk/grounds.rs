//! The ground trials stand on: zones around a footprint, kept while the pointer stays near.

use super::Desk;
use super::opening::City;
use crate::EngineError;
use crate::commands::rules::load_rules;
use crate::ground::{Ground, Site};
use crate::review::LayerRecord;
use jiff::civil::Date;
use redline_zoning::RuleBook;
use std::path::Path;
use std::sync::{Arc, PoisonError};

/// How far around a footprint zones are loaded, metres: a drag stays within it for a while.
const MARGIN_M: f64 = 3_000.0;

/// What a trial is judged by, besides its own keys.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Terms {
    /// Rule book, id or path.
    pub book: String,
    /// The layers.
    pub layers: Standing,
}

/// Which state of the layers a trial stands on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Standing {
    /// As they stood on this day; `None`: as they stand now.
    On(Option<Date>),
    /// The very revisions that a review was made on, whatever was imported or edited since.
    Recorded(Vec<LayerRecord>),
}

impl Standing {
    /// The workspace with the layers in this state.
    ///
    /// # Errors
    /// `layer-revision-missing` where a revision that a review names is not there as it was; those of
    /// any read.
    fn site(&self, path: &Path) -> Result<Site, EngineError> {
        match self {
            Standing::On(day) => Site::open(path, *day),
            Standing::Recorded(records) => Site::recorded(path, records),
        }
    }
}

/// Zones within a box, with the book that judges them.
pub(super) struct TrialGround {
    city: Arc<City>,
    terms: Terms,
    within: [f64; 4],
    /// The ground.
    pub ground: Ground,
    /// The book.
    pub book: RuleBook,
}

/// The ground around `bounds` (plane): the one kept where it serves, else loaded anew with a margin.
pub(super) fn around(
    desk: &Desk,
    city: &Arc<City>,
    terms: Terms,
    bounds: [f64; 4],
) -> Result<Arc<TrialGround>, EngineError> {
    let mut kept = desk.trial_ground.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(there) = kept.as_ref().filter(|g| serves(g, city, &terms, bounds)) {
        return Ok(there.clone());
    }
    let [x0, y0, x1, y1] = bounds;
    let within = [x0 - MARGIN_M, y0 - MARGIN_M, x1 + MARGIN_M, y1 + MARGIN_M];
    let book = load_rules(&terms.book)?;
    let ground = terms.layers.site(city.path())?.load(city.path(), &book, Some(within))?;
    let loaded = Arc::new(TrialGround { city: city.clone(), terms, within, ground, book });
    *kept = Some(loaded.clone());
    Ok(loaded)
}

/// Forgets it, and the footprint drawn on it: another workspace is another ground.
pub(super) fn forget(desk: &Desk) {
    *desk.trial_ground.lock().unwrap_or_else(PoisonError::into_inner) = None;
    *desk.sketch.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Whether a ground kept is this city's, judged alike, and large enough.
fn serves(kept: &TrialGround, city: &Arc<City>, terms: &Terms, bounds: [f64; 4]) -> bool {
    Arc::ptr_eq(&kept.city, city) && kept.terms == *terms && holds(kept.within, bounds)
}

fn holds(outer: [f64; 4], inner: [f64; 4]) -> bool {
    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
}
