//! A path as project files: folders and ZIPs opened, each file read by what it is.
//!
//! The extension says what a file claims to be and its first bytes what it is. Where the two differ
//! the file is refused by name: reading it as either would be a guess.

mod sniff;

use crate::raw::RawFile;
use crate::{FormatError, ImportNote, ProjectFile, ReadOptions};
use crate::{archive, boundary_txt, encoding, plots, points, source, vector};
use redline_wording::text;
use sniff::Kind;
use std::path::{Path, PathBuf};

/// One file of a path, read or refused.
#[derive(Clone, Debug)]
pub struct FileRead {
    /// Name to show, as in [`ProjectFile::name`].
    pub name: String,
    /// The file, or the sentence why it cannot be used.
    pub result: Result<ProjectFile, FormatError>,
}

/// Everything a path held.
#[derive(Clone, Debug)]
pub struct PathRead {
    /// Project files in the order of their names; a geodatabase whose layers differ in CRS gives
    /// several of one name.
    pub files: Vec<FileRead>,
    /// What a folder or archive held besides: not read, with the reason.
    pub skipped: Vec<ImportNote>,
}

/// Reads every project file at a path. A bad file among good ones, or a member of an archive that
/// cannot be opened, is one refusal among results.
///
/// # Errors
/// Only where the path itself cannot be opened: `file-missing`, `file-unreadable`, `nothing-to-read`,
/// a broken or encrypted archive.
pub fn read_path(path: &Path, options: &ReadOptions) -> Result<PathRead, FormatError> {
    let expanded = archive::expand(path)?;
    let mut files = Vec::new();
    let mut skipped = expanded.skipped.clone();
    for found in &expanded.found {
        let inside = found.path != path;
        match raw_files(&found.path, &found.name) {
            Err(_) if inside && sniff::is_read_me(&found.path) => skipped.push(ImportNote::info(
                "member-skipped",
                text!(
                    "“{}”未读取：是说明文字，其中没有坐标。"
                        | "“{}” was not read: it is an explanation without coordinates.",
                    found.name
                ),
            )),
            Err(error) => files.push(FileRead { name: found.name.clone(), result: Err(error) }),
            Ok(raws) => {
                for mut raw in raws {
                    let own = raw.name.clone();
                    raw.members = kept_members(path, found, raw.members);
                    files.push(FileRead { name: own, result: plots::assemble(raw, options) });
                }
            }
        }
    }
    files.extend(expanded.refused.into_iter().map(|one| FileRead { name: one.name, result: Err(one.error) }));
    Ok(PathRead { files, skipped })
}

/// Reads every project file at a path, all or nothing: see [`read_path`] where a bad file must not
/// hide the good ones. What a folder or archive held besides is noted on its first file.
///
/// # Errors
/// That of [`read_path`], or the first file's that cannot be used: `wrong-extension`,
/// `format-unsupported`, `file-empty`, `file-binary`, `crs-undecided` and those of the readers.
///
/// ```no_run
/// use redline_formats::{Crs, ReadOptions, read_project};
/// use redline_geometry::Grid;
/// let options = ReadOptions {
///     axes: None,
///     keep_drawn: false,
///     crs: None,
///     target: Crs::from_epsg(4526)?,
///     extent: None,
///     width_m: None,
///     grid: Grid::around(38_400_000.0, 2_500_000.0),
/// };
/// for file in read_project("地块.txt".as_ref(), &options)? {
///     println!("{}: {} plots, {} notes", file.name, file.plots.len(), file.notes.len());
/// }
/// # Ok::<(), redline_formats::FormatError>(())
/// ```
pub fn read_project(path: &Path, options: &ReadOptions) -> Result<Vec<ProjectFile>, FormatError> {
    let PathRead { files, skipped } = read_path(path, options)?;
    let mut projects = files.into_iter().map(|f| f.result).collect::<Result<Vec<_>, _>>()?;
    if let Some(first) = projects.first_mut() {
        first.notes.splice(0..0, skipped);
    }
    Ok(projects)
}

/// Reads one file into its raw form, by its kind.
pub(crate) fn raw_files(path: &Path, name: &str) -> Result<Vec<RawFile>, FormatError> {
    let kind = sniff::kind(path, name)?;
    let mut raws = match kind {
        Kind::Text => vec![text_file(path, name)?],
        Kind::Sheet => {
            let bytes = source::bytes_of(path, name)?;
            vec![one_member(points::parse_spreadsheet(&bytes, name)?, path)]
        }
        Kind::Vector(format) => {
            let own = vector::source::shown(path);
            let mut raws = vector::read_vector(path, format)?;
            for raw in &mut raws {
                // a member is shown by its place in the archive
                if let Some(rest) = raw.name.strip_prefix(&own) {
                    raw.name = format!("{name}{rest}");
                }
            }
            raws
        }
    };
    // a layer that gave only notes says them on its neighbour
    let (empty, mut full): (Vec<RawFile>, Vec<RawFile>) = raws.drain(..).partition(|r| r.features.is_empty());
    match full.first_mut() {
        Some(first) => first.notes.extend(empty.into_iter().flat_map(|r| r.notes)),
        None => full = empty,
    }
    Ok(full)
}

fn text_file(path: &Path, name: &str) -> Result<RawFile, FormatError> {
    let bytes = source::bytes_of(path, name)?;
    let decoded = encoding::decode(&bytes, name)?;
    let raw = if boundary_txt::is_boundary_text(&decoded.text) {
        boundary_txt::parse(&bytes, name)?
    } else {
        points::parse_csv(&bytes, name)?
    };
    Ok(one_member(raw, path))
}

fn one_member(mut raw: RawFile, path: &Path) -> RawFile {
    raw.members = vec![path.to_owned()];
    raw
}

/// The paths to keep: those of a member of an archive vanish, so it is the archive that is kept.
fn kept_members(asked: &Path, found: &archive::Found, members: Vec<PathBuf>) -> Vec<PathBuf> {
    if found.path.starts_with(asked) {
        return members;
    }
    let above = asked.parent().unwrap_or(Path::new(""));
    let mut place = above.to_path_buf();
    for part in found.name.split('/') {
        place.push(part);
        if place.is_file() {
            return vec![place];
        }
    }
    vec![asked.to_owned()]
}

/// A sentence for a file whose content is not what its name says.
fn wrong_extension(name: &str, content: &str) -> FormatError {
    FormatError::new(
        "wrong-extension",
        text!(
            "“{name}”的内容是 {content}，与扩展名不符。请改正扩展名后重试。"
                | "The content of \"{name}\" is {content}, which its extension contradicts. Correct the extension and try again."
        ),
    )
}

#[cfg(test)]
mod tests;
