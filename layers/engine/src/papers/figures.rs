//! The maps of a report: the whole project, and each overlap.

use super::blocks;
use super::ground::SheetGround;
use super::map::{ReviewView, piece_number, several_plots, tabled};
use crate::EngineError;
use crate::progress::Progress;
use crate::review::{Overlap, PlotReview, Review};
use rayon::prelude::*;
use redline_geometry::Shape;
use redline_report::{MapFigure, MapKind};
use redline_sheet::{Fonts, Rect, SheetDescription};
use redline_wording::{Lang, Text, text};
use std::path::Path;

/// More overlaps than this have no map of their own; the report says so. A reader turns no hundred pages
/// of maps, and a map set shows them all.
const MOST: usize = 40;
/// Dots an inch of pictures in a document to be edited.
pub(super) const DPI: f64 = 200.0;
/// The least ground around an overlap, metres: a sliver alone shows nobody where it is.
const LEAST_M: f64 = 120.0;

/// Heights of a figure that needs more room, millimetres: the last is what an upright page holds.
const TALLER: [f64; 2] = [150.0, 195.0];

/// How a map goes into its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// As vectors, for the PDF.
    Svg,
    /// As a picture, for the DOCX.
    Png,
}

/// The maps of `review`, drawn side by side on all threads, and what a reader must know of them.
pub(super) fn figures(
    review: &Review,
    workspace: &Path,
    decided: bool,
    drawn: Drawn,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<(Vec<MapFigure>, Vec<Text>), EngineError> {
    let ground = SheetGround::judged(workspace, review)?;
    let mut remarks = ground.remarks.clone();
    let wanted = wanted(review, lang);
    remarks.extend(undrawn(review));
    let left = review.projects.iter().flat_map(|p| &p.plots).map(|p| p.overlaps.len()).sum::<usize>();
    let left = (left + 1).saturating_sub(wanted.len());
    if left > 0 && !wanted.is_empty() {
        remarks.push(text!(
            "{left} 处压占没有单独的图件（最多 {MOST} 幅，先从严、后从大）；可另出图集。"
                | "{left} overlaps have no map of their own (at most {MOST}, the strictest and largest first); a map set shows them."
        ));
    }
    let overview = SheetDescription { language: lang, ..SheetDescription::preset("figure")? };
    let mut single = overview.clone();
    // two of them find room on a page
    single.paper.height_mm = 96.0;
    let fonts = Fonts::installed();
    progress.stage(&text!("绘制图件" | "drawing the maps"), Some(wanted.len() as u64));
    // what a map merged or left out stands on the map itself
    let maps: Result<Vec<Result<MapFigure, String>>, EngineError> = wanted
        .par_iter()
        .map(|wanted| {
            let view = ReviewView { review, decided, focus: wanted.focus, only: wanted.only };
            let description = if wanted.kind == MapKind::Overview { &overview } else { &single };
            let drawn_at = |height_mm: f64| {
                let mut taller = description.clone();
                taller.paper.height_mm = height_mm;
                view.draw(&ground, &taller, &fonts, progress)
            };
            // where many land uses leave a legend no room, the figure grows as far as a page holds
            let mut sheet = drawn_at(description.paper.height_mm);
            for height_mm in TALLER {
                if sheet.as_ref().is_err_and(|e| e.code == "no-room") {
                    sheet = drawn_at(height_mm);
                }
            }
            progress.advance(1);
            let sheet = match sheet {
                Err(e) if e.code == "no-room" => return Ok(Err(wanted.name.clone())),
                other => other?,
            };
            let (width_mm, height_mm) = sheet.paper_mm();
            let (svg, png) = match drawn {
                Drawn::Svg => (sheet.svg().as_bytes().to_vec(), Vec::new()),
                Drawn::Png => (Vec::new(), sheet.png(DPI)?),
            };
            let (name, caption) = (wanted.name.clone(), wanted.caption.clone());
            Ok(Ok(MapFigure { kind: wanted.kind, name, caption, width_mm, height_mm, svg, png }))
        })
        .collect();
    let mut figures = Vec::new();
    for map in maps? {
        match map {
            Ok(figure) => figures.push(figure),
            Err(name) => remarks.push(text!(
                "图件“{name}”的图例太长，一页放不下，未附；可用 redline map 出更大的图幅。"
                    | "The legend of the map “{name}” is too long for a page, so the map is not in it; redline map draws a larger sheet."
            )),
        }
    }
    Ok((figures, remarks))
}

/// A map to be drawn.
struct Wanted<'r> {
    kind: MapKind,
    name: String,
    caption: String,
    focus: Option<Rect>,
    /// The overlap that it is of, by its id.
    only: Option<&'r str>,
}

