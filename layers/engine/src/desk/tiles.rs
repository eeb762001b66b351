//! Tiles by path.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn prepare(_desk: &Desk, _asked: Nothing, _progress: &dyn Progress) -> Result<TilesReady, EngineError> {
    Err(super::not_yet())
}

/// A tile as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// Media type.
    pub mime: &'static str,
    /// Content; empty where there is nothing to draw.
    pub bytes: Vec<u8>,
}

pub(super) fn serve(_desk: &Desk, _path: &str, _cancelled: &dyn Fn() -> bool) -> Result<Served, EngineError> {
    Err(super::not_yet())
}
