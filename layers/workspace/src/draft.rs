//! Drafts: a layer under change, beside the layer itself. Nobody who reads the layer sees a draft
//! until it is confirmed as a revision; several may lie beside one another.

use crate::document::Workspace;
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::schema;
use jiff::Timestamp;
use redline_wording::text;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

/// A draft about to be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// Name for people.
    pub name: String,
    /// Who drafts; may be empty.
    pub author: String,
    /// When it is started.
    pub started: Timestamp,
}

/// A draft (草案) of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftInfo {
    /// Number within the workspace; never given twice.
    pub id: u64,
    /// Layer it changes.
    pub layer: String,
    /// Name for people.
    pub name: String,
    /// Who drafts.
    pub author: String,
    /// When it was started.
    pub started: Timestamp,
    /// Revision of the layer that it changes.
    pub base_revision: u64,
    /// Whether the layer has a newer revision than that: the draft can no longer be confirmed as it
    /// is, only merged.
    pub overtaken: bool,
    /// Edits in its log, undone ones among them.
    pub edits: u64,
    /// How many of them are in force: the rest were undone and can be redone.
    pub position: u64,
    /// The revision it was confirmed as; such a draft is closed, only its log is kept.
    pub confirmed: Option<u64>,
}

const DRAFT: &str = "SELECT d.id, d.layer, d.name, d.author, d.started, d.base_revision, \
    coalesce((SELECT l.revision FROM redline_layer l WHERE l.name = d.layer), 0) <> d.base_revision, \
    (SELECT count(*) FROM redline_edit e WHERE e.draft = d.id), d.position, d.revision FROM redline_draft d";

impl Workspace {
    /// The drafts that are open, in the order they were started.
    ///
    /// # Errors
    /// Those of any read.
    pub fn drafts(&self) -> Result<Vec<DraftInfo>> {
        self.drafts_where("d.revision IS NULL")
    }

    /// The drafts that were confirmed, in the order they were started. Their logs tell how the
    /// revisions came to be.
    ///
    /// # Errors
    /// Those of any read.
    pub fn confirmed_drafts(&self) -> Result<Vec<DraftInfo>> {
        self.drafts_where("d.revision IS NOT NULL")
    }

