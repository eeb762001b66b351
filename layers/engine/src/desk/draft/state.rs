//! The draft as it stands, for the page.

use super::super::Desk;
use super::super::wire::*;
use super::{Editing, Logged, drafting, ledger, listing, sentence, shown};
use crate::EngineError;
use crate::progress::Progress;
use redline_workspace::EditEntry;

/// The draft being edited.
pub(in super::super) fn state(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<DraftState, EngineError> {
    of(drafting(desk).editing()?)
}

pub(super) fn of(editing: &Editing) -> Result<DraftState, EngineError> {
    let (city, layer) = (&*editing.city, &editing.layer);
    let info = editing.workspace.draft(editing.id)?;
    let changes = editing.workspace.draft_changes(editing.id)?;
    let told = editing.told.get(&info.position);
    Ok(DraftState {
        edits: editing.workspace.edits(editing.id)?.into_iter().map(edit).collect(),
        changed: shown::zones(city, changes.iter().filter_map(|c| c.after.as_ref())),
        hidden: changes.iter().filter_map(|c| c.before.as_ref()).map(|z| z.facts.id.clone()).collect(),
        ledger: ledger::of(city, layer, &editing.aims, &changes),
        can_undo: info.position > 0,
        can_redo: info.position < info.edits,
        notes: editing.aims.trouble.iter().chain(told.iter().flat_map(|t| &t.notes)).cloned().collect(),
        moved: told.map(|t| shown::moved(city, layer, &t.transfers)).unwrap_or_default(),
        draft: listing::draft(&info),
    })
}

fn edit(entry: EditEntry) -> DraftEdit {
    let logged = serde_json::from_value::<Logged>(entry.command).ok();
    DraftEdit {
        seq: entry.seq,
        sentence: sentence::of(&entry.kind, logged.as_ref()),
        at: entry.at.to_string(),
        undone: entry.undone,
    }
}
