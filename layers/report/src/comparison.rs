//! What a paper says of two revisions of a layer: 调入调出台账.

use serde::{Deserialize, Serialize};

use crate::data::Setting;

/// Two revisions beside each other. All areas are formatted square metres.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Comparison {
    /// Workspace, layer and the two revisions, each a name and a value.
    pub facts: Vec<Setting>,
    /// The conclusion, one paragraph an entry.
    pub summary: Vec<String>,
    /// In, out and net: the layer, then by class, tier, zone and land use.
    pub rows: Vec<LedgerRow>,
    /// The ground that changed hands.
    pub pieces: Vec<ExchangeRow>,
    /// Zones that are called or counted otherwise: before and after.
    pub renamed: Vec<[String; 2]>,
}

/// One sum of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LedgerRow {
    /// What is summed by, in a word.
    pub by: String,
    /// Which.
    pub name: String,
    /// 调入 on the ellipsoid.
    pub gained: String,
    /// 调出 on the ellipsoid.
    pub lost: String,
    /// 净 on the ellipsoid, with its sign.
    pub net: String,
}

/// Ground that changed hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeRow {
    /// Whose it was.
    pub from: String,
    /// Whose it is.
    pub to: String,
    /// Area on the ellipsoid.
    pub m2: String,
    /// Area in the plane.
    pub planar_m2: String,
    /// A place in it, north and east in metres.
    pub place: String,
}
