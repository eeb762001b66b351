//! The neat line with its ticks: metres of the plane below and left, degrees above and right.

use crate::content::CrsRecord;
use crate::ink::{Anchor, Ink};
use crate::lettering::{BLACK, GREY, Lettering, PLAIN, Style};
use crate::plane::Plane;
use crate::rect::Rect;
use crate::scale::{arc_step, arc_words, grouped, round_step};
use geo_types::Coord;

/// Width of the band between neat line and frame, mm of A4.
pub(crate) const BAND: f64 = 4.6;
/// Type size of coordinates, mm of A4.
const SIZE: f64 = 2.0;

/// Small crosses where the lines of the grid meet, under everything else of the map's furniture.
pub(crate) fn crosses(ink: &mut Ink, plane: &Plane, unit: f64) {
    let step = grid_step(plane, unit);
    let arm = 1.2 * unit;
    ink.open(&format!(
        "id=\"grid\" stroke=\"{GREY}\" stroke-width=\"{}\" fill=\"none\"",
        crate::ink::length(0.12 * unit)
    ));
    for x in multiples(plane.ground.x0, plane.ground.x1, step) {
        for y in multiples(plane.ground.y0, plane.ground.y1, step) {
            let (px, py) = plane.place(Coord { x, y });
            ink.line((px - arm, py), (px + arm, py), "");
            ink.line((px, py - arm), (px, py + arm), "");
        }
    }
    ink.close();
}

/// Neat line, frame, ticks and coordinates.
pub(crate) fn neat_line(ink: &mut Ink, plane: &Plane, crs: &CrsRecord<'_>, letters: &Lettering) {
    let unit = letters.unit;
    let (map, band) = (plane.paper, BAND * unit);
    let width = |mm: f64| crate::ink::length(mm * unit.sqrt());
    ink.open("id=\"neat-line\" fill=\"none\"");
    ink.rect(&map, &format!("stroke=\"{BLACK}\" stroke-width=\"{}\"", width(0.2)));
    ink.rect(&map.grown(band), &format!("stroke=\"{BLACK}\" stroke-width=\"{}\"", width(0.7)));
    ink.close();

    ink.open(&format!("id=\"metres\" stroke=\"{BLACK}\" stroke-width=\"{}\"", width(0.2)));
    let step = grid_step(plane, unit);
    let mut labels = Ink::default();
    let tick = 1.4 * unit;
    for x in multiples(plane.ground.x0, plane.ground.x1, step) {
        let (px, _) = plane.place(Coord { x, y: plane.ground.y0 });
        ink.line((px, map.y1), (px, map.y1 + tick), "");
        along(&mut labels, letters, &metres(x), px, Side::Bottom, &map);
    }
    for y in multiples(plane.ground.y0, plane.ground.y1, step) {
        let (_, py) = plane.place(Coord { x: plane.ground.x0, y });
        ink.line((map.x0 - tick, py), (map.x0, py), "");
        along(&mut labels, letters, &metres(y), py, Side::Left, &map);
    }
    ink.close();

    if let Some(degrees) = crs.degrees {
        ink.open(&format!("id=\"degrees\" stroke=\"{BLACK}\" stroke-width=\"{}\"", width(0.2)));
        let g = plane.ground;
        let longitude = |t: f64| degrees(g.x0 + g.width() * t, g.y1).map(|d| d.0 * 3600.0);
        for (t, words) in meridians(&longitude, map.width(), unit) {
            let px = map.x0 + map.width() * t;
            ink.line((px, map.y0 - tick), (px, map.y0), "");
            along(&mut labels, letters, &words, px, Side::Top, &map);
        }
        let latitude = |t: f64| degrees(g.x1, g.y0 + g.height() * t).map(|d| d.1 * 3600.0);
        for (t, words) in meridians(&latitude, map.height(), unit) {
            let py = map.y1 - map.height() * t;
            ink.line((map.x1, py), (map.x1 + tick, py), "");
            along(&mut labels, letters, &words, py, Side::Right, &map);
        }
        ink.close();
    }
    ink.open("id=\"coordinates\"");
    ink.raw(&labels.finish());
    ink.close();
}

