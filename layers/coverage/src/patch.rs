//! A part of the coverage taken apart into faces, and put together again with other owners.

use crate::coverage::Coverage;
use crate::edit::Change;
use crate::exact::bits;
use crate::ground::{Step, without_returns};
use crate::noding::{self, Noded, chain_of};
use crate::outline::{self, directed_edges, each_edge, open_rings, twice_area};
use crate::planar::{DRAWN, Edges, Faces, Label};
use crate::refusal::Result;
use crate::transfer::transfer;
use crate::{Point, coverage};
use redline_geometry::{Shape, planar_m2};
use redline_wording::{Text, text};
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A part smaller than this that an edit leaves behind is told of, m².
const SLIVER_M2: f64 = 1.0;

/// What is drawn over the coverage.
pub(crate) enum Drawn {
    /// Nothing.
    Nothing,
    /// A line from somewhere to somewhere.
    Line(Vec<Point>),
    /// A ring, open; its inside carries the label after the zones'.
    Ring(Vec<Point>),
    /// Ground by its edges, inside on the left; it carries the label after the zones'.
    Ground(Vec<Step>),
}

/// Some zones as faces, with what was drawn over them.
pub(crate) struct Patch<'a> {
    coverage: &'a Coverage,
    /// The zones, by label.
    slots: Vec<u32>,
    noded: Noded,
    pub(crate) faces: Faces,
}

impl<'a> Patch<'a> {
    /// Takes zones apart along a drawn line.
    pub(crate) fn new(coverage: &'a Coverage, slots: Vec<u32>, drawn: Drawn) -> Result<Patch<'a>> {
        let mut place: HashMap<noding::EdgeKey, u32> = HashMap::new();
        let mut edges: Vec<(Point, Point)> = Vec::new();
        for held in slots.iter().filter_map(|s| coverage.held_at(*s)) {
            for (ring, _) in outline::rings(&held.shape) {
                each_edge(ring, |a, b| {
                    if a != b {
                        place.entry(noding::key(a, b)).or_insert_with(|| {
                            edges.push((a, b));
                            edges.len() as u32 - 1
                        });
                    }
                });
            }
        }
        let has_inside = matches!(drawn, Drawn::Ring(_) | Drawn::Ground(_));
        let lines = match drawn {
            Drawn::Nothing => Vec::new(),
            Drawn::Line(line) => vec![line],
            Drawn::Ring(mut ring) => {
                if twice_area(&ring) < 0.0 {
                    ring.reverse();
                }
                ring.extend(ring.first().copied());
                vec![ring]
            }
            Drawn::Ground(steps) => steps.into_iter().map(|(a, b)| vec![a, b]).collect(),
        };
        let noded = noding::node(lines, &edges, &coverage.grid())?;
        let mut graph = Edges::default();
        for (label, held) in slots.iter().map(|s| coverage.held_at(*s)).enumerate() {
            let Some(held) = held else { continue };
            directed_edges(&held.shape, |a, b| {
                let parent = place.get(&noding::key(a, b)).copied().unwrap_or(DRAWN);
                for step in chain_of((a, b), &noded.on_edges).windows(2) {
                    graph.add_side(step[0], step[1], label as Label, parent);
                }
            });
        }
        let steps = noded.lines.iter().flat_map(|line| line.windows(2).map(|s| (s[0], s[1]))).collect();
        for (a, b) in if has_inside { without_returns(steps) } else { steps } {
            graph.add_drawn(a, b);
            if has_inside {
                graph.add_side(a, b, slots.len() as Label, DRAWN);
            }
        }
        let faces = graph.faces();
        Ok(Patch { coverage, slots, noded, faces })
    }

    /// The label of a drawn ring's inside.
    pub(crate) fn ring_label(&self) -> Label {
        self.slots.len() as Label
    }

    /// The zones that cover a face, without the drawn ring.
    pub(crate) fn zones_of(&self, face: usize) -> Vec<Label> {
        let ring = self.ring_label();
        self.faces.labels[face].iter().copied().filter(|l| *l != ring).collect()
    }

    pub(crate) fn facts(&self, label: Label) -> Option<&'a ZoneFacts> {
        self.coverage.held_at(*self.slots.get(label as usize)?).map(|h| &*h.facts)
    }

    /// Planar area of every face, m².
    pub(crate) fn areas(&self) -> Vec<f64> {
        let all: Vec<usize> = (0..self.faces.len()).collect();
        self.faces.shapes(&all).iter().map(planar_m2).collect()
    }

