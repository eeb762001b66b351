//! The index of zones that a footprint is held against.
//!
//! Zones are cut into tiles once and the tiles kept in an R-tree, so one footprint against a
//! 100 000-vertex red line does not walk the red line. The tiles hold numbers of original edges, not
//! cut polygons ([`tiles`]): what is reported is made of the zone's own edges, equals the overlay of
//! the whole zone, and carries no vertex on a tile's line, whatever the tile size.
//!
//! # What it costs, and where it ends
//!
//! A footprint pays for its own vertices (some 5 µs for 50), for the tiles its box touches, and for
//! the zone edges in its box. Of these, in a zone of one tile, chunks of eight away from the footprint's
//! boundary count as one, so what is walked edge by edge is the neighbourhood of the crossings: in the
//! batch of `make bench` 70 edges lie in the box of a pair and the pair takes 4 µs, against nearly 50 µs
//! for GEOS. A third of that is finding the edges, a third the walk, a third the footprint's own, and
//! none of the three can be left out; taking several edges at once (SIMD) is untried. Where polygons are
//! asked for, walking and checking them takes as long again, and where boundaries touch, the general
//! overlay does the work, some ten times slower.
//!
//! A vertex takes 32 bytes and 3 to 8 more for tiles: the 100 000-vertex red line 4 MB, a million parcels
//! of 60 vertices 2 GB, which is why land use is not kept in an index but read where a plot lies. Numbers
//! of zones, points and tiles are 32 bits wide, coordinates stay exact to 1.3e8 m from the grid's origin
//! (see [`Grid`]): a city stays some thousand times below either.

mod cells;
mod lines;
mod measure;
mod prepared;
mod tiles;
mod trace;
mod windows;
mod zone;

use crate::canonical::{Originals, shape_of};
use crate::contours::grid_point;
use crate::exact::{Bounds, P};
use crate::overlay::new_overlay;
use crate::{Grid, Shape, planar_m2};
use geo_types::{Coord, LineString};
use i_overlay::core::{fill_rule::FillRule, overlay::ShapeType, overlay_rule::OverlayRule};
use measure::{Common, Work, measure};
use prepared::Prepared;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::{Deserialize, Serialize};
pub use windows::windows;
use zone::{Near, Zone};

/// How many edges a tile of the index holds at most (a zone with no more is walked whole). It changes
/// speed, never results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TileSize(pub usize);

impl Default for TileSize {
    /// 256 edges: near the best between 64 and 1024 on real boundaries.
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

/// Areas under this (m²) are settled by the overlay itself, so that a common boundary is exactly zero
/// and both ways to ask name the same zones.
const SETTLED_BY_OVERLAY_M2: f64 = 1e-3;

/// The place of a whole zone among tile numbers.
const WHOLE: u32 = u32::MAX;

/// A zone's number and a tile's number within it.
type Hit = (u32, u32);

/// Zones cut into tiles once, so that a footprint meets only the edges near it. `Send + Sync`: share
/// it between threads and ask it for one footprint each.
///
/// ```
/// use redline_geometry::{planar_m2, Grid, Shape, TileSize, ZoneIndex};
/// use geo_types::wkt;
/// let zone = Shape::new(vec![wkt!{ POLYGON((0. 0.,100. 0.,100. 100.,0. 100.,0. 0.)) }]);
/// let index = ZoneIndex::build(vec![zone], Grid::around(0.0, 0.0), TileSize::default());
/// let plot = Shape::new(vec![wkt!{ POLYGON((90. 90.,110. 90.,110. 110.,90. 110.,90. 90.)) }]);
/// assert_eq!(index.overlap_areas(&plot), [(0, 100.0)]);
/// assert_eq!(planar_m2(&index.overlaps(&plot)[0].shape), 100.0);
/// ```
pub struct ZoneIndex {
    grid: Grid,
    zones: Vec<Zone>,
    tree: RTree<GeomWithData<Rectangle<P>, Hit>>,
}

impl ZoneIndex {
    /// Builds the index; zones keep their places in the list as their numbers. Shapes are read by the
    /// even-odd rule over all their rings; zones may overlap one another.
    pub fn build(zones: Vec<Shape>, grid: Grid, tile_size: TileSize) -> ZoneIndex {
        let zones: Vec<Zone> = zones.iter().map(|z| Zone::build(z, &grid, tile_size.0)).collect();
        let mut entries = Vec::with_capacity(zones.len());
        let mut entry = |b: &Bounds, hit: Hit| {
            entries.push(GeomWithData::new(Rectangle::from_corners(b.min, b.max), hit));
        };
        for (number, zone) in zones.iter().enumerate() {
            if zone.tiles.is_empty() {
                zone.bounds.iter().for_each(|b| entry(b, (number as u32, WHOLE)));
            }
            for (t, tile) in zone.tiles.iter().enumerate() {
                entry(&tile.bounds, (number as u32, t as u32));
            }
        }
        ZoneIndex { grid, zones, tree: RTree::bulk_load(entries) }
    }