/// Distance of the grid's lines, metres: 22 to 55 mm of A4 type apart.
pub(crate) fn grid_step(plane: &Plane, unit: f64) -> f64 {
    round_step(55.0 * unit * plane.scale / 1000.0)
}

fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    (first..=last).map(move |k| k as f64 * step)
}

fn metres(value: f64) -> String {
    grouped(&format!("{value:.0}"))
}

/// Where a coordinate that grows along an edge is a multiple of a round step: the place along the edge
/// from 0 to 1, and the words.
fn meridians(at: &dyn Fn(f64) -> Option<f64>, long_mm: f64, unit: f64) -> Vec<(f64, String)> {
    let ends = at(0.0).zip(at(1.0)).filter(|(from, to)| from.is_finite() && to.is_finite() && from < to);
    let Some((from, to)) = ends else { return Vec::new() };
    let step = arc_step((to - from) * 30.0 * unit / long_mm);
    let mut out = Vec::new();
    for k in (from / step).ceil() as i64..=(to / step).floor() as i64 {
        let wanted = k as f64 * step;
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = (low + high) / 2.0;
            match at(middle) {
                Some(v) if v < wanted => low = middle,
                Some(_) => high = middle,
                None => return out,
            }
        }
        out.push(((low + high) / 2.0, arc_words(wanted as i64, step)));
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// A coordinate beside its tick; left out where it would run beyond the neat line's end.
fn along(ink: &mut Ink, letters: &Lettering, words: &str, at: f64, side: Side, map: &Rect) {
    let size = SIZE * letters.unit;
    let half = letters.body.width(words, size) / 2.0;
    let (low, high) = if matches!(side, Side::Top | Side::Bottom) { (map.x0, map.x1) } else { (map.y0, map.y1) };
    if at - half < low || at + half > high {
        return;
    }
    let gap = 1.7 * letters.unit;
    let capital = letters.body.capital * size;
    let (x, y, turn) = match side {
        Side::Top => (at, map.y0 - gap, 0.0),
        Side::Bottom => (at, map.y1 + gap + capital, 0.0),
        Side::Left => (map.x0 - gap, at, -90.0),
        Side::Right => (map.x1 + gap + capital, at, -90.0),
    };
    letters.write(ink, words, (x, y), size, &Style { anchor: Anchor::Middle, turn, ..PLAIN });
}

/// Grid north, as an arrow with its word; the rectangle it takes.
pub(crate) fn north(ink: &mut Ink, map: &Rect, letters: &Lettering) -> Rect {
    let u = letters.unit;
    let (w, h) = (7.0 * u, 15.0 * u);
    let place = Rect::at(map.x1 - w - 3.0 * u, map.y0 + 3.0 * u, w, h);
    let (x, top) = (place.centre().0, place.y0 + 4.2 * u);
    let bottom = place.y1 - 0.6 * u;
    let l = crate::ink::length;
    ink.open("id=\"north\"");
    let (left, right, waist) = (l(x - 2.6 * u), l(x + 2.6 * u), l(bottom - 2.4 * u));
    let outline = format!("M{} {}L{right} {}L{} {waist}L{left} {}z", l(x), l(top), l(bottom), l(x), l(bottom));
    ink.path(
        &outline,
        &format!("fill=\"#fff\" stroke=\"#fff\" stroke-width=\"{}\" stroke-linejoin=\"round\"", l(1.4 * u)),
    );
    ink.path(
        &outline,
        &format!("fill=\"#fff\" stroke=\"{BLACK}\" stroke-width=\"{}\" stroke-linejoin=\"miter\"", l(0.25 * u)),
    );
    ink.path(&format!("M{} {}L{} {waist}L{left} {}z", l(x), l(top), l(x), l(bottom)), &format!("fill=\"{BLACK}\""));
    let style = Style { anchor: Anchor::Middle, bold: true, halo: 0.6 * u, ..PLAIN };
    letters.write(ink, "N", (x, place.y0 + 3.2 * u), 3.6 * u, &style);
    ink.close();
    place
}