    /// Puts the zones together again: `owners` says by face who covers it now, by label; labels from
    /// [`Patch::ring_label`] on are the zones of `new`, in order. Zones of which nothing is left go.
    pub(crate) fn put_together(&self, owners: &[Vec<Label>], new: Vec<ZoneFacts>) -> Change {
        let before: Vec<Vec<Label>> = (0..self.faces.len()).map(|f| self.zones_of(f)).collect();
        let kept = self.nodes_in_use(&before, owners);
        // a vertex that noding found on an edge may be a corner of the zone whose vertex it is
        let corners = self.corners();
        let drop = |label: Label, p: Point| {
            let whose = corners.get(&bits(p));
            whose.is_some_and(|whose| !whose.contains(&label)) && !kept.contains(&bits(p))
        };
        let mut changed: BTreeMap<Label, u32> = BTreeMap::new();
        for (was, is) in before.iter().zip(owners) {
            for label in was.iter().filter(|l| !is.contains(l)).chain(is.iter().filter(|l| !was.contains(l))) {
                changed.insert(*label, 0);
            }
        }
        for (n, place) in changed.values_mut().enumerate() {
            *place = n as u32;
        }
        let labels: Vec<Label> = changed.keys().copied().collect();
        let groups: Vec<Vec<u32>> =
            owners.iter().map(|of| of.iter().filter_map(|l| changed.get(l).copied()).collect()).collect();
        let shapes = self.faces.regions(&groups, labels.len(), |n, p| drop(labels[n as usize], p));
        let noded_edges: HashMap<noding::EdgeKey, Vec<Point>> = self
            .noded
            .on_edges
            .iter()
            .map(|(k, v)| (*k, v.iter().copied().filter(|p| kept.contains(&bits(*p))).collect::<Vec<_>>()))
            .filter(|(_, v)| !v.is_empty())
            .collect();
        let mut change = Change::default();
        for (label, shape) in labels.iter().zip(shapes) {
            match self.slots.get(*label as usize) {
                Some(slot) => change.zones.extend(self.rewritten(*slot, shape, &mut change.notes)),
                None => {
                    let facts = new.get((label - self.ring_label()) as usize).cloned().unwrap_or_default();
                    change.zones.push(ZoneChange { before: None, after: Some(Zone { facts, shape }) });
                }
            }
        }
        let rewritten: HashSet<u32> = labels.iter().filter_map(|l| self.slots.get(*l as usize)).copied().collect();
        change.zones.extend(self.others_with_nodes(&noded_edges, &rewritten));
        change.transfers = self.transfers(&before, owners, &new);
        let mut added: Vec<Point> =
            noded_edges.into_values().flatten().filter(|p| corners.get(&bits(*p)).is_some_and(Vec::is_empty)).collect();
        added.sort_by_key(|p| bits(*p));
        added.dedup();
        change.nodes_added = added;
        change.zones.sort_by(|a, b| zone_id(a).cmp(zone_id(b)));
        change
    }

    /// The vertices that noding put into edges, with the zones of the patch that have them as vertices of
    /// their own.
    fn corners(&self) -> HashMap<(u64, u64), Vec<Label>> {
        let mut whose: HashMap<(u64, u64), Vec<Label>> =
            self.noded.on_edges.values().flatten().map(|p| (bits(*p), Vec::new())).collect();
        if whose.is_empty() {
            return whose;
        }
        for (label, held) in self.slots.iter().map(|s| self.coverage.held_at(*s)).enumerate() {
            for p in held.iter().flat_map(|h| outline::rings(&h.shape)).flat_map(|(ring, _)| ring) {
                if let Some(labels) = whose.get_mut(&bits(*p)) {
                    labels.push(label as Label);
                }
            }
        }
        whose
    }

    fn rewritten(&self, slot: u32, shape: Shape, notes: &mut Vec<Text>) -> Option<ZoneChange> {
        let old = self.coverage.held_at(slot)?.zone();
        let after = if shape.0.is_empty() {
            notes.push(text!(
                "分区“{}”的范围全部被划走，该分区随之删除。"
                    | "All ground of the zone “{}” was taken; the zone goes with it.",
                old.facts.id
            ));
            None
        } else {
            notes.extend(slivers(&old, &shape));
            Some(Zone { facts: old.facts.clone(), shape })
        };
        Some(ZoneChange { before: Some(old), after })
    }

    /// Of the vertices that were put into edges, those where the new boundaries do not just run on
    /// along the edge. Where nothing changes hands, none is needed.
    fn nodes_in_use(&self, before: &[Vec<Label>], owners: &[Vec<Label>]) -> HashSet<(u64, u64)> {
        let mut around: HashMap<(u64, u64), (bool, Vec<u32>)> =
            self.noded.on_edges.values().flatten().map(|p| (bits(*p), (false, Vec::new()))).collect();
        for edge in self.faces.edges() {
            let changes = before[edge.left] != owners[edge.left] || before[edge.right] != owners[edge.right];
            let rim = owners[edge.left] != owners[edge.right];
            for p in [edge.a, edge.b] {
                if let Some((changed, rims)) = around.get_mut(&bits(p)) {
                    *changed |= changes;
                    if rim {
                        rims.push(edge.parent);
                    }
                }
            }
        }
        let runs_on = |rims: &[u32]| rims.is_empty() || (rims.len() == 2 && rims[0] == rims[1] && rims[0] != DRAWN);
        around.into_iter().filter(|(_, (changed, rims))| *changed && !runs_on(rims)).map(|(p, _)| p).collect()
    }

