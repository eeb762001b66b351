//! Reviews kept in the workspace, with the files they judged.

use crate::content::hex;
use crate::document::Workspace;
use crate::error::{self, Result, WorkspaceError};
use jiff::civil::Date;
use redline_wording::text;
use redline_zoning::Outcome;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Largest input file kept with a review, bytes. Of a larger one only name, size and hash are kept.
pub const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// A file that a review judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewFile {
    /// Name without folders; `archive.zip/member.shp` for a member.
    pub name: String,
    /// Hex SHA-256 of its bytes.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// The bytes; `None` for a file over [`LARGEST_FILE`].
    pub bytes: Option<Vec<u8>>,
}

impl ReviewFile {
    /// A file with its bytes.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> ReviewFile {
        let sha256 = hex(&Sha256::digest(&bytes));
        let size = bytes.len() as u64;
        ReviewFile { name: name.into(), sha256, size, bytes: (size <= LARGEST_FILE).then_some(bytes) }
    }
}

/// A review as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRecord {
    /// First 16 hex digits of the SHA-256 of `json`: the same review always has the same id.
    pub id: String,
    /// Review date.
    pub date: Date,
    /// Its outcome.
    pub outcome: Outcome,
    /// Title for people.
    pub title: String,
    /// Version of the engine that made it.
    pub engine_version: String,
    /// The review's JSON, byte for byte.
    pub json: Vec<u8>,
    /// The files judged, in the order given.
    pub files: Vec<ReviewFile>,
}

impl ReviewRecord {
    /// A record of the review `json`.
    pub fn new(
        date: Date,
        outcome: Outcome,
        title: impl Into<String>,
        engine_version: impl Into<String>,
        json: Vec<u8>,
        files: Vec<ReviewFile>,
    ) -> ReviewRecord {
        let mut id = hex(&Sha256::digest(&json));
        id.truncate(16);
        ReviewRecord { id, date, outcome, title: title.into(), engine_version: engine_version.into(), json, files }
    }
}

/// A review in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewEntry {
    /// Id, 16 hex digits.
    pub id: String,
    /// Review date.
    pub date: Date,
    /// Its outcome.
    pub outcome: Outcome,
    /// Title for people.
    pub title: String,
    /// Version of the engine that made it.
    pub engine_version: String,
    /// Names of the files judged, in the order given.
    pub files: Vec<String>,
}

/// What became of a review that was to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// Whether the workspace had it already; then nothing was written.
    pub already: bool,
    /// Files too large to keep ([`LARGEST_FILE`]): of these only name, size and hash were written.
    pub left_out: Vec<String>,
}

impl Workspace {
    /// Keeps a review and its files. Equal files of several reviews are kept once.
    ///
    /// # Errors
    /// `disk-full`, `workspace-locked` and those of any write.
    pub fn save_review(&mut self, review: &ReviewRecord) -> Result<Saved> {
        let already = self.change(|tx| {
            let known: bool =
                tx.query_row("SELECT EXISTS (SELECT 1 FROM redline_review WHERE id = ?)", [&review.id], |r| r.get(0))?;
            if known {
                return Ok(true);
            }
            tx.execute(
                "INSERT INTO redline_review (id, date, outcome, title, engine_version, json) VALUES (?, ?, ?, ?, ?, ?)",
                params![
                    review.id,
                    review.date.to_string(),
                    outcome_word(review.outcome),
                    review.title,
                    review.engine_version,
                    review.json
                ],
            )?;
            for (position, file) in review.files.iter().enumerate() {
                tx.execute(
                    "INSERT INTO redline_review_file VALUES (?, ?, ?, ?, ?)",
                    params![review.id, position as i64, file.name, file.sha256, file.size as i64],
                )?;
                if let Some(bytes) = &file.bytes {
                    tx.execute("INSERT OR IGNORE INTO redline_file VALUES (?, ?)", params![file.sha256, bytes])?;
                }
            }
            Ok(false)
        })?;
        let left_out = review.files.iter().filter(|f| f.bytes.is_none()).map(|f| f.name.clone()).collect();
        Ok(Saved { id: review.id.clone(), already, left_out })
    }

