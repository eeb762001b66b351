//! Drawing a sheet: the paper's parts, then the map, then what the map turned out to need beside it.

use crate::content::MapContent;
use crate::description::{PanelSide, ScaleChoice, SheetDescription};
use crate::fonts::Fonts;
use crate::frame::{BAND, crosses, neat_line, north};
use crate::ink::{Anchor, Ink, length};
use crate::legend::{Attempt, Told, rows};
use crate::lettering::{BLACK, GREY, Lettering, PLAIN, Style, checked};
use crate::marks;
use crate::names::{district_name, write_names};
use crate::output::{Naming, Sheet};
use crate::panel::{column_width, flow, no_room, shortened};
use crate::placing::Places;
use crate::plane::Plane;
use crate::rect::Rect;
use crate::scale::round_scale;
use crate::strata::{Drawn, draw_layers, focus};
use crate::underlay::UnderlayPlace;
use crate::{Result, SheetError};
use redline_cartography::{outcome_colour, symbol};
use redline_wording::{Lang, text};
use redline_zoning::{LayerRole, Outcome};

/// Type of the panel, in parts of its usual size, until everything fits.
const SIZES: [f64; 6] = [1.0, 0.93, 0.86, 0.8, 0.74, 0.68];
/// Then lists have at most so many rows.
const CUTS: [usize; 22] = [200, 160, 130, 100, 82, 66, 54, 44, 36, 30, 25, 21, 18, 15, 12, 10, 8, 6, 4, 3, 2, 1];

/// Draws a sheet.
///
/// # Errors
/// [`SheetError`]: a description that cannot be drawn, a missing font or character, nothing to show,
/// ground too large for the paper, a legend that finds no room, or what a layer's reader says.
pub fn draw(description: &SheetDescription, content: &MapContent<'_>, fonts: &Fonts) -> Result<Sheet> {
    checked(description)?;
    let mut letters = Lettering::of(description, fonts)?;
    let unit = letters.unit;
    let paper = Rect::at(0.0, 0.0, description.paper.width_mm, description.paper.height_mm);
    let mut ink = Ink::default();
    ink.rect(&paper, "fill=\"#fff\"");
    let white = ink.len();

    let parts = Parts::of(description, unit);
    title(&mut ink, description, content, &parts, &mut letters)?;
    let plane = plane(description, content, &parts.map, &mut letters)?;

    let l = length;
    let m = parts.map;
    ink.raw(&format!(
        "<clipPath id=\"neat\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n",
        l(m.x0),
        l(m.y0),
        l(m.width()),
        l(m.height())
    ));
    ink.open("id=\"map\" clip-path=\"url(#neat)\"");
    let Drawn { strata, mut names, underlay } = draw_layers(&mut ink, description, content, &plane, &mut letters)?;
    districts(&mut ink, content, &plane, &mut letters, &mut names)?;
    marks::veil(&mut ink, content, &plane, unit);
    crosses(&mut ink, &plane, unit);
    marks::patches(&mut ink, content, &plane, unit);
    marks::opinions(&mut ink, content, &plane, unit);
    let lines = marks::outlines(&mut ink, content, &plane, unit);
    let mut places = Places::new(m.grown(-0.8 * unit));
    places.take(north(&mut ink, &m, &letters));
    let mut stamped = Ink::default();
    if content.decided == Some(false) {
        places.take(stamp(&mut stamped, &parts, &letters).grown(0.5 * unit));
    }
    marks::avoid(&mut places, &lines);
    marks::frames(&mut ink, content, &plane, &mut places, &mut letters)?;
    let points = if description.boundary_points || description.coordinate_table {
        marks::boundary_points(content)
    } else {
        Vec::new()
    };
    marks::numbers(&mut ink, content, &plane, &mut places, &mut letters)?;
    marks::write_points(&mut ink, description, &points, &plane, &mut places, &mut letters);
    marks::avoid(&mut places, &marks::patch_lines(content, &plane));
    write_names(&mut ink, names, &mut places, &mut letters);
    ink.close();
    neat_line(&mut ink, &plane, &content.crs, &letters);
    ink.raw(&stamped.finish());

    let remarks = letters.remarks.clone();
    let told = Told { description, content, strata: &strata, points: &points, plane: &plane, remarks: &remarks };
    ink.open("id=\"panel\"");
    ink.rect(
        &parts.panel.grown(2.5 * unit),
        &format!("fill=\"none\" stroke=\"{BLACK}\" stroke-width=\"{}\"", l(0.3 * unit.sqrt())),
    );
    ink.raw(&panel(&told, &parts.panel, &mut letters)?);
    ink.close();
    if content.sample {
        sample(&mut ink, &paper, &letters);
    }

    let (w, h) = (description.paper.width_mm, description.paper.height_mm);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}mm\" height=\"{1}mm\" viewBox=\"0 0 {0} {1}\">\n",
        l(w),
        l(h)
    );
    let from = head.len();
    let underlay =
        UnderlayPlace { paper: from..from + white, fills: underlay.map(|bytes| from + bytes.start..from + bytes.end) };
    let svg = [head, ink.finish(), "</svg>\n".to_owned()].concat();
    let naming = Naming {
        title: crate::words::cleaned(&description.title).0,
        language: match letters.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        },
        date: description.date,
        faces: [letters.body.id, letters.head.id],
    };
    Sheet::of(svg, fonts, (w, h), &plane, naming, letters.remarks(), underlay)
}

