//! Names of zones and districts on the map: where each would stand best, and whether it may.

use crate::ink::{Anchor, Ink, length};
use crate::lettering::{GREY, Lettering, PLAIN, Style};
use crate::placing::Places;
use crate::plane::{Plane, cut};
use crate::pole::{Pole, pole};
use crate::{Rect, Result};
use geo_types::Coord;
use redline_cartography::symbol;
use redline_geometry::Shape;
use redline_wording::text;
use redline_zoning::LayerRole;

/// A name on the map has at most this many characters.
const MOST: usize = 24;
/// One name stands again only this far away, mm of A4.
const AGAIN: f64 = 60.0;

/// A name that wants a place.
pub(crate) struct ZoneName {
    words: String,
    colour: String,
    size: f64,
    bold: bool,
    at: (f64, f64),
    /// Room around the point, counted for a label of this shape, mm.
    room: f64,
    rank: u8,
    /// What is named, on paper.
    bounds: Rect,
}

/// The greatest polygon of a shape on the map, as rings on paper.
pub(crate) fn greatest(shape: &Shape, plane: &Plane) -> Option<(Vec<Vec<Coord<f64>>>, Rect)> {
    let mut best: Option<(&geo_types::Polygon<f64>, Rect)> = None;
    let area = |r: &Rect| r.width() * r.height();
    for polygon in shape {
        let Some(b) = Rect::of(&polygon.exterior().0) else { continue };
        let g = &plane.ground;
        let seen = Rect::new(b.x0.max(g.x0), b.y0.max(g.y0), b.x1.min(g.x1), b.y1.min(g.y1));
        if seen.x1 >= seen.x0 && seen.y1 >= seen.y0 && best.is_none_or(|(_, r)| area(&seen) > area(&r)) {
            best = Some((polygon, seen));
        }
    }
    let (polygon, seen) = best?;
    let placed = |ring: &geo_types::LineString<f64>| -> Vec<Coord<f64>> {
        let points = cut(ring, &plane.ground);
        // a place for a label needs no more than some hundred vertices
        let skip = points.len() / 600 + 1;
        points.iter().step_by(skip).map(|c| plane.place(*c)).map(|(x, y)| Coord { x, y }).collect()
    };
    let mut rings = vec![placed(polygon.exterior())];
    rings.extend(polygon.interiors().iter().map(placed).filter(|r| r.len() > 2));
    Some((rings, plane.placed(&seen)))
}

/// Where words of this size stand best in a shape.
pub(crate) fn best_place(shape: &Shape, plane: &Plane, width: f64, height: f64) -> Option<(Pole, Rect)> {
    let (rings, bounds) = greatest(shape, plane)?;
    let found =
        pole(&rings, (width / height).max(1.0), height / 12.0).filter(|p| p.at.x.is_finite() && p.at.y.is_finite());
    let (x, y) = bounds.centre();
    Some((found.unwrap_or(Pole { at: Coord { x, y }, room: 0.0 }), bounds))
}

/// The name of a zone, unless the zone is much too small for it to be tried.
pub(crate) fn zone_name(
    role: LayerRole,
    key: &str,
    label: &str,
    shape: &Shape,
    plane: &Plane,
    letters: &mut Lettering,
) -> Result<Option<ZoneName>> {
    let look = symbol(role, key);
    let colour = look.stroke.map_or_else(|| GREY.to_owned(), |s| darker(&s.colour));
    let (rank, size, bold) = match role {
        LayerRole::RedLine => (1, 2.6, true),
        LayerRole::ControlLine => (2, 2.5, true),
        LayerRole::Farmland | LayerRole::GrowthBoundary => (3, 2.5, true),
        LayerRole::District => (0, 3.6, true),
        LayerRole::LandUse => (4, 2.0, false),
    };
    name(label, &colour, size, bold, rank, shape, plane, letters)
}

