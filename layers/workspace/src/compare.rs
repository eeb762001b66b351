//! What two revisions of a layer have differently, without reading what both have.

use crate::content::zone_hash;
use crate::document::Workspace;
use crate::error::Result;
use crate::schema;
use redline_zoning::{Zone, ZoneChange};
use rusqlite::params;
use std::collections::BTreeMap;

/// Where a zone lies, and its hash. Repeated ids, which only another program makes, are told apart
/// by their number.
type Found = BTreeMap<(String, u32), ([u8; 32], bool, i64)>;

impl Workspace {
    /// The zones in which two states of a layer differ, sorted by id: as they were at revision
    /// `from` (or the layer's last one before it) and as they were at `to`, in whichever order of
    /// time. Rows of one revision only are read, and compared by content: an import replaces every
    /// row, and most zones come back as they were.
    ///
    /// # Errors
    /// `layer-missing`; `zone-damaged`; those of any read.
    pub fn changed_between(&self, layer: &str, from: u64, to: u64) -> Result<Vec<ZoneChange>> {
        if from > to {
            let changes = self.changed_between(layer, to, from)?;
            return Ok(changes.into_iter().map(ZoneChange::reversed).collect());
        }
        let sql = |e: rusqlite::Error| self.reading(&e);
        // one state, though an import may be running
        let whole = self.conn.is_autocommit().then(|| self.conn.unchecked_transaction()).transpose().map_err(sql)?;
        self.check_layer(&self.layer_at(layer, from)?)?;
        let past = schema::history(layer);
        let (mut gone, mut come) = (Found::new(), Found::new());
        self.find(&mut gone, layer, &past, "rev_to > ?1 AND rev_to <= ?2 AND rev_from <= ?1", [from, to])?;
        self.find(&mut come, layer, &past, "rev_from > ?1 AND rev_from <= ?2 AND rev_to > ?2", [from, to])?;
        self.find(&mut come, layer, layer, "rev_from > ?1 AND rev_from <= ?2", [from, to])?;
        gone.retain(|id, was| match come.get(id) {
            Some(is) if is.0 == was.0 => {
                come.remove(id);
                false
            }
            _ => true,
        });
        let mut changes = Vec::new();
        for (id, was) in gone {
            let before = Some(self.stored_zone(layer, was.1, was.2)?);
            let after = come.remove(&id).map(|is| self.stored_zone(layer, is.1, is.2)).transpose()?;
            changes.push((id, ZoneChange { before, after }));
        }
        for (id, is) in come {
            let after = Some(self.stored_zone(layer, is.1, is.2)?);
            changes.push((id, ZoneChange { before: None, after }));
        }
        changes.sort_by(|a, b| a.0.cmp(&b.0));
        whole.map_or(Ok(()), rusqlite::Transaction::finish).map_err(sql)?;
        Ok(changes.into_iter().map(|(_, change)| change).collect())
    }

    fn find(&self, found: &mut Found, layer: &str, table: &str, which: &str, between: [u64; 2]) -> Result<()> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let query = format!(r#"SELECT {} FROM "{table}" WHERE {which} ORDER BY fid"#, schema::COLUMNS);
        let mut all = self.conn.prepare(&query).map_err(sql)?;
        let mut rows = all.query(between).map_err(sql)?;
        while let Some(row) = rows.next().map_err(sql)? {
            let zone = self.zone(layer, row)?;
            let place = (zone_hash(&zone), table != layer, row.get(0).map_err(sql)?);
            let mut id = (zone.facts.id, 0);
            while found.contains_key(&id) {
                id.1 += 1;
            }
            found.insert(id, place);
        }
        Ok(())
    }

    fn stored_zone(&self, layer: &str, past: bool, fid: i64) -> Result<Zone> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let table = if past { schema::history(layer) } else { layer.to_owned() };
        let query = format!(r#"SELECT {} FROM "{table}" WHERE fid = ?"#, schema::COLUMNS);
        let mut one = self.conn.prepare(&query).map_err(sql)?;
        let mut rows = one.query(params![fid]).map_err(sql)?;
        match rows.next().map_err(sql)? {
            Some(row) => self.zone(layer, row),
            None => Err(sql(rusqlite::Error::QueryReturnedNoRows)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::common::square;
    use redline_zoning::{ZoneChange, composed};

    #[test]
    fn changes_one_after_the_other_are_one_change_and_what_came_back_is_none() {
        let zone = |id: &str, x: f64| Some(square(id, x, 0.0, 10.0));
        let first = vec![
            ZoneChange { before: zone("a", 0.0), after: zone("a", 1.0) },
            ZoneChange { before: zone("b", 0.0), after: None },
            ZoneChange { before: None, after: zone("c", 5.0) },
        ];
        let then = vec![
            ZoneChange { before: zone("a", 1.0), after: zone("a", 0.0) },
            ZoneChange { before: None, after: zone("b", 3.0) },
            ZoneChange { before: zone("c", 5.0), after: zone("c", 6.0) },
            ZoneChange { before: zone("d", 1.0), after: zone("d", 2.0) },
        ];
        let both = composed(first, then);
        assert_eq!(
            both,
            [
                ZoneChange { before: zone("b", 0.0), after: zone("b", 3.0) },
                ZoneChange { before: None, after: zone("c", 6.0) },
                ZoneChange { before: zone("d", 1.0), after: zone("d", 2.0) },
            ]
        );
    }
}
