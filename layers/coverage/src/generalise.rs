//! Simplifying and smoothing boundaries: shared ones stay shared, junctions stay where they are.

use crate::coverage::Coverage;
use crate::edit::Change;
use crate::exact::{bits, meets, on_segment};
use crate::noding::key;
use crate::outline::{self, each_edge, open_rings, rings};
use crate::patch::{corners, slots_around};
use crate::planar::inside;
use crate::refusal::{Refusal, Result};
use crate::{Point, transfer};
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

type Bits = (u64, u64);

/// Rounds in which what would cross is left as it is.
const MOST_ROUNDS: usize = 12;

impl Coverage {
    pub(crate) fn simplify(&self, ids: &[String], tolerance_m: f64) -> Result<Change> {
        if !(tolerance_m.is_finite() && tolerance_m > 0.0) {
            return Err(Refusal::of(
                "tolerance-not-positive",
                text!(
                    "化简的容差必须大于零（米）。" | "The tolerance of simplifying must be greater than zero, metres."
                ),
            ));
        }
        let near = self.surroundings(ids)?;
        let mut leave_out: HashMap<Bits, Vec<Point>> = HashMap::new();
        for arc in near.arcs() {
            for p in far_within(&arc, tolerance_m) {
                leave_out.insert(bits(p), Vec::new());
            }
        }
        self.rewrite(&near, leave_out)
    }

    pub(crate) fn smooth(&self, ids: &[String]) -> Result<Change> {
        let near = self.surroundings(ids)?;
        let mut corners: HashMap<Bits, Vec<Point>> = HashMap::new();
        for arc in near.arcs() {
            for w in arc.windows(3) {
                let (before, at, after) = (w[0], w[1], w[2]);
                // the same points whichever way a neighbour runs through the corner
                let cut = |to: Point| self.grid().nearest(corner_cut(at, to));
                corners.insert(bits(at), vec![cut(before), cut(after)]);
            }
        }
        self.rewrite(&near, corners)
    }

    fn surroundings(&self, ids: &[String]) -> Result<Surroundings> {
        let mut chosen = Vec::new();
        let mut reach = Vec::new();
        for id in ids {
            let slot = self.slot(id)?;
            chosen.push(slot);
            if let Some(held) = self.held_at(slot) {
                reach.extend(corners(&held.shape));
            }
        }
        let slots = slots_around(self, &reach);
        let mut rings_of_chosen: Vec<Vec<Point>> = Vec::new();
        let mut neighbours: HashMap<Bits, BTreeSet<Bits>> = HashMap::new();
        for &slot in &slots {
            let Some(held) = self.held_at(slot) else { continue };
            for (ring, _) in rings(&held.shape) {
                if chosen.contains(&slot) {
                    rings_of_chosen.push(ring.to_vec());
                }
                each_edge(ring, |a, b| {
                    neighbours.entry(bits(a)).or_default().insert(bits(b));
                    neighbours.entry(bits(b)).or_default().insert(bits(a));
                });
            }
        }
        let junctions = neighbours.into_iter().filter(|(_, n)| n.len() != 2).map(|(p, _)| p).collect::<HashSet<_>>();
        Ok(Surroundings { slots, rings: rings_of_chosen, junctions })
    }

    /// Replaces vertices by others (none: leaves them out) in every zone that has them; what would cross
    /// or run over something is left as it is.
    fn rewrite(&self, near: &Surroundings, mut replace: HashMap<Bits, Vec<Point>>) -> Result<Change> {
        let asked = replace.len();
        for _ in 0..MOST_ROUNDS {
            let changed = self.rewritten(near, &replace);
            let bad = self.blocked(near, &changed, &replace);
            if bad.is_empty() {
                return Ok(self.told(changed, asked, asked - replace.len()));
            }
            for p in bad {
                replace.remove(&p);
            }
        }
        Err(Refusal::of(
            "nothing-can-move",
            text!(
                "在不破坏相邻边界的前提下，这些边界无法再化简或平滑。"
                    | "These boundaries cannot be simplified or smoothed without breaking their neighbours."
            ),
        ))
    }

    fn rewritten(&self, near: &Surroundings, replace: &HashMap<Bits, Vec<Point>>) -> Vec<(u32, outline::Rings)> {
        let mut changed = Vec::new();
        for &slot in &near.slots {
            let Some(held) = self.held_at(slot) else { continue };
            let mut all = open_rings(&held.shape);
            let mut any = false;
            for ring in all.iter_mut().flatten() {
                if !ring.iter().any(|p| replace.contains_key(&bits(*p))) {
                    continue;
                }
                let n = ring.len();
                let mut out: Vec<Point> = Vec::with_capacity(n);
                for i in 0..n {
                    match replace.get(&bits(ring[i])) {
                        None => out.push(ring[i]),
                        Some(new) if new.len() == 2 => {
                            // each lies on the way to one neighbour, the same in every zone
                            let to_before = self.grid().nearest(corner_cut(ring[i], ring[(i + n - 1) % n]));
                            let (p, q) = (new[0], new[1]);
                            out.extend(if p == to_before { [p, q] } else { [q, p] });
                        }
                        Some(new) => out.extend(new),
                    }
                }
                out.dedup();
                if out.len() < 3 {
                    continue;
                }
                any = true;
                *ring = out;
            }
            if any {
                changed.push((slot, all));
            }
        }
        changed
    }

