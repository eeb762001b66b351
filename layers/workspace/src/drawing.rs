//! Zones for whoever draws them: by row, without the attributes that only a person reads, and each
//! decoded only if it is wanted. A damaged zone spoils itself alone: a map is drawn without it.

use crate::document::Workspace;
use crate::error::{self, Result};
use crate::geometry::{self, Bounds};
use crate::layer::{self, LayerInfo};
use crate::schema;
use redline_geometry::Shape;
use redline_zoning::ZoneFacts;
use rusqlite::{OptionalExtension, Row, params};

/// Where a zone is stored. Good until the next import into its layer, which moves zones to the
/// history: see [`Workspace::change_mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZonePlace {
    /// Whether it lies in the layer's history.
    pub past: bool,
    /// Its row (`fid`), from 1.
    pub fid: i64,
}

/// What a row holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// A zone of the revision asked for.
    Zone(StoredZone),
    /// A zone of another revision.
    OfAnotherRevision,
    /// A row that cannot be read, and what is wrong with it.
    Damaged(String),
}

/// A zone with its geometry still encoded, so that another thread can decode it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredZone {
    /// What a zone is drawn by: id, name, class, tier, kind, code. Its source attributes and its
    /// declared area are not read.
    pub facts: ZoneFacts,
    blob: Vec<u8>,
}

impl StoredZone {
    /// Its polygons, metres in the workspace's plane.
    ///
    /// # Errors
    /// What is wrong with the stored geometry, in a few words.
    pub fn shape(&self) -> std::result::Result<Shape, String> {
        if self.blob.is_empty() {
            return Ok(Shape::new(vec![]));
        }
        geometry::decode(&self.blob).map_err(|bad| bad.to_string())
    }
}

/// Its table, which files of the first versions lack.
const OVERVIEW: &str = "redline_overview";
const DRAWN: &str = "f.zone_id, f.name, f.class, f.tier, f.kind, f.code, f.geom";