/// A line's colour for words: three quarters of its light, to be read on a hatch of the same.
fn darker(colour: &str) -> String {
    let part = |at: usize| u32::from_str_radix(colour.get(at..at + 2).unwrap_or("00"), 16).unwrap_or(0) * 3 / 4;
    format!("#{:02x}{:02x}{:02x}", part(1), part(3), part(5))
}

#[allow(clippy::too_many_arguments)]
fn name(
    label: &str,
    colour: &str,
    size: f64,
    bold: bool,
    rank: u8,
    shape: &Shape,
    plane: &Plane,
    letters: &mut Lettering,
) -> Result<Option<ZoneName>> {
    let size = size * letters.unit;
    let most = MOST as f64 * size;
    let words = letters.fit(label, most, size, bold)?;
    if words.is_empty() {
        return Ok(None);
    }
    let width = letters.face(bold).width(&words, size);
    Ok(best_place(shape, plane, width, size).map(|(found, bounds)| ZoneName {
        words,
        colour: colour.to_owned(),
        size,
        bold,
        at: (found.at.x, found.at.y),
        room: found.room,
        rank,
        bounds,
    }))
}

/// The name of a district.
pub(crate) fn district_name(
    label: &str,
    shape: &Shape,
    plane: &Plane,
    letters: &mut Lettering,
) -> Result<Option<ZoneName>> {
    name(label, GREY, 3.6, true, 0, shape, plane, letters)
}

/// Writes the names that find a place; says how many did not.
pub(crate) fn write_names(ink: &mut Ink, mut names: Vec<ZoneName>, places: &mut Places, letters: &mut Lettering) {
    names.sort_by(|a, b| a.rank.cmp(&b.rank).then(b.room.total_cmp(&a.room)).then(a.words.cmp(&b.words)));
    let mut written: Vec<(String, (f64, f64))> = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    ink.open("id=\"names\"");
    for name in names {
        let near = |at: (f64, f64)| (at.0 - name.at.0).hypot(at.1 - name.at.1) < AGAIN * letters.unit;
        if written.iter().any(|(words, at)| *words == name.words && near(*at)) {
            continue;
        }
        let width = letters.face(name.bold).width(&name.words, name.size);
        let (x, y) = name.at;
        let step = name.size;
        let middles: Vec<(f64, f64)> = if name.room * 2.0 < name.size * 0.85 {
            Vec::new()
        } else {
            [0.0, -1.2, 1.2, -2.4, 2.4, -3.6, 3.6].map(|k| (x, y + k * step)).to_vec()
        };
        let (wide, high) = (width + 0.6, name.size * 1.15);
        // what is protected is named beside it where its own ground is too small; land use is not
        let beside = |places: &mut Places| {
            let tiny = name.bounds.width().max(name.bounds.height()) < name.size * 0.8;
            let named = (1..=3).contains(&name.rank) && !tiny;
            if named { places.beside(name.at, &name.bounds, wide, high, 9.0 * letters.unit) } else { None }
        };
        match places.stand(&middles, wide, high).or_else(|| beside(places)) {
            Some(place) => {
                if let Some((from, to)) = place.leader {
                    let line = format!("fill=\"none\" stroke=\"{}\"", name.colour);
                    ink.line(from, to, &format!("{line} stroke-width=\"{}\"", length(0.18 * letters.unit)));
                }
                let (cx, cy) = place.label.centre();
                let style = Style {
                    colour: &name.colour,
                    anchor: Anchor::Middle,
                    bold: name.bold,
                    halo: 0.2 * name.size,
                    ..PLAIN
                };
                letters.write(ink, &name.words, (cx, cy + name.size * 0.36), name.size, &style);
                written.push((name.words, name.at));
            }
            None => missing.push(name.words),
        }
    }
    ink.close();
    missing.retain(|m| !written.iter().any(|(words, _)| words == m));
    missing.sort();
    missing.dedup();
    if !missing.is_empty() {
        let count = missing.len();
        letters.remark(
            "names-left-out",
            text!(
                "{count} 个名称在图上无处可注，未注记。"
                    | "Names that found no place on the map and are left out: {count}."
            ),
        );
    }
}
