//! The ground that a sheet is drawn on: a workspace's layers, as they stand or as a review judged them.

use crate::EngineError;
use crate::commands::check_work::cancelled;
use crate::ground::areas_by_key;
use crate::progress::Progress;
use crate::review::Review;
use geo_types::Coord;
use rayon::prelude::*;
use redline_cartography::key_of;
use redline_geometry::{Shape, TileSize, ZoneIndex};
use redline_sheet::{
    CrsRecord, District, Fonts, KeyArea, MapContent, MapLayer, Rect, Sheet, SheetDescription, SheetError, ZoneShape,
    ZoneStream, draw,
};
use redline_wording::{Lang, Text, text};
use redline_workspace::{LayerInfo, Settings, Workspace, WorkspaceError};
use redline_zoning::{LayerRole, Zone};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A workspace's layers, known without their zones. Sheets of it can be drawn from several threads.
pub(crate) struct SheetGround {
    path: PathBuf,
    crs_epsg: u32,
    settings: Settings,
    layers: Vec<LayerInfo>,
    districts: Vec<District>,
    /// What a reader must know of how the layers are drawn.
    pub(crate) remarks: Vec<Text>,
}

impl SheetGround {
    /// The layers as they stand now.
    ///
    /// # Errors
    /// Those of any read.
    pub(crate) fn now(path: &Path) -> Result<SheetGround, EngineError> {
        let city = Workspace::open(path)?;
        let layers = city.layers()?;
        SheetGround::of(path, &city, layers, Vec::new())
    }

    /// The layers as `review` judged them.
    ///
    /// # Errors
    /// Those of any read; `map-other-plane` where the workspace is in another plane than the review.
    pub(crate) fn judged(path: &Path, review: &Review) -> Result<SheetGround, EngineError> {
        let city = Workspace::open(path)?;
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
        let mut layers = Vec::new();
        let mut remarks = Vec::new();
        for now in city.layers()? {
            let title = &now.title;
            let Some(record) = review.workspace.layers.iter().find(|record| record.name == now.name) else {
                remarks.push(text!(
                    "图层“{title}”在审查之后才导入，未绘。"
                        | "The layer “{title}” was imported after the review and is not drawn."
                ));
                continue;
            };
            let layer = match city.layer_at(&now.name, record.revision) {
                Ok(layer) => layer,
                // another file of the same name, whose layer is younger than the review
                Err(e) if e.code == "layer-missing" => now,
                Err(e) => return Err(e.into()),
            };
            if layer.sha256 != record.sha256 {
                let (title, drawn, then) = (&layer.title, layer.revision, record.revision);
                remarks.push(text!(
                    "图层“{title}”按版本 r{drawn} 的现有内容绘制，与审查依据的 r{then} 不同；压占图斑以审查记录为准。"
                        | "The layer “{title}” is drawn as r{drawn} stands now, which is not the r{then} that was judged. The overlapped pieces are those of the record."
                ));
            }
            layers.push(layer);
        }
        if !remarks.is_empty() && city.file_name() != review.workspace.file {
            let (file, of) = (city.file_name(), &review.workspace.file);
            remarks.insert(0, text!(
                "审查是在工作空间“{of}”上作出的，图件取自“{file}”，两者的图层不同。"
                    | "The review was made on the workspace “{of}”; the maps are drawn from “{file}”, whose layers are not the same."
            ));
        }
        let drawn = |name: &str| layers.iter().any(|layer: &LayerInfo| layer.name == name);
        remarks.extend(review.workspace.layers.iter().filter(|record| !drawn(&record.name)).map(|record| {
            let (title, file) = (&record.title, city.file_name());
            text!(
                "审查依据的图层“{title}”不在工作空间“{file}”中，图上没有它；请用作出审查的工作空间。"
                    | "The layer “{title}”, which was judged, is not in the workspace “{file}” and is not on the map; use the workspace that the review was made on."
            )
        }));
        SheetGround::of(path, &city, layers, remarks)
    }

    /// A layer as it stood at a revision, upon the others as they stand.
    ///
    /// # Errors
    /// Those of any read.
    pub(crate) fn at(path: &Path, layer: &str, revision: u64) -> Result<SheetGround, EngineError> {
        let city = Workspace::open(path)?;
        let then = city.layer_at(layer, revision)?;
        let layers =
            city.layers()?.into_iter().map(|now| if now.name == then.name { then.clone() } else { now }).collect();
        SheetGround::of(path, &city, layers, Vec::new())
    }

