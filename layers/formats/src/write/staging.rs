//! Complete files only: written beside their place, then moved there.

use super::failed;
use crate::FormatError;
use std::fs;
use std::path::{Path, PathBuf};

/// Lets `write` make the file (or files, or folder) in a temporary folder on the same disk, under
/// the file's own name, and moves everything into place when it succeeded. What stood there before
/// is replaced only then.
pub(super) fn write(path: &Path, write: impl FnOnce(&Path) -> Result<(), FormatError>) -> Result<(), FormatError> {
    let name = path.file_name().ok_or_else(|| failed(path, &"?"))?;
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let staging = tempfile::tempdir_in(&parent).map_err(|e| failed(path, &e))?;
    write(&staging.path().join(name))?;
    let mut made: Vec<_> = fs::read_dir(staging.path())
        .and_then(|entries| entries.collect::<Result<Vec<_>, _>>())
        .map_err(|e| failed(path, &e))?;
    made.sort_by_key(fs::DirEntry::file_name);
    for entry in made {
        let target = parent.join(entry.file_name());
        // Only a folder of our own kind is replaced: a geodatabase.
        if target.is_dir() && target.extension().is_some_and(|e| e == "gdb") {
            fs::remove_dir_all(&target).map_err(|e| failed(path, &e))?;
        }
        fs::rename(entry.path(), &target).map_err(|e| failed(path, &e))?;
    }
    Ok(())
}

/// The same for a file whose bytes are at hand.
pub(super) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), FormatError> {
    write(path, |staged| fs::write(staged, bytes).map_err(|e| failed(path, &e)))
}
