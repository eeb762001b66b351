//! The figures of the founding plan (Guangzhou 2016–2020, chapter 3 section 1) that the city meets,
//! and the names it gives its invented places.

/// City area, km² (ellipsoidal).
pub const CITY_KM2: f64 = 7434.40;
/// Ecological red line, km².
pub const RED_LINE_KM2: f64 = 1059.66;
/// Ecological control line, both tiers, km².
pub const CONTROL_LINE_KM2: f64 = 4000.00;
/// Share of tier 1 in the city, percent.
pub const TIER_1_PERCENT: f64 = 24.0;

/// One of the eight land-use classes of the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandUseClass {
    /// The plan's word.
    pub name: &'static str,
    /// Share of the city in 2015, percent.
    pub percent: f64,
}

/// The eight land-use classes, greatest share first. They add up to 100 %.
pub const LAND_USE: [LandUseClass; 8] = [
    LandUseClass { name: "林地", percent: 39.45 },
    LandUseClass { name: "耕地", percent: 22.24 },
    LandUseClass { name: "水域", percent: 11.87 },
    LandUseClass { name: "居民点及工矿", percent: 10.74 },
    LandUseClass { name: "园地", percent: 8.45 },
    LandUseClass { name: "交通", percent: 5.10 },
    LandUseClass { name: "未利用", percent: 2.12 },
    LandUseClass { name: "草地", percent: 0.03 },
];

/// A member kind of the red line, and how the city's share of it is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RedLineKind {
    /// The plan's word.
    pub name: &'static str,
    /// `statutory` (法定生态保护区) or `important` (生态系统重要区).
    pub class: &'static str,
    /// Area in the synthetic city, km² (the plan gives none by kind).
    pub km2: f64,
    /// Separate places it is laid out in; 0 where it takes whatever the land suggests.
    pub sites: usize,
}

/// The ten member kinds of the red line.
pub const RED_LINE_KINDS: [RedLineKind; 10] = [
    RedLineKind { name: "饮用水源一级保护区", class: "statutory", km2: 62.0, sites: 9 },
    RedLineKind { name: "自然保护区核心区", class: "statutory", km2: 96.0, sites: 4 },
    RedLineKind { name: "风景名胜区核心景区", class: "statutory", km2: 48.0, sites: 3 },
    RedLineKind { name: "森林公园生态保育区", class: "statutory", km2: 112.0, sites: 8 },
    RedLineKind { name: "湿地公园湿地保育区", class: "statutory", km2: 38.0, sites: 6 },
    RedLineKind { name: "地质公园一级保护区", class: "statutory", km2: 27.0, sites: 2 },
    RedLineKind { name: "水源涵养", class: "important", km2: 400.0, sites: 0 },
    RedLineKind { name: "生物多样性保护", class: "important", km2: 120.0, sites: 0 },
    RedLineKind { name: "土壤保持", class: "important", km2: 97.0, sites: 0 },
    RedLineKind { name: "水土流失", class: "important", km2: 59.66, sites: 0 },
];

/// The invented districts: name, middle (km from the city's middle), and how hard it is to be near.
pub(crate) const DISTRICTS: [(&str, f64, f64, f64); 11] = [
    ("云麓区", -8.0, -3.0, 1.7),
    ("榕溪区", -3.0, -9.0, 1.7),
    ("棉城区", -12.0, -12.0, 1.6),
    ("鹭洲区", 4.0, -16.0, 1.4),
    ("荔塘区", -17.0, 8.0, 1.2),
    ("澜港区", 14.0, -8.0, 1.2),
    ("禾山区", -18.0, 28.0, 1.0),
    ("流芳区", 2.0, -36.0, 1.15),
    ("蕉海区", 1.0, -60.0, 1.0),
    ("青峦区", 26.0, 12.0, 1.0),
    ("石径区", 16.0, 42.0, 0.95),
];

/// Code of a district, from 1. 4499 is no prefecture's code.
pub(crate) fn district_code(district: u32) -> String {
    format!("4499{:02}", district + 1)
}

/// Growth-boundary classes: canonical, Chinese, area in the city (km²).
pub(crate) const GROWTH: [(&str, &str, f64); 3] =
    [("concentrated", "集中建设区", 1290.0), ("flexible", "弹性发展区", 110.0), ("special", "特别用途区", 100.0)];

/// Permanent basic farmland, km² (the plan gives none).
pub(crate) const FARMLAND_KM2: f64 = 900.0;
