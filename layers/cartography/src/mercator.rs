//! From the workspace's plane to Web Mercator and its tiles.
//!
//! World coordinates are the Mercator square in whole 2⁻³² of its side, x from the antimeridian
//! eastwards, y from the north southwards: 9 mm at the equator, a quarter of the finest tile unit.

use geo_types::Coord;
use redline_geometry::GaussKruger;
use redline_workspace::{Bounds, LayerInfo};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::f64::consts::PI;
use std::sync::{Mutex, PoisonError};

/// Units along a tile's side.
pub(crate) const EXTENT: i32 = 4096;
/// Units beyond a tile's side that are still drawn, so that outlines along the cut stay out of sight:
/// 8 px where a tile is 512 px.
pub(crate) const BUFFER: i32 = 64;
const WORLD: f64 = 4_294_967_296.0;
/// Width of a mesh cell, metres.
const CELL: f64 = 4096.0;

/// Where a layer has tiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TileInfo {
    /// West, south, east, north in degrees; `None` where the layer is empty.
    pub bounds: Option<[f64; 4]>,
    /// Coarsest zoom.
    pub min_zoom: u8,
    /// Finest zoom; closer views enlarge it.
    pub max_zoom: u8,
}

/// A tile's place: zoom, column from the west, row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TileId {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

impl TileId {
    /// Whether the zoom has such a tile.
    pub(crate) fn exists(self) -> bool {
        self.z <= 22 && self.x >> self.z == 0 && self.y >> self.z == 0
    }

    /// The tile with its buffer in units of its zoom, counted from the world's corner: min x, min y,
    /// max x, max y.
    pub(crate) fn buffered(self) -> [i32; 4] {
        let (x, y) = (self.x as i32 * EXTENT, self.y as i32 * EXTENT);
        [x - BUFFER, y - BUFFER, x + EXTENT + BUFFER, y + EXTENT + BUFFER]
    }

    /// West, south, east, north of the tile with its buffer, degrees.
    fn lon_lat(self) -> [f64; 4] {
        let side = f64::from(EXTENT) * f64::from(1_u32 << self.z);
        let [x0, y0, x1, y1] = self.buffered().map(|v| f64::from(v) / side);
        [longitude(x0), latitude(y1), longitude(x1), latitude(y0)]
    }

    /// Bounds in the plane that hold the part of the tile where a layer within `layer` (west, south,
    /// east, north) lies; `None` where it has no such part.
    pub(crate) fn plane_bounds(self, layer: [f64; 4], plane: &GaussKruger) -> Option<Bounds> {
        let tile = self.lon_lat();
        let both = [tile[0].max(layer[0]), tile[1].max(layer[1]), tile[2].min(layer[2]), tile[3].min(layer[3])];
        if both[0] > both[2] || both[1] > both[3] {
            return None;
        }
        let bounds = around(samples(both).map(|(lon, lat)| plane.forward(lon, lat)))?;
        // meridians and parallels bend between the samples
        let slack = 10.0 + (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]) / 50.0;
        Some([bounds[0] - slack, bounds[1] - slack, bounds[2] + slack, bounds[3] + slack])
    }
}

/// West, south, east, north of a layer's zones, degrees.
pub(crate) fn layer_bounds(layer: &LayerInfo, plane: &GaussKruger) -> Option<[f64; 4]> {
    let places = samples(layer.extent?).map(|(x, y)| {
        let (x, y) = plane.inverse(Coord { x, y });
        Coord { x, y }
    });
    around(places)
}

/// The same with room for bent edges, and for zones that another program may have added.
pub(crate) fn with_room([west, south, east, north]: [f64; 4], edited_outside: bool) -> [f64; 4] {
    let room = if edited_outside { 1.0 } else { (east - west).max(north - south) / 50.0 + 1e-4 };
    [west - room, (south - room).max(-85.0), east + room, (north + room).min(85.0)]
}

/// 5 × 5 places over a box.
fn samples(b: [f64; 4]) -> impl Iterator<Item = (f64, f64)> {
    let at = |from: f64, to: f64, i: u32| from + (to - from) * f64::from(i) / 4.0;
    (0..25).map(move |i| (at(b[0], b[2], i % 5), at(b[1], b[3], i / 5)))
}

