//! From labelled cells to polygons: connected parts, their rings, their coordinates.

use crate::border::Borders;
use crate::lattice::{Cell, Lattice, Vertex, Way};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use rayon::prelude::*;

/// Connected parts of a labelling.
pub(crate) struct Parts {
    /// Part of each cell, from 1; 0 where the label was 0.
    pub of: Vec<u32>,
    /// Label of each part, from index 1.
    pub label: Vec<u32>,
    /// Number of cells of each part, from index 1.
    pub size: Vec<u32>,
}

/// Splits a labelling (0 = nothing) into connected parts, numbered in cell order.
pub(crate) fn parts(lattice: &Lattice, label: impl Fn(Cell) -> u32) -> Parts {
    let mut of = vec![0u32; lattice.cells()];
    let (mut labels, mut sizes) = (vec![0], vec![0]);
    let mut front = Vec::new();
    for start in 0..lattice.cells() {
        let wanted = label(start);
        if wanted == 0 || of[start] != 0 {
            continue;
        }
        let part = labels.len() as u32;
        of[start] = part;
        front.push(start);
        let mut size = 0;
        while let Some(cell) = front.pop() {
            size += 1;
            for other in lattice.neighbours(cell) {
                if of[other] == 0 && label(other) == wanted {
                    of[other] = part;
                    front.push(other);
                }
            }
        }
        labels.push(wanted);
        sizes.push(size);
    }
    Parts { of, label: labels, size: sizes }
}

/// The rings of all parts as edges, each ring with its part, in cell order of its first edge.
struct Rings {
    edges: Vec<u32>,
    ways: Vec<Way>,
    /// (part, end in `edges`).
    ends: Vec<(u32, usize)>,
}

fn rings(lattice: &Lattice, part: &[u32]) -> Rings {
    let mut seen = vec![0u8; lattice.vertices()];
    let mut all = Rings { edges: Vec::new(), ways: Vec::new(), ends: Vec::new() };
    for cell in 0..lattice.cells() {
        let own = part[cell];
        if own == 0 {
            continue;
        }
        for (n, other) in lattice.neighbours(cell).into_iter().enumerate() {
            let (mut v, mut way) = lattice.edge(cell, n);
            if part[other] == own || seen[v] & (1 << way as u8) != 0 {
                continue;
            }
            while seen[v] & (1 << way as u8) == 0 {
                seen[v] |= 1 << way as u8;
                // below 2^32 vertices: the lattice of a million parcels has 2·10^7
                all.edges.push(v as u32);
                all.ways.push(way);
                (v, way) = onward(lattice, part, own, v, way);
            }
            all.ends.push((own, all.edges.len()));
        }
    }
    all
}

/// The next edge of the ring that keeps `own` on its left. Three edges meet at a vertex, so it is
/// the other one that has `own` on its left only.
fn onward(lattice: &Lattice, part: &[u32], own: u32, v: Vertex, way: Way) -> (Vertex, Way) {
    let at = lattice.step(v, way);
    for next in [Way::East, Way::West, Way::Across] {
        let (left, right) = lattice.sides(at, next);
        if part[left] == own && part[right] != own {
            return (at, next);
        }
    }
    (at, way)
}

/// The polygons of all parts: element `p` belongs to part `p` (element 0 is empty). Shells run
/// counter-clockwise, holes clockwise, first point repeated.
pub(crate) fn polygons(borders: &Borders, parts: &Parts) -> Vec<Option<Polygon<f64>>> {
    let rings = rings(borders.lattice, &parts.of);
    let mut begin = 0;
    let spans: Vec<(u32, usize, usize)> = rings
        .ends
        .iter()
        .map(|&(part, end)| {
            let span = (part, begin, end);
            begin = end;
            span
        })
        .collect();
    let lines: Vec<(u32, LineString<f64>, f64)> = spans
        .into_par_iter()
        .map(|(part, begin, end)| {
            let mut points: Vec<Coord<f64>> = Vec::new();
            for e in begin..end {
                borders.walk(rings.edges[e] as usize, rings.ways[e], &mut points);
            }
            points.dedup();
            if let Some(&first) = points.first() {
                points.push(first);
            }
            let doubled = doubled_area(&points);
            points.shrink_to_fit();
            (part, LineString(points), doubled)
        })
        .collect();
    let mut shells: Vec<Option<LineString<f64>>> = vec![None; parts.label.len()];
    let mut holes: Vec<Vec<LineString<f64>>> = vec![Vec::new(); parts.label.len()];
    for (part, line, doubled) in lines {
        if doubled > 0.0 {
            shells[part as usize] = Some(line);
        } else {
            holes[part as usize].push(line);
        }
    }
    shells.into_iter().zip(holes).map(|(shell, holes)| shell.map(|s| Polygon::new(s, holes))).collect()
}

/// The edges of the part with the longest boundary, holes included.
pub(crate) fn most_edges(lattice: &Lattice, label: impl Fn(Cell) -> u32) -> u64 {
    let parts = parts(lattice, label);
    let mut edges = vec![0u64; parts.label.len()];
    for (cell, &part) in parts.of.iter().enumerate() {
        if part != 0 {
            edges[part as usize] += lattice.neighbours(cell).iter().filter(|&&o| parts.of[o] != part).count() as u64;
        }
    }
    edges.into_iter().max().unwrap_or(0)
}

/// Gathers parts into one multi-part shape a label, in part order: element `l` is label `l`.
pub(crate) fn shapes(parts: &Parts, polygons: Vec<Option<Polygon<f64>>>, labels: usize) -> Vec<MultiPolygon<f64>> {
    let mut all: Vec<MultiPolygon<f64>> = (0..labels).map(|_| MultiPolygon(Vec::new())).collect();
    for (polygon, &label) in polygons.into_iter().zip(&parts.label) {
        if let Some(polygon) = polygon {
            all[label as usize].0.push(polygon);
        }
    }
    all
}

/// Traces a labelling: element `l` is the shape of label `l`.
pub(crate) fn trace(borders: &Borders, labels: usize, label: impl Fn(Cell) -> u32) -> Vec<MultiPolygon<f64>> {
    let parts = parts(borders.lattice, label);
    let polygons = polygons(borders, &parts);
    shapes(&parts, polygons, labels)
}

fn doubled_area(ring: &[Coord<f64>]) -> f64 {
    let Some(&o) = ring.first() else { return 0.0 };
    ring.windows(2).map(|w| (w[0].x - o.x) * (w[1].y - o.y) - (w[1].x - o.x) * (w[0].y - o.y)).sum()
}
