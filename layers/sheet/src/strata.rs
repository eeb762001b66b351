//! The layers of the map body: zones merged by key, filled, hatched and outlined by the symbol table.

use crate::content::{MapContent, MapLayer};
use crate::description::SheetDescription;
use crate::edges::{Edges, Point};
use crate::hatch;
use crate::ink::{Ink, length, path_data};
use crate::lettering::Lettering;
use crate::names::{ZoneName, zone_name};
use crate::plane::Plane;
use crate::scale::grouped;
use crate::{Result, SheetError};
use rayon::prelude::*;
use redline_cartography::{Stroke, Symbol, symbol};
use redline_wording::text;
use redline_zoning::LayerRole;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;

/// A pixel of the symbol table on A4, mm.
const PIXEL: f64 = 0.2;
/// Zones are drawn this far beyond the neat line, where nobody sees the edge of the cut.
const SPARE: f64 = 3.0;
/// More edges than this are merged on the grid of 0.05 mm.
const MANY: usize = 1_500_000;

/// What was found in a layer.
pub(crate) struct Stratum {
    /// Its index in the content.
    pub(crate) layer: usize,
    /// The keys that are on the sheet.
    pub(crate) keys: BTreeSet<String>,
}

/// A pixel of the symbol table on this sheet, mm: larger sheets are seen from farther away.
pub(crate) fn pixel(unit: f64) -> f64 {
    PIXEL * (unit * unit.sqrt()).sqrt()
}

/// Where a role stands in the stack, and in which order the legend has them.
fn stack(role: LayerRole) -> u8 {
    match role {
        LayerRole::LandUse => 0,
        LayerRole::District => 1,
        LayerRole::Farmland => 2,
        LayerRole::ControlLine => 3,
        LayerRole::GrowthBoundary => 4,
        LayerRole::RedLine => 5,
    }
}

/// What was drawn of all layers.
pub(crate) struct Drawn {
    pub(crate) strata: Vec<Stratum>,
    /// The names their zones should have.
    pub(crate) names: Vec<ZoneName>,
    /// Bytes of the ink that hold the fills of the lowest land-use layer.
    pub(crate) underlay: Option<Range<usize>>,
}

/// Draws all layers.
pub(crate) fn draw_layers(
    ink: &mut Ink,
    description: &SheetDescription,
    content: &MapContent<'_>,
    plane: &Plane,
    letters: &mut Lettering,
) -> Result<Drawn> {
    let mut order: Vec<usize> =
        (0..content.layers.len()).filter(|i| description.layers.contains(&content.layers[*i].role)).collect();
    order.sort_by_key(|i| (stack(content.layers[*i].role), *i));
    let mut strata = Vec::new();
    let mut names = Vec::new();
    let mut underlay = None;
    let mut coarse = false;
    for index in order {
        let layer = &content.layers[index];
        let gathered = gather(layer, description.zone_labels, plane, letters, &mut names)?;
        coarse |= gathered.coarse;
        let (keys, fills) = draw_layer(ink, layer, index, gathered.keys, letters.unit);
        if layer.role == LayerRole::LandUse && strata.iter().all(|s: &Stratum| s.keys.is_empty()) {
            underlay = fills;
        }
        strata.push(Stratum { layer: index, keys });
    }
    if coarse {
        let metres = grouped(&format!("{:.1}", plane.scale * 0.05 / 1000.0));
        letters.remark(
            "merged",
            text!(
                "同类图斑合并表示，图上小于 0.05 mm（实地 {metres} m）的细节已简化；面积未受影响。"
                    | "Zones of one class are merged, and details below 0.05 mm on paper ({metres} m on the ground) simplified; areas are not affected."
            ),
        );
    } else if strata.iter().any(|s| content.layers[s.layer].role == LayerRole::LandUse && !s.keys.is_empty()) {
        letters.remark(
            "merged",
            text!("相邻的同类图斑合并表示。" | "Neighbouring parcels of one class are drawn as one."),
        );
    }
    Ok(Drawn { strata, names, underlay })
}

struct Gathered {
    keys: BTreeMap<String, Edges>,
    coarse: bool,
}

fn gather(
    layer: &MapLayer<'_>,
    named: bool,
    plane: &Plane,
    letters: &mut Lettering,
    names: &mut Vec<ZoneName>,
) -> Result<Gathered> {
    let mut keys: BTreeMap<String, Edges> = BTreeMap::new();
    let mut coarse = false;
    let (mut held, mut seen) = (0_usize, 0_u64);
    layer.zones.each(plane.ground_grown(SPARE), &mut |zone| {
        if !keys.contains_key(zone.key) {
            let mut edges = Edges::default();
            if coarse {
                edges.coarsen();
            }
            keys.insert(zone.key.to_owned(), edges);
        }
        if let Some(edges) = keys.get_mut(zone.key) {
            let before = edges.len();
            edges.add(zone.shape, plane, SPARE);
            held = (held + edges.len()).saturating_sub(before);
        }
        seen += 1;
        if !coarse && held > MANY {
            coarse = true;
            keys.values_mut().for_each(Edges::coarsen);
            held = keys.values().map(Edges::len).sum();
        }
        if let Some(label) = zone.label.filter(|_| named) {
            names.extend(zone_name(layer.role, zone.key, label, zone.shape, plane, letters)?);
        }
        Ok(())
    })?;
    Ok(Gathered { keys, coarse })
}

/// Path data of one key.
struct Paths {
    fill: String,
    hatch: String,
    stroke: String,
    seen: bool,
}

