//! A new revision of a layer: what stood goes to the layer's history, the new zones come in, all in
//! one transaction.

use crate::content::{Content, Gathering, zone_hash};
use crate::document::{WRITE_WAIT, Workspace};
use crate::error::{self, Doing, Result, WorkspaceError};
use crate::geometry::{self, Bounds};
use crate::layer::{self, NewRevision, RevisionInfo};
use crate::opening;
use crate::schema;
use rayon::prelude::*;
use redline_geometry::{Area, GaussKruger};
use redline_wording::text;
use redline_zoning::{LayerRole, Zone};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::path::Path;
use std::time::Duration;

/// Zones measured and encoded at a time, on all cores.
pub(crate) const BATCH: usize = 2048;
/// Page cache while writing, KiB. Up to this much no reader is kept waiting before the commit.
const CACHE_KIB: i64 = 128 * 1024;
/// How long the commit waits for readers to finish.
const COMMIT_WAIT: Duration = Duration::from_secs(120);

impl Workspace {
    /// Adds a revision of a layer (and the layer, if it is new): the zones become its current
    /// state, the former state moves to its history. `progress` is told how many zones are in.
    ///
    /// One transaction: whatever fails, the workspace's content stays as it was.
    ///
    /// # Errors
    /// `layer-name`, `layer-role`, `revision-backdated`, `no-zones`, `zone-not-finite`,
    /// `zone-id-repeated`; `disk-full`, `workspace-locked` and those of any write.
    pub fn add_revision(
        &mut self,
        new: &NewRevision,
        zones: impl IntoIterator<Item = Zone>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<RevisionInfo> {
        self.try_add_revision(new, zones.into_iter().map(Ok), progress)
    }

    /// [`Workspace::add_revision`] from a source that may fail or be cancelled on the way: the
    /// first error ends it and is returned, and nothing has changed.
    ///
    /// # Errors
    /// The source's, and those of [`Workspace::add_revision`].
    pub fn try_add_revision(
        &mut self,
        new: &NewRevision,
        zones: impl IntoIterator<Item = Result<Zone>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<RevisionInfo> {
        self.must_be_editing()?;
        check_name(&self.path, new)?;
        let (path, plane, epsg) = (self.path.clone(), self.settings.plane, self.settings.epsg);
        let sql = |e: rusqlite::Error| error::from_sqlite(&path, Doing::Writing, &e);
        self.conn.pragma_update(None, "cache_size", -CACHE_KIB).map_err(sql)?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
        let revision = Revision { conn: &tx, path: &path, new, plane, srs_id: epsg as i32 };
        let info = revision.write(zones, progress)?;
        opening::wait_for_others(&tx, COMMIT_WAIT).map_err(sql)?;
        let committed = tx.commit().map_err(sql);
        // give the memory back; failing to changes nothing
        let _ = self.conn.pragma_update(None, "cache_size", -2000);
        let _ = opening::wait_for_others(&self.conn, WRITE_WAIT);
        committed.map(|()| info)
    }
}

struct Revision<'a> {
    conn: &'a Connection,
    path: &'a Path,
    new: &'a NewRevision,
    plane: GaussKruger,
    srs_id: i32,
}

impl Revision<'_> {
    fn write(
        &self,
        zones: impl IntoIterator<Item = Result<Zone>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<RevisionInfo> {
        let sql = |e: rusqlite::Error| error::from_sqlite(self.path, Doing::Writing, &e);
        let name = self.new.name.as_str();
        let number: u64 = self
            .conn
            .query_row("SELECT coalesce(max(number), 0) + 1 FROM redline_revision", [], |r| r.get(0))
            .map_err(sql)?;
        let mut indexed = false;
        match self.standing()? {
            None => self.add_layer(number).map_err(sql)?,
            Some(standing) => {
                self.check_against(&standing)?;
                schema::drop_triggers(self.conn, name).map_err(sql)?;
                indexed = schema::drop_indexes(self.conn, name).map_err(sql)?;
                self.supersede(number).map_err(sql)?;
            }
        }
        let Inserted { content, features, boxes } = self.insert(number, zones, progress)?;
        if let Some(id) = content.repeated {
            return Err(WorkspaceError::new(
                "zone-id-repeated",
                text!(
                    "“{}”中编号“{id}”出现多次，工作空间未作改动；请在源数据中使编号唯一后重新导入。"
                        | "In “{}” the id “{id}” occurs more than once; the workspace was left as it was. Make ids unique in the source and import again.",
                    self.new.file_name
                ),
            ));
        }
        let extent = boxes.iter().map(|(_, b)| *b).reduce(join);
        self.index(boxes, extent).map_err(sql)?;
        let info = RevisionInfo {
            number,
            title: None,
            layer: name.to_owned(),
            date: self.new.date,
            author: self.new.author.clone(),
            reason: self.new.reason.clone(),
            source: self.new.file_name.clone(),
            file_sha256: self.new.file_sha256.clone(),
            source_date: self.new.source_date.clone(),
            features,
            sha256: content.sha256,
            extent,
            stated_extent: self.new.stated_extent,
            ellipsoidal_m2: content.total.ellipsoidal_m2,
            planar_m2: content.total.planar_m2,
            notes: self.new.notes.clone(),
        };
        record(self.conn, &info, &content.groups).map_err(sql)?;
        if indexed {
            schema::add_indexes(self.conn, name).map_err(sql)?;
        }
        schema::add_triggers(self.conn, name).map_err(sql)?;
        Ok(info)
    }

    /// Role and newest date of the layer as it stands.
    fn standing(&self) -> Result<Option<(String, String)>> {
        self.conn
            .query_row(
                "SELECT l.role, r.date FROM redline_layer l JOIN redline_revision r ON r.number = l.revision WHERE l.name = ?",
                [&self.new.name],
                |r| Ok((r.get(0)?, r.get(1)?)),
            )
            .optional()
            .map_err(|e| error::from_sqlite(self.path, Doing::Reading, &e))
    }

    fn check_against(&self, (role, date): &(String, String)) -> Result<()> {
        let NewRevision { name, file_name, .. } = self.new;
        if layer::role_of(role) != Some(self.new.role) {
            let asked = layer::role_word(self.new.role);
            return Err(WorkspaceError::new(
                "layer-role",
                text!(
                    "图层“{name}”的用途是“{role}”，不能把“{file_name}”按“{asked}”导入其中；请换一个图层名。"
                        | "The layer “{name}” is a {role} layer; “{file_name}” cannot be imported into it as {asked}. Use another layer name."
                ),
            ));
        }
        let standing: jiff::civil::Date =
            date.parse().map_err(|_| error::damaged(self.path, &format!("redline_revision: {date}")))?;
        if self.new.date < standing {
            let asked = self.new.date;
            return Err(WorkspaceError::new(
                "revision-backdated",
                text!(
                    "“{file_name}”的日期 {asked} 早于图层“{name}”的最新版本（{standing}），不能插入到历史中；请使用不早于 {standing} 的日期。"
                        | "The date {asked} of “{file_name}” lies before the newest revision of the layer “{name}” ({standing}) and cannot be put into its history; use {standing} or later."
                ),
            ));
        }
        Ok(())
    }

    fn add_layer(&self, number: u64) -> rusqlite::Result<()> {
        let NewRevision { name, role, title, .. } = self.new;
        schema::add_layer_tables(self.conn, name, title, self.srs_id as u32)?;
        self.conn.execute(
            "INSERT INTO redline_layer (name, role, title, revision) VALUES (?, ?, ?, ?)",
            params![name, layer::role_word(*role), title, number],
        )?;
        Ok(())
    }

    /// Moves the current zones and their index to the history. Indexes hold bounds as f32, which
    /// come back unchanged.
    fn supersede(&self, number: u64) -> rusqlite::Result<()> {
        let (now, past) = (&self.new.name, schema::history(&self.new.name));
        let columns = schema::COLUMNS.trim_start_matches("fid, ");
        let base: i64 =
            self.conn.query_row(&format!(r#"SELECT coalesce(max(fid), 0) FROM "{past}""#), [], |r| r.get(0))?;
        self.conn.execute(
            &format!(r#"INSERT INTO "{past}" (fid, {columns}, rev_to) SELECT ?1 + fid, {columns}, ?2 FROM "{now}" ORDER BY fid"#),
            params![base, number],
        )?;
        self.conn.execute(
            &format!(
                r#"INSERT INTO "rtree_{past}_geom" SELECT ?1 + id, minx, maxx, miny, maxy FROM "rtree_{now}_geom""#
            ),
            [base],
        )?;
        self.conn.execute_batch(&format!(r#"DELETE FROM "{now}"; DROP TABLE "rtree_{now}_geom";"#))?;
        schema::make_rtree(self.conn, now)?;
        self.conn.execute(
            "UPDATE redline_layer SET title = ?, revision = ?, edited_outside = 0 WHERE name = ?",
            params![self.new.title, number, now],
        )?;
        self.conn
            .execute("UPDATE gpkg_contents SET description = ? WHERE table_name = ?", params![self.new.title, now])?;
        Ok(())
    }

    fn insert(
        &self,
        number: u64,
        zones: impl IntoIterator<Item = Result<Zone>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Inserted> {
        let sql = |e: rusqlite::Error| error::from_sqlite(self.path, Doing::Writing, &e);
        let mut put = self
            .conn
            .prepare(&format!(
                r#"INSERT INTO "{}" ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"#,
                self.new.name,
                schema::COLUMNS
            ))
            .map_err(sql)?;
        let measuring = Measuring { file: &self.new.file_name, plane: self.plane, srs_id: self.srs_id };
        let mut gathering = Gathering::default();
        let mut boxes = Vec::new();
        let mut zones = zones.into_iter();
        loop {
            let batch: Vec<Zone> = zones.by_ref().take(BATCH).collect::<Result<_>>()?;
            if batch.is_empty() {
                break;
            }
            let rows: Vec<Row> = batch.into_par_iter().map(|zone| measuring.row(zone)).collect::<Result<_>>()?;
            for row in rows {
                let fid = gathering.len() as i64 + 1;
                let facts = &row.zone.facts;
                put.execute(params![
                    fid,
                    row.blob,
                    facts.id,
                    facts.name,
                    facts.class,
                    facts.tier,
                    facts.kind,
                    facts.code,
                    facts.declared_m2,
                    row.area.ellipsoidal_m2,
                    row.area.planar_m2,
                    row.attributes,
                    number
                ])
                .map_err(sql)?;
                gathering.add(facts, row.hash, row.area);
                boxes.extend(row.bounds.map(|b| (fid, b)));
            }
            progress(gathering.len());
        }
        let features = gathering.len();
        if features == 0 {
            return Err(WorkspaceError::new(
                "no-zones",
                text!(
                    "“{}”中没有任何图斑，工作空间未作改动；请检查文件和图层名。"
                        | "“{}” holds no zone; the workspace was left as it was. Check the file and its layer.",
                    self.new.file_name
                ),
            ));
        }
        Ok(Inserted { content: gathering.finish(), features, boxes })
    }

    /// Fills the index along a Hilbert curve: neighbours share nodes, and SQLite splits less.
    fn index(&self, mut boxes: Vec<(i64, Bounds)>, extent: Option<Bounds>) -> rusqlite::Result<()> {
        let Some(extent) = extent else { return Ok(()) };
        boxes.sort_by_cached_key(|(fid, b)| (hilbert(*b, extent), *fid));
        let mut put =
            self.conn.prepare(&format!(r#"INSERT INTO "rtree_{}_geom" VALUES (?, ?, ?, ?, ?)"#, self.new.name))?;
        for (fid, [min_x, min_y, max_x, max_y]) in boxes {
            put.execute(params![fid, min_x, max_x, min_y, max_y])?;
        }
        Ok(())
    }
}

/// Writes a revision into the record, with its area sums.
pub(crate) fn record(conn: &Connection, info: &RevisionInfo, groups: &[layer::AreaGroup]) -> rusqlite::Result<()> {
    let at = |b: Option<Bounds>, i: usize| b.map(|b| b[i]);
    let (extent, stated) = (info.extent, info.stated_extent);
    let notes = serde_json::Value::from(info.notes.clone()).to_string();
    conn.execute(
        "INSERT INTO redline_revision VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        params![
            info.number,
            info.layer,
            info.date.to_string(),
            info.author,
            info.reason,
            info.source,
            info.file_sha256,
            info.source_date,
            info.features,
            info.sha256,
            at(extent, 0),
            at(extent, 1),
            at(extent, 2),
            at(extent, 3),
            at(stated, 0),
            at(stated, 1),
            at(stated, 2),
            at(stated, 3),
            info.ellipsoidal_m2,
            info.planar_m2,
            notes,
        ],
    )?;
    for g in groups {
        conn.execute(
            "INSERT INTO redline_area VALUES (?,?,?,?,?,?,?,?,?)",
            params![
                info.number,
                g.class,
                g.tier,
                g.kind,
                g.code,
                g.features,
                g.declared_m2,
                g.ellipsoidal_m2,
                g.planar_m2
            ],
        )?;
    }
    schema::state_contents(conn, &info.layer, info.extent, info.date)
}

/// What the zones of a revision came to.
struct Inserted {
    content: Content,
    features: u64,
    /// Bounds by fid, for the index.
    boxes: Vec<(i64, Bounds)>,
}

/// What a zone is measured by, on any thread.
struct Measuring<'a> {
    file: &'a str,
    plane: GaussKruger,
    srs_id: i32,
}

impl Measuring<'_> {
    fn row(&self, zone: Zone) -> Result<Row> {
        if !geometry::is_finite(&zone.shape) {
            return Err(WorkspaceError::new(
                "zone-not-finite",
                text!(
                    "“{}”中图斑“{}”含有无效坐标（NaN 或无穷大），工作空间未作改动；请修正源数据后重新导入。"
                        | "In “{}” the zone “{}” has a coordinate that is NaN or infinite; the workspace was left as it was. Mend the source and import again.",
                    self.file,
                    zone.facts.id
                ),
            ));
        }
        Ok(Row {
            blob: geometry::encode(&zone.shape, self.srs_id),
            bounds: geometry::bounds(&zone.shape),
            area: self.plane.area(&zone.shape),
            hash: zone_hash(&zone),
            // a map of strings always has a JSON form
            attributes: serde_json::to_string(&zone.facts.attributes).unwrap_or_default(),
            zone,
        })
    }
}

/// A zone ready to be written.
struct Row {
    zone: Zone,
    blob: Vec<u8>,
    bounds: Option<Bounds>,
    area: Area,
    hash: [u8; 32],
    attributes: String,
}

fn check_name(path: &Path, new: &NewRevision) -> Result<()> {
    let name = &new.name;
    if layer::is_table_name(name) {
        return Ok(());
    }
    let (file, habit) = (error::shown(path), layer::layer_name(LayerRole::RedLine));
    Err(WorkspaceError::new(
        "layer-name",
        text!(
            "工作空间“{file}”中不能使用图层名“{name}”；请用小写英文字母、数字和下划线（如 {habit}）。"
                | "“{name}” cannot name a layer of the workspace “{file}”; use lower-case letters, digits and underscores (such as {habit})."
        ),
    ))
}

pub(crate) fn join(a: Bounds, b: Bounds) -> Bounds {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Place of a box's centre along a Hilbert curve of 2^16 × 2^16 cells over `extent`.
fn hilbert(b: Bounds, extent: Bounds) -> u32 {
    let cell = |low: f64, high: f64, from: f64, to: f64| {
        let span = to - from;
        let part = if span > 0.0 { ((low + high) / 2.0 - from) / span } else { 0.0 };
        // a cast saturates, so rounding at the rim is harmless
        (part * 65_535.0) as u32
    };
    let (mut x, mut y) = (cell(b[0], b[2], extent[0], extent[2]), cell(b[1], b[3], extent[1], extent[3]));
    let mut along = 0;
    let mut side = 1_u32 << 15;
    while side > 0 {
        let (right, up) = (u32::from(x & side > 0), u32::from(y & side > 0));
        along += side * side * ((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                x = 65_535 - x;
                y = 65_535 - y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    along
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::common::*;

    #[test]
    fn a_full_disk_leaves_the_content_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = city(folder.path(), 10);
        let hash = land_use_hash(&path);
        let before = std::fs::read(&path).unwrap();
        let mut w = Workspace::open_for_editing(&path).unwrap();
        // SQLite answers as it does for a full disk
        let most = before.len() / 4096 + 8;
        w.conn.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(())).unwrap();
        let error = w.add_revision(&revision(LayerRole::LandUse, day(2020)), parcels(60), &mut |_| {}).unwrap_err();
        assert_eq!(error.code, "disk-full");
        assert!(std::fs::read(&path).unwrap() == before);
        assert_eq!(land_use_hash(&path), hash);
        assert_eq!(names(folder.path()).len(), 1);
        // once there is room again, the same document goes on
        w.conn.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(())).unwrap();
        w.add_revision(&revision(LayerRole::LandUse, day(2020)), parcels(60), &mut |_| {}).unwrap();
    }

    #[test]
    fn neighbours_along_the_curve_are_neighbours_on_the_ground() {
        let extent = [0., 0., 65_535., 65_535.];
        let mut cells: Vec<(u32, i64, i64)> = Vec::new();
        for x in 0..16_i64 {
            for y in 0..16_i64 {
                let (fx, fy) = (x as f64, y as f64);
                cells.push((hilbert([fx, fy, fx, fy], extent), x, y));
            }
        }
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let apart = (pair[0].1 - pair[1].1).abs() + (pair[0].2 - pair[1].2).abs();
            assert_eq!(apart, 1, "{pair:?}");
        }
    }
}
