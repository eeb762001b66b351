//! Pixels as PNG, written by GDAL in memory.

use super::tile::SIDE;
use gdal::DriverManager;
use gdal::errors::Result;
use gdal::raster::{Buffer, RasterCreationOptions};
use gdal::vsi;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// A tile without a pixel.
pub(super) fn empty() -> Result<Vec<u8>> {
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(made) = EMPTY.get() {
        return Ok(made.clone());
    }
    let made = encoded(&vec![0; SIDE * SIDE * 4], 4)?;
    Ok(EMPTY.get_or_init(|| made).clone())
}

/// RGBA pixels of a tile as PNG.
pub(super) fn png(rgba: &[u8]) -> Result<Vec<u8>> {
    let mut alphas = rgba.iter().skip(3).step_by(4);
    if rgba.iter().skip(3).step_by(4).all(|a| *a == 0) {
        return empty();
    }
    let bands = if alphas.all(|a| *a == 255) { 3 } else { 4 };
    encoded(rgba, bands)
}

fn encoded(rgba: &[u8], bands: usize) -> Result<Vec<u8>> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let picture = DriverManager::get_driver_by_name("MEM")?.create("", SIDE, SIDE, bands)?;
    for band in 0..bands {
        let levels = rgba.iter().skip(band).step_by(4).copied().collect();
        let mut buffer = Buffer::new((SIDE, SIDE), levels);
        picture.rasterband(band + 1)?.write((0, 0), (SIDE, SIDE), &mut buffer)?;
    }
    let name = format!("/vsimem/redline-tile-{}.png", NUMBER.fetch_add(1, Ordering::Relaxed));
    // fast rather than small: a tile is shown once and thrown away
    let options = RasterCreationOptions::from_iter(["ZLEVEL=2"]);
    let written = picture.create_copy(&DriverManager::get_driver_by_name("PNG")?, &name, &options);
    let closed = written.and_then(gdal::Dataset::close);
    let bytes = vsi::get_vsi_mem_file_bytes_owned(&name);
    closed?;
    bytes
}
