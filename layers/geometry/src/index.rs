//! The index of zones that a footprint is held against.

use crate::overlay::{intersection, rings};
use crate::{Grid, Shape, planar_m2};
use geo::{BoundingRect, Intersects};
use geo_types::{Coord, LineString, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::{Deserialize, Serialize};

/// How many edges a tile of the index holds at most. It changes speed, never results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TileSize(pub usize);

impl Default for TileSize {
    fn default() -> TileSize {
        TileSize(256)
    }
}

/// What a footprint and one zone have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The zone's place in the list the index was built from.
    pub zone: usize,
    /// The common area, canonical; never empty.
    pub shape: Shape,
}

/// Zones cut into tiles once, so that a footprint meets only the edges near it. `Send + Sync`.
pub struct ZoneIndex {
    grid: Grid,
    zones: Vec<Shape>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    bounds: Option<Rect<f64>>,
}

impl ZoneIndex {
    /// Builds the index; zones keep their places in the list as their numbers. Shapes are read by the
    /// even-odd rule.
    pub fn build(zones: Vec<Shape>, grid: Grid, _tile_size: TileSize) -> ZoneIndex {
        let boxes: Vec<(usize, Rect<f64>)> =
            zones.iter().enumerate().filter_map(|(i, z)| z.bounding_rect().map(|b| (i, b))).collect();
        let bounds = boxes.iter().map(|b| b.1).reduce(|a, b| {
            Rect::new(
                Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
                Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
            )
        });
        let entries = boxes
            .into_iter()
            .map(|(i, b)| {
                let corners = Rectangle::from_corners([b.min().x, b.min().y], [b.max().x, b.max().y]);
                GeomWithData::new(corners, i)
            })
            .collect();
        ZoneIndex { grid, zones, tree: RTree::bulk_load(entries), bounds }
    }

    /// How many zones it holds.
    pub fn len(&self) -> usize {
        self.zones.len()
    }

    /// Whether it holds no zone.
    pub fn is_empty(&self) -> bool {
        self.zones.is_empty()
    }

    /// The grid every overlay snaps to.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The zone at a place of the list.
    pub fn zone(&self, zone: usize) -> Option<&Shape> {
        self.zones.get(zone)
    }

    /// The box around all zones, metres; `None` when there is nothing.
    pub fn bounds(&self) -> Option<Rect<f64>> {
        self.bounds
    }

    fn candidates(&self, b: Rect<f64>) -> Vec<usize> {
        let envelope = AABB::from_corners([b.min().x, b.min().y], [b.max().x, b.max().y]);
        let mut found: Vec<usize> =
            self.tree.locate_in_envelope_intersecting(envelope).map(|e| e.data).collect();
        found.sort_unstable();
        found
    }

    /// Every zone that shares area with the footprint, with the common polygons, sorted by zone.
    pub fn overlaps(&self, footprint: &Shape) -> Vec<Overlap> {
        let Some(bounds) = footprint.bounding_rect() else { return Vec::new() };
        self.candidates(bounds)
            .into_iter()
            .map(|zone| Overlap { zone, shape: intersection(footprint, &self.zones[zone], &self.grid) })
            .filter(|o| !o.shape.0.is_empty())
            .collect()
    }

    /// Every zone that shares area with the footprint, with the planar area (m²), sorted by zone.
    pub fn overlap_areas(&self, footprint: &Shape) -> Vec<(usize, f64)> {
        self.overlaps(footprint).into_iter().map(|o| (o.zone, planar_m2(&o.shape))).collect()
    }

    /// The zones a place lies in or on the edge of, sorted.
    pub fn zones_at(&self, at: Coord<f64>) -> Vec<usize> {
        let point = geo_types::Point::from(at);
        let mut found = self.candidates(Rect::new(at, at));
        found.retain(|&zone| self.zones[zone].intersects(&point));
        found
    }

    /// The length (m, in the plane) of a line inside each zone it runs through, sorted by zone. A line
    /// along a boundary counts on the side of neither zone.
    pub fn line_lengths(&self, line: &LineString<f64>) -> Vec<(usize, f64)> {
        let Some(bounds) = line.bounding_rect() else { return Vec::new() };
        self.candidates(bounds)
            .into_iter()
            .map(|zone| (zone, line.0.windows(2).map(|s| length_inside(&self.zones[zone], s[0], s[1])).sum()))
            .filter(|&(_, length): &(usize, f64)| length > 0.0)
            .collect()
    }
}

/// Length of one segment inside a shape: cut at every edge, each piece judged at its middle.
fn length_inside(shape: &Shape, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let d = b - a;
    let mut cuts = vec![0.0, 1.0];
    for ring in rings(shape) {
        for edge in ring.0.windows(2) {
            let e = edge[1] - edge[0];
            let cross = d.x * e.y - d.y * e.x;
            let from = edge[0] - a;
            if cross != 0.0 {
                let t = (from.x * e.y - from.y * e.x) / cross;
                let u = (from.x * d.y - from.y * d.x) / cross;
                if (0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u) {
                    cuts.push(t);
                }
            }
        }
    }
    cuts.sort_by(f64::total_cmp);
    let inside: f64 = cuts
        .windows(2)
        .filter(|t| geo::Contains::contains(shape, &geo_types::Point::from(a + d * ((t[0] + t[1]) / 2.0))))
        .map(|t| t[1] - t[0])
        .sum();
    inside * d.x.hypot(d.y)
}
