//! Map sheets: one description and its content become one SVG, its PNG and its PDF.
//!
//! The SVG is in millimetres and true to scale; picture and PDF are drawn from the same parsed tree,
//! so that all three look alike. Nothing here reads a workspace: content comes as [`MapContent`].

mod content;
mod description;
mod edges;
mod error;
mod fonts;
mod hatch;
mod ink;
mod placing;
mod plane;
mod pole;
mod presets;
mod rect;
mod scale;
mod words;

pub use content::{
    ChangeKind, ChangePiece, CrsRecord, District, HeldZone, HeldZones, KeyArea, MapContent, MapLayer, OverlapPiece,
    PlotOutline, ProjectOutline, SheetFrame, ToDegrees, ZoneShape, ZoneStream,
};
pub use description::{FontNames, Margins, Panel, PanelSide, Paper, ScaleChoice, SheetDescription};
pub use error::{Remark, Result, SheetError};
pub use fonts::Fonts;
pub use presets::NAMES as PRESETS;
pub use rect::Rect;
pub use scale::{ROUND_SCALES, round_scale};
