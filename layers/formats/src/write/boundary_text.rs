//! 界址点坐标交换格式, as survey offices write it: GBK, CRLF, no byte order mark.

use super::{PlotToWrite, failed, staging};
use crate::{Crs, FormatError};
use encoding_rs::GB18030;
use redline_wording::text;
use std::fmt::Write as _;
use std::path::Path;

/// Writes the plots: north before east, rings numbered through a plot, each closed by repeating its
/// first point, declared areas in hectares.
pub(super) fn write(path: &Path, plots: &[PlotToWrite], crs: Crs) -> Result<(), FormatError> {
    let (Some(zone), Some(datum)) = (crs.zone(), crs.datum()) else {
        let name = crs.name();
        let why = text!("{} 不是高斯-克吕格平面" | "{} is no Gauss–Krüger plane", name.zh);
        return Err(failed(path, &why));
    };
    let mut text = String::from("[属性描述]\r\n格式版本号=1.01版本\r\n数据产生单位=\r\n数据产生日期=\r\n");
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "坐标系={}\r\n几度分带={}\r\n投影类型=高斯克吕格\r\n计量单位=米\r\n带号={}\r\n精度=0.0001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n",
        datum.name().zh.replace(' ', ""),
        zone.degrees,
        zone.number
    );
    for plot in plots {
        let rings: Vec<_> = super::rings(&plot.shape).collect();
        let count: usize = rings.iter().map(|ring| ring.0.len()).sum();
        let area = plot.declared_m2.map(|m2| format!("{:.4}", m2 / 1e4)).unwrap_or_default();
        let purpose = plot.purpose.as_deref().unwrap_or_default();
        let _ = write!(text, "{count},{area},{},{},面,,{},,@\r\n", field(&plot.id), field(&plot.name), field(purpose));
        let mut number = 0;
        for (index, ring) in rings.iter().enumerate() {
            let first = number + 1;
            let last = ring.0.len().saturating_sub(1);
            for (position, c) in ring.0.iter().enumerate() {
                let name = if position == last {
                    first
                } else {
                    number += 1;
                    number
                };
                let _ = write!(text, "J{name},{},{:.4},{:.4}\r\n", index + 1, c.y, c.x);
            }
        }
    }
    staging::write_bytes(path, &GB18030.encode(&text).0)
}

/// A header field ends at a comma and a line at its break: both become what looks the same.
fn field(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            ',' => '\u{ff0c}',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}
