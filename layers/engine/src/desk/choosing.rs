//! What a person can choose from: rule books, activities, stages, industries.

use super::Desk;
use super::wire::*;
use crate::EngineError;
use crate::progress::Progress;

pub(super) fn choices(_desk: &Desk, _asked: Nothing, _progress: &dyn Progress) -> Result<Choices, EngineError> {
    Err(super::not_yet())
}
