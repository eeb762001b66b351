//! Reviews kept in the workspace: saved with their files, listed, opened again.

use super::checking::view;
use super::wire::*;
use super::{Desk, held};
use crate::EngineError;
use crate::progress::Progress;
use redline_wording::text;
use std::sync::PoisonError;

/// Keeps a held review with the files it was made from, as `check --save` does.
pub(super) fn save(desk: &Desk, asked: HeldReview, _: &dyn Progress) -> Result<ReviewSaved, EngineError> {
    let held = held::held(desk, asked.review)?;
    let Some(made) = &held.made else {
        return Err(EngineError::new(
            "review-saved-already",
            text!(
                "这次审查是从工作空间里打开的，已经保存在其中。"
                    | "This review was opened from the workspace and is kept there already."
            ),
        ));
    };
    let saved = made.examined.keep(&made.request)?;
    *held.saved.lock().unwrap_or_else(PoisonError::into_inner) = Some(saved.id.clone());
    Ok(ReviewSaved { id: saved.id, already: saved.already, left_out: saved.left_out })
}

/// The reviews kept, newest first.
pub(super) fn list(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Vec<crate::SavedReview>, EngineError> {
    crate::reviews(desk.city()?.path())
}

/// Opens a kept review: its record is shown as it was made, nothing is judged anew.
pub(super) fn open(desk: &Desk, asked: OpenSaved, _: &dyn Progress) -> Result<ReviewView, EngineError> {
    let city = desk.city()?;
    let record = crate::saved_review(city.path(), &asked.id)?;
    let (number, held) = held::hold(desk, &city, record, None, Some(asked.id))?;
    view(&city, number, &held)
}
