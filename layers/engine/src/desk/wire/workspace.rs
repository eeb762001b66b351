//! Opening a workspace, and what it holds.

use super::LonLatBounds;
use crate::review::NoteRecord;
use redline_cartography::Symbol;
use redline_geometry::Area;
use redline_wording::Text;
use redline_zoning::LayerRole;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// Which workspace to open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenWorkspace {
    /// The GeoPackage.
    pub path: PathBuf,
    /// Reviews held that nobody saved may be let go; without it they stand in the way
    /// (`reviews-unsaved`).
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub let_go: bool,
}

/// Where to make the sample city, and how large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MakeSample {
    /// Folder to write into; `null` takes the person's documents.
    pub dir: Option<PathBuf>,
    /// Land-use parcels; `null` takes 20 000.
    pub parcels: Option<u32>,
}

/// The sample city, made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SampleMade {
    /// The workspace, to be opened.
    pub workspace: PathBuf,
    /// Its project files.
    pub projects: Vec<PathBuf>,
}

/// What the program is and where it was left: the first question of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Start {
    /// Version of the program.
    pub version: String,
    /// Workspaces opened before that are still there, newest first.
    pub recent: Vec<Recent>,
    /// What the person last set.
    pub preferences: Preferences,
    /// Files given to the program when it was started: a workspace, project files.
    pub opened_with: Vec<PathBuf>,
    /// Today, `YYYY-MM-DD`, as the machine has it.
    pub today: String,
    /// What went wrong with what was remembered: a damaged file set aside.
    pub notes: Vec<Text>,
}

/// A workspace opened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// File name.
    pub file: String,
    /// The city's name; may be empty.
    pub city: String,
}

/// What is remembered between sessions. Everything absent takes its default in the window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct Preferences {
    /// `zh` or `en`.
    pub lang: Option<String>,
    /// `light`, `dark` or `system`.
    pub theme: Option<String>,
    /// `m2`, `ha` or `mu`.
    pub unit: Option<String>,
    /// `ellipsoidal` or `planar`: which area leads.
    pub measure: Option<String>,
    /// Widths of the side panels in px, 0 where folded: left, right.
    pub panels: Option<[f64; 2]>,
    /// Rule book last used.
    pub rules: Option<String>,
    /// 编制单位 last written on a sheet.
    pub publisher: Option<String>,
    /// Order, visibility and opacity of layers, by layer name, topmost first.
    pub layers: Option<Vec<LayerShown>>,
    /// Where the map stood in which workspace: path, then west, south, east, north.
    pub place: Option<(String, [f64; 4])>,
}

/// How a layer is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LayerShown {
    /// Layer name.
    pub name: String,
    /// Whether it is drawn.
    pub visible: bool,
    /// 0–1.
    pub opacity: f64,
}

/// An open workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WorkspaceView {
    /// Where it is.
    pub path: PathBuf,
    /// File name.
    pub file: String,
    /// The city's name; may be empty.
    pub city: String,
    /// `EPSG:N` of its plane.
    pub crs: String,
    /// The plane's name for people: `CGCS2000 / 38带`.
    pub crs_name: Text,
    /// Whether it holds sample data.
    pub sample: bool,
    /// Lead unit: `m2`, `ha`, `mu`.
    pub unit: String,
    /// Slivers under this are listed as ignored, m².
    pub sliver_m2: f64,
    /// Its default rule book.
    pub rule_book: Option<String>,
    /// Number of its newest revision.
    pub revision: u64,
    /// Whether it can be written (reviews saved into it).
    pub read_only: bool,
    /// Bounds of all layers; `null` where it is empty.
    pub bounds: Option<LonLatBounds>,
    /// Layers, by role then name.
    pub layers: Vec<LayerView>,
    /// What a reader should know of it.
    pub notes: Vec<NoteRecord>,
}

/// A layer of an open workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LayerView {
    /// Name within the workspace.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// What it is for.
    pub role: LayerRole,
    /// Its revision's number.
    pub revision: u64,
    /// Its revision's date.
    pub date: String,
    /// The file it came from.
    pub source: String,
    /// Content hash.
    pub sha256: String,
    /// How many zones.
    pub features: u64,
    /// Summed areas of its zones.
    pub area: Area,
    /// Bounds; `null` where it is empty.
    pub bounds: Option<LonLatBounds>,
    /// Another program changed it since it was imported.
    pub edited_outside: bool,
    /// Path of its tiles below the front's tile address: `{tiles}/{z}/{x}/{y}.mvt`, MVT layer `zones`,
    /// properties `k` (key in `legend`), `id`, `n` (name).
    pub tiles: String,
    /// Coarsest zoom there are tiles for.
    pub min_zoom: u8,
    /// Finest zoom there are tiles for.
    pub max_zoom: u8,
    /// How it is drawn, by key, with areas.
    pub legend: Vec<LegendEntry>,
}

/// One line of the legend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LegendEntry {
    /// What tiles carry as `k`; empty where the whole layer is drawn alike.
    pub key: String,
    /// For people.
    pub name: Text,
    /// How many zones.
    pub features: u64,
    /// Their areas.
    pub area: Area,
    /// How it is drawn.
    pub symbol: Symbol,
}

/// How far the tiles of a workspace are made ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TilesReady {
    /// Layers whose low zooms were still to be built and now are.
    pub built: Vec<String>,
    /// Zones that could not be drawn, with the reason.
    pub troubles: Vec<Text>,
}
