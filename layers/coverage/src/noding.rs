//! Where drawn lines meet boundaries: both get a vertex there.
//!
//! A drawn line that passes within [`SNAP_M`] of a vertex goes through it, and one that ends within it
//! of an edge ends on it, so that a click on a boundary means the boundary. Crossings are rounded to
//! the workspace's grid; a rounded crossing bends lines by less than a grid step, which can make them
//! meet something else, so the search is repeated until nothing new is found.

use crate::Point;
use crate::exact::{bits, boxes_touch, crosses, on_segment};
use crate::refusal::{Refusal, Result};
use redline_geometry::Grid;
use redline_wording::text;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::{HashMap, HashSet};

/// How near means the same place, metres: the resolution survey coordinates are exchanged at.
pub(crate) const SNAP_M: f64 = 1e-3;
/// The same, where a line follows boundaries exactly: some grid steps.
const EXACT_M: f64 = 5e-7;
/// More rounds than a crossing that bends into another one ever needed.
const MOST_ROUNDS: usize = 8;

/// An undirected edge: its ends as bits, the lesser first.
pub(crate) type EdgeKey = ((u64, u64), (u64, u64));

/// The key of an edge, whichever way it runs.
pub(crate) fn key(a: Point, b: Point) -> EdgeKey {
    let (a, b) = (bits(a), bits(b));
    if a < b { (a, b) } else { (b, a) }
}

/// What noding found.
pub(crate) struct Noded {
    /// The vertices each edge gets, in order from the end with the lesser bits.
    pub(crate) on_edges: HashMap<EdgeKey, Vec<Point>>,
    /// The lines with a vertex wherever they meet an edge.
    pub(crate) lines: Vec<Vec<Point>>,
}

/// Nodes drawn lines against edges (each given once, in any direction). A line that would fold onto
/// itself where it snaps (one led around a gap narrower than that) is taken as exactly as it is drawn.
pub(crate) fn node(lines: Vec<Vec<Point>>, edges: &[(Point, Point)], grid: &Grid) -> Result<Noded> {
    if lines.is_empty() {
        return node_within(lines, edges, grid, SNAP_M);
    }
    node_within(lines.clone(), edges, grid, SNAP_M).or_else(|refusal| {
        // what is wrong with the line as drawn is the better answer
        node_within(lines, edges, grid, EXACT_M).map_err(|_| refusal)
    })
}

fn node_within(lines: Vec<Vec<Point>>, edges: &[(Point, Point)], grid: &Grid, snap: f64) -> Result<Noded> {
    let mut lines = lines;
    for line in &mut lines {
        line.dedup();
    }
    // two zones may hold parts of one boundary as different edges: what meets the line are the parts, each
    // once, so that all of them get the same vertex
    let mut parts: HashMap<EdgeKey, Vec<Point>> = HashMap::new();
    node_defects(edges, &mut parts, grid)?;
    let Some(window) = bounds(&lines, snap) else {
        return Ok(Noded { on_edges: parts, lines });
    };
    let mut seen = HashSet::new();
    let near: Vec<(Point, Point)> = edges
        .iter()
        .filter(|(a, b)| boxes_touch(*a, *b, window.0, window.1))
        .flat_map(|e| chain_of(*e, &parts).windows(2).map(|s| (s[0], s[1])).collect::<Vec<_>>())
        .filter(|(a, b)| boxes_touch(*a, *b, window.0, window.1) && seen.insert(key(*a, *b)))
        .map(|(a, b)| if bits(a) < bits(b) { (a, b) } else { (b, a) })
        .collect();
    // every part in pieces: those that do not meet the line are one piece
    let mut pieces: HashMap<EdgeKey, Vec<Point>> = HashMap::new();
    let tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> = RTree::bulk_load(
        near.iter()
            .enumerate()
            .map(|(i, (a, b))| GeomWithData::new(Rectangle::from_corners([a.x, a.y], [b.x, b.y]), i))
            .collect(),
    );
    for _ in 0..MOST_ROUNDS {
        let mut found = false;
        for line in &mut lines {
            found |= round(line, &near, &tree, &mut pieces, grid, snap);
        }
        if !found {
            check_simple(&lines)?;
            return Ok(Noded { on_edges: composed(edges, &parts, pieces), lines });
        }
    }
    Err(Refusal::at(
        "line-too-close",
        lines[0][0],
        text!(
            "所画的线与现有边界过于接近，无法确定交点；请离边界远一些，或捕捉到节点上。"
                | "The drawn line runs too close to a boundary to tell where they meet; keep away from it or snap to its vertices."
        ),
    ))
}

