//! The zones that a draft changes, as tiles: whole outlines of large zones would be megabytes an edit.

use super::super::Desk;
use crate::EngineError;
use redline_cartography::HeldZones;
use redline_geometry::GaussKruger;
use redline_zoning::{LayerRole, Zone};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Arc, MutexGuard, OnceLock, PoisonError};

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

/// So many states are kept beside each other: the map asks for tiles of the last few while it goes on.
const KEPT: usize = 4;

/// The states drawn last, the newest in front.
#[derive(Default)]
pub(in super::super) struct DraftStates(VecDeque<Arc<DraftTiles>>);

/// Draws `zones` from now on. Where their tiles are; `None` where there are none. Another state has another
/// address, and the same state the same.
pub(super) fn draw(desk: &Desk, zones: Vec<Zone>, role: LayerRole, plane: GaussKruger) -> Option<String> {
    if zones.is_empty() {
        return None;
    }
    let path = format!("{PATH}{}", hash(&zones));
    let mut states = states(desk);
    let known = states.0.iter().position(|tiles| tiles.path == path).and_then(|at| states.0.remove(at));
    let new = || Arc::new(DraftTiles { path: path.clone(), zones, role, plane, held: OnceLock::new() });
    let tiles = known.unwrap_or_else(new);
    states.0.push_front(tiles);
    states.0.truncate(KEPT);
    Some(path)
}

/// Draws no draft any more.
pub(super) fn clear(desk: &Desk) {
    states(desk).0.clear();
}

/// A tile of the draft, where `head` is where such tiles are; `None` for a state that is long gone.
pub(in super::super) fn tile(
    desk: &Desk,
    head: &str,
    (z, x, y): (u8, u32, u32),
    cancelled: &dyn Fn() -> bool,
) -> Option<Result<Vec<u8>, EngineError>> {
    head.strip_prefix(PATH)?;
    let tiles = states(desk).0.iter().find(|tiles| tiles.path == head).cloned()?;
    Some(tiles.held().tile(z, x, y, cancelled).map_err(EngineError::from))
}

// what is kept is whole, whatever panicked while it was held
fn states(desk: &Desk) -> MutexGuard<'_, DraftStates> {
    desk.draft_tiles.lock().unwrap_or_else(PoisonError::into_inner)
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
