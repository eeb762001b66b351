//! Why a workspace could not be used or changed: one sentence naming file, place and next step.

use redline_wording::{Text, text};
use rusqlite::ErrorCode;
use std::path::Path;

/// A workspace that could not be opened, read or changed. The text is a whole sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct WorkspaceError {
    /// Stable kebab-case code: `workspace-missing`, `workspace-locked`, `disk-full` …
    pub code: &'static str,
    /// The sentence: file, place, next step.
    pub text: Text,
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, WorkspaceError>;

impl WorkspaceError {
    /// An error from its code and sentence.
    pub fn new(code: &'static str, text: Text) -> WorkspaceError {
        WorkspaceError { code, text }
    }
}

/// The path as a sentence shows it.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What was being done when SQLite refused; decides between "cannot read" and "cannot write".
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    Reading,
    Writing,
}

/// Turns SQLite's refusal into a sentence about the file.
pub(crate) fn from_sqlite(path: &Path, doing: Doing, error: &rusqlite::Error) -> WorkspaceError {
    let file = shown(path);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => WorkspaceError::new(
            "disk-full",
            text!(
                "磁盘空间不足，工作空间“{file}”未作任何改动；请腾出空间后重试。"
                    | "The disk is full; the workspace “{file}” was left as it was. Free some space and try again."
            ),
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => locked(path),
        Some(ErrorCode::ReadOnly) => read_only(path),
        Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) if doing == Doing::Writing => WorkspaceError::new(
            "workspace-read-only",
            text!(
                "无法在工作空间“{file}”所在的文件夹中写入；请检查文件夹权限，或把工作空间复制到可写的位置。"
                    | "The folder of the workspace “{file}” cannot be written; check its permissions or copy the workspace to a place that can."
            ),
        ),
        Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => WorkspaceError::new(
            "workspace-unreadable",
            text!(
                "无法打开工作空间“{file}”；请检查文件是否存在以及读取权限。"
                    | "The workspace “{file}” cannot be opened; check that it exists and may be read."
            ),
        ),
        Some(ErrorCode::NotADatabase) => not_a_geopackage(path),
        Some(ErrorCode::DatabaseCorrupt) => damaged(path, &error.to_string()),
        Some(ErrorCode::SystemIoFailure) if doing == Doing::Writing => WorkspaceError::new(
            "workspace-io",
            text!(
                "写入工作空间“{file}”时磁盘出错（{error}），工作空间内容保持不变；请检查磁盘后重试。"
                    | "The disk failed while writing the workspace “{file}” ({error}); its content was left as it was. Check the disk and try again."
            ),
        ),
        Some(ErrorCode::SystemIoFailure) => WorkspaceError::new(
            "workspace-io",
            text!(
                "读取工作空间“{file}”时磁盘出错（{error}）；请检查磁盘或从备份恢复。"
                    | "The disk failed while reading the workspace “{file}” ({error}); check the disk or restore a backup."
            ),
        ),
        _ => WorkspaceError::new(
            "workspace-unusable",
            text!(
                "工作空间“{file}”的内容与预期不符（{error}）；请从备份恢复，或重新生成工作空间。"
                    | "The workspace “{file}” does not hold what was expected ({error}); restore a backup or make the workspace again."
            ),
        ),
    }
}

/// The file is locked by another program, named if the system tells.
pub(crate) fn locked(path: &Path) -> WorkspaceError {
    let file = shown(path);
    let text = match crate::lock::writer(path) {
        Some(who) => text!(
            "工作空间“{file}”正被“{}”（进程 {}）写入；请等它完成或关闭后重试。"
                | "The workspace “{file}” is being written by “{}” (process {}); wait until it is done or close it, then try again.",
            who.name,
            who.pid
        ),
        None => text!(
            "工作空间“{file}”正被其他程序占用；请等它完成或关闭后重试。"
                | "The workspace “{file}” is held by another program; wait until it is done or close it, then try again."
        ),
    };
    WorkspaceError::new("workspace-locked", text)
}

/// The file may not be written.
pub(crate) fn read_only(path: &Path) -> WorkspaceError {
    let file = shown(path);
    WorkspaceError::new(
        "workspace-read-only",
        text!(
            "工作空间“{file}”是只读的，不能写入；请更改权限，或复制到可写的位置后再操作。"
                | "The workspace “{file}” is read-only; change its permissions or work on a copy."
        ),
    )
}

/// The bytes are not a GeoPackage's.
pub(crate) fn not_a_geopackage(path: &Path) -> WorkspaceError {
    let file = shown(path);
    WorkspaceError::new(
        "not-a-geopackage",
        text!(
            "“{file}”不是 GeoPackage 文件；请指定由 redline 生成的工作空间（.gpkg）。"
                | "“{file}” is not a GeoPackage; name a workspace (.gpkg) that redline made."
        ),
    )
}

/// A GeoPackage, but of other making.
pub(crate) fn not_a_workspace(path: &Path) -> WorkspaceError {
    let file = shown(path);
    WorkspaceError::new(
        "not-a-workspace",
        text!(
            "“{file}”是 GeoPackage，但不是红线工作空间；请用 redline import 把其中的图层导入工作空间。"
                | "“{file}” is a GeoPackage but not a Redline workspace; import its layers into one with redline import."
        ),
    )
}

/// The file is cut short or its pages contradict each other.
pub(crate) fn damaged(path: &Path, what: &str) -> WorkspaceError {
    let file = shown(path);
    WorkspaceError::new(
        "workspace-damaged",
        text!(
            "工作空间“{file}”已损坏（{what}）；请从备份恢复。"
                | "The workspace “{file}” is damaged ({what}); restore a backup."
        ),
    )
}

/// The operating system refused a file operation.
pub(crate) fn from_io(path: &Path, doing: Doing, error: &std::io::Error) -> WorkspaceError {
    use std::io::ErrorKind;
    let file = shown(path);
    match (error.kind(), doing) {
        (ErrorKind::NotFound, Doing::Reading) => WorkspaceError::new(
            "workspace-missing",
            text!(
                "找不到工作空间“{file}”；请检查路径，或先用 redline sample 或 redline import 新建。"
                    | "There is no workspace “{file}”; check the path, or make one with redline sample or redline import."
            ),
        ),
        (ErrorKind::StorageFull, _) => WorkspaceError::new(
            "disk-full",
            text!(
                "磁盘空间不足，无法写入“{file}”；请腾出空间后重试。"
                    | "The disk is full, “{file}” cannot be written; free some space and try again."
            ),
        ),
        (_, Doing::Reading) => WorkspaceError::new("workspace-unreadable", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(error);
            text!(
                "无法读取工作空间“{file}”（{zh}）；请检查读取权限。"
                    | "The workspace “{file}” cannot be read ({en}); check its permissions."
            )
        }),
        (_, Doing::Writing) => WorkspaceError::new("workspace-not-written", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(error);
            text!(
                "无法写入“{file}”（{zh}）；请检查文件夹是否存在以及权限。"
                    | "“{file}” cannot be written ({en}); check that its folder exists and may be written."
            )
        }),
    }
}
