//! The ground between lines: faces of a planar graph, each with the zones that cover it.
//!
//! Half-edges come in pairs, `2·edge` from its lesser end and `2·edge + 1` back; a face lies on the left
//! of its half-edges (Muller & Preparata 1978; de Berg et al., Computational Geometry, 2.2). Whoever
//! calls has noded the lines: edges meet in common ends only.

use crate::Point;
use crate::exact::{bits, orient};
use crate::outline::twice_area;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::{HashMap, HashSet};

/// A zone of the graph, by its place in the caller's list; drawn rings have places too.
pub(crate) type Label = u32;

/// Edges with what lies on either side, being gathered.
#[derive(Default)]
pub(crate) struct Edges {
    points: Vec<Point>,
    by_bits: HashMap<(u64, u64), u32>,
    ends: Vec<(u32, u32)>,
    by_ends: HashMap<(u32, u32), u32>,
    /// (edge, label, whether it lies on the left of the half-edge `2·edge`)
    sides: Vec<(u32, Label, bool)>,
    drawn: Vec<bool>,
    /// The boundary edge each is a part of, by the caller's count.
    parent: Vec<u32>,
}

/// No boundary edge.
pub(crate) const DRAWN: u32 = u32::MAX;

impl Edges {
    fn point(&mut self, p: Point) -> u32 {
        *self.by_bits.entry(bits(p)).or_insert_with(|| {
            self.points.push(p);
            self.points.len() as u32 - 1
        })
    }

    fn edge(&mut self, a: Point, b: Point) -> Option<(u32, bool)> {
        let (a, b) = (self.point(a), self.point(b));
        if a == b {
            return None;
        }
        let ends = (a.min(b), a.max(b));
        let edge = *self.by_ends.entry(ends).or_insert_with(|| {
            self.ends.push(ends);
            self.drawn.push(false);
            self.parent.push(DRAWN);
            self.ends.len() as u32 - 1
        });
        Some((edge, a < b))
    }

    /// A directed part of a boundary edge with `label` on its left. `parent` counts boundary edges.
    pub(crate) fn add_side(&mut self, a: Point, b: Point, label: Label, parent: u32) {
        if let Some((edge, forward)) = self.edge(a, b) {
            self.sides.push((edge, label, forward));
            self.parent[edge as usize] = self.parent[edge as usize].min(parent);
        }
    }

    /// An edge of a drawn line.
    pub(crate) fn add_drawn(&mut self, a: Point, b: Point) {
        if let Some((edge, _)) = self.edge(a, b) {
            self.drawn[edge as usize] = true;
        }
    }

    /// Traces the faces.
    pub(crate) fn faces(mut self) -> Faces {
        self.prune();
        let count = self.ends.len();
        let out = self.outgoing();
        // next half-edge along the face: at the head, the one just clockwise of the way back
        let mut next = vec![0_u32; 2 * count];
        for around in &out {
            for (i, &h) in around.iter().enumerate() {
                let clockwise = around[(i + around.len() - 1) % around.len()];
                next[(h ^ 1) as usize] = clockwise;
            }
        }
        let mut cycle_of = vec![u32::MAX; 2 * count];
        let mut cycles: Vec<Vec<u32>> = Vec::new();
        for h in 0..2 * count as u32 {
            if cycle_of[h as usize] != u32::MAX {
                continue;
            }
            let mut cycle = Vec::new();
            let mut at = h;
            while cycle_of[at as usize] == u32::MAX {
                cycle_of[at as usize] = cycles.len() as u32;
                cycle.push(at);
                at = next[at as usize];
            }
            cycles.push(cycle);
        }
        let face_of_cycle = self.assign(&cycles, &cycle_of);
        let face_of: Vec<u32> = cycle_of.iter().map(|&c| face_of_cycle[c as usize]).collect();
        let number = face_of.iter().max().map_or(1, |&m| m as usize + 1);
        let labels = self.label(&face_of, number);
        Faces { points: self.points, ends: self.ends, drawn: self.drawn, parent: self.parent, face_of, labels }
    }