impl Workspace {
    /// Hands out the zones of a layer whose bounds may touch `bounds` (metres; the index is a few
    /// metres generous) and which are `wanted`, until `act` answers `false`. One read transaction.
    ///
    /// # Errors
    /// Those of any read; a damaged zone is handed out as such.
    pub fn draw(
        &self,
        layer: &LayerInfo,
        bounds: Bounds,
        mut wanted: impl FnMut(ZonePlace) -> bool,
        mut act: impl FnMut(ZonePlace, Stored) -> bool,
    ) -> Result<()> {
        self.check_layer(layer)?;
        let sql = |e: rusqlite::Error| self.reading(&e);
        let whole = self.conn.unchecked_transaction().map_err(sql)?;
        let [min_x, min_y, max_x, max_y] = bounds;
        for past in [true, false] {
            let table = table_of(layer, past);
            let places: Vec<ZonePlace> = whole
                .prepare(&format!(
                    r#"SELECT id FROM "rtree_{table}_geom" WHERE minx <= ?3 AND maxx >= ?1 AND miny <= ?4 AND maxy >= ?2"#
                ))
                .and_then(|mut found| {
                    found
                        .query_map(params![min_x, min_y, max_x, max_y], |r| Ok(ZonePlace { past, fid: r.get(0)? }))?
                        .filter(|place| place.as_ref().map_or(true, |p| wanted(*p)))
                        .collect()
                })
                .map_err(sql)?;
            let mut places = places;
            // in the order of the file, so that a page is read once
            places.sort_unstable();
            let mut one = whole
                .prepare(&format!(r#"SELECT {} FROM "{table}" f WHERE f.fid = ?2"#, columns(past)))
                .map_err(sql)?;
            for place in places {
                let found = one.query_row(params![layer.revision, place.fid], |r| Ok(stored(r)));
                // the index names a row that is not there: an index other programs left behind
                let found = found.optional().map_err(sql)?.unwrap_or(Stored::OfAnotherRevision);
                if !act(place, found) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Hands out every zone of a layer in the order of the file, until `act` answers `false`.
    ///
    /// # Errors
    /// As [`Workspace::draw`].
    pub fn draw_all(&self, layer: &LayerInfo, mut act: impl FnMut(ZonePlace, Stored) -> bool) -> Result<()> {
        self.check_layer(layer)?;
        let sql = |e: rusqlite::Error| self.reading(&e);
        let whole = self.conn.unchecked_transaction().map_err(sql)?;
        for past in [true, false] {
            let (table, columns) = (table_of(layer, past), columns(past));
            let mut all =
                whole.prepare(&format!(r#"SELECT {columns}, f.fid FROM "{table}" f ORDER BY f.fid"#)).map_err(sql)?;
            let mut rows = all.query(params![layer.revision]).map_err(sql)?;
            while let Some(row) = rows.next().map_err(sql)? {
                let place = ZonePlace { past, fid: row.get(8).map_err(sql)? };
                let found = stored(row);
                if found != Stored::OfAnotherRevision && !act(place, found) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// A number that changes when another connection changed the file; only numbers of one open
    /// workspace can be compared.
    ///
    /// # Errors
    /// Those of any read.
    pub fn change_mark(&self) -> Result<i64> {
        self.conn.query_row("PRAGMA data_version", [], |r| r.get(0)).map_err(|e| self.reading(&e))
    }

    /// The overview kept for a layer's revision (see [`Workspace::keep_overview`]); `None` where there
    /// is none, and after another program changed the layer.
    ///
    /// # Errors
    /// Those of any read.
    pub fn overview(&self, layer: &LayerInfo) -> Result<Option<Vec<u8>>> {
        if layer.edited_outside || !schema::has_table(&self.conn, OVERVIEW).map_err(|e| self.reading(&e))? {
            return Ok(None);
        }
        self.conn
            .query_row("SELECT bytes FROM redline_overview WHERE revision = ?", [layer.revision], |r| r.get(0))
            .optional()
            .map_err(|e| self.reading(&e))
    }

    /// Keeps what a layer's revision looks like from afar, as whoever draws it encoded it. It can be
    /// made again from the zones at any time, is part of no content hash, and no reader needs it.
    ///
    /// # Errors
    /// Those of any write.
    pub fn keep_overview(&mut self, layer: &LayerInfo, bytes: &[u8]) -> Result<()> {
        self.change(|conn| {
            if !schema::has_table(conn, OVERVIEW)? {
                schema::add_overviews(conn)?;
            }
            conn.execute("INSERT OR REPLACE INTO redline_overview VALUES (?, ?)", params![layer.revision, bytes])
                .map(drop)
        })
    }

    pub(crate) fn check_layer(&self, layer: &LayerInfo) -> Result<()> {
        if layer::is_table_name(&layer.name) {
            return Ok(());
        }
        Err(error::damaged(&self.path, &format!("redline_layer: {}", layer.name)))
    }
}

fn table_of(layer: &LayerInfo, past: bool) -> String {
    if past { schema::history(&layer.name) } else { layer.name.clone() }
}

/// The columns of [`stored`]: what is drawn, and whether the zone is of revision `?1`.
fn columns(past: bool) -> String {
    let now = if past { "f.rev_from <= ?1 AND ?1 < f.rev_to" } else { "f.rev_from <= ?1" };
    format!("{DRAWN}, {now}")
}

fn stored(row: &Row<'_>) -> Stored {
    let read = || -> rusqlite::Result<Stored> {
        if !row.get::<_, bool>(7)? {
            return Ok(Stored::OfAnotherRevision);
        }
        let facts = ZoneFacts {
            id: row.get(0)?,
            name: row.get(1)?,
            class: row.get(2)?,
            tier: row.get(3)?,
            kind: row.get(4)?,
            code: row.get(5)?,
            ..ZoneFacts::default()
        };
        let blob = row.get::<_, Option<Vec<u8>>>(6)?.unwrap_or_default();
        Ok(Stored::Zone(StoredZone { facts, blob }))
    };
    read().unwrap_or_else(|e| Stored::Damaged(e.to_string()))
}
