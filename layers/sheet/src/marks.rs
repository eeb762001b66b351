//! What a review or a comparison puts on the map: project, overlapped pieces, changes, frames.

use crate::content::{ChangeKind, MapContent, OverlapPiece};
use crate::description::SheetDescription;
use crate::edges::{Edges, Point};
use crate::ink::{Anchor, Ink, length, path_data};
use crate::lettering::{BLACK, Lettering, PLAIN, Style};
use crate::names::best_place;
use crate::placing::Places;
use crate::plane::Plane;
use crate::strata::pixel;
use crate::{Rect, Result};
use geo_types::Coord;
use redline_cartography::outcome_colour;
use redline_geometry::Shape;
use redline_wording::text;

/// Ground gained and lost between two revisions: neither is a colour of the symbol table.
pub(crate) fn change_colour(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Gained => "#1d4ed8",
        ChangeKind::Lost => "#d9480f",
        ChangeKind::Reassigned => "#6d28d9",
    }
}

fn edges_of<'s>(shapes: impl Iterator<Item = &'s Shape>, plane: &Plane) -> Edges {
    let mut edges = Edges::default();
    for shape in shapes {
        edges.add(shape, plane, 3.0);
    }
    edges
}

/// Fills and outlines a shape; where paper cannot show it a dot stands there.
fn patch(ink: &mut Ink, shape: &Shape, plane: &Plane, colour: &str, unit: f64) {
    let rings = edges_of(std::iter::once(shape), plane).rings();
    let mut data = String::new();
    path_data(&mut data, &rings, true);
    ink.path(
        &data,
        &format!(
            "fill=\"{}\" stroke=\"{colour}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
            tint(colour),
            length(1.5 * pixel(unit))
        ),
    );
    let Some(b) = crate::rect::bounds(shape).map(|b| plane.placed(&b)) else { return };
    let (x, y) = b.centre();
    if b.width().max(b.height()) < 0.6 * unit && plane.paper.contains(x, y) {
        ink.circle(x, y, 0.35 * unit, &format!("fill=\"{colour}\""));
    }
}

/// A colour at half its strength on white, as the legend shows it: `#rrggbb` of `#rrggbb`.
pub(crate) fn tint(colour: &str) -> String {
    let channel = |place: usize| {
        let digits = colour.get(place..place + 2).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        (digits.unwrap_or(0) + 255) / 2
    };
    format!("#{:02x}{:02x}{:02x}", channel(1), channel(3), channel(5))
}

/// How much of what lies beneath a piece its colour covers: enough that it reads as in the legend, and so
/// little that hatches beneath still show.
const COVERS: &str = "opacity=\".85\"";

/// Changes and overlapped pieces, under the project's outline. Pieces of one place do not mix their
/// colours: the strictest lies on top.
pub(crate) fn patches(ink: &mut Ink, content: &MapContent<'_>, plane: &Plane, unit: f64) {
    if !content.changes.is_empty() {
        ink.open(&format!("id=\"changes\" {COVERS}"));
        for change in &content.changes {
            patch(ink, &change.shape, plane, change_colour(change.kind), unit);
        }
        ink.close();
    }
    if !content.pieces.is_empty() {
        ink.open(&format!("id=\"pieces\" {COVERS}"));
        let mut pieces: Vec<&OverlapPiece> = content.pieces.iter().collect();
        pieces.sort_by_key(|piece| piece.outcome);
        for piece in pieces {
            patch(ink, &piece.shape, plane, outcome_colour(piece.outcome), unit);
        }
        ink.close();
    }
}

/// A veil over all that the sheet is not of, and a line around what it is of.
pub(crate) fn veil(ink: &mut Ink, content: &MapContent<'_>, plane: &Plane, unit: f64) {
    let Some(subject) = &content.subject else { return };
    let edges = edges_of(std::iter::once(subject), plane);
    let m = plane.paper;
    let (x0, y0, x1, y1) = (length(m.x0), length(m.y0), length(m.x1), length(m.y1));
    let mut data = format!("M{x0} {y0}H{x1}V{y1}H{x0}Z");
    let mut line = String::new();
    path_data(&mut line, &edges.outlines(), false);
    path_data(&mut data, &edges.rings(), true);
    ink.path(&data, "id=\"veil\" fill=\"#fff\" fill-opacity=\".55\" fill-rule=\"evenodd\"");
    let width = length(2.0 * pixel(unit));
    ink.path(
        &line,
        &format!("id=\"subject\" fill=\"none\" stroke=\"{BLACK}\" stroke-width=\"{width}\" stroke-linejoin=\"round\""),
    );
}

