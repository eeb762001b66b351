//! Whether a file lies on a disk of this machine. Writing ahead needs memory shared between all who
//! have the file open, which a network share does not give (SQLite, "Write-Ahead Logging", 2).

use std::path::Path;

/// Whether the disk is known to be this machine's own. Where the system does not tell, it is not.
pub(crate) fn is_local(path: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    kind(&mounts, path).is_some_and(|kind| LOCAL.contains(&kind))
}

/// File systems of disks, of memory, and of containers over them.
const LOCAL: [&str; 17] = [
    "bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "hfsplus", "jfs", "ntfs", "ntfs3", "overlay",
    "tmpfs", "vfat", "xfs", "zfs", "reiserfs",
];

/// The kind of file system a path lies on, by the text of `mountinfo` (proc(5)):
/// `36 35 98:0 /mnt1 /mnt/parent rw,noatime master:1 - ext3 /dev/root rw`.
fn kind<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mount = |line: &'a str| {
        let (place, rest) = line.split_once(" - ")?;
        let place = unescape(place.split(' ').nth(4)?);
        path.starts_with(&place).then_some((place.len(), rest.split(' ').next()?))
    };
    // of two on one place the later one covers the earlier
    mounts.lines().filter_map(mount).max_by_key(|(long, _)| *long).map(|(_, kind)| kind)
}

/// Spaces, tabs, newlines and backslashes are written in octal.
fn unescape(place: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(place.to_owned(), |place, (octal, plain)| place.replace(octal, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_on_the_innermost_mount() {
        let mounts = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
                      30 27 0:50 / /mnt/shared\\040maps rw master:1 - nfs4 server:/maps rw\n\
                      31 30 0:51 / /mnt/shared\\040maps/scratch rw - tmpfs tmpfs rw\n";
        let kind = |path: &str| kind(mounts, Path::new(path));
        assert_eq!(kind("/home/a/city.gpkg"), Some("ext4"));
        assert_eq!(kind("/mnt/shared maps/city.gpkg"), Some("nfs4"));
        assert_eq!(kind("/mnt/shared maps/scratch/city.gpkg"), Some("tmpfs"));
        assert_eq!(kind("/mnt/shared maps2/city.gpkg"), Some("ext4"));
        assert!(!LOCAL.contains(&"nfs4") && !LOCAL.contains(&"cifs") && !LOCAL.contains(&"fuse.sshfs"));
    }
}
