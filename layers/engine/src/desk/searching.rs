//! Finding by name, code, district or coordinates.

use super::opening::City;
use super::places::place;
use super::wire::*;
use super::{Desk, coordinates, held, identifying};
use crate::EngineError;
use crate::progress::Progress;
use crate::review::Geometry;
use redline_wording::Text;
use redline_workspace::{FoundZone, LayerInfo, Workspace};
use redline_zoning::LayerRole;

/// No list is longer.
const LONGEST: u32 = 200;

/// Coordinates first, then plots of held reviews, districts, zones, parcels.
pub(super) fn search(desk: &Desk, asked: Search, progress: &dyn Progress) -> Result<Vec<SearchHit>, EngineError> {
    let city = desk.city()?;
    let words = asked.text.trim();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let limit = asked.limit.clamp(1, LONGEST) as usize;
    let mut hits = Vec::new();
    if let Some((at, detail)) = coordinates::read(&city, words) {
        let title = format!("{:.6}°, {:.6}°", at[0], at[1]);
        let place = place(&city, at).ok();
        let bounds = [at[0], at[1], at[0], at[1]];
        hits.push(SearchHit { kind: "place".into(), title, detail, at, bounds, place, zone: None });
        // two coordinates are no name: a million parcels need not be asked for them
        return Ok(hits);
    }
    hits.extend(plots(desk, &city, words));
    let workspace = Workspace::open(city.path())?;
    let mut layers: Vec<&LayerInfo> = city.layers().iter().collect();
    // few before many: a list that is full asks no million parcels
    layers.sort_by_key(|l| (l.role != LayerRole::District, l.role == LayerRole::LandUse));
    for layer in layers {
        if hits.len() >= limit {
            break;
        }
        let found = workspace.find_zones(layer, words, limit - hits.len(), &|| progress.cancelled())?;
        hits.extend(found.into_iter().filter_map(|zone| zone_hit(&city, layer, zone)));
        if progress.cancelled() {
            return Err(crate::commands::check_work::cancelled());
        }
    }
    hits.truncate(limit);
    Ok(hits)
}

fn zone_hit(city: &City, layer: &LayerInfo, zone: FoundZone) -> Option<SearchHit> {
    let bounds = city.bounds(zone.bounds?);
    let facts = zone.facts;
    let kind = match layer.role {
        LayerRole::District => "district",
        LayerRole::LandUse => "land-use",
        _ => "zone",
    };
    let words = identifying::words(layer, &facts);
    let detail = |words: &str| format!("{} · {words} · {}", layer.title, facts.id);
    Some(SearchHit {
        kind: kind.into(),
        title: if facts.name.is_empty() { facts.id.clone() } else { facts.name.clone() },
        detail: Text::new(detail(&words.zh), detail(&words.en)),
        at: [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0],
        bounds,
        place: None,
        zone: Some((layer.name.clone(), facts.id.clone())),
    })
}

/// Plots of held reviews by id or name.
fn plots(desk: &Desk, city: &City, words: &str) -> Vec<SearchHit> {
    let words = words.to_lowercase();
    let mut hits = Vec::new();
    for (_, held) in held::all(desk) {
        for (number, project) in held.record.projects.iter().enumerate() {
            for plot in &project.plots {
                if !plot.id.to_lowercase().contains(&words) && !plot.name.to_lowercase().contains(&words) {
                    continue;
                }
                let Some(bounds) =
                    plot_bounds(city, &plot.geometry).or_else(|| held.bounds(number).map(|b| city.bounds(b)))
                else {
                    continue;
                };
                hits.push(SearchHit {
                    kind: "plot".into(),
                    title: format!("{} {}", plot.id, plot.name).trim().to_string(),
                    detail: Text::same(&project.file),
                    at: [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0],
                    bounds,
                    place: None,
                    zone: None,
                });
            }
        }
    }
    hits
}

fn plot_bounds(city: &City, geometry: &Geometry) -> Option<LonLatBounds> {
    super::checking::of_geometry(geometry).map(|b| city.bounds(b))
}
