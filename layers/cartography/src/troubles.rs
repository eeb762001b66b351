//! What could not be drawn, told once.

use redline_wording::Text;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Sentences about zones that are missing from tiles, one a zone.
#[derive(Debug, Default)]
pub(crate) struct Troubles(Mutex<BTreeMap<(bool, i64), Text>>);

impl Troubles {
    /// Keeps a sentence about a zone (`past`: it lies in the history table), once.
    pub(crate) fn add(&self, past: bool, fid: i64, text: Text) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry((past, fid)).or_insert(text);
    }

    /// All so far, in the order of fids.
    pub(crate) fn all(&self) -> Vec<Text> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
