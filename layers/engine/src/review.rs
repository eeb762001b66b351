//! The record of a review, `redline.review/1`: what every front shows and every archive keeps.
//!
//! Field names and meaning are a contract; see README, "The review record". Areas are unrounded
//! square metres, geometry is in the workspace's plane (x = east, y = north, metres), arrays are
//! sorted and file names carry no folders, so the same inputs give the same bytes. Sentences stand
//! in Chinese under the contract's name and in English beside it under `…_en`.

use redline_formats::Severity;
use redline_geometry::Area;
use redline_zoning::{LayerRole, Outcome, Stage};
use serde::{Deserialize, Serialize};

/// The schema name every record of this form carries.
pub const SCHEMA: &str = "redline.review/1";

/// A whole review (审查).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Review {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the engine that judged.
    pub engine_version: String,
    /// Date the review is made for, `YYYY-MM-DD`.
    pub date: String,
    /// Strictest outcome of all projects.
    pub outcome: Outcome,
    /// What it was checked against.
    pub workspace: WorkspaceRecord,
    /// By which rules.
    pub rule_book: RuleBookRecord,
    /// With which settings.
    pub settings: SettingsRecord,
    /// The keys given for every plot that names none of its own.
    pub activity: ActivityRecord,
    /// Notes about the review itself (a date outside the book's validity, precedence applied).
    pub notes: Vec<NoteRecord>,
    /// The project files, in the order of their names.
    pub projects: Vec<ProjectReview>,
}

/// The workspace a review stood on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct WorkspaceRecord {
    /// File name without folders.
    pub file: String,
    /// `EPSG:N`.
    pub crs: String,
    /// The workspace's revision number at the time reviewed against.
    pub revision: u64,
    /// Whether the workspace says of itself that it holds sample data.
    pub sample: bool,
    /// The layers, sorted by role then name.
    pub layers: Vec<LayerRecord>,
}

/// One layer as it stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LayerRecord {
    /// Name within the workspace.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What it is for.
    pub role: LayerRole,
    /// Where it came from, as imported.
    pub source: String,
    /// Date of the revision, `YYYY-MM-DD`.
    pub date: String,
    /// Number of the revision.
    pub revision: u64,
    /// Content hash over its features in canonical order, hex SHA-256.
    pub sha256: String,
    /// Stated extent: min east, min north, max east, max north; `null` where none is known.
    pub extent: Option<[f64; 4]>,
    /// Whether the rule book speaks of this role.
    pub judged: bool,
    /// Another program changed its table since the import: revision, hash and area sums no longer
    /// speak of what is there. Absent where it is not so.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub edited_outside: bool,
}

/// The rule book that judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct RuleBookRecord {
    /// Identifier.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Version.
    pub version: String,
    /// First day it is valid, if it says.
    pub valid_from: Option<String>,
    /// Last day it is valid, if it says.
    pub valid_to: Option<String>,
    /// Hex SHA-256 of the book.
    pub sha256: String,
}

/// Settings that change numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct SettingsRecord {
    /// Overlaps under this area (ellipsoidal m²) are listed as ignored.
    pub sliver_m2: f64,
    /// Lead unit of tables: `m2`, `ha` or `mu`.
    pub units: String,
    /// Step of the overlay grid, metres.
    pub grid_step_m: f64,
    /// Width in metres given to lines, if any.
    pub line_width_m: Option<f64>,
    /// `--layers-as-of`, if given.
    pub layers_as_of: Option<String>,
    /// `--crs`, if given.
    pub crs_override: Option<String>,
    /// `--axes`, if given: `as-written` or `swapped`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub axes_override: Option<String>,
}

/// The keys given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ActivityRecord {
    /// Activity code.
    pub code: Option<String>,
    /// Stage.
    pub stage: Option<Stage>,
    /// GB/T 4754 industry.
    pub industry: Option<String>,
    /// Whether the activity is a national major project; `null` while no activity is known.
    pub major: Option<bool>,
    /// The project states that it asks for no land inside the red line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub no_land: bool,
    /// The table that gave plots keys of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub table: Option<FileRecord>,
    /// Opinions given.
    #[serde(default)]
    pub opinions: Vec<OpinionRecord>,
}

/// A file by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct FileRecord {
    /// File name without folders.
    pub file: String,
    /// Hex SHA-256.
    pub sha256: String,
}

