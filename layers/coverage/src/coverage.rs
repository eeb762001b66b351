//! A layer's zones, found by id and by place.

use crate::Point;
use crate::edit::Change;
use crate::exact::bits;
use crate::refusal::{Refusal, Result};
use redline_geometry::{GaussKruger, Grid, Shape};
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange, ZoneFacts};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// One zone as it is held: shapes are shared, so that a copy of the coverage is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) facts: Arc<ZoneFacts>,
    pub(crate) shape: Arc<Shape>,
}

impl Held {
    /// A copy of its own.
    pub(crate) fn zone(&self) -> Zone {
        Zone { facts: (*self.facts).clone(), shape: (*self.shape).clone() }
    }
}

/// The zones of one layer as a coverage.
#[derive(Clone, Debug)]
pub struct Coverage {
    grid: Grid,
    plane: GaussKruger,
    held: Vec<Option<Held>>,
    by_id: HashMap<String, u32>,
    tree: RTree<Entry>,
    /// Vertices that drawn lines put into boundaries, by their bits.
    nodes: HashSet<(u64, u64)>,
}

impl Coverage {
    /// Holds zones of one layer. Zones without a point lie nowhere and are only found by id. Of zones
    /// with the same id the last is held.
    pub fn new(zones: impl IntoIterator<Item = Zone>, grid: Grid, plane: GaussKruger) -> Coverage {
        let mut held = Vec::new();
        let mut by_id = HashMap::new();
        let mut entries = Vec::new();
        for zone in zones {
            let slot = held.len() as u32;
            if let Some(old) = by_id.insert(zone.facts.id.clone(), slot) {
                held[old as usize] = None;
                entries.retain(|e: &Entry| e.data != old);
            }
            entries.extend(rectangle(&zone.shape).map(|r| GeomWithData::new(r, slot)));
            held.push(Some(Held { facts: Arc::new(zone.facts), shape: Arc::new(zone.shape) }));
        }
        Coverage { grid, plane, held, by_id, tree: RTree::bulk_load(entries), nodes: HashSet::new() }
    }

    /// The grid new crossings are rounded to.
    pub fn grid(&self) -> Grid {
        self.grid
    }

    /// The plane areas are reckoned in.
    pub fn plane(&self) -> GaussKruger {
        self.plane
    }

    /// How many zones there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// A zone's facts and shape.
    pub fn zone(&self, id: &str) -> Option<(&ZoneFacts, &Shape)> {
        let held = self.held_by(id)?;
        Some((&held.facts, &held.shape))
    }

    /// Every zone, in no particular order.
    pub fn zones(&self) -> impl Iterator<Item = (&ZoneFacts, &Shape)> {
        self.held.iter().flatten().map(|h| (&*h.facts, &*h.shape))
    }

    /// The zones whose bounds touch the box (min x, min y, max x, max y), sorted by id.
    pub fn zones_in(&self, bounds: [f64; 4]) -> Vec<(&ZoneFacts, &Shape)> {
        self.slots_in(bounds).into_iter().filter_map(|s| self.held_at(s)).map(|h| (&*h.facts, &*h.shape)).collect()
    }

    /// Takes a change over. Plans are made for a state: apply a plan before another edit changes what
    /// it speaks of.
    ///
    /// # Errors
    /// `overtaken` where a zone is not what the change says it was; nothing is changed then.
    pub fn apply(&mut self, change: &Change) -> Result<()> {
        for ZoneChange { before, .. } in &change.zones {
            let Some(before) = before else { continue };
            let same =
                self.held_by(&before.facts.id).is_some_and(|h| *h.facts == before.facts && (*h.shape == before.shape));
            if !same {
                return Err(overtaken(&before.facts.id));
            }
        }
        let leaving: HashSet<&str> =
            change.zones.iter().filter_map(|z| z.before.as_ref()).map(|z| z.facts.id.as_str()).collect();
        for after in change.zones.iter().filter_map(|z| z.after.as_ref()) {
            if !leaving.contains(after.facts.id.as_str()) && self.by_id.contains_key(&after.facts.id) {
                return Err(overtaken(&after.facts.id));
            }
        }
        self.take_over(&change.zones);
        for p in &change.nodes_removed {
            self.nodes.remove(&bits(*p));
        }
        self.nodes.extend(change.nodes_added.iter().map(|p| bits(*p)));
        Ok(())
    }