    /// The tiles (and small zones) that touch a box, sorted by zone.
    fn hits(&self, window: &Bounds) -> Vec<Hit> {
        let envelope = AABB::from_corners(window.min, window.max);
        let mut hits: Vec<Hit> = self.tree.locate_in_envelope_intersecting(envelope).map(|e| e.data).collect();
        hits.sort_unstable();
        hits
    }

    /// Calls `with` for every zone near the footprint, in order, with what they have in common, what of
    /// the zone is near (quiet chunks folded) and what measuring found.
    fn each_near(&self, footprint: &Prepared, mut with: impl FnMut(usize, Common, &mut Near, &Work)) {
        let hits = self.hits(&footprint.bounds);
        let (mut near, mut work) = (Near::default(), Work::default());
        let mut tiles: Vec<u32> = Vec::new();
        for group in hits.chunk_by(|a, b| a.0 == b.0) {
            let number = group[0].0 as usize;
            let zone = &self.zones[number];
            tiles.clear();
            tiles.extend(group.iter().map(|h| h.1).filter(|&t| t != WHOLE));
            let inside = footprint.contours.points[0];
            near.collect(zone, &tiles, &footprint.bounds, inside, Some(&footprint.cells));
            let common = measure(footprint, zone, &near, &mut work);
            with(number, common, &mut near, &work);
        }
    }

    /// Every zone that shares area with the footprint, with the common polygons, sorted by zone. The
    /// polygons equal [`crate::overlay::intersection`] with the whole zone.
    pub fn overlaps(&self, footprint: &Shape) -> Vec<Overlap> {
        let Some(footprint) = Prepared::of(footprint, &self.grid) else { return Vec::new() };
        let mut overlaps = Vec::new();
        let mut whole: Option<Shape> = None;
        let step_m2 = self.grid.step() * self.grid.step();
        self.each_near(&footprint, |number, common, near, work| {
            let zone = &self.zones[number];
            let walked = match common {
                Common::Apart => return,
                Common::Footprint => Some(whole.get_or_insert_with(|| self.whole(&footprint)).clone()),
                Common::Area(steps) | Common::Parts(steps) if !work.tied && steps * step_m2 > SETTLED_BY_OVERLAY_M2 => {
                    near.unfold(zone, &footprint.bounds);
                    trace::trace(&footprint, zone, near, work, steps, &self.grid)
                }
                Common::Area(_) | Common::Parts(_) | Common::Doubt => None,
            };
            let shape = walked.unwrap_or_else(|| self.common(&footprint, zone, near));
            if !shape.0.is_empty() {
                overlaps.push(Overlap { zone: number, shape });
            }
        });
        overlaps
    }

