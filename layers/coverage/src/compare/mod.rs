//! Two states of a layer: which ground went from whom to whom, and what that sums to.
//!
//! Ground is told apart by zone, class and tier: where all three stay, nothing moved, whatever else of
//! the zone changed. What a zone lost and what a zone gained are paired piece by piece, each bit of
//! ground once, so that the pieces are a partition of both and the sums add up even where an imported
//! layer overlaps itself.

mod ledger;
mod pieces;
mod rest;
mod sums;

pub use ledger::{Areas, GoalState, Ledger, ledger};
pub use pieces::Piece;
pub use sums::{Exchange, Sums};

use redline_geometry::{Area, GaussKruger, Grid};
use redline_zoning::{ZoneChange, ZoneFacts};

/// What a zone is called and counted as, where that changed and the zone stayed.
#[derive(Clone, Debug, PartialEq)]
pub struct FactsChange {
    /// As it was.
    pub before: ZoneFacts,
    /// As it is.
    pub after: ZoneFacts,
}

/// Two states of a layer held against each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The ground that changed hands, in the order of the changes: what was somebody's, then what came
    /// from nobody.
    pub pieces: Vec<Piece>,
    /// In, out and net of the whole layer and by zone, class and tier.
    pub sums: Sums,
    /// Zones that stayed and whose name, class, tier, kind or code changed, in the order of the changes.
    pub facts: Vec<FactsChange>,
    /// Area of the changed zones as they were.
    pub before: Area,
    /// Area of the changed zones as they are.
    pub after: Area,
}

/// Holds two states of a layer against each other, given the zones in which they differ. Overlays run
/// on `grid`, areas are of `plane`. Nothing is left out for being small.
pub fn compare(changes: &[ZoneChange], grid: &Grid, plane: &GaussKruger) -> Comparison {
    // only a comparison that is told to stop comes to nothing
    compare_while(changes, grid, plane, &|| true).unwrap_or_default()
}

/// [`compare`] as long as `go_on` says so; `None` where it stopped. It is asked about three times a
/// change, once for each share of the work that is done, from several threads.
pub fn compare_while(
    changes: &[ZoneChange],
    grid: &Grid,
    plane: &GaussKruger,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Comparison> {
    let pieces = pieces::pieces(changes, grid, plane, go_on)?;
    let whole = |side: fn(&ZoneChange) -> Option<&redline_zoning::Zone>| {
        changes.iter().filter_map(side).map(|zone| plane.area(&zone.shape)).sum()
    };
    Some(Comparison {
        sums: Sums::of(&pieces),
        facts: changes.iter().filter_map(facts_change).collect(),
        before: whole(|c| c.before.as_ref()),
        after: whole(|c| c.after.as_ref()),
        pieces,
    })
}

fn facts_change(change: &ZoneChange) -> Option<FactsChange> {
    let (before, after) = (&change.before.as_ref()?.facts, &change.after.as_ref()?.facts);
    let seen = |f: &ZoneFacts| (f.name.clone(), f.class.clone(), f.tier.clone(), f.kind.clone(), f.code.clone());
    (before.id == after.id && seen(before) != seen(after))
        .then(|| FactsChange { before: before.clone(), after: after.clone() })
}
