//! The `key=value` lines: what the file says of its plane.

use crate::encoding::half_width;
use crate::raw::CrsHint;
use crate::{Datum, FormatError, ImportNote};
use redline_wording::text;
use std::collections::BTreeMap;

/// Keys that speak of coordinates. The conversion parameters among them are classified and are
/// neither used nor kept.
const OF_COORDINATES: [&str; 8] =
    ["坐标系", "几度分带", "投影类型", "计量单位", "带号", "精度", "转换参数", "格式版本号"];

/// The pairs of a file.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Key to value and line.
    pairs: BTreeMap<String, (String, usize)>,
}

impl Keys {
    pub(super) fn put(&mut self, key: &str, value: &str, line: usize, notes: &mut Vec<ImportNote>) {
        let value = value.trim();
        if let Some((old, first)) = self.pairs.get(key)
            && !old.is_empty()
            && old != value
        {
            if key != "转换参数" {
                notes.push(ImportNote::warning(
                    "key-repeated",
                    text!(
                        "“{key}”在第 {first} 行和第 {line} 行的取值不同，采用第 {first} 行的“{old}”。"
                        | "\"{key}\" has different values on lines {first} and {line}; the first, \"{old}\", was used."
                    ),
                ));
            }
            return;
        }
        self.pairs.insert(key.to_owned(), (value.to_owned(), line));
    }

    fn get(&self, key: &str) -> Option<(&str, usize)> {
        self.pairs.get(key).map(|(v, line)| (v.as_str(), *line)).filter(|(v, _)| !v.is_empty())
    }

    /// The pairs that say something of the project.
    pub(super) fn attributes(&self) -> BTreeMap<String, String> {
        self.pairs
            .iter()
            .filter(|(key, (value, _))| !OF_COORDINATES.contains(&key.as_str()) && !value.is_empty())
            .map(|(key, (value, _))| (key.clone(), value.clone()))
            .collect()
    }

    /// What the header says of the CRS.
    ///
    /// # Errors
    /// `unit-unsupported` for a unit other than metres or degrees.
    pub(super) fn hints(&self, file: &str, notes: &mut Vec<ImportNote>) -> Result<Vec<CrsHint>, FormatError> {
        let mut hints = Vec::new();
        if let Some((unit, line)) = self.get("计量单位") {
            let plain = half_width(unit).to_lowercase();
            if !["米", "m", "meter", "metre", "度", "degree", "degrees"].contains(&plain.trim()) {
                return Err(FormatError::new(
                    "unit-unsupported",
                    text!(
                        "“{file}”第 {line} 行的计量单位是“{unit}”，只支持米和度。请换算后重新导出。"
                            | "Line {line} of \"{file}\" gives the unit \"{unit}\"; only metres and degrees are supported. Convert and export again."
                    ),
                ));
            }
        }
        if let Some((kind, line)) = self.get("投影类型") {
            let plain: String = half_width(kind).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
            let gauss = plain.contains("高斯") || plain.to_lowercase().contains("gauss");
            if !gauss && !plain.contains("无") && !plain.contains("经纬") {
                hints.push(CrsHint::Unsupported {
                    name: kind.to_owned(),
                    by: text!("第 {line} 行“投影类型={kind}”" | "line {line}, projection \"{kind}\""),
                });
            }
        }
        if let Some((system, line)) = self.get("坐标系") {
            let by = text!("第 {line} 行“坐标系={system}”" | "line {line}, CRS \"{system}\"");
            hints.push(match Datum::from_name(&half_width(system)) {
                Some(datum) => CrsHint::Datum { datum, by },
                None => CrsHint::Unsupported { name: system.to_owned(), by },
            });
        }
        if let Some((width, line)) = self.get("几度分带") {
            let plain = half_width(width);
            let degrees = match plain.trim().chars().next() {
                Some('3' | '三') => Some(3),
                Some('6' | '六') => Some(6),
                _ => None,
            };
            match degrees {
                Some(degrees) => hints.push(CrsHint::ZoneWidth {
                    degrees,
                    by: text!("第 {line} 行“几度分带={width}”" | "line {line}, zone width \"{width}\""),
                }),
                None => notes.push(unusable("几度分带", width, line)),
            }
        }
        if let Some((zone, line)) = self.get("带号") {
            let digits: String = half_width(zone).chars().filter(char::is_ascii_digit).collect();
            match digits.parse::<u32>().ok().filter(|n| (13..=23).contains(n) || (25..=45).contains(n)) {
                Some(number) => hints.push(CrsHint::ZoneNumber {
                    zone: number,
                    by: text!("第 {line} 行“带号={zone}”" | "line {line}, zone number \"{zone}\""),
                }),
                None => notes.push(unusable("带号", zone, line)),
            }
        }
        Ok(hints)
    }
}

fn unusable(key: &str, value: &str, line: usize) -> ImportNote {
    ImportNote::warning(
        "header-unusable",
        text!(
            "第 {line} 行“{key}={value}”无法使用，改由坐标数值判断。"
                | "\"{key}={value}\" on line {line} is unusable; the coordinates themselves were weighed instead."
        ),
    )
}