/// The vertices of whole edges, from those between their parts and those on the parts.
fn composed(
    edges: &[(Point, Point)],
    parts: &HashMap<EdgeKey, Vec<Point>>,
    pieces: HashMap<EdgeKey, Vec<Point>>,
) -> HashMap<EdgeKey, Vec<Point>> {
    let mut whole = pieces.clone();
    for &(a, b) in edges.iter().filter(|(a, b)| parts.contains_key(&key(*a, *b))) {
        let (from, to) = if bits(a) < bits(b) { (a, b) } else { (b, a) };
        let mut chain: Vec<Point> = Vec::new();
        for step in chain_of((from, to), parts).windows(2) {
            chain.extend(&chain_of((step[0], step[1]), &pieces)[1..]);
        }
        chain.pop();
        whole.insert(key(a, b), chain);
    }
    whole
}

/// Nodes edges against one another where zones overlap or a vertex lies on a neighbour's edge: an edit
/// must not mind a defect that is there.
fn node_defects(edges: &[(Point, Point)], pieces: &mut HashMap<EdgeKey, Vec<Point>>, grid: &Grid) -> Result<()> {
    let pairs = meeting_pairs(edges);
    for _ in 0..MOST_ROUNDS {
        let mut found = false;
        for &(i, j) in &pairs {
            let (e, f) = (edges[i as usize], edges[j as usize]);
            for (one, other) in [(e, f), (f, e)] {
                // an end, or a vertex put in, that lies on the other
                for p in chain_of(one, pieces) {
                    let on =
                        chain_of(other, pieces).windows(2).any(|s| p != s[0] && p != s[1] && on_segment(s[0], s[1], p));
                    if on {
                        found |= insert(other, p, pieces);
                    }
                }
            }
            let (first, second) = (chain_of(e, pieces), chain_of(f, pieces));
            for s in first.windows(2) {
                for t in second.windows(2) {
                    if crosses(s[0], s[1], t[0], t[1]) {
                        let x = rounded(crossing(s[0], s[1], t[0], t[1]), grid);
                        found |= insert(e, x, pieces);
                        found |= insert(f, x, pieces);
                    }
                }
            }
        }
        if !found {
            return Ok(());
        }
    }
    let at = pairs.first().map_or(edges[0].0, |p| edges[p.0 as usize].0);
    Err(Refusal::at(
        "defect-too-tangled",
        at,
        text!(
            "此处现有边界相互缠绕，无法确定交点；请先修复这里的缺陷。"
                | "Boundaries here are too tangled to tell where they meet; mend the defect here first."
        ),
    ))
}

/// Edges that a band holds on average.
const PER_BAND: usize = 64;

/// Pairs of edges that have more in common than a shared end: bands along y, in each a sweep along x.
pub(crate) fn meeting_pairs(edges: &[(Point, Point)]) -> Vec<(u32, u32)> {
    let south = |i: u32| edges[i as usize].0.y.min(edges[i as usize].1.y);
    let north = |i: u32| edges[i as usize].0.y.max(edges[i as usize].1.y);
    let west = |i: u32| edges[i as usize].0.x.min(edges[i as usize].1.x);
    let count = edges.len() as u32;
    let low = (0..count).map(south).fold(f64::INFINITY, f64::min);
    let high = (0..count).map(north).fold(f64::NEG_INFINITY, f64::max);
    let bands = (edges.len() / PER_BAND).clamp(1, 4096);
    let scale = if high > low { bands as f64 / (high - low) } else { 0.0 };
    let band = |y: f64| (((y - low) * scale) as usize).min(bands - 1);
    let mut in_band: Vec<Vec<u32>> = vec![Vec::new(); bands];
    for i in 0..count {
        for list in &mut in_band[band(south(i))..=band(north(i))] {
            list.push(i);
        }
    }
    let mut pairs = Vec::new();
    for (n, list) in in_band.iter_mut().enumerate() {
        list.sort_unstable_by(|&i, &j| west(i).total_cmp(&west(j)).then(i.cmp(&j)));
        for (k, &i) in list.iter().enumerate() {
            let (a, b) = edges[i as usize];
            let east = a.x.max(b.x);
            for &j in &list[k + 1..] {
                if west(j) > east {
                    break;
                }
                // a pair that shares several bands is looked at in the first
                if south(j) > north(i) || north(j) < south(i) || band(south(i)).max(band(south(j))) != n {
                    continue;
                }
                let (c, d) = edges[j as usize];
                let shared = (a == c || a == d) || (b == c || b == d);
                let meet = if shared {
                    let (p, q) = if a == c || a == d { (a, b) } else { (b, a) };
                    let s = if p == c { d } else { c };
                    (on_segment(p, q, s) || on_segment(p, s, q)) && q != s
                } else {
                    crate::exact::meets(a, b, c, d)
                };
                if meet {
                    pairs.push((i, j));
                }
            }
        }
    }
    pairs
}

