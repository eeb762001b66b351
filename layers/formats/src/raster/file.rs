//! Raster files on this machine.

use super::bands::Bands;
use super::place::{Place, apply, traditional};
use super::{Door, Raster};
use crate::raw::CrsHint;
use crate::vector::gdal_messages::quoted;
use crate::vector::srs;
use crate::{Crs, Datum, FormatError};
use gdal::spatial_ref::SpatialRef;
use gdal::{Dataset, Metadata};
use redline_wording::{Text, text};
use std::path::Path;

/// Formats that hold pixels themselves. Descriptions that point elsewhere (VRT, WMS) are not among
/// them: a file must not make the program contact an address.
const DRIVERS: &[&str] =
    &["GTiff", "PNG", "JPEG", "BMP", "HFA", "JP2OpenJPEG", "ENVI", "EHdr", "AAIGrid", "MBTiles", "GPKG"];

/// A CRS to take for a raster that names none, if it then lies where it should: min x, min y,
/// max x, max y in that CRS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumed {
    /// The CRS.
    pub crs: Crs,
    /// Where it should lie.
    pub within: [f64; 4],
}

/// Opens a raster file. A raster with a world file but without a CRS is taken in the first of
/// `assumed` whose place it touches, and says so.
///
/// # Errors
/// `raster-missing`, `raster-unreadable`, `raster-not-placed`, `raster-without-crs`.
pub fn open_file(path: &Path, assumed: &[Assumed]) -> Result<Raster, FormatError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    // only what the file system knows: GDAL would take many other words for a raster's name
    if !path.is_file() {
        return Err(FormatError::new(
            "raster-missing",
            text!("没有影像文件“{name}”，或它不是文件。" | "There is no raster file \"{name}\", or it is no file."),
        ));
    }
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let Some(full) = full.to_str() else { return Err(unreadable(&name, &[])) };
    let door = Door { name: full.to_owned(), drivers: DRIVERS, options: &[], remote: false, host: String::new() };
    let (opened, heard) = door.open();
    let dataset = opened.map_err(|_| unreadable(&name, &heard))?;
    if dataset.raster_count() == 0 {
        return Err(unreadable(&name, &heard));
    }
    let to_crs = placed(&dataset, &name)?;
    let mut notes = Vec::new();
    let crs = match own_crs(&dataset) {
        Some(crs) => {
            notes.extend(datum_doubt(&crs));
            crs
        }
        None => assume(&dataset, &to_crs, assumed, &name, &mut notes)?,
    };
    let place = Place::new(dataset.raster_size(), to_crs, &crs).ok_or_else(|| not_placed(&name))?;
    let bands = Bands::of(&dataset).map_err(|_| unreadable(&name, &[]))?;
    if !bands.stretch.is_empty() {
        notes.push(text!(
            "影像不是 8 位的，显示时按统计值拉伸了亮度。"
                | "The image is not 8-bit; its brightness is stretched for display."
        ));
    }
    let bounds = place.bounds();
    let raster = Raster::new(name, door, dataset, place, bands);
    Ok(Raster { bounds, notes, ..raster })
}

/// The geotransform, which a file has or has not.
fn placed(dataset: &Dataset, name: &str) -> Result<[f64; 6], FormatError> {
    dataset.geo_transform().map_err(|_| not_placed(name))
}

fn own_crs(dataset: &Dataset) -> Option<SpatialRef> {
    let crs = dataset.spatial_ref().ok()?;
    (crs.is_geographic() || crs.is_projected()).then(|| traditional(crs))
}

fn datum_doubt(crs: &SpatialRef) -> Option<Text> {
    let Some(CrsHint::Declared { crs, .. }) = srs::hint(crs, Text::same("")) else { return None };
    let datum = crs.datum().filter(|d| matches!(d, Datum::Xian80 | Datum::Beijing54))?.name();
    Some(Text::new(
        format!("影像采用{}，没有当地转换参数，位置可能偏差几十米到一百多米。", datum.zh),
        format!(
            "The image is in {}; without local parameters it may lie tens of metres to over a hundred off.",
            datum.en
        ),
    ))
}

fn assume(
    dataset: &Dataset,
    to_crs: &[f64; 6],
    assumed: &[Assumed],
    name: &str,
    notes: &mut Vec<Text>,
) -> Result<SpatialRef, FormatError> {
    let (wide, high) = dataset.raster_size();
    let corners = [(0, 0), (wide, 0), (0, high), (wide, high)].map(|(x, y)| apply(to_crs, x as f64, y as f64));
    let b = corners.iter().fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |b, p| {
        [b[0].min(p.0), b[1].min(p.1), b[2].max(p.0), b[3].max(p.1)]
    });
    let touches = |w: [f64; 4]| b[0] <= w[2] && b[2] >= w[0] && b[1] <= w[3] && b[3] >= w[1];
    let found = assumed.iter().find(|a| touches(a.within));
    if let Some((known, crs)) = found.and_then(|a| Some((a.crs, SpatialRef::from_epsg(a.crs.epsg).ok()?))) {
        let called = known.name();
        notes.push(Text::new(
            format!("影像没有写明坐标系，按其坐标范围当作{}。", called.zh),
            format!("The image names no CRS; by the range of its coordinates it is taken as {}.", called.en),
        ));
        return Ok(traditional(crs));
    }
    Err(FormatError::new(
        "raster-without-crs",
        text!(
            "影像“{name}”没有坐标系，坐标范围也不在工作空间内。请在 QGIS 中为它指定坐标系（或补上 .prj），另存为 GeoTIFF 后再加载。"
                | "The image \"{name}\" has no CRS and does not lie where the workspace does. Assign its CRS in QGIS (or add its .prj), save it as GeoTIFF and load that."
        ),
    ))
}

fn not_placed(name: &str) -> FormatError {
    FormatError::new(
        "raster-not-placed",
        text!(
            "影像“{name}”没有定位信息（GeoTIFF 标签或 .tfw 一类的坐标文件）。请先在 QGIS 中配准，另存为 GeoTIFF 后再加载。"
                | "The image \"{name}\" does not say where it lies (GeoTIFF tags or a world file). Georeference it in QGIS, save it as GeoTIFF and load that."
        ),
    )
}

/// A file that is no raster, or a damaged one.
pub(super) fn unreadable(name: &str, heard: &[String]) -> FormatError {
    let why = quoted(heard, None);
    FormatError::new(
        "raster-unreadable",
        text!(
            "影像“{name}”读不出来（{why}）。请确认它是 GeoTIFF 等栅格文件且没有损坏。"
                | "The image \"{name}\" cannot be read ({why}). Make sure it is a GeoTIFF or another raster, and whole."
        ),
    )
}

/// The words a dataset keeps under a key.
pub(super) fn item(dataset: &Dataset, key: &str, domain: &str) -> Option<String> {
    dataset.metadata_item(key, domain)
}
