//! Opening a workspace for reading, wherever it lies and whoever writes it.
//!
//! SQLite's own read-only mode is tried first. It cannot read a file (1) whose writer was killed in
//! the middle of a transaction, since the rollback would have to be written, (2) in WAL mode when
//! the shared-memory file may not be made, (3) while a long transaction is being written. In those
//! cases the file and its journal are copied aside and SQLite recovers the copy: a journal always
//! holds the old content of every page before that page is overwritten, so file first, journal
//! second gives the last committed state; a writer without a journal has not begun to write. Without a journal beside it, a file that cannot be locked
//! is at rest and read as immutable.

use crate::editor;
use crate::error::{self, Doing, Result};
use crate::schema::APPLICATION_ID;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long opening waits for a writer before it reads a copy instead.
const OPEN_WAIT: Duration = Duration::from_millis(400);
/// How long a query waits for a writer once open.
const QUERY_WAIT: Duration = Duration::from_secs(120);

/// A readable database, and the copy it lies in if it is one.
pub(crate) struct Opened {
    pub conn: Connection,
    pub copy: Option<tempfile::TempDir>,
}

/// How long a statement waits for locks. By pragma: rusqlite's own call needs SQLite 3.44, and the
/// system's may be 3.40.
pub(crate) fn wait_for_others(conn: &Connection, wait: Duration) -> rusqlite::Result<()> {
    conn.query_row(&format!("PRAGMA busy_timeout = {}", wait.as_millis()), [], |_| Ok(()))
}

/// What the first page says.
pub(crate) struct Header {
    /// Whether the file is in WAL mode.
    pub wal: bool,
}

/// Absolute, so that no name can be taken for a URI (`file:…`) or `:memory:`.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Where the file itself lies, behind links: SQLite keeps journals beside it.
pub(crate) fn place(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| absolute(path))
}

/// Looks at the file before SQLite does, to tell what is wrong in plain words.
pub(crate) fn look(path: &Path) -> Result<Header> {
    let io = |e: std::io::Error| error::from_io(path, Doing::Reading, &e);
    let meta = fs::metadata(path).map_err(io)?;
    if !meta.is_file() {
        return Err(error::not_a_geopackage(path));
    }
    let mut head = [0_u8; 100];
    let mut file = File::open(path).map_err(io)?;
    match file.read_exact(&mut head) {
        Ok(()) => {}
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Err(error::not_a_geopackage(path)),
        Err(e) => return Err(io(e)),
    }
    let long = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if &head[..16] != b"SQLite format 3\0" || long(68) != APPLICATION_ID as u32 {
        return Err(error::not_a_geopackage(path));
    }
    let page = match u64::from(u16::from_be_bytes([head[16], head[17]])) {
        1 => 65_536,
        n => n,
    };
    // the page count is only meant when both change counters agree (file format, 1.3.7)
    let pages = if long(24) == long(92) { u64::from(long(28)) } else { 0 };
    if meta.len() < page * pages && beside(path, "-journal").is_none() && beside(path, "-wal").is_none() {
        let what = format!("{} / {} bytes", meta.len(), page * pages);
        return Err(error::damaged(path, &what));
    }
    Ok(Header { wal: head[18] == 2 || head[19] == 2 })
}

/// The file with `suffix` beside `path`, if it is there and not empty.
fn beside(path: &Path, suffix: &str) -> Option<PathBuf> {
    let other = with_suffix(path, suffix);
    fs::metadata(&other).is_ok_and(|m| m.len() > 0).then_some(other)
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Opens for reading.
pub(crate) fn for_reading(path: &Path) -> Result<Opened> {
    if editor::is_edited_here(path) {
        // any other handle of it would drop the editor's locks when closed
        return match normal(&place(path)) {
            Ok(conn) => Ok(Opened { conn, copy: None }),
            Err(Refused::Ours(e)) => Err(e),
            Err(Refused::Sqlite(e)) => Err(error::from_sqlite(path, Doing::Reading, &e)),
        };
    }
    let header = look(path)?;
    let path = &place(path);
    let shared = beside(path, "-wal").is_some() || with_suffix(path, "-shm").exists() || editor::was_edited(path);
    if header.wal && !shared {
        // nobody has it open; a normal open would leave -wal and -shm behind
        return immutable(path);
    }
    match normal(path) {
        Ok(conn) => Ok(Opened { conn, copy: None }),
        Err(Refused::Ours(e)) => Err(e),
        Err(Refused::Sqlite(e)) => match e.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied,
            ) => {
                if beside(path, "-journal").is_some() || beside(path, "-wal").is_some() {
                    copied(path)
                } else if matches!(e.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) {
                    // the writer has just finished, or holds the file without having begun
                    match normal(path) {
                        Ok(conn) => Ok(Opened { conn, copy: None }),
                        Err(_) => copied(path),
                    }
                } else {
                    immutable(path)
                }
            }
            _ => Err(error::from_sqlite(path, Doing::Reading, &e)),
        },
    }
}