/// The parts of the paper, mm.
struct Parts {
    title: Rect,
    map: Rect,
    panel: Rect,
}

impl Parts {
    fn of(d: &SheetDescription, unit: f64) -> Parts {
        let m = d.margins;
        let all = Rect::new(m.left, m.top, d.paper.width_mm - m.right, d.paper.height_mm - m.bottom);
        let high = match (d.title.is_empty(), d.subtitle.is_empty()) {
            (true, true) => 0.0,
            (false, true) => 12.0,
            (true, false) => 7.0,
            (false, false) => 16.0,
        } * unit;
        let title = Rect { y1: all.y0 + high, ..all };
        let rest = Rect { y0: title.y1, ..all };
        let (band, gap, inner) = (BAND * unit, 3.0 * unit, 2.5 * unit);
        let size = d.panel.size_mm;
        let (frame, panel) = match d.panel.side {
            PanelSide::Right => (Rect { x1: rest.x1 - size - gap, ..rest }, Rect { x0: rest.x1 - size, ..rest }),
            PanelSide::Below => (Rect { y1: rest.y1 - size - gap, ..rest }, Rect { y0: rest.y1 - size, ..rest }),
        };
        Parts { title, map: frame.grown(-band), panel: panel.grown(-inner) }
    }
}

fn title(
    ink: &mut Ink,
    d: &SheetDescription,
    content: &MapContent<'_>,
    parts: &Parts,
    letters: &mut Lettering,
) -> Result<()> {
    let u = letters.unit;
    let (x, top) = (parts.title.centre().0, parts.title.y0);
    let stamp = content.decided == Some(false);
    // the stamp stands at the right end; what is centred keeps clear of it on both sides
    let room = parts.title.width() - if stamp { 2.0 * 40.0 * u } else { 0.0 };
    ink.open("id=\"title\"");
    let mut y = top;
    if !d.title.is_empty() {
        let words = letters.clean(&d.title, true)?;
        let size = (6.6 * u).min(6.6 * u * room / letters.head.width(&words, 6.6 * u)).max(4.2 * u);
        let words = letters.fit(&words, room, size, true)?;
        let style = Style { anchor: Anchor::Middle, bold: true, ..PLAIN };
        letters.write(ink, &words, (x, top + 7.2 * u), size, &style);
        y = top + 9.0 * u;
    }
    if !d.subtitle.is_empty() {
        let words = letters.fit(&d.subtitle, room, 3.2 * u, false)?;
        let style = Style { anchor: Anchor::Middle, colour: GREY, ..PLAIN };
        letters.write(ink, &words, (x, y + 3.4 * u), 3.2 * u, &style);
    }
    ink.close();
    Ok(())
}

/// 系统初判, at the right end of the title; without a title in the map's corner. The rectangle it takes.
fn stamp(ink: &mut Ink, parts: &Parts, letters: &Lettering) -> Rect {
    let u = letters.unit;
    let words = letters.said(&text!("系统初判" | "Preliminary"));
    let red = outcome_colour(Outcome::Prohibited);
    let size = 3.8 * u;
    let width = letters.head.width(&words, size) + 4.0 * u;
    let (right, y) = if parts.title.height() > 8.0 * u {
        (parts.title.x1, parts.title.y0 + 1.6 * u)
    } else {
        (parts.map.x0 + width + 2.0 * u, parts.map.y0 + 2.0 * u)
    };
    let r = Rect::at(right - width, y, width, 7.0 * u);
    ink.open("id=\"stamp\"");
    ink.rect(&r, &format!("fill=\"#fff\" stroke=\"{red}\" stroke-width=\"{}\"", length(0.5 * u)));
    let style = Style { anchor: Anchor::Middle, bold: true, colour: red, ..PLAIN };
    letters.write(ink, &words, (r.centre().0, r.centre().1 + size * 0.36), size, &style);
    ink.close();
    r
}

