//! A synthetic city at the founding plan's figures: districts, land use, red line, control line,
//! growth boundary and farmland, with project files of which the outcome is known.
//!
//! The city is laid out on a honeycomb of cells whose boundaries are then bent by midpoint
//! displacement, each edge by a hash of its own identity: neighbours and layers that share an edge
//! share its vertices to the last bit.

mod border;
mod by_hand;
mod city;
mod error;
mod facts;
mod figures;
mod ground;
mod land;
mod lattice;
mod marks;
mod noise;
mod parcels;
mod plan;
mod projects;
mod relax;
mod select;
mod trace;
mod write;

pub use city::{City, CityLayer, CityOptions, Progress, city};
pub use error::SampleError;
pub use figures::{
    CITY_KM2, CONTROL_LINE_KM2, LAND_USE, LandUseClass, RED_LINE_KINDS, RED_LINE_KM2, RedLineKind, TIER_1_PERCENT,
};
pub use write::{Written, write_city};