    /// Zones that keep their ground and share an edge into which a vertex was put.
    fn others_with_nodes(
        &self,
        noded: &HashMap<noding::EdgeKey, Vec<Point>>,
        rewritten: &HashSet<u32>,
    ) -> Vec<ZoneChange> {
        let mut others: Vec<u32> = noded
            .values()
            .flatten()
            .flat_map(|p| self.coverage.slots_in([p.x, p.y, p.x, p.y]))
            .filter(|s| !rewritten.contains(s))
            .collect();
        others.sort_unstable();
        others.dedup();
        others
            .into_iter()
            .filter_map(|s| self.coverage.held_at(s))
            .filter_map(|held| {
                let shape = with_nodes(&held.shape, noded)?;
                let before = held.zone();
                let after = Zone { facts: before.facts.clone(), shape };
                Some(ZoneChange { before: Some(before), after: Some(after) })
            })
            .collect()
    }

    fn transfers(&self, before: &[Vec<Label>], after: &[Vec<Label>], new: &[ZoneFacts]) -> Vec<crate::Transfer> {
        type Hands = (Option<Label>, Option<Label>, Option<Label>);
        let mut places: BTreeMap<Hands, u32> = BTreeMap::new();
        let hands: Vec<Vec<Hands>> = before
            .iter()
            .zip(after)
            .map(|(was, is)| {
                let from: Vec<Label> = was.iter().copied().filter(|l| !is.contains(l)).collect();
                let to: Vec<Label> = is.iter().copied().filter(|l| !was.contains(l)).collect();
                let still = was.iter().copied().find(|l| is.contains(l));
                (0..from.len().max(to.len())).map(|i| (from.get(i).copied(), to.get(i).copied(), still)).collect()
            })
            .collect();
        for of_face in hands.iter().flatten() {
            places.insert(*of_face, 0);
        }
        for (n, place) in places.values_mut().enumerate() {
            *place = n as u32;
        }
        let groups: Vec<Vec<u32>> = hands.iter().map(|of| of.iter().map(|h| places[h]).collect()).collect();
        // every vertex stays: the ground is told as it lay
        let shapes = self.faces.regions(&groups, places.len(), |_, _| false);
        let facts = |label: Option<Label>| {
            let label = label?;
            match self.facts(label) {
                Some(facts) => Some(facts.clone()),
                None => new.get((label - self.ring_label()) as usize).cloned(),
            }
        };
        places
            .into_keys()
            .zip(shapes)
            .map(|((from, to, still), shape)| crate::Transfer {
                still: facts(still),
                ..transfer(self.coverage, facts(from), facts(to), shape)
            })
            .collect()
    }
}

/// The shape with vertices put into its edges; `None` where it has none of these edges.
fn with_nodes(shape: &Shape, noded: &HashMap<noding::EdgeKey, Vec<Point>>) -> Option<Shape> {
    let mut any = false;
    let mut all = open_rings(shape);
    for ring in all.iter_mut().flatten() {
        let n = ring.len();
        if !(0..n).any(|i| noded.contains_key(&noding::key(ring[i], ring[(i + 1) % n]))) {
            continue;
        }
        any = true;
        let mut out = Vec::with_capacity(n + 2);
        for i in 0..n {
            let chain = chain_of((ring[i], ring[(i + 1) % n]), noded);
            out.extend_from_slice(&chain[..chain.len() - 1]);
        }
        *ring = out;
    }
    any.then(|| outline::shape_of(all))
}

/// Parts below a square metre that were not there before, told with their size.
fn slivers(before: &Zone, after: &Shape) -> Vec<Text> {
    let small = |shape: &Shape| -> Vec<f64> {
        let mut areas: Vec<f64> =
            shape.0.iter().map(|p| planar_m2(&Shape::new(vec![p.clone()]))).filter(|m2| *m2 < SLIVER_M2).collect();
        areas.sort_by(f64::total_cmp);
        areas
    };
    let (old, new) = (small(&before.shape), small(after));
    if new.len() <= old.len() {
        return Vec::new();
    }
    let id = &before.facts.id;
    let m2 = new.first().copied().unwrap_or_default();
    vec![text!(
        "分区“{id}”留下不足 1 平方米的碎块（最小 {m2:.4} 平方米）；可放大查看后并入相邻分区。"
            | "The zone “{id}” keeps a part below 1 m² (the smallest {m2:.4} m²); look closer and give it to a neighbour."
    )]
}

pub(crate) fn zone_id(change: &ZoneChange) -> &str {
    let zone = change.before.as_ref().or(change.after.as_ref());
    zone.map_or("", |z| z.facts.id.as_str())
}

/// The zones whose bounds touch those of the points.
pub(crate) fn slots_around(coverage: &Coverage, points: &[Point]) -> Vec<u32> {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let s = noding::SNAP_M;
    let b =
        points.iter().fold(start, |b, p| [b[0].min(p.x - s), b[1].min(p.y - s), b[2].max(p.x + s), b[3].max(p.y + s)]);
    coverage.slots_in(b)
}

/// Bounds of a shape's points, as corners.
pub(crate) fn corners(shape: &Shape) -> Vec<Point> {
    coverage::bounds_of(shape).map(|[a, b, c, d]| vec![Point { x: a, y: b }, Point { x: c, y: d }]).unwrap_or_default()
}