    fn of(
        path: &Path,
        city: &Workspace,
        layers: Vec<LayerInfo>,
        remarks: Vec<Text>,
    ) -> Result<SheetGround, EngineError> {
        let mut districts = Vec::new();
        for layer in layers.iter().filter(|layer| layer.role == LayerRole::District) {
            let Some(extent) = layer.extent else { continue };
            let zones = city.zones_in(layer, extent)?;
            districts.extend(zones.into_iter().map(|zone| District { name: zone.facts.name, shape: zone.shape }));
        }
        let (crs_epsg, settings) = (city.crs_epsg(), city.settings().clone());
        Ok(SheetGround { path: path.to_path_buf(), crs_epsg, settings, layers, districts, remarks })
    }

    /// Everything of the ground that a sheet shows or says.
    pub(crate) fn fingerprint(&self) -> Vec<String> {
        let mut words = vec![format!("{} {}", self.crs_epsg, self.settings.sample)];
        // the revision's number is not on a sheet: what it brought is
        words.extend(self.layers.iter().map(|layer| format!("{:?}", LayerInfo { revision: 0, ..layer.clone() })));
        words
    }

    /// The layers drawn.
    pub(crate) fn layers(&self) -> &[LayerInfo] {
        &self.layers
    }

    /// The districts.
    pub(crate) fn districts(&self) -> &[District] {
        &self.districts
    }

    /// Draws a sheet: the layers, and what `fill` adds to them. `areas` gives the figures of the legend.
    ///
    /// # Errors
    /// `cancelled`; those of any read; those of the sheet: a font or a glyph that is missing, no room.
    pub(crate) fn draw(
        &self,
        description: &SheetDescription,
        fonts: &Fonts,
        progress: &dyn Progress,
        areas: &dyn Fn(&LayerInfo) -> Vec<KeyArea>,
        fill: impl FnOnce(&mut MapContent<'_>),
    ) -> Result<Sheet, EngineError> {
        let city = Workspace::open(&self.path)?;
        let streams: Vec<LayerZones<'_>> =
            self.layers.iter().map(|layer| LayerZones { workspace: &city, layer, progress }).collect();
        let plane = self.settings.plane;
        let degrees = |x: f64, y: f64| Some(plane.inverse(Coord { x, y }));
        let width = if plane.false_easting >= 1e6 { "3" } else { "" };
        let mut content = MapContent {
            layers: streams.iter().map(|s| s.as_map_layer(areas(s.layer), description.language)).collect(),
            districts: self.districts.clone(),
            sample: self.settings.sample,
            ..MapContent::empty(CrsRecord {
                name: text!("2000国家大地坐标系" | "CGCS2000"),
                projection: text!("高斯-克吕格投影{width}°分带" | "Gauss–Krüger, {width}° zones"),
                central_meridian_deg: plane.central_meridian,
                epsg: Some(self.crs_epsg),
                degrees: Some(&degrees),
            })
        };
        fill(&mut content);
        Ok(draw(description, &content, fonts)?)
    }

    /// What a layer covers of each key, as summed when it was imported.
    ///
    /// # Errors
    /// Those of any read.
    pub(crate) fn whole_areas(&self) -> Result<BTreeMap<String, Vec<KeyArea>>, EngineError> {
        let city = Workspace::open(&self.path)?;
        let mut all = BTreeMap::new();
        for layer in &self.layers {
            let sums = areas_by_key(&city, layer)?.into_iter();
            let areas = sums.map(|(key, (_, area))| KeyArea { key, area_m2: area.ellipsoidal_m2 }).collect();
            all.insert(layer.name.clone(), areas);
        }
        Ok(all)
    }

    /// What the layers of these roles cover of each key of `whole` within `subject`; what is not there at all
    /// is nought.
    ///
    /// # Errors
    /// `cancelled`; those of any read.
    pub(crate) fn areas_within(
        &self,
        subject: &Shape,
        roles: &[LayerRole],
        whole: &BTreeMap<String, Vec<KeyArea>>,
        progress: &dyn Progress,
    ) -> Result<BTreeMap<String, Vec<KeyArea>>, EngineError> {
        let city = Workspace::open(&self.path)?;
        let corners = subject.0.iter().flat_map(|polygon| &polygon.exterior().0);
        let Some(Rect { x0, y0, x1, y1 }) = Rect::of(corners) else { return Ok(BTreeMap::new()) };
        let index = ZoneIndex::build(vec![subject.clone()], city.grid(), TileSize::default());
        let mut all = BTreeMap::new();
        for layer in self.layers.iter().filter(|layer| roles.contains(&layer.role)) {
            let sums = within(&city, layer, &index, [x0, y0, x1, y1], progress)?;
            let keys = whole.get(&layer.name).into_iter().flatten();
            let area = |key: &String| sums.get(key).copied().unwrap_or(0.0);
            all.insert(
                layer.name.clone(),
                keys.map(|of| KeyArea { key: of.key.clone(), area_m2: area(&of.key) }).collect(),
            );
        }
        Ok(all)
    }
}

/// What a layer covers of each key within `subject`, on the ellipsoid; ground where zones of the layer
/// overlap counts once for each of them, as it does in the sums of the whole.
fn within(
    city: &Workspace,
    layer: &LayerInfo,
    subject: &ZoneIndex,
    bounds: [f64; 4],
    progress: &dyn Progress,
) -> Result<BTreeMap<String, f64>, EngineError> {
    let plane = city.settings().plane;
    let zones = city.zones_in(layer, bounds)?;
    let parts: Vec<(String, f64)> = zones
        .par_iter()
        .map(|zone| {
            if progress.cancelled() {
                return Err(cancelled());
            }
            let inside = subject.overlaps(&zone.shape);
            let m2 = inside.iter().map(|part| plane.area(&part.shape).ellipsoidal_m2).sum();
            Ok((key_of(layer.role, &zone.facts), m2))
        })
        .collect::<Result<_, EngineError>>()?;
    let mut sums = BTreeMap::new();
    // in the zones' order, whichever thread was first
    for (key, m2) in parts {
        *sums.entry(key).or_default() += m2;
    }
    Ok(sums)
}

/// A layer's zones, read from its workspace as they are drawn.
struct LayerZones<'a> {
    workspace: &'a Workspace,
    layer: &'a LayerInfo,
    progress: &'a dyn Progress,
}

