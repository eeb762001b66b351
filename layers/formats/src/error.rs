//! Why a file could not be used: one sentence naming file, place and next step.

use redline_wording::Text;

/// A file that could not be read or written. The text is a whole sentence for a person.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{text}")]
pub struct FormatError {
    /// Stable kebab-case code: `file-missing`, `dbf-missing`, `crs-undecided` …
    pub code: &'static str,
    /// The sentence: file, place, next step.
    pub text: Text,
}

impl FormatError {
    /// An error from its code and its sentence.
    pub fn new(code: &'static str, text: Text) -> FormatError {
        FormatError { code, text }
    }
}
