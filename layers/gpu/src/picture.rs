//! A sheet's picture, its underlay drawn by the GPU where that is possible.

use crate::{Fallback, Rasteriser};
use redline_sheet::{Result, Sheet};

/// A picture of a sheet, and who drew its underlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPicture {
    /// The PNG.
    pub png: Vec<u8>,
    /// The adapter that drew the underlay, as its driver calls it; or why the CPU drew it.
    pub underlay: std::result::Result<String, Fallback>,
}

/// The sheet as a PNG of `dpi` dots an inch. `rasteriser` draws the underlay, or is already known not to.
///
/// # Errors
/// Those of [`Sheet::png`]; a GPU that does not draw is none.
pub fn png(sheet: &Sheet, dpi: f64, rasteriser: std::result::Result<&Rasteriser, Fallback>) -> Result<SheetPicture> {
    let painted = match (rasteriser, sheet.underlay(dpi)?) {
        (Err(fallback), _) => Err(fallback),
        (Ok(_), None) => Err(Fallback::NoLandUse),
        (Ok(rasteriser), Some(underlay)) => rasteriser.paint(&underlay).map(|painted| (underlay, painted)),
    };
    Ok(match painted {
        Ok((underlay, painted)) => {
            SheetPicture { png: sheet.png_over(dpi, &underlay, painted.rgba)?, underlay: Ok(painted.adapter) }
        }
        Err(fallback) => SheetPicture { png: sheet.png(dpi)?, underlay: Err(fallback) },
    })
}
