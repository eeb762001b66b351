//! Web Mercator and its tiles.

use serde::{Deserialize, Serialize};

/// A tile's place: zoom, column from the west, row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Zoom.
    pub z: u8,
    /// Column, from the antimeridian eastwards.
    pub x: u32,
    /// Row, from the north southwards.
    pub y: u32,
}

/// Where a layer has tiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TileInfo {
    /// West, south, east, north in degrees; `None` where the layer is empty.
    pub bounds: Option<[f64; 4]>,
    /// Coarsest zoom.
    pub min_zoom: u8,
    /// Finest zoom; closer views enlarge it.
    pub max_zoom: u8,
}
