//! Why the system refused a file, in words people use.

use crate::Text;
use std::io::{Error, ErrorKind};

/// The reason in both languages: never the system's number for it.
///
/// ```
/// use std::io::{Error, ErrorKind};
/// let reason = redline_wording::io_reason(&Error::from(ErrorKind::StorageFull));
/// assert_eq!(reason.zh, "磁盘已满");
/// assert!(!redline_wording::io_reason(&Error::from_raw_os_error(27)).en.contains("os error"));
/// ```
pub fn io_reason(error: &Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => Text::new("没有这个文件或文件夹", "there is no such file or folder"),
        ErrorKind::PermissionDenied => Text::new("没有权限", "no permission"),
        ErrorKind::ReadOnlyFilesystem => Text::new("所在磁盘是只读的", "the disk is read-only"),
        ErrorKind::StorageFull => Text::new("磁盘已满", "the disk is full"),
        ErrorKind::QuotaExceeded => Text::new("超出磁盘配额", "the disk quota is used up"),
        ErrorKind::FileTooLarge => Text::new("文件超出允许的大小", "the file would grow past the size allowed"),
        ErrorKind::IsADirectory => Text::new("这是文件夹", "it is a folder"),
        ErrorKind::NotADirectory => Text::new("路径中有一段不是文件夹", "part of the path is no folder"),
        ErrorKind::InvalidFilename => Text::new("文件名不可用", "the name cannot be used"),
        ErrorKind::InvalidData => Text::new("内容与格式不符", "its content is not what its format asks for"),
        ErrorKind::UnexpectedEof => Text::new("内容不完整", "it ends too early"),
        ErrorKind::ResourceBusy => Text::new("正被其他程序使用", "another program is using it"),
        _ => {
            let words = error.to_string();
            Text::same(words.split(" (os error").next().unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_names_a_number_of_the_system() {
        for number in 1..140 {
            let reason = io_reason(&Error::from_raw_os_error(number));
            assert!(!reason.zh.is_empty() && !reason.en.contains("os error"), "{number}: {reason:?}");
        }
    }
}
