//! Polygons in metres: validity, repair, areas, the overlay kernel and the tiled index.
//!
//! Everything here works in one projected plane, metres, x = east, y = north. Nothing here knows
//! files, coordinate reference systems by code, zones or rules.

mod area;
mod canonical;
mod contours;
pub mod coverage;
mod crossings;
mod defect;
mod ellipsoidal;
mod exact;
pub mod footprint;
mod frame;
mod grid;
mod index;
mod krueger;
pub mod overlay;
pub mod rings;
pub mod rounding;
mod simple;
pub mod units;

pub use area::{Area, planar_m2};
pub use canonical::{OpenRings, shape_of_rings};
pub use defect::{Defect, DefectKind};
pub use frame::{Ellipsoid, GaussKruger};
pub use grid::Grid;
pub use index::{Overlap, TileSize, ZoneIndex, windows};
pub use units::AreaUnit;

/// A footprint, zone or clipped piece: polygons with holes, metres, x = east, y = north.
pub type Shape = geo_types::MultiPolygon<f64>;
