//! The tables: what GeoPackage 1.3 (OGC 12-128r17) demands, and ours beside them.
//!
//! `redline_layer` and `redline_revision` are registered as attribute tables, so that QGIS shows
//! where each layer comes from; the rest is declared in `gpkg_extensions` as write-only: anyone may
//! read the file without knowing them.

use crate::settings::Settings;
use crate::wkt;
use jiff::civil::Date;
use rusqlite::{Connection, params};

/// `GPKG` in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4750_4B47;
/// GeoPackage 1.3.0.
const USER_VERSION: i32 = 10300;
/// The columns of a feature table that hold a zone, in the order written and read.
pub(crate) const COLUMNS: &str =
    "fid, geom, zone_id, name, class, tier, kind, code, declared_m2, ellipsoidal_m2, planar_m2, attributes, rev_from";

const CORE: &str = r"
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
";

const OURS: &str = r"
CREATE TABLE redline_settings (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE redline_layer (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, title TEXT NOT NULL,
  revision INTEGER NOT NULL, edited_outside INTEGER NOT NULL DEFAULT 0);
CREATE TABLE redline_revision (
  number INTEGER PRIMARY KEY, layer TEXT NOT NULL, date DATE NOT NULL, author TEXT NOT NULL,
  reason TEXT NOT NULL, source TEXT NOT NULL, file_sha256 TEXT NOT NULL, source_date TEXT,
  features INTEGER NOT NULL, sha256 TEXT NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  stated_min_x DOUBLE, stated_min_y DOUBLE, stated_max_x DOUBLE, stated_max_y DOUBLE,
  ellipsoidal_m2 DOUBLE NOT NULL, planar_m2 DOUBLE NOT NULL, notes TEXT NOT NULL);
CREATE TABLE redline_area (
  revision INTEGER NOT NULL, class TEXT, tier TEXT, kind TEXT, code TEXT,
  features INTEGER NOT NULL, declared_m2 DOUBLE, ellipsoidal_m2 DOUBLE NOT NULL, planar_m2 DOUBLE NOT NULL);
CREATE INDEX redline_area_revision ON redline_area (revision);
CREATE TABLE redline_review (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, date DATE NOT NULL, outcome TEXT NOT NULL,
  title TEXT NOT NULL, engine_version TEXT NOT NULL, json BLOB NOT NULL);
CREATE TABLE redline_review_file (
  review TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
  size INTEGER NOT NULL, PRIMARY KEY (review, position));
CREATE TABLE redline_file (sha256 TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL);
";

/// The moment GeoPackage wants for a date: the day's beginning, so that the same inputs give the
/// same bytes.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00.000Z")
}

/// Makes an empty workspace in an empty database.
pub(crate) fn lay_out(conn: &Connection, settings: &Settings) -> rusqlite::Result<()> {
    // before the first table, or they would ask for a rewrite
    conn.pragma_update(None, "page_size", 4096)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", USER_VERSION)?;
    let tx = conn.unchecked_transaction()?;
    tx.execute_batch(CORE)?;
    tx.execute_batch(OURS)?;
    let srs = "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)";
    tx.execute(
        srs,
        params![
            "Undefined Cartesian SRS",
            -1,
            "NONE",
            -1,
            "undefined",
            "undefined Cartesian coordinate reference system"
        ],
    )?;
    tx.execute(
        srs,
        params![
            "Undefined geographic SRS",
            0,
            "NONE",
            0,
            "undefined",
            "undefined geographic coordinate reference system"
        ],
    )?;
    tx.execute(
        srs,
        params![
            "WGS 84 geodetic",
            4326,
            "EPSG",
            4326,
            wkt::WGS84,
            "longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid"
        ],
    )?;
    let (epsg, plane) = (settings.epsg, &settings.plane);
    tx.execute(
        srs,
        params![
            wkt::name(epsg, plane),
            epsg,
            "EPSG",
            epsg,
            wkt::gauss_kruger(epsg, plane),
            "coordinates stored east, north"
        ],
    )?;
    for (table, title) in [("redline_layer", "图层 Layers"), ("redline_revision", "版本 Revisions")] {
        tx.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?, 'attributes', ?, ?, ?)",
            params![table, table, title, moment(settings.created)],
        )?;
    }
    for table in ["redline_settings", "redline_area", "redline_review", "redline_review_file", "redline_file"] {
        declare(&tx, table)?;
    }
    add_overviews(&tx)?;
    write_settings(&tx, settings)?;
    tx.commit()
}

