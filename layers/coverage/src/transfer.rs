//! Which ground goes from whom to whom.

use crate::Point;
use crate::coverage::Coverage;
use crate::edit::Transfer;
use crate::exact::orient;
use crate::outline::polygon;
use crate::vertex::Passage;
use redline_geometry::{Area, Shape, overlay};
use redline_zoning::ZoneFacts;
use std::collections::BTreeMap;

/// The ground that changes hands when the vertex of a star moves, comes or goes.
///
/// Between the neighbours a and b of a vertex v, the zone is what it would be with the edge a–b, and the
/// triangle a, v, b more (where v is convex) or less. Before and after differ by two triangles.
pub(crate) fn of_star(
    coverage: &Coverage,
    passages: &[Passage],
    from: Option<Point>,
    to: Option<Point>,
) -> Vec<Transfer> {
    let grid = coverage.grid();
    let none = || Shape::new(vec![]);
    let mut lost: BTreeMap<u32, Shape> = BTreeMap::new();
    let mut gained: BTreeMap<u32, Shape> = BTreeMap::new();
    for p in passages {
        let parts = |v: Option<Point>| match v.map(|v| (v, orient(p.before, p.after, v))) {
            // right of the way from a to b is outside: the triangle is added
            Some((v, -1)) => (polygon(vec![p.before, v, p.after]), none()),
            Some((v, 1)) => (none(), polygon(vec![p.before, v, p.after])),
            _ => (none(), none()),
        };
        let ((more, less), (more_after, less_after)) = (parts(from), parts(to));
        let without = |a: &Shape, b: &Shape| if a.0.is_empty() { none() } else { overlay::difference(a, b, &grid) };
        let put = |into: &mut BTreeMap<u32, Shape>, a: Shape, b: Shape| {
            let sum = into.remove(&p.slot).unwrap_or_else(none);
            into.insert(p.slot, overlay::union(&[&sum, &a, &b], &grid));
        };
        put(&mut gained, without(&more_after, &more), without(&less, &less_after));
        put(&mut lost, without(&more, &more_after), without(&less_after, &less));
    }
    // a boundary that passes twice may take with one way what it gives with the other
    for (slot, gain) in &mut gained {
        if let Some(loss) = lost.get_mut(slot)
            && !loss.0.is_empty()
            && !gain.0.is_empty()
        {
            (*gain, *loss) = (overlay::difference(gain, loss, &grid), overlay::difference(loss, gain, &grid));
        }
    }
    paired(coverage, lost, gained)
}

/// The ground that changes hands where zones have other shapes.
pub(crate) fn of_shapes(coverage: &Coverage, shapes: &[(u32, Shape, Shape)]) -> Vec<Transfer> {
    let grid = coverage.grid();
    let part = |a: &Shape, b: &Shape| overlay::difference(a, b, &grid);
    let lost = shapes.iter().map(|(slot, before, after)| (*slot, part(before, after))).collect();
    let gained = shapes.iter().map(|(slot, before, after)| (*slot, part(after, before))).collect();
    paired(coverage, lost, gained)
}

/// What one zone lost and another gained; the rest went to nobody or came from nobody.
fn paired(coverage: &Coverage, lost: BTreeMap<u32, Shape>, gained: BTreeMap<u32, Shape>) -> Vec<Transfer> {
    let grid = coverage.grid();
    let mut pieces = Vec::new();
    let mut rest_gained = gained;
    for (from, mut shape) in lost {
        for (to, gain) in rest_gained.iter_mut().filter(|(_, gain)| !gain.0.is_empty()) {
            let piece = overlay::intersection(&shape, gain, &grid);
            if !piece.0.is_empty() {
                shape = overlay::difference(&shape, &piece, &grid);
                *gain = overlay::difference(gain, &piece, &grid);
                pieces.push((Some(from), Some(*to), piece));
            }
        }
        pieces.push((Some(from), None, shape));
    }
    pieces.extend(rest_gained.into_iter().map(|(to, shape)| (None, Some(to), shape)));
    let facts = |slot: Option<u32>| Some((*coverage.held_at(slot?)?.facts).clone());
    pieces
        .into_iter()
        .filter(|(_, _, shape)| !shape.0.is_empty())
        .map(|(a, b, shape)| transfer(coverage, facts(a), facts(b), shape))
        .collect()
}

pub(crate) fn transfer(coverage: &Coverage, from: Option<ZoneFacts>, to: Option<ZoneFacts>, shape: Shape) -> Transfer {
    let area: Area = coverage.plane().area(&shape);
    Transfer { from, to, still: None, shape, area }
}
