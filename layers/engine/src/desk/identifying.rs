//! What lies at a place: every layer's zone there, whichever layers are drawn.

use super::Desk;
use super::opening::City;
use super::places::place;
use super::wire::*;
use crate::EngineError;
use crate::convert::zone_record;
use crate::progress::Progress;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use redline_geometry::{Shape, TileSize, ZoneIndex};
use redline_wording::Text;
use redline_workspace::{LayerInfo, Workspace};
use redline_zoning::{Zone, ZoneFacts, subdivision_word};

/// More vertices than this are thinned for the eye.
const SHOWN: usize = 20_000;

/// Every layer's zones at a place, with their attributes.
pub(super) fn identify(desk: &Desk, asked: Identify, progress: &dyn Progress) -> Result<Vec<Identified>, EngineError> {
    let city = desk.city()?;
    let at = place(&city, asked.at)?;
    let at = Coord { x: at.east, y: at.north };
    let workspace = Workspace::open(city.path())?;
    let mut found = Vec::new();
    for layer in city.layers() {
        if progress.cancelled() {
            return Err(crate::commands::check_work::cancelled());
        }
        for zone in zones_at(&city, &workspace, layer, at)? {
            found.push(identified(&city, layer, zone));
        }
    }
    Ok(found)
}

/// The zones of one layer that hold a place or have it on their edge.
fn zones_at(city: &City, workspace: &Workspace, layer: &LayerInfo, at: Coord<f64>) -> Result<Vec<Zone>, EngineError> {
    let zones = workspace.zones_in(layer, [at.x, at.y, at.x, at.y])?;
    let shapes = zones.iter().map(|z| z.shape.clone()).collect();
    let index = ZoneIndex::build(shapes, city.grid(), TileSize::default());
    let there = index.zones_at(at);
    Ok(zones.into_iter().enumerate().filter(|(n, _)| there.contains(n)).map(|(_, zone)| zone).collect())
}

fn identified(city: &City, layer: &LayerInfo, zone: Zone) -> Identified {
    Identified {
        zone: zone_record(&layer.name, layer.role, &zone.facts),
        layer_title: layer.title.clone(),
        words: words(layer, &zone.facts),
        code: zone.facts.code.clone(),
        area: city.plane().area(&zone.shape),
        declared_m2: zone.facts.declared_m2,
        outline: city.outline(&thinned(&zone.shape)),
        attributes: zone.facts.attributes.into_iter().collect(),
    }
}

/// Class, tier or land use, for people.
pub(super) fn words(layer: &LayerInfo, facts: &ZoneFacts) -> Text {
    let land_use = facts.code.as_deref().and_then(redline_formats::land_use_name).map(Text::same);
    let division = facts.class.as_deref().or(facts.tier.as_deref());
    let division = division.map(|key| subdivision_word(layer.role, key).unwrap_or_else(|| Text::same(key)));
    let kind = facts.kind.as_deref().filter(|k| !k.is_empty()).map(Text::same);
    match (land_use.or(division), kind) {
        (Some(a), Some(b)) => Text::new(format!("{} · {}", a.zh, b.zh), format!("{} · {}", a.en, b.en)),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => layer.role.word(),
    }
}

/// Every so many-th vertex of long rings: an outline on the screen, never a geometry.
fn thinned(shape: &Shape) -> Shape {
    let rings = |p: &Polygon<f64>| p.exterior().0.len() + p.interiors().iter().map(|r| r.0.len()).sum::<usize>();
    let step = shape.0.iter().map(rings).sum::<usize>().div_ceil(SHOWN).max(1);
    if step == 1 {
        return shape.clone();
    }
    let thin = |ring: &LineString<f64>| {
        let mut kept: Vec<Coord<f64>> = ring.0.iter().copied().step_by(step).collect();
        if kept.len() < 4 {
            return ring.clone();
        }
        kept.push(kept[0]);
        LineString(kept)
    };
    MultiPolygon(
        shape.0.iter().map(|p| Polygon::new(thin(p.exterior()), p.interiors().iter().map(thin).collect())).collect(),
    )
}
