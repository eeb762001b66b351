//! The workspace as a document: made, opened for reading, opened for editing.

use crate::editor::{self, Editor};
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::geometry::Bounds;
use crate::opening;
use crate::schema;
use crate::settings::Settings;
use redline_geometry::Grid;
use redline_wording::text;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a change waits for others to finish before it says that the file is locked. Longer
/// than a reader's query takes, shorter than patience.
pub(crate) const WRITE_WAIT: Duration = Duration::from_secs(5);

/// A workspace: one GeoPackage.
///
/// ```no_run
/// # fn main() -> Result<(), redline_workspace::WorkspaceError> {
/// use redline_workspace::Workspace;
/// let city = Workspace::open("guangzhou.gpkg")?;
/// for layer in city.layers()? {
///     let near = city.zones_in(&layer, [38_430_000.0, 2_550_000.0, 38_431_000.0, 2_551_000.0])?;
///     println!("{}: {} zones", layer.title, near.len());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Workspace {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    pub(crate) settings: Settings,
    pub(crate) editing: bool,
    /// The editor's lock, given up once the connection before it is closed.
    pub(crate) editor: Option<Editor>,
    /// Holds the private copy that is read in place of a file that cannot be read where it is.
    pub(crate) _copy: Option<tempfile::TempDir>,
}

impl Workspace {
    /// Makes an empty workspace and opens it for editing. It is built under another name and then
    /// renamed, so that a failure leaves nothing behind.
    ///
    /// # Errors
    /// `workspace-exists`, `workspace-not-written`, `disk-full`.
    pub fn create(path: impl AsRef<Path>, settings: &Settings) -> Result<Workspace> {
        let path = path.as_ref();
        Workspace::create_with(path, settings, |_| Ok::<_, WorkspaceError>(()))?;
        Workspace::open_for_editing(path)
    }

