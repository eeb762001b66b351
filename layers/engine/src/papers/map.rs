//! A review drawn as a map sheet: the layers of its workspace, its plots, its overlaps numbered as in
//! the tables.

use crate::EngineError;
use crate::ground::file_name;
use crate::review::{LayerRecord, Review};
use geo_types::Coord;
use redline_cartography::key_of;
use redline_geometry::Shape;
use redline_sheet::{
    CrsRecord, District, Fonts, KeyArea, MapContent, MapLayer, OverlapPiece, PlotOutline, ProjectOutline, Rect, Sheet,
    SheetDescription, SheetError, ZoneShape, ZoneStream, draw,
};
use redline_wording::{Lang, Text, text};
use redline_workspace::{LayerInfo, Workspace};
use redline_zoning::LayerRole;
use std::collections::BTreeMap;
use std::path::Path;

/// A sheet, and what a reader must know that the sheet does not say.
pub struct ReviewSheet {
    /// The sheet.
    pub sheet: Sheet,
    /// Layers drawn as they stand now, which the review judged as they stood before; and what the sheet
    /// merged, shortened or could not place.
    pub remarks: Vec<Text>,
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

/// Draws `review` on the layers of its workspace. `decided`: a person decided; else the sheet reads
/// 系统初判. The same review, workspace, description and fonts give the same bytes.
///
/// # Errors
/// Those of any read of a workspace; `map-other-plane` where it is in another plane than the review;
/// those of the sheet: a font or a glyph that is missing, no room.
pub fn review_sheet(
    review: &Review,
    workspace: &Path,
    description: &SheetDescription,
    decided: bool,
) -> Result<ReviewSheet, EngineError> {
    let city = Workspace::open(workspace)?;
    let crs = format!("EPSG:{}", city.crs_epsg());
    if crs != review.workspace.crs {
        let (file, of) = (city.file_name(), &review.workspace.crs);
        return Err(EngineError::new(
            "map-other-plane",
            text!(
                "审查记录的坐标系是 {of}，工作空间“{file}”是 {crs}；请用作出审查的工作空间。"
                    | "The review is in {of}, the workspace “{file}” in {crs}; name the workspace that it was made on."
            ),
        ));
    }
    let lang = description.language;
    let mut remarks = Vec::new();
    let layers = city.layers()?;
    for layer in &layers {
        let judged = review.workspace.layers.iter().find(|record| record.name == layer.name);
        remarks.extend(other_state(layer, judged));
    }
    let plane = city.settings().plane;
    let degrees = |x: f64, y: f64| Some(plane.inverse(Coord { x, y }));
    let streams: Vec<LayerZones> =
        layers.iter().map(|layer| LayerZones { workspace: &city, layer: layer.clone() }).collect();
    let width = if plane.false_easting >= 1e6 { "3" } else { "" };
    let content = MapContent {
        layers: streams.iter().map(|stream| map_layer(stream, review, lang)).collect(),
        areas_of: Some(text!("项目用地" | "project")),
        projects: projects(review),
        pieces: pieces(review),
        districts: districts(&city, &layers)?,
        sample: city.settings().sample,
        decided: Some(decided),
        ..MapContent::empty(CrsRecord {
            name: text!("2000国家大地坐标系" | "CGCS2000"),
            projection: text!("高斯-克吕格投影{width}°分带" | "Gauss–Krüger, {width}° zones"),
            central_meridian_deg: plane.central_meridian,
            epsg: Some(city.crs_epsg()),
            degrees: Some(&degrees),
        })
    };
    let sheet = draw(description, &content, &Fonts::installed())?;
    remarks.extend(sheet.remarks().iter().map(|remark| remark.text.clone()));
    Ok(ReviewSheet { sheet, remarks })
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

fn other_state(layer: &LayerInfo, judged: Option<&LayerRecord>) -> Option<Text> {
    let record = judged.filter(|record| record.sha256 != layer.sha256)?;
    let (title, now, then) = (&layer.title, layer.revision, record.revision);
    Some(text!(
        "图层“{title}”按现在的版本 r{now} 绘制，审查依据的是 r{then}；压占图斑以审查记录为准。"
            | "The layer “{title}” is drawn as it stands now, r{now}; the review judged r{then}. The overlapped pieces are those of the record."
    ))
}

fn map_layer<'a>(stream: &'a LayerZones<'a>, review: &Review, lang: Lang) -> MapLayer<'a> {
    let layer = &stream.layer;
    let name = if layer.title.is_empty() { layer.role.word().get(lang).to_string() } else { layer.title.clone() };
    MapLayer {
        role: layer.role,
        name,
        source: layer.source.clone(),
        date: Some(layer.date),
        areas: areas(layer, review),
        extent: layer.extent.map(|[x0, y0, x1, y1]| Rect::new(x0, y0, x1, y1)),
        zones: stream,
    }
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

fn pieces(review: &Review) -> Vec<OverlapPiece> {
    let overlaps = review.projects.iter().flat_map(|project| &project.plots).flat_map(|plot| &plot.overlaps);
    let several = review.projects.iter().map(|project| project.plots.len()).sum::<usize>() > 1;
    overlaps
        .map(|overlap| OverlapPiece {
            // one plot: as its table numbers them; several: with their plot, for each table begins anew
            number: match several {
                true => overlap.id.clone(),
                false => overlap.id.rsplit('.').next().unwrap_or_default().to_string(),
            },
            outcome: overlap.outcome,
            zone: if overlap.zone.name.is_empty() { overlap.zone.id.clone() } else { overlap.zone.name.clone() },
            area_m2: overlap.area.ellipsoidal_m2,
            shape: Shape::from(&overlap.geometry),
        })
        .collect()
}

fn districts(city: &Workspace, layers: &[LayerInfo]) -> Result<Vec<District>, EngineError> {
    let mut found = Vec::new();
    for layer in layers.iter().filter(|layer| layer.role == LayerRole::District) {
        let Some(extent) = layer.extent else { continue };
        let zones = city.zones_in(layer, extent)?;
        found.extend(zones.into_iter().map(|zone| District { name: zone.facts.name, shape: zone.shape }));
    }
    Ok(found)
}

/// A layer's zones as the workspace holds them now.
struct LayerZones<'a> {
    workspace: &'a Workspace,
    layer: LayerInfo,
}

impl ZoneStream for LayerZones<'_> {
    fn each(
        &self,
        window: Rect,
        visit: &mut dyn FnMut(ZoneShape<'_>) -> redline_sheet::Result<()>,
    ) -> redline_sheet::Result<()> {
        let bounds = [window.x0, window.y0, window.x1, window.y1];
        let zones = self
            .workspace
            .zones_in(&self.layer, bounds)
            .map_err(|e| SheetError::Source { code: e.code, text: e.text })?;
        for zone in &zones {
            let key = key_of(self.layer.role, &zone.facts);
            // a parcel's name is its land use, which the colour says
            let label = (self.layer.role != LayerRole::LandUse && !zone.facts.name.is_empty())
                .then_some(zone.facts.name.as_str());
            visit(ZoneShape { key: &key, label, shape: &zone.shape })?;
        }
        Ok(())
    }
}

impl From<SheetError> for EngineError {
    fn from(e: SheetError) -> EngineError {
        EngineError::new(e.code(), e.text())
    }
}