    fn drafts_where(&self, which: &str) -> Result<Vec<DraftInfo>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        if !schema::has_table(&self.conn, "redline_draft").map_err(sql)? {
            return Ok(Vec::new());
        }
        let mut found = self.conn.prepare(&format!("{DRAFT} WHERE {which} ORDER BY d.id")).map_err(sql)?;
        found.query_map([], info).and_then(Iterator::collect).map_err(sql)
    }

    /// A draft, open or confirmed.
    ///
    /// # Errors
    /// `draft-missing`; those of any read.
    pub fn draft(&self, id: u64) -> Result<DraftInfo> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let found = match schema::has_table(&self.conn, "redline_draft").map_err(sql)? {
            false => None,
            true => self
                .conn
                .prepare(&format!("{DRAFT} WHERE d.id = ?"))
                .and_then(|mut one| one.query_row([id], info).optional())
                .map_err(sql)?,
        };
        found.ok_or_else(|| {
            let file = error::shown(&self.path);
            WorkspaceError::new(
                "draft-missing",
                text!(
                    "工作空间“{file}”中没有编号为 {id} 的草案；请重新列出草案后再选。"
                        | "The workspace “{file}” has no draft number {id}; list its drafts and choose again."
                ),
            )
        })
    }

    /// A draft that can still be changed.
    pub(crate) fn open_draft(&self, id: u64) -> Result<DraftInfo> {
        let draft = self.draft(id)?;
        let Some(revision) = draft.confirmed else { return Ok(draft) };
        let (file, name) = (error::shown(&self.path), draft.name);
        Err(WorkspaceError::new(
            "draft-closed",
            text!(
                "工作空间“{file}”的草案“{name}”已确认为版本 {revision}，不能再更改；请另建草案。"
                    | "The draft “{name}” of the workspace “{file}” was confirmed as revision {revision} and cannot be changed any more; start another."
            ),
        ))
    }

    /// Starts a draft of a layer as it stands now.
    ///
    /// # Errors
    /// `layer-missing`; `zone-id-repeated` where another program gave two zones of the layer one id;
    /// those of any write.
    pub fn start_draft(&mut self, layer: &str, new: &NewDraft) -> Result<DraftInfo> {
        let sql = |e: rusqlite::Error| error::from_sqlite(&self.path, Doing::Writing, &e);
        let tx = self.begin()?;
        let base = self.layer(layer)?;
        self.check_layer(&base)?;
        schema::add_drafts(&tx).map_err(sql)?;
        schema::add_indexes(&tx, layer).map_err(sql)?;
        self.check_ids(layer)?;
        tx.execute(
            "INSERT INTO redline_draft (layer, name, author, base_revision, started) VALUES (?, ?, ?, ?, ?)",
            params![layer, new.name, new.author, base.revision, new.started.to_string()],
        )
        .map_err(sql)?;
        let draft = self.draft(tx.last_insert_rowid() as u64)?;
        tx.commit().map_err(sql)?;
        Ok(draft)
    }

    /// An edit finds its zone by id, so each must have its own.
    fn check_ids(&self, layer: &str) -> Result<()> {
        let twice: Option<String> = self
            .conn
            .query_row(
                &format!(r#"SELECT zone_id FROM "{layer}" GROUP BY zone_id HAVING count(*) > 1 LIMIT 1"#),
                [],
                |r| r.get(0),
            )
            .optional()
            .map_err(|e| self.reading(&e))?;
        let Some(id) = twice else { return Ok(()) };
        let file = error::shown(&self.path);
        Err(WorkspaceError::new(
            "zone-id-repeated",
            text!(
                "工作空间“{file}”的图层“{layer}”中编号“{id}”出现多次，无法起草；请使编号唯一后重新导入该图层。"
                    | "In the layer “{layer}” of the workspace “{file}” the id “{id}” occurs more than once, so it cannot be drafted; make ids unique and import the layer again."
            ),
        ))
    }

    /// Gives a draft another name.
    ///
    /// # Errors
    /// `draft-missing`; those of any write.
    pub fn rename_draft(&mut self, id: u64, name: &str) -> Result<()> {
        self.must_be_editing()?;
        self.draft(id)?;
        self.change(|tx| tx.execute("UPDATE redline_draft SET name = ? WHERE id = ?", params![name, id]).map(drop))
    }

    /// Throws an open draft away, its log with it. There is no way back.
    ///
    /// # Errors
    /// `draft-missing`; `draft-closed`, since the log of a confirmed one belongs to its revision;
    /// those of any write.
    pub fn drop_draft(&mut self, id: u64) -> Result<()> {
        self.must_be_editing()?;
        self.open_draft(id)?;
        self.change(|tx| {
            tx.execute("DELETE FROM redline_edit WHERE draft = ?", [id])?;
            tx.execute("DELETE FROM redline_draft_zone WHERE draft = ?", [id])?;
            tx.execute("DELETE FROM redline_draft WHERE id = ? AND revision IS NULL", [id]).map(drop)
        })
    }

    /// Begins a change; dropping it undoes it.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>> {
        self.must_be_editing()?;
        Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)
            .map_err(|e| error::from_sqlite(&self.path, Doing::Writing, &e))
    }
}

/// Sets how many edits of a draft are in force.
pub(crate) fn set_position(conn: &Connection, draft: u64, position: u64) -> rusqlite::Result<()> {
    conn.prepare("UPDATE redline_draft SET position = ? WHERE id = ?")?.execute(params![position, draft]).map(drop)
}

/// A moment kept as text.
pub(crate) fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Timestamp> {
    row.get::<_, String>(at)?
        .parse()
        .map_err(|e: jiff::Error| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, e.into()))
}

fn info(row: &Row<'_>) -> rusqlite::Result<DraftInfo> {
    Ok(DraftInfo {
        id: row.get(0)?,
        layer: row.get(1)?,
        name: row.get(2)?,
        author: row.get(3)?,
        started: moment(row, 4)?,
        base_revision: row.get(5)?,
        overtaken: row.get(6)?,
        edits: row.get(7)?,
        position: row.get(8)?,
        confirmed: row.get(9)?,
    })
}
