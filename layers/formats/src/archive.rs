//! Folders and ZIPs as the list of project files in them.
//!
//! Applicants hand in a folder or an archive: shapefiles of four to eight parts, a geodatabase
//! folder, a table, a PDF. Each project file is found, the parts of one are kept together, and
//! whatever is not read is listed with the reason.

pub(crate) mod members;
pub(crate) mod zip_members;

use crate::vector::source::shown;
use crate::{FormatError, ImportNote};
use members::{SHAPEFILE_PARTS, companion, extension};
use redline_wording::{Text, text};
use std::path::{Path, PathBuf};

/// Bytes one call may unpack: 4 GiB.
pub(crate) const LARGEST_UNPACKED: u64 = 4 << 30;

/// Archives inside archives that are opened.
const DEEPEST_ARCHIVE: usize = 3;

/// Folders inside folders that are looked into.
const DEEPEST_FOLDER: usize = 16;

/// Extensions of project files; those that are only answered with what to do (DWG, MapGIS, MapInfo)
/// are among them, so that they are answered and not passed over.
const PROJECT_FILES: [&str; 32] = [
    "txt", "shp", "json", "geojson", "gpkg", "kml", "kmz", "dxf", "csv", "tsv", "xlsx", "xls", "xlsm", "xlsb", "ods",
    "dwg", "dgn", "wp", "wl", "wt", "mpj", "wat", "mdb", "accdb", "tab", "mif", "gml", "e00", "gpx", "dwf", "fgb",
    "sqlite",
];

/// Archives that cannot be opened here.
const OTHER_ARCHIVES: [&str; 8] = ["rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zipx"];

/// A project file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it lies (in a temporary folder, if it came out of an archive).
    pub path: PathBuf,
    /// Name to show: without the folders above what was asked for; `资料.zip/地块.shp` for a member.
    pub name: String,
}

/// Something that was handed in and cannot be opened: it may hold plots, so nothing is clear without it.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Name to show, as in [`Found::name`].
    pub name: String,
    /// Why, and what to do.
    pub error: FormatError,
}

/// What a path holds.
#[derive(Debug)]
pub struct Expanded {
    /// Project files, in the order of their names.
    pub found: Vec<Found>,
    /// What cannot be opened although it may hold plots, in the order of names.
    pub refused: Vec<Refused>,
    /// What was not read because it is no project file, in the order of names.
    pub skipped: Vec<ImportNote>,
    /// Unpacked archives; they are removed when this value is dropped, so keep it while reading.
    folders: Vec<tempfile::TempDir>,
}

/// Expands a path: a file stands for itself, a folder or ZIP for the project files in it.
///
/// # Errors
/// `file-missing`, `file-unreadable`; for an archive `file-broken`, `zip-encrypted`,
/// `zip-too-large`; `nothing-to-read` where a folder or archive holds no project file. What cannot be
/// opened inside a folder or archive is no error here but stands in [`Expanded::refused`].
///
/// ```no_run
/// let expanded = redline_formats::expand("申报资料.zip".as_ref())?;
/// for file in &expanded.found {
///     println!("{}", file.name); // 申报资料.zip/地块.shp
/// }
/// # Ok::<(), redline_formats::FormatError>(())
/// ```
pub fn expand(path: &Path) -> Result<Expanded, FormatError> {
    let name = shown(path);
    let meta = std::fs::metadata(path).map_err(|error| crate::source::io_sentence(&error, &name))?;
    let mut expanded = Expanded { found: Vec::new(), refused: Vec::new(), skipped: Vec::new(), folders: Vec::new() };
    if meta.is_dir() && !is_geodatabase(path) {
        walk(path, &name, 0, 0, &mut expanded)?;
    } else if meta.is_file() && is_zip(path) {
        unpack(path, &name, 1, &mut expanded)?;
    } else {
        expanded.found.push(Found { path: path.to_owned(), name });
        return Ok(expanded);
    }
    if expanded.found.is_empty() && expanded.refused.is_empty() {
        let others = expanded.skipped.len();
        return Err(FormatError::new(
            "nothing-to-read",
            text!(
                "“{name}”中没有可读取的项目文件（另有 {others} 项不是项目文件）。支持 TXT、Shapefile、GeoJSON、GeoPackage、File Geodatabase、KML/KMZ、DXF、CSV、XLSX。"
                    | "“{name}” holds no project file that can be read ({others} other items). TXT, Shapefile, GeoJSON, GeoPackage, File Geodatabase, KML/KMZ, DXF, CSV and XLSX can."
            ),
        ));
    }
    Ok(expanded)
}

fn is_geodatabase(path: &Path) -> bool {
    extension(path) == "gdb" && path.is_dir()
}

