//! The overview of a layer of very many zones: its drawing classes by cell, for the low zooms.
//!
//! A tile of such a layer would hold tens of thousands of zones, each a few pixels large: it is
//! neither cut nor drawn in time. Instead every zone is painted once into cells of two pixels at the
//! finest zoom where that is so; coarser zooms are seen from there. It is made where a layer is
//! written and kept in the workspace; where that has none, in the cache folder.

mod build;
mod grid;
mod kept;
mod raster;
mod trace;

pub(crate) use build::build;
pub(crate) use grid::Overview;
pub(crate) use kept::{decode, encode};

use crate::error::Result;
use crate::mercator::{EXTENT, Projection, TileId};
use crate::mvt::{Feature, Tile};
use crate::source::MIN_ZOOM;
use crate::troubles::Troubles;
use redline_workspace::{LayerInfo, Workspace};

/// Layers of fewer zones are cut live at every zoom: all of them together are few enough.
pub const OVERVIEW_FROM: u64 = 10_000;
/// A tile of more zones than this, on average, is drawn from the overview: so many are cut in 20 ms.
const MOST_ZONES: f64 = 4_000.0;
/// No overview is finer: its cells would be smaller than what is drawn.
const FINEST: u8 = 14;
/// The equator, metres.
const EQUATOR: f64 = 40_075_016.7;

/// The finest zoom that is drawn from the layer's overview; `None` where the layer needs none. A
/// million parcels over a city of 7 400 km² need one up to zoom 12.
pub fn overview_zoom(layer: &LayerInfo) -> Option<u8> {
    if layer.features < OVERVIEW_FROM {
        return None;
    }
    let [min_x, min_y, max_x, max_y] = layer.extent?;
    let area = layer.planar_m2.min((max_x - min_x) * (max_y - min_y)).max(1.0);
    // good enough to count by
    let latitude = ((min_y + max_y) / 2.0 / 111_000.0).clamp(-80.0, 80.0);
    let zones = |zoom: u8| {
        let side = EQUATOR * latitude.to_radians().cos() / f64::from(1_u32 << zoom);
        layer.features as f64 / area * side * side
    };
    (MIN_ZOOM..=FINEST).rev().find(|z| zones(*z) > MOST_ZONES)
}

/// Builds a layer's overview, as bytes to be kept. `progress` is told how many zones are in, of how
/// many. Zones that cannot be read are left out.
///
/// # Errors
/// `cancelled`, and those of any read.
pub fn build_overview(
    workspace: &Workspace,
    layer: &LayerInfo,
    progress: &mut dyn FnMut(u64, u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<u8>> {
    let projection = Projection::new(workspace.settings().plane);
    let zoom = overview_zoom(layer).unwrap_or(MIN_ZOOM);
    let built = build(workspace, layer, zoom, &projection, &Troubles::default(), progress, cancelled)?;
    Ok(encode(&built, &layer.sha256))
}

/// Builds the overview of a layer as it stands, if it needs one, and keeps it in the workspace, which is
/// open for editing; whether it did.
///
/// # Errors
/// `cancelled`, and those of any read or write. The layer itself stands in any case.
pub fn keep_overview(
    workspace: &mut Workspace,
    layer: &str,
    progress: &mut dyn FnMut(u64, u64),
    cancelled: &dyn Fn() -> bool,
) -> Result<bool> {
    let Some(layer) = workspace.layers()?.into_iter().find(|l| l.name == layer) else { return Ok(false) };
    if overview_zoom(&layer).is_none() {
        return Ok(false);
    }
    let bytes = build_overview(workspace, &layer, progress, cancelled)?;
    workspace.keep_overview(&layer, &bytes)?;
    Ok(true)
}

impl Overview {
    /// The tile, drawn from the cells: one feature a class, with `k` only, for it stands for many
    /// zones.
    pub(crate) fn tile(&self, tile: TileId) -> Vec<u8> {
        let Some(window) = self.window(tile, trace::MARGIN) else { return Vec::new() };
        let mut parts = trace::parts(&window);
        parts.sort_by_key(|part| part.class);
        let cell = EXTENT / grid::SIDE as i32;
        let mut out = Tile::default();
        let mut ring = Vec::new();
        for class in parts.chunk_by(|a, b| a.class == b.class) {
            for part in class {
                for (i, corners) in part.rings.iter().enumerate() {
                    ring.clear();
                    ring.extend(corners.iter().map(|c| c.map(|v| (v - trace::MARGIN as i32) * cell)));
                    out.ring(i == 0, &ring);
                }
            }
            let key = self.keys.get(usize::from(class[0].class) - 1).map(String::as_str);
            out.end(Feature { fid: None, properties: [key, None, None] });
        }
        out.finish()
    }
}
