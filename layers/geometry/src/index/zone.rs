//! One zone of the index, and the part of it near a footprint.

use super::cells::Cells;
use super::tiles::{Tile, cut};
use crate::contours::{Contours, grid_point};
use crate::exact::{Bounds, P, cross, crosses_ray_east, on_segment, parity_differs};
use crate::{Grid, Shape};
use i_overlay::core::overlay::{Overlay, ShapeType};

/// A zone on the grid; large ones are cut into tiles.
pub(crate) struct Zone {
    pub(crate) contours: Contours,
    pub(crate) bounds: Option<Bounds>,
    /// Empty for a zone small enough to be walked whole.
    pub(crate) tiles: Vec<Tile>,
    /// Of a zone without tiles: the box around every [`CHUNK`] points and the one after.
    chunks: Box<[Chunk]>,
}

/// Consecutive edges that are skipped together.
const CHUNK: usize = 8;

/// A box rounded outwards: small, so that a zone is passed over without reading its points.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    min: [f32; 2],
    max: [f32; 2],
    /// Twice the area between the edges and the line from their first end to their last, square steps;
    /// NaN where the chunk is not one run of edges.
    bulge: f64,
}

/// An entry of [`Near::edges`] with this bit is no edge but the number of a chunk, quiet: all its edges
/// are well away from the footprint's boundary. No zone small enough to have chunks has so many edges.
const QUIET: u32 = 1 << 31;

/// The number of the quiet chunk that an entry of [`Near::edges`] stands for.
#[inline]
pub(crate) fn quiet_chunk(entry: u32) -> Option<u32> {
    (entry & QUIET != 0).then_some(entry & !QUIET)
}

impl Chunk {
    fn around(b: &Bounds) -> Chunk {
        let (min, max) = (b.min.map(|v| (v as f32).next_down()), b.max.map(|v| (v as f32).next_up()));
        Chunk { min, max, bulge: f64::NAN }
    }

    /// Of the edges between consecutive points, the number of the first of which is `first`.
    fn of(points: &[P], first: usize, starts: &[usize]) -> Option<Chunk> {
        let mut chunk = Chunk::around(&Bounds::of(points.iter().copied())?);
        // A ring that ends in between leaves a gap.
        let next = starts.partition_point(|&start| start <= first);
        if points.len() == CHUNK + 1 && starts.get(next).is_none_or(|&start| start >= first + points.len()) {
            chunk.bulge = points.windows(2).map(|e| cross(points[0], e[0], e[1])).sum();
        }
        Some(chunk)
    }

    fn touches(&self, other: &Chunk) -> bool {
        self.min[0] <= other.max[0]
            && self.max[0] >= other.min[0]
            && self.min[1] <= other.max[1]
            && self.max[1] >= other.min[1]
    }
}

impl Zone {
    pub(crate) fn build(shape: &Shape, grid: &Grid, tile_size: usize) -> Zone {
        let contours = Contours::of(shape, grid);
        let tiles = if contours.edges() > tile_size { cut(&contours, tile_size) } else { Vec::new() };
        let chunks = if tiles.is_empty() {
            (0..contours.points.len())
                .step_by(CHUNK)
                .filter_map(|i| {
                    let end = (i + CHUNK + 1).min(contours.points.len());
                    Chunk::of(&contours.points[i..end], i, &contours.starts)
                })
                .collect()
        } else {
            Box::default()
        };
        Zone { bounds: contours.bounds(), contours, tiles, chunks }
    }

    /// The first and last edge of a quiet chunk, and its bulge.
    #[inline]
    pub(crate) fn quiet(&self, chunk: u32) -> (u32, u32, f64) {
        let first = chunk * CHUNK as u32;
        (first, first + CHUNK as u32 - 1, self.chunks[chunk as usize].bulge)
    }

    /// Calls `with` for every edge of a chunk, in order.
    #[inline]
    fn each_edge(&self, chunk: usize, mut with: impl FnMut(u32, P, P)) {
        let points = &self.contours.points;
        let one_run = !self.chunks[chunk].bulge.is_nan();
        for e in chunk * CHUNK..((chunk + 1) * CHUNK).min(points.len() - 1) {
            // From the last point of a ring to the first of the next there is no edge.
            if one_run || self.contours.starts.binary_search(&(e + 1)).is_err() {
                with(e as u32, points[e], points[e + 1]);
            }
        }
    }