/// One round over a line; whether anything was found.
fn round(
    line: &mut Vec<Point>,
    near: &[(Point, Point)],
    tree: &RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    pieces: &mut HashMap<EdgeKey, Vec<Point>>,
    grid: &Grid,
    snap: f64,
) -> bool {
    let mut found = false;
    let at_box = |a: Point, b: Point| {
        AABB::from_corners([a.x.min(b.x) - snap, a.y.min(b.y) - snap], [a.x.max(b.x) + snap, a.y.max(b.y) + snap])
    };
    // a vertex of the line near a vertex is that vertex, near an edge lies on it
    for p in line.iter_mut() {
        let mut nearest: Option<(f64, Point)> = None;
        let mut on: Option<(f64, usize, Point)> = None;
        for entry in tree.locate_in_envelope_intersecting(at_box(*p, *p)) {
            let (a, b) = near[entry.data];
            let inner = pieces.get(&key(a, b)).map_or(&[][..], Vec::as_slice);
            for &v in inner.iter().chain([&a, &b]) {
                let far = distance(*p, v);
                if far <= snap && nearest.is_none_or(|(best, at)| (far, bits(v)) < (best, bits(at))) {
                    nearest = Some((far, v));
                }
            }
            let foot = foot_of(a, b, *p);
            let far = distance(*p, foot);
            if far <= snap && on.is_none_or(|(best, i, _)| (far, entry.data) < (best, i)) {
                on = Some((far, entry.data, foot));
            }
        }
        match (nearest, on) {
            (Some((_, v)), _) => {
                found |= *p != v;
                *p = v;
            }
            (None, Some((_, i, foot))) => {
                *p = rounded(foot, grid);
                insert(near[i], *p, pieces);
                found = true;
            }
            (None, None) => {}
        }
    }
    line.dedup();
    let mut out: Vec<Point> = Vec::with_capacity(line.len());
    for (i, pair) in line.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if i == 0 {
            out.push(a);
        }
        let mut along: Vec<(f64, Point)> = Vec::new();
        for entry in tree.locate_in_envelope_intersecting(at_box(a, b)) {
            let edge = near[entry.data];
            let chain = chain_of(edge, pieces);
            for step in chain.windows(2) {
                let (c, d) = (step[0], step[1]);
                // through a vertex that lies on the way
                for v in [c, d] {
                    if v != a && v != b && distance(v, foot_of(a, b, v)) <= snap && between(a, b, v) {
                        along.push((distance(a, v), v));
                    }
                }
                if crosses(a, b, c, d) {
                    let x = crossing(a, b, c, d);
                    let ends = [c, d, a, b];
                    match ends.into_iter().find(|e| distance(*e, x) <= snap) {
                        // a vertex of the edge: found above; an end of the line: it lies on the edge
                        Some(end) if end == a || end == b => {
                            insert(edge, end, pieces);
                            found = true;
                        }
                        Some(end) => along.push((distance(a, end), end)),
                        None => {
                            let x = rounded(x, grid);
                            insert(edge, x, pieces);
                            along.push((distance(a, x), x));
                        }
                    }
                }
            }
        }
        along.sort_by(|p, q| p.0.total_cmp(&q.0).then(bits(p.1).cmp(&bits(q.1))));
        along.dedup_by(|p, q| p.1 == q.1);
        for (_, x) in along {
            if out.last() != Some(&x) && x != b {
                out.push(x);
                found = true;
            }
        }
        out.push(b);
    }
    if line.len() > 1 {
        *line = out;
    }
    found
}

