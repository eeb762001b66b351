//! A raster under the map: a GeoTIFF, or an address the person typed.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn set(_desk: &Desk, _asked: Backdrop, _progress: &dyn Progress) -> Result<BackdropView, EngineError> {
    Err(super::not_yet())
}

pub(super) fn clear(_desk: &Desk, _asked: Nothing, _progress: &dyn Progress) -> Result<Nothing, EngineError> {
    Err(super::not_yet())
}

/// The backdrop that is set.
#[derive(Default)]
pub(super) struct Current {}
