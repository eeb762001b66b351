//! Files given to the program: as arguments, by a double click, by a second start while it runs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Emitter};

/// The files among `arguments`, relative names within `folder`. Options are no files.
pub(crate) fn files(arguments: impl IntoIterator<Item = OsString>, folder: PathBuf) -> Vec<PathBuf> {
    let options = |word: &OsString| word.to_string_lossy().starts_with('-');
    arguments
        .into_iter()
        .filter(|word| !word.is_empty() && !options(word))
        .map(|word| absolute(word, &folder))
        .collect()
}

fn absolute(word: OsString, folder: &Path) -> PathBuf {
    // a desktop that knows no plain files gives addresses
    let address = word.to_str().filter(|w| w.starts_with("file://")).and_then(|w| tauri::Url::parse(w).ok());
    match address.and_then(|address| address.to_file_path().ok()) {
        Some(path) => path,
        None => folder.join(word),
    }
}

/// A second start: its files go to the window that is open.
pub(crate) fn given_later(app: &AppHandle, words: Vec<String>, folder: String) {
    crate::show(app);
    let files = files(words.into_iter().skip(1).map(OsString::from), PathBuf::from(folder));
    if !files.is_empty() {
        // fails only where the page is gone, and then there is nobody to give them to
        let _ = app.emit("opened-files", files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_from_where_the_person_stood_and_options_are_no_files() {
        let given = ["--flag", "city.gpkg", "/data/地块.txt", "file:///data/a%20b.zip", ""].map(OsString::from);
        let found = files(given, PathBuf::from("/home/reviewer"));
        assert_eq!(found, ["/home/reviewer/city.gpkg", "/data/地块.txt", "/data/a b.zip"].map(PathBuf::from));
    }
}
