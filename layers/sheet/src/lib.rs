//! Map sheets: one description and its content become one SVG, its PNG and its PDF.
//!
//! The SVG is in millimetres and true to scale; picture and PDF are drawn from the same parsed tree,
//! so that all three look alike. Nothing here reads a workspace: content comes as [`MapContent`].

mod content;
mod description;
mod drawing;
mod edges;
mod error;
mod fonts;
mod frame;
mod hatch;
mod ink;
mod legend;
mod lettering;
mod locator;
mod marks;
mod names;
mod output;
mod panel;
mod placing;
mod plane;
mod pole;
mod presets;
mod rect;
mod scale;
mod strata;
mod underlay;
mod words;

pub use content::{
    ChangeKind, ChangePiece, CrsRecord, District, HeldZone, HeldZones, KeyArea, MapContent, MapLayer, OverlapPiece,
    PlotOutline, ProjectOutline, SheetFrame, ToDegrees, ZoneShape, ZoneStream,
};
pub use description::{FontNames, Margins, Panel, PanelSide, Paper, ScaleChoice, SheetDescription};
pub use drawing::draw;
pub use error::{Remark, Result, SheetError};
pub use fonts::Fonts;
pub use output::Sheet;
pub use presets::NAMES as PRESETS;
pub use rect::Rect;
pub use scale::{ROUND_SCALES, round_scale};
pub use underlay::{FlatFill, Underlay};