    /// Whether the shifted place is ground, for a zone without tiles.
    fn ray(&self, at: P) -> bool {
        let here = Chunk::around(&Bounds { min: at, max: at });
        let mut ground = false;
        for (i, chunk) in self.chunks.iter().enumerate() {
            if chunk.max[0] >= here.min[0] && chunk.min[1] <= here.max[1] && chunk.max[1] >= here.min[1] {
                self.each_edge(i, |_, a, b| ground ^= crosses_ray_east(a, b, at));
            }
        }
        ground
    }

    pub(crate) fn edge(&self, e: u32) -> (P, P) {
        (self.contours.points[e as usize], self.contours.points[e as usize + 1])
    }

    /// Whether a place is ground or on the boundary. `tiles` are the numbers of the tiles it lies in.
    pub(crate) fn holds(&self, tiles: &[u32], p: P) -> bool {
        if self.tiles.is_empty() {
            let mut inside = false;
            for ring in self.contours.rings() {
                for e in self.contours.points[ring].windows(2) {
                    if on_segment(e[0], e[1], p) {
                        return true;
                    }
                    inside ^= crosses_ray_east(e[0], e[1], p);
                }
            }
            return inside;
        }
        tiles.iter().map(|&t| &self.tiles[t as usize]).any(|tile| {
            let mut inside = tile.corner_is_ground;
            for &e in &tile.edges {
                let (a, b) = self.edge(e);
                if on_segment(a, b, p) {
                    return true;
                }
                inside ^= parity_differs(a, b, tile.bounds.min, p);
            }
            inside
        })
    }
}

/// The edges of a zone whose boxes touch a window, and the parity of one place in the window: all that
/// is needed to know the zone's ground within the window.
#[derive(Default)]
pub(crate) struct Near {
    /// Sorted, distinct; with quiet chunks among them when cells were given.
    pub(crate) edges: Vec<u32>,
    anchor: P,
    /// The tile whose corner tells the anchor's parity; `None` in a zone without tiles.
    tile: Option<u32>,
    /// No tile touches the window: there is no ground in it.
    empty: bool,
}

impl Near {
    /// Collects what of a zone lies near `window`. `tiles` are the numbers of the zone's tiles that
    /// touch the window (nothing for a zone without tiles), `inside` is any place in the window.
    ///
    /// With a footprint's `cells`, chunks away from its boundary stay whole: enough to measure by, and
    /// far less to walk.
    pub(crate) fn collect(&mut self, zone: &Zone, tiles: &[u32], window: &Bounds, inside: P, cells: Option<&Cells>) {
        self.edges.clear();
        self.anchor = inside;
        self.tile = tiles.first().copied();
        self.empty = tiles.is_empty() && !zone.tiles.is_empty();
        if zone.tiles.is_empty() {
            let around = Chunk::around(window);
            for (i, chunk) in zone.chunks.iter().enumerate().filter(|(_, chunk)| chunk.touches(&around)) {
                let away = |cells: &Cells| !cells.meet(chunk.min.map(f64::from), chunk.max.map(f64::from));
                if !chunk.bulge.is_nan() && cells.is_some_and(away) {
                    self.edges.push(i as u32 | QUIET);
                    continue;
                }
                zone.each_edge(i, |e, a, b| {
                    if window.touches(a, b) {
                        self.edges.push(e);
                    }
                });
            }
            return;
        }
        for (i, &t) in tiles.iter().enumerate() {
            let tile = &zone.tiles[t as usize];
            if i == 0 {
                let corner = tile.bounds.min;
                self.anchor = [corner[0].max(window.min[0]), corner[1].max(window.min[1])];
            }
            self.edges.extend(tile.edges.iter().filter(|&&e| {
                let (a, b) = zone.edge(e);
                window.touches(a, b)
            }));
        }
        if tiles.len() > 1 {
            self.edges.sort_unstable();
            self.edges.dedup();
        }
    }

    /// Puts the edges near `window` in the place of quiet chunks.
    pub(crate) fn unfold(&mut self, zone: &Zone, window: &Bounds) {
        if self.edges.iter().all(|&entry| quiet_chunk(entry).is_none()) {
            return;
        }
        for entry in std::mem::take(&mut self.edges) {
            let Some(chunk) = quiet_chunk(entry) else {
                self.edges.push(entry);
                continue;
            };
            zone.each_edge(chunk as usize, |e, a, b| {
                if window.touches(a, b) {
                    self.edges.push(e);
                }
            });
        }
    }

