//! Where ground differs, and which reviews lie away from it.

use crate::review::{PlotReview, Review};
use crate::states::State;
use geo::BoundingRect;
use redline_coverage::compare::Comparison;
use redline_geometry::Shape;
use redline_zoning::ZoneChange;
use rstar::primitives::Rectangle;
use rstar::{AABB, RTree};
use std::collections::BTreeSet;

/// How far around a plot ground counts as near, metres: more than any grid step, less than matters.
const MARGIN_M: f64 = 1.0;

/// The boxes of all ground that differs between two states.
pub(super) struct Near {
    boxes: RTree<Rectangle<[f64; 2]>>,
    /// The two states claim to cover different extents: that can matter anywhere.
    everywhere: bool,
}

impl Near {
    pub fn of(comparison: &Comparison, changes: &[ZoneChange], from: &State, to: &State) -> Near {
        let pieces = comparison.pieces.iter().map(|piece| &piece.shape);
        // rules may also see what a zone is called or counted as
        let renamed: BTreeSet<&str> = comparison.facts.iter().map(|f| f.after.id.as_str()).collect();
        let zones = changes.iter().filter_map(|c| c.after.as_ref()).filter(|z| renamed.contains(z.facts.id.as_str()));
        let shapes = pieces.chain(zones.map(|zone| &zone.shape));
        let boxes = shapes
            .filter_map(|shape| shape.bounding_rect())
            .map(|b| Rectangle::from_corners([b.min().x, b.min().y], [b.max().x, b.max().y]));
        Near { boxes: RTree::bulk_load(boxes.collect()), everywhere: from.layer.coverage() != to.layer.coverage() }
    }

    /// Whether every plot of a review lies away from all of it.
    pub fn all_away(&self, review: &Review) -> bool {
        !self.everywhere && review.projects.iter().flat_map(|p| &p.plots).all(|plot| self.away(plot))
    }

    fn away(&self, plot: &PlotReview) -> bool {
        let corners = plot.geometry.coordinates.iter().flatten().flatten();
        let found = corners.fold(None, |found: Option<[f64; 4]>, &[x, y]| {
            let [x0, y0, x1, y1] = found.unwrap_or([x, y, x, y]);
            Some([x0.min(x), y0.min(y), x1.max(x), y1.max(y)])
        });
        // lines and points have no footprint in the record: where they lie only their file tells
        let Some([x0, y0, x1, y1]) = found else { return false };
        let within = AABB::from_corners([x0 - MARGIN_M, y0 - MARGIN_M], [x1 + MARGIN_M, y1 + MARGIN_M]);
        self.boxes.locate_in_envelope_intersecting(within).next().is_none()
    }
}

/// Whether the boxes of two shapes meet.
pub(super) fn meet(a: &Shape, b: &Shape) -> bool {
    let (Some(a), Some(b)) = (a.bounding_rect(), b.bounding_rect()) else { return false };
    a.min().x <= b.max().x && b.min().x <= a.max().x && a.min().y <= b.max().y && b.min().y <= a.max().y
}
