//! A review drawn as a map sheet: the layers it judged, its plots, its overlaps numbered as in the tables.

use super::ground::SheetGround;
use crate::EngineError;
use crate::ground::file_name;
use crate::output::balance::{self, Figures, Part};
use crate::progress::Progress;
use crate::review::{OpinionRecord, Overlap, Review};
use redline_cartography::key_of;
use redline_geometry::{AreaUnit, Shape};
use redline_sheet::{Fonts, KeyArea, OverlapPiece, PlotOutline, ProjectOutline, Rect, Sheet, SheetDescription};
use redline_wording::{Lang, Text, counted, text};
use redline_workspace::LayerInfo;
use redline_zoning::LayerRole;
use std::collections::BTreeMap;
use std::path::Path;

/// A sheet, and what a reader must know that the sheet does not say.
#[derive(Clone, Debug)]
pub struct DrawnSheet {
    /// The sheet.
    pub sheet: Sheet,
    /// Layers drawn otherwise than they were judged; and what the sheet merged, shortened or could not place.
    pub remarks: Vec<Text>,
}

impl DrawnSheet {
    pub(super) fn of(sheet: Sheet, before: &[Text]) -> DrawnSheet {
        let own = sheet.remarks().iter().map(|remark| remark.text.clone());
        let remarks = before.iter().cloned().chain(own).collect();
        DrawnSheet { sheet, remarks }
    }
}

/// The description of a sheet: a preset by its name, or a file in TOML that changes one.
///
/// # Errors
/// Those of the sheet: a preset that is not there, a file that cannot be read or says what it may not.
pub fn sheet_description(preset: &str, file: Option<&Path>) -> Result<SheetDescription, EngineError> {
    let Some(path) = file else { return Ok(SheetDescription::preset(preset)?) };
    let name = file_name(path);
    let toml = std::fs::read_to_string(path).map_err(|e| {
        EngineError::new(
            "sheet-unreadable",
            text!(
                "图面描述“{name}”读不出来：{e}。请核对路径和权限。"
                    | "The sheet's description “{name}” cannot be read: {e}. Check its path and permissions."
            ),
        )
    })?;
    Ok(SheetDescription::read(&toml, &name)?)
}

/// The usual title of a review's sheet.
pub fn review_title() -> Text {
    text!("生态红线与控制线压占分析图" | "Occupation of red line and control line")
}

/// The usual title of a comparison's sheet; `layer` is the layer's.
pub fn changes_title(layer: &str) -> Text {
    text!("{layer}调整对比图" | "{layer}: what changed")
}

/// The usual title of a city's sheet.
pub fn city_title() -> Text {
    text!("生态保护红线与生态控制线图" | "Ecological red line and control line")
}

/// What people call a preset; one that is not known goes by its own name.
pub fn preset_title(name: &str) -> Text {
    match name {
        "a4-landscape" => text!("A4 横向" | "A4 landscape"),
        "a4-portrait" => text!("A4 纵向" | "A4 portrait"),
        "a3-landscape" => text!("A3 横向" | "A3 landscape"),
        "a3-portrait" => text!("A3 纵向" | "A3 portrait"),
        "a0-city" => text!("A0 横向挂图" | "A0 landscape, wall map"),
        "a0-city-portrait" => text!("A0 纵向挂图" | "A0 portrait, wall map"),
        "figure" => text!("文中插图" | "figure in a text"),
        other => Text::same(other),
    }
}

/// A preset in another language than its own. A description of one's own says itself who signs; the
/// presets' names of who signs are Chinese.
pub fn speak(description: &mut SheetDescription, lang: Lang) {
    description.language = lang;
    if lang == Lang::En && !description.signatures.is_empty() {
        description.signatures = ["Drawn by", "Checked by", "Approved by"].map(str::to_owned).to_vec();
    }
}

