//! Tiles of zones held in memory: those that a draft changes, which no layer has as they are yet.

use crate::error::{CartographyError, Result};
use crate::live::{cut_rings, label};
use crate::mercator::{EXTENT, Projection};
use crate::mvt::{Feature, Tile};
use crate::simplify::Simplifier;
use crate::source::{MAX_ZOOM, tile_id};
use crate::zone_lines::{Rings, ZoneLines, at_zoom, project};
use redline_geometry::GaussKruger;
use redline_zoning::{LayerRole, Zone};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Zones in memory, and the tiles cut from them. Asked from any number of threads.
#[derive(Debug)]
pub struct HeldZones {
    zones: Vec<ZoneLines>,
    /// The zones as drawn at each zoom that was asked for.
    drawn: Mutex<BTreeMap<u8, Arc<Vec<Rings<i32>>>>>,
}

impl HeldZones {
    /// Zones of a layer of this role, in metres of `plane`. One that lies where Mercator has no place is not
    /// drawn; the tiles of its layer tell of it.
    pub fn of(zones: &[Zone], role: LayerRole, plane: GaussKruger) -> HeldZones {
        let projection = Projection::new(plane);
        let mut along = projection.along();
        let zones = zones.iter().filter_map(|Zone { facts, shape }| {
            let rings = project(shape, &mut along).ok()?;
            Some(ZoneLines { label: Arc::new(label(role, facts.clone())), rings })
        });
        HeldZones { zones: zones.collect(), drawn: Mutex::default() }
    }

    /// A tile as [`crate::TileSource::tile`] gives it.
    ///
    /// # Errors
    /// `no-such-tile`, `cancelled`.
    pub fn tile(&self, z: u8, x: u32, y: u32, cancelled: &dyn Fn() -> bool) -> Result<Vec<u8>> {
        let id = tile_id(z, x, y)?;
        let drawn = self.at_zoom(z);
        let (buffered, mut tile) = (id.buffered(), Tile::at(id.x as i32 * EXTENT, id.y as i32 * EXTENT));
        for (n, (zone, rings)) in self.zones.iter().zip(&*drawn).enumerate() {
            if cancelled() {
                return Err(CartographyError::cancelled());
            }
            if cut_rings(rings, buffered, &mut tile) {
                let label = &zone.label;
                let name = (!label.name.is_empty()).then_some(label.name.as_str());
                let properties = [Some(label.key.as_str()), Some(label.id.as_str()), name];
                tile.end(Feature { fid: u64::try_from(n).ok(), properties });
            }
        }
        Ok(tile.finish())
    }

    fn at_zoom(&self, zoom: u8) -> Arc<Vec<Rings<i32>>> {
        // whoever asks for the zoom meanwhile waits for it: it would only be made twice
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let made = drawn.entry(zoom).or_insert_with(|| {
            let mut simplifier = Simplifier::default();
            let draw = |zone: &ZoneLines| {
                let mut out = Rings::new();
                at_zoom(&zone.rings, zoom, zoom < MAX_ZOOM, &mut simplifier, &mut out);
                out
            };
            Arc::new(self.zones.iter().map(draw).collect())
        });
        made.clone()
    }
}