/// Makes and declares the table of overviews, which files of the first versions lack.
pub(crate) fn add_overviews(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("CREATE TABLE redline_overview (revision INTEGER PRIMARY KEY, bytes BLOB NOT NULL);")?;
    declare(conn, "redline_overview")
}

const DRAFTS: &str = r"
CREATE TABLE redline_draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT, layer TEXT NOT NULL, name TEXT NOT NULL, author TEXT NOT NULL,
  base_revision INTEGER NOT NULL, started TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0, revision INTEGER);
CREATE TABLE redline_draft_zone (
  draft INTEGER NOT NULL, zone_id TEXT NOT NULL, present INTEGER NOT NULL, geom BLOB, name TEXT, class TEXT,
  tier TEXT, kind TEXT, code TEXT, declared_m2 DOUBLE, ellipsoidal_m2 DOUBLE, planar_m2 DOUBLE, attributes TEXT,
  PRIMARY KEY (draft, zone_id));
CREATE TABLE redline_edit (
  draft INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, command TEXT NOT NULL,
  changes BLOB NOT NULL, PRIMARY KEY (draft, seq));
CREATE TABLE redline_version (revision INTEGER PRIMARY KEY, title TEXT NOT NULL, draft INTEGER);
";

/// Makes and declares the tables of drafts and named versions, where the file lacks them: those of
/// the first versions do, and those that nobody ever edited.
pub(crate) fn add_drafts(conn: &Connection) -> rusqlite::Result<()> {
    if has_table(conn, "redline_draft")? {
        return Ok(());
    }
    conn.execute_batch(DRAFTS)?;
    ["redline_draft", "redline_draft_zone", "redline_edit", "redline_version"].iter().try_for_each(|t| declare(conn, t))
}

/// Whether the file has a table.
pub(crate) fn has_table(conn: &Connection, table: &str) -> rusqlite::Result<bool> {
    conn.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?")?
        .query_row([table], |r| r.get::<_, i64>(0))
        .map(|n| n > 0)
}

/// The indexes by which edits find a zone and comparisons what changed. Made with the first draft:
/// a layer that is only imported does without.
pub(crate) fn add_indexes(conn: &Connection, layer: &str) -> rusqlite::Result<()> {
    let past = history(layer);
    for (table, column) in
        [(layer, "zone_id"), (layer, "rev_from"), (&past, "zone_id"), (&past, "rev_from"), (&past, "rev_to")]
    {
        conn.execute_batch(&format!(
            r#"CREATE INDEX IF NOT EXISTS "redline_{table}_{column}" ON "{table}" ({column});"#
        ))?;
    }
    Ok(())
}

/// Drops them for the length of an import, which is faster without; whether there were any.
pub(crate) fn drop_indexes(conn: &Connection, layer: &str) -> rusqlite::Result<bool> {
    let had: i64 = conn.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name = ?",
        [format!("redline_{layer}_zone_id")],
        |r| r.get(0),
    )?;
    for table in [layer.to_owned(), history(layer)] {
        for column in ["zone_id", "rev_from", "rev_to"] {
            conn.execute_batch(&format!(r#"DROP INDEX IF EXISTS "redline_{table}_{column}";"#))?;
        }
    }
    Ok(had > 0)
}

/// Declares one of our tables that other programs need not know.
fn declare(conn: &Connection, table: &str) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, 'redline_workspace', 'Redline workspace: revisions, settings and review records', 'write-only')",
        [table],
    )
    .map(drop)
}

/// Replaces the settings.
pub(crate) fn write_settings(conn: &Connection, settings: &Settings) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM redline_settings", [])?;
    for (key, value) in settings.rows() {
        conn.execute("INSERT INTO redline_settings VALUES (?, ?)", [key, value])?;
    }
    Ok(())
}

/// The table that keeps a layer's superseded features.
pub(crate) fn history(layer: &str) -> String {
    format!("{layer}_history")
}

/// Makes a layer's two feature tables and registers them. `layer` is a checked name.
pub(crate) fn add_layer_tables(conn: &Connection, layer: &str, title: &str, epsg: u32) -> rusqlite::Result<()> {
    for (table, description, more) in [
        (layer.to_owned(), title.to_owned(), ""),
        (history(layer), format!("{title}(历史版本)"), ", rev_to INTEGER NOT NULL"),
    ] {
        conn.execute_batch(&format!(
            r#"CREATE TABLE "{table}" (
              fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, zone_id TEXT NOT NULL,
              name TEXT NOT NULL, class TEXT, tier TEXT, kind TEXT, code TEXT, declared_m2 DOUBLE,
              ellipsoidal_m2 DOUBLE NOT NULL, planar_m2 DOUBLE NOT NULL, attributes TEXT NOT NULL,
              rev_from INTEGER NOT NULL{more});"#
        ))?;
        conn.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
             VALUES (?1, 'features', ?1, ?2, '1970-01-01T00:00:00.000Z', ?3)",
            params![table, description, epsg],
        )?;
        conn.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 0, 0)",
            params![table, epsg],
        )?;
        conn.execute(
            "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
            [&table],
        )?;
        make_rtree(conn, &table)?;
    }
    Ok(())
}

