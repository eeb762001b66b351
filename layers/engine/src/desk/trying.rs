//! Trials while the pointer moves.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn try_edit(_desk: &Desk, _asked: TryEdit, _progress: &dyn Progress) -> Result<Trial, EngineError> {
    Err(super::not_yet())
}