/// An opinion file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct OpinionRecord {
    /// File name without folders.
    pub file: String,
    /// Hex SHA-256.
    pub sha256: String,
    /// `limited-activity` or `unavoidability`.
    pub kind: String,
    /// CRS its own evidence led to, `EPSG:N`.
    #[serde(default)]
    pub crs: String,
    /// Its ground in the workspace's plane; older records do not hold it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub geometry: Option<Geometry>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct NoteRecord {
    /// Stable code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The sentence, Chinese.
    pub message: String,
    /// The sentence, English.
    pub message_en: String,
    /// Plot id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub plot: Option<String>,
    /// Ring, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub ring: Option<usize>,
    /// Point as the source names it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub point: Option<String>,
    /// Area concerned, m².
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub area_m2: Option<f64>,
    /// A person looked at it and accepted it. Only warnings about a project file can be: what an
    /// error left out is not there to be accepted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    #[ts(optional, as = "Option<bool>")]
    pub accepted: bool,
}

/// One project file reviewed, or why it could not be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ProjectReview {
    /// File name without folders.
    pub file: String,
    /// Hex SHA-256; empty where the file could not be read at all.
    pub sha256: String,
    /// `EPSG:N` it was read in; empty with `error`.
    pub crs: String,
    /// The evidence for that CRS, Chinese.
    pub crs_evidence: Vec<String>,
    /// The evidence, English.
    pub crs_evidence_en: Vec<String>,
    /// Why the file could not be used, Chinese.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub error: Option<String>,
    /// The same, English.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub error_en: Option<String>,
    /// Strictest outcome of its plots; `null` with `error`.
    pub outcome: Option<Outcome>,
    /// Import notes.
    pub notes: Vec<NoteRecord>,
    /// Plots, in source order.
    pub plots: Vec<PlotReview>,
    /// Totals over the union of the plots.
    pub totals: Totals,
}

/// One plot reviewed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlotReview {
    /// Identifier in its file.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its own keys, where they differ from the review's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[ts(optional)]
    pub activity: Option<ActivityRecord>,
    /// Strictest outcome of its findings.
    pub outcome: Outcome,
    /// What the official form says of the red line.
    pub official: OfficialRecord,
    /// Footprint in the workspace's plane.
    pub geometry: Geometry,
    /// Its areas.
    pub area: PlotArea,
    /// Overlaps with judged layers, strictest first then by zone.
    pub overlaps: Vec<Overlap>,
    /// Lines: where and how far they run inside a zone.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[ts(optional, as = "Option<Vec<Crossing>>")]
    pub crossings: Vec<Crossing>,
    /// Points: the zones they stand in.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    #[ts(optional, as = "Option<Vec<Location>>")]
    pub locations: Vec<Location>,
    /// Findings that belong to a layer as a whole: no data, outside the growth boundary.
    pub findings: Vec<LayerFinding>,
    /// The sum per judged layer.
    pub layers: Vec<LayerSum>,
    /// Land use beneath.
    pub land_use: Vec<LandUse>,
    /// What the land-use layer leaves open or counts twice.
    pub land_use_rest: LandUseRest,
}

/// What the official form says of the red line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct OfficialRecord {
    /// 1–4 as the official form numbers them; `null` where none can be stated.
    pub number: Option<u8>,
    /// The sentence, or why none can be stated, Chinese.
    pub sentence: String,
    /// The sentence, English.
    pub sentence_en: String,
}

/// Areas of a plot, m².
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlotArea {
    /// On the ellipsoid.
    pub ellipsoidal_m2: f64,
    /// In the plane.
    pub planar_m2: f64,
    /// As the source declares it.
    pub declared_m2: Option<f64>,
}

/// A zone as a record names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct ZoneRecord {
    /// Layer name.
    pub layer: String,
    /// Role of the layer.
    pub role: LayerRole,
    /// Zone id.
    pub id: String,
    /// Zone name.
    pub name: String,
    /// Class, canonical.
    pub class: Option<String>,
    /// Tier, canonical.
    pub tier: Option<String>,
    /// Member kind.
    pub kind: Option<String>,
}

/// One clipped overlap with its findings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Overlap {
    /// Number within the review, `project.plot.n`; the map shows `n`.
    pub id: String,
    /// The zone.
    pub zone: ZoneRecord,
    /// Areas.
    pub area: Area,
    /// Share of the plot's ellipsoidal area, 0–1.
    pub share: f64,
    /// The clipped polygon.
    pub geometry: Geometry,
    /// Strictest of its findings.
    pub outcome: Outcome,
    /// All findings, strictest first.
    pub findings: Vec<FindingRecord>,
}

/// A line's run inside one zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Crossing {
    /// The zone.
    pub zone: ZoneRecord,
    /// Length inside, metres in the plane.
    pub length_m: f64,
    /// Strictest of its findings.
    pub outcome: Outcome,
    /// Findings.
    pub findings: Vec<FindingRecord>,
}