    /// Takes out drawn edges that end in nothing: they part no ground.
    fn prune(&mut self) {
        let mut bound = vec![false; self.ends.len()];
        for &(edge, _, _) in &self.sides {
            bound[edge as usize] = true;
        }
        let mut degree = vec![0_u32; self.points.len()];
        let mut at: HashMap<u32, Vec<u32>> = HashMap::new();
        for (e, &(a, b)) in self.ends.iter().enumerate() {
            degree[a as usize] += 1;
            degree[b as usize] += 1;
            if !bound[e] {
                at.entry(a).or_default().push(e as u32);
                at.entry(b).or_default().push(e as u32);
            }
        }
        let mut gone = vec![false; self.ends.len()];
        let mut loose: Vec<u32> = at.keys().copied().filter(|p| degree[*p as usize] == 1).collect();
        while let Some(p) = loose.pop() {
            for &e in at.get(&p).into_iter().flatten() {
                if gone[e as usize] || degree[p as usize] != 1 {
                    continue;
                }
                gone[e as usize] = true;
                let (a, b) = self.ends[e as usize];
                degree[a as usize] -= 1;
                degree[b as usize] -= 1;
                let other = if a == p { b } else { a };
                if degree[other as usize] == 1 {
                    loose.push(other);
                }
            }
        }
        if !gone.contains(&true) {
            return;
        }
        let mut place = vec![u32::MAX; self.ends.len()];
        let (mut ends, mut drawn, mut parent) = (Vec::new(), Vec::new(), Vec::new());
        for e in 0..self.ends.len() {
            if !gone[e] {
                place[e] = ends.len() as u32;
                ends.push(self.ends[e]);
                drawn.push(self.drawn[e]);
                parent.push(self.parent[e]);
            }
        }
        for side in &mut self.sides {
            side.0 = place[side.0 as usize];
        }
        (self.ends, self.drawn, self.parent) = (ends, drawn, parent);
    }

    /// The half-edges that leave each vertex, counter-clockwise.
    fn outgoing(&self) -> Vec<Vec<u32>> {
        let mut out: Vec<Vec<u32>> = vec![Vec::new(); self.points.len()];
        for (e, &(a, b)) in self.ends.iter().enumerate() {
            out[a as usize].push(2 * e as u32);
            out[b as usize].push(2 * e as u32 + 1);
        }
        for (v, around) in out.iter_mut().enumerate() {
            if around.len() < 3 {
                continue;
            }
            let o = self.points[v];
            let head = |h: u32| {
                let (a, b) = self.ends[h as usize / 2];
                self.points[if h & 1 == 0 { b } else { a } as usize]
            };
            let upper = |p: Point| p.y > o.y || (p.y == o.y && p.x > o.x);
            around.sort_by(|&g, &h| {
                let (p, q) = (head(g), head(h));
                upper(q).cmp(&upper(p)).then_with(|| 0.cmp(&orient(o, p, q)))
            });
        }
        out
    }

    fn tail(&self, h: u32) -> u32 {
        let (a, b) = self.ends[h as usize / 2];
        if h & 1 == 0 { a } else { b }
    }

    /// Which face each cycle bounds: 0 is the ground outside everything. A cycle that runs clockwise is
    /// the rim of something that lies in a larger face.
    fn assign(&self, cycles: &[Vec<u32>], cycle_of: &[u32]) -> Vec<u32> {
        let ring =
            |cycle: &[u32]| -> Vec<Point> { cycle.iter().map(|&h| self.points[self.tail(h) as usize]).collect() };
        let rings: Vec<Vec<Point>> = cycles.iter().map(|c| ring(c)).collect();
        let areas: Vec<f64> = rings.iter().map(|r| twice_area(r)).collect();
        let mut face = vec![0_u32; cycles.len()];
        let mut faces = 0;
        let mut around: Vec<GeomWithData<Rectangle<[f64; 2]>, usize>> = Vec::new();
        for c in (0..cycles.len()).filter(|&c| areas[c] > 0.0) {
            faces += 1;
            face[c] = faces;
            let [x0, y0, x1, y1] = bounds(&rings[c]);
            around.push(GeomWithData::new(Rectangle::from_corners([x0, y0], [x1, y1]), c));
        }
        let around = RTree::bulk_load(around);
        let component = self.components(cycles, cycle_of);
        for c in (0..cycles.len()).filter(|&c| areas[c] <= 0.0) {
            let at = rings[c][0];
            // the smallest face of another part that has the place within
            let home = around
                .locate_in_envelope_intersecting(AABB::from_point([at.x, at.y]))
                .map(|entry| entry.data)
                .filter(|&o| component[o] != component[c] && inside(&rings[o], at))
                .min_by(|&a, &b| areas[a].total_cmp(&areas[b]).then(a.cmp(&b)));
            face[c] = home.map_or(0, |o| face[o]);
        }
        face
    }

    /// Which connected part each cycle belongs to.
    fn components(&self, cycles: &[Vec<u32>], cycle_of: &[u32]) -> Vec<u32> {
        let mut part = vec![u32::MAX; cycles.len()];
        // cycles of one part share edges or vertices
        let mut at_vertex: Vec<Vec<u32>> = vec![Vec::new(); self.points.len()];
        for (h, &c) in cycle_of.iter().enumerate() {
            at_vertex[self.tail(h as u32) as usize].push(c);
        }
        let mut parts = 0;
        for start in 0..cycles.len() {
            if part[start] != u32::MAX {
                continue;
            }
            let mut todo = vec![start];
            part[start] = parts;
            while let Some(c) = todo.pop() {
                for &h in &cycles[c] {
                    for &other in &at_vertex[self.tail(h) as usize] {
                        if part[other as usize] == u32::MAX {
                            part[other as usize] = parts;
                            todo.push(other as usize);
                        }
                    }
                }
            }
            parts += 1;
        }
        part
    }

