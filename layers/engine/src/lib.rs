//! The commands every front calls: the window and the command line ask here and get the same
//! answers. Knows neither Tauri nor clap, reads no clock.

pub mod commands;
mod error;
pub mod output;
mod progress;
pub mod review;

pub use commands::areas::{AreaRow, AreasReport, AreasRequest, TargetRow};
pub use commands::check::{CheckRequest, Checked, OpinionFile, Saved};
pub use commands::import::{FieldMapRow, ImportRequest, Imported};
pub use commands::inspect::{InspectRequest, InspectedFile, InspectedPlot, Inspection};
pub use commands::reviews::SavedReview;
pub use commands::sample::{SampleReport, SampleRequest};
pub use error::EngineError;
pub use progress::{Progress, Silent};
pub use redline_wording::{Lang, Text};
pub use redline_zoning::{LayerRole, Outcome, Stage};
pub use review::Review;