    /// Every zone that shares area with the footprint, with the planar area (m²), sorted by zone: the
    /// same zones as [`Self::overlaps`] and the same areas but for the grid's own noise (a step, 6e-8 m,
    /// times the perimeter), many times faster.
    pub fn overlap_areas(&self, footprint: &Shape) -> Vec<(usize, f64)> {
        let Some(footprint) = Prepared::of(footprint, &self.grid) else { return Vec::new() };
        let mut areas = Vec::new();
        let mut whole: Option<f64> = None;
        let step_m2 = self.grid.step() * self.grid.step();
        self.each_near(&footprint, |number, common, near, _| {
            let m2 = match common {
                Common::Apart => return,
                Common::Footprint => *whole.get_or_insert_with(|| footprint.contours.planar_m2()),
                Common::Area(steps) | Common::Parts(steps) if steps * step_m2 > SETTLED_BY_OVERLAY_M2 => {
                    steps * step_m2
                }
                Common::Area(_) | Common::Parts(_) | Common::Doubt => {
                    let shape = self.common(&footprint, &self.zones[number], near);
                    if shape.0.is_empty() {
                        return;
                    }
                    planar_m2(&shape)
                }
            };
            areas.push((number, m2));
        });
        areas
    }

    /// The footprint itself, as an overlay would return it.
    fn whole(&self, footprint: &Prepared) -> Shape {
        let mut overlay = new_overlay(footprint.edges.len());
        footprint.contours.add_to(&mut overlay, ShapeType::Subject);
        let result = overlay.overlay(OverlayRule::Subject, FillRule::EvenOdd);
        let contours = &footprint.contours;
        let vertices = contours.points.iter().zip(&contours.originals).map(|(&p, &c)| (grid_point(p), c));
        shape_of(result, &self.grid, &Originals::collect(vertices, &self.grid))
    }

    /// The common polygons, by one overlay of the footprint with the zone's edges near it.
    fn common(&self, footprint: &Prepared, zone: &Zone, near: &mut Near) -> Shape {
        near.unfold(zone, &footprint.bounds);
        let mut overlay = new_overlay(footprint.edges.len() + near.edges.len() * 2);
        footprint.contours.add_to(&mut overlay, ShapeType::Subject);
        near.add_to(zone, &footprint.bounds, &mut overlay);
        let result = overlay.overlay(OverlayRule::Intersect, FillRule::EvenOdd);
        let own = footprint.contours.points.iter().zip(&footprint.contours.originals);
        // Every edge's first vertex, and the last of each run.
        let others = near.edges.iter().enumerate().flat_map(|(i, &e)| {
            let ends_run = near.edges.get(i + 1) != Some(&(e + 1));
            std::iter::once(e as usize).chain(ends_run.then_some(e as usize + 1))
        });
        let others = others.map(|i| (&zone.contours.points[i], &zone.contours.originals[i]));
        let vertices = own.chain(others).map(|(&p, &c)| (grid_point(p), c));
        shape_of(result, &self.grid, &Originals::collect(vertices, &self.grid))
    }

    /// The zones a place lies in or on the edge of, sorted.
    pub fn zones_at(&self, at: Coord<f64>) -> Vec<usize> {
        let snapped = self.grid.to_grid(at);
        let p = [snapped.x as f64, snapped.y as f64];
        let hits = self.hits(&Bounds { min: p, max: p });
        hits.chunk_by(|a, b| a.0 == b.0)
            .filter(|group| {
                let tiles: Vec<u32> = group.iter().map(|h| h.1).collect();
                self.zones[group[0].0 as usize].holds(&tiles, p)
            })
            .map(|group| group[0].0 as usize)
            .collect()
    }

    /// The length (m, in the plane) of a line inside each zone it runs through, sorted by zone. A line
    /// along a boundary counts for the ground on its east, or on its north where it runs due east or
    /// west: once where zones are neighbours.
    pub fn line_lengths(&self, line: &LineString<f64>) -> Vec<(usize, f64)> {
        lines::lengths(self, line)
    }
}
