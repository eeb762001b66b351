//! The desk: what one window has open, and the commands it answers.
//!
//! A front (the desktop window, the loopback page) carries bytes: a command's name and its question
//! as JSON in, the answer as JSON out, tiles by their path. Everything else happens here, so that
//! all fronts give the same answers as the command line.

mod backdrop;
mod boundaries;
mod checking;
mod choosing;
mod clearing;
mod commands;
mod comparing;
mod coordinates;
mod declarations;
mod draft;
mod editing;
mod exporting;
mod features;
mod figures;
mod grounds;
mod held;
mod identifying;
mod inbox;
mod legend;
mod opening;
mod places;
mod preferences;
mod publishing;
mod reading;
mod reporting;
mod saving;
mod searching;
mod shifting;
mod snapping;
mod table;
mod tiles;
mod trying;
pub mod wire;

pub use commands::{COMMANDS, typescript};
pub use tiles::Served;

use crate::EngineError;
use crate::progress::Progress;
use jiff::Zoned;
use redline_wording::{Lang, text};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// The folders a desk may use.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Where preferences and recent workspaces are kept.
    pub config: PathBuf,
    /// Where tiles built later are kept, keyed by content hash.
    pub cache: PathBuf,
    /// Gone with the desk: uploads, exports to be offered, tables written on the way.
    pub scratch: PathBuf,
    /// Where the sample city is made if the person names no place.
    pub documents: PathBuf,
}

/// What one window has open. `Send + Sync`: commands and tiles may be asked for at the same time.
pub struct Desk {
    folders: Folders,
    /// Files the page is to open when it asks `start`.
    opened_with: Mutex<Vec<PathBuf>>,
    /// The language asked for when the program was started.
    spoken: OnceLock<Lang>,
    clock: fn() -> Zoned,
    open: RwLock<Option<Arc<opening::City>>>,
    reviews: Mutex<held::Reviews>,
    backdrop: Mutex<backdrop::Current>,
    /// Zones around the footprint last tried.
    trial_ground: Mutex<Option<Arc<grounds::TrialGround>>>,
    /// A footprint drawn that belongs to no file, and the city it was drawn in.
    sketch: Mutex<Option<(Arc<opening::City>, redline_geometry::Shape)>>,
    /// The draft being edited.
    drafting: Mutex<draft::Drafting>,
    /// What it changes, as tiles: served while a command has the draft.
    draft_tiles: Mutex<draft::tiles::DraftStates>,
}

impl Desk {
    /// A desk with nothing open. `opened_with`: files the program was started with; `clock`:
    /// what the window shows as today's date, and when drafts and edits were made.
    pub fn new(folders: Folders, opened_with: Vec<PathBuf>, clock: fn() -> Zoned) -> Desk {
        Desk {
            folders,
            opened_with: Mutex::new(opened_with),
            spoken: OnceLock::new(),
            clock,
            open: RwLock::new(None),
            reviews: Mutex::new(held::Reviews::default()),
            backdrop: Mutex::new(backdrop::Current::default()),
            trial_ground: Mutex::new(None),
            sketch: Mutex::new(None),
            drafting: Mutex::default(),
            draft_tiles: Mutex::default(),
        }
    }

    /// Files given to the program before the page asked `start`: they come with its answer, behind those
    /// the program was started with, so that a city is open before a project that was given after it.
    pub fn give(&self, files: impl IntoIterator<Item = PathBuf>) {
        self.opened_with.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
    }

    /// The language that the page begins in, whatever was remembered. What is said a second time is not heard.
    pub fn speak(&self, lang: Lang) {
        let _ = self.spoken.set(lang);
    }

    /// Answers one command: its question as JSON in, its answer as JSON out.
    ///
    /// # Errors
    /// The command's sentence; `cancelled` when `progress` says so; `command-unknown`,
    /// `question-misread`. Nothing is changed then.
    pub fn call(&self, command: &str, body: &[u8], progress: &dyn Progress) -> Result<Vec<u8>, EngineError> {
        commands::dispatch(self, command, body, progress)
    }

    /// A tile by its path (`{tiles}/{z}/{x}/{y}.mvt` or `.png`). `cancelled` is asked on the way.
    ///
    /// # Errors
    /// When the path names no tile, nothing is open, or the layer cannot be read.
    pub fn tile(&self, path: &str, cancelled: &dyn Fn() -> bool) -> Result<Served, EngineError> {
        tiles::serve(self, path, cancelled)
    }

    /// The folder of files written for the front to offer, and where it may put uploads.
    pub fn scratch(&self) -> &std::path::Path {
        &self.folders.scratch
    }

    /// The open workspace.
    fn city(&self) -> Result<Arc<opening::City>, EngineError> {
        // a command that panicked leaves whole values behind: they are swapped, never edited in place
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(|| {
            EngineError::new(
                "nothing-open",
                text!("还没有打开工作空间；请先打开一个。" | "No workspace is open; open one first."),
            )
        })
    }
}