    /// Remembers vertices that earlier sessions' drawn lines put into boundaries.
    pub fn remember_nodes(&mut self, nodes: impl IntoIterator<Item = Point>) {
        self.nodes.extend(nodes.into_iter().map(bits));
    }

    /// Forgets them, as undoing the edit does that made them.
    pub fn forget_nodes(&mut self, nodes: impl IntoIterator<Item = Point>) {
        for p in nodes {
            self.nodes.remove(&bits(p));
        }
    }

    fn take_over(&mut self, zones: &[ZoneChange]) {
        for before in zones.iter().filter_map(|z| z.before.as_ref()) {
            let Some(slot) = self.by_id.remove(&before.facts.id) else { continue };
            if let Some(r) = rectangle(&before.shape) {
                self.tree.remove(&GeomWithData::new(r, slot));
            }
            self.held[slot as usize] = None;
        }
        for after in zones.iter().filter_map(|z| z.after.as_ref()) {
            let slot = self.held.len() as u32;
            self.by_id.insert(after.facts.id.clone(), slot);
            if let Some(r) = rectangle(&after.shape) {
                self.tree.insert(GeomWithData::new(r, slot));
            }
            self.held.push(Some(Held { facts: Arc::new(after.facts.clone()), shape: Arc::new(after.shape.clone()) }));
        }
    }

    pub(crate) fn is_node(&self, p: Point) -> bool {
        self.nodes.contains(&bits(p))
    }

    /// Every zone's slot.
    pub(crate) fn slots(&self) -> Vec<u32> {
        (0..self.held.len() as u32).filter(|s| self.held_at(*s).is_some()).collect()
    }

    pub(crate) fn held_by(&self, id: &str) -> Option<&Held> {
        self.held_at(*self.by_id.get(id)?)
    }

    pub(crate) fn held_at(&self, slot: u32) -> Option<&Held> {
        self.held.get(slot as usize)?.as_ref()
    }

    pub(crate) fn slot(&self, id: &str) -> Result<u32> {
        self.by_id.get(id).copied().ok_or_else(|| {
            Refusal::of(
                "no-such-zone",
                text!(
                    "没有编号为“{id}”的分区；它可能已被删除或合并，请刷新后重试。"
                        | "There is no zone “{id}”; it may have been removed or merged. Look again and retry."
                ),
            )
        })
    }

    /// Slots of zones whose bounds touch the box, sorted by zone id.
    pub(crate) fn slots_in(&self, [min_x, min_y, max_x, max_y]: [f64; 4]) -> Vec<u32> {
        let asked = AABB::from_corners([min_x, min_y], [max_x, max_y]);
        let mut slots: Vec<u32> = self.tree.locate_in_envelope_intersecting(asked).map(|e| e.data).collect();
        slots.sort_by(|a, b| self.id_at(*a).cmp(self.id_at(*b)));
        slots
    }

    fn id_at(&self, slot: u32) -> &str {
        self.held_at(slot).map_or("", |h| h.facts.id.as_str())
    }

    /// An id that no zone has: the stem with the next number.
    pub(crate) fn free_id(&self, stem: &str, taken: &HashSet<String>) -> String {
        let mut n = 2;
        loop {
            let id = format!("{stem}-{n}");
            if !self.by_id.contains_key(&id) && !taken.contains(&id) {
                return id;
            }
            n += 1;
        }
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }
}

fn overtaken(id: &str) -> Refusal {
    Refusal::of(
        "overtaken",
        text!(
            "分区“{id}”在此期间已被改动，这一步没有执行；请按现状重新操作。"
                | "The zone “{id}” was changed meanwhile; this step was not made. Do it again on what is there now."
        ),
    )
}

/// Bounds of a shape's shells as min x, min y, max x, max y; `None` without a point.
pub(crate) fn bounds_of(shape: &Shape) -> Option<[f64; 4]> {
    let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for c in shape.0.iter().flat_map(|p| p.exterior().0.iter()) {
        b = [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)];
    }
    (b[0] <= b[2]).then_some(b)
}

fn rectangle(shape: &Shape) -> Option<Rectangle<[f64; 2]>> {
    bounds_of(shape).map(|[a, b, c, d]| Rectangle::from_corners([a, b], [c, d]))
}
