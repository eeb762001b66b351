//! The legend of a layer: what is drawn alike, with its areas as summed at import.

use super::wire::LegendEntry;
use crate::EngineError;
use redline_cartography::{key_name, key_of, symbol};
use redline_geometry::Area;
use redline_workspace::{LayerInfo, Workspace};
use redline_zoning::ZoneFacts;
use std::collections::BTreeMap;

/// One entry a drawing key, by key.
pub(super) fn of(workspace: &Workspace, layer: &LayerInfo) -> Result<Vec<LegendEntry>, EngineError> {
    let mut sums: BTreeMap<String, (u64, Area)> = BTreeMap::new();
    for group in workspace.areas_by(layer)? {
        let facts = ZoneFacts {
            class: group.class,
            tier: group.tier,
            kind: group.kind,
            code: group.code,
            ..ZoneFacts::default()
        };
        let sum = sums.entry(key_of(layer.role, &facts)).or_default();
        sum.0 += group.features;
        sum.1 += Area { ellipsoidal_m2: group.ellipsoidal_m2, planar_m2: group.planar_m2 };
    }
    let entry = |(key, (features, area)): (String, (u64, Area))| LegendEntry {
        name: key_name(layer.role, &key),
        symbol: symbol(layer.role, &key),
        key,
        features,
        area,
    };
    Ok(sums.into_iter().map(entry).collect())
}
