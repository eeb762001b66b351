//! A raster under the map: a GeoTIFF, or an address the person typed. None is there, and nothing is
//! contacted, until somebody asks for it.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;
use redline_formats::raster::{Assumed, Raster, open_address, open_file};
use redline_wording::text;
use std::sync::{Arc, PoisonError};

/// The head of a backdrop's tile paths.
pub(super) const PATH: &str = "backdrop/";

/// The backdrop that is set. Each has a number of its own, so that nothing old is shown from a cache.
#[derive(Default)]
pub(super) struct Current {
    number: u64,
    raster: Option<Arc<Raster>>,
}

/// Opens a raster and puts it under the map.
pub(super) fn set(desk: &Desk, asked: Backdrop, _: &dyn Progress) -> Result<BackdropView, EngineError> {
    let city = desk.city()?;
    let raster = match asked {
        Backdrop::File { path } => {
            let extent = city.layers().iter().filter_map(|l| l.extent).reduce(crate::ground::join);
            let assumed: Vec<Assumed> = extent.map(|within| Assumed { crs: city.crs(), within }).into_iter().collect();
            open_file(&path, &assumed)?
        }
        Backdrop::Address { url } => open_address(&url)?,
    };
    let mut current = desk.backdrop.lock().unwrap_or_else(PoisonError::into_inner);
    current.number += 1;
    let view = BackdropView {
        title: raster.title.clone(),
        tiles: format!("{PATH}{}", current.number),
        bounds: raster.bounds,
        notes: raster.notes.clone(),
    };
    current.raster = Some(Arc::new(raster));
    Ok(view)
}

/// Takes it away.
pub(super) fn clear(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Nothing, EngineError> {
    desk.backdrop.lock().unwrap_or_else(PoisonError::into_inner).raster = None;
    Ok(Nothing {})
}

/// A tile of the backdrop set last.
pub(super) fn tile(desk: &Desk, number: &str, (z, x, y): (u8, u32, u32)) -> Result<Vec<u8>, EngineError> {
    // the lock is not held while pixels are read or fetched
    let raster = {
        let current = desk.backdrop.lock().unwrap_or_else(PoisonError::into_inner);
        current.raster.clone().filter(|_| current.number.to_string() == number)
    };
    let raster = raster.ok_or_else(|| {
        EngineError::new("tile-unknown", text!("底图已经换掉或移除。" | "The backdrop was changed or taken away."))
    })?;
    Ok(raster.tile(z, x, y)?)
}
