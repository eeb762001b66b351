//! Text files whose encoding GDAL would get wrong, re-written as UTF-8 beside nobody's data.

use super::source::shown;
use crate::FormatError;
use encoding_rs::{Encoding, UTF_8};
use redline_wording::text;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Whether a file is UTF-8 throughout, without holding it in memory.
pub(crate) fn is_utf8(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0u8; 1 << 20];
    let mut kept = 0;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        if read == 0 {
            return Ok(kept == 0);
        }
        let end = kept + read;
        match std::str::from_utf8(&buffer[..end]) {
            Ok(_) => kept = 0,
            // A character over the edge of the buffer is at most three bytes short.
            Err(error) if error.error_len().is_none() => {
                let from = error.valid_up_to();
                buffer.copy_within(from..end, 0);
                kept = end - from;
            }
            Err(_) => return Ok(false),
        }
    }
}

/// The encoding of text that is not UTF-8: by byte order mark, else from the bytes.
pub(crate) fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow)
}

/// The whole text of a file that is not UTF-8 and the encoding it was found to be in; `stated`
/// is the encoding it names itself, if it names one.
///
/// # Errors
/// `encoding-unknown` where no encoding reads it without loss.
pub(crate) fn decode(
    path: &Path,
    stated: Option<&'static Encoding>,
) -> Result<(String, &'static Encoding), FormatError> {
    let bytes = read(path)?;
    let encoding = stated.filter(|&e| e != UTF_8).unwrap_or_else(|| detect(&bytes));
    let (text, used, lossy) = encoding.decode(&bytes);
    if lossy {
        let name = shown(path);
        return Err(FormatError::new(
            "encoding-unknown",
            text!(
                "无法判断“{name}”的文字编码（不是 UTF-8，也不是 {}）。请另存为 UTF-8 后重试。"
                    | "The text encoding of “{name}” cannot be told (it is neither UTF-8 nor {}). Save it as UTF-8 and try again.",
                used.name()
            ),
        ));
    }
    Ok((text.into_owned(), used))
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, FormatError> {
    std::fs::read(path).map_err(|error| {
        let name = shown(path);
        FormatError::new("file-unreadable", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "无法读取文件“{name}”（{zh}）。请检查读取权限后重试。"
                    | "“{name}” cannot be read ({en}). Check your permission to read it, then try again."
            )
        })
    })
}

/// Writes `contents` under `name` into a temporary folder.
pub(crate) fn in_temporary_folder(name: &str, contents: &[u8]) -> Result<(tempfile::TempDir, PathBuf), FormatError> {
    let write = || -> io::Result<(tempfile::TempDir, PathBuf)> {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join(name);
        std::fs::write(&copy, contents)?;
        Ok((folder, copy))
    };
    write().map_err(|error| {
        FormatError::new("copy-failed", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "无法为“{name}”写临时副本（{zh}）。请检查临时文件夹的磁盘空间。"
                    | "A temporary copy of “{name}” cannot be written ({en}). Check the space in the temporary folder."
            )
        })
    })
}
