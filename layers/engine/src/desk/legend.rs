//! The legend of a layer: what is drawn alike, with its areas as summed at import.

use super::wire::LegendEntry;
use crate::EngineError;
use crate::ground::areas_by_key;
use redline_cartography::{key_name, symbol};
use redline_geometry::Area;
use redline_workspace::{LayerInfo, Workspace};

/// One entry a drawing key, by key.
pub(super) fn of(workspace: &Workspace, layer: &LayerInfo) -> Result<Vec<LegendEntry>, EngineError> {
    let sums = areas_by_key(workspace, layer)?;
    let entry = |(key, (features, area)): (String, (u64, Area))| LegendEntry {
        name: key_name(layer.role, &key),
        symbol: symbol(layer.role, &key),
        key,
        features,
        area,
    };
    Ok(sums.into_iter().map(entry).collect())
}
