//! The land use beneath a plot.

use crate::EngineError;
use crate::ground::Ground;
use crate::review::{LandUse, LandUseRest};
use redline_geometry::{Area, Shape, TileSize, ZoneIndex, overlay};
use redline_workspace::Workspace;
use std::collections::BTreeMap;

/// Reads parcels near one plot at a time; each thread has its own, as SQLite connections do not
/// cross threads.
pub(crate) struct LandUseReader {
    workspace: Workspace,
}

impl LandUseReader {
    /// Opens the workspace of `ground` once more.
    pub fn open(ground: &Ground) -> Result<LandUseReader, EngineError> {
        Ok(LandUseReader { workspace: Workspace::open(&ground.path)? })
    }

    /// Land use by code beneath `shape`, and what is left open or counted twice.
    pub fn beneath(
        &self,
        shape: &Shape,
        area: &Area,
        ground: &Ground,
    ) -> Result<(Vec<LandUse>, LandUseRest), EngineError> {
        let mut rows: BTreeMap<(String, String, String), Area> = BTreeMap::new();
        let mut rest = LandUseRest { loaded: !ground.land_use.is_empty(), ..LandUseRest::default() };
        let Some(bounds) = super::coverage::bounds_of(shape, &redline_formats::PlotOrigin::Polygon) else {
            return Ok((Vec::new(), rest));
        };
        let mut pieces = Vec::new();
        for info in &ground.land_use {
            let zones = self.workspace.zones_in(info, bounds)?;
            let (facts, shapes): (Vec<_>, Vec<_>) = zones.into_iter().map(|z| (z.facts, z.shape)).unzip();
            let index = ZoneIndex::build(shapes, ground.grid, TileSize::default());
            for overlap in index.overlaps(shape) {
                let piece = ground.plane.area(&overlap.shape);
                let zone = &facts[overlap.zone];
                let key =
                    (zone.code.clone().unwrap_or_default(), zone.name.clone(), zone.class.clone().unwrap_or_default());
                let row = rows.entry(key).or_default();
                row.ellipsoidal_m2 += piece.ellipsoidal_m2;
                row.planar_m2 += piece.planar_m2;
                pieces.push(overlap.shape);
            }
        }
        if rest.loaded {
            let sum: f64 = rows.values().map(|a| a.ellipsoidal_m2).sum();
            let borrowed: Vec<&Shape> = pieces.iter().collect();
            let union = overlay::union(&borrowed, &ground.grid);
            let covered = ground.plane.area(&union).ellipsoidal_m2;
            rest.double_counted_m2 = sum - covered;
            rest.uncovered_m2 = area.ellipsoidal_m2 - covered;
        }
        let rows = rows
            .into_iter()
            .map(|((code, name, great_class), area)| LandUse {
                code,
                name,
                great_class,
                ellipsoidal_m2: area.ellipsoidal_m2,
                planar_m2: area.planar_m2,
            })
            .collect();
        Ok((rows, rest))
    }
}
