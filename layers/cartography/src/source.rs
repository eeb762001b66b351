//! Tiles of one layer at one revision.

use crate::cache::Recent;
use crate::error::{CartographyError, Result};
use crate::live;
use crate::mercator::{Projection, TileId, TileInfo, layer_bounds, with_room};
use crate::overview::{self, Overview, overview_zoom};
use crate::readers::Readers;
use crate::shelf::Shelf;
use crate::troubles::Troubles;
use redline_wording::{Text, text};
use redline_workspace::LayerInfo;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Coarsest zoom there are tiles for.
pub const MIN_ZOOM: u8 = 4;
/// Finest zoom there are tiles for; closer views enlarge it.
pub const MAX_ZOOM: u8 = 18;
/// Encoded tiles kept in memory, bytes.
const TILE_BYTES: usize = 32 << 20;

/// A tile's place, where there are tiles.
///
/// # Errors
/// `no-such-tile`.
pub(crate) fn tile_id(z: u8, x: u32, y: u32) -> Result<TileId> {
    let id = TileId { z, x, y };
    if (MIN_ZOOM..=MAX_ZOOM).contains(&z) && id.exists() {
        return Ok(id);
    }
    Err(CartographyError::new(
        "no-such-tile",
        text!(
            "没有切片 {z}/{x}/{y}；级别为 {MIN_ZOOM} 到 {MAX_ZOOM}。"
                | "There is no tile {z}/{x}/{y}; zooms go from {MIN_ZOOM} to {MAX_ZOOM}."
        ),
    ))
}

/// The tiles of one layer at one revision. Asked from any number of threads; open a new one when the
/// workspace's layers are read anew.
#[derive(Debug)]
pub struct TileSource {
    readers: Arc<Readers>,
    layer: LayerInfo,
    projection: Projection,
    /// West, south, east, north, degrees.
    bounds: Option<[f64; 4]>,
    shelf: Option<Shelf>,
    troubles: Troubles,
    zones: live::Zones,
    tiles: Mutex<Recent<TileId, Arc<[u8]>>>,
    overview: Mutex<Seen>,
}

/// What is known of the overview.
#[derive(Debug)]
enum Seen {
    /// Nobody has looked.
    NotYet,
    Absent,
    Here(Arc<Overview>),
}

impl TileSource {
    /// Tiles of `layer` as it stands at its revision. `cache_folder` is where an overview that the
    /// workspace lacks is kept (below `tiles/`); without one it is built anew each time.
    ///
    /// # Errors
    /// Those of any read.
    pub fn open(readers: &Arc<Readers>, layer: &LayerInfo, cache_folder: Option<&Path>) -> Result<TileSource> {
        let (plane, path) = readers.with(|w, _| Ok((w.settings().plane, w.path().to_owned())))?;
        Ok(TileSource {
            readers: readers.clone(),
            layer: layer.clone(),
            projection: Projection::new(plane),
            bounds: layer_bounds(layer, &plane),
            shelf: cache_folder.map(|folder| Shelf::for_layer(folder, layer, &path)),
            troubles: Troubles::default(),
            zones: live::Zones::default(),
            tiles: Mutex::new(Recent::new(TILE_BYTES)),
            overview: Mutex::new(Seen::NotYet),
        })
    }

    /// The layer.
    pub fn layer(&self) -> &LayerInfo {
        &self.layer
    }

    /// Where there are tiles.
    pub fn info(&self) -> TileInfo {
        TileInfo { bounds: self.bounds, min_zoom: MIN_ZOOM, max_zoom: MAX_ZOOM }
    }

