//! Moving, inserting and deleting one vertex: both neighbours follow, and nothing is torn.
//!
//! A move keeps the coverage a coverage when the star of edges around the vertex can slide from the
//! old place to the new one without passing over anything: no new edge meets a boundary it did not
//! meet, and no vertex lies in the ground the star sweeps. Both are decided exactly.

use crate::coverage::Coverage;
use crate::edit::Change;
use crate::exact::{in_triangle, meets, on_segment, orient};
use crate::outline::{self, edges_near, interior_left, open_rings, rings};
use crate::refusal::{Refusal, Result};
use crate::{Point, transfer};
use redline_geometry::Shape;
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange};

/// A place in a zone's boundary: the zone, and the vertices before and after with the interior on the
/// left of the way through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage {
    pub(crate) slot: u32,
    pub(crate) before: Point,
    pub(crate) after: Point,
}

/// What a vertex becomes.
#[derive(Clone, Copy)]
enum Becoming {
    At(Point),
    Gone,
}

impl Coverage {
    pub(crate) fn move_vertex(&self, from: Point, to: Point) -> Result<Change> {
        let passages = self.passages(from);
        if passages.is_empty() {
            return Err(no_vertex(from));
        }
        if from == to {
            return Ok(Change::default());
        }
        if self.lies_on_an_edge(from) {
            return Err(Refusal::at(
                "unmatched-vertex",
                from,
                text!(
                    "该节点落在相邻分区的边上，而对方此处没有节点；请先在对方边界上补一个节点（见缺陷清单），再移动。"
                        | "This vertex lies on a neighbour's edge where the neighbour has none; put one into its boundary first (see the defects), then move it."
                ),
            ));
        }
        self.check_star(&passages, Some(from), Some(to))?;
        self.replace(&passages, from, Becoming::At(to))
    }

    pub(crate) fn delete_vertex(&self, at: Point) -> Result<Change> {
        let passages = self.passages(at);
        let Some(first) = passages.first() else { return Err(no_vertex(at)) };
        let same = |p: &Passage| {
            (p.before, p.after) == (first.before, first.after) || (p.after, p.before) == (first.before, first.after)
        };
        if !passages.iter().all(same) {
            return Err(Refusal::at(
                "junction",
                at,
                text!(
                    "这里有三条以上的边界相交,不能删除该节点；可以移动它，或先合并相邻分区。"
                        | "Three or more boundaries meet here, so the vertex cannot be deleted; move it, or merge the neighbours first."
                ),
            ));
        }
        self.check_star(&passages, Some(at), None)?;
        self.replace(&passages, at, Becoming::Gone)
    }

    pub(crate) fn insert_vertex(&self, a: Point, b: Point, at: Point) -> Result<Change> {
        let mut passages = Vec::new();
        for slot in self.slots_in(around(&[a, b])) {
            let Some(held) = self.held_at(slot) else { continue };
            outline::directed_edges(&held.shape, |p, q| {
                if (p, q) == (a, b) || (p, q) == (b, a) {
                    passages.push(Passage { slot, before: p, after: q });
                }
            });
        }
        if passages.is_empty() {
            return Err(Refusal::at(
                "no-such-edge",
                a,
                text!(
                    "这条边界线段已不存在；请刷新后重试。" | "This edge is not there any more; look again and retry."
                ),
            ));
        }
        if at == a || at == b {
            return Err(Refusal::at("vertex-there", at, text!("这里已经有节点。" | "There is a vertex here already.")));
        }
        self.check_star(&passages, None, Some(at))?;
        let mut change = self.start(&passages);
        for (zone, after) in &mut change {
            let mut all = open_rings(&zone.shape);
            for ring in all.iter_mut().flatten() {
                let n = ring.len();
                let edge = (0..n).find(|&i| {
                    let (p, q) = (ring[i], ring[(i + 1) % n]);
                    (p, q) == (a, b) || (p, q) == (b, a)
                });
                if let Some(i) = edge {
                    ring.insert(i + 1, at);
                }
            }
            *after = outline::shape_of(all);
        }
        Ok(self.finish(change, &passages, None, Some(at)))
    }

