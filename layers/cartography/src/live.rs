//! Tiles cut from the zones themselves.
//!
//! A zone is decoded and projected once and then kept, as long as there is room; so are its rings as
//! drawn at a zoom, where making them takes time.

use crate::cache::Recent;
use crate::clip;
use crate::error::{CartographyError, Result};
use crate::mercator::{Along, EXTENT, Projection, TileId};
use crate::mvt::{Feature, Tile};
use crate::simplify::Simplifier;
use crate::source::MAX_ZOOM;
use crate::symbols;
use crate::troubles::Troubles;
use crate::zone_lines::{Label, Rings, ZoneLines, at_zoom, project, twice_area};
use redline_workspace::{Bounds, LayerInfo, Stored, Workspace, ZonePlace};
use redline_zoning::{LayerRole, ZoneFacts};
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

/// Points of projected zones kept in memory (8 bytes each).
const ZONE_POINTS: usize = 5_000_000;
/// Points of zones as drawn at a zoom kept in memory.
const DRAWN_POINTS: usize = 1_500_000;
/// What a zone takes beside its points, in points.
const ZONE_ITSELF: usize = 40;
/// Rings of this many points are kept as drawn at every zoom …
const LARGE: usize = 500;
/// … and all rings up to this zoom, where one tile may hold most of the layer.
const FAR: u8 = 11;
/// Letters of a name that tiles carry.
const NAME_LETTERS: usize = 40;
/// Zones between two questions whether to stop.
const BETWEEN: usize = 64;

/// What a tile is cut with.
pub(crate) struct Cut<'a> {
    pub workspace: &'a Workspace,
    pub layer: &'a LayerInfo,
    pub projection: &'a Projection,
    pub troubles: &'a Troubles,
    pub cancelled: &'a dyn Fn() -> bool,
}

/// Rings as drawn at a zoom.
type Drawn = Rings<i32>;

/// A zone to be drawn.
enum Found {
    /// Its rings at the zoom were kept.
    Drawn(Arc<Label>, Arc<Drawn>),
    Whole(Arc<ZoneLines>),
}

/// The zones of a layer that are held in memory.
#[derive(Debug)]
pub(crate) struct Zones(Mutex<Held>);

#[derive(Debug)]
struct Held {
    change: u64,
    /// `None` for a row that is not drawn.
    zones: Recent<ZonePlace, Option<Arc<ZoneLines>>>,
    drawn: Recent<(ZonePlace, u8), (Arc<Label>, Arc<Drawn>)>,
}

impl Default for Zones {
    fn default() -> Zones {
        let (zones, drawn) = (Recent::new(ZONE_POINTS), Recent::new(DRAWN_POINTS));
        Zones(Mutex::new(Held { change: 0, zones, drawn }))
    }
}

impl Zones {
    /// Forgets everything once the file has changed, since rows may be other zones now; whether it
    /// did.
    pub(crate) fn notice(&self, change: u64) -> bool {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = held.change < change;
        if changed {
            held.change = change;
            held.zones.clear();
            held.drawn.clear();
        }
        changed
    }

    /// A tile of the zones within `bounds` (of the plane).
    pub(crate) fn tile(&self, cut: &Cut<'_>, id: TileId, bounds: Bounds) -> Result<Vec<u8>> {
        let mut found = self.gather(cut, id.z, bounds)?;
        found.sort_by_key(|(place, _)| *place);
        let (mut simplifier, mut drawn) = (Simplifier::default(), Drawn::new());
        let (buffered, mut tile) = (id.buffered(), Tile::at(id.x as i32 * EXTENT, id.y as i32 * EXTENT));
        for (i, (place, zone)) in found.into_iter().enumerate() {
            stop_if_asked(cut, i)?;
            let kept;
            let (label, rings) = match zone {
                Found::Drawn(label, rings) => {
                    kept = rings;
                    (label, &*kept)
                }
                Found::Whole(zone) => {
                    at_zoom(&zone.rings, id.z, id.z < MAX_ZOOM, &mut simplifier, &mut drawn);
                    self.keep(place, &zone, id.z, &drawn);
                    (zone.label.clone(), &drawn)
                }
            };
            if cut_rings(rings, buffered, &mut tile) {
                let name = (!label.name.is_empty()).then_some(label.name.as_str());
                tile.end(Feature {
                    fid: u64::try_from(place.fid).ok(),
                    properties: [Some(&label.key), Some(&label.id), name],
                });
            }
        }
        Ok(tile.finish())
    }