    /// A tile (MVT 2.1, not compressed): layer `zones`, polygons with an integer id and the properties
    /// `k` (see [`crate::key_of`]), `id` (zone id) and `n` (name, at most 40 letters). Empty where
    /// nothing is drawn. Where an [overview](crate::overview_zoom) serves, a feature is everything drawn
    /// alike: it has `k` only, and no id.
    ///
    /// # Errors
    /// `no-such-tile`, `overview-not-ready` (call [`TileSource::prepare`]), `cancelled`, and those of any
    /// read.
    pub fn tile(&self, z: u8, x: u32, y: u32, cancelled: &dyn Fn() -> bool) -> Result<Vec<u8>> {
        let id = tile_id(z, x, y)?;
        let room = self.bounds.map(|b| with_room(b, self.layer.edited_outside));
        let Some(bounds) = room.and_then(|b| id.plane_bounds(b, self.projection.plane())) else {
            return Ok(Vec::new());
        };
        let from_overview = overview_zoom(&self.layer).is_some_and(|finest| z <= finest);
        self.readers.with(|workspace, change| {
            if self.zones.notice(change) {
                lock(&self.tiles).clear();
            }
            if let Some(tile) = lock(&self.tiles).get(id) {
                return Ok(tile.to_vec());
            }
            let tile: Arc<[u8]> = if from_overview {
                self.seen()?.ok_or_else(not_ready)?.tile(id).into()
            } else {
                let cut = live::Cut {
                    workspace,
                    layer: &self.layer,
                    projection: &self.projection,
                    troubles: &self.troubles,
                    cancelled,
                };
                self.zones.tile(&cut, id, bounds)?.into()
            };
            // an empty tile takes room as well
            lock(&self.tiles).put(id, tile.clone(), tile.len() + 100);
            Ok(tile.to_vec())
        })
    }

    /// Whether every zoom can be drawn now: the layer needs no overview, or it is there.
    pub fn overview_ready(&self) -> bool {
        overview_zoom(&self.layer).is_none() || matches!(self.seen(), Ok(Some(_)))
    }

    /// Makes every zoom ready: builds the overview where the layer needs one and neither the workspace
    /// nor the cache folder has it. Tells `progress` how many zones are in, of how many. Whether it had
    /// to build.
    ///
    /// # Errors
    /// `cancelled`, and those of any read. A cache folder that cannot be written is a
    /// [trouble](TileSource::troubles): the overview is then kept in memory only.
    pub fn prepare(&self, progress: &mut dyn FnMut(u64, u64), cancelled: &dyn Fn() -> bool) -> Result<bool> {
        let Some(zoom) = overview_zoom(&self.layer) else { return Ok(false) };
        if self.seen()?.is_some() {
            return Ok(false);
        }
        let built = self.readers.with(|workspace, _| {
            overview::build(workspace, &self.layer, zoom, &self.projection, &self.troubles, progress, cancelled)
        })?;
        if let Some(shelf) = &self.shelf {
            let bytes = overview::encode(&built, &self.layer.sha256);
            if let Err(e) = shelf.put(&bytes) {
                self.troubles.cache_not_written(&shelf.folder(), &e);
            }
        }
        *lock(&self.overview) = Seen::Here(Arc::new(built));
        Ok(true)
    }

    /// What is missing from the tiles made so far, and why: one sentence a zone.
    pub fn troubles(&self) -> Vec<Text> {
        self.troubles.all()
    }

    /// The overview, if there is one: of the workspace, else of the cache folder.
    fn seen(&self) -> Result<Option<Arc<Overview>>> {
        let mut seen = lock(&self.overview);
        if let Seen::NotYet = *seen {
            let decode = |bytes: Vec<u8>| {
                overview::decode(&bytes, &self.layer.sha256)
                    // of another build, which had another finest zoom
                    .filter(|o| Some(o.zoom) == overview_zoom(&self.layer))
            };
            let kept = self.readers.with(|workspace, _| Ok(workspace.overview(&self.layer)?))?.and_then(decode);
            let found = kept.or_else(|| self.shelf.as_ref().and_then(Shelf::get).and_then(decode));
            *seen = found.map_or(Seen::Absent, |o| Seen::Here(Arc::new(o)));
        }
        Ok(match &*seen {
            Seen::Here(overview) => Some(overview.clone()),
            Seen::NotYet | Seen::Absent => None,
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // what a panicking thread left behind is a cache: still good
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn not_ready() -> CartographyError {
    CartographyError::new(
        "overview-not-ready",
        text!(
            "概览图尚未生成，小比例尺下暂不能显示该图层；请稍候或放大地图。"
                | "The overview is not made yet, so the layer cannot be shown this far out; wait a little or zoom in."
        ),
    )
}
