//! The folders of this machine: where preferences, caches and documents are, and a scratch folder
//! that is gone when the program ends. `REDLINE_CONFIG_DIR` and `REDLINE_CACHE_DIR` go first.

use redline_engine::{EngineError, Folders};
use redline_wording::{Text, io_reason, text};
use std::ffi::OsString;
use std::path::PathBuf;
use tempfile::TempDir;

/// The folders of one running program; its scratch folder goes with it.
#[derive(Debug)]
pub struct Places {
    /// For the desk.
    pub folders: Folders,
    _scratch: TempDir,
}

/// Finds the folders and makes a scratch folder only this user can read.
///
/// # Errors
/// When no temporary folder can be made.
pub fn places() -> Result<Places, EngineError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("redline-");
    #[cfg(unix)]
    {
        // project files are uploaded there: nobody else on the machine reads them
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    let scratch = builder.tempdir().map_err(|e| {
        let Text { zh, en } = io_reason(&e);
        let shown = std::env::temp_dir().display().to_string();
        EngineError::new(
            "no-scratch-folder",
            text!(
                "临时文件夹建不起来（{shown}：{zh}）。请腾出空间，或用环境变量 TMPDIR 指定另一个位置。"
                    | "No temporary folder can be made ({shown}: {en}). Free some space, or name another place by the environment variable TMPDIR."
            ),
        )
    })?;
    let folders = choose(|name| std::env::var_os(name), scratch.path().to_path_buf());
    Ok(Places { folders, _scratch: scratch })
}

fn choose(variable: impl Fn(&str) -> Option<OsString>, scratch: PathBuf) -> Folders {
    let named = |name: &str| variable(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    // a user without a home (a service account) keeps nothing between sessions
    let ours = |folder: Option<PathBuf>, without: &str| match folder {
        Some(folder) => folder.join("redline"),
        None => scratch.join(without),
    };
    Folders {
        config: named("REDLINE_CONFIG_DIR").unwrap_or_else(|| ours(dirs::config_dir(), "config")),
        cache: named("REDLINE_CACHE_DIR").unwrap_or_else(|| ours(dirs::cache_dir(), "cache")),
        documents: dirs::document_dir().or_else(dirs::home_dir).unwrap_or_else(|| scratch.join("documents")),
        scratch,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::Path;

    #[test]
    fn folders_named_by_the_environment_go_first() {
        let folders = choose(|name| Some(format!("/named/{name}").into()), PathBuf::from("/s"));
        assert_eq!(folders.config, Path::new("/named/REDLINE_CONFIG_DIR"));
        assert_eq!(folders.cache, Path::new("/named/REDLINE_CACHE_DIR"));
        let folders = choose(|_| Some(OsString::new()), PathBuf::from("/s"));
        assert!(folders.config.is_absolute(), "an empty variable names nothing: {folders:?}");
    }

    #[test]
    fn the_scratch_folder_is_gone_with_the_program() {
        let places = places().unwrap();
        let scratch = places.folders.scratch.clone();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(scratch.metadata().unwrap().permissions().mode() & 0o777, 0o700, "only this user reads it");
        }
        std::fs::write(scratch.join("upload.txt"), "x").unwrap();
        drop(places);
        assert!(!scratch.exists());
    }
}
