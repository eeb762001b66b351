//! The zones of a layer as one seamless coverage: edits with their reverse, defects, comparison of
//! two states.
//!
//! Neighbours share their boundary vertex by vertex, bit for bit; a boundary is therefore one thing
//! though each zone keeps its own rings, and an edit finds both sides by the coordinates themselves.
//! Every edit is planned first ([`Coverage::plan`]): the plan says which zones change from what to
//! what and which ground goes from whom to whom, or refuses with the place. Nothing here knows files
//! or the workspace.
//!
//! Signs are exact (Shewchuk's adaptive predicates) on the coordinates as they are; only new crossings
//! are rounded, to the workspace's overlay grid.

pub mod compare;
mod coverage;
pub mod defects;
mod division;
mod edit;
mod exact;
mod facts;
mod generalise;
mod ground;
mod groups;
pub mod merge;
mod noding;
mod outline;
mod patch;
mod plan;
mod planar;
mod refusal;
mod reshape;
mod transfer;
mod vertex;

pub use coverage::Coverage;
pub use edit::{Change, Edit, FactsEdit, Ground, Recipient, Transfer};
pub use refusal::Refusal;

/// A place in the workspace's plane, metres: x = east, y = north.
pub type Point = geo_types::Coord<f64>;
