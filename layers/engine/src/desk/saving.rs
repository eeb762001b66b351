//! Reviews kept in the workspace.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn save(_desk: &Desk, _asked: HeldReview, _progress: &dyn Progress) -> Result<ReviewSaved, EngineError> {
    Err(super::not_yet())
}

pub(super) fn list(
    _desk: &Desk,
    _asked: Nothing,
    _progress: &dyn Progress,
) -> Result<Vec<crate::SavedReview>, EngineError> {
    Err(super::not_yet())
}

pub(super) fn open(_desk: &Desk, _asked: OpenSaved, _progress: &dyn Progress) -> Result<ReviewView, EngineError> {
    Err(super::not_yet())
}
