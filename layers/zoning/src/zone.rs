//! What a zone is to the rules: its layer's role, class, tier and kind.

use redline_geometry::Shape;
use redline_wording::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a layer is for. Serialized as the command line spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
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

impl LayerRole {
    /// Every role, the judged ones first.
    pub const ALL: [LayerRole; 6] = [
        LayerRole::RedLine,
        LayerRole::ControlLine,
        LayerRole::Farmland,
        LayerRole::GrowthBoundary,
        LayerRole::LandUse,
        LayerRole::District,
    ];

    /// Reads a role as the command line spells it, or by its Chinese name.
    ///
    /// ```
    /// use redline_zoning::LayerRole;
    /// assert_eq!(LayerRole::parse("red-line"), Some(LayerRole::RedLine));
    /// assert_eq!(LayerRole::parse("永久基本农田"), Some(LayerRole::Farmland));
    /// ```
    pub fn parse(words: &str) -> Option<LayerRole> {
        let words = words.trim();
        LayerRole::ALL.into_iter().find(|role| role.as_str().eq_ignore_ascii_case(words) || role.word().zh == words).or(
            match words {
                "城市建设用地增长边界" => Some(LayerRole::GrowthBoundary),
                _ => None,
            },
        )
    }

    /// As the command line, rule books and records spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            LayerRole::RedLine => "red-line",
            LayerRole::ControlLine => "control-line",
            LayerRole::Farmland => "farmland",
            LayerRole::GrowthBoundary => "growth-boundary",
            LayerRole::LandUse => "land-use",
            LayerRole::District => "district",
        }
    }

    /// The role's name in both languages.
    pub fn word(self) -> Text {
        match self {
            LayerRole::RedLine => Text::new("生态保护红线", "ecological red line"),
            LayerRole::ControlLine => Text::new("生态控制线", "ecological control line"),
            LayerRole::Farmland => Text::new("永久基本农田", "permanent basic farmland"),
            LayerRole::GrowthBoundary => Text::new("城镇开发边界", "urban growth boundary"),
            LayerRole::LandUse => Text::new("地类图斑", "land use"),
            LayerRole::District => Text::new("行政区", "district"),
        }
    }

    /// Whether rules may speak of this layer; land use and districts are reference only.
    pub fn judged(self) -> bool {
        !matches!(self, LayerRole::LandUse | LayerRole::District)
    }

    /// The canonical classes of this role's zones; empty where zones have none.
    pub fn classes(self) -> &'static [&'static str] {
        match self {
            LayerRole::RedLine => &["statutory", "important"],
            LayerRole::GrowthBoundary => &["concentrated", "flexible", "special"],
            LayerRole::LandUse => &["agricultural", "construction", "unused"],
            LayerRole::ControlLine | LayerRole::Farmland | LayerRole::District => &[],
        }
    }

    /// The canonical tiers of this role's zones; empty where zones have none.
    pub fn tiers(self) -> &'static [&'static str] {
        match self {
            LayerRole::ControlLine => &["1", "2"],
            _ => &[],
        }
    }
}

/// The name of a canonical class or tier in both languages: `statutory` is 法定生态保护区.
/// `None` for a word that is not canonical.
pub fn subdivision_word(role: LayerRole, class_or_tier: &str) -> Option<Text> {
    let (zh, en) = match (role, class_or_tier) {
        (LayerRole::RedLine, "statutory") => ("法定生态保护区", "statutory protected area"),
        (LayerRole::RedLine, "important") => ("生态系统重要区", "important ecosystem area"),
        (LayerRole::ControlLine, "1") => ("一级管制区", "tier 1"),
        (LayerRole::ControlLine, "2") => ("二级管制区", "tier 2"),
        (LayerRole::GrowthBoundary, "concentrated") => ("集中建设区", "concentrated construction zone"),
        (LayerRole::GrowthBoundary, "flexible") => ("弹性发展区", "flexible development zone"),
        (LayerRole::GrowthBoundary, "special") => ("特别用途区", "special purpose zone"),
        (LayerRole::LandUse, "agricultural") => ("农用地", "agricultural land"),
        (LayerRole::LandUse, "construction") => ("建设用地", "construction land"),
        (LayerRole::LandUse, "unused") => ("未利用地", "unused land"),
        _ => return None,
    };
    Some(Text::new(zh, en))
}

/// Members of 法定生态保护区, in the words of the Guangzhou plan 2016–2020, chapter 3 section 1.
pub const STATUTORY_KINDS: [&str; 6] = [
    "饮用水源一级保护区",
    "市级及以上自然保护区核心区",
    "省级及以上风景名胜区核心景区",
    "森林公园生态保育区",
    "湿地公园湿地保育区",
    "地质公园一级保护区",
];

/// Members of 生态系统重要区, in the words of the same plan.
pub const IMPORTANT_KINDS: [&str; 4] = ["水源涵养", "土壤保持", "生物多样性保护", "水土流失"];

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

/// A zone before and after: changed in place, come (no `before`), gone (no `after`), or, where the
/// ids differ, gone under one id and come under another.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneChange {
    /// As it was.
    pub before: Option<Zone>,
    /// As it is now.
    pub after: Option<Zone>,
}

impl ZoneChange {
    /// The change that takes this one back.
    #[must_use]
    pub fn reversed(self) -> ZoneChange {
        ZoneChange { before: self.after, after: self.before }
    }
}

/// What changes make one after the other, sorted by id: a zone that came back as it was is not among
/// it. Each finds its zone by the id it had before.
pub fn composed(first: Vec<ZoneChange>, then: Vec<ZoneChange>) -> Vec<ZoneChange> {
    let mut all: BTreeMap<String, ZoneChange> = BTreeMap::new();
    for change in first.into_iter().chain(then) {
        let zone = change.before.as_ref().or(change.after.as_ref());
        let Some(id) = zone.map(|zone| zone.facts.id.clone()) else { continue };
        let before = all.remove(&id).map_or(change.before, |earlier| earlier.before);
        all.insert(id, ZoneChange { before, after: change.after });
    }
    all.into_values().filter(|change| change.before != change.after).collect()
}
