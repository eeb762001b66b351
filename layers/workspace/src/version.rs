//! Named versions: a draft confirmed, or an old state restored, as a new revision. Only the zones
//! that change are written; the rest stay where they are, whatever revision they came with.

use crate::content::{Content, Gathering, zone_hash};
use crate::document::Workspace;
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::geometry::{self, Bounds};
use crate::layer::{LayerInfo, RevisionInfo};
use crate::revise::{self, BATCH, join};
use crate::schema;
use jiff::civil::Date;
use rayon::prelude::*;
use redline_geometry::Area;
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// What a new version is called, and why it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    /// Its name for people; may be empty.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// From which day it stands. Never before the layer's newest revision.
    pub date: Date,
}

impl Workspace {
    /// Makes a draft the layer's newest revision and closes it. Its log is kept.
    ///
    /// # Errors
    /// `draft-overtaken` where the layer has had a revision since the draft began: the way out is a
    /// merge; `draft-unchanged`; `revision-backdated`; `no-zones`; `draft-missing`, `draft-closed`;
    /// those of any write.
    pub fn confirm_draft(&mut self, id: u64, version: &NewVersion) -> Result<RevisionInfo> {
        let sql = |e: rusqlite::Error| error::from_sqlite(&self.path, Doing::Writing, &e);
        let tx = self.begin()?;
        let draft = self.open_draft(id)?;
        let layer = self.layer(&draft.layer)?;
        let (file, name) = (error::shown(&self.path), &draft.name);
        if layer.revision != draft.base_revision {
            let (layer, base, now) = (&draft.layer, draft.base_revision, layer.revision);
            return Err(WorkspaceError::new(
                "draft-overtaken",
                text!(
                    "工作空间“{file}”的草案“{name}”基于图层“{layer}”的版本 {base}，该图层现已是版本 {now}，不能直接确认；请先把草案合并到新版本。"
                        | "The draft “{name}” of the workspace “{file}” changes revision {base} of the layer “{layer}”, which is at revision {now} by now; merge the draft into that one first."
                ),
            ));
        }
        let changes = self.draft_changes(id)?;
        if changes.is_empty() {
            return Err(WorkspaceError::new(
                "draft-unchanged",
                text!(
                    "工作空间“{file}”的草案“{name}”与其所依据的版本 {} 没有差别，无需确认；请先编辑，或删除该草案。"
                        | "The draft “{name}” of the workspace “{file}” does not differ from revision {}, which it is based on; edit it first, or drop it.",
                    draft.base_revision
                ),
            ));
        }
        let note = serde_json::json!({
            "code": "edited", "draft": id, "name": draft.name, "base_revision": draft.base_revision,
            "zones": changes.len(),
        });
        let basis = RevisionInfo { file_sha256: String::new(), notes: vec![note], ..self.revision_of(&layer)? };
        let info = self.write_version(&tx, &layer, &changes, basis, version, Some(id))?;
        tx.execute("DELETE FROM redline_draft_zone WHERE draft = ?", [id]).map_err(sql)?;
        tx.execute("UPDATE redline_draft SET revision = ? WHERE id = ?", params![info.number, id]).map_err(sql)?;
        tx.commit().map_err(sql)?;
        Ok(info)
    }

    /// Makes the layer again what it was at revision `number`, as a new revision: what came since
    /// stays in the history. Reads what differs into memory.
    ///
    /// # Errors
    /// `layer-missing`; `restore-unchanged` where it is like that now; `revision-backdated`; those of
    /// any write.
    pub fn restore_revision(&mut self, layer: &str, number: u64, version: &NewVersion) -> Result<RevisionInfo> {
        let sql = |e: rusqlite::Error| error::from_sqlite(&self.path, Doing::Writing, &e);
        let tx = self.begin()?;
        let then = self.layer_at(layer, number)?;
        let now = self.layer(layer)?;
        let changes = self.changed_between(layer, now.revision, then.revision)?;
        if changes.is_empty() {
            let file = error::shown(&self.path);
            return Err(WorkspaceError::new(
                "restore-unchanged",
                text!(
                    "工作空间“{file}”的图层“{layer}”的内容与版本 {number} 相同，无需恢复；请选择其他版本。"
                        | "The layer “{layer}” of the workspace “{file}” is as it was at revision {number}; there is nothing to restore. Choose another revision."
                ),
            ));
        }
        schema::add_drafts(&tx).map_err(sql)?;
        schema::add_indexes(&tx, layer).map_err(sql)?;
        let note = serde_json::json!({"code": "restored", "revision": then.revision, "zones": changes.len()});
        let basis = RevisionInfo { notes: vec![note], ..self.revision_of(&then)? };
        let info = self.write_version(&tx, &now, &changes, basis, version, None)?;
        tx.commit().map_err(sql)?;
        Ok(info)
    }

