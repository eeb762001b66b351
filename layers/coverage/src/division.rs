//! Splitting, merging, carving and reshaping: ground gets other owners.

use crate::coverage::Coverage;
use crate::edit::{Change, FactsEdit, Ground, Recipient};
use crate::exact::bits;
use crate::noding::{distance, foot_of, rounded};
use crate::outline::{self, open_rings, rings};
use crate::patch::{Drawn, Patch, corners, slots_around, zone_id};
use crate::planar::Label;
use crate::refusal::{Refusal, Result};
use crate::vertex::Passage;
use crate::{Point, transfer};
use redline_geometry::Shape;
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How far a vertex that a drawn line put into an edge may lie off it, metres: rounding to the grid.
const STRAIGHT_M: f64 = 1e-6;

impl Coverage {
    pub(crate) fn split(&self, id: &str, line: &[Point]) -> Result<Change> {
        let slot = self.slot(id)?;
        let patch = Patch::new(self, vec![slot], Drawn::Line(self.on_grid(line, 2)?))?;
        let cut = |f: usize| patch.zones_of(f) == [0];
        let mut parts: HashSet<usize> = HashSet::new();
        for e in patch.faces.edges() {
            if e.drawn && e.left != e.right && cut(e.left) && cut(e.right) {
                parts.extend([e.left, e.right]);
            }
        }
        if parts.len() < 2 {
            return Err(Refusal::at(
                "line-does-not-split",
                line[0],
                text!(
                    "所画的线没有把分区“{id}”分开；请从边界外画到另一侧边界外。"
                        | "The drawn line does not part the zone “{id}”; draw it from outside the boundary to outside on the other side."
                ),
            ));
        }
        let areas = patch.areas();
        let mut parts: Vec<usize> = parts.into_iter().collect();
        parts.sort_by(|a, b| areas[*b].total_cmp(&areas[*a]).then(a.cmp(b)));
        let mut owners: Vec<Vec<Label>> = (0..patch.faces.len()).map(|f| patch.zones_of(f)).collect();
        let facts = patch.facts(0).cloned().unwrap_or_default();
        let mut taken = HashSet::new();
        let mut new = Vec::new();
        for (n, part) in parts.into_iter().skip(1).enumerate() {
            owners[part] = vec![patch.ring_label() + n as Label];
            let id = self.free_id(&facts.id, &taken);
            taken.insert(id.clone());
            new.push(ZoneFacts { id, declared_m2: None, ..facts.clone() });
        }
        Ok(patch.put_together(&owners, new))
    }

    pub(crate) fn merge(&self, ids: &[String], keep: &str) -> Result<Change> {
        let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        let keeps = ids.iter().position(|id| *id == keep);
        let (Some(kept), true) = (keeps, ids.len() > 1) else {
            return Err(Refusal::of(
                "merge-needs-two",
                text!(
                    "合并至少需要两个分区，并指明保留其中哪一个的属性。"
                        | "Merging needs at least two zones, one of which keeps its facts."
                ),
            ));
        };
        let slots: Vec<u32> = ids.iter().map(|id| self.slot(id)).collect::<Result<_>>()?;
        let patch = Patch::new(self, slots.clone(), Drawn::Nothing)?;
        let mut home: Vec<usize> = (0..ids.len()).collect();
        let mut inner: Vec<Point> = Vec::new();
        for e in patch.faces.edges() {
            let (l, r) = (patch.zones_of(e.left), patch.zones_of(e.right));
            if let (Some(&l), Some(&r)) = (l.first(), r.first())
                && l != r
            {
                inner.extend([e.a, e.b]);
                let (l, r) = (home[l as usize], home[r as usize]);
                for h in home.iter_mut().filter(|h| **h == r) {
                    *h = l;
                }
            }
        }
        if let Some(apart) = (0..ids.len()).find(|i| home[*i] != home[kept]) {
            let other = ids[apart];
            return Err(Refusal::of(
                "not-neighbours",
                text!(
                    "分区“{other}”与“{keep}”没有公共边界，不能合并。"
                        | "The zones “{other}” and “{keep}” share no boundary and cannot be merged."
                ),
            ));
        }
        let owners: Vec<Vec<Label>> = (0..patch.faces.len())
            .map(|f| if patch.zones_of(f).is_empty() { Vec::new() } else { vec![kept as Label] })
            .collect();
        let mut change = patch.put_together(&owners, Vec::new());
        change.notes.clear();
        self.take_out_nodes(&mut change, &inner, keep);
        Ok(change)
    }

