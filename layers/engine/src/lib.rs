//! The commands every front calls: the window and the command line ask here and get the same
//! answers. Knows neither Tauri nor clap, reads no clock.

mod error;
pub mod review;

pub use error::EngineError;
