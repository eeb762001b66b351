//! What the values of options may be, and how they are read. A refusal says what would do, in both
//! languages (see [`super`]).

use clap::ValueEnum;
use redline_engine::ClaimedExtent;

/// Roles a layer can be imported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "kebab-case")]
pub enum Role {
    /// 生态保护红线.
    RedLine,
    /// 生态控制线.
    ControlLine,
    /// 地类图斑.
    LandUse,
    /// 永久基本农田.
    Farmland,
    /// 城镇开发边界.
    GrowthBoundary,
    /// 行政区.
    District,
}

/// Doubts about a layer that an importer may accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "kebab-case")]
pub enum Doubt {
    /// Another datum, and no parameters between the two.
    Datum,
    /// Zones that cannot be used.
    LeftOut,
}

/// Stages as the command line spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StageName {
    /// 新建.
    New,
    /// 改建.
    Rebuild,
    /// 扩建.
    Extend,
    /// 现有.
    Existing,
}

/// Order of coordinates as the command line spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AxesName {
    /// As the format has it.
    AsWritten,
    /// The other way round.
    Swapped,
}

impl From<AxesName> for redline_engine::Axes {
    fn from(name: AxesName) -> redline_engine::Axes {
        match name {
            AxesName::AsWritten => redline_engine::Axes::AsWritten,
            AxesName::Swapped => redline_engine::Axes::Swapped,
        }
    }
}

/// Who draws the land use of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RasteriserName {
    /// As everything else on the sheet.
    Cpu,
    /// The GPU, where it can.
    Gpu,
}

/// Lead unit of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// Square metres.
    M2,
    /// 公顷.
    Ha,
    /// 亩.
    Mu,
}

/// Forms of a result that is not a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlainFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Forms of a review, or of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// For people.
    Table,
    /// The record, `redline.review/1` or `redline.diff/1`.
    Json,
    /// Clipped pieces with their findings, or the ground that changed hands; longitude and latitude.
    Geojson,
    /// 压占分析表, or 调入调出台账.
    Xlsx,
    /// The review report as filed.
    Pdf,
    /// The review report, editable.
    Docx,
}

/// `YYYY-MM-DD`, a day that exists.
pub(super) fn date(value: &str) -> Result<String, String> {
    let bytes = value.as_bytes();
    let shape_ok = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    match value.parse::<jiff::civil::Date>() {
        Ok(day) if shape_ok => Ok(day.to_string()),
        _ => Err("日期须为 YYYY-MM-DD 且确有此日，如 2018-06-01 ‖ a date is YYYY-MM-DD and a day that exists, e.g. 2018-06-01".into()),
    }
}

/// `EPSG:N` or `N`, given on as `EPSG:N`.
pub(super) fn epsg(value: &str) -> Result<String, String> {
    let digits = match value.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("epsg:") => &value[5..],
        _ => value,
    };
    match digits.parse::<u32>() {
        Ok(code) if (1024..=32767).contains(&code) => Ok(format!("EPSG:{code}")),
        _ => Err("坐标系须为 EPSG 代码，如 EPSG:4526 ‖ a CRS is an EPSG code, e.g. EPSG:4526".into()),
    }
}

/// Land-use parcels of a sample city.
pub(super) fn parcels(value: &str) -> Result<u32, String> {
    match value.parse::<u32>() {
        Ok(parcels) if (8..=1_000_000).contains(&parcels) => Ok(parcels),
        _ => Err("图斑数须为 8 至 1000000 的整数 ‖ parcels are a whole number from 8 to 1000000".into()),
    }
}

/// Threads.
pub(super) fn threads(value: &str) -> Result<u16, String> {
    match value.parse::<u16>() {
        Ok(threads) if (1..=1024).contains(&threads) => Ok(threads),
        _ => Err("线程数须为 1 至 1024 的整数 ‖ threads are a whole number from 1 to 1024".into()),
    }
}

