//! A dataset opened for reading: its layers, and their features one after another.
//!
//! Each read opens its own dataset, so files can be read on several threads at once. Nothing is
//! ever written beside the file: what needs another encoding or a journal is copied away first.

use super::gdal_messages::{listen, quoted};
use super::wkb::{self, Parts, WkbDefect};
use super::{geojson_text, shapefile, srs, xml_text};
use crate::archive::members::{members, sha256};
use crate::raw::{CrsHint, FileFormat};
use crate::{FormatError, ImportNote};
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::LayerAccess;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use redline_wording::text;
use std::path::{Path, PathBuf};

/// An open dataset.
pub(crate) struct Source {
    dataset: Dataset,
    /// Where it lies.
    path: PathBuf,
    /// The format it was opened as.
    pub format: FileFormat,
    /// Every path on disk that belongs to it.
    pub members: Vec<PathBuf>,
    /// Hex SHA-256 over the members.
    pub sha256: String,
    /// What opening noted.
    pub notes: Vec<ImportNote>,
    /// Its layers with geometry, and those without, in the file's order.
    pub layers: Vec<SourceLayer>,
    /// Holds the copy that is read instead of the file, where one had to be made.
    _copy: Option<tempfile::TempDir>,
}

/// A layer of a dataset.
#[derive(Clone, Debug)]
pub(crate) struct SourceLayer {
    /// Position in the dataset.
    pub index: usize,
    /// Name.
    pub name: String,
    /// Field names, in order.
    pub fields: Vec<String>,
    /// Whether it has a geometry column at all.
    pub spatial: bool,
    /// What it says of its CRS.
    pub hint: Option<CrsHint>,
    /// Features, where the file counts them cheaply.
    pub count: Option<u64>,
}

/// One feature as it stands.
pub(crate) struct SourceFeature {
    /// Position in its layer, from 1.
    pub number: usize,
    /// Field values as text, in the order of the layer's fields; empty text and null are `None`.
    pub values: Vec<Option<String>>,
    /// Its geometry; `None` where it has none.
    pub geometry: Option<Result<Parts, WkbDefect>>,
}

