//! What is remembered between sessions.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn start(_desk: &Desk, _asked: Nothing, _progress: &dyn Progress) -> Result<Start, EngineError> {
    Err(super::not_yet())
}

pub(super) fn set(_desk: &Desk, _asked: Preferences, _progress: &dyn Progress) -> Result<Nothing, EngineError> {
    Err(super::not_yet())
}
