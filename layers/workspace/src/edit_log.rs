//! The log of a draft's edits: every one is a transaction, can be undone without limit, and is there
//! after reopening. Applying after undoing drops what was undone.

use crate::document::Workspace;
use crate::draft::{self, DraftInfo};
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::zone_change::{self, same};
use jiff::Timestamp;
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange};
use rusqlite::{Row, params};

/// An edit about to be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEdit {
    /// When it was made.
    pub at: Timestamp,
    /// Its kind, kebab-case, as whoever edits calls it: `move-vertex`, `split` …
    pub kind: String,
    /// What was asked for, kept as it is.
    pub command: serde_json::Value,
    /// What it does to the zones, in order.
    pub changes: Vec<ZoneChange>,
}

/// An edit in a draft's log, without its zones.
#[derive(Clone, Debug, PartialEq)]
pub struct EditEntry {
    /// Place in the log, from 1.
    pub seq: u64,
    /// When it was made.
    pub at: Timestamp,
    /// Its kind.
    pub kind: String,
    /// What was asked for.
    pub command: serde_json::Value,
    /// Whether it is undone and can be redone.
    pub undone: bool,
}

const ENTRY: &str = "e.seq, e.at, e.kind, e.command, e.seq > d.position";

impl Workspace {
    /// Applies an edit to a draft: all of its changes or none. Once this returns they are on the
    /// disk. Edits that were undone before can then no longer be redone.
    ///
    /// # Errors
    /// `edit-overtaken` where a zone is not what the edit says it was; `zone-not-finite`;
    /// `draft-missing`, `draft-closed`; those of any write.
    pub fn apply_edit(&mut self, id: u64, edit: &NewEdit) -> Result<EditEntry> {
        let sql = |e: rusqlite::Error| error::from_sqlite(&self.path, Doing::Writing, &e);
        let tx = self.begin()?;
        let draft = self.open_draft(id)?;
        for change in &edit.changes {
            self.check_change(&draft, change)?;
            self.carry_out(&draft, change)?;
        }
        let seq = draft.position + 1;
        let bytes = zone_change::encode(&edit.changes, self.settings.epsg as i32);
        let write = || -> rusqlite::Result<()> {
            tx.prepare("DELETE FROM redline_edit WHERE draft = ? AND seq >= ?")?.execute([id, seq])?;
            tx.prepare("INSERT INTO redline_edit VALUES (?, ?, ?, ?, ?, ?)")?.execute(params![
                id,
                seq,
                edit.at.to_string(),
                edit.kind,
                edit.command.to_string(),
                bytes
            ])?;
            draft::set_position(&tx, id, seq)
        };
        write().map_err(sql)?;
        tx.commit().map_err(sql)?;
        let NewEdit { at, kind, command, .. } = edit.clone();
        Ok(EditEntry { seq, at, kind, command, undone: false })
    }

    /// Takes back the last edit in force; `None` where there is none. What comes back is what was
    /// done to the zones, to be applied to a coverage held in memory: the edit's changes backwards.
    ///
    /// # Errors
    /// `draft-missing`, `draft-closed`; `workspace-damaged` where the log cannot be read; those of
    /// any write.
    pub fn undo_edit(&mut self, id: u64) -> Result<Option<(EditEntry, Vec<ZoneChange>)>> {
        self.step(id, true)
    }

    /// Does again the edit that was undone last; `None` where there is none. With it come its
    /// changes.
    ///
    /// # Errors
    /// Those of [`Workspace::undo_edit`].
    pub fn redo_edit(&mut self, id: u64) -> Result<Option<(EditEntry, Vec<ZoneChange>)>> {
        self.step(id, false)
    }

    /// What is recorded of a draft's edits, undone ones too, oldest first. Reads no zones.
    ///
    /// # Errors
    /// `draft-missing`; those of any read.
    pub fn edits(&self, id: u64) -> Result<Vec<EditEntry>> {
        self.draft(id)?;
        let sql = |e: rusqlite::Error| self.reading(&e);
        let query = format!(
            "SELECT {ENTRY} FROM redline_edit e JOIN redline_draft d ON d.id = e.draft WHERE d.id = ? ORDER BY e.seq"
        );
        let mut all = self.conn.prepare(&query).map_err(sql)?;
        let mut rows = all.query([id]).map_err(sql)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next().map_err(sql)? {
            entries.push(self.entry(row)?);
        }
        Ok(entries)
    }

