//! In (调入), out (调出) and net (净) of the pieces.

use super::Piece;
use redline_geometry::Area;
use redline_zoning::ZoneFacts;
use std::collections::BTreeMap;

/// What came and what went, m².
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exchange {
    /// 调入.
    pub gained: Area,
    /// 调出.
    pub lost: Area,
}

impl Exchange {
    /// 净: what came less what went.
    pub fn net(&self) -> Area {
        Area {
            ellipsoidal_m2: self.gained.ellipsoidal_m2 - self.lost.ellipsoidal_m2,
            planar_m2: self.gained.planar_m2 - self.lost.planar_m2,
        }
    }
}

/// The sums of a comparison. A piece counts where its two sides differ in what is summed by: ground
/// that only changes its tier is in no zone's sum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// The whole layer: what came from nobody, what went to nobody.
    pub layer: Exchange,
    /// By zone id.
    pub zones: BTreeMap<String, Exchange>,
    /// By class; `None` where a zone has none.
    pub classes: BTreeMap<Option<String>, Exchange>,
    /// By tier; `None` where a zone has none.
    pub tiers: BTreeMap<Option<String>, Exchange>,
}

impl Sums {
    pub(super) fn of(pieces: &[Piece]) -> Sums {
        let mut layer = Exchange::default();
        for piece in pieces {
            match (&piece.from, &piece.to) {
                (None, Some(_)) => layer.gained += piece.area,
                (Some(_), None) => layer.lost += piece.area,
                _ => {}
            }
        }
        Sums {
            layer,
            zones: by(pieces, |f| f.id.clone()),
            classes: by(pieces, |f| f.class.clone()),
            tiers: by(pieces, |f| f.tier.clone()),
        }
    }
}

fn by<K: Ord>(pieces: &[Piece], key: impl Fn(&ZoneFacts) -> K) -> BTreeMap<K, Exchange> {
    let mut sums: BTreeMap<K, Exchange> = BTreeMap::new();
    for piece in pieces {
        let (from, to) = (piece.from.as_ref().map(&key), piece.to.as_ref().map(&key));
        if from == to {
            continue;
        }
        if let Some(from) = from {
            sums.entry(from).or_default().lost += piece.area;
        }
        if let Some(to) = to {
            sums.entry(to).or_default().gained += piece.area;
        }
    }
    sums
}
