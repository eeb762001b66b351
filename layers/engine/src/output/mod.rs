//! Renderings of a [`Review`](crate::Review): the record as JSON, the clipped pieces as GeoJSON,
//! the 压占分析表 as a spreadsheet, and the rounded, balanced lines every table is set from.
//!
//! Nothing here computes an area anew. Rounding happens here and only here, so that every front
//! prints the same figures.

pub mod balance;
mod degrees;
mod diff_geojson;
mod geojson;
mod json;
pub mod words;
mod xlsx;

pub use diff_geojson::diff_geojson;
pub use geojson::geojson;
pub use json::json;
pub(crate) use xlsx::{clauses, remarks};
pub use xlsx::{diff_xlsx, xlsx};

#[cfg(test)]
mod tests;
