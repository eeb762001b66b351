//! Why a report could not be made.

use redline_wording::Text;

/// A report that could not be made. The text is a whole sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct ReportError {
    /// Stable kebab-case code: `bad-date`, `font-missing`, `glyph-missing`, `template-error`,
    /// `template-not-read`, `template-not-written`, `map-not-usable`, `too-many-maps`, `not-serializable`,
    /// `layout-failed`, `docx-not-written`.
    pub code: &'static str,
    /// The sentence.
    pub text: Text,
}

/// What this crate's functions return.
pub type Result<T> = std::result::Result<T, ReportError>;

impl ReportError {
    /// An error from its code and sentence.
    pub fn new(code: &'static str, text: Text) -> ReportError {
        ReportError { code, text }
    }
}