    /// The vertices whose replacement makes an edge meet another one, or run over a vertex.
    fn blocked(
        &self,
        near: &Surroundings,
        changed: &[(u32, outline::Rings)],
        replace: &HashMap<Bits, Vec<Point>>,
    ) -> HashSet<Bits> {
        let new_shapes: BTreeMap<u32, &outline::Rings> = changed.iter().map(|(s, r)| (*s, r)).collect();
        let mut old_edges = HashSet::new();
        let mut edges: Vec<(Point, Point)> = Vec::new();
        let mut seen = HashSet::new();
        for &slot in &near.slots {
            let Some(held) = self.held_at(slot) else { continue };
            for (ring, _) in rings(&held.shape) {
                each_edge(ring, |a, b| {
                    old_edges.insert(key(a, b));
                });
            }
            let now: Vec<Vec<Point>> = match new_shapes.get(&slot) {
                Some(all) => all.iter().flatten().cloned().collect(),
                None => rings(&held.shape).map(|(r, _)| r.to_vec()).collect(),
            };
            for ring in &now {
                each_edge(ring, |a, b| {
                    if seen.insert(key(a, b)) {
                        edges.push((a, b));
                    }
                });
            }
        }
        let tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>> = RTree::bulk_load(
            edges
                .iter()
                .enumerate()
                .map(|(i, (a, b))| GeomWithData::new(Rectangle::from_corners([a.x, a.y], [b.x, b.y]), i))
                .collect(),
        );
        let chains = near.chains(replace);
        let mut bad = HashSet::new();
        for chain in &chains {
            let (a, b) = (chain.ends.0, chain.ends.1);
            let low = chain.swept.iter().fold(a, |m, p| Point { x: m.x.min(p.x), y: m.y.min(p.y) });
            let high = chain.swept.iter().fold(a, |m, p| Point { x: m.x.max(p.x), y: m.y.max(p.y) });
            let own: HashSet<Bits> = chain.swept.iter().map(|p| bits(*p)).collect();
            for entry in tree.locate_in_envelope_intersecting(AABB::from_corners([low.x, low.y], [high.x, high.y])) {
                let (c, d) = edges[entry.data];
                let jumped = |p: Point| !own.contains(&bits(p)) && inside(&chain.swept, p);
                if key(c, d) != key(a, b) && (touches(a, b, c, d) || jumped(c) || jumped(d)) {
                    bad.extend(chain.replaced.iter().copied());
                    // what it meets may itself be new
                    if !old_edges.contains(&key(c, d)) {
                        bad.extend(
                            chains
                                .iter()
                                .filter(|other| key(other.ends.0, other.ends.1) == key(c, d))
                                .flat_map(|other| other.replaced.iter().copied()),
                        );
                    }
                }
            }
        }
        // nothing found though a ring was left as it was: its vertices stay
        for &slot in &near.slots {
            let Some(held) = self.held_at(slot) else { continue };
            for (ring, _) in rings(&held.shape) {
                let left: usize = ring.iter().map(|p| replace.get(&bits(*p)).map_or(1, Vec::len)).sum();
                if left < 3 {
                    bad.extend(ring.iter().map(|p| bits(*p)).filter(|p| replace.contains_key(p)));
                }
            }
        }
        bad
    }

    fn told(&self, changed: Vec<(u32, outline::Rings)>, asked: usize, left: usize) -> Change {
        let mut zones = Vec::new();
        let mut shapes = Vec::new();
        for (slot, all) in changed {
            let Some(held) = self.held_at(slot) else { continue };
            let before = held.zone();
            let after = Zone { facts: before.facts.clone(), shape: outline::shape_of(all) };
            shapes.push((slot, before.shape.clone(), after.shape.clone()));
            zones.push(ZoneChange { before: Some(before), after: Some(after) });
        }
        let mut notes = vec![text!("改动了 {} 个节点。" | "{} vertices were changed.", asked - left)];
        if left > 0 {
            notes.push(text!(
                "{left} 个节点保持不动，否则边界会相交。"
                    | "{left} vertices were left where they are, or boundaries would cross."
            ));
        }
        Change { zones, transfers: transfer::of_shapes(self, &shapes), notes, ..Change::default() }
    }
}

