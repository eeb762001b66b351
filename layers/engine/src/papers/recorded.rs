//! A review read back from the record it was written as.

use crate::EngineError;
use crate::ground::file_name;
use crate::review::{Review, SCHEMA};
use redline_wording::text;
use std::path::Path;

/// The review in a file that `check --format json` wrote.
///
/// # Errors
/// `review-unreadable` where the file cannot be read; `review-unknown` where it is no `redline.review/1`.
pub fn recorded(path: &Path) -> Result<Review, EngineError> {
    let file = file_name(path);
    let bytes = std::fs::read(path).map_err(|e| {
        EngineError::new(
            "review-unreadable",
            text!(
                "审查记录“{file}”读不出来：{e}。请核对路径和权限。"
                    | "The review “{file}” cannot be read: {e}. Check its path and permissions."
            ),
        )
    })?;
    let unknown = |why: String| {
        EngineError::new(
            "review-unknown",
            text!(
                "“{file}”不是 {SCHEMA} 审查记录：{why}。请用 redline check --format json 写出的文件，或已存审查的编号。"
                    | "“{file}” is no {SCHEMA} record: {why}. Give a file that redline check --format json wrote, or the id of a saved review."
            ),
        )
    };
    let review: Review = serde_json::from_slice(&bytes).map_err(|e| unknown(e.to_string()))?;
    if review.schema != SCHEMA {
        return Err(unknown(review.schema));
    }
    Ok(review)
}