    /// Takes vertices that drawn lines put into boundaries out again, where no boundary ends on them
    /// any more.
    fn take_out_nodes(&self, change: &mut Change, candidates: &[Point], keep: &str) {
        let mut seen = HashSet::new();
        let gone: HashSet<&str> = change.zones.iter().map(zone_id).collect();
        let mut out: Vec<Point> = Vec::new();
        let Some(merged) = change.zones.iter().filter_map(|z| z.after.as_ref()).find(|z| z.facts.id == keep) else {
            return;
        };
        for &p in candidates.iter().filter(|p| self.is_node(**p)) {
            if !seen.insert(bits(p)) {
                continue;
            }
            let other = |q: &Passage| self.held_at(q.slot).is_some_and(|h| !gone.contains(h.facts.id.as_str()));
            let mut ways: Vec<(Point, Point)> =
                self.passages(p).into_iter().filter(other).map(|q| (q.before, q.after)).collect();
            for (ring, _) in rings(&merged.shape) {
                let n = ring.len();
                ways.extend((0..n).filter(|&i| ring[i] == p).map(|i| (ring[(i + n - 1) % n], ring[(i + 1) % n])));
            }
            let Some(&(a, b)) = ways.first() else { continue };
            // a corner by now, where one side of the line that was drawn is gone
            let straight = distance(p, foot_of(a, b, p)) <= STRAIGHT_M;
            if straight && ways.iter().all(|w| *w == (a, b) || *w == (b, a)) {
                out.push(p);
            }
        }
        if out.is_empty() {
            return;
        }
        let without = |shape: &Shape| {
            let mut all = open_rings(shape);
            let had: usize = all.iter().flatten().map(Vec::len).sum();
            for ring in all.iter_mut().flatten() {
                ring.retain(|p| !out.contains(p));
            }
            let has: usize = all.iter().flatten().map(Vec::len).sum();
            (has < had).then(|| outline::shape_of(all))
        };
        let mut touched: HashSet<u32> = out.iter().flat_map(|p| self.slots_in([p.x, p.y, p.x, p.y])).collect();
        for zone in change.zones.iter_mut() {
            if let Some(before) = &zone.before
                && let Ok(slot) = self.slot(&before.facts.id)
            {
                touched.remove(&slot);
            }
            if let Some(after) = &mut zone.after
                && let Some(shape) = without(&after.shape)
            {
                after.shape = shape;
            }
        }
        for held in touched.into_iter().filter_map(|s| self.held_at(s)) {
            if let Some(shape) = without(&held.shape) {
                let before = Zone { facts: (*held.facts).clone(), shape: (*held.shape).clone() };
                let after = Zone { facts: before.facts.clone(), shape };
                change.zones.push(ZoneChange { before: Some(before), after: Some(after) });
            }
        }
        change.nodes_removed = out;
        change.zones.sort_by(|a, b| zone_id(a).cmp(zone_id(b)));
    }

    pub(crate) fn carve(&self, ring: &[Point], from: &Ground, to: &Recipient) -> Result<Change> {
        let ring = self.on_grid(ring, 3)?;
        let mut slots = slots_around(self, &ring);
        let target = match to {
            Recipient::Zone { zone } => {
                let slot = self.slot(zone)?;
                if !slots.contains(&slot) {
                    slots.push(slot);
                }
                Some(slot)
            }
            _ => None,
        };
        if let Ground::Zone { zone } = from {
            self.slot(zone)?;
        }
        let target = target.and_then(|slot| slots.iter().position(|s| *s == slot)).map(|l| l as Label);
        let at = ring[0];
        let patch = Patch::new(self, slots, Drawn::Ring(ring))?;
        let new = match to {
            Recipient::New { facts } => vec![self.new_facts(facts)?],
            _ => Vec::new(),
        };
        let recipient = match to {
            Recipient::Blank => None,
            Recipient::Zone { .. } => target,
            Recipient::New { .. } => Some(patch.ring_label()),
        };
        let donor = |l: &Label| match (from, patch.facts(*l)) {
            (Ground::Zone { zone }, Some(facts)) => facts.id == *zone,
            (Ground::Tier { tier }, Some(facts)) => facts.tier.as_ref() == Some(tier),
            (Ground::Zones | Ground::All, Some(_)) => true,
            _ => false,
        };
        let mut owners: Vec<Vec<Label>> = Vec::with_capacity(patch.faces.len());
        let mut taken = false;
        for f in 0..patch.faces.len() {
            let zones = patch.zones_of(f);
            let inside = patch.faces.labels[f].contains(&patch.ring_label());
            let takes = match from {
                Ground::Blank => zones.is_empty(),
                Ground::All => true,
                _ => zones.iter().any(donor),
            };
            let has = recipient.is_some_and(|r| zones.contains(&r));
            if !inside || !takes || has || (zones.is_empty() && recipient.is_none()) {
                owners.push(zones);
                continue;
            }
            taken = true;
            let mut after: Vec<Label> = zones.into_iter().filter(|l| !donor(l)).collect();
            after.extend(recipient);
            after.sort_unstable();
            owners.push(after);
        }
        if !taken {
            return Err(Refusal::at(
                "nothing-to-take",
                at,
                text!(
                    "所画范围内没有可以划转的土地（所选来源与它不相交）。"
                        | "There is no ground to take within what was drawn: the chosen source does not meet it."
                ),
            ));
        }
        Ok(patch.put_together(&owners, new))
    }