    /// Whether the shifted anchor is ground.
    fn anchor_is_ground(&self, zone: &Zone) -> bool {
        let Some(tile) = self.tile.map(|t| &zone.tiles[t as usize]) else {
            return !self.empty && zone.ray(self.anchor);
        };
        tile.edges.iter().fold(tile.corner_is_ground, |ground, &e| {
            let (a, b) = zone.edge(e);
            ground ^ parity_differs(a, b, tile.bounds.min, self.anchor)
        })
    }

    /// Whether the shifted place, anywhere in the window, is ground.
    pub(crate) fn is_ground(&self, zone: &Zone, at: P) -> bool {
        if zone.tiles.is_empty() {
            return zone.ray(at);
        }
        self.edges.iter().fold(self.anchor_is_ground(zone), |ground, &e| {
            let (a, b) = zone.edge(e);
            ground ^ parity_differs(a, b, self.anchor, at)
        })
    }

    /// Adds contours that cover exactly the zone's ground within the window (and anything outside it)
    /// under the even-odd rule: rings near the window as they are, the others as their runs of near
    /// edges, each closed by a way around the window.
    pub(crate) fn add_to(&self, zone: &Zone, window: &Bounds, overlay: &mut Overlay<i64>) {
        let mut ground = false;
        let mut add = |contour: &[P]| {
            overlay.add_path_iter(contour.iter().map(|&p| grid_point(p)), ShapeType::Clip);
            let crossed = (0..contour.len())
                .filter(|&i| crosses_ray_east(contour[i], contour[(i + 1) % contour.len()], self.anchor));
            ground ^= crossed.count() % 2 == 1;
            ground
        };
        let mut so_far = false;
        let around = Around::of(window);
        let mut contour = Vec::new();
        let mut from = 0;
        for ring in zone.contours.rings() {
            let (first, last) = (ring.start as u32, (ring.end - 1) as u32);
            let count = self.edges[from..].partition_point(|&e| e < last);
            let edges = &self.edges[from..from + count];
            from += count;
            if edges.len() == (last - first) as usize {
                so_far = add(&zone.contours.points[ring.start..ring.end - 1]);
                continue;
            }
            // Runs go around the ring: begin after a gap.
            let gap = (0..edges.len())
                .find(|&i| {
                    let before = if i == 0 { edges[edges.len() - 1] } else { edges[i - 1] };
                    before + 1 != edges[i] && !(before + 1 == last && edges[i] == first)
                })
                .unwrap_or(0);
            for i in 0..edges.len() {
                let e = edges[(gap + i) % edges.len()];
                let (a, b) = zone.edge(e);
                if contour.last() != Some(&a) {
                    around.close(&mut contour);
                    if !contour.is_empty() {
                        so_far = add(&contour);
                    }
                    contour.clear();
                    contour.push(a);
                }
                contour.push(b);
            }
            around.close(&mut contour);
            if !contour.is_empty() {
                so_far = add(&contour);
            }
            contour.clear();
        }
        if so_far != self.anchor_is_ground(zone) {
            add(&around.corners);
        }
    }
}

/// Ways around a window that never touch it.
struct Around {
    window: Bounds,
    /// Of the window grown by a step: counter-clockwise from the south-west.
    corners: [P; 4],
}

impl Around {
    fn of(window: &Bounds) -> Around {
        let (min, max) = ([window.min[0] - 1.0, window.min[1] - 1.0], [window.max[0] + 1.0, window.max[1] + 1.0]);
        Around { window: *window, corners: [min, [max[0], min[1]], max, [min[0], max[1]]] }
    }

    /// Closes a run whose two ends lie outside the window. Which way round it goes does not matter: the
    /// two ways differ by the whole window, and the parity is set right afterwards.
    fn close(&self, run: &mut Vec<P>) {
        let (Some(&start), Some(&end)) = (run.first(), run.last()) else { return };
        let (from, to) = (self.side(end), self.side(start));
        // Side s has the corners s and s + 1.
        let mut corner = from;
        run.push(self.corners[corner]);
        while corner != to && corner != (to + 1) % 4 {
            corner = (corner + 1) % 4;
            run.push(self.corners[corner]);
        }
    }

    /// The side beyond which a place lies: 0 south, 1 east, 2 north, 3 west.
    fn side(&self, p: P) -> usize {
        if p[1] < self.window.min[1] {
            0
        } else if p[0] > self.window.max[0] {
            1
        } else if p[1] > self.window.max[1] {
            2
        } else {
            3
        }
    }
}