    /// The zones in place, from memory or from the file.
    fn gather(&self, cut: &Cut<'_>, zoom: u8, bounds: Bounds) -> Result<Vec<(ZonePlace, Found)>> {
        let found: RefCell<Vec<(ZonePlace, Found)>> = RefCell::new(Vec::new());
        let mut along = cut.projection.along();
        let (mut read, mut stopped) = (0, false);
        cut.workspace.draw(
            cut.layer,
            bounds,
            |place| {
                let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((label, drawn)) = held.drawn.get((place, zoom)) {
                    found.borrow_mut().push((place, Found::Drawn(label, drawn)));
                    return false;
                }
                let zone = held.zones.get(place);
                found.borrow_mut().extend(zone.iter().flatten().map(|z| (place, Found::Whole(z.clone()))));
                zone.is_none()
            },
            |place, stored| {
                read += 1;
                stopped = stop_if_asked(cut, read).is_err();
                let zone = zone_of(cut, &mut along, place, stored).map(Arc::new);
                let weight = ZONE_ITSELF + zone.as_ref().map_or(0, |z| z.rings.points.len());
                self.0.lock().unwrap_or_else(PoisonError::into_inner).zones.put(place, zone.clone(), weight);
                found.borrow_mut().extend(zone.map(|z| (place, Found::Whole(z))));
                !stopped
            },
        )?;
        if stopped { Err(CartographyError::cancelled()) } else { Ok(found.into_inner()) }
    }

    /// Keeps the rings of a zone as drawn at a zoom, where that pays.
    fn keep(&self, place: ZonePlace, zone: &ZoneLines, zoom: u8, drawn: &Drawn) {
        if zoom <= FAR || zone.rings.points.len() >= LARGE {
            let kept = (zone.label.clone(), Arc::new(drawn.clone()));
            let weight = ZONE_ITSELF + drawn.points.len();
            self.0.lock().unwrap_or_else(PoisonError::into_inner).drawn.put((place, zoom), kept, weight);
        }
    }
}

fn stop_if_asked(cut: &Cut<'_>, count: usize) -> Result<()> {
    if count.is_multiple_of(BETWEEN) && (cut.cancelled)() { Err(CartographyError::cancelled()) } else { Ok(()) }
}

/// A stored zone in world coordinates; `None`, and a trouble told, where it cannot be drawn.
fn zone_of(cut: &Cut<'_>, along: &mut Along<'_>, place: ZonePlace, stored: Stored) -> Option<ZoneLines> {
    let layer = &cut.layer.name;
    let zone = match stored {
        Stored::Zone(zone) => zone,
        Stored::OfAnotherRevision => return None,
        Stored::Damaged(what) => {
            cut.troubles.damaged(layer, place, &what);
            return None;
        }
    };
    let shape = zone.shape().map_err(|what| cut.troubles.damaged(layer, place, &what)).ok()?;
    let rings =
        project(&shape, along).map_err(|why| cut.troubles.undrawable(layer, place, &zone.facts.id, why)).ok()?;
    Some(ZoneLines { label: Arc::new(label(cut.layer.role, zone.facts)), rings })
}

/// What a tile says of a zone of a layer of this role.
pub(crate) fn label(role: LayerRole, facts: ZoneFacts) -> Label {
    let key = symbols::key_of(role, &facts);
    let mut name = facts.name;
    if let Some((end, _)) = name.char_indices().nth(NAME_LETTERS) {
        name.truncate(end);
    }
    Label { key, id: facts.id, name }
}

/// Cuts rings to the tile with its buffer and adds them to it; whether anything was added.
pub(crate) fn cut_rings(rings: &Drawn, bounds: [i32; 4], tile: &mut Tile) -> bool {
    let mut any = false;
    let mut polygon: Vec<Cow<'_, [[i32; 2]]>> = Vec::new();
    for (outer, ring) in rings.iter() {
        if outer {
            any |= add_polygon(&mut polygon, tile);
        } else if polygon.is_empty() {
            // a hole of an outline that lies elsewhere
            continue;
        }
        let cut = clip::ring(ring, bounds);
        if twice_area(&cut) != 0 {
            polygon.push(cut);
        }
    }
    add_polygon(&mut polygon, tile) | any
}

/// Adds an outline and its holes, unless the holes leave nothing of it: a tile in the middle of one.
fn add_polygon(rings: &mut Vec<Cow<'_, [[i32; 2]]>>, tile: &mut Tile) -> bool {
    let area = |ring: &Cow<'_, [[i32; 2]]>| twice_area(ring).abs();
    let holes: i64 = rings.iter().skip(1).map(area).sum();
    let some = rings.first().is_some_and(|outline| area(outline) > holes);
    for (i, ring) in rings.drain(..).enumerate() {
        if some {
            tile.ring(i == 0, &ring);
        }
    }
    some
}