    /// The labels that cover each face, from the outside in.
    fn label(&mut self, face_of: &[u32], number: usize) -> Vec<Vec<Label>> {
        self.sides.sort_unstable();
        let mut first = vec![0_usize; self.ends.len() + 1];
        for &(e, _, _) in &self.sides {
            first[e as usize + 1] += 1;
        }
        for e in 0..self.ends.len() {
            first[e + 1] += first[e];
        }
        let mut by_face: Vec<Vec<u32>> = vec![Vec::new(); number];
        for (h, &f) in face_of.iter().enumerate() {
            by_face[f as usize].push(h as u32);
        }
        let mut labels: Vec<Option<Vec<Label>>> = vec![None; number];
        labels[0] = Some(Vec::new());
        let mut todo = vec![0_usize];
        while let Some(f) = todo.pop() {
            for &h in &by_face[f] {
                let other = face_of[(h ^ 1) as usize] as usize;
                if labels[other].is_some() {
                    continue;
                }
                let mut set = labels[f].clone().unwrap_or_default();
                let e = h as usize / 2;
                // crossing from the left of h to its right
                for &(_, label, forward) in &self.sides[first[e]..first[e + 1]] {
                    let on_left = forward == (h & 1 == 0);
                    if on_left {
                        if let Some(i) = set.iter().position(|l| *l == label) {
                            set.remove(i);
                        }
                    } else {
                        set.push(label);
                    }
                }
                set.sort_unstable();
                labels[other] = Some(set);
                todo.push(other);
            }
        }
        labels.into_iter().map(Option::unwrap_or_default).collect()
    }
}

/// One edge of the graph: its ends, the faces on either side of the way from `a` to `b`, whether a drawn
/// line runs along it, and the boundary edge it is a part of ([`DRAWN`] for none).
#[derive(Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) a: Point,
    pub(crate) b: Point,
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) drawn: bool,
    pub(crate) parent: u32,
}

/// The faces of a graph.
pub(crate) struct Faces {
    points: Vec<Point>,
    ends: Vec<(u32, u32)>,
    drawn: Vec<bool>,
    parent: Vec<u32>,
    /// The face on the left of every half-edge; 0 is outside everything.
    face_of: Vec<u32>,
    /// The labels that cover each face, sorted.
    pub(crate) labels: Vec<Vec<Label>>,
}

impl Faces {
    /// How many faces, that outside everything included.
    pub(crate) fn len(&self) -> usize {
        self.labels.len()
    }