fn paths(edges: Edges, look: &Symbol, pixel: f64) -> Paths {
    let mut out = Paths { fill: String::new(), hatch: String::new(), stroke: String::new(), seen: false };
    if look.stroke.is_some() {
        path_data(&mut out.stroke, &edges.outlines(), false);
    }
    let rings = edges.rings();
    out.seen = !rings.is_empty();
    if let Some(lines) = &look.hatch {
        out.hatch = hatch::data(&hatch::lines(&rings, lines, pixel));
    }
    if look.fill.is_some() {
        path_data(&mut out.fill, &rings, true);
    }
    out
}

fn draw_layer(
    ink: &mut Ink,
    layer: &MapLayer<'_>,
    index: usize,
    keys: BTreeMap<String, Edges>,
    unit: f64,
) -> (BTreeSet<String>, Option<Range<usize>>) {
    let (px, role) = (pixel(unit), layer.role);
    let drawn: Vec<(String, Symbol, Paths)> = keys
        .into_iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(key, edges)| {
            let look = symbol(role, &key);
            let paths = paths(edges, &look, px);
            (key, look, paths)
        })
        .collect();
    ink.open(&format!("id=\"layer-{index}-{}\" fill=\"none\"", layer.role.as_str()));
    // one group for each strength of fill: inside, fills are opaque and overlap by a hair, so that no
    // white seam shows between neighbours
    let mut strength: Option<f64> = None;
    let from = ink.len();
    for (_, look, paths) in drawn.iter().filter(|d| !d.2.fill.is_empty()) {
        let Some(colour) = &look.fill else { continue };
        if strength != Some(look.fill_opacity) {
            if strength.is_some() {
                ink.close();
            }
            ink.open(&format!("opacity=\"{}\"", length(look.fill_opacity)));
            strength = Some(look.fill_opacity);
        }
        let seam = length(0.04);
        ink.path(
            &paths.fill,
            &format!("fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{seam}\" stroke-linejoin=\"round\""),
        );
    }
    if strength.is_some() {
        ink.close();
    }
    let fills = strength.is_some().then(|| from..ink.len());
    for (_, look, paths) in &drawn {
        if let Some(lines) = &look.hatch {
            let width = length(lines.width_px * px);
            ink.path(&paths.hatch, &format!("stroke=\"{}\" stroke-width=\"{width}\"", lines.colour));
        }
    }
    for (_, look, paths) in &drawn {
        if let Some(stroke) = &look.stroke {
            ink.path(&paths.stroke, &stroke_attributes(stroke, px));
        }
    }
    ink.close();
    (drawn.into_iter().filter(|d| d.2.seen).map(|d| d.0).collect(), fills)
}

/// Attributes of an outline.
pub(crate) fn stroke_attributes(stroke: &Stroke, pixel: f64) -> String {
    let width = length(stroke.width_px * pixel);
    let mut out = format!("stroke=\"{}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"", stroke.colour);
    if stroke.dash.is_empty() {
        out.push_str(" stroke-linecap=\"round\"");
    } else {
        let dash: Vec<String> = stroke.dash.iter().map(|d| length(d * pixel)).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" ")); // writing to a String cannot fail
    }
    out
}

/// A key's sample in the legend.
pub(crate) fn swatch(ink: &mut Ink, at: &crate::Rect, look: &Symbol, unit: f64) {
    let px = pixel(unit);
    if let Some(colour) = &look.fill {
        ink.rect(at, &format!("fill=\"{colour}\" fill-opacity=\"{}\"", length(look.fill_opacity)));
    }
    if let Some(lines) = &look.hatch {
        let corner = |x: f64, y: f64| -> Point { ((x * 100.0).round() as i32, (y * 100.0).round() as i32) };
        let ring = vec![corner(at.x0, at.y0), corner(at.x0, at.y1), corner(at.x1, at.y1), corner(at.x1, at.y0)];
        let width = length(lines.width_px * px);
        let data = hatch::data(&hatch::lines(&[ring], lines, px));
        ink.path(&data, &format!("fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"", lines.colour));
    }
    match &look.stroke {
        // an outline lies inside the sample, so that neighbours in the list do not touch
        Some(stroke) => ink
            .rect(&at.grown(-stroke.width_px * px / 2.0), &format!("fill=\"none\" {}", stroke_attributes(stroke, px))),
        None => ink.rect(at, &format!("fill=\"none\" stroke=\"#9ca3af\" stroke-width=\"{}\"", length(0.1 * unit))),
    }
}

/// Ground that must be on the sheet where nobody said what.
pub(crate) fn focus(content: &MapContent<'_>) -> Result<crate::Rect> {
    let sum = |all: &mut dyn Iterator<Item = crate::Rect>| all.reduce(|a, b| a.around(&b));
    let shapes = |shape: &redline_geometry::Shape| crate::rect::bounds(shape);
    let found = content
        .focus
        .or_else(|| sum(&mut content.projects.iter().flat_map(|p| &p.plots).filter_map(|p| shapes(&p.shape))))
        .or_else(|| sum(&mut content.frames.iter().map(|f| f.window)))
        .or_else(|| sum(&mut content.changes.iter().filter_map(|c| shapes(&c.shape))))
        .or_else(|| sum(&mut content.layers.iter().filter_map(|l| l.extent)))
        .or_else(|| sum(&mut content.districts.iter().filter_map(|d| shapes(&d.shape))))
        .ok_or(SheetError::NothingToShow)?;
    let finite = [found.x0, found.y0, found.x1, found.y1].iter().all(|v| v.is_finite());
    if finite && found.x1 >= found.x0 && found.y1 >= found.y0 { Ok(found) } else { Err(SheetError::BadWindow) }
}