/// Draws `review` on the layers of its workspace as it judged them. `decided`: a person decided; else the
/// sheet reads 系统初判. The same review, workspace, description and fonts give the same bytes.
///
/// # Errors
/// `cancelled`; those of any read of a workspace; `map-other-plane` where it is in another plane than the
/// review; those of the sheet: a font or a glyph that is missing, no room.
pub fn review_sheet(
    review: &Review,
    workspace: &Path,
    description: &SheetDescription,
    decided: bool,
    progress: &dyn Progress,
) -> Result<DrawnSheet, EngineError> {
    let mut ground = SheetGround::judged(workspace, review)?;
    let undrawn = super::figures::undrawn(review);
    if undrawn.len() == review.projects.len() {
        return Err(EngineError::new(
            "review-without-area",
            text!(
                "审查中没有面状地块（线状、点状项目或不能用的文件），压占分析图没有可绘的内容；线状项目可先给出宽度（check --width）。"
                    | "The review has no plot with an area (lines, points, files that could not be used), so there is nothing for its map to show; give lines a width first (check --width)."
            ),
        ));
    }
    ground.remarks.extend(undrawn);
    let view = ReviewView { review, decided, focus: None, only: None };
    let sheet = view.draw(&ground, description, &Fonts::installed(), progress)?;
    ground.remarks.extend(too_small(review, f64::from(sheet.scale())));
    Ok(DrawnSheet::of(sheet, &ground.remarks))
}

/// A plot under so many millimetres on paper is a dot: nobody reads from it what it touches.
const LEAST_MM: f64 = 2.0;

/// Plots that the scale makes dots: those of a project lie far apart.
fn too_small(review: &Review, scale: f64) -> Option<Text> {
    let plots = review.projects.iter().flat_map(|project| &project.plots);
    let small = plots.filter(|plot| {
        let shape = Shape::from(&plot.geometry);
        let bounds = Rect::of(shape.0.iter().flat_map(|polygon| &polygon.exterior().0));
        bounds.is_some_and(|b| b.width().max(b.height()) * 1000.0 / scale < LEAST_MM)
    });
    let small = small.count();
    (small > 0).then(|| {
        let plots = counted(small, "plot");
        text!(
            "在图上不足 {LEAST_MM} mm、只见其位置的地块：{small} 个。审查报告另附压占放大图（最多 40 幅）；在图面描述中写 scale 与 centre 可单独出图。"
                | "Drawn under {LEAST_MM} mm, so that only the place is seen: {plots}. The report has closer maps of overlaps (at most 40); a description with scale and centre draws a place of its own."
        )
    })
}

/// A review as sheets show it.
pub(super) struct ReviewView<'r> {
    pub(super) review: &'r Review,
    pub(super) decided: bool,
    /// The ground that must be on the sheet; `None`: the project.
    pub(super) focus: Option<Rect>,
    /// The overlap that alone is highlighted, by its id; `None`: all.
    pub(super) only: Option<&'r str>,
}

impl ReviewView<'_> {
    pub(super) fn draw(
        &self,
        ground: &SheetGround,
        description: &SheetDescription,
        fonts: &Fonts,
        progress: &dyn Progress,
    ) -> Result<Sheet, EngineError> {
        ground.draw(description, fonts, progress, &|layer| areas(layer, self.review), |content| {
            content.focus = self.focus;
            content.areas_of = Some(text!("项目用地" | "project"));
            content.projects = projects(self.review);
            content.pieces = pieces(self.review, description.area_unit, self.only);
            content.opinions = opinions(self.review);
            // a map of one overlap says nothing of the whole
            content.outcome = Some(self.review.outcome).filter(|_| self.only.is_none());
            content.decided = Some(self.decided);
        })
    }
}

/// A sheet as a picture of so many dots an inch.
///
/// # Errors
/// Where it would be too large to be drawn.
pub fn sheet_png(sheet: &Sheet, dpi: f64) -> Result<Vec<u8>, EngineError> {
    Ok(sheet.png(dpi)?)
}

/// A sheet as a vector PDF.
///
/// # Errors
/// Where it cannot be made.
pub fn sheet_pdf(sheet: &Sheet) -> Result<Vec<u8>, EngineError> {
    Ok(sheet.pdf()?)
}

