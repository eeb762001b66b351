//! What zones are called: identifiers, names, codes and the attributes a real source would carry.

use crate::figures::{DISTRICTS, GROWTH, LAND_USE, RED_LINE_KINDS, district_code};
use crate::land::Place;
use crate::noise::{hash2, mix, unit};
use crate::plan::{RedZone, class};
use redline_zoning::ZoneFacts;
use std::collections::BTreeMap;

pub(crate) fn district_name(district: u32) -> &'static str {
    (district as usize).checked_sub(1).and_then(|d| DISTRICTS.get(d)).map_or("", |d| d.0)
}

fn attributes<const N: usize>(pairs: [(&str, String); N]) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
}

/// Square metres to two decimals, as the survey writes them.
pub(crate) fn declared(m2: f64) -> f64 {
    (m2 * 100.0).round() / 100.0
}

pub(crate) fn district(district: u32, m2: f64) -> ZoneFacts {
    ZoneFacts {
        id: district_code(district),
        name: district_name(district).to_owned(),
        declared_m2: Some(declared(m2)),
        attributes: attributes([("XZQDM", district_code(district)), ("XZQMC", district_name(district).to_owned())]),
        ..ZoneFacts::default()
    }
}

const FIRST: [&str; 16] =
    ["石", "青", "云", "鹿", "鹤", "松", "竹", "枫", "桂", "榕", "碧", "翠", "凤", "梅", "禾", "雁"];
const SECOND: [&str; 12] = ["岭", "溪", "湖", "潭", "岗", "坪", "湾", "峰", "谷", "洲", "坳", "滩"];

pub(crate) fn red_zone(seed: u64, number: usize, zone: &RedZone, m2: f64) -> ZoneFacts {
    let kind = &RED_LINE_KINDS[zone.kind];
    let class_name = if kind.class == "statutory" { "法定生态保护区" } else { "生态系统重要区" };
    let hash = hash2(seed ^ 0x7A3E, number as u64);
    let name = if kind.sites > 0 {
        let place = format!("{}{}", FIRST[(hash % 16) as usize], SECOND[(mix(hash) % 12) as usize]);
        format!("{place}{}", kind.name)
    } else {
        format!("{}{}区{:02}", district_name(zone.district), kind.name, zone.number)
    };
    ZoneFacts {
        id: format!("HX{number:05}"),
        name,
        class: Some(kind.class.to_owned()),
        tier: None,
        kind: Some(kind.name.to_owned()),
        code: None,
        declared_m2: Some(declared(m2)),
        attributes: attributes([
            ("BSM", number.to_string()),
            ("YSDM", "2003020110".to_owned()),
            ("HXLX", class_name.to_owned()),
            ("XZQMC", district_name(zone.district).to_owned()),
        ]),
    }
}

pub(crate) fn control_zone(tier: u32, district: u32, m2: f64) -> ZoneFacts {
    let tier_name = if tier == 1 { "一级管制区" } else { "二级管制区" };
    ZoneFacts {
        id: format!("KZ{tier}-{}", district_code(district)),
        name: format!("{}{tier_name}", district_name(district)),
        tier: Some(tier.to_string()),
        declared_m2: Some(declared(m2)),
        attributes: attributes([("GKCS", tier_name.to_owned()), ("XZQMC", district_name(district).to_owned())]),
        ..ZoneFacts::default()
    }
}

pub(crate) fn growth_zone(growth: u32, district: u32, m2: f64) -> ZoneFacts {
    let (canonical, name, _) = GROWTH[growth as usize - 1];
    ZoneFacts {
        id: format!("KF{growth}-{}", district_code(district)),
        name: format!("{}{name}", district_name(district)),
        class: Some(canonical.to_owned()),
        declared_m2: Some(declared(m2)),
        attributes: attributes([("GHFQMC", name.to_owned()), ("XZQMC", district_name(district).to_owned())]),
        ..ZoneFacts::default()
    }
}

pub(crate) fn farmland(number: usize, district: u32, m2: f64) -> ZoneFacts {
    ZoneFacts {
        id: format!("NT{number:05}"),
        name: format!("{}永久基本农田{number:04}片", district_name(district)),
        declared_m2: Some(declared(m2)),
        attributes: attributes([("YJJBNTTBBH", format!("{number:05}")), ("XZQMC", district_name(district).to_owned())]),
        ..ZoneFacts::default()
    }
}

/// Third-survey code (GB/T 21010, 第三次全国国土调查 工作分类) and name of a parcel of a class.
fn survey_code(own: u8, place: &Place, hash: u64) -> (&'static str, &'static str) {
    let chance = unit(hash);
    match own {
        class::CROP if place.height > 0.45 => ("0103", "旱地"),
        class::CROP if chance + f64::from(place.urban) > 0.95 => ("0102", "水浇地"),
        class::CROP => ("0101", "水田"),
        class::ORCHARD if chance > 0.9 => ("0204", "其他园地"),
        class::ORCHARD if place.height > 0.8 => ("0202", "茶园"),
        class::ORCHARD => ("0201", "果园"),
        class::FOREST if chance > 0.93 => ("0302", "竹林地"),
        class::FOREST if chance > 0.86 => ("0307", "其他林地"),
        class::FOREST if chance > 0.72 => ("0305", "灌木林地"),
        class::FOREST => ("0301", "乔木林地"),
        class::GRASS => ("0404", "其他草地"),
        class::SETTLEMENT if place.height > 0.7 && chance > 0.75 => ("0602", "采矿用地"),
        class::SETTLEMENT if place.urban < 0.3 => ("0702", "农村宅基地"),
        class::SETTLEMENT if chance > 0.72 => ("0601", "工业用地"),
        class::SETTLEMENT if chance > 0.64 => ("0508", "物流仓储用地"),
        class::SETTLEMENT => ("0701", "城镇住宅用地"),
        class::TRANSPORT if chance > 0.96 => ("1001", "铁路用地"),
        class::TRANSPORT if place.urban > 0.5 => ("1004", "城镇村道路用地"),
        class::TRANSPORT => ("1003", "公路用地"),
        class::WATER if place.river >= place.reservoir.max(place.pond) => ("1101", "河流水面"),
        class::WATER if place.reservoir > place.pond => ("1103", "水库水面"),
        class::WATER => ("1104", "坑塘水面"),
        _ if place.height > 0.8 => ("1207", "裸岩石砾地"),
        _ => ("1206", "裸土地"),
    }
}

/// The great class (三大类) of a survey code.
fn great_class(code: &str) -> &'static str {
    match &code[..2] {
        "01" | "02" | "03" => "agricultural",
        "11" if code != "1101" => "agricultural",
        "04" | "11" | "12" => "unused",
        _ => "construction",
    }
}

pub(crate) fn parcel(seed: u64, number: usize, district: u32, own: u8, place: &Place, m2: f64) -> ZoneFacts {
    let hash = hash2(seed ^ 0xD1B3, number as u64);
    let (code, name) = survey_code(own, place, hash);
    let state_owned = matches!(&code[..2], "05" | "06" | "10" | "11") || code == "0701";
    ZoneFacts {
        id: format!("{}{number:07}", district_code(district)),
        name: name.to_owned(),
        class: Some(great_class(code).to_owned()),
        tier: None,
        kind: Some(LAND_USE[own as usize - 1].name.to_owned()),
        code: Some(code.to_owned()),
        declared_m2: Some(declared(m2)),
        attributes: attributes([
            ("QSXZ", if state_owned { "10" } else { "30" }.to_owned()),
            ("ZLDWMC", district_name(district).to_owned()),
        ]),
    }
}