    /// Makes a workspace that appears under its name only once `fill` has put its layers in: a
    /// failed, cancelled or killed making leaves no half a city behind.
    ///
    /// # Errors
    /// Those of [`Workspace::create`], and those of `fill`.
    pub fn create_with<T, E: From<WorkspaceError>>(
        path: impl AsRef<Path>,
        settings: &Settings,
        fill: impl FnOnce(&mut Workspace) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let path = path.as_ref();
        let part = empty_part(path, settings)?;
        let sql = |e: rusqlite::Error| error::from_sqlite(path, Doing::Writing, &e);
        let conn = Connection::open(part.path()).map_err(sql)?;
        // sentences name the file that was asked for
        let mut workspace = Workspace {
            conn,
            path: path.to_owned(),
            settings: settings.clone(),
            editing: true,
            editor: None,
            _copy: None,
        };
        let filled = fill(&mut workspace)?;
        workspace.conn.close().map_err(|(_, e)| sql(e))?;
        part.persist_noclobber(path).map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => exists(path),
            _ => error::from_io(path, Doing::Writing, &e.error),
        })?;
        Ok(filled)
    }

    /// Opens for reading. Works on read-only files and folders, on files in WAL mode, and while
    /// another program writes; never writes, neither the file nor anything beside it.
    ///
    /// # Errors
    /// `workspace-missing`, `workspace-unreadable`, `not-a-geopackage`, `not-a-workspace`,
    /// `workspace-newer`, `workspace-damaged`, `workspace-locked`.
    pub fn open(path: impl AsRef<Path>) -> Result<Workspace> {
        let path = path.as_ref();
        let opening::Opened { conn, copy } = opening::for_reading(path)?;
        let settings = Settings::read(&conn, path)?;
        Ok(Workspace { conn, path: path.to_owned(), settings, editing: false, editor: None, _copy: copy })
    }

    /// Opens for adding revisions, reviews and settings. Each change is a transaction of its own;
    /// that the file can be locked for one is found out here, so that nobody works for nothing.
    /// Close (drop) your own readers of the same file before changing it: a reader inside a query
    /// delays the change.
    ///
    /// # Errors
    /// Those of [`Workspace::open`], and `workspace-read-only`; `workspace-locked` names the
    /// program that writes, where the system tells.
    pub fn open_for_editing(path: impl AsRef<Path>) -> Result<Workspace> {
        let path = path.as_ref();
        // looking would drop the locks of an editor in this process: see its module
        if !editor::is_edited_here(path) {
            opening::look(path)?;
        }
        let sql = |e: rusqlite::Error| error::from_sqlite(path, Doing::Writing, &e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(opening::absolute(path), flags).map_err(sql)?;
        opening::wait_for_others(&conn, WRITE_WAIT).map_err(sql)?;
        // SQLite opens a file that may not be written as a read-only one, without a word;
        // this first, since such a one may not be readable here either while an editor writes ahead
        if conn.is_readonly("main").map_err(sql)? {
            return Err(error::read_only(path));
        }
        opening::is_ours(&conn, path)?;
        // leaves WAL if a program crashed in it; while others read, it stays and does no harm
        if !editor::was_edited(path) {
            let _: rusqlite::Result<String> = conn.query_row("PRAGMA journal_mode = DELETE", [], |r| r.get(0));
        }
        conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK;").map_err(sql)?;
        let settings = Settings::read(&conn, path)?;
        Ok(Workspace { conn, path: path.to_owned(), settings, editing: true, editor: None, _copy: None })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// File name without folders, as records quote it.
    pub fn file_name(&self) -> String {
        self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// EPSG code of the plane.
    pub fn crs_epsg(&self) -> u32 {
        self.settings.epsg
    }

    /// The one overlay grid.
    pub fn grid(&self) -> Grid {
        self.settings.grid
    }

    /// Replaces the settings.
    ///
    /// # Errors
    /// `workspace-plane-fixed` when plane or grid would change; those of any write.
    pub fn set_settings(&mut self, settings: &Settings) -> Result<()> {
        let old = &self.settings;
        if (old.epsg, old.plane, old.grid) != (settings.epsg, settings.plane, settings.grid) {
            let file = error::shown(&self.path);
            return Err(WorkspaceError::new(
                "workspace-plane-fixed",
                text!(
                    "工作空间“{file}”的坐标系和叠加格网在创建后不能更改；请另建工作空间并重新导入。"
                        | "Plane and overlay grid of the workspace “{file}” are fixed when it is made; make another workspace and import again."
                ),
            ));
        }
        self.change(|tx| schema::write_settings(tx, settings))?;
        self.settings = settings.clone();
        Ok(())
    }

    /// Bounds of all layers' zones together (evidence of where the workspace is); `None` when empty.
    ///
    /// # Errors
    /// Those of any read.
    pub fn extent(&self) -> Result<Option<Bounds>> {
        let extents = self.layers()?.into_iter().filter_map(|l| l.extent);
        Ok(extents.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]))
    }

    /// Checks the file's pages and indexes (`PRAGMA integrity_check`); reads the whole file.
    ///
    /// # Errors
    /// `workspace-damaged` with the first finding.
    pub fn verify_file(&self) -> Result<()> {
        let found: String =
            self.conn.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0)).map_err(|e| self.reading(&e))?;
        if found == "ok" { Ok(()) } else { Err(error::damaged(&self.path, &found)) }
    }

    pub(crate) fn reading(&self, error: &rusqlite::Error) -> WorkspaceError {
        error::from_sqlite(&self.path, Doing::Reading, error)
    }

    /// Refuses changes through a document opened for reading.
    pub(crate) fn must_be_editing(&self) -> Result<()> {
        if self.editing {
            return Ok(());
        }
        let file = error::shown(&self.path);
        Err(WorkspaceError::new(
            "workspace-opened-for-reading",
            text!(
                "工作空间“{file}”是以只读方式打开的，不能更改；请以编辑方式重新打开。"
                    | "The workspace “{file}” was opened for reading and cannot be changed; open it for editing."
            ),
        ))
    }

    /// One small change in one transaction.
    pub(crate) fn change<T>(&mut self, act: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.must_be_editing()?;
        let path = self.path.clone();
        let sql = |e: rusqlite::Error| error::from_sqlite(&path, Doing::Writing, &e);
        let tx = self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(sql)?;
        let done = act(&tx).map_err(sql)?;
        tx.commit().map_err(sql)?;
        Ok(done)
    }
}

/// An empty workspace under a passing name in the folder of `path`.
fn empty_part(path: &Path, settings: &Settings) -> Result<tempfile::NamedTempFile> {
    if path.symlink_metadata().is_ok() {
        return Err(exists(path));
    }
    let folder = match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".redline-").suffix(".gpkg.part");
    #[cfg(unix)]
    {
        // what the umask leaves of this, as for any other new file
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let part = builder.tempfile_in(folder).map_err(|e| error::from_io(path, Doing::Writing, &e))?;
    let sql = |e: rusqlite::Error| error::from_sqlite(path, Doing::Writing, &e);
    let conn = Connection::open(part.path()).map_err(sql)?;
    schema::lay_out(&conn, settings).map_err(sql)?;
    conn.close().map_err(|(_, e)| sql(e))?;
    Ok(part)
}

fn exists(path: &Path) -> WorkspaceError {
    let file = error::shown(path);
    WorkspaceError::new(
        "workspace-exists",
        text!(
            "“{file}”已存在，不会覆盖；请换一个名称，或先移走它。"
                | "“{file}” exists and is not overwritten; choose another name or move it away."
        ),
    )
}
