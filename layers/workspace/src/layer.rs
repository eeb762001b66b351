//! Layers and their dated revisions, as a workspace lists them.

use crate::geometry::Bounds;
use jiff::civil::Date;
use redline_zoning::LayerRole;
use serde::{Deserialize, Serialize};

/// A new state of a layer, about to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRevision {
    /// What the layer is for.
    pub role: LayerRole,
    /// Layer (and table) name: lower-case ASCII letters, digits and `_`; [`layer_name`] by habit.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// From which day it stands. Never before the layer's newest revision.
    pub date: Date,
    /// Who imported it; may be empty.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// Name of the file it came from, without folders.
    pub file_name: String,
    /// Hex SHA-256 of that file.
    pub file_sha256: String,
    /// Date of the source as the source gives it.
    pub source_date: Option<String>,
    /// Extent the source claims to cover completely, workspace plane.
    pub stated_extent: Option<Bounds>,
    /// Import notes, kept as they are.
    pub notes: Vec<serde_json::Value>,
}

/// A revision in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevisionInfo {
    /// Number, increasing over all layers of the workspace, from 1.
    pub number: u64,
    /// Its name as a version, where it was given one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Layer it is a state of.
    pub layer: String,
    /// From which day it stands.
    pub date: Date,
    /// Who imported it.
    pub author: String,
    /// Why.
    pub reason: String,
    /// File it came from.
    pub source: String,
    /// Hex SHA-256 of that file.
    pub file_sha256: String,
    /// Date of the source as the source gives it.
    pub source_date: Option<String>,
    /// Number of zones.
    pub features: u64,
    /// Content hash: see [`LayerInfo::sha256`].
    pub sha256: String,
    /// Bounds of its zones, metres.
    pub extent: Option<Bounds>,
    /// Extent the source claims to cover.
    pub stated_extent: Option<Bounds>,
    /// Σ of the zones' areas on the ellipsoid, m².
    pub ellipsoidal_m2: f64,
    /// Σ of the zones' areas in the plane, m².
    pub planar_m2: f64,
    /// Import notes.
    pub notes: Vec<serde_json::Value>,
}

/// A layer as it stands at one revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerInfo {
    /// Name within the workspace (its table's).
    pub name: String,
    /// What it is for.
    pub role: LayerRole,
    /// Title for people.
    pub title: String,
    /// File it came from, without folders.
    pub source: String,
    /// Date of the source as the source gives it.
    pub source_date: Option<String>,
    /// From which day this revision stands.
    pub date: Date,
    /// Number of the revision.
    pub revision: u64,
    /// Content hash, hex: SHA-256 over the SHA-256 of every zone (facts, and coordinates as
    /// little-endian f64), in the order of zone ids. The order of the file does not matter.
    pub sha256: String,
    /// Number of zones.
    pub features: u64,
    /// Bounds of its zones, metres (min east, min north, max east, max north).
    pub extent: Option<Bounds>,
    /// Extent the source claims to cover, if it claims one.
    pub stated_extent: Option<Bounds>,
    /// Σ of the zones' areas on the ellipsoid, m².
    pub ellipsoidal_m2: f64,
    /// Σ of the zones' areas in the plane, m².
    pub planar_m2: f64,
    /// Another program (QGIS …) changed the tables since the last import: stored areas and content
    /// hash no longer speak of what is there. Whoever quotes this layer must say so.
    pub edited_outside: bool,
}

impl LayerInfo {
    /// The extent within which the layer speaks: the stated one, else the bounds of its zones.
    pub fn coverage(&self) -> Option<Bounds> {
        self.stated_extent.or(self.extent)
    }
}

/// Sums over the zones of a layer that share class, tier, kind and code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaGroup {
    /// Class, canonical.
    pub class: Option<String>,
    /// Tier, canonical.
    pub tier: Option<String>,
    /// Member kind.
    pub kind: Option<String>,
    /// Classification code.
    pub code: Option<String>,
    /// Number of zones.
    pub features: u64,
    /// Σ of what the source declares, m²; `None` when no zone declares an area.
    pub declared_m2: Option<f64>,
    /// Σ on the ellipsoid, m².
    pub ellipsoidal_m2: f64,
    /// Σ in the plane, m².
    pub planar_m2: f64,
}

/// The layer name by habit: the role in `snake_case`.
///
/// ```
/// use redline_zoning::LayerRole;
/// assert_eq!(redline_workspace::layer_name(LayerRole::RedLine), "red_line");
/// ```
pub fn layer_name(role: LayerRole) -> &'static str {
    match role {
        LayerRole::RedLine => "red_line",
        LayerRole::ControlLine => "control_line",
        LayerRole::Farmland => "farmland",
        LayerRole::GrowthBoundary => "growth_boundary",
        LayerRole::LandUse => "land_use",
        LayerRole::District => "district",
    }
}

/// The role's spelling in the file; the command line's too.
pub(crate) fn role_word(role: LayerRole) -> String {
    layer_name(role).replace('_', "-")
}

/// Reads a role's spelling.
pub(crate) fn role_of(word: &str) -> Option<LayerRole> {
    use LayerRole::*;
    [RedLine, ControlLine, Farmland, GrowthBoundary, LandUse, District].into_iter().find(|r| role_word(*r) == word)
}

/// Whether a name can be a table's without quoting trouble or clashing with ours.
pub(crate) fn is_table_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    let rest = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let reserved = ["gpkg_", "rtree_", "sqlite_", "redline_"].iter().any(|p| name.starts_with(p));
    first && rest && !reserved && !name.ends_with("_history") && name.len() <= 40
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn roles_are_spelled_as_the_command_line_spells_them() {
        use LayerRole::*;
        for role in [RedLine, ControlLine, Farmland, GrowthBoundary, LandUse, District] {
            let word = role_word(role);
            assert_eq!(serde_json::to_value(role).unwrap(), serde_json::json!(word));
            assert_eq!(role_of(&word), Some(role));
            assert!(is_table_name(layer_name(role)));
        }
    }

    #[test]
    fn a_layer_name_is_never_sql() {
        for name in ["", "Red", "red line", "a\"; DROP TABLE x; --", "gpkg_contents", "红线", "a_history", "1a"] {
            assert!(!is_table_name(name), "{name}");
        }
    }
}
