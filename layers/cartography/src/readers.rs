//! Open connections to one workspace, lent to one thread at a time.

use crate::error::Result;
use redline_workspace::Workspace;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// More than this many connections are not kept open.
const KEPT: usize = 4;

/// Open connections to one workspace. Opening costs milliseconds and SQLite's connections do not
/// serve two threads at once, so they are lent out and come back. Share one among a workspace's
/// layers.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Reader>>,
    /// How often another program was seen to have changed the file.
    changes: AtomicU64,
}

#[derive(Debug)]
struct Reader {
    workspace: Workspace,
    mark: i64,
}

impl Readers {
    /// Readers of the workspace at `path`; nothing is opened yet.
    pub fn new(path: impl AsRef<Path>) -> Readers {
        Readers { path: path.as_ref().to_owned(), idle: Mutex::new(Vec::new()), changes: AtomicU64::new(0) }
    }

    /// Runs `act` with a connection of its own, and a number that is another once the file has
    /// changed.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&Workspace, u64) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => {
                let workspace = Workspace::open(&self.path)?;
                let mark = workspace.change_mark()?;
                Reader { workspace, mark }
            }
        };
        let mark = reader.workspace.change_mark()?;
        if mark != reader.mark {
            reader.mark = mark;
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
        // on an error the connection is closed: the next one may see better
        let done = act(&reader.workspace, self.changes.load(Ordering::Relaxed))?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(reader);
        }
        Ok(done)
    }

    /// Closes what is idle: before the file is moved, replaced or changed.
    pub fn close(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