/// A point's zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Location {
    /// East, north, metres.
    pub point: [f64; 2],
    /// The zone.
    pub zone: ZoneRecord,
    /// Strictest of its findings.
    pub outcome: Outcome,
    /// Findings.
    pub findings: Vec<FindingRecord>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct FindingRecord {
    /// Rule id.
    pub rule: String,
    /// Clause, in the law's language.
    pub clause: String,
    /// Citation.
    pub source: String,
    /// Whether the clause was confirmed against its source.
    pub verified: bool,
    /// What the rule says.
    pub outcome: Outcome,
    /// Why, Chinese.
    pub reason: String,
    /// Why, English.
    pub reason_en: String,
    /// Papers to attach.
    pub attachments: Vec<String>,
}

/// A finding about a layer as a whole, or about the plot itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LayerFinding {
    /// Role of the layer it is about; `null` where it is about the plot itself: its place, its keys.
    pub role: Option<LayerRole>,
    /// Layer name; empty where no such layer is loaded, or where it is about the plot.
    pub layer: String,
    /// Area of the plot concerned, m² on the ellipsoid.
    pub area_m2: f64,
    /// The finding.
    #[serde(flatten)]
    pub finding: FindingRecord,
}

/// The sum of one judged layer: Σ overlaps − double_counted + Σ ignored + outside = plot, on the
/// ellipsoid; the same holds for the figures under `planar`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LayerSum {
    /// Layer name.
    pub layer: String,
    /// Area of the union of all overlaps, ignored ones included, m² on the ellipsoid.
    pub covered: f64,
    /// What overlapping zones count twice, m².
    pub double_counted: f64,
    /// Slivers left out.
    pub ignored: Vec<Ignored>,
    /// What no zone of the layer covers, m².
    pub outside: f64,
    /// The same in the plane.
    pub planar: PlanarSum,
}

/// The planar twin of [`LayerSum`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PlanarSum {
    /// Union of the overlaps, m².
    pub covered: f64,
    /// Counted twice, m².
    pub double_counted: f64,
    /// Outside, m².
    pub outside: f64,
}

/// A sliver under the setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Ignored {
    /// Zone id.
    pub zone: String,
    /// Area on the ellipsoid, m².
    pub area_m2: f64,
    /// Area in the plane, m².
    pub planar_m2: f64,
}

/// Land use beneath a plot, one row a code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LandUse {
    /// DLBM.
    pub code: String,
    /// DLMC.
    pub name: String,
    /// `agricultural`, `construction` or `unused`; empty where unknown.
    pub great_class: String,
    /// Area on the ellipsoid, m².
    pub ellipsoidal_m2: f64,
    /// Area in the plane, m².
    pub planar_m2: f64,
}

/// What the land-use rows do not account for: Σ rows − double_counted + uncovered = plot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LandUseRest {
    /// Whether a land-use layer is loaded at all.
    pub loaded: bool,
    /// No parcel there, m² on the ellipsoid.
    pub uncovered_m2: f64,
    /// Counted twice by overlapping parcels, m².
    pub double_counted_m2: f64,
}

/// Totals over the union of a project's plots.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Totals {
    /// Covered area per judged layer.
    pub by_layer: Vec<LayerTotal>,
    /// Covered area per layer, class and tier.
    pub by_tier: Vec<TierTotal>,
    /// A partition of the union by strictest outcome.
    pub by_outcome: Vec<OutcomeTotal>,
    /// Area of the union of the plots.
    pub union_of_plots: Area,
}

/// Covered area of one layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct LayerTotal {
    /// Layer name.
    pub layer: String,
    /// Areas.
    #[serde(flatten)]
    pub area: Area,
}

/// Covered area of one class and tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct TierTotal {
    /// Layer name.
    pub layer: String,
    /// Class.
    pub class: Option<String>,
    /// Tier.
    pub tier: Option<String>,
    /// Areas.
    #[serde(flatten)]
    pub area: Area,
}

/// Area whose strictest outcome is this one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct OutcomeTotal {
    /// The outcome.
    pub outcome: Outcome,
    /// Areas.
    #[serde(flatten)]
    pub area: Area,
}

/// A GeoJSON MultiPolygon in the workspace's plane: `{"type": "MultiPolygon", "coordinates": …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Geometry {
    /// Always `MultiPolygon`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Polygons, rings (shell first), points.
    pub coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

impl Review {
    /// The record as it is written, to a file or into the workspace.
    ///
    /// # Errors
    /// `not-serializable` when a number is not finite; a record made by this engine holds none.
    pub fn to_json(&self) -> Result<String, crate::EngineError> {
        crate::output::json(self)
    }
}