    pub(crate) fn reshape(&self, id: &str, line: &[Point]) -> Result<Change> {
        let slot = self.slot(id)?;
        let line = self.on_grid(line, 2)?;
        let mut reach = line.clone();
        for round in 0..2 {
            let mut slots = vec![slot];
            slots.extend(slots_around(self, &reach).into_iter().filter(|s| *s != slot));
            let patch = Patch::new(self, slots, Drawn::Line(line.clone()))?;
            let owners = reshaped(&patch);
            let moved: Vec<usize> = (0..owners.len()).filter(|f| owners[*f] != patch.zones_of(*f)).collect();
            if moved.is_empty() {
                return Err(Refusal::at(
                    "line-does-not-reshape",
                    line[0],
                    text!(
                        "所画的线没有两次与分区“{id}”的边界相交；请从边界上开始，在边界上结束。"
                            | "The drawn line does not meet the boundary of the zone “{id}” twice; begin and end it on the boundary."
                    ),
                ));
            }
            if round == 1 {
                return Ok(patch.put_together(&owners, Vec::new()));
            }
            // whoever touches what moves has a say in whose it becomes
            reach.extend(corners(&patch.faces.region(|f| moved.contains(&f), |_| false)));
        }
        Ok(Change::default())
    }

    pub(crate) fn remove(&self, id: &str) -> Result<Change> {
        let slot = self.slot(id)?;
        let Some(held) = self.held_at(slot) else { return Ok(Change::default()) };
        let zone = Zone { facts: (*held.facts).clone(), shape: (*held.shape).clone() };
        let transfers = vec![transfer::transfer(self, Some(zone.facts.clone()), None, zone.shape.clone())];
        Ok(Change { zones: vec![ZoneChange { before: Some(zone), after: None }], transfers, ..Change::default() })
    }

    pub(crate) fn rebuild(&self, id: &str) -> Result<Change> {
        let slot = self.slot(id)?;
        let Some(held) = self.held_at(slot) else { return Ok(Change::default()) };
        let all: Vec<Vec<Point>> = rings(&held.shape).map(|(ring, _)| ring.to_vec()).collect();
        let built = redline_geometry::rings::build(&all, &self.grid());
        let before = Zone { facts: (*held.facts).clone(), shape: (*held.shape).clone() };
        let transfers = transfer::of_shapes(self, &[(slot, before.shape.clone(), built.shape.clone())]);
        let after = Zone { facts: before.facts.clone(), shape: built.shape };
        Ok(Change {
            zones: vec![ZoneChange { before: Some(before), after: Some(after) }],
            transfers,
            ..Change::default()
        })
    }

    pub(crate) fn set_facts(&self, id: &str, edit: &FactsEdit) -> Result<Change> {
        let slot = self.slot(id)?;
        let Some(held) = self.held_at(slot) else { return Ok(Change::default()) };
        let facts = edit.of(&held.facts);
        if facts == *held.facts {
            return Ok(Change::default());
        }
        if facts.id.trim().is_empty() || (facts.id != id && self.has_id(&facts.id)) {
            return Err(id_taken(&facts.id));
        }
        let before = Zone { facts: (*held.facts).clone(), shape: (*held.shape).clone() };
        let after = Zone { facts, shape: before.shape.clone() };
        let kind = |z: &ZoneFacts| (z.class.clone(), z.tier.clone(), z.kind.clone());
        let mut transfers = Vec::new();
        if kind(&before.facts) != kind(&after.facts) {
            let (from, to) = (Some(before.facts.clone()), Some(after.facts.clone()));
            transfers.push(transfer::transfer(self, from, to, before.shape.clone()));
        }
        let zones = vec![ZoneChange { before: Some(before), after: Some(after) }];
        Ok(Change { zones, transfers, ..Change::default() })
    }