    /// The names of revisions that were given one, by number.
    ///
    /// # Errors
    /// Those of any read.
    pub fn version_titles(&self) -> Result<BTreeMap<u64, String>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        if !schema::has_table(&self.conn, "redline_version").map_err(sql)? {
            return Ok(BTreeMap::new());
        }
        self.conn
            .prepare("SELECT revision, title FROM redline_version WHERE title <> ''")
            .and_then(|mut all| all.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
            .map_err(sql)
    }

    /// Names a revision, an imported one too, or takes its name away (empty).
    ///
    /// # Errors
    /// `revision-missing`; those of any write.
    pub fn name_revision(&mut self, number: u64, title: &str) -> Result<()> {
        self.must_be_editing()?;
        if !self.revisions()?.iter().any(|r| r.number == number) {
            return Err(self.no_revision(number));
        }
        self.change(|tx| {
            schema::add_drafts(tx)?;
            tx.execute(
                "INSERT INTO redline_version (revision, title) VALUES (?1, ?2)
                 ON CONFLICT (revision) DO UPDATE SET title = ?2",
                params![number, title],
            )
            .map(drop)
        })
    }

    fn revision_of(&self, layer: &LayerInfo) -> Result<RevisionInfo> {
        let found = self.revisions()?.into_iter().find(|r| r.number == layer.revision);
        found.ok_or_else(|| self.no_revision(layer.revision))
    }

    fn no_revision(&self, number: u64) -> WorkspaceError {
        let file = error::shown(&self.path);
        WorkspaceError::new(
            "revision-missing",
            text!(
                "工作空间“{file}”中没有版本 {number}；请重新列出版本后再选。"
                    | "The workspace “{file}” has no revision {number}; list its revisions and choose again."
            ),
        )
    }

    /// Writes `changes` over the layer as it stands. `basis` says where the content comes from.
    fn write_version(
        &self,
        tx: &Connection,
        layer: &LayerInfo,
        changes: &[ZoneChange],
        basis: RevisionInfo,
        version: &NewVersion,
        draft: Option<u64>,
    ) -> Result<RevisionInfo> {
        let sql = |e: rusqlite::Error| error::from_sqlite(&self.path, Doing::Writing, &e);
        self.check_date(layer, version.date)?;
        let number = self.revision_number()? + 1;
        let name = &layer.name;
        schema::drop_triggers(tx, name).map_err(sql)?;
        for id in changes.iter().filter_map(|c| c.before.as_ref()).map(|z| &z.facts.id) {
            supersede(tx, name, id, number).map_err(sql)?;
        }
        for zone in changes.iter().filter_map(|c| c.after.as_ref()) {
            self.insert(tx, name, zone, number).map_err(sql)?;
        }
        let (content, features, extent) = self.gather(layer)?;
        if features == 0 {
            let file = error::shown(&self.path);
            return Err(WorkspaceError::new(
                "no-zones",
                text!(
                    "工作空间“{file}”的图层“{name}”将不剩任何图斑，未作改动；请至少保留一个图斑。"
                        | "The layer “{name}” of the workspace “{file}” would be left without a zone; nothing was changed. Keep one at least."
                ),
            ));
        }
        let info = RevisionInfo {
            number,
            title: Some(version.title.clone()).filter(|t| !t.is_empty()),
            layer: name.clone(),
            date: version.date,
            author: version.author.clone(),
            reason: version.reason.clone(),
            features,
            sha256: content.sha256,
            extent,
            ellipsoidal_m2: content.total.ellipsoidal_m2,
            planar_m2: content.total.planar_m2,
            ..basis
        };
        revise::record(tx, &info, &content.groups).map_err(sql)?;
        let write = || -> rusqlite::Result<()> {
            tx.execute("UPDATE redline_layer SET revision = ? WHERE name = ?", params![number, name])?;
            tx.execute("INSERT INTO redline_version VALUES (?, ?, ?)", params![number, version.title, draft])?;
            schema::add_triggers(tx, name)
        };
        write().map_err(sql)?;
        Ok(info)
    }

    fn check_date(&self, layer: &LayerInfo, asked: Date) -> Result<()> {
        if asked >= layer.date {
            return Ok(());
        }
        let (file, name, standing) = (error::shown(&self.path), &layer.name, layer.date);
        Err(WorkspaceError::new(
            "revision-backdated",
            text!(
                "日期 {asked} 早于工作空间“{file}”图层“{name}”的最新版本（{standing}），不能插入到历史中；请使用不早于 {standing} 的日期。"
                    | "The date {asked} lies before the newest revision of the layer “{name}” of the workspace “{file}” ({standing}) and cannot be put into its history; use {standing} or later."
            ),
        ))
    }