fn around(places: impl Iterator<Item = Coord<f64>>) -> Option<[f64; 4]> {
    places
        .filter(|c| c.x.is_finite() && c.y.is_finite())
        .map(|c| [c.x, c.y, c.x, c.y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// Longitude of a place 0…1 from the west, degrees.
fn longitude(x: f64) -> f64 {
    x * 360.0 - 180.0
}

/// Latitude of a place 0…1 from the north, degrees.
fn latitude(y: f64) -> f64 {
    (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()
}

/// World coordinates of a longitude and latitude, degrees.
fn world(lon: f64, lat: f64) -> [f64; 2] {
    let y = 0.5 - lat.to_radians().tan().asinh() / (2.0 * PI);
    [(lon / 360.0 + 0.5) * WORLD, y * WORLD]
}

/// A plane seen in world coordinates: the exact series at the corners and middles of a mesh, a
/// quadratic surface between, which errs by less than 0.1 mm on 4 km. Several threads share one.
#[derive(Debug)]
pub(crate) struct Projection {
    plane: GaussKruger,
    mesh: Mutex<HashMap<(i64, i64), Surface>>,
}

impl Projection {
    pub(crate) fn new(plane: GaussKruger) -> Projection {
        Projection { plane, mesh: Mutex::new(HashMap::new()) }
    }

    /// The plane.
    pub(crate) fn plane(&self) -> &GaussKruger {
        &self.plane
    }

    /// Projects one point after the other.
    pub(crate) fn along(&self) -> Along<'_> {
        Along { projection: self, cell: (i64::MIN, i64::MIN), surface: Surface::default() }
    }

    fn surface(&self, cell: (i64, i64)) -> Surface {
        let mut mesh = self.mesh.lock().unwrap_or_else(PoisonError::into_inner);
        // a city has some hundreds; zones far from everything must not fill the memory
        if mesh.len() > 65_536 {
            mesh.clear();
        }
        *mesh.entry(cell).or_insert_with(|| Surface::of(&self.plane, cell))
    }
}

/// See [`Projection::along`].
pub(crate) struct Along<'a> {
    projection: &'a Projection,
    cell: (i64, i64),
    surface: Surface,
}

impl Along<'_> {
    /// World coordinates of a place in the plane; `None` where Mercator has none.
    pub(crate) fn world(&mut self, at: Coord<f64>) -> Option<[u32; 2]> {
        let (s, t) = (at.x / CELL, at.y / CELL);
        // a cast saturates: so far out no surface is finite
        let cell = (floor(s), floor(t));
        if cell != self.cell {
            self.surface = self.projection.surface(cell);
            self.cell = cell;
        }
        let [x, y] = self.surface.at(s - cell.0 as f64, t - cell.1 as f64);
        // NaN fails too
        let inside = |v: f64| (0.0..WORLD - 1.0).contains(&v);
        (inside(x) && inside(y)).then_some([(x + 0.5) as u32, (y + 0.5) as u32])
    }
}

/// The whole number below, by a cast: the processors this is built for have no instruction for it, and a
/// call a coordinate is felt.
#[inline]
fn floor(v: f64) -> i64 {
    let whole = v as i64;
    if whole as f64 > v { whole.saturating_sub(1) } else { whole }
}

/// A quadratic surface over a cell: coefficients of sⁱtʲ, for x and y.
#[derive(Clone, Copy, Debug, Default)]
struct Surface([[f64; 9]; 2]);

impl Surface {
    fn of(plane: &GaussKruger, (column, row): (i64, i64)) -> Surface {
        let node = |i: usize, j: usize| {
            let x = (column as f64 + i as f64 / 2.0) * CELL;
            let y = (row as f64 + j as f64 / 2.0) * CELL;
            let (lon, lat) = plane.inverse(Coord { x, y });
            if lat.abs() < 85.06 { world(lon, lat) } else { [f64::NAN; 2] }
        };
        let mut nodes = [[0.0; 9]; 2];
        for (k, n) in (0..9).map(|k| (k, node(k % 3, k / 3))) {
            (nodes[0][k], nodes[1][k]) = (n[0], n[1]);
        }
        // Lagrange at 0, ½, 1: value, slope and curve
        let curve = |v: [f64; 3]| [v[0], -3.0 * v[0] + 4.0 * v[1] - v[2], 2.0 * v[0] - 4.0 * v[1] + 2.0 * v[2]];
        Surface(nodes.map(|n| {
            let rows = [0, 3, 6].map(|r| curve([n[r], n[r + 1], n[r + 2]]));
            let columns = [0, 1, 2].map(|c| curve([rows[0][c], rows[1][c], rows[2][c]]));
            let [a, b, c] = columns;
            [a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]]
        }))
    }

    fn at(&self, s: f64, t: f64) -> [f64; 2] {
        self.0.map(|c| {
            let row = |k: usize| c[k] + s * (c[k + 1] + s * c[k + 2]);
            row(0) + t * (row(3) + t * row(6))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;
    use redline_geometry::Ellipsoid;

    const ZONE_38: GaussKruger = GaussKruger::new(Ellipsoid::CGCS2000, 114.0, 38_500_000.0);

    proptest! {
        #[test]
        fn the_mesh_is_the_series_to_a_centimetre(lon in 112.0..116.0f64, lat in 4.0..53.0f64) {
            let at = ZONE_38.forward(lon, lat);
            let found = Projection::new(ZONE_38).along().world(at).unwrap();
            let exact = world(lon, lat);
            for k in 0..2 {
                prop_assert!((f64::from(found[k]) - exact[k]).abs() <= 0.51, "{found:?} {exact:?}");
            }
        }

        #[test]
        fn nonsense_has_no_place_and_does_not_panic(x in any::<f64>(), y in any::<f64>()) {
            let projection = Projection::new(ZONE_38);
            let mut along = projection.along();
            let _ = along.world(Coord { x, y });
        }
    }

    #[test]
    fn a_tile_asks_the_plane_for_all_that_it_shows() {
        let tile = TileId { z: 13, x: 6676, y: 3554 };
        let [west, south, east, north] = tile.lon_lat();
        let bounds = tile.plane_bounds([110.0, 20.0, 117.0, 26.0], &ZONE_38).unwrap();
        for i in 0..=10 {
            let t = f64::from(i) / 10.0;
            for (lon, lat) in [(west, south + t * (north - south)), (west + t * (east - west), north)] {
                let at = ZONE_38.forward(lon, lat);
                assert!(bounds[0] < at.x && at.x < bounds[2] && bounds[1] < at.y && at.y < bounds[3]);
            }
        }
        assert_eq!(tile.plane_bounds([100.0, 20.0, 101.0, 26.0], &ZONE_38), None);
    }
}
