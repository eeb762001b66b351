//! One zone of the index, and the part of it near a footprint.

use super::tiles::{Tile, cut};
use crate::contours::{Contours, grid_point};
use crate::exact::{Bounds, P, crosses_ray_east, on_segment, parity_differs};
use crate::{Grid, Shape};
use i_overlay::core::overlay::{Overlay, ShapeType};

/// A zone on the grid; large ones are cut into tiles.
pub(crate) struct Zone {
    pub(crate) contours: Contours,
    pub(crate) bounds: Option<Bounds>,
    /// Empty for a zone small enough to be walked whole.
    pub(crate) tiles: Vec<Tile>,
}

impl Zone {
    pub(crate) fn build(shape: &Shape, grid: &Grid, tile_size: usize) -> Zone {
        let contours = Contours::of(shape, grid);
        let tiles = if contours.edges() > tile_size { cut(&contours, tile_size) } else { Vec::new() };
        Zone { bounds: contours.bounds(), contours, tiles }
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
    /// Sorted, distinct.
    pub(crate) edges: Vec<u32>,
    anchor: P,
    anchor_is_ground: bool,
}

impl Near {
    /// Collects what of a zone lies near `window`. `tiles` are the numbers of the zone's tiles that
    /// touch the window (nothing for a zone without tiles), `inside` is any place in the window.
    pub(crate) fn collect(&mut self, zone: &Zone, tiles: &[u32], window: &Bounds, inside: P) {
        self.edges.clear();
        if zone.tiles.is_empty() {
            self.anchor = inside;
            let mut ground = false;
            for ring in zone.contours.rings() {
                let points = &zone.contours.points[ring.clone()];
                for (i, pair) in points.windows(2).enumerate() {
                    let (a, b) = (pair[0], pair[1]);
                    if (a[1] > inside[1]) != (b[1] > inside[1]) {
                        ground ^= crosses_ray_east(a, b, inside);
                    }
                    if window.touches(a, b) {
                        self.edges.push((ring.start + i) as u32);
                    }
                }
            }
            self.anchor_is_ground = ground;
            return;
        }
        let Some(&first) = tiles.first() else {
            self.anchor = inside;
            self.anchor_is_ground = false;
            return;
        };
        let tile = &zone.tiles[first as usize];
        self.anchor = [tile.bounds.min[0].max(window.min[0]), tile.bounds.min[1].max(window.min[1])];
        self.anchor_is_ground = tile.edges.iter().fold(tile.corner_is_ground, |ground, &e| {
            let (a, b) = zone.edge(e);
            ground ^ parity_differs(a, b, tile.bounds.min, self.anchor)
        });
        for &t in tiles {
            self.edges.extend(zone.tiles[t as usize].edges.iter().filter(|&&e| {
                let (a, b) = zone.edge(e);
                window.touches(a, b)
            }));
        }
        self.edges.sort_unstable();
        self.edges.dedup();
    }

    /// Whether the shifted place, anywhere in the window, is ground.
    pub(crate) fn is_ground(&self, zone: &Zone, at: P) -> bool {
        if at == self.anchor {
            return self.anchor_is_ground;
        }
        self.edges.iter().fold(self.anchor_is_ground, |ground, &e| {
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
        if so_far != self.anchor_is_ground {
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