fn wanted(review: &Review, lang: Lang) -> Vec<Wanted<'_>> {
    let plots: Vec<&PlotReview> = review.projects.iter().flat_map(|project| &project.plots).collect();
    if plots.iter().all(|plot| plot.geometry.coordinates.is_empty()) {
        return Vec::new();
    }
    let several = several_plots(review);
    let figures_of = tabled(review);
    let mut overlaps: Vec<&Overlap> = plots.iter().flat_map(|plot| &plot.overlaps).collect();
    if overlaps.len() > MOST {
        let mut order: Vec<usize> = (0..overlaps.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (overlaps[a], overlaps[b]);
            b.outcome.cmp(&a.outcome).then(b.area.ellipsoidal_m2.total_cmp(&a.area.ellipsoidal_m2))
        });
        order.truncate(MOST);
        // told in the order of the tables
        order.sort_unstable();
        overlaps = order.into_iter().map(|place| overlaps[place]).collect();
    }
    let words = |text: Text| text.get(lang).to_string();
    let overview = Wanted {
        kind: MapKind::Overview,
        name: words(text!("总图" | "Overview")),
        caption: words(text!(
            "项目用地与生态保护红线、生态控制线的位置关系；压占图斑编号与压占分析表一致。"
                | "The project and the lines; overlapped pieces are numbered as in the tables."
        )),
        focus: None,
        only: None,
    };
    let single = overlaps.into_iter().filter_map(|overlap| {
        let number = piece_number(overlap, several);
        let zone = if overlap.zone.name.is_empty() { &overlap.zone.id } else { &overlap.zone.name };
        let m2 = figures_of.get(overlap.id.as_str()).map(|f| blocks::figures(f).m2.text).unwrap_or_default();
        let word = overlap.outcome.word();
        let (zh, en) = (&word.zh, &word.en);
        Some(Wanted {
            kind: MapKind::Overlap,
            name: words(text!("压占图斑 {number}" | "Overlap {number}")),
            caption: words(text!("{zone}，{m2} m²（椭球），{zh}" | "{zone}, {m2} m² (ellipsoidal), {en}")),
            focus: Some(around(&Shape::from(&overlap.geometry))?),
            only: Some(&overlap.id),
        })
    });
    std::iter::once(overview).chain(single).collect()
}

/// Projects that no map can show: lines, points, files that could not be used.
pub(super) fn undrawn(review: &Review) -> Vec<Text> {
    let flat = |plot: &PlotReview| plot.geometry.coordinates.is_empty();
    let none = review.projects.iter().filter(|project| project.plots.iter().all(flat));
    none.map(|project| {
        let file = &project.file;
        text!("“{file}”没有面状地块，图上没有它。" | "“{file}” has no plot with an area and is not on the maps.")
    })
    .collect()
}

/// An overlap with some ground around it.
fn around(shape: &Shape) -> Option<Rect> {
    let points = shape.0.iter().flat_map(|polygon| &polygon.exterior().0);
    let bounds = Rect::of(points)?;
    let (x, y) = bounds.centre();
    let size = |length: f64| (length * 1.5).max(LEAST_M);
    let (w, h) = (size(bounds.width()), size(bounds.height()));
    Some(Rect::at(x - w / 2.0, y - h / 2.0, w, h))
}
