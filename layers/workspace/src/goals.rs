//! The plan's area goals as this workspace holds them. A workspace that never had its own has none
//! here: the rule book's targets count then.

use crate::document::Workspace;
use crate::error::{self, Result};
use crate::schema;
use redline_zoning::Target;
use rusqlite::{Connection, params};

const GOALS: &str = r"
CREATE TABLE redline_goal (position INTEGER PRIMARY KEY, goal TEXT NOT NULL);
INSERT INTO gpkg_extensions VALUES ('redline_goal', NULL, 'redline_workspace',
  'Redline workspace: revisions, settings and review records', 'write-only');";

impl Workspace {
    /// The goals that were set in this workspace, in the order they were given; `None` where none ever
    /// were. Areas are km², shares percent of the city.
    ///
    /// # Errors
    /// `workspace-damaged` where a goal cannot be read; those of any read.
    pub fn goals(&self) -> Result<Option<Vec<Target>>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        if !schema::has_table(&self.conn, "redline_goal").map_err(sql)? {
            return Ok(None);
        }
        let texts: Vec<String> = self
            .conn
            .prepare("SELECT goal FROM redline_goal ORDER BY position")
            .and_then(|mut all| all.query_map([], |r| r.get(0))?.collect())
            .map_err(sql)?;
        let goal = |text: &String| {
            serde_json::from_str(text).map_err(|_| error::damaged(&self.path, &format!("redline_goal: {text}")))
        };
        texts.iter().map(goal).collect::<Result<Vec<_>>>().map(Some)
    }

    /// Replaces the goals of this workspace. An empty list is a decision too: no goals.
    ///
    /// # Errors
    /// Those of any write.
    pub fn set_goals(&mut self, goals: &[Target]) -> Result<()> {
        self.change(|conn| put(conn, goals))
    }

    /// Gives up the goals of this workspace: the rule book's targets count again.
    ///
    /// # Errors
    /// Those of any write.
    pub fn forget_goals(&mut self) -> Result<()> {
        self.change(|conn| {
            conn.execute_batch(
                "DROP TABLE IF EXISTS redline_goal; DELETE FROM gpkg_extensions WHERE table_name = 'redline_goal';",
            )
        })
    }
}

fn put(conn: &Connection, goals: &[Target]) -> rusqlite::Result<()> {
    if !schema::has_table(conn, "redline_goal")? {
        conn.execute_batch(GOALS)?;
    }
    conn.execute("DELETE FROM redline_goal", [])?;
    let mut one = conn.prepare("INSERT INTO redline_goal VALUES (?, ?)")?;
    for (position, goal) in goals.iter().enumerate() {
        let text = serde_json::to_string(goal).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        one.execute(params![position as i64, text])?;
    }
    Ok(())
}