/// The ground on the map, and its scale.
fn plane(d: &SheetDescription, content: &MapContent<'_>, map: &Rect, letters: &mut Lettering) -> Result<Plane> {
    let wanted = match (d.centre, d.scale) {
        // centre and scale say everything; there may be nothing else
        (Some([x, y]), ScaleChoice::Fixed(_)) => focus(content).unwrap_or(Rect::new(x, y, x, y)),
        _ => focus(content)?,
    };
    let centre = d.centre.map_or(wanted.centre(), |[x, y]| (x, y));
    if !map.usable() || map.width() < 30.0 || map.height() < 30.0 {
        return Err(SheetError::NoRoom(text!("地图" | "the map")));
    }
    let size = match d.centre {
        None => (wanted.width(), wanted.height()),
        Some(_) => (
            2.0 * (wanted.x1 - centre.0).abs().max((centre.0 - wanted.x0).abs()),
            2.0 * (wanted.y1 - centre.1).abs().max((centre.1 - wanted.y0).abs()),
        ),
    };
    let room = (map.width() * 0.94, map.height() * 0.94);
    let scale = match d.scale {
        ScaleChoice::Fixed(n) => n,
        ScaleChoice::Auto => round_scale(size, room)
            .ok_or(SheetError::TooLarge { width_m: size.0.ceil() as u64, height_m: size.1.ceil() as u64 })?,
    };
    let plane = Plane::new(f64::from(scale), centre, *map);
    if !plane.ground.holds(&wanted) {
        letters.remark(
            "off-the-sheet",
            text!(
                "所选比例尺和图心下，部分内容在图幅之外。"
                    | "At this scale and centre part of the content lies off the sheet."
            ),
        );
    }
    Ok(plane)
}

/// Districts' borders, unless a layer has them, and their names.
fn districts(
    ink: &mut Ink,
    content: &MapContent<'_>,
    plane: &Plane,
    letters: &mut Lettering,
    names: &mut Vec<crate::names::ZoneName>,
) -> Result<()> {
    if content.districts.is_empty() || content.layers.iter().any(|l| l.role == LayerRole::District) {
        return Ok(());
    }
    let mut edges = crate::edges::Edges::default();
    for district in &content.districts {
        edges.add(&district.shape, plane, 3.0);
        names.extend(district_name(&district.name, &district.shape, plane, letters)?);
    }
    let mut data = String::new();
    crate::ink::path_data(&mut data, &edges.outlines(), false);
    if let Some(stroke) = symbol(LayerRole::District, "").stroke {
        let px = crate::strata::pixel(letters.unit);
        ink.path(&data, &format!("id=\"districts\" fill=\"none\" {}", crate::strata::stroke_attributes(&stroke, px)));
    }
    Ok(())
}

/// The panel in the largest type in which everything fits; then with lists cut short.
fn panel(told: &Told<'_>, place: &Rect, letters: &mut Lettering) -> Result<String> {
    let columns = told.description.panel.columns;
    let unit = letters.unit;
    let width = column_width(place, columns, unit);
    let smallest = SIZES[SIZES.len() - 1] * unit;
    let whole = Attempt { u: unit, tight: false, locator: true, most: usize::MAX };
    let tight = Attempt { tight: true, ..whole };
    // smaller and closer first; then lists are cut short, and last the locator goes
    let mut tries = vec![whole];
    tries.extend(SIZES.map(|f| Attempt { u: f * unit, ..tight }));
    tries.extend(CUTS.map(|most| Attempt { u: 0.8 * unit, most, ..tight }));
    tries.extend([0.8 * unit, smallest].map(|u| Attempt { u, locator: false, most: 10, ..tight }));
    tries.push(Attempt { u: smallest, locator: false, most: 0, ..tight });
    // only the attempt that is kept counts what it shortened
    let before = letters.counts();
    for attempt in tries {
        letters.recount(before);
        let (body, foot) = rows(told, letters, width, &attempt)?;
        let (body, left) = shortened(body, attempt.most, letters, attempt.u);
        let Some(drawn) = flow(&body, &foot, place, columns, unit) else { continue };
        if left > 0 {
            letters.remark(
                "list-shortened",
                text!(
                    "图边的清单有 {left} 行放不下，未列出。"
                        | "Rows of the lists beside the map that found no room and are left out: {left}."
                ),
            );
        }
        if !attempt.locator && told.description.locator && !told.content.districts.is_empty() {
            letters.remark(
                "locator-left-out",
                text!("图边放不下位置示意图，已略去。" | "There was no room for the locator; it is left out."),
            );
        }
        return Ok(drawn);
    }
    Err(no_room())
}

/// 示例数据, from corner to corner.
fn sample(ink: &mut Ink, paper: &Rect, letters: &Lettering) {
    let words = letters.said(&text!("示例数据" | "SAMPLE DATA"));
    let (w, h) = (paper.width(), paper.height());
    let turn = -h.atan2(w).to_degrees();
    let size = w.hypot(h) * 0.62 / letters.head.width(&words, 1.0);
    let (x, y) = paper.centre();
    ink.open("id=\"sample\" opacity=\".09\"");
    // the middle of the letters, not their foot, stands in the middle of the paper
    let (sin, cos) = turn.to_radians().sin_cos();
    let down = size * 0.36;
    let style =
        Style { anchor: Anchor::Middle, bold: true, colour: outcome_colour(Outcome::Prohibited), turn, ..PLAIN };
    letters.write(ink, &words, (x - sin * down, y + cos * down), size, &style);
    ink.close();
}