    /// What an edit in the log does to the zones.
    ///
    /// # Errors
    /// `draft-missing`; `workspace-damaged` where the log has no such edit or it cannot be read;
    /// those of any read.
    pub fn edit_changes(&self, id: u64, seq: u64) -> Result<Vec<ZoneChange>> {
        self.draft(id)?;
        let damaged = || error::damaged(&self.path, &format!("redline_edit {id}/{seq}"));
        self.logged(id, seq)?.map(|(_, changes)| changes).ok_or_else(damaged)
    }

    fn step(&mut self, id: u64, back: bool) -> Result<Option<(EditEntry, Vec<ZoneChange>)>> {
        let sql = |e: rusqlite::Error| error::from_sqlite(&self.path, Doing::Writing, &e);
        let tx = self.begin()?;
        let draft = self.open_draft(id)?;
        let (seq, position) = if back {
            (draft.position, draft.position.saturating_sub(1))
        } else {
            (draft.position + 1, draft.position + 1)
        };
        // 0 is before the first edit; past the last one there is nothing either
        if seq == 0 || (!back && seq > draft.edits) {
            return Ok(None);
        }
        let missing = || error::damaged(&self.path, &format!("redline_edit {id}/{seq}"));
        let (mut entry, mut changes) = self.logged(id, seq)?.ok_or_else(missing)?;
        entry.undone = back;
        if back {
            changes = changes.into_iter().rev().map(ZoneChange::reversed).collect();
        }
        // nothing is compared: what the log says was there is put back, whatever happened to the file
        for change in &changes {
            self.carry_out(&draft, change)?;
        }
        draft::set_position(&tx, id, position).map_err(sql)?;
        tx.commit().map_err(sql)?;
        Ok(Some((entry, changes)))
    }

    fn logged(&self, id: u64, seq: u64) -> Result<Option<(EditEntry, Vec<ZoneChange>)>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let query = format!(
            "SELECT {ENTRY}, e.changes FROM redline_edit e JOIN redline_draft d ON d.id = e.draft WHERE d.id = ? AND e.seq = ?"
        );
        let mut one = self.conn.prepare(&query).map_err(sql)?;
        let mut rows = one.query([id, seq]).map_err(sql)?;
        let Some(row) = rows.next().map_err(sql)? else { return Ok(None) };
        let bytes = row.get_ref(5).map_err(sql)?;
        let changes = bytes.as_blob().ok().and_then(zone_change::decode);
        let changes = changes.ok_or_else(|| error::damaged(&self.path, &format!("redline_edit {id}/{seq}")))?;
        Ok(Some((self.entry(row)?, changes)))
    }

    fn entry(&self, row: &Row<'_>) -> Result<EditEntry> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let seq = row.get(0).map_err(sql)?;
        let command: String = row.get(3).map_err(sql)?;
        let command = serde_json::from_str(&command)
            .map_err(|_| error::damaged(&self.path, &format!("redline_edit {seq}: command")))?;
        Ok(EditEntry {
            seq,
            at: draft::moment(row, 1).map_err(sql)?,
            kind: row.get(2).map_err(sql)?,
            command,
            undone: row.get(4).map_err(sql)?,
        })
    }

    /// Whether the draft is as the change says it was.
    fn check_change(&self, draft: &DraftInfo, change: &ZoneChange) -> Result<()> {
        let id_of = |zone: &Option<Zone>| zone.as_ref().map(|z| z.facts.id.clone());
        let (from, to) = (id_of(&change.before), id_of(&change.after));
        if let Some(after) = &change.after {
            self.check_numbers(draft, after)?;
        }
        let mut strange = None;
        if let Some(id) = from.clone()
            && !same(self.held(draft, &id)?.as_ref(), change.before.as_ref())
        {
            strange = Some(id);
        }
        if let Some(id) = to
            && from.as_ref() != Some(&id)
            && self.held(draft, &id)?.is_some()
        {
            strange = Some(id);
        }
        let Some(id) = strange else { return Ok(()) };
        let (file, name) = (error::shown(&self.path), &draft.name);
        Err(WorkspaceError::new(
            "edit-overtaken",
            text!(
                "工作空间“{file}”的草案“{name}”中图斑“{id}”在此期间已有变化，本次编辑未执行；请重新读取草案后再编辑。"
                    | "In the draft “{name}” of the workspace “{file}” the zone “{id}” has changed meanwhile, so the edit was not made; read the draft again and repeat it."
            ),
        ))
    }

    fn carry_out(&self, draft: &DraftInfo, change: &ZoneChange) -> Result<()> {
        let to = change.after.as_ref().map(|z| &z.facts.id);
        if let Some(before) = &change.before
            && to != Some(&before.facts.id)
        {
            self.hold(draft, &before.facts.id, None)?;
        }
        match &change.after {
            Some(after) => self.hold(draft, &after.facts.id, Some(after)),
            None => Ok(()),
        }
    }
}
