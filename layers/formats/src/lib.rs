//! Outside files in and out: readers return plots (or zones) and notes; coordinate reference
//! systems are decided by evidence and transformed through PROJ.

pub mod boundary_txt;
mod encoding;
mod evidence;
mod numbers;
pub mod plots;
pub mod points;
mod source;
mod crs;
mod error;
mod note;
mod project;
pub mod raw;

pub use crs::{Crs, CrsDecision, Datum, GkZone, Transform};
pub use error::FormatError;
pub use numbers::{NumberProblem, coordinate};
pub use note::{ImportNote, Severity};
pub use project::{Plot, PlotOrigin, ProjectFile, ReadOptions};
