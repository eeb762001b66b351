//! Outside files in and out: readers return plots (or zones) and notes; coordinate reference
//! systems are decided by evidence and transformed through PROJ.

mod archive;
pub mod boundary_txt;
mod crs;
mod encoding;
mod error;
mod evidence;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod note;
mod numbers;
pub mod plots;
pub mod points;
mod project;
pub mod raster;
pub mod raw;
mod read;
mod source;
mod vector;
mod write;
mod zones;

pub use archive::members::sha256 as content_sha256;
pub use archive::{Expanded, Found, Refused, expand};
pub use crs::{Crs, CrsDecision, Datum, GkZone, Transform};
pub use encoding::decode_text;
pub use error::FormatError;
pub use note::{ImportNote, Severity};
pub use numbers::{NumberProblem, coordinate};
pub use project::{Axes, Plot, PlotOrigin, ProjectFile, ReadOptions};
pub use read::{FileRead, PathRead, read_path, read_project};
pub use write::{
    PlotToWrite, ProjectFormat, write_plots, write_zones_geojson, write_zones_geopackage, write_zones_shapefile,
};
pub use zones::{Acceptance, FieldMatch, ZoneFile, ZoneReadOptions, land_use_name, read_zones};
