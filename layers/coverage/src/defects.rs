//! What is wrong with a coverage as it came: overlaps, gaps, vertices without a partner, polygons that
//! cross themselves, each with its place, its size and what could be done about it.
//!
//! Edges that two zones have in opposite directions part two zones properly and need no further look. The
//! others (the rim, and whatever does not match) are noded against one another; among the faces they
//! enclose, ground that is covered twice is an overlap and narrow ground that is covered by nobody is a
//! gap. This finds nested and doubled zones as well, and costs little where a coverage is sound.

use crate::coverage::Coverage;
use crate::edit::{Edit, Ground, Recipient};
use crate::exact::bits;
use crate::noding::{self, chain_of, distance};
use crate::outline::{directed_edges, each_edge, rings};
use crate::planar::Edges;
use crate::{Point, coverage};
use rayon::prelude::*;
use redline_geometry::{Area, Shape, overlay, planar_m2};
use redline_wording::{Text, text};
use std::collections::HashMap;

/// Enclosed ground narrower than this is a gap by default, metres; wider ground may be meant.
pub const GAP_WIDTH_M: f64 = 1.0;

/// What kind of defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DefectKind {
    /// Boundaries so tangled that overlaps and gaps could not be looked for anywhere in the layer.
    Tangled,
    /// A zone's boundary crosses or touches itself.
    Invalid,
    /// Ground that two or more zones cover.
    Overlap,
    /// Narrow ground between zones that nobody covers.
    Gap,
    /// A vertex on a neighbour's edge, where the neighbour has none. It has no area.
    UnmatchedVertex,
}

/// One defect.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// What it is.
    pub kind: DefectKind,
    /// The zones concerned, sorted by id.
    pub zones: Vec<String>,
    /// A place in it, metres.
    pub at: Point,
    /// The ground; empty where it has none.
    pub shape: Shape,
    /// How much ground, m².
    pub area: Area,
    /// What could be done, the likeliest first.
    pub remedies: Vec<Remedy>,
}

/// What could be done about a defect.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// What it would change, as a sentence.
    pub words: Text,
    /// The edit that does it.
    pub edit: Edit,
}

impl Defect {
    /// The defect as a sentence: what, who, how much.
    pub fn words(&self) -> Text {
        let zones = (self.zones.join("、"), self.zones.join(", "));
        let m2 = self.area.ellipsoidal_m2;
        match self.kind {
            DefectKind::Tangled => Text::new(
                format!("分区 {} 的边界相互缠绕，重叠与缝隙未能列出；请先修复此处", zones.0),
                format!(
                    "the boundaries of {} are tangled, so overlaps and gaps could not be listed; mend this place first",
                    zones.1
                ),
            ),
            DefectKind::Invalid => text!(
                "分区“{}”的边界与自身相交" | "the boundary of the zone “{}” crosses itself",
                self.zones.join("、")
            ),
            DefectKind::Overlap => Text::new(
                format!("分区 {} 重叠 {m2:.4} 平方米", zones.0),
                format!("the zones {} overlap by {m2:.4} m²", zones.1),
            ),
            DefectKind::Gap => Text::new(
                format!("分区 {} 之间有 {m2:.4} 平方米的缝隙", zones.0),
                format!("a gap of {m2:.4} m² between the zones {}", zones.1),
            ),
            DefectKind::UnmatchedVertex => Text::new(
                format!("分区 {} 的公共边界上有一个节点只属于一方", zones.0),
                format!("a vertex on the common boundary of {} belongs to one side only", zones.1),
            ),
        }
    }
}

#[derive(Clone, Copy)]
struct Directed {
    slot: u32,
    a: Point,
    b: Point,
}