fn is_zip(path: &Path) -> bool {
    extension(path) == "zip"
}

fn unpack(path: &Path, name: &str, archives: usize, expanded: &mut Expanded) -> Result<(), FormatError> {
    let unpacked = zip_members::unpack(path)?;
    for (member, why) in &unpacked.skipped {
        let shown = format!("{name}/{member}");
        if may_hold_plots(Path::new(member)) {
            expanded.refused.push(refused(&shown, why));
        } else {
            expanded.skipped.push(skipped(&shown, why));
        }
    }
    walk(unpacked.folder.path(), name, 0, archives, expanded)?;
    expanded.folders.push(unpacked.folder);
    Ok(())
}

fn walk(folder: &Path, name: &str, depth: usize, archives: usize, expanded: &mut Expanded) -> Result<(), FormatError> {
    let unreadable = |error: std::io::Error| crate::source::io_sentence(&error, name);
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    for path in entries {
        let member = format!("{name}/{}", shown(&path));
        if is_litter(&path) {
            continue;
        }
        if path.is_dir() {
            if is_geodatabase(&path) {
                expanded.found.push(Found { path, name: member });
            } else if path.is_symlink() || depth >= DEEPEST_FOLDER {
                expanded.refused.push(refused(
                    &member,
                    &text!("文件夹链接或嵌套过深，未进入" | "a link to a folder, or nested too deeply; not entered"),
                ));
            } else {
                walk(&path, &member, depth + 1, archives, expanded)?;
            }
        } else if is_zip(&path) {
            if archives >= DEEPEST_ARCHIVE {
                expanded.refused.push(refused(
                    &member,
                    &text!("压缩包嵌套过深，未解压" | "archives nested too deeply; not unpacked"),
                ));
            } else if let Err(error) = unpack(&path, &member, archives + 1, expanded) {
                // One bad archive among good files must not hide them.
                expanded.refused.push(Refused { name: member, error });
            }
        } else if PROJECT_FILES.contains(&extension(&path).as_str()) {
            expanded.found.push(Found { path, name: member });
        } else if let Some(why) = left_out(&path) {
            if may_hold_plots(&path) {
                expanded.refused.push(refused(&member, &why));
            } else {
                expanded.skipped.push(skipped(&member, &why));
            }
        }
    }
    Ok(())
}

/// Whether plots may be lost with a file that is not read: a project file, an archive, or the table
/// and index of a shapefile whose shapes are missing.
fn may_hold_plots(path: &Path) -> bool {
    let extension = extension(path);
    let extension = extension.as_str();
    PROJECT_FILES.contains(&extension)
        || OTHER_ARCHIVES.contains(&extension)
        || ["zip", "dbf", "shx"].contains(&extension)
}

/// Files that systems leave behind, which nobody handed in.
fn is_litter(path: &Path) -> bool {
    let name = shown(path);
    name.starts_with('.') || name.starts_with("~$") || ["__MACOSX", "Thumbs.db", "desktop.ini"].contains(&name.as_str())
}

/// Why a file is not read; `None` for a part of a set that is.
fn left_out(path: &Path) -> Option<Text> {
    let extension = extension(path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if SHAPEFILE_PARTS.contains(&extension.as_str()) {
        if companion(path, "shp").is_some() {
            return None;
        }
        return Some(text!(
            "缺少 {stem}.shp，Shapefile 不完整" | "{stem}.shp is missing: the shapefile is not complete"
        ));
    }
    // `a.shp.xml` is metadata of a shapefile; SQLite's journals belong to their database.
    let of_set = shown(path).to_ascii_lowercase();
    if of_set.ends_with(".shp.xml") || of_set.ends_with(".gpkg-wal") || of_set.ends_with(".gpkg-shm") {
        return None;
    }
    Some(match extension.as_str() {
        other if OTHER_ARCHIVES.contains(&other) => {
            text!(
                "只支持 ZIP 压缩包；请解压后提供文件夹"
                    | "only ZIP archives can be opened; unpack it and give the folder"
            )
        }
        _ => text!("不是项目文件" | "not a project file"),
    })
}

fn skipped(name: &str, why: &Text) -> ImportNote {
    ImportNote::info(
        "member-skipped",
        Text {
            zh: format!("“{name}”未读取：{}。", why.zh), en: format!("“{name}” was not read: {}.", why.en)
        },
    )
}

fn refused(name: &str, why: &Text) -> Refused {
    let text = Text {
        zh: format!("“{name}”未能读取：{}。请修正后重新提交。", why.zh),
        en: format!("“{name}” could not be read: {}. Correct it and submit it again.", why.en),
    };
    Refused { name: name.to_owned(), error: FormatError::new("member-refused", text) }
}

#[cfg(test)]
mod tests;
