//! The zones that a draft changes, as tiles: whole outlines of large zones would be megabytes an edit.

use super::super::Desk;
use redline_cartography::HeldZones;
use redline_geometry::GaussKruger;
use redline_zoning::{LayerRole, Zone};
use sha2::{Digest, Sha256};
use std::sync::{Arc, OnceLock, PoisonError};

/// Where the tiles of drafts are, below the front's tile address.
const PATH: &str = "draft/";

/// Zones of a draft in one state of it.
pub(in super::super) struct DraftTiles {
    path: String,
    zones: Vec<Zone>,
    role: LayerRole,
    plane: GaussKruger,
    /// Made when a tile is asked for: an edit does not wait for it.
    held: OnceLock<HeldZones>,
}

impl DraftTiles {
    fn held(&self) -> &HeldZones {
        self.held.get_or_init(|| HeldZones::of(&self.zones, self.role, self.plane))
    }
}

/// Draws `zones` from now on, in place of those before. Where their tiles are; `None` where there are none.
/// Another state has another address, so that nothing old is ever shown from a browser's cache.
pub(super) fn draw(desk: &Desk, zones: Vec<Zone>, role: LayerRole, plane: GaussKruger) -> Option<String> {
    let tiles = (!zones.is_empty()).then(|| {
        let path = format!("{PATH}{}", hash(&zones));
        Arc::new(DraftTiles { path, zones, role, plane, held: OnceLock::new() })
    });
    let path = tiles.as_ref().map(|tiles| tiles.path.clone());
    *desk.draft_tiles.lock().unwrap_or_else(PoisonError::into_inner) = tiles;
    path
}

/// Draws no draft any more.
pub(super) fn clear(desk: &Desk) {
    *desk.draft_tiles.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// A tile of the draft, where `head` is where such tiles are. One of a state that is gone is empty: the map
/// asked for it before it heard of the next.
pub(in super::super) fn tile(
    desk: &Desk,
    head: &str,
    (z, x, y): (u8, u32, u32),
    cancelled: &dyn Fn() -> bool,
) -> Option<redline_cartography::Result<Vec<u8>>> {
    head.strip_prefix(PATH)?;
    let tiles = desk.draft_tiles.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Some(match tiles.filter(|tiles| tiles.path == head) {
        Some(tiles) => tiles.held().tile(z, x, y, cancelled),
        None => Ok(Vec::new()),
    })
}

fn hash(zones: &[Zone]) -> String {
    let mut hasher = Sha256::new();
    for Zone { facts, shape } in zones {
        hasher.update(format!("{facts:?}"));
        for polygon in &shape.0 {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                hasher.update(ring.0.len().to_le_bytes());
                for at in &ring.0 {
                    hasher.update(at.x.to_bits().to_le_bytes());
                    hasher.update(at.y.to_bits().to_le_bytes());
                }
            }
        }
    }
    hasher.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
