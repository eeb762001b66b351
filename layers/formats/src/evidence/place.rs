//! Where the shapes would lie against the workspace.

use super::magnitude::Magnitude;
use super::{Reading, bare_pairs};
use crate::raw::RawFile;
use crate::{Crs, FormatError, ImportNote, ReadOptions, Transform};
use geo_types::Coord;
use redline_wording::{Text, text};

/// Zones lie some 300 km apart; a file this near the workspace can only be in the zone that put it
/// there.
pub(super) const NEAR_KM: f64 = 60.0;

/// Kilometres from the workspace's extent if the numbers were in `crs`; `None` without an extent or
/// where the numbers cannot be in `crs` at all.
pub(super) fn kilometres(
    file: &RawFile,
    weighed: &[Magnitude],
    crs: Crs,
    options: &ReadOptions,
) -> Result<Option<f64>, FormatError> {
    let readings: Vec<Reading> = weighed.iter().map(|m| super::plain_reading(*m)).collect();
    Ok(match bounds(file, &readings, crs, options)? {
        Some(shape) => options.extent.map(|extent| gap(shape, extent) / 1000.0),
        None => None,
    })
}

/// Corners of all the points in the target plane; `None` when they cannot be in `crs`.
fn bounds(
    file: &RawFile,
    readings: &[Reading],
    crs: Crs,
    options: &ReadOptions,
) -> Result<Option<[f64; 4]>, FormatError> {
    let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (feature, reading) in file.features.iter().zip(readings) {
        for (x, y) in bare_pairs(feature) {
            let p = reading.apply(x, y);
            b = [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)];
        }
    }
    if b.iter().any(|v| !v.is_finite()) {
        return Ok(None);
    }
    let mut corners = [(b[0], b[1]), (b[0], b[3]), (b[2], b[1]), (b[2], b[3])].map(|(x, y)| Coord { x, y });
    if Transform::between(crs, options.target)?.apply(&mut corners).is_err() {
        return Ok(None);
    }
    let mut out = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for p in corners {
        out = [out[0].min(p.x), out[1].min(p.y), out[2].max(p.x), out[3].max(p.y)];
    }
    Ok(Some(out))
}

/// Metres between two boxes, 0 when they meet.
fn gap(a: [f64; 4], b: [f64; 4]) -> f64 {
    let apart = |low: usize, high: usize| (b[low] - a[high]).max(a[low] - b[high]).max(0.0);
    apart(0, 2).hypot(apart(1, 3))
}

/// Adds what the distance says; never refuses.
pub(super) fn distance(
    file: &RawFile,
    readings: &[Reading],
    crs: Crs,
    options: &ReadOptions,
    evidence: &mut Vec<Text>,
    notes: &mut Vec<ImportNote>,
) -> Result<(), FormatError> {
    let (Some(extent), Some(shape)) = (options.extent, bounds(file, readings, crs, options)?) else { return Ok(()) };
    let metres = gap(shape, extent);
    if metres == 0.0 {
        evidence.push(text!("图形落在工作空间范围内" | "the shapes lie within the workspace's extent"));
        return Ok(());
    }
    let km = format!("{:.1}", metres / 1000.0);
    evidence.push(text!("图形距工作空间范围 {km} 公里" | "the shapes lie {km} km from the workspace's extent"));
    notes.push(ImportNote::warning(
        "far-from-workspace",
        text!(
            "图形全部在工作空间范围之外，相距 {km} 公里。请核对坐标系与工作空间。"
                | "All shapes lie outside the workspace's extent, {km} km away. Check the CRS and the workspace."
        ),
    ));
    Ok(())
}