impl Coverage {
    /// Every defect, the gravest kind first, then by place. `gap_width_m`: enclosed ground whose mean
    /// width (twice the area by the perimeter) is less is a gap; usually [`GAP_WIDTH_M`].
    pub fn defects(&self, gap_width_m: f64) -> Vec<Defect> {
        let slots: Vec<u32> = self.slots();
        let mut found: Vec<Defect> = slots.par_iter().filter_map(|slot| self.invalid(*slot)).collect();
        let loose = self.loose_edges(&slots);
        let edges: Vec<(Point, Point)> = loose.iter().map(|e| (e.a, e.b)).collect();
        let noded = match noding::node(Vec::new(), &edges, &self.grid()) {
            Ok(noded) => noded,
            Err(refusal) => {
                found.push(self.tangled(refusal.at.unwrap_or(edges[0].0)));
                return sorted(found);
            }
        };
        found.extend(self.unmatched(&loose, &noded.on_edges));
        let mut graph = Edges::default();
        for e in &loose {
            for step in chain_of((e.a, e.b), &noded.on_edges).windows(2) {
                graph.add_side(step[0], step[1], 0, 0);
            }
        }
        let faces = graph.faces();
        let odd: Vec<usize> = (1..faces.len()).filter(|f| faces.labels[*f].len() != 1).collect();
        let shapes = faces.shapes(&odd);
        let ground: Vec<Vec<Defect>> = odd
            .par_iter()
            .zip(shapes)
            .map(|(f, shape)| {
                if faces.labels[*f].is_empty() {
                    self.gap(shape, gap_width_m).into_iter().collect()
                } else {
                    self.overlaps(&shape)
                }
            })
            .collect();
        found.extend(ground.into_iter().flatten());
        sorted(found)
    }

    /// Ground cannot be told from ground: said in place of overlaps and gaps, which were not listed.
    fn tangled(&self, at: Point) -> Defect {
        let zones = self.slots_in([at.x, at.y, at.x, at.y]).into_iter().filter_map(|s| self.held_at(s));
        Defect {
            kind: DefectKind::Tangled,
            zones: zones.map(|h| h.facts.id.clone()).collect(),
            at,
            shape: Shape::new(vec![]),
            area: Area::default(),
            remedies: Vec::new(),
        }
    }

    fn invalid(&self, slot: u32) -> Option<Defect> {
        let held = self.held_at(slot)?;
        let mut edges = Vec::new();
        for (ring, _) in rings(&held.shape) {
            each_edge(ring, |a, b| edges.push((a, b)));
        }
        let mut seen = std::collections::HashSet::with_capacity(edges.len());
        let doubled = edges.iter().find(|(a, b)| !seen.insert(noding::key(*a, *b))).map(|(a, _)| *a);
        let at = doubled.or_else(|| {
            noding::meeting_pairs(&edges).first().map(|(i, j)| {
                let ((a, b), (c, d)) = (edges[*i as usize], edges[*j as usize]);
                noding::crossing(a, b, c, d)
            })
        })?;
        let id = held.facts.id.clone();
        let remedy = Remedy {
            words: text!(
                "按奇偶规则重建分区“{id}”的面" | "rebuild the polygon of the zone “{id}” by the even-odd rule"
            ),
            edit: Edit::Rebuild { zone: id.clone() },
        };
        Some(Defect {
            kind: DefectKind::Invalid,
            zones: vec![id],
            at,
            shape: Shape::new(vec![]),
            area: Area::default(),
            remedies: vec![remedy],
        })
    }

    /// The directed edges that do not part exactly two zones.
    fn loose_edges(&self, slots: &[u32]) -> Vec<Directed> {
        let all: Vec<Directed> = slots
            .par_iter()
            .filter_map(|slot| Some((*slot, self.held_at(*slot)?)))
            .flat_map_iter(|(slot, held)| {
                let mut edges = Vec::new();
                directed_edges(&held.shape, |a, b| {
                    if a != b {
                        edges.push(Directed { slot, a, b });
                    }
                });
                edges
            })
            .collect();
        // short records sort several times faster than the edges would; the same hash is nearly always
        // the same edge, and is looked at where it matters
        let mut order: Vec<(u64, u32)> =
            all.par_iter().enumerate().map(|(n, e)| (hashed(noding::key(e.a, e.b)), n as u32)).collect();
        order.par_sort_unstable();
        let mut loose = Vec::new();
        for group in order.chunk_by(|a, b| a.0 == b.0) {
            if let [(_, i), (_, j)] = group {
                let (e, f) = (&all[*i as usize], &all[*j as usize]);
                if e.a == f.b && e.b == f.a && e.slot != f.slot {
                    continue;
                }
            }
            let mut rest: Vec<Directed> = group.iter().map(|(_, n)| all[*n as usize]).collect();
            rest.sort_by_key(|e| (noding::key(e.a, e.b), e.slot));
            for same in rest.chunk_by(|e, f| noding::key(e.a, e.b) == noding::key(f.a, f.b)) {
                let parts_two = same.len() == 2 && same[0].a == same[1].b && same[0].slot != same[1].slot;
                if !parts_two {
                    loose.extend_from_slice(same);
                }
            }
        }
        loose
    }

