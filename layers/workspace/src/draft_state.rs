//! A draft's zones: those that differ from its base are kept, the rest are the base's.

use crate::document::Workspace;
use crate::draft::DraftInfo;
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::geometry;
use crate::schema;
use crate::zone_change::same;
use redline_wording::text;
use redline_zoning::{Zone, ZoneChange};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// [`schema::COLUMNS`] as a draft's zone has them, and whether there is one.
const HELD: &str = "SELECT 0, geom, zone_id, name, class, tier, kind, code, declared_m2, ellipsoidal_m2, planar_m2, \
    attributes, 0, present FROM redline_draft_zone WHERE draft = ?1";

impl Workspace {
    /// What a draft changes in all, against its base: sorted by id, a zone that came and went or
    /// changed back is not among it. Of a confirmed draft, what its revision changed.
    ///
    /// # Errors
    /// `draft-missing`; those of any read.
    pub fn draft_changes(&self, id: u64) -> Result<Vec<ZoneChange>> {
        let draft = self.draft(id)?;
        if let Some(revision) = draft.confirmed {
            return self.changed_between(&draft.layer, draft.base_revision, revision);
        }
        let mut changes = Vec::new();
        self.each_held(&draft, |zone_id, after| {
            changes.push(ZoneChange { before: self.base_zone(&draft, zone_id)?, after });
            Ok(())
        })?;
        Ok(changes)
    }

    /// Hands out every zone of a draft: those it left alone in the order of the file, then those it
    /// changed by id. Of a confirmed draft, the zones of its revision.
    ///
    /// # Errors
    /// The visitor's, which ends the visit; `draft-missing`; those of any read.
    pub fn draft_zones(&self, id: u64, mut act: impl FnMut(Zone) -> Result<()>) -> Result<()> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        // one state, though another process may be editing
        let whole = self.conn.unchecked_transaction().map_err(sql)?;
        let draft = self.draft(id)?;
        let base = self.layer_at(&draft.layer, draft.confirmed.unwrap_or(draft.base_revision))?;
        let changed: BTreeSet<String> = self
            .conn
            .prepare("SELECT zone_id FROM redline_draft_zone WHERE draft = ?")
            .and_then(|mut ids| ids.query_map([id], |r| r.get(0))?.collect())
            .map_err(sql)?;
        self.each_zone(&base, |zone| if changed.contains(&zone.facts.id) { Ok(()) } else { act(zone) })?;
        self.each_held(&draft, |_, zone| zone.map_or(Ok(()), &mut act))?;
        whole.finish().map_err(sql)
    }

    /// One zone as a draft has it; `None` where it has none of that id.
    ///
    /// # Errors
    /// `draft-missing`; those of any read.
    pub fn draft_zone(&self, id: u64, zone_id: &str) -> Result<Option<Zone>> {
        let draft = self.draft(id)?;
        self.held(&draft, zone_id)
    }

    fn each_held(&self, draft: &DraftInfo, mut act: impl FnMut(&str, Option<Zone>) -> Result<()>) -> Result<()> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let mut all = self.conn.prepare(&format!("{HELD} ORDER BY zone_id")).map_err(sql)?;
        let mut rows = all.query([draft.id]).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let present: bool = row.get(13).map_err(sql)?;
            let zone = present.then(|| self.zone(&draft.layer, row)).transpose()?;
            let zone_id: String = row.get(2).map_err(sql)?;
            act(&zone_id, zone)?;
        }
        Ok(())
    }

    /// A zone as the draft holds it.
    pub(crate) fn held(&self, draft: &DraftInfo, zone_id: &str) -> Result<Option<Zone>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        if draft.confirmed.is_none() {
            let mut one = self.conn.prepare(&format!("{HELD} AND zone_id = ?2")).map_err(sql)?;
            let mut rows = one.query(params![draft.id, zone_id]).map_err(sql)?;
            if let Some(row) = rows.next().map_err(sql)? {
                let present: bool = row.get(13).map_err(sql)?;
                return present.then(|| self.zone(&draft.layer, row)).transpose();
            }
        }
        self.base_zone(draft, zone_id)
    }

    /// A zone of the revision that the draft changes (or was confirmed as).
    fn base_zone(&self, draft: &DraftInfo, zone_id: &str) -> Result<Option<Zone>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let (now, columns) = (&draft.layer, schema::COLUMNS);
        let revision = draft.confirmed.unwrap_or(draft.base_revision);
        let past = schema::history(now);
        for query in [
            format!(r#"SELECT {columns} FROM "{now}" WHERE zone_id = ?1 AND rev_from <= ?2"#),
            format!(r#"SELECT {columns} FROM "{past}" WHERE zone_id = ?1 AND rev_from <= ?2 AND ?2 < rev_to"#),
        ] {
            let mut one = self.conn.prepare(&query).map_err(sql)?;
            let mut rows = one.query(params![zone_id, revision]).map_err(sql)?;
            if let Some(row) = rows.next().map_err(sql)? {
                return self.zone(now, row).map(Some);
            }
        }
        Ok(None)
    }

    /// Makes a draft hold `zone` under an id, or nothing.
    pub(crate) fn hold(&self, draft: &DraftInfo, zone_id: &str, zone: Option<&Zone>) -> Result<()> {
        let base = self.base_zone(draft, zone_id)?;
        let put = || -> rusqlite::Result<()> {
            if same(base.as_ref(), zone) {
                return self
                    .conn
                    .prepare("DELETE FROM redline_draft_zone WHERE draft = ? AND zone_id = ?")?
                    .execute(params![draft.id, zone_id])
                    .map(drop);
            }
            put_held(&self.conn, draft.id, zone_id, zone.map(|z| Measured::of(self, z)))
        };
        put().map_err(|e| error::from_sqlite(&self.path, Doing::Writing, &e))
    }

    /// Refuses coordinates and areas that are no numbers: the file could not give them back.
    pub(crate) fn check_numbers(&self, draft: &DraftInfo, zone: &Zone) -> Result<()> {
        if geometry::is_finite(&zone.shape) && zone.facts.declared_m2.is_none_or(f64::is_finite) {
            return Ok(());
        }
        let (name, id) = (&draft.name, &zone.facts.id);
        Err(WorkspaceError::new(
            "zone-not-finite",
            text!(
                "草案“{name}”的图斑“{id}”含有无效数值（NaN 或无穷大），未作改动；请重新编辑该图斑。"
                    | "In the draft “{name}” the zone “{id}” would have a number that is NaN or infinite; nothing was changed. Edit that zone again."
            ),
        ))
    }
}

