//! Two versions of a project side by side.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn compare(
    _desk: &Desk,
    _asked: CompareReviews,
    _progress: &dyn Progress,
) -> Result<Comparison, EngineError> {
    Err(super::not_yet())
}