    fn new_facts(&self, edit: &FactsEdit) -> Result<ZoneFacts> {
        let mut facts = edit.of(&ZoneFacts::default());
        facts.id = facts.id.trim().to_owned();
        if facts.id.is_empty() {
            facts.id = self.free_id("new", &HashSet::new());
        } else if self.has_id(&facts.id) {
            return Err(id_taken(&facts.id));
        }
        Ok(facts)
    }

    /// A drawn line on the grid, without repetitions. A vertex that is a boundary's own stays to the
    /// bit: noding snaps to it.
    fn on_grid(&self, line: &[Point], least: usize) -> Result<Vec<Point>> {
        let mut points: Vec<Point> = line.iter().map(|p| rounded(*p, &self.grid())).collect();
        points.dedup();
        if least > 2 && points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        let finite = line.iter().all(|p| p.x.is_finite() && p.y.is_finite());
        if points.len() < least || !finite {
            return Err(Refusal::of(
                "line-too-short",
                text!(
                    "所画的线点数不足（至少 {least} 个不同的点）。"
                        | "The drawn line has too few points (at least {least} distinct ones)."
                ),
            ));
        }
        Ok(points)
    }
}

fn id_taken(id: &str) -> Refusal {
    Refusal::of(
        "id-taken",
        text!("编号“{id}”为空或已被使用；请换一个编号。" | "The id “{id}” is empty or in use; choose another."),
    )
}

/// Who owns what after the boundary of the zone with label 0 runs along the drawn line: pieces of it
/// that the line cuts off go to the neighbour they share most boundary with, ground that the line and
/// the zone enclose comes to the zone.
fn reshaped(patch: &Patch<'_>) -> Vec<Vec<Label>> {
    let n = patch.faces.len();
    let zones: Vec<Vec<Label>> = (0..n).map(|f| patch.zones_of(f)).collect();
    let own: Vec<bool> = zones.iter().map(|z| z.contains(&0)).collect();
    let areas = patch.areas();
    let edges: Vec<_> = patch.faces.edges().filter(|e| e.left != e.right).collect();
    let mut owners = zones.clone();
    // pieces of the zone, joined across drawn edges: of each part the largest stays
    let mut part: Vec<usize> = (0..n).collect();
    for e in &edges {
        if e.drawn && own[e.left] && own[e.right] {
            join(&mut part, e.left, e.right);
        }
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for f in (0..n).filter(|f| own[*f]) {
        parts.entry(part[f]).or_default().push(f);
    }
    for faces in parts.values().filter(|p| p.len() > 1) {
        let largest = faces.iter().copied().max_by(|a, b| areas[*a].total_cmp(&areas[*b]));
        for &f in faces.iter().filter(|f| Some(**f) != largest) {
            let mut length: HashMap<Vec<Label>, f64> = HashMap::new();
            for e in &edges {
                let other = if e.left == f { e.right } else { e.left };
                if (e.left == f || e.right == f) && !e.drawn && !own[other] {
                    *length.entry(zones[other].clone()).or_default() += distance(e.a, e.b);
                }
            }
            let mut ranked: Vec<_> = length.into_iter().collect();
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            if let Some((to, _)) = ranked.into_iter().next() {
                owners[f] = to;
            }
        }
    }
    // ground outside the zone, joined across boundaries that are not the zone's and not drawn
    let mut ground: Vec<usize> = (0..n).collect();
    for e in &edges {
        if !e.drawn && !own[e.left] && !own[e.right] {
            join(&mut ground, e.left, e.right);
        }
    }
    let outside = ground[0];
    let mut size: BTreeMap<usize, f64> = BTreeMap::new();
    for f in (0..n).filter(|f| !own[*f]) {
        *size.entry(ground[f]).or_default() += areas[f];
    }
    let mut pockets: HashSet<usize> = HashSet::new();
    for e in &edges {
        if !e.drawn || own[e.left] || own[e.right] || ground[e.left] == ground[e.right] {
            continue;
        }
        // of the two sides of a drawn edge the smaller one is the pocket
        let (a, b) = (ground[e.left], ground[e.right]);
        let pocket = if a == outside {
            b
        } else if b == outside || size[&a] <= size[&b] {
            a
        } else {
            b
        };
        pockets.insert(pocket);
    }
    // and it must lie along the zone
    let along: HashSet<usize> = edges
        .iter()
        .filter(|e| !e.drawn && own[e.left] != own[e.right])
        .map(|e| ground[if own[e.left] { e.right } else { e.left }])
        .collect();
    pockets.retain(|p| along.contains(p));
    for f in (0..n).filter(|f| !own[*f] && pockets.contains(&ground[*f])) {
        owners[f] = vec![0];
    }
    owners
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (group[a], group[b]);
    for g in group.iter_mut().filter(|g| **g == b) {
        *g = a;
    }
}