/// A quarter of the way from a corner to its neighbour.
fn corner_cut(at: Point, to: Point) -> Point {
    at + (to - at) * 0.25
}

fn touches(a: Point, b: Point, c: Point, d: Point) -> bool {
    for (p, q, r, s) in [(a, b, c, d), (a, b, d, c), (b, a, c, d), (b, a, d, c)] {
        if p == r {
            return on_segment(p, q, s) || on_segment(p, s, q);
        }
    }
    meets(a, b, c, d)
}

/// The zones around those chosen, and where their boundaries meet.
struct Surroundings {
    slots: Vec<u32>,
    rings: Vec<Vec<Point>>,
    junctions: HashSet<Bits>,
}

/// A new edge, with the vertices it replaces and the ground it sweeps.
struct Chain {
    ends: (Point, Point),
    replaced: Vec<Bits>,
    swept: Vec<Point>,
}

impl Surroundings {
    /// The lines between junctions, each once and in one direction; a ring without a junction begins
    /// and ends at its smallest vertex.
    fn arcs(&self) -> Vec<Vec<Point>> {
        let mut arcs: BTreeMap<Vec<Bits>, Vec<Point>> = BTreeMap::new();
        for ring in &self.rings {
            let n = ring.len();
            let starts: Vec<usize> = (0..n).filter(|&i| self.junctions.contains(&bits(ring[i]))).collect();
            let starts =
                if starts.is_empty() { (0..n).min_by_key(|&i| bits(ring[i])).into_iter().collect() } else { starts };
            for (k, &from) in starts.iter().enumerate() {
                let to = starts[(k + 1) % starts.len()];
                let long = (to + n - from - 1) % n + 1;
                let mut arc: Vec<Point> = (0..=long).map(|i| ring[(from + i) % n]).collect();
                let way: Vec<Bits> = arc.iter().map(|p| bits(*p)).collect();
                let back: Vec<Bits> = way.iter().rev().copied().collect();
                let name = if back < way {
                    arc.reverse();
                    back
                } else {
                    way
                };
                arcs.insert(name, arc);
            }
        }
        arcs.into_values().collect()
    }

    /// The new edges that a replacement makes along the chosen zones' rings.
    fn chains(&self, replace: &HashMap<Bits, Vec<Point>>) -> Vec<Chain> {
        let mut chains = Vec::new();
        for ring in &self.rings {
            let n = ring.len();
            for i in 0..n {
                let Some(new) = replace.get(&bits(ring[i])) else { continue };
                if let [p, q] = new[..] {
                    chains.push(Chain { ends: (p, q), replaced: vec![bits(ring[i])], swept: vec![p, ring[i], q] });
                    continue;
                }
                // vertices left out: one chain from the last that stays to the next that does
                let before = (i + n - 1) % n;
                if replace.contains_key(&bits(ring[before])) {
                    continue;
                }
                let gone = (0..n).take_while(|k| replace.contains_key(&bits(ring[(i + k) % n]))).count();
                let after = (i + gone) % n;
                let swept: Vec<Point> = (0..gone + 2).map(|k| ring[(before + k) % n]).collect();
                let replaced = (0..gone).map(|k| bits(ring[(i + k) % n])).collect();
                chains.push(Chain { ends: (ring[before], ring[after]), replaced, swept });
            }
        }
        chains
    }
}

/// The inner vertices that a line within the tolerance does without (Douglas & Peucker 1973).
fn far_within(arc: &[Point], tolerance: f64) -> Vec<Point> {
    let mut keep = vec![false; arc.len()];
    let (Some(first), Some(last)) = (keep.first_mut(), arc.len().checked_sub(1)) else { return Vec::new() };
    *first = true;
    keep[last] = true;
    let mut todo = vec![(0, last)];
    while let Some((from, to)) = todo.pop() {
        let (a, b) = (arc[from], arc[to]);
        let d = b - a;
        let long = d.x.hypot(d.y);
        let off = |p: Point| {
            let f = p - a;
            if long == 0.0 {
                return f.x.hypot(f.y);
            }
            let t = ((f.x * d.x + f.y * d.y) / (long * long)).clamp(0.0, 1.0);
            let g = f - d * t;
            g.x.hypot(g.y)
        };
        let farthest = (from + 1..to).map(|i| (off(arc[i]), i)).max_by(|p, q| p.0.total_cmp(&q.0));
        if let Some((far, i)) = farthest
            && far > tolerance
        {
            keep[i] = true;
            todo.extend([(from, i), (i, to)]);
        }
    }
    (0..arc.len()).filter(|&i| !keep[i]).map(|i| arc[i]).collect()
}
