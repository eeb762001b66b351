//! A sheet's picture, its ground drawn by the GPU where that is possible.

use crate::{Fallback, Rasteriser};
use redline_sheet::{Result, Sheet};

/// A picture of a sheet, and who drew its ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPicture {
    /// The PNG.
    pub png: Vec<u8>,
    /// The adapter that drew the ground, as its driver calls it; or why the CPU drew it.
    pub ground: std::result::Result<String, Fallback>,
}

/// The sheet as a PNG of `dpi` dots an inch. `rasteriser` draws the ground, or is already known not to.
///
/// # Errors
/// Those of [`Sheet::png`]; a GPU that does not draw is none.
pub fn png(sheet: &Sheet, dpi: f64, rasteriser: std::result::Result<&Rasteriser, Fallback>) -> Result<SheetPicture> {
    let painted = match (rasteriser, sheet.ground(dpi)?) {
        (Err(fallback), _) => Err(fallback),
        (Ok(_), None) => Err(Fallback::NoGround),
        (Ok(rasteriser), Some(ground)) => rasteriser.paint(&ground).map(|painted| (ground, painted)),
    };
    Ok(match painted {
        Ok((ground, painted)) => {
            SheetPicture { png: sheet.png_over(dpi, &ground, painted.rgba)?, ground: Ok(painted.adapter) }
        }
        Err(fallback) => SheetPicture { png: sheet.png(dpi)?, ground: Err(fallback) },
    })
}