impl LayerZones<'_> {
    fn as_map_layer(&self, areas: Vec<KeyArea>, lang: Lang) -> MapLayer<'_> {
        let layer = self.layer;
        let name = if layer.title.is_empty() { layer.role.word().get(lang).to_string() } else { layer.title.clone() };
        MapLayer {
            role: layer.role,
            name,
            source: layer.source.clone(),
            date: Some(layer.date),
            areas,
            extent: layer.extent.map(|[x0, y0, x1, y1]| Rect::new(x0, y0, x1, y1)),
            zones: self,
        }
    }
}

impl ZoneStream for LayerZones<'_> {
    fn each(
        &self,
        window: Rect,
        visit: &mut dyn FnMut(ZoneShape<'_>) -> redline_sheet::Result<()>,
    ) -> redline_sheet::Result<()> {
        let stopped = || SheetError::Source { code: "cancelled", text: cancelled().text };
        let bounds = [window.x0, window.y0, window.x1, window.y1];
        if self.progress.cancelled() {
            return Err(stopped());
        }
        let mut seen = 0_usize;
        let mut shown = |zone: &Zone| {
            seen += 1;
            if seen.is_multiple_of(1024) && self.progress.cancelled() {
                return Err(stopped());
            }
            let key = key_of(self.layer.role, &zone.facts);
            // a parcel's name is its land use, which the colour says; a patch of farmland is only numbered
            let named = !matches!(self.layer.role, LayerRole::LandUse | LayerRole::Farmland);
            let label = (named && !zone.facts.name.is_empty()).then_some(zone.facts.name.as_str());
            visit(ZoneShape { key: &key, label, shape: &zone.shape })
        };
        let whole = self.layer.extent.is_some_and(|[x0, y0, x1, y1]| window.holds(&Rect::new(x0, y0, x1, y1)));
        if !whole {
            let zones = self.workspace.zones_in(self.layer, bounds).map_err(|e| source(&e))?;
            return zones.iter().try_for_each(shown);
        }
        // a whole city of parcels is never in memory together
        let mut refused = None;
        let read = self.workspace.each_zone(self.layer, |zone| {
            shown(&zone).map_err(|e| {
                let ended = WorkspaceError::new("drawing-ended", e.text());
                refused = Some(e);
                ended
            })
        });
        match refused {
            Some(refused) => Err(refused),
            None => read.map_err(|e| source(&e)),
        }
    }
}

fn source(e: &WorkspaceError) -> SheetError {
    SheetError::Source { code: e.code, text: e.text.clone() }
}

impl From<SheetError> for EngineError {
    fn from(e: SheetError) -> EngineError {
        EngineError::new(e.code(), e.text())
    }
}
