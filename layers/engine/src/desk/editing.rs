//! One change of a footprint, in the plane. Vertices that are not touched keep their coordinates bit
//! for bit.

use super::opening::City;
use super::places::{place, ring};
use super::wire::{Edit, LonLat, VertexAt};
use crate::EngineError;
use geo_types::{Coord, LineString, Polygon};
use redline_geometry::{Grid, Shape, overlay, planar_m2};
use redline_wording::text;

/// `shape` after `edit`; `original` is what a reset returns to.
pub(super) fn edited(city: &City, shape: &Shape, original: &Shape, edit: &Edit) -> Result<Shape, EngineError> {
    let at = |at: &LonLat| place(city, *at).map(|p| Coord { x: p.east, y: p.north });
    Ok(match edit {
        Edit::Move { from, to } => {
            let (from, to) = (at(from)?, at(to)?);
            moved(shape, Coord { x: to.x - from.x, y: to.y - from.y })
        }
        Edit::MoveVertex { vertex, to } => {
            let to = at(to)?;
            with_ring(shape, vertex, |points, n| {
                points[n] = to;
                true
            })?
        }
        Edit::InsertVertex { vertex, to } => {
            let to = at(to)?;
            with_ring(shape, vertex, |points, n| {
                points.insert(n + 1, to);
                true
            })?
        }
        Edit::DeleteVertex { vertex } => with_ring(shape, vertex, |points, n| {
            if points.len() <= 3 {
                return false;
            }
            points.remove(n);
            true
        })?,
        Edit::Draw { points } => {
            let places = points.iter().map(|&p| place(city, p)).collect::<Result<Vec<_>, _>>()?;
            if places.len() < 3 {
                return Err(EngineError::new(
                    "too-few-points",
                    text!("至少要三个点才能围成地块。" | "A footprint needs three points at least."),
                ));
            }
            ring(&places)
        }
        Edit::Reset => original.clone(),
        Edit::Look => shape.clone(),
    })
}

/// The shape moved by (east, north).
pub(super) fn moved(shape: &Shape, by: Coord<f64>) -> Shape {
    let mut shape = shape.clone();
    for polygon in &mut shape.0 {
        let shift = |line: &mut LineString<f64>| {
            for c in &mut line.0 {
                *c = Coord { x: c.x + by.x, y: c.y + by.y };
            }
        };
        polygon.exterior_mut(shift);
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(shift));
    }
    shape
}

/// Changes the open points of one ring; `change` says whether it could.
fn with_ring(
    shape: &Shape,
    at: &VertexAt,
    change: impl FnOnce(&mut Vec<Coord<f64>>, usize) -> bool,
) -> Result<Shape, EngineError> {
    let gone = || {
        EngineError::new(
            "vertex-unknown",
            text!("没有这个顶点；请重新选择。" | "There is no such vertex; choose again."),
        )
    };
    let mut shape = shape.clone();
    let polygon = shape.0.get_mut(at.polygon as usize).ok_or_else(gone)?;
    let mut rings: Vec<LineString<f64>> =
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).cloned().collect();
    let ring = rings.get_mut(at.ring as usize).ok_or_else(gone)?;
    let mut points = ring.0.clone();
    if points.first() == points.last() {
        points.pop();
    }
    // the closing point is the first one again
    let n = if at.point as usize == points.len() { 0 } else { at.point as usize };
    if n >= points.len() {
        return Err(gone());
    }
    if !change(&mut points, n) {
        return Err(EngineError::new(
            "too-few-points",
            text!(
                "删去这个顶点后围不成地块；请改为移动它。"
                    | "Without this vertex there is no footprint; move it instead."
            ),
        ));
    }
    points.extend(points.first().copied());
    ring.0 = points;
    let mut rings = rings.into_iter();
    // there was a shell, so there is one
    let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    *polygon = Polygon::new(shell, rings.collect());
    Ok(shape)
}

/// The shape as overlays read it, or `None` where its rings cross one another or themselves.
pub(super) fn resolved(shape: &Shape, grid: &Grid) -> Option<Shape> {
    let rings = |s: &Shape| s.0.iter().map(|p| 1 + p.interiors().len()).sum::<usize>();
    let resolved = overlay::union(&[shape], grid);
    let (drawn, kept) = (planar_m2(shape), planar_m2(&resolved));
    let same = resolved.0.len() == shape.0.len() && rings(&resolved) == rings(shape);
    // crossing rings enclose less than their areas say; the grid moves a boundary by far less
    (same && kept > 0.0 && (drawn - kept).abs() <= 1e-3 + 1e-9 * kept).then_some(resolved)
}

/// How far `shape` lies from `original` where it was only moved.
pub(super) fn displacement(original: &Shape, shape: &Shape) -> Option<[f64; 2]> {
    let points = |s: &Shape| -> Vec<Coord<f64>> {
        s.0.iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
            .flat_map(|r| r.0.iter().copied())
            .collect()
    };
    let (a, b) = (points(original), points(shape));
    let (first, last) = (a.first()?, b.first()?);
    let by = [last.x - first.x, last.y - first.y];
    let along =
        |(p, q): (&Coord<f64>, &Coord<f64>)| (q.x - p.x - by[0]).abs() < 1e-6 && (q.y - p.y - by[1]).abs() < 1e-6;
    (a.len() == b.len() && a.iter().zip(&b).all(along)).then_some(by)
}
