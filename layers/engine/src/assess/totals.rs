//! A project's totals, over the union of its plots: ground that two plots share counts once.

use super::{Assessed, Piece};
use crate::review::{LayerTotal, OutcomeTotal, TierTotal, Totals};
use redline_geometry::{Area, GaussKruger, Grid, Shape, overlay};
use redline_zoning::Outcome;
use std::collections::BTreeMap;

/// Layer, class and tier.
type TierKey<'a> = (&'a str, &'a Option<String>, &'a Option<String>);

/// Totals of one project.
pub(crate) fn totals(plots: &[Assessed], plane: &GaussKruger, grid: &Grid) -> Totals {
    let pieces: Vec<&Piece> = plots.iter().flat_map(|p| &p.pieces).collect();
    let unite = |shapes: &[&Shape]| match shapes {
        [] => Shape::new(Vec::new()),
        many => overlay::union(many, grid),
    };
    let mut layers: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    let mut tiers: BTreeMap<TierKey<'_>, Vec<&Shape>> = BTreeMap::new();
    for piece in &pieces {
        if let Some((class, tier)) = &piece.zone {
            layers.entry(&piece.layer).or_default().push(&piece.shape);
            tiers.entry((&piece.layer, class, tier)).or_default().push(&piece.shape);
        }
    }
    let all = unite(&plots.iter().map(|p| &p.shape).collect::<Vec<_>>());
    Totals {
        by_layer: layers
            .into_iter()
            .map(|(layer, shapes)| LayerTotal { layer: layer.to_string(), area: plane.area(&unite(&shapes)) })
            .collect(),
        by_tier: tiers
            .into_iter()
            .map(|((layer, class, tier), shapes)| TierTotal {
                layer: layer.to_string(),
                class: class.clone(),
                tier: tier.clone(),
                area: plane.area(&unite(&shapes)),
            })
            .collect(),
        by_outcome: by_outcome(&pieces, &all, plane, grid),
        union_of_plots: plane.area(&all),
    }
}

/// Divides `all` by strictest outcome: each square metre counts for one outcome only, so the rows
/// sum to the whole.
fn by_outcome(pieces: &[&Piece], all: &Shape, plane: &GaussKruger, grid: &Grid) -> Vec<OutcomeTotal> {
    let mut left = all.clone();
    let mut rows = Vec::new();
    for outcome in [Outcome::Prohibited, Outcome::Manual, Outcome::Conditional, Outcome::Permitted] {
        let shapes: Vec<&Shape> = pieces.iter().filter(|p| p.outcome == outcome).map(|p| &p.shape).collect();
        if shapes.is_empty() {
            continue;
        }
        let ground = overlay::intersection(&overlay::union(&shapes, grid), &left, grid);
        left = overlay::difference(&left, &ground, grid);
        push(&mut rows, outcome, plane.area(&ground));
    }
    push(&mut rows, Outcome::Clear, plane.area(&left));
    rows
}

fn push(rows: &mut Vec<OutcomeTotal>, outcome: Outcome, area: Area) {
    if area.planar_m2 > 0.0 {
        rows.push(OutcomeTotal { outcome, area });
    }
}
