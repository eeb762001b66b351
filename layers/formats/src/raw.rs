//! What every reader produces before anything is decided or repaired: the numbers as they stand in
//! the file, and what the file says of itself. [`crate::plots::assemble`] makes plots of it.

use crate::{Crs, Datum, ImportNote};
use geo_types::Coord;
use redline_wording::Text;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The format a file was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileFormat {
    /// 界址点坐标交换格式 TXT.
    BoundaryTxt,
    /// CSV point list.
    PointCsv,
    /// Spreadsheet point list.
    PointSheet,
    /// ESRI Shapefile.
    Shapefile,
    /// GeoJSON.
    GeoJson,
    /// GeoPackage.
    GeoPackage,
    /// ESRI File Geodatabase.
    FileGeodatabase,
    /// KML or KMZ.
    Kml,
    /// DXF drawing.
    Dxf,
}

/// Something a file says of its coordinate reference system.
#[derive(Clone, Debug, PartialEq)]
pub enum CrsHint {
    /// It names one this product knows.
    Declared {
        /// The CRS.
        crs: Crs,
        /// Where it says so: `.prj`, `坐标系=…`.
        by: Text,
    },
    /// It names one this product cannot read (UTM, a city's own plane).
    Unsupported {
        /// The name as it stands.
        name: String,
        /// Where it says so.
        by: Text,
    },
    /// It names only the datum.
    Datum {
        /// The datum.
        datum: Datum,
        /// Where it says so.
        by: Text,
    },
    /// It names the width of its zones (几度分带).
    ZoneWidth {
        /// 3 or 6 degrees.
        degrees: u8,
        /// Where it says so.
        by: Text,
    },
    /// It names its zone number (带号).
    ZoneNumber {
        /// Zone number.
        zone: u32,
        /// Where it says so.
        by: Text,
    },
}

/// One point as it stands in the file. Which of the numbers is east is decided later.
#[derive(Clone, Debug, PartialEq)]
pub struct RawPoint {
    /// Its name in the source (`J12`).
    pub name: Option<String>,
    /// East or longitude, as far as the format says.
    pub x: f64,
    /// North or latitude, as far as the format says.
    pub y: f64,
}

/// One ring as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRing {
    /// Its number in the source (圈号).
    pub label: Option<usize>,
    /// Its points, in order.
    pub points: Vec<RawPoint>,
    /// The source marks it closed by other means than repeating its first point (a DXF flag), so
    /// that a missing closing point is not worth a note.
    pub closed: bool,
}

/// What a feature was drawn as.
#[derive(Clone, Debug, PartialEq)]
pub enum RawGeometry {
    /// Rings of any number of shells and holes; which is which is decided by containment.
    Rings(Vec<RawRing>),
    /// Lines.
    Lines(Vec<Vec<Coord<f64>>>),
    /// Points.
    Points(Vec<Coord<f64>>),
}

/// A unit of area that people write down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclaredUnit {
    /// 平方米.
    SquareMetres,
    /// 公顷.
    Hectares,
    /// 亩.
    Mu,
    /// 平方公里.
    SquareKilometres,
}

/// The area a source declares for a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredArea {
    /// The number, finite and not negative.
    pub number: f64,
    /// The unit, only where the number itself carries it (`1.25公顷`). A norm's unit is no evidence.
    pub unit: Option<DeclaredUnit>,
    /// The text as it stands.
    pub text: String,
}

/// One feature (地块) as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct RawFeature {
    /// Identifier (地块编号), where the source has one.
    pub id: Option<String>,
    /// Name (地块名称).
    pub name: Option<String>,
    /// What was drawn.
    pub geometry: RawGeometry,
    /// Declared area (地块面积).
    pub declared: Option<DeclaredArea>,
    /// How many boundary points the source says there are (界址点数).
    pub declared_points: Option<usize>,
    /// What it is for (地块用途).
    pub purpose: Option<String>,
    /// Every other attribute as text.
    pub attributes: BTreeMap<String, String>,
    /// Where it stands, for sentences: `第 14 行`, `图层 A 第 3 个要素`.
    pub place: Text,
}

/// One file as read: nothing decided, nothing repaired.
#[derive(Clone, Debug)]
pub struct RawFile {
    /// Name to show, without folders; `archive.zip/member.shp` for a member.
    pub name: String,
    /// The format it was read as.
    pub format: FileFormat,
    /// Hex SHA-256 of the bytes (of all members in name order for multi-file formats).
    pub sha256: String,
    /// Every path on disk that belongs to it.
    pub members: Vec<PathBuf>,
    /// What the file says of its CRS, most authoritative first.
    pub hints: Vec<CrsHint>,
    /// Features in source order.
    pub features: Vec<RawFeature>,
    /// What reading noted already (encoding guesses, skipped rows).
    pub notes: Vec<ImportNote>,
}