    /// The reviews kept, in the order they were saved.
    ///
    /// # Errors
    /// Those of any read.
    pub fn reviews(&self) -> Result<Vec<ReviewEntry>> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let mut statement = self
            .conn
            .prepare("SELECT id, date, outcome, title, engine_version FROM redline_review ORDER BY seq")
            .map_err(sql)?;
        let rows: Vec<(String, String, String, String, String)> = statement
            .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
            .and_then(Iterator::collect)
            .map_err(sql)?;
        let mut names = self
            .conn
            .prepare("SELECT name FROM redline_review_file WHERE review = ? ORDER BY position")
            .map_err(sql)?;
        rows.into_iter()
            .map(|(id, date, outcome, title, engine_version)| {
                let files = names.query_map([&id], |r| r.get(0)).and_then(Iterator::collect).map_err(sql)?;
                let (date, outcome) = self.review_words(&id, &date, &outcome)?;
                Ok(ReviewEntry { id, date, outcome, title, engine_version, files })
            })
            .collect()
    }

    /// A review by its id, or by the first digits of it when only one begins so.
    ///
    /// # Errors
    /// `review-unknown`, `review-ambiguous`; those of any read.
    pub fn review(&self, id: &str) -> Result<ReviewRecord> {
        let sql = |e: rusqlite::Error| self.reading(&e);
        let id = self.full_id(id)?;
        let (date, outcome, title, engine_version, json): (String, String, String, String, Vec<u8>) = self
            .conn
            .query_row(
                "SELECT date, outcome, title, engine_version, json FROM redline_review WHERE id = ?",
                [&id],
                |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)),
            )
            .optional()
            .map_err(sql)?
            .ok_or_else(|| self.unknown_review(&id))?;
        let mut files = self
            .conn
            .prepare(
                "SELECT f.name, f.sha256, f.size, b.bytes FROM redline_review_file f
                 LEFT JOIN redline_file b ON b.sha256 = f.sha256 WHERE f.review = ? ORDER BY f.position",
            )
            .map_err(sql)?;
        let files = files
            .query_map([&id], |r| {
                Ok(ReviewFile { name: r.get(0)?, sha256: r.get(1)?, size: r.get(2)?, bytes: r.get(3)? })
            })
            .and_then(Iterator::collect)
            .map_err(sql)?;
        let (date, outcome) = self.review_words(&id, &date, &outcome)?;
        Ok(ReviewRecord { id, date, outcome, title, engine_version, json, files })
    }

    /// The JSON of the review kept under a whole id, without its files.
    ///
    /// # Errors
    /// `review-unknown`; those of any read.
    pub fn review_json(&self, id: &str) -> Result<Vec<u8>> {
        let found = self.conn.query_row("SELECT json FROM redline_review WHERE id = ?", [id], |r| r.get(0)).optional();
        found.map_err(|e| self.reading(&e))?.ok_or_else(|| self.unknown_review(id))
    }

    fn full_id(&self, given: &str) -> Result<String> {
        let given = given.trim().to_ascii_lowercase();
        let mut known: Vec<String> = Vec::new();
        if !given.is_empty() {
            known = self
                .conn
                .prepare("SELECT id FROM redline_review WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 2")
                .and_then(|mut s| s.query_map(params![given.chars().count() as i64, given], |r| r.get(0))?.collect())
                .map_err(|e| self.reading(&e))?;
        }
        if known.len() > 1 {
            let file = error::shown(&self.path);
            return Err(WorkspaceError::new(
                "review-ambiguous",
                text!(
                    "工作空间“{file}”中有多个审查以“{given}”开头；请多输入几位编号。"
                        | "Several reviews in the workspace “{file}” begin with “{given}”; give more digits."
                ),
            ));
        }
        known.pop().ok_or_else(|| self.unknown_review(&given))
    }

    fn unknown_review(&self, id: &str) -> WorkspaceError {
        let file = error::shown(&self.path);
        WorkspaceError::new(
            "review-unknown",
            text!(
                "工作空间“{file}”中没有编号为“{id}”的审查；可用 redline reviews list 查看。"
                    | "The workspace “{file}” holds no review “{id}”; redline reviews list shows those it holds."
            ),
        )
    }

    fn review_words(&self, id: &str, date: &str, outcome: &str) -> Result<(Date, Outcome)> {
        let bad = |what: &str| error::damaged(&self.path, &format!("redline_review {id}: {what}"));
        let date = date.parse().map_err(|_| bad(date))?;
        let outcome = serde_json::from_value(outcome.into()).map_err(|_| bad(outcome))?;
        Ok((date, outcome))
    }
}

/// The outcome as records spell it.
fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Clear => "clear",
        Outcome::Permitted => "permitted",
        Outcome::Conditional => "conditional",
        Outcome::Manual => "manual",
        Outcome::Prohibited => "prohibited",
    }
}
