//! A file read one way and another.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn preview(
    _desk: &Desk,
    _asked: PreviewReading,
    _progress: &dyn Progress,
) -> Result<ReadingPreview, EngineError> {
    Err(super::not_yet())
}
