//! Polygons in metres: validity, repair, areas, the overlay kernel and the tiled index.
//!
//! Everything here works in one projected plane, metres, x = east, y = north. Nothing here knows
//! files, coordinate reference systems by code, zones or rules.

mod area;
mod defect;
mod frame;
mod grid;

pub use area::Area;
pub use defect::{Defect, DefectKind};
pub use frame::{Ellipsoid, GaussKruger};
pub use grid::Grid;

/// A footprint, zone or clipped piece: polygons with holes, metres, x = east, y = north.
pub type Shape = geo_types::MultiPolygon<f64>;
