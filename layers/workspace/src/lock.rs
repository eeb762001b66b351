//! Who holds a lock on a file, as far as the system tells.
//!
//! Linux lists POSIX locks in `/proc/locks` by device and inode; other systems keep it to
//! themselves, and then nobody is named.

use std::path::Path;

/// A process that holds a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Process id.
    pub pid: u32,
    /// Name of its program.
    pub name: String,
}

/// The process, other than this one, that writes the database `path`: with a rollback journal it
/// locks the file itself, writing ahead the memory file beside it.
pub(crate) fn writer(path: &Path) -> Option<Holder> {
    holder(path).or_else(|| holder(&crate::opening::with_suffix(&crate::opening::place(path), "-shm")))
}

/// The process that holds a write lock on `path`, other than this one.
#[cfg(target_os = "linux")]
fn holder(path: &Path) -> Option<Holder> {
    use std::os::unix::fs::MetadataExt;
    let meta = std::fs::metadata(path).ok()?;
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    let pid = write_lock_pid(&locks, meta.dev(), meta.ino(), std::process::id())?;
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    Some(Holder { pid, name: name.trim().to_owned() })
}

/// Elsewhere the holder stays unnamed.
#[cfg(not(target_os = "linux"))]
fn holder(_path: &Path) -> Option<Holder> {
    None
}

/// Finds the first foreign write lock on an inode in the text of `/proc/locks`:
/// `1: POSIX  ADVISORY  WRITE 1234 fe:00:5678 1073741825 1073741825`.
#[cfg(target_os = "linux")]
fn write_lock_pid(locks: &str, dev: u64, ino: u64, this: u32) -> Option<u32> {
    // glibc's encoding of a device number
    let major = ((dev >> 8) & 0xfff) | ((dev >> 32) & !0xfff);
    let minor = (dev & 0xff) | ((dev >> 12) & !0xff);
    let file = format!("{major:02x}:{minor:02x}:{ino}");
    locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().position(|w| *w == "WRITE")?;
        let pid: u32 = words.get(at + 1)?.parse().ok()?;
        (words.get(at + 2) == Some(&file.as_str()) && pid != this).then_some(pid)
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_writer_is_found_among_other_locks() {
        let locks = "1: POSIX  ADVISORY  READ 7 fe:00:5678 1073741826 1073742335\n\
                     2: POSIX  ADVISORY  WRITE 8 fe:00:99 0 EOF\n\
                     2: -> POSIX  ADVISORY  WRITE 9 fe:00:5678 1073741825 1073741825\n";
        assert_eq!(write_lock_pid(locks, 0xfe00, 5678, 1), Some(9));
        assert_eq!(write_lock_pid(locks, 0xfe00, 5678, 9), None);
        assert_eq!(write_lock_pid(locks, 0xfe01, 5678, 1), None);
    }
}