    /// Vertices that lie on a neighbour's edge to the bit: no ground, but an edit would tear there.
    fn unmatched(&self, loose: &[Directed], on_edges: &HashMap<noding::EdgeKey, Vec<Point>>) -> Vec<Defect> {
        let mut owner: HashMap<(u64, u64), u32> = HashMap::new();
        for e in loose {
            owner.insert(bits(e.a), e.slot);
            owner.insert(bits(e.b), e.slot);
        }
        let id = |slot: u32| self.held_at(slot).map(|h| h.facts.id.clone()).unwrap_or_default();
        let mut found = Vec::new();
        for e in loose {
            for p in on_edges.get(&noding::key(e.a, e.b)).into_iter().flatten() {
                let Some(&other) = owner.get(&bits(*p)).filter(|o| **o != e.slot) else { continue };
                let mut zones = vec![id(e.slot), id(other)];
                zones.sort();
                let zone = id(e.slot);
                let edit = Edit::InsertVertex { edge: [[e.a.x, e.a.y], [e.b.x, e.b.y]], at: [p.x, p.y] };
                let words = text!(
                    "在分区“{zone}”的边界上补一个节点，面积不变"
                        | "put a vertex into the boundary of the zone “{zone}”; no area changes"
                );
                found.push(Defect {
                    kind: DefectKind::UnmatchedVertex,
                    zones,
                    at: *p,
                    shape: Shape::new(vec![]),
                    area: Area::default(),
                    remedies: vec![Remedy { words, edit }],
                });
            }
        }
        found
    }

    fn gap(&self, shape: Shape, width_m: f64) -> Option<Defect> {
        let perimeter = perimeter(&shape);
        if perimeter <= 0.0 || 2.0 * planar_m2(&shape) / perimeter >= width_m {
            return None;
        }
        // whoever lies along most of it first
        let near = self.along(&shape);
        let m2 = self.plane().area(&shape).ellipsoidal_m2;
        let ring = whole_ring(&shape);
        let remedies = near
            .iter()
            .filter_map(|(id, _)| {
                let edit =
                    Edit::Carve { ring: ring.clone()?, from: Ground::Blank, to: Recipient::Zone { zone: id.clone() } };
                let words =
                    text!("把 {m2:.4} 平方米的缝隙并入分区“{id}”" | "give the gap of {m2:.4} m² to the zone “{id}”");
                Some(Remedy { words, edit })
            })
            .collect();
        self.ground(DefectKind::Gap, shape, near.into_iter().map(|(id, _)| id).collect(), remedies)
    }

    /// Ground that is covered more than once, by pairs of zones. A face may lie across boundaries that part
    /// two zones properly: they are not among the edges that were looked at.
    fn overlaps(&self, shape: &Shape) -> Vec<Defect> {
        let grid = self.grid();
        let Some(box_of) = coverage::bounds_of(shape) else { return Vec::new() };
        let parts: Vec<(&str, Shape)> = self
            .slots_in(box_of)
            .into_iter()
            .filter_map(|s| self.held_at(s))
            .map(|h| (h.facts.id.as_str(), overlay::intersection(shape, &h.shape, &grid)))
            .filter(|(_, part)| !part.0.is_empty())
            .collect();
        let mut found = Vec::new();
        for (n, (a, of_a)) in parts.iter().enumerate() {
            let Some(box_a) = coverage::bounds_of(of_a) else { continue };
            for (b, of_b) in &parts[n + 1..] {
                // one zone drawn over the layer meets all the others, which do not meet one another
                let apart = coverage::bounds_of(of_b)
                    .is_none_or(|b| b[0] > box_a[2] || b[2] < box_a[0] || b[1] > box_a[3] || b[3] < box_a[1]);
                if apart {
                    continue;
                }
                let both = overlay::intersection(of_a, of_b, &grid);
                found.extend(both.0.into_iter().filter_map(|p| self.overlap(Shape::new(vec![p]), [*a, *b])));
            }
        }
        found
    }