    /// Every edge.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.ends.iter().enumerate().map(|(e, &(a, b))| Edge {
            a: self.points[a as usize],
            b: self.points[b as usize],
            left: self.face_of[2 * e] as usize,
            right: self.face_of[2 * e + 1] as usize,
            drawn: self.drawn[e],
            parent: self.parent[e],
        })
    }

    /// The ground of every group of faces, 0 up to `count`, in one pass over the edges: polygons with
    /// holes, simple rings that touch themselves and others in single points at most. `groups` says by
    /// face which it belongs to; the ground outside everything belongs to none. `drop` names the
    /// vertices that a group's rings leave out.
    pub(crate) fn regions(
        &self,
        groups: &[Vec<u32>],
        count: usize,
        drop: impl Fn(u32, Point) -> bool,
    ) -> Vec<redline_geometry::Shape> {
        let mut rims: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (h, f) in self.face_of.iter().enumerate().filter(|(_, f)| **f != 0) {
            let beyond = self.face_of[h ^ 1];
            for group in &groups[*f as usize] {
                if beyond == 0 || !groups[beyond as usize].contains(group) {
                    rims[*group as usize].push(h);
                }
            }
        }
        rims.into_iter().enumerate().map(|(n, rims)| self.rings_of(&rims, |p| drop(n as u32, p))).collect()
    }

    /// The ground of each of these faces.
    pub(crate) fn shapes(&self, faces: &[usize]) -> Vec<redline_geometry::Shape> {
        let mut groups = vec![Vec::new(); self.len()];
        for (n, f) in faces.iter().enumerate() {
            groups[*f].push(n as u32);
        }
        self.regions(&groups, faces.len(), |_, _| false)
    }

    /// The ground on the left of these half-edges, which form closed ways.
    fn rings_of(&self, rims: &[usize], drop: impl Fn(Point) -> bool) -> redline_geometry::Shape {
        let mut leaving: HashMap<u32, Vec<u32>> = HashMap::new();
        let (tail, head) = (
            |h: usize| if h & 1 == 0 { self.ends[h / 2].0 } else { self.ends[h / 2].1 },
            |h: usize| if h & 1 == 0 { self.ends[h / 2].1 } else { self.ends[h / 2].0 },
        );
        for &h in rims {
            leaving.entry(tail(h)).or_default().push(h as u32);
        }
        let mut used: HashSet<usize> = HashSet::with_capacity(rims.len());
        let (mut shells, mut holes): (Vec<Vec<Point>>, Vec<Vec<Point>>) = (Vec::new(), Vec::new());
        for &start in rims {
            if used.contains(&start) {
                continue;
            }
            // a walk along the rim; whenever it comes back to a vertex, that loop is a ring
            let mut path: Vec<u32> = vec![tail(start)];
            let mut place: HashMap<u32, usize> = HashMap::from([(tail(start), 0)]);
            let mut h = start;
            loop {
                used.insert(h);
                let v = head(h);
                if let Some(&i) = place.get(&v) {
                    let ring: Vec<Point> = path[i..].iter().map(|p| self.points[*p as usize]).collect();
                    for p in path.drain(i + 1..) {
                        place.remove(&p);
                    }
                    if twice_area(&ring) > 0.0 { shells.push(ring) } else { holes.push(ring) }
                } else {
                    place.insert(v, path.len());
                    path.push(v);
                }
                let from = self.points[v as usize];
                let back = self.points[tail(h) as usize];
                let candidates = leaving.get(&v).map_or(&[][..], Vec::as_slice);
                let next = candidates.iter().copied().filter(|g| !used.contains(&(*g as usize))).reduce(|best, g| {
                    // the first one clockwise of the way back keeps the interior wedge together
                    let (p, q) = (self.points[head(best as usize) as usize], self.points[head(g as usize) as usize]);
                    if clockwise_before(from, back, q, p) { g } else { best }
                });
                match next {
                    Some(g) => h = g as usize,
                    None => break,
                }
            }
        }
        let keep = |ring: &Vec<Point>| -> Vec<Point> { ring.iter().copied().filter(|p| !drop(*p)).collect() };
        let mut polygons: Vec<(f64, Vec<Point>, Vec<Vec<Point>>)> =
            shells.into_iter().map(|s| (twice_area(&s), s, Vec::new())).collect();
        polygons.sort_by(|a, b| a.0.total_cmp(&b.0));
        for hole in holes {
            let home = polygons.iter_mut().find(|(_, shell, _)| holds(shell, &hole));
            if let Some((_, _, holes)) = home {
                holes.push(hole);
            }
        }
        redline_geometry::shape_of_rings(
            polygons.into_iter().map(|(_, s, hs)| (keep(&s), hs.iter().map(keep).collect())).collect(),
        )
    }
}

/// Whether, turning clockwise from the direction `back` around `o`, `p` comes before `q`.
fn clockwise_before(o: Point, back: Point, p: Point, q: Point) -> bool {
    // on which half of the turn: 0 the first half turn clockwise (right of the way back), 1 the second
    let half = |x: Point| match orient(o, back, x) {
        s if s < 0 => 0,
        0 if (x.x - o.x) * (back.x - o.x) + (x.y - o.y) * (back.y - o.y) < 0.0 => 1,
        0 => 2,
        _ => 1,
    };
    let (hp, hq) = (half(p), half(q));
    if hp != hq { hp < hq } else { orient(o, p, q) < 0 }
}

/// Whether `p` lies inside an open ring; on its boundary is not inside.
pub(crate) fn inside(ring: &[Point], p: Point) -> bool {
    let mut odd = false;
    let n = ring.len();
    for i in 0..n {
        let (a, b) = (ring[i], ring[(i + 1) % n]);
        if crate::exact::on_segment(a, b, p) {
            return false;
        }
        if (a.y > p.y) != (b.y > p.y) {
            let left = orient(a, b, p) > 0;
            if left == (b.y > a.y) {
                odd = !odd;
            }
        }
    }
    odd
}

/// Whether a shell holds a hole that touches it in vertices at most.
fn holds(shell: &[Point], hole: &[Point]) -> bool {
    let b = bounds(shell);
    let in_box = |p: &Point| b[0] <= p.x && p.x <= b[2] && b[1] <= p.y && p.y <= b[3];
    if !hole.iter().all(in_box) {
        return false;
    }
    match hole.iter().find(|p| !shell.contains(p)) {
        Some(p) => inside(shell, *p),
        None => {
            let (a, b) = (hole[0], hole[1]);
            inside(shell, (a + b) / 2.0)
        }
    }
}

fn bounds(ring: &[Point]) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter().fold(start, |b, p| [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)])
}
