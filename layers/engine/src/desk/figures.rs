//! Figures as tables show them.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn figures(_desk: &Desk, _asked: FiguresAsked, _progress: &dyn Progress) -> Result<Figures, EngineError> {
    Err(super::not_yet())
}