/// Either SQLite refused, which may have a way around, or the file is not one of ours.
enum Refused {
    Sqlite(rusqlite::Error),
    Ours(error::WorkspaceError),
}

fn normal(path: &Path) -> std::result::Result<Connection, Refused> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(Refused::Sqlite)?;
    wait_for_others(&conn, OPEN_WAIT).map_err(Refused::Sqlite)?;
    // the first read takes the lock and meets whatever is in the way
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(Refused::Sqlite)?;
    wait_for_others(&conn, QUERY_WAIT).map_err(Refused::Sqlite)?;
    is_ours(&conn, path).map_err(Refused::Ours)?;
    Ok(conn)
}

fn immutable(path: &Path) -> Result<Opened> {
    let sql = |e: rusqlite::Error| error::from_sqlite(path, Doing::Reading, &e);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri(path), flags).map_err(sql)?;
    is_ours(&conn, path)?;
    Ok(Opened { conn, copy: None })
}

/// A `file:` URI of an absolute path, every byte that is not plain escaped.
fn uri(path: &Path) -> String {
    use std::fmt::Write;
    let mut out = "file:".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(byte as char),
            // writing to a String cannot fail
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    out + "?immutable=1"
}

/// Copies file and journal aside and opens the copy, which SQLite recovers.
fn copied(path: &Path) -> Result<Opened> {
    // a writer may commit between the two copies: then the journal is gone or another, and the
    // copy is of no state at all
    for _ in 0..5 {
        if let Some(opened) = try_copy(path)? {
            return Ok(opened);
        }
        std::thread::sleep(OPEN_WAIT);
        if let Ok(conn) = normal(path) {
            return Ok(Opened { conn, copy: None });
        }
    }
    Err(error::locked(path))
}

fn try_copy(path: &Path) -> Result<Option<Opened>> {
    let io = |e: std::io::Error| error::from_io(path, Doing::Reading, &e);
    let folder = tempfile::Builder::new().prefix("redline-").tempdir().map_err(io)?;
    let at = folder.path().join("copy.gpkg");
    let journals = ["-journal", "-wal"];
    let before: Vec<_> = journals.iter().map(|s| mark(path, s)).collect();
    let stamp = fs::metadata(path).and_then(|m| m.modified()).map_err(io)?;
    fs::copy(path, &at).map_err(io)?;
    for suffix in journals {
        match fs::copy(with_suffix(path, suffix), with_suffix(&at, suffix)) {
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(io(e)),
        }
    }
    let after: Vec<_> = journals.iter().map(|s| mark(&at, s)).collect();
    // a writer that holds the file without a journal has not touched it yet, and one that began and
    // ended meanwhile has moved its time
    let at_rest = || {
        journals.iter().all(|s| mark(path, s).is_none())
            && fs::metadata(path).and_then(|m| m.modified()).is_ok_and(|now| now == stamp)
    };
    if before != after || (before.iter().all(Option::is_none) && !at_rest()) {
        return Ok(None);
    }
    #[cfg(unix)]
    {
        // the original may be read-only, the copy must be recovered
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&at, fs::Permissions::from_mode(0o600)).map_err(io)?;
    }
    let sql = |e: rusqlite::Error| error::from_sqlite(path, Doing::Reading, &e);
    let conn = Connection::open_with_flags(&at, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(sql)?;
    is_ours(&conn, path)?;
    conn.pragma_update(None, "query_only", true).map_err(sql)?;
    Ok(Some(Opened { conn, copy: Some(folder) }))
}

/// What tells one journal from the next: the random number in its header (rollback journal: bytes
/// 12–15; WAL: salts, bytes 16–23).
fn mark(path: &Path, suffix: &str) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    File::open(with_suffix(path, suffix)).ok()?.take(24).read_to_end(&mut head).ok()?;
    match suffix {
        "-wal" => head.get(16..24),
        _ => head.get(12..16),
    }
    .map(<[u8]>::to_vec)
}

/// Whether the GeoPackage is a workspace.
pub(crate) fn is_ours(conn: &Connection, path: &Path) -> Result<()> {
    let found: i64 = conn
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('gpkg_contents', 'redline_settings')",
            [],
            |r| r.get(0),
        )
        .map_err(|e| error::from_sqlite(path, Doing::Reading, &e))?;
    if found == 2 { Ok(()) } else { Err(error::not_a_workspace(path)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_name_with_question_mark_and_hash_stays_one_path() {
        assert_eq!(uri(Path::new("/数/a?b#c%.gpkg")), "file:/%E6%95%B0/a%3Fb%23c%25.gpkg?immutable=1");
    }
}
