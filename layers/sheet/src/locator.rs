//! The locator: all districts, and where the sheet lies among them.

use crate::Result;
use crate::ink::{Anchor, Ink, length, path_data};
use crate::legend::{Attempt, Told};
use crate::lettering::{BLACK, GREY, PLAIN, Style};
use crate::panel::Rows;
use crate::plane::Plane;
use crate::rect::Rect;
use redline_cartography::outcome_colour;
use redline_wording::text;
use redline_zoning::Outcome;

/// Adds the locator, where there is one to draw.
pub(crate) fn locator(rows: &mut Rows<'_>, told: &Told<'_>, attempt: &Attempt) -> Result<()> {
    if !told.description.locator || told.content.districts.is_empty() || !attempt.locator {
        return Ok(());
    }
    let u = rows.u;
    let all = told.content.districts.iter().filter_map(|d| crate::rect::bounds(&d.shape));
    let Some(ground) = all.reduce(|a, b| a.around(&b)).filter(Rect::usable) else { return Ok(()) };
    // a sheet that shows all districts needs nobody to say where it lies
    if told.plane.ground.holds(&ground) {
        return Ok(());
    }
    let high = (rows.width * 0.62).min(if attempt.tight { 24.0 } else { 34.0 } * u);
    let frame = Rect::at(0.0, 0.0, rows.width, high);
    let inner = frame.grown(-1.5 * u);
    let fit = (ground.width() / inner.width()).max(ground.height() / inner.height()) * 1000.0;
    let plane = Plane::new(fit, ground.centre(), inner);
    let mut ink = Ink::default();
    ink.open("id=\"locator\"");
    ink.rect(&frame, &format!("fill=\"#f8fafc\" stroke=\"{BLACK}\" stroke-width=\"{}\"", length(0.25 * u)));
    let mut edges = crate::edges::Edges::default();
    for district in &told.content.districts {
        edges.add(&district.shape, &plane, 0.5);
    }
    let mut lines = String::new();
    path_data(&mut lines, &edges.outlines(), false);
    let mut fill = String::new();
    path_data(&mut fill, &edges.rings(), true);
    ink.path(&fill, "fill=\"#e5e7eb\"");
    ink.path(
        &lines,
        &format!("fill=\"none\" stroke=\"#fff\" stroke-width=\"{}\" stroke-linejoin=\"round\"", length(0.3 * u)),
    );
    ink.path(
        &lines,
        &format!("fill=\"none\" stroke=\"{GREY}\" stroke-width=\"{}\" stroke-linejoin=\"round\"", length(0.15 * u)),
    );
    let window = plane.placed(&told.plane.ground);
    let seen = Rect::new(window.x0.max(0.0), window.y0.max(0.0), window.x1.min(rows.width), window.y1.min(high));
    let red = outcome_colour(Outcome::Prohibited);
    let mut places = crate::placing::Places::new(frame);
    if seen.usable() {
        ink.rect(
            &seen,
            &format!("fill=\"{red}\" fill-opacity=\".2\" stroke=\"{red}\" stroke-width=\"{}\"", length(0.4 * u)),
        );
        let (x, y) = seen.centre();
        if seen.width().max(seen.height()) < 3.0 * u {
            ink.circle(x, y, 2.0 * u, &format!("fill=\"none\" stroke=\"{red}\" stroke-width=\"{}\"", length(0.3 * u)));
        }
        if seen.width() < frame.width() / 3.0 && seen.height() < frame.height() / 3.0 {
            places.take(seen.grown(0.4 * u));
        }
    }
    let size = 1.9 * u;
    for district in &told.content.districts {
        let words = rows.letters.fit(&district.name, 14.0 * u, size, false)?;
        let width = rows.letters.body.width(&words, size);
        let Some((best, _)) = crate::names::best_place(&district.shape, &plane, width, size) else { continue };
        let (x, y) = (best.at.x, best.at.y);
        if let Some(place) = places.stand(&[0.0, -1.2, 1.2, 2.4, -2.4].map(|k| (x, y + k * size)), width, size) {
            let (cx, cy) = place.label.centre();
            let style = Style { anchor: Anchor::Middle, colour: GREY, halo: 0.25 * u, ..PLAIN };
            rows.letters.write(&mut ink, &words, (cx, cy + size * 0.36), size, &style);
        }
    }
    ink.close();
    let title = rows.letters.said(&text!("位置示意" | "Location"));
    rows.head(&title, "");
    rows.push(high + 1.5 * u, ink, false);
    Ok(())
}
