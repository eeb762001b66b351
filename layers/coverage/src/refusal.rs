//! Why an edit was not made: a sentence, and the place.

use crate::Point;
use redline_wording::Text;

/// An edit that would break the coverage, or that does not say what it means. Nothing was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{text}")]
pub struct Refusal {
    /// Stable kebab-case code: `would-cross`, `no-such-vertex`, `line-outside` …
    pub code: &'static str,
    /// The sentence: what stands in the way, and the next step.
    pub text: Text,
    /// Where, in the workspace's plane; `None` where it has no place.
    pub at: Option<Point>,
}

impl Refusal {
    /// A refusal at a place.
    pub fn at(code: &'static str, at: Point, text: Text) -> Refusal {
        Refusal { code, text, at: Some(at) }
    }

    /// A refusal without a place.
    pub fn of(code: &'static str, text: Text) -> Refusal {
        Refusal { code, text, at: None }
    }
}

/// What planning gives.
pub type Result<T> = std::result::Result<T, Refusal>;
