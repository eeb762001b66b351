//! The editor's lock: one planner at a time edits a workspace, everybody may read it meanwhile.
//!
//! It is the system's advisory lock on a small file beside the workspace (`city.gpkg-editor`), which
//! a killed process gives up by itself; what the file says of the editor is for people only. The
//! workspace itself is never locked or even opened for it: closing any handle of a database drops
//! the POSIX locks that SQLite holds on it in the same process. For the same reason this process
//! remembers which files it edits, so that opening one of them again goes through SQLite alone.
//!
//! While editing on a disk of this machine the database writes ahead (WAL): a commit is one
//! appended write, made durable by `synchronous = FULL`, and readers wait for nobody. Ending brings
//! it back to one file with a rollback journal, which every program can read anywhere.

use crate::disk;
use crate::document::{WRITE_WAIT, Workspace};
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::opening;
use crate::settings::Settings;
use redline_wording::text;
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// How often a lock file that its owner has just removed is made anew.
const TRIES: u32 = 20;
/// How long ending waits for readers to let the file go back to a rollback journal. If they do not,
/// the next editor does it.
const END_WAIT: Duration = Duration::from_millis(500);

/// The files that this process edits.
static HERE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn here() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    // a set of paths is whole whatever panicked beside it
    HERE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Whether this process edits the file.
pub(crate) fn is_edited_here(path: &Path) -> bool {
    here().contains(&opening::place(path))
}

/// Whether an editor is, or a killed one was, at the file.
pub(crate) fn was_edited(path: &Path) -> bool {
    lock_file(&opening::place(path)).exists()
}

fn lock_file(place: &Path) -> PathBuf {
    opening::with_suffix(place, "-editor")
}

/// Who edits, as the lock file says.
#[derive(Debug, Serialize, Deserialize)]
struct Card {
    program: String,
    pid: u32,
    host: String,
}

/// The lock, held; dropped after the connection it guards.
#[derive(Debug)]
pub(crate) struct Editor {
    place: PathBuf,
    file: Option<File>,
}

impl Workspace {
    /// Opens for a planner's editing: as [`Workspace::open_for_editing`], and as the only editor
    /// until it is closed or dropped. Others, in this process too, can still read, and save reviews.
    ///
    /// # Errors
    /// `workspace-being-edited` names the program that edits and since when; those of
    /// [`Workspace::open_for_editing`].
    pub fn open_for_drafting(path: impl AsRef<Path>) -> Result<Workspace> {
        let path = path.as_ref();
        if !is_edited_here(path) {
            opening::look(path)?;
        }
        let editor = Editor::take(path)?;
        let sql = |e: rusqlite::Error| error::from_sqlite(path, Doing::Writing, &e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&editor.place, flags).map_err(sql)?;
        opening::wait_for_others(&conn, WRITE_WAIT).map_err(sql)?;
        if conn.is_readonly("main").map_err(sql)? {
            return Err(error::read_only(path));
        }
        opening::is_ours(&conn, path)?;
        if disk::is_local(&editor.place) {
            // refused while somebody reads at this moment: then commits go through the rollback
            // journal, as safe and a little slower
            let _: rusqlite::Result<String> = conn.query_row("PRAGMA journal_mode = WAL", [], |r| r.get(0));
        }
        conn.pragma_update(None, "synchronous", "FULL").map_err(sql)?;
        conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK;").map_err(sql)?;
        let settings = Settings::read(&conn, path)?;
        Ok(Workspace { conn, path: path.to_owned(), settings, editing: true, editor: Some(editor), _copy: None })
    }

    /// Closes. Dropping does the same, but cannot say what went wrong. Nothing confirmed is lost
    /// either way: at worst the file stays in two parts, which the next opening joins.
    ///
    /// # Errors
    /// Those of any write.
    pub fn close(self) -> Result<()> {
        let Workspace { conn, path, editor, .. } = self;
        let sql = |e: rusqlite::Error| error::from_sqlite(&path, Doing::Writing, &e);
        let closed = conn.close().map_err(|(conn, e)| {
            drop(conn);
            sql(e)
        });
        let ended = editor.map_or(Ok(()), |mut editor| editor.end().map_err(sql));
        closed.and(ended)
    }
}

