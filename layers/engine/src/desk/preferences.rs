//! What is remembered between sessions: preferences and the workspaces opened before, as JSON in
//! the person's configuration folder. A file that cannot be read is set aside, never written over.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::ground::file_name;
use crate::progress::Progress;
use redline_wording::{Text, io_reason, text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::PoisonError;

/// How many workspaces are remembered.
const RECENT: usize = 12;
const PREFERENCES_FILE: &str = "preferences.json";
const RECENT_FILE: &str = "recent.json";

/// The first question of a window.
pub(super) fn start(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Start, EngineError> {
    let mut notes = Vec::new();
    let recent: Vec<Recent> = read(&desk.folders.config, RECENT_FILE, &mut notes);
    let mut preferences: Preferences = read(&desk.folders.config, PREFERENCES_FILE, &mut notes);
    if let Some(lang) = desk.spoken.get() {
        preferences.lang = Some(lang.code().to_owned());
    }
    Ok(Start {
        version: env!("CARGO_PKG_VERSION").into(),
        recent: recent.into_iter().filter(|r| r.path.is_file()).collect(),
        preferences,
        opened_with: desk.opened_with.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        today: (desk.clock)().date().to_string(),
        notes,
    })
}

/// Remembers preferences.
pub(super) fn set(desk: &Desk, preferences: Preferences, _: &dyn Progress) -> Result<Nothing, EngineError> {
    write(&desk.folders.config, PREFERENCES_FILE, &preferences)?;
    Ok(Nothing {})
}

/// Puts a workspace at the head of those opened before. That it cannot be remembered must not keep
/// anyone from working with it.
pub(super) fn remember(desk: &Desk, path: &Path, city: &str) {
    let mut recent: Vec<Recent> = read(&desk.folders.config, RECENT_FILE, &mut Vec::new());
    recent.retain(|r| r.path != path);
    recent.insert(0, Recent { path: path.to_path_buf(), file: file_name(path), city: city.to_string() });
    recent.truncate(RECENT);
    let _ = write(&desk.folders.config, RECENT_FILE, &recent);
}

/// What stands in a file; its default where there is none or it is damaged, which is then set aside.
fn read<T: DeserializeOwned + Default>(folder: &Path, name: &str, notes: &mut Vec<Text>) -> T {
    let path = folder.join(name);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(e) => {
            if e.kind() != ErrorKind::NotFound {
                let (Text { zh, en }, shown) = (io_reason(&e), path.display());
                notes.push(text!(
                    "设置文件 {shown} 读不出来（{zh}），已改用默认设置。"
                        | "The settings file {shown} cannot be read ({en}); defaults are used."
                ));
            }
            return T::default();
        }
    };
    serde_json::from_slice(&bytes).unwrap_or_else(|e| {
        let aside = folder.join(format!("{name}.damaged"));
        let kept = std::fs::rename(&path, &aside).is_ok();
        let shown = if kept { aside } else { path };
        let shown = shown.display();
        notes.push(text!(
            "设置文件读不懂（{e}），已改用默认设置；原文件留在 {shown}。"
                | "The settings file cannot be read ({e}); defaults are used, the file is kept as {shown}."
        ));
        T::default()
    })
}

/// Writes a file whole or not at all.
fn write<T: Serialize>(folder: &Path, name: &str, value: &T) -> Result<(), EngineError> {
    let failed = |e: std::io::Error| {
        let Text { zh, en } = io_reason(&e);
        let shown = folder.join(name).display().to_string();
        EngineError::new(
            "preferences-not-written",
            text!(
                "设置没有保存：{shown} 写不进去（{zh}）。"
                    | "The settings were not saved: {shown} cannot be written ({en})."
            ),
        )
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let json = serde_json::to_vec_pretty(value).map_err(|e| failed(std::io::Error::other(e)))?;
    // under a name of its own: two windows may write at the same time
    let mut part = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    part.write_all(&json).map_err(failed)?;
    part.persist(folder.join(name)).map(drop).map_err(|e| failed(e.error))
}
