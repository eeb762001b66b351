//! One tile: the window of the raster below it, drawn into 256 × 256 px of Web Mercator.

use super::bands::Window;
use super::place::HALF_WORLD;
use super::{Raster, picture};
use gdal::Dataset;
use gdal::errors::Result;

/// Pixels of a tile's side.
pub(super) const SIDE: usize = 256;
/// The projection is worked out at the corners of so many cells a side and interpolated between: the
/// error shrinks with the square of the cell and stays under a third of a pixel at any zoom.
const CELLS: usize = 16;
const NODES: usize = CELLS + 1;
/// A window is never read to more pixels than this a side.
const LARGEST: usize = 1024;

/// Where the corners of the cells lie in the raster, in its pixels.
struct Net {
    xs: Vec<f64>,
    ys: Vec<f64>,
}

/// Draws a tile as PNG.
pub(super) fn draw(raster: &Raster, dataset: &Dataset, z: u8, x: u32, y: u32) -> Result<Vec<u8>> {
    let net = Net::over(raster, z, x, y)?;
    let Some(window) = net.window(raster) else { return picture::empty() };
    let read = raster.bands.read(dataset, window)?;
    let mut rgba = vec![0_u8; SIDE * SIDE * 4];
    let (wide, high) = (raster.place.size.0 as f64, raster.place.size.1 as f64);
    let (sx, sy) = (window.to.0 as f64 / window.of.0 as f64, window.to.1 as f64 / window.of.1 as f64);
    for (i, pixel) in rgba.chunks_exact_mut(4).enumerate() {
        let (px, py) = net.at(i % SIDE, i / SIDE);
        if !(px >= 0.0 && px <= wide && py >= 0.0 && py <= high) {
            continue;
        }
        let (u, v) = ((px - window.at.0 as f64) * sx, (py - window.at.1 as f64) * sy);
        pixel.copy_from_slice(&if raster.bands.discrete() {
            nearest(&read, window.to, u, v)
        } else {
            mixed(&read, window.to, u - 0.5, v - 0.5)
        });
    }
    picture::png(&rgba)
}

impl Net {
    fn over(raster: &Raster, z: u8, x: u32, y: u32) -> Result<Net> {
        let side = 2.0 * HALF_WORLD / f64::from(z).exp2();
        let (west, north) = (f64::from(x) * side - HALF_WORLD, HALF_WORLD - f64::from(y) * side);
        let part = |n: usize| n as f64 / CELLS as f64 * side;
        let nodes = (0..NODES * NODES).map(|i| (west + part(i % NODES), north - part(i / NODES)));
        let (mut xs, mut ys): (Vec<f64>, Vec<f64>) = nodes.unzip();
        raster.place.pixels(raster.number, &mut xs, &mut ys)?;
        Ok(Net { xs, ys })
    }

    /// The pixel of the raster under the middle of a pixel of the tile.
    fn at(&self, column: usize, row: usize) -> (f64, f64) {
        let place = |n: usize| {
            let at = (n as f64 + 0.5) / SIDE as f64 * CELLS as f64;
            (at as usize, at.fract())
        };
        let ((i, fx), (j, fy)) = (place(column), place(row));
        let n = j * NODES + i;
        let mix = |v: &[f64]| {
            let (top, bottom) = (v[n] + (v[n + 1] - v[n]) * fx, v[n + NODES] + (v[n + NODES + 1] - v[n + NODES]) * fx);
            top + (bottom - top) * fy
        };
        (mix(&self.xs), mix(&self.ys))
    }

    /// The part of the raster to read, and to how many pixels; `None` where the tile lies beside it.
    fn window(&self, raster: &Raster) -> Option<Window> {
        let (wide, high) = (raster.place.size.0 as f64, raster.place.size.1 as f64);
        let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        // raster pixels a tile pixel, where the raster is
        let mut finest = f64::INFINITY;
        for j in 0..CELLS {
            for i in 0..CELLS {
                let n = j * NODES + i;
                let corners = [n, n + 1, n + NODES, n + NODES + 1].map(|n| (self.xs[n], self.ys[n]));
                let cell = corners
                    .iter()
                    .fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |c, p| {
                        [c[0].min(p.0), c[1].min(p.1), c[2].max(p.0), c[3].max(p.1)]
                    });
                if corners.iter().any(|p| p.0.is_nan())
                    || cell[2] < 0.0
                    || cell[3] < 0.0
                    || cell[0] > wide
                    || cell[1] > high
                {
                    continue;
                }
                b = [b[0].min(cell[0]), b[1].min(cell[1]), b[2].max(cell[2]), b[3].max(cell[3])];
                let length = |to: usize| (corners[to].0 - corners[0].0).hypot(corners[to].1 - corners[0].1);
                finest = finest.min(length(1)).min(length(2));
            }
        }
        if b[0] > b[2] {
            return None;
        }
        let scale = (finest / (SIDE / CELLS) as f64).max(1.0);
        // a neighbour for the interpolation at the rim; not where that would fetch another tile, whose
        // numbers, exact but for rounding, must not reach into the next one either
        let (margin, slack) = if raster.door.remote { (0.0, 1e-3 * scale) } else { (2.0 * scale, 0.0) };
        let low = |v: f64, most: f64| (v - margin + slack).floor().clamp(0.0, most);
        let up = |v: f64, most: f64| (v + margin - slack).ceil().clamp(0.0, most);
        let (x0, y0, x1, y1) = (low(b[0], wide), low(b[1], high), up(b[2], wide), up(b[3], high));
        if x1 <= x0 || y1 <= y0 {
            return None;
        }
        let pixels = |from: f64, to: f64| (((to - from) / scale).round() as usize).clamp(1, LARGEST);
        let of = ((x1 - x0) as usize, (y1 - y0) as usize);
        Some(Window { at: (x0 as isize, y0 as isize), of, to: (pixels(x0, x1).min(of.0), pixels(y0, y1).min(of.1)) })
    }
}

fn nearest(read: &[u8], size: (usize, usize), u: f64, v: f64) -> [u8; 4] {
    pixel(read, size, u.floor() as isize, v.floor() as isize)
}

/// Bilinear, weighed by alpha so that what is empty has no colour.
fn mixed(read: &[u8], size: (usize, usize), u: f64, v: f64) -> [u8; 4] {
    let (i, j) = (u.floor(), v.floor());
    let (fx, fy) = (u - i, v - j);
    let (i, j) = (i as isize, j as isize);
    let mut sum = [0.0; 4];
    for (di, dj, weight) in
        [(0, 0, (1.0 - fx) * (1.0 - fy)), (1, 0, fx * (1.0 - fy)), (0, 1, (1.0 - fx) * fy), (1, 1, fx * fy)]
    {
        let [r, g, b, a] = pixel(read, size, i + di, j + dj).map(f64::from);
        let weight = weight * a;
        sum = [sum[0] + r * weight, sum[1] + g * weight, sum[2] + b * weight, sum[3] + weight];
    }
    if sum[3] < 0.5 {
        return [0; 4];
    }
    let level = |v: f64| (v / sum[3]).round().clamp(0.0, 255.0) as u8;
    [level(sum[0]), level(sum[1]), level(sum[2]), sum[3].round().clamp(0.0, 255.0) as u8]
}

/// A pixel, the nearest one where it lies outside.
fn pixel(read: &[u8], (wide, high): (usize, usize), i: isize, j: isize) -> [u8; 4] {
    let at = |n: isize, of: usize| n.clamp(0, of as isize - 1) as usize;
    let n = (at(j, high) * wide + at(i, wide)) * 4;
    [read[n], read[n + 1], read[n + 2], read[n + 3]]
}
