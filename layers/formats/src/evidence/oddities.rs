//! What is odd about each feature's numbers once the CRS is decided: swapped axes, zone numbers
//! missing or doubled, shapes that may have been traced on a shifted map.

use super::magnitude::{Kind, Magnitude, undoubled};
use super::{Reading, bare_pairs, feature_name, gcj02};
use crate::raw::{CrsHint, FileFormat, RawFile};
use crate::{Crs, Datum, ImportNote};
use redline_wording::{Text, text};

/// How each feature's numbers are read, and the notes on what was odd about them.
pub(super) fn readings(
    file: &RawFile,
    weighed: &[Magnitude],
    crs: Crs,
    evidence: &mut Vec<Text>,
    notes: &mut Vec<ImportNote>,
) -> Vec<Reading> {
    let all_swapped = !weighed.is_empty() && weighed.iter().all(|m| m.swapped);
    let zone = crs.zone().filter(|z| z.prefixed);
    let lacks = |m: &Magnitude| zone.is_some() && matches!(m.kind, Kind::Plane { prefix: None, .. });
    let all_lack = !weighed.is_empty() && weighed.iter().all(lacks);
    let doubled = |m: &Magnitude| matches!(m.kind, Kind::Plane { doubled: true, .. });
    let all_doubled = !weighed.is_empty() && weighed.iter().all(doubled);
    let number = zone.map_or(0, |z| z.number);
    let swapped_note = || {
        ImportNote::warning(
            "swapped-axes",
            text!(
                "X 与 Y 颠倒（按数值大小判断），已交换。"
                    | "X and Y are swapped (by the size of the numbers); they were exchanged."
            ),
        )
    };
    let missing_note = || {
        ImportNote::warning(
            "zone-prefix-missing",
            text!(
                "东坐标没有带号，已按第 {number} 带补上。"
                    | "The eastings have no zone number; that of zone {number} was added."
            ),
        )
    };
    let doubled_note = || {
        ImportNote::warning(
            "zone-prefix-doubled",
            text!(
                "东坐标的带号 {number} 写了两遍，已去掉一个。"
                    | "The zone number {number} stands twice in the eastings; one was removed."
            ),
        )
    };
    if all_swapped {
        evidence.push(text!("数对以北坐标（纬度）在前" | "the pairs give north (latitude) first"));
        notes.push(swapped_note());
    }
    if all_lack {
        notes.push(missing_note());
    } else if file.hints.iter().any(|h| matches!(h, CrsHint::ZoneNumber { .. }))
        && crs.zone().is_some_and(|z| !z.prefixed)
    {
        let number = crs.zone().map_or(0, |z| z.number);
        notes.push(ImportNote::warning(
            "zone-prefix-missing",
            text!(
                "文件头注明第 {number} 带，但东坐标中没有带号，按该带读取。"
                    | "The header names zone {number}, but the eastings carry no zone number; read in that zone."
            ),
        ));
    }
    if all_doubled {
        notes.push(doubled_note());
    }
    weighed
        .iter()
        .enumerate()
        .map(|(index, m)| {
            let plot = feature_name(file, index);
            if m.swapped && !all_swapped {
                notes.push(swapped_note().of_plot(&plot));
            }
            if lacks(m) && !all_lack {
                notes.push(missing_note().of_plot(&plot));
            }
            if doubled(m) && !all_doubled {
                notes.push(doubled_note().of_plot(&plot));
            }
            let add_east = if lacks(m) {
                f64::from(number) * 1e6
            } else if doubled(m) {
                undoubled(number)
            } else {
                0.0
            };
            Reading { swapped: m.swapped, add_east }
        })
        .collect()
}

/// KML, and degrees of which nothing says the datum, are often drawn on shifted web maps.
/// Whoever names the CRS (`--crs`) has confirmed that the numbers are true.
pub(super) fn suspect_gcj02(
    file: &RawFile,
    readings: &[Reading],
    crs: Crs,
    confirmed: bool,
    notes: &mut Vec<ImportNote>,
) {
    let says_datum = file.hints.iter().any(|h| match h {
        CrsHint::Declared { crs, .. } => crs.datum() != Some(Datum::Wgs84),
        CrsHint::Datum { datum, .. } => *datum != Datum::Wgs84,
        _ => false,
    });
    if !crs.is_geographic() || says_datum || confirmed {
        return;
    }
    let Some(((x, y), reading)) =
        file.features.iter().zip(readings).find_map(|(f, r)| bare_pairs(f).next().map(|p| (p, r)))
    else {
        return;
    };
    let at = reading.apply(x, y);
    let (east, north) = gcj02::shift_m(at.x, at.y);
    let (east, north, far) = (east.round(), north.round(), east.hypot(north).round());
    let message = text!(
        "经纬度图形可能描绘自经 GCJ-02 偏移的网络地图；若是如此，此处的图形偏离真实位置约 {far} 米（东 {east}，北 {north}），结论不可用。坐标未作改动；确认来源没有偏移后请加 --crs EPSG:4490。"
            | "Shapes in degrees may have been traced on a web map shifted by GCJ-02; here that would put them about {far} m off (east {east}, north {north}), and the outcome would not hold. Nothing was shifted; once the source is known to be true, add --crs EPSG:4490."
    );
    notes.push(if file.format == FileFormat::Kml {
        ImportNote::warning("gcj02-suspected", message)
    } else {
        let message = text!(
            "坐标为经纬度。如图形是在经 GCJ-02 偏移的网络地图上描绘的，会偏离真实位置约 {far} 米（东 {east}，北 {north}）；测绘成果无此问题，请确认来源。"
                | "The coordinates are degrees. Had the shapes been traced on a web map shifted by GCJ-02, they would lie about {far} m off (east {east}, north {north}); survey results do not. Confirm the source."
        );
        ImportNote::info("gcj02-possible", message)
    });
}
