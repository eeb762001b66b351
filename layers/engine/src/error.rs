//! Why a command could not do its work: one sentence naming file, place and next step.

use redline_cartography::CartographyError;
use redline_formats::FormatError;
use redline_samples::SampleError;
use redline_wording::Text;
use redline_workspace::WorkspaceError;

/// A command that ended without a result; nothing was changed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{text}")]
pub struct EngineError {
    /// Stable kebab-case code.
    pub code: String,
    /// The sentence.
    pub text: Text,
}

impl EngineError {
    /// An error from its code and sentence.
    pub fn new(code: impl Into<String>, text: Text) -> EngineError {
        EngineError { code: code.into(), text }
    }
}

impl From<FormatError> for EngineError {
    fn from(e: FormatError) -> EngineError {
        EngineError { code: e.code.to_string(), text: e.text }
    }
}

impl From<WorkspaceError> for EngineError {
    fn from(e: WorkspaceError) -> EngineError {
        EngineError { code: e.code.to_string(), text: e.text }
    }
}

impl From<SampleError> for EngineError {
    fn from(e: SampleError) -> EngineError {
        EngineError { code: e.code.to_string(), text: e.text }
    }
}

impl From<CartographyError> for EngineError {
    fn from(e: CartographyError) -> EngineError {
        EngineError { code: e.code.to_string(), text: e.text }
    }
}