/// An empty spatial index for `table`.
pub(crate) fn make_rtree(conn: &Connection, table: &str) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        r#"CREATE VIRTUAL TABLE "rtree_{table}_geom" USING rtree(id, minx, maxx, miny, maxy);"#
    ))
}

/// The triggers that GeoPackage's R-tree extension demands (they use functions that QGIS and GDAL
/// bring along), and ours that remember an edit by another program: after one, stored areas and
/// content hash no longer speak of what is there.
pub(crate) fn add_triggers(conn: &Connection, layer: &str) -> rusqlite::Result<()> {
    for t in [layer.to_owned(), history(layer)] {
        let put = format!(
            r#"INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));"#
        );
        let full = r#"(NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))"#;
        let empty = r#"(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))"#;
        let told = format!("BEGIN UPDATE redline_layer SET edited_outside = 1 WHERE name = '{layer}'; END;");
        conn.execute_batch(&format!(
            r#"CREATE TRIGGER "rtree_{t}_geom_insert" AFTER INSERT ON "{t}" WHEN {full} BEGIN {put} END;
CREATE TRIGGER "rtree_{t}_geom_update1" AFTER UPDATE OF "geom" ON "{t}" WHEN OLD."fid" = NEW."fid" AND {full} BEGIN {put} END;
CREATE TRIGGER "rtree_{t}_geom_update2" AFTER UPDATE OF "geom" ON "{t}" WHEN OLD."fid" = NEW."fid" AND {empty} BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; END;
CREATE TRIGGER "rtree_{t}_geom_update3" AFTER UPDATE ON "{t}" WHEN OLD."fid" != NEW."fid" AND {full} BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; {put} END;
CREATE TRIGGER "rtree_{t}_geom_update4" AFTER UPDATE ON "{t}" WHEN OLD."fid" != NEW."fid" AND {empty} BEGIN DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD."fid", NEW."fid"); END;
CREATE TRIGGER "rtree_{t}_geom_delete" AFTER DELETE ON "{t}" WHEN OLD."geom" NOT NULL BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; END;
CREATE TRIGGER "redline_{t}_insert" AFTER INSERT ON "{t}" {told}
CREATE TRIGGER "redline_{t}_update" AFTER UPDATE ON "{t}" {told}
CREATE TRIGGER "redline_{t}_delete" AFTER DELETE ON "{t}" {told}"#
        ))?;
    }
    Ok(())
}

/// Drops the triggers for the length of one of our own transactions.
pub(crate) fn drop_triggers(conn: &Connection, layer: &str) -> rusqlite::Result<()> {
    for t in [layer.to_owned(), history(layer)] {
        for name in ["insert", "update1", "update2", "update3", "update4", "delete"] {
            conn.execute_batch(&format!(r#"DROP TRIGGER IF EXISTS "rtree_{t}_geom_{name}";"#))?;
        }
        for name in ["insert", "update", "delete"] {
            conn.execute_batch(&format!(r#"DROP TRIGGER IF EXISTS "redline_{t}_{name}";"#))?;
        }
    }
    Ok(())
}

/// States extent and date of both tables of a layer in `gpkg_contents`.
pub(crate) fn state_contents(
    conn: &Connection,
    layer: &str,
    extent: Option<[f64; 4]>,
    date: Date,
) -> rusqlite::Result<()> {
    let sql =
        "UPDATE gpkg_contents SET last_change = ?, min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?";
    let put = |table: &str, extent: Option<[f64; 4]>| {
        let at = |i: usize| extent.map(|e| e[i]);
        conn.execute(sql, params![moment(date), at(0), at(1), at(2), at(3), table]).map(drop)
    };
    let past: Option<[f64; 4]> = conn.query_row(
        "SELECT min(min_x), min(min_y), max(max_x), max(max_y) FROM redline_revision
         WHERE layer = ?1 AND number < (SELECT max(number) FROM redline_revision WHERE layer = ?1)",
        [layer],
        |r| {
            Ok(match (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?) {
                (Some(a), Some(b), Some(c), Some(d)) => Some([a, b, c, d]),
                _ => None,
            })
        },
    )?;
    put(layer, extent)?;
    put(&history(layer), past)
}
