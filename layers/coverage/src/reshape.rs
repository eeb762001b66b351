//! Leading a zone's boundary along a drawn line.

use crate::Point;
use crate::coverage::Coverage;
use crate::edit::Change;
use crate::groups::Groups;
use crate::noding::distance;
use crate::patch::{Drawn, Patch, corners, slots_around};
use crate::planar::{Edge, Label};
use crate::refusal::{Refusal, Result};
use redline_wording::text;
use std::collections::{BTreeMap, HashSet};

impl Coverage {
    pub(crate) fn reshape(&self, id: &str, line: &[Point]) -> Result<Change> {
        let slot = self.slot(id)?;
        let line = self.on_grid(line, 2)?;
        let mut reach = line.clone();
        for round in 0..2 {
            let mut slots = vec![slot];
            slots.extend(slots_around(self, &reach).into_iter().filter(|s| *s != slot));
            let patch = Patch::new(self, slots, Drawn::Line(line.clone()))?;
            let owners = reshaped(&patch)?;
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
            reach.extend(patch.faces.shapes(&moved).iter().flat_map(corners));
        }
        Ok(Change::default())
    }
}

/// Who owns what after the boundary of the zone with label 0 runs along the drawn line: pieces of it
/// that the line cuts off go to the neighbour they share most boundary with, ground that the line and
/// the zone enclose comes to the zone. Ground that two zones hold is left to be mended first: nobody
/// said which of them gives it.
fn reshaped(patch: &Patch<'_>) -> Result<Vec<Vec<Label>>> {
    let n = patch.faces.len();
    let zones: Vec<Vec<Label>> = (0..n).map(|f| patch.zones_of(f)).collect();
    let own: Vec<bool> = zones.iter().map(|z| z.contains(&0)).collect();
    let areas = patch.areas();
    let edges: Vec<Edge> = patch.faces.edges().filter(|e| e.left != e.right).collect();
    let mut owners = zones.clone();
    for (faces, to) in cut_off(&edges, &zones, &own, &areas) {
        for f in faces {
            // whoever overlaps it there stays
            owners[f].retain(|l| *l != 0);
            owners[f].extend(to.filter(|to| !zones[f].contains(to)));
            owners[f].sort_unstable();
        }
    }
    for f in enclosed(&edges, &own, &areas) {
        if zones[f].len() > 1 {
            let at = edges.iter().find(|e| e.left == f || e.right == f).map(|e| e.a).unwrap_or_default();
            return Err(Refusal::at(
                "overlap-here",
                at,
                text!(
                    "这里有分区相互重叠（北 {:.3}，东 {:.3}），无法确定从哪个分区划出；请先修复重叠。"
                        | "Zones overlap here (N {:.3}, E {:.3}), so it cannot be told which of them gives the ground; mend the overlap first.",
                    at.y,
                    at.x
                ),
            ));
        }
        owners[f] = vec![0];
    }
    Ok(owners)
}

/// The pieces that drawn edges cut off the zone, each with whom it goes to (`None` nobody): of every
/// part of the zone all but the largest.
fn cut_off(edges: &[Edge], zones: &[Vec<Label>], own: &[bool], areas: &[f64]) -> Vec<(Vec<usize>, Option<Label>)> {
    // faces between which no line was drawn are one piece, though another zone's overlap parts them
    let (mut piece, mut part) = (Groups::new(own.len()), Groups::new(own.len()));
    for e in edges.iter().filter(|e| own[e.left] && own[e.right]) {
        part.join(e.left, e.right);
        if !e.drawn {
            piece.join(e.left, e.right);
        }
    }
    let mut pieces: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for f in (0..own.len()).filter(|f| own[*f]) {
        pieces.entry(piece.of(f)).or_default().push(f);
    }
    let size = |faces: &Vec<usize>| faces.iter().map(|f| areas[*f]).sum::<f64>();
    let mut largest: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for (name, faces) in &pieces {
        let most = largest.entry(part.of(*name)).or_insert((f64::NEG_INFINITY, *name));
        if size(faces) > most.0 {
            *most = (size(faces), *name);
        }
    }
    let mut length: BTreeMap<usize, BTreeMap<Option<Label>, f64>> = BTreeMap::new();
    for e in edges.iter().filter(|e| !e.drawn && own[e.left] != own[e.right]) {
        let (mine, other) = if own[e.left] { (e.left, e.right) } else { (e.right, e.left) };
        let along = length.entry(piece.of(mine)).or_default();
        if zones[other].is_empty() {
            *along.entry(None).or_default() += distance(e.a, e.b);
        }
        for label in &zones[other] {
            *along.entry(Some(*label)).or_default() += distance(e.a, e.b);
        }
    }
    pieces
        .into_iter()
        .filter(|(name, _)| largest[&part.of(*name)].1 != *name)
        .map(|(name, faces)| {
            let along = length.remove(&name).unwrap_or_default();
            let most = along.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            (faces, most.and_then(|(to, _)| to))
        })
        .collect()
}

/// The faces that the zone and drawn edges enclose.
fn enclosed(edges: &[Edge], own: &[bool], areas: &[f64]) -> Vec<usize> {
    // joined across boundaries that are not the zone's and not drawn
    let mut ground = Groups::new(own.len());
    for e in edges.iter().filter(|e| !e.drawn && !own[e.left] && !own[e.right]) {
        ground.join(e.left, e.right);
    }
    let outside = ground.of(0);
    let mut size: BTreeMap<usize, f64> = BTreeMap::new();
    for f in (0..own.len()).filter(|f| !own[*f]) {
        *size.entry(ground.of(f)).or_default() += areas[f];
    }
    let mut pockets: HashSet<usize> = HashSet::new();
    for e in edges.iter().filter(|e| e.drawn && !own[e.left] && !own[e.right]) {
        let (a, b) = (ground.of(e.left), ground.of(e.right));
        if a != b {
            // of the two sides of a drawn edge the smaller one is the pocket
            let first = b == outside || (a != outside && size[&a] <= size[&b]);
            pockets.insert(if first { a } else { b });
        }
    }
    // and it must lie along the zone
    let along: HashSet<usize> = edges
        .iter()
        .filter(|e| !e.drawn && own[e.left] != own[e.right])
        .map(|e| ground.of(if own[e.left] { e.right } else { e.left }))
        .collect();
    pockets.retain(|p| along.contains(p));
    (0..own.len()).filter(|f| !own[*f] && pockets.contains(&ground.of(*f))).collect()
}
