//! The shortest way along the draft's boundaries (Dijkstra 1959), so that a drawn line follows them.

use super::super::Desk;
use super::super::places::{place, place_of};
use super::super::wire::*;
use super::drafting;
use super::looking::{Bits, bits, rings};
use super::snapping::foot;
use crate::EngineError;
use crate::progress::Progress;
use geo_types::Coord;
use redline_coverage::Coverage;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// A place this near a boundary lies on it, metres: degrees give back metres to a few nanometres, and
/// the foot on an edge is rounded.
const ON_IT_M: f64 = 1e-3;
/// A way may leave the box around both ends by this much at least, metres.
const ROOM_M: f64 = 500.0;

/// The places along the way, both ends among them; none where there is no way nearby.
pub(in super::super) fn trace(desk: &Desk, asked: DraftTrace, _: &dyn Progress) -> Result<Vec<Place>, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let city = &*editing.city;
    let [from, to] = [place(city, asked.from)?, place(city, asked.to)?].map(|p| Coord { x: p.east, y: p.north });
    Ok(way(&editing.coverage, from, to).into_iter().map(|c| place_of(city, c)).collect())
}

/// How far an edge is from a place, and the edge's ends.
type Near = (f64, Coord<f64>, Coord<f64>);

type Graph = HashMap<Bits, (Coord<f64>, Vec<Bits>)>;

fn way(coverage: &Coverage, from: Coord<f64>, to: Coord<f64>) -> Vec<Coord<f64>> {
    let room = (to.x - from.x).hypot(to.y - from.y).max(ROOM_M);
    let window = [from.x.min(to.x) - room, from.y.min(to.y) - room, from.x.max(to.x) + room, from.y.max(to.y) + room];
    let inside = |c: Coord<f64>| window[0] <= c.x && c.x <= window[2] && window[1] <= c.y && c.y <= window[3];
    let mut graph = Graph::new();
    // the nearest edge of each end
    let mut ends: [Option<Near>; 2] = [None, None];
    for (_, shape) in coverage.zones_in(window) {
        for (a, b) in rings(shape).flat_map(|ring| ring.0.windows(2)).map(|pair| (pair[0], pair[1])) {
            if !inside(a) && !inside(b) {
                // an end may still lie on an edge far longer than the box
                let near = |p: Coord<f64>| distance(p, foot(p, a, b)) <= ON_IT_M;
                if !near(from) && !near(to) {
                    continue;
                }
            }
            join(&mut graph, a, b);
            for (end, at) in ends.iter_mut().zip([from, to]) {
                let far = distance(at, foot(at, a, b));
                if far <= ON_IT_M && end.is_none_or(|e| far < e.0) {
                    *end = Some((far, a, b));
                }
            }
        }
    }
    let [Some(first), Some(last)] = ends else { return Vec::new() };
    // a vertex is itself; a place on an edge is joined to the edge's ends, and to the other place where
    // both lie on the same edge
    let mut enter = |at: Coord<f64>, (_, a, b): Near| {
        if let Some(vertex) = [a, b].into_iter().find(|c| distance(*c, at) <= ON_IT_M) {
            return vertex;
        }
        join(&mut graph, at, a);
        join(&mut graph, at, b);
        at
    };
    let (start, goal) = (enter(from, first), enter(to, last));
    let same = |e: Near| (bits(e.1).min(bits(e.2)), bits(e.1).max(bits(e.2)));
    if same(first) == same(last) {
        join(&mut graph, start, goal);
    }
    shortest(&graph, start, goal)
}

fn join(graph: &mut Graph, a: Coord<f64>, b: Coord<f64>) {
    for (a, b) in [(a, b), (b, a)] {
        let ends = &mut graph.entry(bits(a)).or_insert_with(|| (a, Vec::new())).1;
        if !ends.contains(&bits(b)) {
            ends.push(bits(b));
        }
    }
}

fn shortest(graph: &Graph, start: Coord<f64>, goal: Coord<f64>) -> Vec<Coord<f64>> {
    let (start, goal) = (bits(start), bits(goal));
    let mut best: HashMap<Bits, (f64, Option<Bits>)> = HashMap::from([(start, (0.0, None))]);
    // lengths are not negative, so their bits are in the order of their values
    let mut open = BinaryHeap::from([Reverse((0_u64, start))]);
    while let Some(Reverse((length, at))) = open.pop() {
        let length = f64::from_bits(length);
        if at == goal {
            break;
        }
        if best.get(&at).is_some_and(|b| b.0 < length) {
            continue;
        }
        let Some((place, ends)) = graph.get(&at) else { continue };
        for end in ends {
            let Some((there, _)) = graph.get(end) else { continue };
            let far = length + distance(*place, *there);
            if best.get(end).is_none_or(|b| far < b.0) {
                best.insert(*end, (far, Some(at)));
                open.push(Reverse((far.to_bits(), *end)));
            }
        }
    }
    if !best.contains_key(&goal) {
        return Vec::new();
    }
    let mut back = Vec::new();
    let mut at = Some(goal);
    while let Some(here) = at {
        back.extend(graph.get(&here).map(|(place, _)| *place));
        at = best.get(&here).and_then(|b| b.1);
    }
    back.reverse();
    back
}

fn distance(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}