impl Editor {
    fn take(path: &Path) -> Result<Editor> {
        let place = opening::place(path);
        let lock = lock_file(&place);
        let refused = |e: &std::io::Error| match e.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => error::read_only(path),
            _ => error::from_io(path, Doing::Writing, e),
        };
        for _ in 0..TRIES {
            let mut options = OpenOptions::new();
            let file = options.read(true).write(true).create(true).truncate(false).open(&lock);
            let mut file = file.map_err(|e| refused(&e))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(being_edited(path, &lock)),
                Err(TryLockError::Error(e)) => return Err(refused(&e)),
            }
            if !is_at(&file, &lock) {
                // its owner ended and removed it between our opening and our locking
                continue;
            }
            let card = serde_json::to_vec(&Card::own()).unwrap_or_default();
            file.set_len(0).and_then(|()| file.write_all(&card)).map_err(|e| refused(&e))?;
            here().insert(place.clone());
            return Ok(Editor { place, file: Some(file) });
        }
        Err(being_edited(path, &lock))
    }

    /// Brings the file back to one part and gives up the lock.
    fn end(&mut self) -> rusqlite::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let joined = join_parts(&self.place);
        here().remove(&self.place);
        // removed while still locked, so that nobody locks a file that is about to go
        let _ = fs::remove_file(lock_file(&self.place));
        drop(file);
        joined
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // nobody is left to tell; the next opening does what could not be done
        let _ = self.end();
    }
}

fn join_parts(place: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(place, flags)?;
    opening::wait_for_others(&conn, END_WAIT)?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    // while others have it open it stays as it is, joined all the same
    let _: rusqlite::Result<String> = conn.query_row("PRAGMA journal_mode = DELETE", [], |r| r.get(0));
    conn.close().map_err(|(_, e)| e)
}

impl Card {
    fn own() -> Card {
        let program = std::env::current_exe().ok().and_then(|p| Some(p.file_stem()?.to_string_lossy().into_owned()));
        let host = fs::read_to_string("/proc/sys/kernel/hostname")
            .or_else(|_| std::env::var("COMPUTERNAME"))
            .or_else(|_| std::env::var("HOSTNAME"));
        Card {
            program: program.unwrap_or_default(),
            pid: std::process::id(),
            host: host.map(|h| h.trim().to_owned()).unwrap_or_default(),
        }
    }
}

/// Whether an open file is the one that lies under a name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: &fs::Metadata| (m.dev(), m.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if id(&a) == id(&b))
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

fn being_edited(path: &Path, lock: &Path) -> WorkspaceError {
    let file = error::shown(path);
    // it may have been locked this moment and not be filled in yet
    let card = (0..5).find_map(|again| {
        std::thread::sleep(Duration::from_millis(10) * again);
        serde_json::from_slice::<Card>(&fs::read(lock).ok()?).ok()
    });
    let since = fs::metadata(lock).and_then(|m| m.modified()).ok().and_then(|t| jiff::Timestamp::try_from(t).ok());
    let text = match (card, since) {
        (Some(Card { program, pid, host }), Some(since)) => {
            let since = since.strftime("%Y-%m-%d %H:%M UTC");
            text!(
                "工作空间“{file}”正由“{program}”（进程 {pid}，主机 {host}）自 {since} 起编辑；现在仍可只读打开，要编辑请等它关闭。"
                    | "The workspace “{file}” is being edited by “{program}” (process {pid} on {host}) since {since}; it can still be read. To edit it, wait until that one is closed."
            )
        }
        _ => text!(
            "工作空间“{file}”正由其他程序编辑；现在仍可只读打开，要编辑请等它关闭。"
                | "The workspace “{file}” is being edited by another program; it can still be read. To edit it, wait until that one is closed."
        ),
    };
    WorkspaceError::new("workspace-being-edited", text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::common::*;

    #[test]
    fn an_editors_commits_are_written_ahead_and_flushed_to_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = city(folder.path(), 2);
        let w = Workspace::open_for_drafting(&path).unwrap();
        let mode: String = w.conn.query_row("PRAGMA journal_mode", [], |r| r.get(0)).unwrap();
        let synchronous: i64 = w.conn.query_row("PRAGMA synchronous", [], |r| r.get(0)).unwrap();
        // 2 is FULL
        assert_eq!((mode.as_str(), synchronous), (if disk::is_local(&path) { "wal" } else { "delete" }, 2));
        w.close().unwrap();
        let closed = Workspace::open_for_editing(&path).unwrap();
        let mode: String = closed.conn.query_row("PRAGMA journal_mode", [], |r| r.get(0)).unwrap();
        assert_eq!(mode, "delete");
    }
}
