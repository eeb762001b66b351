//! Places in degrees and in the plane; lengths and areas of what is drawn.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn locate(_desk: &Desk, _asked: Locate, _progress: &dyn Progress) -> Result<Place, EngineError> {
    Err(super::not_yet())
}

pub(super) fn measure(_desk: &Desk, _asked: Measure, _progress: &dyn Progress) -> Result<Measured, EngineError> {
    Err(super::not_yet())
}
