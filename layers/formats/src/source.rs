//! A file's bytes, or the one sentence why they cannot be had.

use crate::FormatError;
use redline_wording::text;
use sha2::{Digest, Sha256};
use std::io::ErrorKind;
use std::path::Path;

/// Text and table files larger than this are not project files but a mistake.
pub(crate) const LARGEST_TEXT: u64 = 512 * 1024 * 1024;

/// Reads a whole file of text or cells.
///
/// # Errors
/// `file-missing`, `not-a-file`, `file-empty`, `file-too-large`, `file-unreadable`.
pub(crate) fn bytes_of(path: &Path, name: &str) -> Result<Vec<u8>, FormatError> {
    let meta = std::fs::metadata(path).map_err(|e| io_sentence(&e, name))?;
    if meta.is_dir() {
        return Err(FormatError::new(
            "not-a-file",
            text!("“{name}”是文件夹，不是文件。" | "\"{name}\" is a folder, not a file."),
        ));
    }
    if meta.len() == 0 {
        return Err(empty(name));
    }
    if meta.len() > LARGEST_TEXT {
        let mb = meta.len() / (1024 * 1024);
        return Err(FormatError::new(
            "file-too-large",
            text!(
                "“{name}”有 {mb} MB，超过文本和表格文件的上限 512 MB。请拆分，或转为 GeoPackage。"
                    | "\"{name}\" has {mb} MB, more than the 512 MB that a text or table file may have. Split it, or convert it to GeoPackage."
            ),
        ));
    }
    std::fs::read(path).map_err(|e| io_sentence(&e, name))
}

/// A file without content.
pub(crate) fn empty(name: &str) -> FormatError {
    FormatError::new(
        "file-empty",
        text!("“{name}”是空文件，请重新导出或重新索取。" | "\"{name}\" is empty; export it again or ask for it again."),
    )
}

/// The sentence for a failed read.
pub(crate) fn io_sentence(problem: &std::io::Error, name: &str) -> FormatError {
    match problem.kind() {
        ErrorKind::NotFound => FormatError::new(
            "file-missing",
            text!("找不到文件“{name}”，请检查路径。" | "There is no file \"{name}\"; check the path."),
        ),
        ErrorKind::PermissionDenied => FormatError::new(
            "file-unreadable",
            text!(
                "没有权限读取“{name}”，请检查文件权限。" | "No permission to read \"{name}\"; check its permissions."
            ),
        ),
        _ => FormatError::new("file-unreadable", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(problem);
            text!(
                "无法读取“{name}”：{zh}。请检查磁盘后重试。"
                    | "Cannot read \"{name}\": {en}. Check the disk and try again."
            )
        }),
    }
}

/// Hex SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
