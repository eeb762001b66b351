//! Out of a ZIP into a temporary folder, safely.
//!
//! Names of Chinese files are GBK where the archive does not say UTF-8 (general purpose bit 11 of
//! the ZIP specification, APPNOTE 4.4.4). No member is written outside the folder, whatever its
//! name says, and no archive unpacks to more than fits a project.

use super::LARGEST_UNPACKED;
use crate::FormatError;
use crate::vector::source::shown;
use encoding_rs::GB18030;
use redline_wording::{Text, text};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

/// Members that are unpacked at most.
const MOST_MEMBERS: usize = 20_000;

/// A file that came out of an archive.
#[derive(Clone, Debug)]
pub(crate) struct Unpacked {
    /// Its name in the archive, with `/` between folders.
    pub name: String,
    /// Where it lies now.
    pub path: PathBuf,
}

/// What came out of an archive.
pub(crate) struct UnpackedZip {
    /// The folder that holds it; it goes when this is dropped.
    pub folder: tempfile::TempDir,
    /// Files in the archive's order.
    pub files: Vec<Unpacked>,
    /// Members left out, and why.
    pub skipped: Vec<(String, Text)>,
}

/// Unpacks the archive at `path`.
///
/// # Errors
/// `file-broken`, `zip-encrypted`, `zip-too-large`, `copy-failed`.
pub(crate) fn unpack(path: &Path) -> Result<UnpackedZip, FormatError> {
    let name = shown(path);
    let broken = |why: &dyn std::fmt::Display| {
        FormatError::new(
            "file-broken",
            text!(
                "“{name}”不是完整的 ZIP 压缩包（{why}）。请重新复制或重新打包（ZIP 格式）。"
                    | "“{name}” is not a complete ZIP ({why}). Copy it or pack it again (as ZIP)."
            ),
        )
    };
    let no_space = |error: io::Error| {
        FormatError::new("copy-failed", {
            let redline_wording::Text { zh, en } = redline_wording::io_reason(&error);
            text!(
                "“{name}”无法解压到临时文件夹（{zh}）。请检查磁盘空间。"
                    | "“{name}” cannot be unpacked to the temporary folder ({en}). Check the space on the disk."
            )
        })
    };
    let file = File::open(path).map_err(|error| crate::source::io_sentence(&error, &name))?;
    let mut archive = zip::ZipArchive::new(io::BufReader::new(file)).map_err(|e| broken(&e))?;
    if archive.len() > MOST_MEMBERS {
        let members = archive.len();
        return Err(FormatError::new(
            "zip-too-large",
            text!(
                "“{name}”内有 {members} 个文件，超过 {MOST_MEMBERS} 个的上限。请只打包项目文件。"
                    | "“{name}” holds {members} files, more than the {MOST_MEMBERS} allowed. Pack only the project's files."
            ),
        ));
    }
    let folder = tempfile::tempdir().map_err(no_space)?;
    let mut files: Vec<Unpacked> = Vec::new();
    let mut skipped = Vec::new();
    let mut left = LARGEST_UNPACKED;
    for index in 0..archive.len() {
        let (raw, directory, link, encrypted, utf8) = {
            let entry = archive.by_index_raw(index).map_err(|e| broken(&e))?;
            (entry.name_raw().to_vec(), entry.is_dir(), entry.is_symlink(), entry.encrypted(), is_flagged_utf8(&entry))
        };
        let member = decoded_name(&raw, utf8);
        if directory {
            continue;
        }
        if encrypted {
            return Err(FormatError::new(
                "zip-encrypted",
                text!(
                    "压缩包“{name}”有密码。请用密码解压后，再提供解压出的文件夹。"
                        | "The archive “{name}” has a password. Unpack it with the password and give the folder."
                ),
            ));
        }
        let Some(inside) = inside(&member).filter(|_| !link) else {
            skipped.push((
                member,
                text!(
                    "路径指向压缩包之外，出于安全未解压"
                        | "its path leads out of the archive; it was not unpacked for safety"
                ),
            ));
            continue;
        };
        if files.iter().any(|known| known.name == member) {
            skipped.push((
                member,
                text!("压缩包内有同名文件，只取第一个" | "the archive holds the name twice; the first was taken"),
            ));
            continue;
        }
        let target = folder.path().join(&inside);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(no_space)?;
        }
        let mut entry = archive.by_index(index).map_err(|e| broken(&e))?;
        let mut out = File::create(&target).map_err(no_space)?;
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            let read = entry.read(&mut buffer).map_err(|e| broken(&e))?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(|| {
                let gb = LARGEST_UNPACKED >> 30;
                FormatError::new(
                    "zip-too-large",
                    text!(
                        "“{name}”解压后超过 {gb} GB 的上限。请只打包项目文件。"
                            | "“{name}” unpacks to more than the {gb} GB allowed. Pack only the project's files."
                    ),
                )
            })?;
            out.write_all(&buffer[..read]).map_err(no_space)?;
        }
        files.push(Unpacked { name: member, path: target });
    }
    Ok(UnpackedZip { folder, files, skipped })
}

fn is_flagged_utf8<R: Read>(entry: &zip::read::ZipFile<'_, R>) -> bool {
    entry.flags().as_u16() & (1 << 11) != 0
}

/// A member's name: UTF-8 where the archive says so or the bytes are, else GBK. Windows separators
/// become `/`.
fn decoded_name(raw: &[u8], flagged_utf8: bool) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) if flagged_utf8 => String::from_utf8_lossy(raw).into_owned(),
        // Before separators are looked for: the second byte of a GBK character may be a backslash.
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

/// The member's path below the folder, or `None` where it would lead out of it.
fn inside(member: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in Path::new(member).components() {
        match part {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::RootDir | Component::ParentDir | Component::Prefix(_) => return None,
        }
    }
    // A drive letter is an ordinary name here, but not on the system the archive may come from.
    let drive = member.as_bytes().get(1) == Some(&b':');
    (!path.as_os_str().is_empty() && !drive && !member.contains('\0')).then_some(path)
}
