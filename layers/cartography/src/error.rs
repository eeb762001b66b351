//! Why a tile or an overview could not be made.

use redline_wording::{Text, text};
use redline_workspace::WorkspaceError;

/// A tile or an overview that could not be made. The text is a whole sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct CartographyError {
    /// Stable kebab-case code: `cancelled`, `no-such-tile`, `overview-not-ready`, `cache-not-written`,
    /// and those of [`WorkspaceError`].
    pub code: &'static str,
    /// The sentence.
    pub text: Text,
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, CartographyError>;

impl CartographyError {
    /// An error from its code and sentence.
    pub fn new(code: &'static str, text: Text) -> CartographyError {
        CartographyError { code, text }
    }

    pub(crate) fn cancelled() -> CartographyError {
        CartographyError::new("cancelled", text!("已取消绘图。" | "Drawing was cancelled."))
    }
}

impl From<WorkspaceError> for CartographyError {
    fn from(e: WorkspaceError) -> CartographyError {
        CartographyError { code: e.code, text: e.text }
    }
}