struct Measured<'a> {
    zone: &'a Zone,
    geom: Vec<u8>,
    area: redline_geometry::Area,
    attributes: String,
}

impl<'a> Measured<'a> {
    fn of(workspace: &Workspace, zone: &'a Zone) -> Measured<'a> {
        Measured {
            zone,
            geom: geometry::encode(&zone.shape, workspace.settings.epsg as i32),
            area: workspace.settings.plane.area(&zone.shape),
            // a map of strings always has a JSON form
            attributes: serde_json::to_string(&zone.facts.attributes).unwrap_or_default(),
        }
    }
}

fn put_held(conn: &Connection, draft: u64, zone_id: &str, zone: Option<Measured<'_>>) -> rusqlite::Result<()> {
    let Some(m) = zone else {
        return conn
            .prepare("INSERT OR REPLACE INTO redline_draft_zone (draft, zone_id, present) VALUES (?, ?, 0)")?
            .execute(params![draft, zone_id])
            .map(drop);
    };
    let facts = &m.zone.facts;
    conn.prepare("INSERT OR REPLACE INTO redline_draft_zone VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![
            draft,
            zone_id,
            m.geom,
            facts.name,
            facts.class,
            facts.tier,
            facts.kind,
            facts.code,
            facts.declared_m2,
            m.area.ellipsoidal_m2,
            m.area.planar_m2,
            m.attributes
        ])
        .map(drop)
}
