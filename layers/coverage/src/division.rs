//! Splitting, merging and carving: ground gets other owners.

use crate::Point;
use crate::coverage::Coverage;
use crate::edit::{Change, Ground, Recipient};
use crate::exact::bits;
use crate::groups::Groups;
use crate::noding::{distance, foot_of, rounded};
use crate::outline::{self, open_rings, rings};
use crate::patch::{Drawn, Patch, slots_around, zone_id};
use crate::planar::Label;
use crate::refusal::{Refusal, Result};
use crate::vertex::Passage;
use redline_geometry::Shape;
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use std::collections::HashSet;

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
        let mut home = Groups::new(ids.len());
        let mut inner: Vec<Point> = Vec::new();
        // zones that share a boundary, or ground
        let mut touching: Vec<Vec<Label>> = (0..patch.faces.len()).map(|f| patch.zones_of(f)).collect();
        for e in patch.faces.edges() {
            let (l, r) = (&touching[e.left], &touching[e.right]);
            if !l.is_empty() && !r.is_empty() && l != r {
                inner.extend([e.a, e.b]);
                touching.push([&l[..], &r[..]].concat());
            }
        }
        for together in &touching {
            for pair in together.windows(2) {
                home.join(pair[0] as usize, pair[1] as usize);
            }
        }
        if let Some(apart) = (0..ids.len()).find(|i| home.of(*i) != home.of(kept)) {
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
                let before = held.zone();
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
            if !inside || !takes {
                owners.push(zones);
                continue;
            }
            let mut after: Vec<Label> =
                zones.iter().copied().filter(|l| !donor(l) && Some(*l) != recipient).chain(recipient).collect();
            after.sort_unstable();
            taken |= after != zones;
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

    /// A drawn line on the grid, without repetitions. A vertex that is a boundary's own stays to the
    /// bit: noding snaps to it.
    pub(crate) fn on_grid(&self, line: &[Point], least: usize) -> Result<Vec<Point>> {
        let mut points: Vec<Point> = line.iter().map(|p| rounded(*p, &self.grid())).collect();
        points.dedup();
        if least > 2 && points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if points.len() < least {
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