    /// Every way of a boundary through `at`.
    pub(crate) fn passages(&self, at: Point) -> Vec<Passage> {
        let mut passages = Vec::new();
        for slot in self.slots_in([at.x, at.y, at.x, at.y]) {
            let Some(held) = self.held_at(slot) else { continue };
            for (ring, hole) in rings(&held.shape) {
                let n = ring.len();
                for i in (0..n).filter(|&i| ring[i] == at) {
                    let (p, q) = (ring[(i + n - 1) % n], ring[(i + 1) % n]);
                    let (before, after) = if interior_left(ring, hole) { (p, q) } else { (q, p) };
                    passages.push(Passage { slot, before, after });
                }
            }
        }
        passages
    }

    /// Whether a vertex lies within an edge of another zone: a defect that a move would tear open.
    fn lies_on_an_edge(&self, at: Point) -> bool {
        let mut lies = false;
        for held in self.slots_in([at.x, at.y, at.x, at.y]).into_iter().filter_map(|s| self.held_at(s)) {
            edges_near(&held.shape, at, at, |c, d| lies |= c != at && d != at && on_segment(c, d, at));
        }
        lies
    }

    fn start(&self, passages: &[Passage]) -> Vec<(Zone, Shape)> {
        let mut slots: Vec<u32> = passages.iter().map(|p| p.slot).collect();
        slots.dedup();
        slots.into_iter().filter_map(|s| self.held_at(s)).map(|h| (h.zone(), Shape::new(vec![]))).collect()
    }

    fn replace(&self, passages: &[Passage], at: Point, becoming: Becoming) -> Result<Change> {
        let mut change = self.start(passages);
        for (zone, after) in &mut change {
            let mut all = open_rings(&zone.shape);
            for ring in all.iter_mut().flatten() {
                if !ring.contains(&at) {
                    continue;
                }
                match becoming {
                    Becoming::Gone => ring.retain(|p| *p != at),
                    Becoming::At(to) => {
                        let touches = ring.contains(&to);
                        for p in ring.iter_mut().filter(|p| **p == at) {
                            *p = to;
                        }
                        ring.dedup();
                        while ring.len() > 1 && ring.first() == ring.last() {
                            ring.pop();
                        }
                        // moved onto a vertex of the same ring that is not its neighbour
                        if touches && ring.iter().filter(|p| **p == to).count() > 1 {
                            return Err(would_cross(to));
                        }
                    }
                }
                if ring.len() < 3 {
                    return Err(Refusal::at(
                        "would-vanish",
                        at,
                        text!(
                            "这样改动后分区“{}”的一个环不足三个点；请改用删除分区。"
                                | "A ring of the zone “{}” would be left with fewer than three points; remove the zone instead.",
                            zone.facts.id
                        ),
                    ));
                }
            }
            *after = outline::shape_of(all);
        }
        let to = match becoming {
            Becoming::At(to) => Some(to),
            Becoming::Gone => None,
        };
        Ok(self.finish(change, passages, Some(at), to))
    }

    fn finish(
        &self,
        change: Vec<(Zone, Shape)>,
        passages: &[Passage],
        from: Option<Point>,
        to: Option<Point>,
    ) -> Change {
        let transfers = transfer::of_star(self, passages, from, to);
        let zones = change
            .into_iter()
            .map(|(zone, shape)| {
                let after = Zone { facts: zone.facts.clone(), shape };
                ZoneChange { before: Some(zone), after: Some(after) }
            })
            .collect();
        Change { zones, transfers, ..Change::default() }
    }