    fn insert(&self, tx: &Connection, table: &str, zone: &Zone, number: u64) -> rusqlite::Result<()> {
        let area = self.settings.plane.area(&zone.shape);
        let blob = geometry::encode(&zone.shape, self.settings.epsg as i32);
        // a map of strings always has a JSON form
        let attributes = serde_json::to_string(&zone.facts.attributes).unwrap_or_default();
        let facts = &zone.facts;
        let fid: i64 =
            tx.query_row(&format!(r#"SELECT coalesce(max(fid), 0) + 1 FROM "{table}""#), [], |r| r.get(0))?;
        tx.prepare(&format!(
            r#"INSERT INTO "{table}" ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
            schema::COLUMNS
        ))?
        .execute(params![
            fid,
            blob,
            facts.id,
            facts.name,
            facts.class,
            facts.tier,
            facts.kind,
            facts.code,
            facts.declared_m2,
            area.ellipsoidal_m2,
            area.planar_m2,
            attributes,
            number
        ])?;
        let Some([min_x, min_y, max_x, max_y]) = geometry::bounds(&zone.shape) else { return Ok(()) };
        tx.prepare(&format!(r#"INSERT INTO "rtree_{table}_geom" VALUES (?, ?, ?, ?, ?)"#))?
            .execute(params![fid, min_x, max_x, min_y, max_y])
            .map(drop)
    }

    /// Hash, sums and bounds of the whole layer as it now is, by the rule of an import. Areas are
    /// those stored, unless another program changed the layer: then they are computed again.
    fn gather(&self, layer: &LayerInfo) -> Result<(Content, u64, Option<Bounds>)> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let query = format!(r#"SELECT {} FROM "{}" ORDER BY fid"#, schema::COLUMNS, layer.name);
        let mut all = self.conn.prepare(&query).map_err(sql)?;
        let mut rows = all.query([]).map_err(sql)?;
        let mut gathering = Gathering::default();
        let mut extent: Option<Bounds> = None;
        loop {
            let mut batch: Vec<(Zone, Area)> = Vec::with_capacity(BATCH);
            while batch.len() < BATCH
                && let Some(row) = rows.next().map_err(sql)?
            {
                let area = || Ok(Area { ellipsoidal_m2: row.get(9)?, planar_m2: row.get(10)? });
                batch.push((self.zone(&layer.name, row)?, area().map_err(sql)?));
            }
            let plane = self.settings.plane;
            let measured: Vec<_> = batch
                .par_iter()
                .map(|(zone, stored)| {
                    let area = if layer.edited_outside { plane.area(&zone.shape) } else { *stored };
                    (zone_hash(zone), area, geometry::bounds(&zone.shape))
                })
                .collect();
            for ((zone, _), (hash, area, bounds)) in batch.iter().zip(measured) {
                gathering.add(&zone.facts, hash, area);
                extent = extent.into_iter().chain(bounds).reduce(join);
            }
            if batch.len() < BATCH {
                break;
            }
        }
        let features = gathering.len();
        Ok((gathering.finish(), features, extent))
    }
}

/// Moves one zone of a layer and its place in the index to the history.
fn supersede(tx: &Connection, now: &str, zone_id: &str, number: u64) -> rusqlite::Result<()> {
    let past = schema::history(now);
    let columns = schema::COLUMNS.trim_start_matches("fid, ");
    let fids: Vec<i64> = tx
        .prepare(&format!(r#"SELECT fid FROM "{now}" WHERE zone_id = ?"#))?
        .query_map([zone_id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for fid in fids {
        let next: i64 =
            tx.query_row(&format!(r#"SELECT coalesce(max(fid), 0) + 1 FROM "{past}""#), [], |r| r.get(0))?;
        tx.prepare(&format!(
            r#"INSERT INTO "{past}" (fid, {columns}, rev_to) SELECT ?1, {columns}, ?2 FROM "{now}" WHERE fid = ?3"#
        ))?
        .execute(params![next, number, fid])?;
        // the index holds bounds as f32, which come back unchanged
        tx.prepare(&format!(
            r#"INSERT INTO "rtree_{past}_geom" SELECT ?1, minx, maxx, miny, maxy FROM "rtree_{now}_geom" WHERE id = ?2"#
        ))?
        .execute([next, fid])?;
        tx.prepare(&format!(r#"DELETE FROM "rtree_{now}_geom" WHERE id = ?"#))?.execute([fid])?;
        tx.prepare(&format!(r#"DELETE FROM "{now}" WHERE fid = ?"#))?.execute([fid])?;
    }
    Ok(())
}
