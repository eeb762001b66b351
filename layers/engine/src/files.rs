//! Files written: whole or not at all, by names that any system takes.

use crate::EngineError;
use redline_wording::{Text, io_reason, text};
use std::io::Write;
use std::path::Path;

/// What a file name can hold of `words`.
pub(crate) fn allowed(words: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c);
    words.chars().filter(allowed).take(60).collect()
}

/// Writes beside the place, then renames: a failure leaves what was there.
///
/// # Errors
/// `export-unwritable` names the place.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), EngineError> {
    // a workspace is somebody's city: no paper replaces it
    if crate::is_workspace(path) {
        let shown = path.display().to_string();
        return Err(EngineError::new(
            "export-over-workspace",
            text!(
                "{shown} 是工作空间，不会覆盖它；请换一个文件名。"
                    | "{shown} is a workspace and is not overwritten; choose another name."
            ),
        ));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut part = as_any_new_file(tempfile::Builder::new().prefix(".redline-").suffix(".part"))
        .tempfile_in(folder)
        .map_err(|e| unwritable(path, &e))?;
    part.write_all(bytes).map_err(|e| unwritable(path, &e))?;
    if let Ok(there) = std::fs::metadata(path) {
        // who could read what is replaced can read what replaces it, and nobody else
        std::fs::set_permissions(part.path(), there.permissions()).map_err(|e| unwritable(path, &e))?;
    }
    part.persist(path).map_err(|e| unwritable(path, &e.error))?;
    Ok(())
}

/// A temporary file is private; a paper is as any other new file, as the person's umask has it.
fn as_any_new_file<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    builder
}

/// Why a file could not be written.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> EngineError {
    let Text { zh, en } = io_reason(error);
    let shown = path.display().to_string();
    EngineError::new(
        "export-unwritable",
        text!(
            "{shown} 写不进去（{zh}）；没有留下半个文件，请换一个位置。"
                | "{shown} cannot be written ({en}); no half file was left, choose another place."
        ),
    )
}
