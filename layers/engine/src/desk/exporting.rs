//! Papers out of a held review.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn export(_desk: &Desk, _asked: ExportReview, _progress: &dyn Progress) -> Result<Exported, EngineError> {
    Err(super::not_yet())
}

pub(super) fn table(_desk: &Desk, _asked: TableAsked, _progress: &dyn Progress) -> Result<Table, EngineError> {
    Err(super::not_yet())
}
