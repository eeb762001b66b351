//! How zones look: one symbol table for every front, and the vector tiles they are drawn from.
//!
//! Tiles (Mapbox Vector Tile 2.1, Web Mercator, XYZ) are cut live from the workspace; layers of very
//! many zones have an [overview](build_overview) for the low zooms. What is simplified here is for
//! the eye only: no verdict and no area comes from this crate.
//!
//! CGCS2000 longitudes and latitudes are shown as WGS 84: the two differ by less than a screen shows.

mod cache;
mod clip;
mod error;
mod held;
mod land_classes;
mod live;
mod mercator;
mod mvt;
mod overview;
mod readers;
mod shelf;
mod simplify;
mod source;
mod symbols;
mod troubles;
mod zone_lines;

pub use error::{CartographyError, Result};
pub use held::HeldZones;
pub use mercator::TileInfo;
pub use mvt::flat_layer;
pub use overview::{OVERVIEW_FROM, build_overview, keep_overview, overview_zoom};
pub use readers::Readers;
pub use source::{MAX_ZOOM, MIN_ZOOM, TileSource};
pub use symbols::{Hatch, Stroke, Symbol, key_name, key_of, key_of_sums, legend_group, outcome_colour, symbol};
