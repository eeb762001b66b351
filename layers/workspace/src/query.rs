//! Reading: layers as they stand or stood, and their zones by place.
//!
//! A layer is read at one revision: zones written at or before it and not superseded until after
//! it. An import that runs meanwhile therefore changes nothing for a reader that holds a
//! [`LayerInfo`].

use crate::document::Workspace;
use crate::error::{self, Result, WorkspaceError};
use crate::geometry::{self, Bounds};
use crate::layer::{self, AreaGroup, LayerInfo, RevisionInfo};
use crate::schema;
use jiff::civil::Date;
use redline_geometry::{Area, Shape};
use redline_wording::text;
use redline_zoning::{Zone, ZoneFacts};
use rusqlite::{Row, params};

const REVISION: &str = "r.number, r.layer, r.date, r.author, r.reason, r.source, r.file_sha256, r.source_date, \
    r.features, r.sha256, r.min_x, r.min_y, r.max_x, r.max_y, r.stated_min_x, r.stated_min_y, r.stated_max_x, \
    r.stated_max_y, r.ellipsoidal_m2, r.planar_m2, r.notes";

/// A zone's facts and stored areas, without its polygon.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneSummary {
    /// What rules see.
    pub facts: ZoneFacts,
    /// Its areas, computed when it was imported.
    pub area: Area,
}

impl Workspace {
    /// The layers as they stand now, sorted by role, then name.
    ///
    /// # Errors
    /// Those of any read.
    pub fn layers(&self) -> Result<Vec<LayerInfo>> {
        self.layers_where("r.number = l.revision", &[])
    }

    /// The layers as they stood at the end of `date`: of each the last revision dated on or before
    /// it. A layer that had none yet is not in the list.
    ///
    /// # Errors
    /// Those of any read.
    pub fn layers_as_of(&self, date: Date) -> Result<Vec<LayerInfo>> {
        self.layers_where(
            "r.number = (SELECT max(number) FROM redline_revision WHERE layer = l.name AND date <= ?1)",
            &[&date.to_string()],
        )
    }

