//! Open connections to one workspace, lent to one thread at a time.

use crate::error::Result;
use redline_workspace::Workspace;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// More than this many connections are not kept open.
const KEPT: usize = 4;

/// Open connections to one workspace. Opening costs milliseconds and SQLite's connections do not
/// serve two threads at once, so they are lent out and come back. Share one among a workspace's
/// layers.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Workspace>>,
}

impl Readers {
    /// Readers of the workspace at `path`; nothing is opened yet.
    pub fn new(path: impl AsRef<Path>) -> Readers {
        Readers { path: path.as_ref().to_owned(), idle: Mutex::new(Vec::new()) }
    }

    /// Runs `act` with a connection of its own.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&Workspace) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let workspace = match idle {
            Some(workspace) => workspace,
            None => Workspace::open(&self.path)?,
        };
        let done = act(&workspace);
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(workspace);
        }
        done
    }

    /// Closes what is idle: before the file is moved, replaced or changed.
    pub fn close(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
