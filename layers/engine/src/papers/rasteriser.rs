//! A sheet's picture with its land use drawn by the GPU, and the sentence that says who drew it.

use crate::EngineError;
use redline_gpu::Rasteriser;
use redline_sheet::Sheet;
use redline_wording::{Text, text};

/// A sheet as a picture of so many dots an inch, its land use drawn by the GPU; and what drew it, or why
/// the CPU did.
///
/// # Errors
/// Those of [`super::sheet_png`]; a GPU that does not draw is none.
pub fn sheet_png_by_gpu(sheet: &Sheet, dpi: f64) -> Result<(Vec<u8>, Text), EngineError> {
    let rasteriser = Rasteriser::beside();
    let drawn = redline_gpu::png(sheet, dpi, rasteriser.as_ref().map_err(Clone::clone))?;
    let said = match drawn.underlay {
        Ok(adapter) => text!("地类图斑由 GPU 绘制：{adapter}" | "Land use drawn by the GPU: {adapter}"),
        Err(fallback) => fallback.text(),
    };
    Ok((drawn.png, said))
}
