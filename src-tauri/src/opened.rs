//! Files given to the program: as arguments, by a double click, by a second start while it runs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, WindowEvent};

/// Files given while the page is not there yet: they wait until it asks `start`.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    /// The page has asked `start`, and listens from then on.
    asked: bool,
    files: Vec<PathBuf>,
}

impl Waiting {
    /// Keeps `files` for a page that has not asked yet; gives them back where it has.
    fn hold(&self, files: Vec<PathBuf>) -> Option<Vec<PathBuf>> {
        let mut held = self.held();
        if held.asked {
            return Some(files);
        }
        held.files.extend(files);
        None
    }

    /// The files that waited, for the answer to `start`; whatever is given from now on goes to the page
    /// at once.
    pub(crate) fn take(&self) -> Vec<PathBuf> {
        let mut held = self.held();
        held.asked = true;
        std::mem::take(&mut held.files)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // a list of names is whole whatever happened to the one who wrote it
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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
    if let Some(files) = app.state::<Waiting>().hold(files).filter(|files| !files.is_empty()) {
        // fails only where the page is gone, and then there is nobody to give them to
        let _ = app.emit("opened-files", files);
    }
}

/// A drop on the window: the page hears of it itself, once it is there.
pub(crate) fn dropped(app: &AppHandle, event: &WindowEvent) {
    if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
        // given back: the page listens, and has it already
        drop(app.state::<Waiting>().hold(paths.clone()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn files_are_found_from_where_the_person_stood_and_options_are_no_files() {
        let given = ["--flag", "city.gpkg", "/data/地块.txt", "file:///data/a%20b.zip", ""].map(OsString::from);
        let found = files(given, PathBuf::from("/home/reviewer"));
        assert_eq!(found, ["/home/reviewer/city.gpkg", "/data/地块.txt", "/data/a b.zip"].map(PathBuf::from));
    }

    #[test]
    fn files_given_before_the_page_asks_come_with_its_start_and_later_ones_go_to_it_at_once() {
        let waiting = Waiting::default();
        assert_eq!(waiting.hold(vec!["/b.txt".into()]), None);
        assert_eq!(waiting.hold(vec!["/c.zip".into()]), None);
        assert_eq!(waiting.take(), ["/b.txt", "/c.zip"].map(PathBuf::from));
        assert_eq!(waiting.hold(vec!["/d.txt".into()]), Some(vec!["/d.txt".into()]));
        assert!(waiting.take().is_empty(), "nothing is given twice");
    }
}