/// Colour and dash of an opinion's outline, pixels: unlike any layer's, and not an outcome's.
pub(crate) const OPINION: (&str, [f64; 2]) = ("#0b5fa5", [6.0, 3.0]);

/// The attributes of an opinion's outline; `px` is a pixel of the symbol table.
pub(crate) fn opinion_stroke(px: f64) -> String {
    let (colour, [dash, gap]) = OPINION;
    let (dash, gap, width) = (length(dash * px), length(gap * px), length(2.0 * px));
    format!(
        "fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dash} {gap}\" stroke-linejoin=\"round\""
    )
}

/// The outlines of ground that opinions cover, beneath those of the projects.
pub(crate) fn opinions(ink: &mut Ink, content: &MapContent<'_>, plane: &Plane, unit: f64) {
    let lines = edges_of(content.opinions.iter(), plane).outlines();
    if lines.is_empty() {
        return;
    }
    let mut data = String::new();
    path_data(&mut data, &lines, false);
    ink.path(&data, &format!("id=\"opinions\" {}", opinion_stroke(pixel(unit))));
}

/// The projects' outlines: near-black with a white halo. The lines come back, that names may avoid them.
pub(crate) fn outlines(ink: &mut Ink, content: &MapContent<'_>, plane: &Plane, unit: f64) -> Vec<Vec<Point>> {
    let lines = edges_of(content.projects.iter().flat_map(|p| &p.plots).map(|p| &p.shape), plane).outlines();
    if lines.is_empty() {
        return lines;
    }
    let mut data = String::new();
    path_data(&mut data, &lines, false);
    let px = pixel(unit);
    ink.open("id=\"projects\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
    ink.path(&data, &format!("stroke=\"#fff\" stroke-width=\"{}\"", length(6.0 * px)));
    ink.path(&data, &format!("stroke=\"{BLACK}\" stroke-width=\"{}\"", length(2.5 * px)));
    ink.close();
    lines
}

/// Frames of the other sheets, with their numbers.
pub(crate) fn frames(
    ink: &mut Ink,
    content: &MapContent<'_>,
    plane: &Plane,
    places: &mut Places,
    letters: &mut Lettering,
) -> Result<()> {
    if content.frames.is_empty() {
        return Ok(());
    }
    let unit = letters.unit;
    ink.open("id=\"frames\"");
    let mut missing = 0;
    for frame in &content.frames {
        let r = plane.placed(&frame.window);
        ink.rect(&r, &format!("fill=\"none\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.3 * unit.sqrt())));
        let size = (r.height() * 0.3).clamp(1.8 * unit, 4.0 * unit);
        let words = letters.fit(&frame.number, r.width().max(8.0 * unit), size, true)?;
        let width = letters.head.width(&words, size);
        let (x, y) = r.centre();
        let tries = [(x, y), (r.x0 + width / 2.0 + unit, r.y0 + size), (x, r.y1 - size), (x, r.y0 + size)];
        match places.stand(&tries, width, size) {
            Some(place) => {
                let (cx, cy) = place.label.centre();
                let style = Style { anchor: Anchor::Middle, bold: true, halo: 0.15 * size, ..PLAIN };
                letters.write(ink, &words, (cx, cy + size * 0.36), size, &style);
            }
            None => missing += 1,
        }
    }
    ink.close();
    if missing > 0 {
        letters.remark(
            "frames-unnumbered",
            text!(
                "{missing} 个图幅的编号在图上无处可注。" | "Sheet numbers that found no place on the map: {missing}."
            ),
        );
    }
    Ok(())
}

/// Numbers of the overlapped pieces and names of the plots.
pub(crate) fn numbers(
    ink: &mut Ink,
    content: &MapContent<'_>,
    plane: &Plane,
    places: &mut Places,
    letters: &mut Lettering,
) -> Result<()> {
    let unit = letters.unit;
    let mut missing = Vec::new();
    let mut found = Vec::new();
    let size = 2.5 * unit;
    ink.open("id=\"numbers\"");
    for piece in &content.pieces {
        let colour = outcome_colour(piece.outcome);
        let words = letters.fit(&piece.number, 12.0 * unit, size, true)?;
        let height = 3.9 * unit;
        let width = (letters.head.width(&words, size) + 1.5 * unit).max(height);
        let Some((best, bounds)) = best_place(&piece.shape, plane, width, height) else {
            missing.push(words);
            continue;
        };
        let at = (best.at.x, best.at.y);
        let inside = if best.room >= height * 0.55 { places.stand(&[at], width, height) } else { None };
        let Some(place) = inside.or_else(|| places.apart(at, &around(at, &bounds, unit), width, height, 70.0 * unit))
        else {
            missing.push(words);
            continue;
        };
        found.push((words, colour, place));
    }
    // all leaders lie below all numbers
    for (_, colour, place) in &found {
        let Some((from, to)) = place.leader else { continue };
        for (stroke, wide) in [("#fff", 0.7), (*colour, 0.25)] {
            ink.line(from, to, &format!("fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{}\"", length(wide * unit)));
        }
        ink.circle(from.0, from.1, 0.35 * unit, &format!("fill=\"{colour}\""));
    }
    for (words, colour, place) in &found {
        let r = place.label.grown(-0.15 * unit);
        ink.rect(
            &r,
            &format!(
                "rx=\"{}\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"{}\"",
                length(r.height() / 2.0),
                length(0.35 * unit)
            ),
        );
        let (x, y) = r.centre();
        let style = Style { colour, anchor: Anchor::Middle, bold: true, ..PLAIN };
        letters.write(ink, words, (x, y + letters.head.capital * size / 2.0), size, &style);
    }
    ink.close();
    if !missing.is_empty() {
        let list = missing.join(if letters.lang == redline_wording::Lang::Zh { "、" } else { ", " });
        letters.remark(
            "pieces-unnumbered",
            text!(
                "压占图斑 {list} 在本图范围外或无处注号。"
                    | "Pieces {list} lie off the sheet or found no place for their number."
            ),
        );
    }
    plot_names(ink, content, plane, places, letters)
}

/// What a label set apart should clear: the shape's bounds, but of a long one only what is near.
fn around(at: (f64, f64), bounds: &Rect, unit: f64) -> Rect {
    let near = 4.0 * unit;
    Rect::new(
        bounds.x0.max(at.0 - near).min(at.0),
        bounds.y0.max(at.1 - near).min(at.1),
        bounds.x1.min(at.0 + near).max(at.0),
        bounds.y1.min(at.1 + near).max(at.1),
    )
}

fn plot_names(
    ink: &mut Ink,
    content: &MapContent<'_>,
    plane: &Plane,
    places: &mut Places,
    letters: &mut Lettering,
) -> Result<()> {
    let unit = letters.unit;
    let size = 2.8 * unit;
    let mut missing = 0;
    ink.open("id=\"plots\"");
    for plot in content.projects.iter().flat_map(|p| &p.plots) {
        let words = letters.fit(&plot.label, 60.0 * unit, size, true)?;
        if words.is_empty() {
            continue;
        }
        let width = letters.head.width(&words, size) + 0.6 * unit;
        let place = best_place(&plot.shape, plane, width, size).and_then(|(best, bounds)| {
            let at = (best.at.x, best.at.y);
            let tries = [0.0, -1.3, 1.3, -2.6, 2.6].map(|k| (at.0, at.1 + k * size));
            let inside = if best.room * 2.0 >= size { places.stand(&tries, width, size * 1.2) } else { None };
            inside.or_else(|| places.apart(at, &around(at, &bounds, unit), width, size * 1.2, 60.0 * unit))
        });
        let Some(place) = place else {
            missing += 1;
            continue;
        };
        if let Some((from, to)) = place.leader {
            ink.line(from, to, &format!("fill=\"none\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.2 * unit)));
        }
        let (x, y) = place.label.centre();
        let style = Style { anchor: Anchor::Middle, bold: true, halo: 0.5 * unit, ..PLAIN };
        letters.write(ink, &words, (x, y + letters.head.capital * size / 2.0), size, &style);
    }
    ink.close();
    if missing > 0 {
        letters.remark(
            "plots-unnamed",
            text!(
                "{missing} 个地块在本图范围外或无处注名。"
                    | "Plots that lie off the sheet or found no place for their name: {missing}."
            ),
        );
    }
    Ok(())
}

/// A boundary point: its number and its ground coordinates, metres.
pub(crate) struct BoundaryPoint {
    pub(crate) number: String,
    pub(crate) at: Coord<f64>,
}

/// Every vertex of the plots once, numbered in the order of the plots' rings.
pub(crate) fn boundary_points(content: &MapContent<'_>) -> Vec<BoundaryPoint> {
    let mut seen = std::collections::HashSet::new();
    let mut out = Vec::new();
    for polygon in content.projects.iter().flat_map(|p| &p.plots).flat_map(|p| &p.shape) {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            for &at in &ring.0 {
                // the last vertex of a ring is its first; neighbours share theirs to the tenth of a millimetre
                if seen.insert(((at.x * 1e4).round() as i64, (at.y * 1e4).round() as i64)) {
                    out.push(BoundaryPoint { number: format!("J{}", out.len() + 1), at });
                }
            }
        }
    }
    out
}

/// Draws and numbers the boundary points.
pub(crate) fn write_points(
    ink: &mut Ink,
    description: &SheetDescription,
    points: &[BoundaryPoint],
    plane: &Plane,
    places: &mut Places,
    letters: &mut Lettering,
) {
    if !description.boundary_points {
        return;
    }
    let unit = letters.unit;
    let size = 1.8 * unit;
    let mut missing = 0;
    ink.open("id=\"boundary-points\"");
    for point in points {
        let (x, y) = plane.place(point.at);
        if !plane.paper.contains(x, y) {
            missing += 1;
            continue;
        }
        ink.circle(
            x,
            y,
            0.45 * unit,
            &format!("fill=\"#fff\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.2 * unit)),
        );
        let width = letters.body.width(&point.number, size) + 0.3 * unit;
        let (dx, dy) = (width / 2.0 + 0.7 * unit, size * 0.55 + 0.5 * unit);
        let tries = [(dx, -dy), (dx, dy), (-dx, -dy), (-dx, dy), (0.0, -2.0 * dy), (0.0, 2.0 * dy)];
        match places.stand(&tries.map(|(a, b)| (x + a, y + b)), width, size) {
            Some(place) => {
                let (cx, cy) = place.label.centre();
                let style = Style { anchor: Anchor::Middle, halo: 0.3 * unit, ..PLAIN };
                letters.write(ink, &point.number, (cx, cy + letters.body.capital * size / 2.0), size, &style);
            }
            None => missing += 1,
        }
    }
    ink.close();
    if missing > 0 {
        letters.remark(
            "points-unnumbered",
            text!(
                "{missing} 个界址点在本图范围外或过密，未注点号。"
                    | "Boundary points without a number, off the sheet or too close together: {missing}."
            ),
        );
    }
}

/// The edges of changes and overlapped pieces, which no name of a zone should cover.
pub(crate) fn patch_lines(content: &MapContent<'_>, plane: &Plane) -> Vec<Vec<Point>> {
    let shapes = content.changes.iter().map(|c| &c.shape).chain(content.pieces.iter().map(|p| &p.shape));
    edges_of(shapes, plane).outlines()
}

/// Keeps labels, not leaders, off lines.
pub(crate) fn avoid(places: &mut Places, lines: &[Vec<Point>]) {
    let at = |p: Point| (f64::from(p.0) / 100.0, f64::from(p.1) / 100.0);
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        places.keep_off(at(pair[0]), at(pair[1]));
    }
}