/// What is opened instead of the file, and how.
pub(crate) struct Opening {
    /// The path GDAL is given.
    pub path: PathBuf,
    /// GDAL's open options.
    pub options: Vec<String>,
    /// Thread-local GDAL settings for the time of opening.
    pub settings: Vec<(&'static str, String)>,
    /// What preparing noted.
    pub notes: Vec<ImportNote>,
    /// A copy to keep alive.
    pub copy: Option<tempfile::TempDir>,
    /// Whether the CRS that GDAL reports stands in the file, and is not an assumption of the format.
    pub states_crs: bool,
}

impl Opening {
    /// The file as it is.
    pub fn plain(path: &Path) -> Opening {
        Opening {
            path: path.to_owned(),
            options: Vec::new(),
            settings: Vec::new(),
            notes: Vec::new(),
            copy: None,
            states_crs: true,
        }
    }
}

/// Name of a path to show: without folders.
pub(crate) fn shown(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

impl Source {
    /// Opens the file (or `.gdb` folder) at `path`.
    ///
    /// # Errors
    /// `file-unreadable`, `shx-missing`, `encoding-unknown`, `geojson-broken`, `wrong-format` and
    /// the like: each names the file and what to do.
    pub fn open(path: &Path, format: FileFormat) -> Result<Source, FormatError> {
        let name = shown(path);
        let unreadable = |error: &std::io::Error| {
            FormatError::new("file-unreadable", {
                let redline_wording::Text { zh, en } = redline_wording::io_reason(error);
                text!(
                    "无法读取文件“{name}”（{zh}）。请检查路径和读取权限后重试。"
                        | "“{name}” cannot be read ({en}). Check the path and your permission to read it, then try again."
                )
            })
        };
        // GDAL gives names like /vsicurl/… a meaning of their own: only what lies on disk is opened.
        let path = &path.canonicalize().map_err(|e| unreadable(&e))?;
        let members = members(path, format).map_err(|e| unreadable(&e))?;
        let sha256 = sha256(&members).map_err(|e| unreadable(&e))?;
        let drivers: &[&str] = match format {
            FileFormat::Shapefile => &["ESRI Shapefile"],
            FileFormat::GeoJson => &["GeoJSON"],
            FileFormat::GeoPackage => &["GPKG"],
            FileFormat::FileGeodatabase => &["OpenFileGDB"],
            FileFormat::Kml => &["LIBKML"],
            FileFormat::Dxf => &["DXF"],
            FileFormat::BoundaryTxt | FileFormat::PointCsv | FileFormat::PointSheet => {
                return Err(FormatError::new(
                    "wrong-format",
                    text!(
                        "“{name}”是文字或表格文件，不是矢量图层。请给出 Shapefile、GeoPackage、File Geodatabase 或 GeoJSON。"
                            | "“{name}” is a text or table, not a vector layer. Give a Shapefile, GeoPackage, File Geodatabase or GeoJSON."
                    ),
                ));
            }
        };
        let opening = match format {
            FileFormat::Shapefile => shapefile::prepare(path)?,
            FileFormat::GeoJson => geojson_text::prepare(path)?,
            FileFormat::Kml => xml_text::prepare_kml(path)?,
            FileFormat::Dxf => super::dxf::prepare(path)?,
            FileFormat::GeoPackage => prepare_geopackage(path, &members)?,
            _ => Opening::plain(path),
        };
        let options: Vec<&str> = opening.options.iter().map(String::as_str).collect();
        for (key, value) in &opening.settings {
            // Fails only on an interior NUL, which encoding names do not have.
            let _ = gdal::config::set_thread_local_config_option(key, value);
        }
        let (dataset, heard) = listen(|| {
            Dataset::open_ex(
                &opening.path,
                DatasetOptions {
                    open_flags: GdalOpenFlags::GDAL_OF_VECTOR
                        | GdalOpenFlags::GDAL_OF_READONLY
                        | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
                    allowed_drivers: Some(drivers),
                    open_options: Some(&options),
                    sibling_files: None,
                },
            )
        });
        let result = dataset.map_err(|_| refused(&name, format, &heard, opening.path.parent()));
        let result = result.map(|dataset| {
            let (layers, described) = listen(|| describe(&dataset, opening.states_crs, format));
            (dataset, layers, [heard, described].concat())
        });
        for (key, _) in &opening.settings {
            let _ = gdal::config::clear_thread_local_config_option(key);
        }
        let (dataset, layers, heard) = result?;
        let mut notes = opening.notes;
        notes.extend(said(&name, &heard, opening.path.parent()));
        Ok(Source { dataset, path: path.clone(), format, members, sha256, notes, layers, _copy: opening.copy })
    }

    /// Hands every feature of a layer to `take`, in the file's order; `take` ends the reading by an
    /// error.
    ///
    /// # Errors
    /// `truncated` when the file ends before its features do, and what `take` returns.
    pub fn each(
        &mut self,
        layer: &SourceLayer,
        mut take: impl FnMut(SourceFeature) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        let name = shown(&self.path);
        let (result, heard) = listen(|| -> Result<usize, FormatError> {
            let mut open = self.dataset.layer(layer.index).map_err(|error| {
                FormatError::new(
                    "layer-unreadable",
                    text!("“{name}”的图层“{}”无法读取（{error}）。请用 QGIS 打开检查后另存一份。" | "Layer “{}” of “{name}” cannot be read ({error}). Open it in QGIS, check it and save a copy.", layer.name),
                )
            })?;
            let mut number = 0;
            for feature in open.features() {
                number += 1;
                let values = (0..layer.fields.len())
                    .map(|i| {
                        let value = feature.field_as_string(i).ok().flatten()?;
                        let value = value.trim();
                        (!value.is_empty()).then(|| value.to_owned())
                    })
                    .collect();
                // A missing geometry comes as one of type 0, which no real one has.
                let real = |geometry: &&gdal::vector::Geometry| {
                    geometry.geometry_type() != gdal::vector::OGRwkbGeometryType::wkbUnknown
                };
                let geometry = feature.geometry().filter(real).map(|geometry| {
                    geometry.iso_wkb().map_err(|_| WkbDefect::Truncated).and_then(|bytes| wkb::parts(&bytes))
                });
                take(SourceFeature { number, values, geometry })?;
            }
            Ok(number)
        });
        let read = result?;
        // GDAL stops quietly where the bytes end; its count comes from the header.
        if let Some(count) = layer.count
            && (read as u64) < count
        {
            return Err(FormatError::new(
                "truncated",
                text!(
                    "“{name}”不完整：图层“{}”应有 {count} 个要素，只读到 {read} 个（{}）。请重新复制或重新导出该文件。"
                        | "“{name}” is not complete: layer “{}” should have {count} features, {read} could be read ({}). Copy or export the file again.",
                    layer.name,
                    quoted(&heard, self.path.parent())
                ),
            ));
        }
        self.notes.extend(said(&name, &heard, self.path.parent()));
        Ok(())
    }
}

/// GDAL's warnings as notes, in its own words after ours.
fn said(name: &str, heard: &[String], folder: Option<&Path>) -> Vec<ImportNote> {
    heard
        .iter()
        .filter(|message| !is_handled(message))
        .map(|message| {
            let words = quoted(std::slice::from_ref(message), folder);
            ImportNote::warning(
                "reader-warning",
                text!(
                    "读取“{name}”时，格式库提示：{words}。请核对结果。"
                        | "While “{name}” was read, the format library said: {words}. Check the result."
                ),
            )
        })
        .collect()
}

/// Messages that a note of our own says better, or that concern nothing a reviewer uses.
fn is_handled(message: &str) -> bool {
    [
        // Encoding is examined before opening; cut values are counted there.
        "One or several characters couldn't be converted correctly",
        // A feature without geometry was asked for its type.
        "is NULL in 'OGR_G_",
        // Rings are built by our own rule.
        "organizePolygons",
        "cannot be translated to Simple Geometry",
        "Winding order",
        "ring closed",
        "Non closed ring detected",
        // The wrong data type of a column GDAL then reads as text anyway.
        "Integer overflow occurred when trying to set 32bit field",
    ]
    .iter()
    .any(|known| message.contains(known))
}

fn describe(dataset: &Dataset, states_crs: bool, format: FileFormat) -> Vec<SourceLayer> {
    dataset
        .layers()
        .enumerate()
        .map(|(index, layer)| {
            let fields = layer.defn().fields().map(|field| xml_text::own_name(field.name())).collect();
            let spatial =
                layer.defn().geom_fields().next().is_some() && layer.defn().geometry_type() != gdal_sys_none();
            SourceLayer {
                index,
                name: layer.name(),
                fields,
                spatial,
                hint: layer.spatial_ref().filter(|_| states_crs).and_then(|srs| hint(srs, format)),
                count: match format {
                    // Drawings and KML have no count of their own to compare with.
                    FileFormat::Dxf | FileFormat::Kml => None,
                    _ => layer.try_feature_count(),
                },
            }
        })
        .collect()
}

/// `wkbNone`: a table without geometry.
fn gdal_sys_none() -> gdal::vector::OGRwkbGeometryType::Type {
    gdal::vector::OGRwkbGeometryType::wkbNone
}

fn hint(mut found: SpatialRef, format: FileFormat) -> Option<CrsHint> {
    found.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let by = match format {
        FileFormat::Shapefile => text!(".prj 文件" | "the .prj file"),
        FileFormat::GeoJson => text!("GeoJSON 的 crs 成员" | "the GeoJSON crs member"),
        FileFormat::Kml => text!("KML 标准（WGS 84 经纬度）" | "the KML standard (WGS 84 degrees)"),
        FileFormat::Dxf => return None,
        _ => text!("图层的空间参考" | "the layer's spatial reference"),
    };
    srs::hint(&found, by)
}

/// A GeoPackage is opened without locks or journals of our own. One whose journal is not empty is
/// being edited: what was committed stands partly in the journal, so both are read from a copy.
fn prepare_geopackage(path: &Path, members: &[PathBuf]) -> Result<Opening, FormatError> {
    let mut opening = Opening::plain(path);
    opening.options = vec!["LIST_ALL_TABLES=NO".to_owned()];
    if members.len() < 2 {
        opening.options.push("IMMUTABLE=YES".to_owned());
        return Ok(opening);
    }
    let name = shown(path);
    let failed = |error: std::io::Error| {
        FormatError::new("copy-failed", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "“{name}”正在被其他程序编辑，复制时失败（{zh}）。请先在该程序中保存并关闭它。"
                    | "“{name}” is being edited by another program and could not be copied ({en}). Save and close it there first."
            )
        })
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    for member in members {
        std::fs::copy(member, folder.path().join(shown(member))).map_err(failed)?;
    }
    opening.path = folder.path().join(shown(path));
    opening.copy = Some(folder);
    opening.notes.push(ImportNote::warning(
        "file-being-edited",
        text!(
            "“{name}”正在被其他程序编辑；已按其最后一次保存的内容读取。"
                | "“{name}” is being edited by another program; it was read as last saved."
        ),
    ));
    Ok(opening)
}

fn refused(name: &str, format: FileFormat, heard: &[String], folder: Option<&Path>) -> FormatError {
    let what = match format {
        FileFormat::Shapefile => "Shapefile",
        FileFormat::GeoJson => "GeoJSON",
        FileFormat::GeoPackage => "GeoPackage",
        FileFormat::FileGeodatabase => "File Geodatabase",
        FileFormat::Kml => "KML/KMZ",
        FileFormat::Dxf => "DXF",
        _ => "?",
    };
    let words = quoted(heard, folder);
    FormatError::new(
        "file-broken",
        text!(
            "“{name}”无法按 {what} 打开：文件损坏、不完整或扩展名不符（格式库提示：{words}）。请重新导出，或核对扩展名后重试。"
                | "“{name}” cannot be opened as {what}: it is damaged, incomplete or has the wrong extension (the format library said: {words}). Export it again, or check its extension and retry."
        ),
    )
}
