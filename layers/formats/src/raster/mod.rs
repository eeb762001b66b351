//! Rasters under the map: a file GDAL reads, or the tiles of an address a person typed, cut into
//! 256 px tiles of Web Mercator.
//!
//! A backdrop is for the eye only: nothing is measured on it. CGCS2000 longitudes and latitudes are
//! shown as WGS 84, as everywhere on the map.

mod address;
mod bands;
mod file;
mod picture;
mod place;
mod tile;

#[cfg(test)]
mod tests;

pub use address::open_address;
pub use file::{Assumed, open_file};

use crate::FormatError;
use crate::vector::gdal_messages::listen;
use bands::Bands;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use place::Place;
use redline_wording::Text;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// More than this many open datasets are not kept.
const KEPT: usize = 4;

/// A raster that tiles are cut from. Asked from any number of threads.
pub struct Raster {
    /// Its name for people: the file's, the host's, the layer's.
    pub title: String,
    /// Where it has pixels: west, south, east, north in degrees; `None` for an address that says nothing.
    pub bounds: Option<[f64; 4]>,
    /// What a reader should know: a CRS assumed, brightness stretched, a map shifted by design.
    pub notes: Vec<Text>,
    number: u64,
    door: Door,
    place: Place,
    bands: Bands,
    // GDAL's datasets do not serve two threads at once: they are lent out and come back
    idle: Mutex<Vec<Dataset>>,
}

/// How GDAL is told to open it.
#[derive(Clone, Debug)]
struct Door {
    /// File name, or the description of a service.
    name: String,
    drivers: &'static [&'static str],
    options: &'static [&'static str],
    /// Fetched over the network, tile by tile: never more than asked for.
    remote: bool,
    /// The host, for sentences; addresses may hold a key and are never quoted.
    host: String,
}

impl Door {
    fn open(&self) -> (gdal::errors::Result<Dataset>, Vec<String>) {
        listen(|| {
            Dataset::open_ex(
                &self.name,
                DatasetOptions {
                    open_flags: GdalOpenFlags::GDAL_OF_RASTER
                        | GdalOpenFlags::GDAL_OF_READONLY
                        | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
                    allowed_drivers: Some(self.drivers),
                    open_options: Some(self.options),
                    ..DatasetOptions::default()
                },
            )
        })
    }
}

impl Raster {
    fn new(title: String, door: Door, dataset: Dataset, place: Place, bands: Bands) -> Raster {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Raster {
            title,
            bounds: None,
            notes: Vec::new(),
            number: LAST.fetch_add(1, Ordering::Relaxed),
            door,
            place,
            bands,
            idle: Mutex::new(vec![dataset]),
        }
    }

    /// A tile as PNG, 256 × 256 px, transparent where there is nothing.
    ///
    /// # Errors
    /// `address-unreachable` where a server does not answer, `raster-unreadable` where the file is damaged.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Result<Vec<u8>, FormatError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let dataset = match idle {
            Some(dataset) => dataset,
            None => {
                let (opened, heard) = self.door.open();
                opened.map_err(|_| self.trouble(&heard))?
            }
        };
        let (drawn, heard) = listen(|| tile::draw(self, &dataset, z, x, y));
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(dataset);
        }
        drop(idle);
        drawn.map_err(|_| self.trouble(&heard))
    }

    fn trouble(&self, heard: &[String]) -> FormatError {
        if self.door.remote {
            address::unreachable(&self.door.host, heard)
        } else {
            file::unreadable(&self.title, heard)
        }
    }
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // never the door: an address may hold a person's key
        f.debug_struct("Raster").field("title", &self.title).field("bounds", &self.bounds).finish_non_exhaustive()
    }
}
