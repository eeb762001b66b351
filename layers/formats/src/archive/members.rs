//! Which files on disk belong together, and their common hash.

use crate::raw::FileFormat;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Extensions that make up a shapefile, lower case.
pub(crate) const SHAPEFILE_PARTS: [&str; 17] = [
    "shp", "shx", "dbf", "prj", "cpg", "cst", "sbn", "sbx", "qix", "qpj", "fbn", "fbx", "ain", "aih", "atx", "ixs",
    "mxs",
];

/// A path's extension in lower case; empty where it has none.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// The file beside `path` with the same stem and the extension `wanted`, whatever its case.
pub(crate) fn companion(path: &Path, wanted: &str) -> Option<PathBuf> {
    companions(path).into_iter().find(|found| extension(found) == wanted)
}

/// Every part of the shapefile that `path` is a part of, sorted.
fn companions(path: &Path) -> Vec<PathBuf> {
    let (Some(stem), Some(folder)) = (path.file_stem(), path.parent()) else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| Path::new(name).file_stem() == Some(stem))
        .map(|name| path.with_file_name(name))
        .filter(|path| SHAPEFILE_PARTS.contains(&extension(path).as_str()) && path.is_file())
        .collect();
    // `a.shp.xml` is metadata of the same set.
    let xml = path.with_file_name(format!("{}.shp.xml", stem.to_string_lossy()));
    if xml.is_file() {
        found.push(xml);
    }
    found.sort();
    found
}

/// Every path on disk that belongs to the file at `path`, sorted: the parts of a shapefile, the
/// tables of a geodatabase (without its lock files), a GeoPackage with the journal of an unfinished
/// edit, otherwise the file alone.
///
/// # Errors
/// When a folder cannot be listed.
pub fn members(path: &Path, format: FileFormat) -> io::Result<Vec<PathBuf>> {
    let mut found = match format {
        FileFormat::Shapefile => {
            let found = companions(path);
            if found.is_empty() { vec![path.to_owned()] } else { found }
        }
        FileFormat::FileGeodatabase => {
            let mut found = Vec::new();
            for entry in fs::read_dir(path)? {
                let file = entry?.path();
                if file.is_file() && extension(&file) != "lock" {
                    found.push(file);
                }
            }
            found
        }
        FileFormat::GeoPackage => {
            let mut journal = path.as_os_str().to_owned();
            journal.push("-wal");
            let journal = PathBuf::from(journal);
            let mut found = vec![path.to_owned()];
            if fs::metadata(&journal).is_ok_and(|meta| meta.len() > 0) {
                found.push(journal);
            }
            found
        }
        _ => vec![path.to_owned()],
    };
    found.sort();
    Ok(found)
}

/// Hex SHA-256 of a file's bytes; of several files, in the order of their names, each file's name
/// and length before its bytes, so that no renaming or shifting of bytes between members goes
/// unseen.
///
/// # Errors
/// When a file cannot be read.
pub fn sha256(members: &[PathBuf]) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut sorted: Vec<&PathBuf> = members.iter().collect();
    sorted.sort_by_key(|path| path.file_name().map(|name| name.to_owned()));
    for path in &sorted {
        let mut file = File::open(path)?;
        if sorted.len() > 1 {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
            hash.update(file.metadata()?.len().to_le_bytes());
        }
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_parts_of_a_shapefile_are_found_whatever_their_case_and_no_neighbours_with_them() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["地块.SHP", "地块.shx", "地块.DBF", "地块.shp.xml", "地块2.shp", "地块.docx"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let found = members(&folder.path().join("地块.SHP"), FileFormat::Shapefile).unwrap();
        let names: Vec<_> = found.iter().map(|p| p.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["地块.DBF", "地块.SHP", "地块.shp.xml", "地块.shx"]);
    }

    #[test]
    fn the_hash_of_a_single_file_is_the_one_every_other_tool_gives() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "abc").unwrap();
        assert_eq!(sha256(&[file]).unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn moving_bytes_from_one_member_to_the_next_changes_the_hash() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.shp", "a.dbf"].map(|name| folder.path().join(name));
        fs::write(&a, "12").unwrap();
        fs::write(&b, "3").unwrap();
        let before = sha256(&[a.clone(), b.clone()]).unwrap();
        assert_eq!(before, sha256(&[b.clone(), a.clone()]).unwrap());
        fs::write(&a, "1").unwrap();
        fs::write(&b, "23").unwrap();
        assert_ne!(before, sha256(&[a, b]).unwrap());
    }
}
