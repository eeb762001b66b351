//! The reviews a desk holds.

/// Held reviews by number.
#[derive(Default)]
pub(super) struct Reviews {}
