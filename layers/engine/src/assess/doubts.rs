//! Doubts about the input that forbid a plain verdict: they stand as findings, and a finding is at
//! least Manual.

use super::own_finding;
use crate::review::{FindingRecord, LayerFinding};
use redline_formats::{ImportNote, Plot};
use redline_geometry::Shape;
use redline_wording::Text;

/// The rule id of a finding on a doubtful place.
pub(super) const PLACE_DOUBTFUL: &str = "place-doubtful";

/// The rule id of a finding on doubtful keys.
pub(super) const KEYS_DOUBTFUL: &str = "keys-doubtful";

/// What the notes of a file say of the place of all its plots.
pub(crate) fn of_file(notes: &[ImportNote]) -> Vec<FindingRecord> {
    notes
        .iter()
        .filter(|note| note.doubts_place())
        .map(|note| own_finding(PLACE_DOUBTFUL, note.message.clone()))
        .collect()
}

/// A doubt about a plot's keys.
pub(crate) fn of_keys(doubt: Text) -> FindingRecord {
    own_finding(KEYS_DOUBTFUL, doubt)
}

/// The doubt as a finding about the whole plot.
pub(super) fn of_plot(plot: &Plot, area_m2: f64, finding: FindingRecord) -> (Shape, LayerFinding) {
    (plot.shape.clone(), LayerFinding { role: None, layer: String::new(), area_m2, finding })
}
