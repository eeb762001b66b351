//! Questions the map asks: where is this, how long, what lies here, where is that.

use super::{LonLat, LonLatBounds, Outline};
use crate::review::ZoneRecord;
use redline_geometry::Area;
use redline_wording::Text;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// Where is this?
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Locate {
    /// The place.
    pub at: LonLat,
}

/// A place in both kinds of coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Place {
    /// Degrees.
    pub at: LonLat,
    /// Metres east in the workspace's plane (with its zone prefix where it has one).
    pub east: f64,
    /// Metres north.
    pub north: f64,
}

/// The nearest vertex or edge of what is loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Snap {
    /// The pointer.
    pub at: LonLat,
    /// How far to look, metres.
    pub tolerance_m: f64,
    /// Layers to snap to; empty: all that are visible to the engine.
    pub layers: Vec<String>,
}

/// Where the pointer snapped to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Snapped {
    /// The place, exact.
    pub place: Place,
    /// `vertex`, `edge` or `none` (then the pointer's own place).
    pub kind: String,
    /// Layer snapped to.
    pub layer: Option<String>,
}

/// How long, how large?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Measure {
    /// Points in order.
    pub points: Vec<LonLat>,
    /// Whether they enclose an area.
    pub closed: bool,
}

/// Lengths and area of what was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Measured {
    /// The points in the plane.
    pub places: Vec<Place>,
    /// Length of each segment in the plane, metres (with the closing one where closed).
    pub segments_m: Vec<f64>,
    /// Sum in the plane, metres.
    pub length_planar_m: f64,
    /// Sum on the ellipsoid (geodesic), metres.
    pub length_ellipsoidal_m: f64,
    /// Area, where closed and simple.
    pub area: Option<Area>,
    /// Why there is no area: the line crosses itself.
    pub trouble: Option<Text>,
}

/// What lies here?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Identify {
    /// The place.
    pub at: LonLat,
}

/// A zone at a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Identified {
    /// The zone.
    pub zone: ZoneRecord,
    /// Title of its layer.
    pub layer_title: String,
    /// Its class, tier or land use, for people.
    pub words: Text,
    /// Classification code (DLBM), if any.
    pub code: Option<String>,
    /// Its areas.
    pub area: Area,
    /// What its source declares, m².
    pub declared_m2: Option<f64>,
    /// Every other attribute, as text.
    pub attributes: Vec<(String, String)>,
    /// Its outline, thinned for display where it is long.
    pub outline: Outline,
}

/// Find by name, code, district or coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Search {
    /// What the person typed.
    pub text: String,
    /// At most so many.
    pub limit: u32,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// `place` (coordinates), `zone`, `district`, `land-use` or `plot`.
    pub kind: String,
    /// Name.
    pub title: String,
    /// Where it is from: layer, code.
    pub detail: Text,
    /// A point of it.
    pub at: LonLat,
    /// Its bounds; for a place the place itself.
    pub bounds: LonLatBounds,
    /// For a place: its coordinates in the plane.
    pub place: Option<Place>,
    /// For a zone: layer and id.
    pub zone: Option<(String, String)>,
}

/// A backdrop the person asks for: nothing is contacted before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Backdrop {
    /// A GeoTIFF (or another raster GDAL reads) on this machine.
    File {
        /// Where it is.
        path: PathBuf,
    },
    /// An address with `{z}`, `{x}`, `{y}`, or of a WMTS capabilities document.
    Address {
        /// The address, `http` or `https`.
        url: String,
    },
}

/// The backdrop, ready.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct BackdropView {
    /// Its name for people.
    pub title: String,
    /// Path of its tiles below the front's tile address: `{tiles}/{z}/{x}/{y}.png`, 256 px.
    pub tiles: String,
    /// Where it has pixels.
    pub bounds: Option<LonLatBounds>,
    /// What a reader should know: a guessed CRS, one shifted by design.
    pub notes: Vec<Text>,
}
