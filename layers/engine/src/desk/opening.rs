//! Opening a workspace.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn open(
    _desk: &Desk,
    _asked: OpenWorkspace,
    _progress: &dyn Progress,
) -> Result<WorkspaceView, EngineError> {
    Err(super::not_yet())
}

pub(super) fn make_sample(
    _desk: &Desk,
    _asked: MakeSample,
    _progress: &dyn Progress,
) -> Result<SampleMade, EngineError> {
    Err(super::not_yet())
}

pub(super) fn close(_desk: &Desk, _asked: Nothing, _progress: &dyn Progress) -> Result<Nothing, EngineError> {
    Err(super::not_yet())
}

/// An open workspace.
pub(super) struct City {}
