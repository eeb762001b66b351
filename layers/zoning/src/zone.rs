//! What a zone is to the rules: its layer's role, class, tier and kind.

use redline_geometry::Shape;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a layer is for. Serialized as the command line spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerRole {
    /// 生态保护红线.
    RedLine,
    /// 生态控制线.
    ControlLine,
    /// 永久基本农田.
    Farmland,
    /// 城镇开发边界 (城市建设用地增长边界).
    GrowthBoundary,
    /// 地类图斑: reference, not judged.
    LandUse,
    /// 行政区: reference, not judged.
    District,
}

/// A zone without its polygon: what rules see and records keep.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ZoneFacts {
    /// Identifier within its layer, unique (BSM, TBBH, HXBM …).
    pub id: String,
    /// Name as the layer gives it; may be empty.
    pub name: String,
    /// Class, canonical: red line `statutory` (法定生态保护区) or `important` (生态系统重要区);
    /// growth boundary `concentrated` | `flexible` | `special`; land use: the great class
    /// (`agricultural` | `construction` | `unused`).
    pub class: Option<String>,
    /// Tier, canonical: control line `1` (一级管制区) or `2` (二级管制区).
    pub tier: Option<String>,
    /// Member kind in the plan's own words (饮用水源一级保护区, 水源涵养 …).
    pub kind: Option<String>,
    /// Code in its classification (land use: DLBM).
    pub code: Option<String>,
    /// Area the source declares, m².
    pub declared_m2: Option<f64>,
    /// Every source attribute as text, by source field name.
    pub attributes: BTreeMap<String, String>,
}

/// A zone: facts and polygon, in the workspace's plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// What rules see.
    pub facts: ZoneFacts,
    /// Where it is, metres.
    pub shape: Shape,
}
