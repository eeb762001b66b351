//! A footprint made ready to be held against many zones.

use super::cells::Cells;
use crate::contours::Contours;
use crate::exact::{Bounds, P, side_of_edge};
use crate::{Grid, Shape};

/// Edges a band holds on average.
const PER_BAND: usize = 4;

/// One edge of the footprint.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) a: P,
    pub(crate) b: P,
    pub(crate) west: f64,
    pub(crate) east: f64,
    pub(crate) south: f64,
    pub(crate) north: f64,
    /// The lowest band it lies in.
    pub(crate) band: u32,
}

/// A footprint's contours with its edges sorted into horizontal bands, so that a zone's edge meets
/// only the footprint edges at its height.
pub(crate) struct Prepared {
    pub(crate) contours: Contours,
    pub(crate) bounds: Bounds,
    /// In the order of the contours.
    pub(crate) edges: Vec<Edge>,
    /// Where its boundary runs.
    pub(crate) cells: Cells,
    scale: f64,
    /// Band `i` holds `items[offsets[i]..offsets[i + 1]]`.
    offsets: Vec<u32>,
    items: Vec<u32>,
}

impl Prepared {
    /// `None` when the shape encloses nothing.
    pub(crate) fn of(shape: &Shape, grid: &Grid) -> Option<Prepared> {
        let contours = Contours::of(shape, grid);
        let bounds = contours.bounds()?;
        let bands = (contours.edges() / PER_BAND).clamp(1, 1 << 14);
        let scale = bands as f64 / (bounds.max[1] - bounds.min[1]).max(1.0);
        let edges = edges(&contours, &bounds, bands, scale);
        let mut prepared = Prepared {
            cells: Cells::of(&edges, &bounds),
            edges,
            contours,
            bounds,
            scale,
            offsets: vec![0; bands + 1],
            items: Vec::new(),
        };
        // Counting sort by band.
        for edge in &prepared.edges {
            for band in edge.band..=prepared.band(edge.north) {
                prepared.offsets[band as usize + 1] += 1;
            }
        }
        for i in 0..bands {
            prepared.offsets[i + 1] += prepared.offsets[i];
        }
        let mut next = prepared.offsets.clone();
        prepared.items = vec![0; prepared.offsets[bands] as usize];
        for (i, edge) in prepared.edges.iter().enumerate() {
            for band in edge.band..=prepared.band(edge.north) {
                prepared.items[next[band as usize] as usize] = i as u32;
                next[band as usize] += 1;
            }
        }
        Some(prepared)
    }

    /// The band of a height; heights beyond the footprint fall into its first or last band.
    #[inline]
    pub(crate) fn band(&self, y: f64) -> u32 {
        // A cast of a negative number saturates at zero.
        (((y - self.bounds.min[1]) * self.scale) as u32).min(self.offsets.len() as u32 - 2)
    }

    /// The edges of a band, by number.
    #[inline]
    pub(crate) fn band_items(&self, band: u32) -> &[u32] {
        &self.items[self.offsets[band as usize] as usize..self.offsets[band as usize + 1] as usize]
    }

    /// Whether a zone's vertex lies inside the shifted footprint.
    pub(crate) fn holds(&self, q: P) -> bool {
        if q[0] < self.bounds.min[0]
            || q[0] > self.bounds.max[0]
            || q[1] < self.bounds.min[1]
            || q[1] > self.bounds.max[1]
        {
            return false;
        }
        let mut inside = false;
        for &i in self.band_items(self.band(q[1])) {
            let edge = &self.edges[i as usize];
            // The footprint is shifted up by δ: a vertex at q's own height is above q.
            let up = edge.b[1] >= q[1];
            if (edge.a[1] >= q[1]) != up {
                inside ^= (side_of_edge(edge.a, edge.b, q).0 > 0) == up;
            }
        }
        inside
    }
}

/// The edges of all rings in order, each with its lowest band.
fn edges(contours: &Contours, bounds: &Bounds, bands: usize, scale: f64) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(contours.edges());
    for ring in contours.rings() {
        edges.extend(contours.points[ring].windows(2).map(|pair| {
            let (a, b) = (pair[0], pair[1]);
            let (south, north) = (a[1].min(b[1]), a[1].max(b[1]));
            let band = ((south - bounds.min[1]) * scale).min((bands - 1) as f64) as u32;
            Edge { a, b, west: a[0].min(b[0]), east: a[0].max(b[0]), south, north, band }
        }));
    }
    edges
}
