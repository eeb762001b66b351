//! Zones by what people call them: id, name, code, kind.

use crate::document::Workspace;
use crate::error::{self, Result};
use crate::geometry::{self, Bounds};
use crate::layer::{self, LayerInfo};
use crate::schema;
use redline_zoning::ZoneFacts;
use rusqlite::params;

/// Rows looked through between two questions whether to go on: some tens of milliseconds.
const CHUNK: i64 = 50_000;
/// Words longer than this, in letters, are nobody's name.
const LONGEST: usize = 1_000;

/// A zone found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundZone {
    /// Id, name, class, tier, kind and code; its other attributes are not read.
    pub facts: ZoneFacts,
    /// Its bounds, metres; `None` for a zone without geometry.
    pub bounds: Option<Bounds>,
}

impl Workspace {
    /// Zones of a layer whose id, name or kind holds `words` (Latin letters of either case) or whose code
    /// begins with them; at most `limit`, in the order of the file. Looks through the whole table, a
    /// piece at a time, until `cancelled` says to stop: then what was found so far is returned.
    ///
    /// # Errors
    /// Those of any read.
    pub fn find_zones(
        &self,
        layer: &LayerInfo,
        words: &str,
        limit: usize,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<FoundZone>> {
        if !layer::is_table_name(&layer.name) {
            return Err(error::damaged(&self.path, &format!("redline_layer: {}", layer.name)));
        }
        let sql = |e: rusqlite::Error| self.reading(&e);
        let mut found = Vec::new();
        // no name is longer, and LIKE takes no endless pattern
        if words.chars().count() > LONGEST {
            return Ok(found);
        }
        // LIKE is three times as fast as instr() of lower(), which copies every value
        let literal = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let (within, begins) = (format!("%{literal}%"), format!("{literal}%"));
        for (table, until) in
            [(layer.name.clone(), "rev_from <= ?1"), (schema::history(&layer.name), "rev_from <= ?1 AND ?1 < rev_to")]
        {
            let last: i64 = self
                .conn
                .query_row(&format!(r#"SELECT coalesce(max(fid), 0) FROM "{table}""#), [], |r| r.get(0))
                .map_err(sql)?;
            let query = format!(
                r#"SELECT zone_id, name, class, tier, kind, code, geom FROM "{table}"
                   WHERE fid > ?3 AND fid <= ?4 AND {until}
                   AND (zone_id LIKE ?2 ESCAPE '\' OR name LIKE ?2 ESCAPE '\' OR kind LIKE ?2 ESCAPE '\'
                        OR code LIKE ?6 ESCAPE '\')
                   ORDER BY fid LIMIT ?5"#
            );
            let mut statement = self.conn.prepare(&query).map_err(sql)?;
            let mut from = 0;
            while from < last && found.len() < limit && !cancelled() {
                let left = (limit - found.len()) as i64;
                let mut rows =
                    statement.query(params![layer.revision, within, from, from + CHUNK, left, begins]).map_err(sql)?;
                while let Some(row) = rows.next().map_err(sql)? {
                    let read = || -> rusqlite::Result<FoundZone> {
                        let blob: Option<Vec<u8>> = row.get(6)?;
                        let facts = ZoneFacts {
                            id: row.get(0)?,
                            name: row.get(1)?,
                            class: row.get(2)?,
                            tier: row.get(3)?,
                            kind: row.get(4)?,
                            code: row.get(5)?,
                            ..ZoneFacts::default()
                        };
                        Ok(FoundZone {
                            facts,
                            // a damaged zone is found all the same; it has no place to go to
                            bounds: blob.and_then(|b| geometry::blob_bounds(&b).ok().flatten()),
                        })
                    };
                    found.push(read().map_err(sql)?);
                }
                from += CHUNK;
            }
        }
        Ok(found)
    }
}
