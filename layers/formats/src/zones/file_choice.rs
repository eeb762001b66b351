//! Which file and which layer of it are meant.

use crate::archive::{self, members::extension};
use crate::raw::FileFormat;
use crate::vector::source::{Source, SourceLayer, shown};
use crate::{Expanded, FormatError, ImportNote};
use redline_wording::text;
use std::path::{Path, PathBuf};

/// The file to read.
pub(super) struct Choice {
    pub path: PathBuf,
    pub format: FileFormat,
    /// Name to show.
    pub name: String,
    /// What was left out beside it.
    pub notes: Vec<ImportNote>,
    /// Keeps an unpacked archive alive.
    _expanded: Expanded,
}

fn format(path: &Path) -> Option<FileFormat> {
    Some(match extension(path).as_str() {
        "shp" | "dbf" | "shx" => FileFormat::Shapefile,
        "gdb" => FileFormat::FileGeodatabase,
        "gpkg" => FileFormat::GeoPackage,
        "json" | "geojson" => FileFormat::GeoJson,
        "kml" | "kmz" => FileFormat::Kml,
        _ => return None,
    })
}

/// Finds the one layer file at a path.
///
/// # Errors
/// `format-unsupported`, `several-files`, and those of [`archive::expand`].
pub(super) fn choose(path: &Path) -> Result<Choice, FormatError> {
    let asked = shown(path);
    let mut expanded = archive::expand(path)?;
    let usable: Vec<_> = expanded.found.iter().filter_map(|file| Some((file.clone(), format(&file.path)?))).collect();
    match &usable[..] {
        [(file, format)] => {
            let (path, name, format) = (file.path.clone(), file.name.clone(), *format);
            let mut notes = expanded.skipped.clone();
            let refused = expanded.refused.iter().map(|one| &one.error);
            notes.extend(refused.map(|error| ImportNote::error(error.code, error.text.clone())));
            for other in expanded.found.iter().filter(|other| other.name != name) {
                let other = &other.name;
                notes.push(ImportNote::info(
                    "member-skipped",
                    text!("“{other}”不是图层文件，未读取。" | "“{other}” is no layer file and was not read."),
                ));
            }
            Ok(Choice { path, format, name, notes, _expanded: expanded })
        }
        [] if !expanded.refused.is_empty() => Err(expanded.refused.swap_remove(0).error),
        [] => Err(FormatError::new(
            "format-unsupported",
            text!(
                "“{asked}”不是可导入的图层。支持 Shapefile、File Geodatabase、GeoPackage、GeoJSON、KML，以及含有其中之一的文件夹或 ZIP。"
                    | "“{asked}” is no layer that can be imported. Shapefile, File Geodatabase, GeoPackage, GeoJSON and KML can be, and a folder or ZIP that holds one of them."
            ),
        )),
        several => {
            let names = several.iter().map(|(file, _)| file.name.as_str()).collect::<Vec<_>>().join("、");
            Err(FormatError::new(
                "several-files",
                text!(
                    "“{asked}”中有多个图层文件：{names}。请解压后只导入其中一个。"
                        | "“{asked}” holds several layer files: {names}. Unpack it and import one of them."
                ),
            ))
        }
    }
}

/// The layer to read: the one named, else the only one with geometry.
///
/// # Errors
/// `layer-unsure`, `layer-missing`, `no-zones`.
pub(super) fn layer(name: &str, source: &Source, asked: Option<&str>) -> Result<SourceLayer, FormatError> {
    let spatial: Vec<&SourceLayer> = source.layers.iter().filter(|layer| layer.spatial).collect();
    let names = spatial.iter().map(|layer| layer.name.as_str()).collect::<Vec<_>>().join("、");
    if let Some(asked) = asked {
        return match spatial.iter().find(|layer| layer.name == asked) {
            Some(layer) => Ok((*layer).clone()),
            None => Err(FormatError::new(
                "layer-missing",
                text!(
                    "“{name}”中没有图层“{asked}”。现有图层：{names}。"
                        | "“{name}” has no layer “{asked}”. Its layers: {names}."
                ),
            )),
        };
    }
    match &spatial[..] {
        [only] => Ok((*only).clone()),
        [] => Err(FormatError::new(
            "no-zones",
            text!(
                "“{name}”中没有图形图层。请确认导出时选对了图层。"
                    | "“{name}” holds no layer with shapes. Make sure that the right layer was exported."
            ),
        )),
        [first, ..] => {
            let first = &first.name;
            Err(FormatError::new(
                "layer-unsure",
                text!(
                    "“{name}”有多个图层：{names}。请用 --layer {first} 这样的写法指定一个。"
                        | "“{name}” has several layers: {names}. Name one, for example with --layer {first}."
                ),
            ))
        }
    }
}
