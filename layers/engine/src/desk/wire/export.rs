//! Papers out of a review.

use super::AreaUnitName;
use redline_wording::Lang;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// A file format a review is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// The record, `redline.review/1`.
    Json,
    /// Clipped pieces.
    Geojson,
    /// 压占分析表.
    Xlsx,
}

/// Write a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportReview {
    /// The review.
    pub review: u32,
    /// As what.
    pub format: ExportFormat,
    /// Where to; `null` puts it into the desk's outbox, from which the front offers it.
    pub path: Option<PathBuf>,
    /// Language of its headings.
    pub lang: Lang,
}

/// A file written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its size, bytes.
    pub bytes: u64,
}

/// The table of a review, to paste into a document.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TableAsked {
    /// The review.
    pub review: u32,
    /// Unit.
    pub unit: AreaUnitName,
    /// Language.
    pub lang: Lang,
}

/// A table twice: with borders for documents, tab-separated for sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Table {
    /// HTML with inline borders; every text is escaped.
    pub html: String,
    /// Tab-separated text.
    pub text: String,
}

/// A review kept in the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewSaved {
    /// Its id.
    pub id: String,
    /// It was there already.
    pub already: bool,
    /// Input files too large to keep.
    pub left_out: Vec<String>,
}
