//! What a sheet shows. Whoever has the workspace fills it; nothing here reads files.
//!
//! Ground coordinates are metres of the workspace's projected plane, x = east, y = north.

use crate::{Rect, Result};
use jiff::civil::Date;
use redline_geometry::Shape;
use redline_wording::Text;
use redline_zoning::{LayerRole, Outcome};

/// Longitude and latitude in degrees of a place on the ground; `None` where it has none.
pub type ToDegrees<'a> = dyn Fn(f64, f64) -> Option<(f64, f64)> + 'a;

/// The plane of a sheet, as its CRS line says it.
#[derive(Clone)]
pub struct CrsRecord<'a> {
    /// The datum: 2000国家大地坐标系.
    pub name: Text,
    /// The projection: 高斯-克吕格投影, with its zone width where it has one.
    pub projection: Text,
    /// Central meridian, degrees east.
    pub central_meridian_deg: f64,
    /// EPSG code, where there is one.
    pub epsg: Option<u32>,
    /// For the ticks in degrees; a plane without it has none, and the sheet says so.
    pub degrees: Option<&'a ToDegrees<'a>>,
}

/// A zone as a layer hands it over: lent only for the call.
pub struct ZoneShape<'z> {
    /// The drawing key, as `redline_cartography::key_of` gives it.
    pub key: &'z str,
    /// Its name on the map, where it should have one.
    pub label: Option<&'z str>,
    /// Its ground.
    pub shape: &'z Shape,
}

/// A layer's zones, read as a stream: they never need to be in memory together.
pub trait ZoneStream {
    /// Visits every zone that meets `window` (metres) once, always in the same order.
    ///
    /// # Errors
    /// What the reader says, as [`crate::SheetError::Source`], and whatever `visit` answers.
    fn each(&self, window: Rect, visit: &mut dyn FnMut(ZoneShape<'_>) -> Result<()>) -> Result<()>;
}

/// The area a key has, for the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyArea {
    /// The drawing key.
    pub key: String,
    /// Square metres, unrounded.
    pub area_m2: f64,
}

/// A layer under the project.
#[derive(Clone)]
pub struct MapLayer<'a> {
    /// What it is for: decides symbol and place in the stack.
    pub role: LayerRole,
    /// Its name in the legend and among the sources.
    pub name: String,
    /// Where it comes from, as recorded.
    pub source: String,
    /// Its date, where it has one.
    pub date: Option<Date>,
    /// Areas for the legend; a key without one has an empty cell.
    pub areas: Vec<KeyArea>,
    /// The least rectangle around it, metres, where it has any zone.
    pub extent: Option<Rect>,
    /// Its zones.
    pub zones: &'a dyn ZoneStream,
}

/// A plot of a project.
#[derive(Clone, Debug)]
pub struct PlotOutline {
    /// Its number or name on the map.
    pub label: String,
    /// Its ground.
    pub shape: Shape,
}

/// A project.
#[derive(Clone, Debug)]
pub struct ProjectOutline {
    /// Its name.
    pub name: String,
    /// Its plots.
    pub plots: Vec<PlotOutline>,
}

/// Ground of a project that a zone covers, numbered as in the review's table.
#[derive(Clone, Debug)]
pub struct OverlapPiece {
    /// The number: 1, 2, … as the table has it.
    pub number: String,
    /// The strictest outcome here.
    pub outcome: Outcome,
    /// The zone's name, for the list beside the map.
    pub zone: String,
    /// Square metres, unrounded.
    pub area_m2: f64,
    /// Its ground.
    pub shape: Shape,
}

/// What a comparison says of a piece of ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// In the layer now, and not before.
    Gained,
    /// In the layer before, and not now.
    Lost,
    /// In the layer before and now, as another zone's or otherwise counted.
    Reassigned,
}

/// A piece of ground that a comparison of two revisions found.
#[derive(Clone, Debug)]
pub struct ChangePiece {
    /// Gained, lost or reassigned.
    pub kind: ChangeKind,
    /// Square metres, unrounded.
    pub area_m2: f64,
    /// Its ground.
    pub shape: Shape,
}

/// A district, for its name and for the locator.
#[derive(Clone, Debug)]
pub struct District {
    /// Its name.
    pub name: String,
    /// Its ground.
    pub shape: Shape,
}

/// The frame of another sheet, drawn with its number: an index sheet of an atlas.
#[derive(Clone, Debug)]
pub struct SheetFrame {
    /// The sheet's number.
    pub number: String,
    /// Its title, for the list.
    pub title: String,
    /// The ground it shows, metres.
    pub window: Rect,
}

/// Everything a sheet shows.
#[derive(Clone)]
pub struct MapContent<'a> {
    /// The plane.
    pub crs: CrsRecord<'a>,
    /// The ground that must be on the sheet, metres; without it the projects', else the frames',
    /// changes', layers' or districts' own.
    pub focus: Option<Rect>,
    /// Layers, in any order.
    pub layers: Vec<MapLayer<'a>>,
    /// What the areas of the legend are taken over: “项目用地”, “全市”.
    pub areas_of: Option<Text>,
    /// Projects.
    pub projects: Vec<ProjectOutline>,
    /// Overlapped pieces.
    pub pieces: Vec<OverlapPiece>,
    /// The ground that the sheet is of: it is outlined, and all else is veiled.
    pub subject: Option<Shape>,
    /// Ground that opinions cover.
    pub opinions: Vec<Shape>,
    /// What changed between two revisions.
    pub changes: Vec<ChangePiece>,
    /// Districts.
    pub districts: Vec<District>,
    /// Frames of the other sheets of an atlas.
    pub frames: Vec<SheetFrame>,
    /// Whether the data are a sample: 示例数据 is then written across the sheet.
    pub sample: bool,
    /// What the review of the projects comes out as, for the head of the legend.
    pub outcome: Option<Outcome>,
    /// Whether a person decided; `Some(false)` writes 系统初判 on the sheet. `None`: nothing is judged.
    pub decided: Option<bool>,
}

impl<'a> MapContent<'a> {
    /// Content of nothing but a plane.
    pub fn empty(crs: CrsRecord<'a>) -> MapContent<'a> {
        MapContent {
            crs,
            focus: None,
            layers: Vec::new(),
            areas_of: None,
            projects: Vec::new(),
            pieces: Vec::new(),
            subject: None,
            opinions: Vec::new(),
            changes: Vec::new(),
            districts: Vec::new(),
            frames: Vec::new(),
            sample: false,
            outcome: None,
            decided: None,
        }
    }
}

/// Zones held in memory, for small layers and tests.
#[derive(Clone, Debug, Default)]
pub struct HeldZones(pub Vec<HeldZone>);

/// A zone held in memory.
#[derive(Clone, Debug)]
pub struct HeldZone {
    /// The drawing key.
    pub key: String,
    /// Its name on the map.
    pub label: Option<String>,
    /// Its ground.
    pub shape: Shape,
}

impl ZoneStream for HeldZones {
    fn each(&self, window: Rect, visit: &mut dyn FnMut(ZoneShape<'_>) -> Result<()>) -> Result<()> {
        for zone in &self.0 {
            if crate::rect::bounds(&zone.shape).is_some_and(|b| b.meets(&window)) {
                visit(ZoneShape { key: &zone.key, label: zone.label.as_deref(), shape: &zone.shape })?;
            }
        }
        Ok(())
    }
}