/// The edge with the vertices it got so far.
pub(crate) fn chain_of((a, b): (Point, Point), pieces: &HashMap<EdgeKey, Vec<Point>>) -> Vec<Point> {
    let inner = pieces.get(&key(a, b)).map_or(&[][..], Vec::as_slice);
    let mut chain = Vec::with_capacity(inner.len() + 2);
    chain.push(a);
    if bits(a) < bits(b) {
        chain.extend(inner)
    } else {
        chain.extend(inner.iter().rev())
    }
    chain.push(b);
    chain
}

/// Puts a vertex into an edge; whether it was not there.
fn insert((a, b): (Point, Point), at: Point, pieces: &mut HashMap<EdgeKey, Vec<Point>>) -> bool {
    if at == a || at == b {
        return false;
    }
    let from = if bits(a) < bits(b) { a } else { b };
    let inner = pieces.entry(key(a, b)).or_default();
    if inner.contains(&at) {
        return false;
    }
    inner.push(at);
    inner.sort_by(|p, q| distance(from, *p).total_cmp(&distance(from, *q)));
    true
}

/// Refuses lines that cross or touch themselves or one another, except where a closed ring closes.
fn check_simple(lines: &[Vec<Point>]) -> Result<()> {
    let steps: Vec<(Point, Point)> =
        lines.iter().flat_map(|l| l.windows(2).map(|w| (w[0], w[1]))).filter(|(a, b)| a != b).collect();
    let tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> = RTree::bulk_load(
        steps
            .iter()
            .enumerate()
            .map(|(i, (a, b))| GeomWithData::new(Rectangle::from_corners([a.x, a.y], [b.x, b.y]), i))
            .collect(),
    );
    for (i, &(a, b)) in steps.iter().enumerate() {
        let asked = AABB::from_corners([a.x.min(b.x), a.y.min(b.y)], [a.x.max(b.x), a.y.max(b.y)]);
        for entry in tree.locate_in_envelope_intersecting(asked) {
            let j = entry.data;
            if j <= i {
                continue;
            }
            let (c, d) = steps[j];
            let shared = [a, b].into_iter().find(|p| *p == c || *p == d);
            let bad = match shared {
                Some(p) => {
                    let (s, t) = (if a == p { b } else { a }, if c == p { d } else { c });
                    on_segment(p, s, t) || on_segment(p, t, s)
                }
                None => crosses(a, b, c, d) || on_segment(a, b, c) || on_segment(a, b, d),
            };
            if bad {
                return Err(self_crossing(crossing(a, b, c, d)));
            }
        }
    }
    Ok(())
}

fn self_crossing(at: Point) -> Refusal {
    Refusal::at(
        "line-crosses-itself",
        at,
        text!(
            "所画的线在此处与自身相交（北 {:.3}，东 {:.3}）；请重画。"
                | "The drawn line crosses itself here (N {:.3}, E {:.3}); draw it again.",
            at.y,
            at.x
        ),
    )
}

pub(crate) fn crossing(a: Point, b: Point, c: Point, d: Point) -> Point {
    let (r, s, o) = (b - a, d - c, c - a);
    let across = r.x * s.y - r.y * s.x;
    if across == 0.0 {
        return c;
    }
    a + r * ((o.x * s.y - o.y * s.x) / across).clamp(0.0, 1.0)
}

pub(crate) fn foot_of(a: Point, b: Point, p: Point) -> Point {
    let (d, f) = (b - a, p - a);
    let long = d.x * d.x + d.y * d.y;
    if long == 0.0 {
        return a;
    }
    a + d * ((f.x * d.x + f.y * d.y) / long).clamp(0.0, 1.0)
}

fn between(a: Point, b: Point, v: Point) -> bool {
    let (d, f) = (b - a, v - a);
    let t = f.x * d.x + f.y * d.y;
    t > 0.0 && t < d.x * d.x + d.y * d.y
}

pub(crate) fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

pub(crate) fn rounded(p: Point, grid: &Grid) -> Point {
    grid.nearest(p)
}

fn bounds(lines: &[Vec<Point>], reach: f64) -> Option<(Point, Point)> {
    let mut all = lines.iter().flatten();
    let first = *all.next()?;
    let (mut low, mut high) = (first, first);
    for p in all {
        low = Point { x: low.x.min(p.x), y: low.y.min(p.y) };
        high = Point { x: high.x.max(p.x), y: high.y.max(p.y) };
    }
    let s = Point { x: reach, y: reach };
    Some((low - s, high + s))
}
