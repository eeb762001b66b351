//! Renderings of a [`Review`](crate::Review): the record as JSON, the clipped pieces as GeoJSON,
//! the 压占分析表 as a spreadsheet, and the rounded, balanced lines every table is set from.
//!
//! Nothing here computes an area anew. Rounding happens here and only here, so that every front
//! prints the same figures.

pub mod balance;
mod geojson;
mod json;
pub mod words;
mod xlsx;

pub use geojson::geojson;
pub use json::json;
pub use xlsx::xlsx;
pub(crate) use xlsx::{clauses, remarks};

#[cfg(test)]
mod tests;
