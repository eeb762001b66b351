//! Which plane or graticule a file's numbers are in.

use redline_wording::Text;
use serde::{Deserialize, Serialize};

/// A geodetic datum this product knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Datum {
    /// 2000 国家大地坐标系.
    Cgcs2000,
    /// 1980 西安坐标系.
    Xian80,
    /// 1954 北京坐标系.
    Beijing54,
    /// WGS 84.
    Wgs84,
}

/// A coordinate reference system by its EPSG code. Coordinates are always x = east (or longitude),
/// y = north (or latitude), whatever the authority's axis order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Crs {
    /// EPSG code.
    pub epsg: u32,
}

/// The CRS a file was read in, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrsDecision {
    /// What was decided.
    pub crs: Crs,
    /// The evidence, in the order it was weighed: header, .prj, zone prefix, magnitude, distance.
    pub evidence: Vec<Text>,
}
