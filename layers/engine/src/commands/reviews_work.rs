//! The work of `reviews`.

use crate::commands::reviews::SavedReview;
use crate::{EngineError, Review};
use redline_wording::text;
use redline_workspace::Workspace;
use std::path::Path;

/// The reviews kept in `workspace`, newest first.
///
/// # Errors
/// When the workspace cannot be used.
pub fn reviews(workspace: &Path) -> Result<Vec<SavedReview>, EngineError> {
    let entries = Workspace::open(workspace)?.reviews()?;
    let mut list: Vec<SavedReview> = entries
        .into_iter()
        .map(|entry| SavedReview {
            id: entry.id,
            date: entry.date.to_string(),
            outcome: entry.outcome,
            title: entry.title,
            engine_version: entry.engine_version,
            files: entry.files,
        })
        .collect();
    list.sort_by(|a, b| (&b.date, &b.id).cmp(&(&a.date, &a.id)));
    Ok(list)
}

/// The review kept under `id`, or under the one id that begins with it.
///
/// # Errors
/// When the workspace cannot be used or holds no such review.
pub fn review(workspace: &Path, id: &str) -> Result<Review, EngineError> {
    let workspace = Workspace::open(workspace)?;
    parse(id, &workspace.review(id)?.json)
}

fn parse(id: &str, json: &[u8]) -> Result<Review, EngineError> {
    serde_json::from_slice(json).map_err(|e| {
        EngineError::new(
            "review-unreadable",
            text!(
                "审查记录 {id} 读不懂（{e}）；它可能由更新的版本写成，请升级后再看。"
                    | "The review {id} cannot be read ({e}); a newer version may have written it, upgrade to see it."
            ),
        )
    })
}