    /// Refuses where the star around a vertex cannot slide from `from` to `to`. `from` is missing where
    /// the vertex is put into an edge, `to` where it is taken out.
    fn check_star(&self, passages: &[Passage], from: Option<Point>, to: Option<Point>) -> Result<()> {
        let mut ends: Vec<Point> = Vec::new();
        for p in passages.iter().flat_map(|p| [p.before, p.after]) {
            if !ends.contains(&p) {
                ends.push(p);
            }
        }
        // the edges as they will be, each with the one it comes from
        let edges: Vec<(Point, Point)> = match to {
            Some(to) => ends.iter().map(|&end| (to, end)).collect(),
            None => vec![(ends[0], ends[ends.len() - 1])],
        };
        for (i, &(a, b)) in edges.iter().enumerate() {
            if a == b {
                continue;
            }
            for &(_, other) in &edges[i + 1..] {
                if a != other && (on_segment(a, b, other) || on_segment(a, other, b)) {
                    return Err(would_cross(a));
                }
            }
        }
        // the ground that is swept
        let triangles: Vec<[Point; 3]> = match (from, to) {
            (Some(from), Some(to)) => ends.iter().map(|&end| [from, to, end]).collect(),
            (Some(at), None) | (None, Some(at)) => vec![[at, ends[0], ends[ends.len() - 1]]],
            (None, None) => return Ok(()),
        };
        let mut all = ends.clone();
        all.extend(from);
        all.extend(to);
        let window = around(&all);
        let (low, high) = (Point { x: window[0], y: window[1] }, Point { x: window[2], y: window[3] });
        let mut found: Option<Point> = None;
        for slot in self.slots_in(window) {
            let Some(held) = self.held_at(slot) else { continue };
            edges_near(&held.shape, low, high, |c, d| {
                if found.is_some() {
                    return;
                }
                let own = |p: Point| Some(p) == from || Some(p) == to || ends.contains(&p);
                for p in [c, d] {
                    let swept = |t: &[Point; 3]| !t.contains(&p) && in_triangle(t[0], t[1], t[2], p);
                    let sweeps = triangles.iter().any(swept);
                    if sweeps && (!own(p) || ends.contains(&p)) {
                        found = Some(p);
                        return;
                    }
                }
                if Some(c) == from || Some(d) == from {
                    return;
                }
                // the way itself: between two neighbours of the vertex no new edge would notice
                if let (Some(from), Some(to)) = (from, to)
                    && collides(from, to, c, d)
                {
                    found = Some(place(from, to, c, d));
                    return;
                }
                if from.is_none() && ends.contains(&c) && ends.contains(&d) {
                    // the edge that is bent
                    return;
                }
                for &(a, b) in edges.iter().filter(|(a, b)| a != b) {
                    if collides(a, b, c, d) && !from.is_some_and(|old| collides(old, b, c, d)) {
                        found = Some(place(a, b, c, d));
                        return;
                    }
                }
            });
        }
        found.map_or(Ok(()), |at| Err(would_cross(at)))
    }
}

/// Whether a new edge a–b and an edge c–d have more in common than a shared end.
fn collides(a: Point, b: Point, c: Point, d: Point) -> bool {
    if (a, b) == (c, d) || (a, b) == (d, c) {
        return false;
    }
    for (p, q, r, s) in [(a, b, c, d), (a, b, d, c), (b, a, c, d), (b, a, d, c)] {
        if p == r {
            // they share an end: one lies along the other, or they have nothing else in common
            return on_segment(p, q, s) || on_segment(p, s, q);
        }
    }
    meets(a, b, c, d)
}

/// About where two segments meet, to show it.
fn place(a: Point, b: Point, c: Point, d: Point) -> Point {
    let (r, s, o) = (b - a, d - c, c - a);
    let across = r.x * s.y - r.y * s.x;
    if across == 0.0 || orient(a, b, c) == 0 {
        return c;
    }
    let t = ((o.x * s.y - o.y * s.x) / across).clamp(0.0, 1.0);
    a + r * t
}

fn around(points: &[Point]) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    points.iter().fold(start, |b, p| [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)])
}

fn no_vertex(at: Point) -> Refusal {
    Refusal::at(
        "no-such-vertex",
        at,
        text!(
            "这里没有边界节点；它可能已被改动，请刷新后重试。"
                | "There is no boundary vertex here; it may have been changed. Look again and retry."
        ),
    )
}

pub(crate) fn would_cross(at: Point) -> Refusal {
    Refusal::at(
        "would-cross",
        at,
        text!(
            "这样改动会使边界在此处相交或重叠（北 {:.3}，东 {:.3}），没有执行；请换一个位置。"
                | "Boundaries would cross or overlap here (N {:.3}, E {:.3}), so nothing was changed; choose another place.",
            at.y,
            at.x
        ),
    )
}
