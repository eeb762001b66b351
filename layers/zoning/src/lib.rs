//! Zones, tiers, activities and rule books: from an overlap to findings and an outcome.

mod keys;
mod outcome;
mod zone;

pub use keys::{OpinionFact, ProjectKeys, Stage};
pub use outcome::{Finding, Outcome};
pub use zone::{LayerRole, Zone, ZoneFacts};
