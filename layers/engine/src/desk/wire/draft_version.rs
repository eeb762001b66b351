//! Named versions of a layer.

use redline_geometry::Area;
use redline_wording::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;
use ts_rs::TS;

/// Confirm the draft being edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ConfirmDraft {
    /// Name of the version for people; may be empty.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// From which day it stands, `YYYY-MM-DD`.
    pub date: String,
}

/// The versions of a layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct VersionsAsked {
    /// Its name.
    pub layer: String,
}

/// Make a layer again what it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RestoreVersion {
    /// Its name.
    pub layer: String,
    /// Which revision.
    pub revision: u64,
    /// Name of the new version; may be empty.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// From which day it stands, `YYYY-MM-DD`.
    pub date: String,
}

/// A revision of a layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Version {
    /// Its number within the workspace.
    pub revision: u64,
    /// Its name; empty where it was given none.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// From which day it stands.
    pub date: String,
    /// How many zones.
    pub features: u64,
    /// Summed areas of its zones.
    pub area: Area,
    /// The file it came from.
    pub source: String,
}

/// Write a revision of a layer as a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportVersion {
    /// Its name.
    pub layer: String,
    /// Which revision.
    pub revision: u64,
    /// Where to, the extension says the format (`.gpkg`, `.shp`, `.geojson`); `null` puts a GeoPackage
    /// into the desk's outbox, from which the front offers it.
    pub path: Option<PathBuf>,
}

/// Compare two revisions of a layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CompareVersions {
    /// Its name.
    pub layer: String,
    /// The one compared from.
    pub from: u64,
    /// The one compared to.
    pub to: u64,
}

/// What two revisions have differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ComparedVersions {
    /// The ground that changed hands: properties `from` and `to` (texts, `null` nobody), `kind` (`gained`,
    /// `lost` or `changed`) and `area`.
    #[ts(type = "GeoJSON.FeatureCollection")]
    pub pieces: Value,
    /// In, out and net: the layer first, then by zone, class, tier and land use.
    pub rows: Vec<ComparedRow>,
}

/// One line of a comparison, m².
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ComparedRow {
    /// What is summed by: `layer`, `zone`, `class`, `tier` or `land-use`.
    pub by: String,
    /// Which, for people.
    pub key: Text,
    /// 调入.
    pub in_m2: Area,
    /// 调出.
    pub out_m2: Area,
    /// 净.
    pub net_m2: Area,
}
