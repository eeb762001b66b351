//! A project file once read: plots in the workspace's plane, and notes.

use crate::{Crs, CrsDecision, ImportNote};
use geo_types::{Coord, LineString};
use redline_geometry::Shape;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a plot was drawn as.
#[derive(Clone, Debug, PartialEq)]
pub enum PlotOrigin {
    /// Rings.
    Polygon,
    /// Lines, and the width in metres that made a footprint of them (`--width`), if one did.
    Line {
        /// The lines, workspace plane.
        lines: Vec<LineString<f64>>,
        /// Full width in metres.
        width_m: Option<f64>,
    },
    /// Single points.
    Point {
        /// The points, workspace plane.
        points: Vec<Coord<f64>>,
    },
}

/// One plot (地块).
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Identifier, unique in its file (made unique and noted where the source repeats one).
    pub id: String,
    /// Name; may be empty.
    pub name: String,
    /// Valid footprint in the workspace's plane; empty for points and for lines without width.
    pub shape: Shape,
    /// What it was drawn as.
    pub origin: PlotOrigin,
    /// Declared area in m² after its unit was inferred.
    pub declared_m2: Option<f64>,
    /// What the source says the plot is for (地块用途, an activity column), raw.
    pub purpose: Option<String>,
    /// Every other attribute as text.
    pub attributes: BTreeMap<String, String>,
    /// Its rings as the source draws them, before any repair, workspace plane; only where
    /// [`ReadOptions::keep_drawn`] asks for them.
    pub drawn: Vec<Vec<Coord<f64>>>,
}

/// A project file once read.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    /// Name to show: no folders; `archive.zip/member.shp` for a member.
    pub name: String,
    /// Hex SHA-256 of the bytes (of all members in name order for multi-file formats).
    pub sha256: String,
    /// Every path on disk that belongs to the file, so that it can be archived; for a member of a ZIP
    /// the ZIP itself, since what was unpacked does not stay.
    pub members: Vec<PathBuf>,
    /// CRS and evidence.
    pub crs: CrsDecision,
    /// Plots, in source order.
    pub plots: Vec<Plot>,
    /// Notes, in source order.
    pub notes: Vec<ImportNote>,
}

/// What a person says of the order of a file's coordinates, whatever the numbers look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// As the format has it: in a boundary-point text X is north, in a GIS format x is east.
    AsWritten,
    /// The other way round.
    Swapped,
}

impl Axes {
    /// Reads `as-written` or `swapped`.
    pub fn parse(words: &str) -> Option<Axes> {
        match words {
            "as-written" => Some(Axes::AsWritten),
            "swapped" => Some(Axes::Swapped),
            _ => None,
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Axes::AsWritten => "as-written",
            Axes::Swapped => "swapped",
        }
    }
}

/// How to read a project file.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Overrides the evidence (`--crs EPSG:N`).
    pub crs: Option<Crs>,
    /// Overrules the evidence on which number is the easting.
    pub axes: Option<Axes>,
    /// Whether plots keep their rings as drawn, so that a person can look at a repair.
    pub keep_drawn: bool,
    /// The plane to bring plots into.
    pub target: Crs,
    /// Extent of the workspace's layers in `target` (min x, min y, max x, max y), as evidence.
    pub extent: Option<[f64; 4]>,
    /// Full width in metres that makes a footprint of a line.
    pub width_m: Option<f64>,
    /// The overlay grid of the workspace, on which repairs snap.
    pub grid: redline_geometry::Grid,
}