    fn layers_where(&self, which: &str, with: &[&dyn rusqlite::ToSql]) -> Result<Vec<LayerInfo>> {
        let query = format!(
            "SELECT {REVISION}, l.role, l.title, l.edited_outside FROM redline_layer l JOIN redline_revision r ON {which} AND r.layer = l.name"
        );
        let mut statement = self.conn.prepare(&query).map_err(|e| self.reading(&e))?;
        let mut rows = statement.query(with).map_err(|e| self.reading(&e))?;
        let mut layers = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.reading(&e))? {
            let (revision, role, title, edited_outside) =
                (|| Ok((revision(row)?, row.get::<_, String>(21)?, row.get(22)?, row.get(23)?)))()
                    .map_err(|e: rusqlite::Error| self.reading(&e))?;
            let r = self.dated(revision)?;
            let role =
                layer::role_of(&role).ok_or_else(|| error::damaged(&self.path, &format!("redline_layer: {role}")))?;
            layers.push(LayerInfo {
                name: r.layer,
                role,
                title,
                source: r.source,
                source_date: r.source_date,
                date: r.date,
                revision: r.number,
                sha256: r.sha256,
                features: r.features,
                extent: r.extent,
                stated_extent: r.stated_extent,
                ellipsoidal_m2: r.ellipsoidal_m2,
                planar_m2: r.planar_m2,
                edited_outside,
            });
        }
        layers.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        Ok(layers)
    }

    /// A layer as it stands now.
    ///
    /// # Errors
    /// `layer-missing`; those of any read.
    pub fn layer(&self, name: &str) -> Result<LayerInfo> {
        let found = self.layers_where("r.number = l.revision AND l.name = ?1", &[&name])?.pop();
        found.ok_or_else(|| self.missing(name))
    }

    /// A layer as it stood once revision `number` was in: of its own revisions the last up to that
    /// one, which need not be its own.
    ///
    /// # Errors
    /// `layer-missing` where there is no such layer, or none yet at that revision; those of any read.
    pub fn layer_at(&self, name: &str, number: u64) -> Result<LayerInfo> {
        let last = "l.name = ?1 AND r.number = \
            (SELECT max(number) FROM redline_revision WHERE layer = l.name AND number <= ?2)";
        if let Some(found) = self.layers_where(last, &[&name, &number])?.pop() {
            return Ok(found);
        }
        self.layer(name)?;
        let file = error::shown(&self.path);
        Err(WorkspaceError::new(
            "layer-missing",
            text!(
                "工作空间“{file}”的图层“{name}”在版本 {number} 时还不存在；请选择更晚的版本。"
                    | "The layer “{name}” of the workspace “{file}” did not exist yet at revision {number}; choose a later one."
            ),
        ))
    }

    fn missing(&self, name: &str) -> WorkspaceError {
        let file = error::shown(&self.path);
        WorkspaceError::new(
            "layer-missing",
            text!(
                "工作空间“{file}”中没有图层“{name}”；请检查图层名。"
                    | "The workspace “{file}” has no layer “{name}”; check the name."
            ),
        )
    }

    /// All revisions, oldest first.
    ///
    /// # Errors
    /// Those of any read.
    pub fn revisions(&self) -> Result<Vec<RevisionInfo>> {
        let query = format!("SELECT {REVISION} FROM redline_revision r ORDER BY r.number");
        let mut statement = self.conn.prepare(&query).map_err(|e| self.reading(&e))?;
        let rows: Vec<_> =
            statement.query_map([], revision).and_then(Iterator::collect).map_err(|e| self.reading(&e))?;
        let mut titles = self.version_titles()?;
        rows.into_iter()
            .map(|r| {
                let title = titles.remove(&r.info.number);
                Ok(RevisionInfo { title, ..self.dated(r)? })
            })
            .collect()
    }

    /// Number of the newest revision; 0 in an empty workspace.
    ///
    /// # Errors
    /// Those of any read.
    pub fn revision_number(&self) -> Result<u64> {
        self.conn
            .query_row("SELECT coalesce(max(number), 0) FROM redline_revision", [], |r| r.get(0))
            .map_err(|e| self.reading(&e))
    }

    /// The zones of a layer whose bounds touch `bounds`, sorted by id.
    ///
    /// # Errors
    /// `zone-damaged` names layer and feature whose geometry cannot be read; those of any read.
    pub fn zones_in(&self, layer: &LayerInfo, bounds: Bounds) -> Result<Vec<Zone>> {
        let mut zones = Vec::new();
        self.visit(layer, Some(bounds), |zone| {
            zones.push(zone);
            Ok(())
        })?;
        zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
        Ok(zones)
    }

    /// Every zone of a layer, sorted by id. A million parcels take about a gigabyte: see
    /// [`Workspace::each_zone`].
    ///
    /// # Errors
    /// As [`Workspace::zones_in`].
    pub fn all_zones(&self, layer: &LayerInfo) -> Result<Vec<Zone>> {
        let mut zones = Vec::new();
        self.each_zone(layer, |zone| {
            zones.push(zone);
            Ok(())
        })?;
        zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
        Ok(zones)
    }

    /// Hands out the zones of a layer one at a time, in the order they were imported.
    ///
    /// # Errors
    /// The visitor's, which ends the visit; as [`Workspace::zones_in`].
    pub fn each_zone(&self, layer: &LayerInfo, act: impl FnMut(Zone) -> Result<()>) -> Result<()> {
        self.visit(layer, None, act)
    }

    /// Facts and areas of every zone, sorted by id, without reading a polygon.
    ///
    /// # Errors
    /// Those of any read.
    pub fn zone_summaries(&self, layer: &LayerInfo) -> Result<Vec<ZoneSummary>> {
        let mut zones = Vec::new();
        self.rows(layer, None, "NULL", |row| {
            let facts = self.facts(&layer.name, row)?;
            let area = (|| Ok(Area { ellipsoidal_m2: row.get(9)?, planar_m2: row.get(10)? }))()
                .map_err(|e: rusqlite::Error| self.reading(&e))?;
            zones.push(ZoneSummary { facts, area });
            Ok(())
        })?;
        zones.sort_by(|a, b| a.facts.id.cmp(&b.facts.id));
        Ok(zones)
    }

    /// Sums by class, tier, kind and code, as computed at import; sorted by these.
    ///
    /// # Errors
    /// Those of any read.
    pub fn areas_by(&self, layer: &LayerInfo) -> Result<Vec<AreaGroup>> {
        let mut statement = self
            .conn
            .prepare("SELECT class, tier, kind, code, features, declared_m2, ellipsoidal_m2, planar_m2 FROM redline_area WHERE revision = ? ORDER BY class, tier, kind, code")
            .map_err(|e| self.reading(&e))?;
        statement
            .query_map([layer.revision], |r| {
                Ok(AreaGroup {
                    class: r.get(0)?,
                    tier: r.get(1)?,
                    kind: r.get(2)?,
                    code: r.get(3)?,
                    features: r.get(4)?,
                    declared_m2: r.get(5)?,
                    ellipsoidal_m2: r.get(6)?,
                    planar_m2: r.get(7)?,
                })
            })
            .and_then(Iterator::collect)
            .map_err(|e| self.reading(&e))
    }

    fn visit(&self, layer: &LayerInfo, bounds: Option<Bounds>, mut act: impl FnMut(Zone) -> Result<()>) -> Result<()> {
        self.rows(layer, bounds, "f.geom", |row| {
            if let Some(asked) = bounds {
                // the index keeps bounds as f32, metres wide of the mark at these eastings
                let stated = self.blob(&layer.name, row)?.map(geometry::blob_bounds).transpose();
                match stated.map_err(|bad| self.bad_zone(&layer.name, row, &bad.to_string()))?.flatten() {
                    Some(b) if touch(b, asked) => {}
                    _ => return Ok(()),
                }
            }
            act(self.zone(&layer.name, row)?)
        })
    }

    /// The geometry of a row that holds [`schema::COLUMNS`]; QGIS writes NULL for a feature without.
    fn blob<'r>(&self, layer: &str, row: &'r Row<'_>) -> Result<Option<&'r [u8]>> {
        row.get_ref(1).ok().and_then(|v| v.as_blob_or_null().ok()).ok_or_else(|| self.bad_zone(layer, row, "geom"))
    }

    /// The zone in a row that holds [`schema::COLUMNS`]. Without geometry it lies nowhere.
    pub(crate) fn zone(&self, layer: &str, row: &Row<'_>) -> Result<Zone> {
        let shape = match self.blob(layer, row)? {
            Some(blob) => geometry::decode(blob).map_err(|bad| self.bad_zone(layer, row, &bad.to_string()))?,
            None => Shape::new(vec![]),
        };
        Ok(Zone { facts: self.facts(layer, row)?, shape })
    }

    /// Runs over the rows of both tables of a layer, within one read transaction: no import can
    /// move a zone from one to the other in between.
    fn rows(
        &self,
        layer: &LayerInfo,
        bounds: Option<Bounds>,
        geom: &str,
        mut act: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if !layer::is_table_name(&layer.name) {
            return Err(error::damaged(&self.path, &format!("redline_layer: {}", layer.name)));
        }
        let sql = |e: rusqlite::Error| self.reading(&e);
        // within a change of our own it is one already
        let whole = self.conn.is_autocommit().then(|| self.conn.unchecked_transaction()).transpose().map_err(sql)?;
        let columns = schema::COLUMNS.split(", ").map(|c| if c == "geom" { geom.to_owned() } else { format!("f.{c}") });
        let columns = columns.collect::<Vec<_>>().join(", ");
        for (table, until) in [
            (schema::history(&layer.name), "f.rev_from <= ?1 AND ?1 < f.rev_to"),
            (layer.name.clone(), "f.rev_from <= ?1"),
        ] {
            match bounds {
                Some([min_x, min_y, max_x, max_y]) => {
                    let query = format!(
                        r#"SELECT {columns} FROM "rtree_{table}_geom" i JOIN "{table}" f ON f.fid = i.id
                           WHERE i.minx <= ?4 AND i.maxx >= ?2 AND i.miny <= ?5 AND i.maxy >= ?3 AND {until}"#
                    );
                    let mut statement = self.conn.prepare(&query).map_err(sql)?;
                    let mut rows = statement.query(params![layer.revision, min_x, min_y, max_x, max_y]).map_err(sql)?;
                    while let Some(row) = rows.next().map_err(sql)? {
                        act(row)?;
                    }
                }
                None => {
                    let mut statement = self
                        .conn
                        .prepare(&format!(r#"SELECT {columns} FROM "{table}" f WHERE {until} ORDER BY f.fid"#))
                        .map_err(sql)?;
                    let mut rows = statement.query([layer.revision]).map_err(sql)?;
                    while let Some(row) = rows.next().map_err(sql)? {
                        act(row)?;
                    }
                }
            }
        }
        whole.map_or(Ok(()), rusqlite::Transaction::finish).map_err(sql)
    }

    pub(crate) fn facts(&self, layer: &str, row: &Row<'_>) -> Result<ZoneFacts> {
        let read = || -> rusqlite::Result<(ZoneFacts, String)> {
            let facts = ZoneFacts {
                id: row.get(2)?,
                name: row.get(3)?,
                class: row.get(4)?,
                tier: row.get(5)?,
                kind: row.get(6)?,
                code: row.get(7)?,
                declared_m2: row.get(8)?,
                ..ZoneFacts::default()
            };
            Ok((facts, row.get(11)?))
        };
        let (mut facts, attributes) = read().map_err(|e| self.bad_zone(layer, row, &e.to_string()))?;
        facts.attributes = serde_json::from_str(&attributes).map_err(|_| self.bad_zone(layer, row, "attributes"))?;
        Ok(facts)
    }

    pub(crate) fn bad_zone(&self, name: &str, row: &Row<'_>, what: &str) -> WorkspaceError {
        let file = error::shown(&self.path);
        let fid: i64 = row.get(0).unwrap_or(-1);
        WorkspaceError::new(
            "zone-damaged",
            text!(
                "工作空间“{file}”图层“{name}”中 fid 为 {fid} 的图斑无法读取（{what}）；请重新导入该图层，或从备份恢复。"
                    | "In the workspace “{file}”, layer “{name}”, the zone with fid {fid} cannot be read ({what}); import the layer again or restore a backup."
            ),
        )
    }

    fn dated(&self, row: RevisionRow) -> Result<RevisionInfo> {
        let bad = |what: &str| error::damaged(&self.path, &format!("redline_revision {}: {what}", row.info.number));
        let date = row.date.parse().map_err(|_| bad(&row.date))?;
        let notes = serde_json::from_str(&row.notes).map_err(|_| bad("notes"))?;
        Ok(RevisionInfo { date, notes, ..row.info })
    }
}

/// A revision whose date and notes are still text.
struct RevisionRow {
    info: RevisionInfo,
    date: String,
    notes: String,
}

fn revision(row: &Row<'_>) -> rusqlite::Result<RevisionRow> {
    let bounds = |at: usize| -> rusqlite::Result<Option<Bounds>> {
        Ok(match (row.get(at)?, row.get(at + 1)?, row.get(at + 2)?, row.get(at + 3)?) {
            (Some(a), Some(b), Some(c), Some(d)) => Some([a, b, c, d]),
            _ => None,
        })
    };
    Ok(RevisionRow {
        info: RevisionInfo {
            number: row.get(0)?,
            title: None,
            layer: row.get(1)?,
            date: Date::ZERO,
            author: row.get(3)?,
            reason: row.get(4)?,
            source: row.get(5)?,
            file_sha256: row.get(6)?,
            source_date: row.get(7)?,
            features: row.get(8)?,
            sha256: row.get(9)?,
            extent: bounds(10)?,
            stated_extent: bounds(14)?,
            ellipsoidal_m2: row.get(18)?,
            planar_m2: row.get(19)?,
            notes: Vec::new(),
        },
        date: row.get(2)?,
        notes: row.get(20)?,
    })
}

fn touch(a: Bounds, b: Bounds) -> bool {
    a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]
}