    fn overlap(&self, shape: Shape, zones: [&str; 2]) -> Option<Defect> {
        let m2 = planar_m2(&shape);
        let ring = whole_ring(&shape);
        let area = self.plane().area(&shape).ellipsoidal_m2;
        let remedies = zones
            .iter()
            .filter_map(|id| {
                let zone = (*id).to_owned();
                let whole = self.zone(id).is_some_and(|(_, s)| (planar_m2(s) - m2).abs() < 1e-6);
                if whole {
                    let words = text!(
                        "删除分区“{id}”：它的全部 {area:.4} 平方米都在另一分区内"
                            | "remove the zone “{id}”: all its {area:.4} m² lie within the other"
                    );
                    return Some(Remedy { words, edit: Edit::Remove { zone } });
                }
                let edit = Edit::Carve { ring: ring.clone()?, from: Ground::Zone { zone }, to: Recipient::Blank };
                let words = text!(
                    "从分区“{id}”中去掉重叠的 {area:.4} 平方米"
                        | "take the overlapping {area:.4} m² off the zone “{id}”"
                );
                Some(Remedy { words, edit })
            })
            .collect();
        self.ground(DefectKind::Overlap, shape, zones.map(str::to_owned).to_vec(), remedies)
    }

    fn ground(&self, kind: DefectKind, shape: Shape, zones: Vec<String>, remedies: Vec<Remedy>) -> Option<Defect> {
        let at = *shape.0.first()?.exterior().0.first()?;
        let area = self.plane().area(&shape);
        Some(Defect { kind, zones, at, shape, area, remedies })
    }

    /// The zones that have edges along a shape's rim, with the length, the longest first.
    fn along(&self, shape: &Shape) -> Vec<(String, f64)> {
        let mut rim: HashMap<(u64, u64), ()> = HashMap::new();
        for (ring, _) in rings(shape) {
            rim.extend(ring.iter().map(|p| (bits(*p), ())));
        }
        let Some(box_of) = coverage::bounds_of(shape) else { return Vec::new() };
        let mut along: Vec<(String, f64)> = self
            .slots_in(box_of)
            .into_iter()
            .filter_map(|s| self.held_at(s))
            .filter_map(|held| {
                let mut long = 0.0;
                for (ring, _) in rings(&held.shape) {
                    each_edge(ring, |a, b| {
                        if rim.contains_key(&bits(a)) && rim.contains_key(&bits(b)) {
                            long += distance(a, b);
                        }
                    });
                }
                (long > 0.0).then(|| (held.facts.id.clone(), long))
            })
            .collect();
        along.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        along
    }
}

/// Mixes an edge's bits (the finaliser of SplitMix64, Steele et al. 2014).
fn hashed(((ax, ay), (bx, by)): noding::EdgeKey) -> u64 {
    let mut h = 0_u64;
    for word in [ax, ay, bx, by] {
        h = (h ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        h ^= h >> 31;
    }
    h
}

fn perimeter(shape: &Shape) -> f64 {
    let mut long = 0.0;
    for (ring, _) in rings(shape) {
        each_edge(ring, |a, b| long += distance(a, b));
    }
    long
}

/// The one ring of a shape without holes; an edit draws one.
fn whole_ring(shape: &Shape) -> Option<Vec<[f64; 2]>> {
    match &shape.0[..] {
        [one] if one.interiors().is_empty() => Some(one.exterior().0.iter().map(|p| [p.x, p.y]).collect()),
        _ => None,
    }
}

fn sorted(mut found: Vec<Defect>) -> Vec<Defect> {
    found.sort_by(|a, b| {
        a.kind
            .cmp(&b.kind)
            .then(b.area.planar_m2.total_cmp(&a.area.planar_m2))
            .then(a.at.x.total_cmp(&b.at.x))
            .then(a.at.y.total_cmp(&b.at.y))
            .then(a.zones.cmp(&b.zones))
    });
    found.dedup_by(|b, a| {
        a.kind == DefectKind::UnmatchedVertex && a.kind == b.kind && bits(a.at) == bits(b.at) && a.zones == b.zones
    });
    found
}
