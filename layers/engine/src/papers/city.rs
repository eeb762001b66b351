//! The city's own map: its layers as they stand, with what they cover; no review.

use super::ground::SheetGround;
use super::map::DrawnSheet;
use crate::EngineError;
use crate::progress::Progress;
use redline_sheet::{Fonts, SheetDescription};
use redline_wording::text;
use std::path::Path;

/// Draws the layers of a workspace as they stand. What a layer covers stands in the legend. The same
/// workspace, description and fonts give the same bytes.
///
/// # Errors
/// `cancelled`; those of any read of a workspace; those of the sheet: a font or a glyph that is missing,
/// nothing to show, no room.
pub fn city_sheet(
    workspace: &Path,
    description: &SheetDescription,
    progress: &dyn Progress,
) -> Result<DrawnSheet, EngineError> {
    let ground = SheetGround::now(workspace)?;
    let areas = ground.whole_areas()?;
    let sheet = ground.draw(
        description,
        &Fonts::installed(),
        progress,
        &|layer| areas.get(&layer.name).cloned().unwrap_or_default(),
        |content| content.areas_of = Some(text!("全市" | "city")),
    )?;
    Ok(DrawnSheet::of(sheet, &ground.remarks))
}