/// What the project covers of each key of a layer: as recorded, on the ellipsoid.
fn areas(layer: &LayerInfo, review: &Review) -> Vec<KeyArea> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for plot in review.projects.iter().flat_map(|project| &project.plots) {
        if layer.role == LayerRole::LandUse {
            for land in &plot.land_use {
                let facts = redline_zoning::ZoneFacts {
                    code: Some(land.code.clone()).filter(|code| !code.is_empty()),
                    class: Some(land.great_class.clone()).filter(|class| !class.is_empty()),
                    ..redline_zoning::ZoneFacts::default()
                };
                *sums.entry(key_of(layer.role, &facts)).or_default() += land.ellipsoidal_m2;
            }
        }
    }
    // over the union of a project's plots: what plots share, or zones that overlap, counts once
    for totals in review.projects.iter().map(|project| &project.totals) {
        for total in totals.by_tier.iter().filter(|total| total.layer == layer.name) {
            let facts = redline_zoning::ZoneFacts {
                class: total.class.clone(),
                tier: total.tier.clone(),
                ..redline_zoning::ZoneFacts::default()
            };
            *sums.entry(key_of(layer.role, &facts)).or_default() += total.area.ellipsoidal_m2;
        }
    }
    sums.into_iter().map(|(key, area_m2)| KeyArea { key, area_m2 }).collect()
}

fn projects(review: &Review) -> Vec<ProjectOutline> {
    let outline = |plot: &crate::review::PlotReview| {
        let label = if plot.name.is_empty() { &plot.id } else { &plot.name };
        PlotOutline { label: label.clone(), shape: Shape::from(&plot.geometry) }
    };
    review
        .projects
        .iter()
        .map(|project| ProjectOutline {
            name: project.file.clone(),
            plots: project.plots.iter().map(outline).filter(|plot| !plot.shape.0.is_empty()).collect(),
        })
        .filter(|project| !project.plots.is_empty())
        .collect()
}

/// What the tables say of each overlap, by its id: rounded so that a plot's parts sum.
pub(super) fn tabled(review: &Review) -> BTreeMap<&str, Figures> {
    let mut figures = BTreeMap::new();
    for plot in review.projects.iter().flat_map(|project| &project.plots) {
        for line in balance::layer_balances(review, plot).into_iter().flat_map(|layer| layer.lines) {
            if let Part::Overlap(overlap) = line.part {
                figures.insert(overlap.id.as_str(), line.figures);
            }
        }
    }
    figures
}

fn pieces(review: &Review, unit: AreaUnit, only: Option<&str>) -> Vec<OverlapPiece> {
    let overlaps = review.projects.iter().flat_map(|project| &project.plots).flat_map(|plot| &plot.overlaps);
    let overlaps = overlaps.filter(|overlap| only.is_none_or(|id| overlap.id == id));
    let several = several_plots(review);
    let tabled = tabled(review);
    // the sheet's own rounding of a figure that is round already changes nothing
    let area = |overlap: &Overlap| match tabled.get(overlap.id.as_str()) {
        Some(figures) if !figures.is_zero() => figures.get(unit) / unit.from_m2(1.0),
        _ => overlap.area.ellipsoidal_m2,
    };
    overlaps
        .map(|overlap| OverlapPiece {
            number: piece_number(overlap, several),
            outcome: overlap.outcome,
            zone: if overlap.zone.name.is_empty() { overlap.zone.id.clone() } else { overlap.zone.name.clone() },
            area_m2: area(overlap),
            shape: Shape::from(&overlap.geometry),
        })
        .collect()
}

/// The ground of the opinions given, for the review and for single plots, each once.
fn opinions(review: &Review) -> Vec<Shape> {
    let plots = review.projects.iter().flat_map(|project| &project.plots).filter_map(|plot| plot.activity.as_ref());
    let given = std::iter::once(&review.activity).chain(plots).flat_map(|activity| &activity.opinions);
    let mut seen: Vec<&OpinionRecord> = Vec::new();
    for opinion in given {
        if !seen.contains(&opinion) {
            seen.push(opinion);
        }
    }
    seen.into_iter().filter_map(|opinion| opinion.geometry.as_ref()).map(Shape::from).collect()
}

/// Whether pieces are named with their plot.
pub(super) fn several_plots(review: &Review) -> bool {
    review.projects.iter().map(|project| project.plots.len()).sum::<usize>() > 1
}

/// The number of an overlap: of one plot as its table numbers them; of several with their plot, for each
/// table begins anew.
pub(super) fn piece_number(overlap: &Overlap, several: bool) -> String {
    match several {
        true => overlap.id.clone(),
        false => overlap.id.rsplit('.').next().unwrap_or_default().to_string(),
    }
}
