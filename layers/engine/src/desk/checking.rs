//! Checking files: the review is made by the same function as the command line's, and held.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn check(_desk: &Desk, _asked: CheckFiles, _progress: &dyn Progress) -> Result<ReviewView, EngineError> {
    Err(super::not_yet())
}

pub(super) fn drop_review(_desk: &Desk, _asked: HeldReview, _progress: &dyn Progress) -> Result<Nothing, EngineError> {
    Err(super::not_yet())
}