/// A width in metres, above zero.
pub(super) fn width(value: &str) -> Result<f64, String> {
    match value.parse::<f64>() {
        Ok(metres) if metres.is_finite() && metres > 0.0 && metres <= 10_000.0 => Ok(metres),
        _ => Err("宽度须为大于 0 且不超过 10000 的米数 ‖ a width is in metres, above 0 and at most 10000".into()),
    }
}

/// Dots an inch of a picture.
pub(super) fn dpi(value: &str) -> Result<f64, String> {
    match value.parse::<f64>() {
        Ok(dpi) if dpi.is_finite() && (10.0..=2400.0).contains(&dpi) => Ok(dpi),
        _ => Err("每英寸点数应在 10 至 2400 之间 ‖ dots an inch must be 10 to 2400".into()),
    }
}

/// A sliver limit in square metres, zero or above.
pub(super) fn sliver(value: &str) -> Result<f64, String> {
    match value.parse::<f64>() {
        Ok(m2) if m2.is_finite() && m2 >= 0.0 => Ok(m2),
        _ => Err("面积须为不小于 0 的平方米数 ‖ an area is in square metres, 0 or above".into()),
    }
}

/// Four numbers: west, south, east, north.
pub(super) fn extent(value: &str) -> Result<ClaimedExtent, String> {
    match value {
        "city" => return Ok(ClaimedExtent::City),
        "zones" => return Ok(ClaimedExtent::Zones),
        _ => {}
    }
    let numbers: Vec<f64> = value.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    match numbers[..] {
        [west, south, east, north]
            if value.split(',').count() == 4 && numbers.iter().all(|n| n.is_finite()) && west < east && south < north =>
        {
            Ok(ClaimedExtent::Box([west, south, east, north]))
        }
        _ => Err("写成 city、zones，或 西,南,东,北 四个数，西小于东、南小于北 ‖ city, zones, or four numbers west,south,east,north, west below east and south below north".into()),
    }
}

/// `key=value`, neither empty.
pub(super) fn key_and_value(value: &str) -> Result<(String, String), String> {
    match value.split_once('=') {
        Some((key, field)) if !key.trim().is_empty() && !field.trim().is_empty() => {
            Ok((key.trim().to_string(), field.trim().to_string()))
        }
        _ => Err("写成 键=字段名，如 tier=GKDJ ‖ written KEY=FIELD, e.g. tier=GKDJ".into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert_eq!(date("2018-06-01").unwrap(), "2018-06-01");
        for wrong in ["2018-02-30", "2018-6-1", "20180601", "今天", "2018-06-01T00:00", ""] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_crs_is_read_with_and_without_its_authority() {
        assert_eq!(epsg("4526").unwrap(), "EPSG:4526");
        assert_eq!(epsg("epsg:4526").unwrap(), "EPSG:4526");
        for wrong in ["", "EPSG:", "EPSG:4526x", "-1", "坐标系统一", "999999"] {
            assert!(epsg(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn lengths_and_areas_are_numbers_that_can_be() {
        assert!(width("12.5").is_ok() && width("0").is_err() && width("NaN").is_err() && width("inf").is_err());
        assert!(sliver("0").is_ok() && sliver("-1").is_err() && sliver("nan").is_err());
        assert_eq!(extent("1,2,3,4"), Ok(ClaimedExtent::Box([1.0, 2.0, 3.0, 4.0])));
        assert_eq!(extent("city"), Ok(ClaimedExtent::City));
        for wrong in ["1,2,3", "3,2,1,4", "1,2,3,4,x", "1,2,3,nan"] {
            assert!(extent(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_field_is_named_by_key_and_field() {
        assert_eq!(key_and_value("tier=管控=级别").unwrap(), ("tier".into(), "管控=级别".into()));
        assert!(key_and_value("tier=").is_err() && key_and_value("tier").is_err());
    }
}
