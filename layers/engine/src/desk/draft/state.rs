//! The draft as it stands, for the page.

use super::super::Desk;
use super::super::wire::*;
use super::{Editing, Logged, drafting, ledger, listing, sentence, shown, tiles};
use crate::EngineError;
use crate::progress::Progress;
use redline_workspace::EditEntry;
use redline_zoning::{Zone, ZoneFacts};

/// The draft being edited.
pub(in super::super) fn state(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<DraftState, EngineError> {
    of(desk, drafting(desk).editing()?)
}

pub(super) fn of(desk: &Desk, editing: &Editing) -> Result<DraftState, EngineError> {
    let (city, layer) = (&*editing.city, &editing.layer);
    let info = editing.workspace.draft(editing.id)?;
    let changes = editing.workspace.draft_changes(editing.id)?;
    let told = editing.told.get(&info.position);
    let ledger = ledger::of(city, layer, &editing.aims, &changes);
    let hidden = changes.iter().filter_map(|c| c.before.as_ref()).map(|z| z.facts.id.clone()).collect();
    let zones: Vec<Zone> = changes.into_iter().filter_map(|c| c.after).collect();
    Ok(DraftState {
        edits: editing.workspace.edits(editing.id)?.into_iter().map(edit).collect(),
        changed: zones.iter().map(|zone| changed(&zone.facts)).collect(),
        tiles: tiles::draw(desk, zones, layer.role, *city.plane()),
        hidden,
        ledger,
        can_undo: info.position > 0,
        can_redo: info.position < info.edits,
        notes: editing.aims.trouble.iter().chain(told.iter().flat_map(|t| &t.notes)).cloned().collect(),
        moved: told.map(|t| shown::moved(city, layer, &t.transfers)).unwrap_or_default(),
        draft: listing::draft(&info),
    })
}

fn changed(facts: &ZoneFacts) -> ChangedZone {
    let ZoneFacts { id, name, class, tier, kind, code, .. } = facts.clone();
    ChangedZone { id, name, class, tier, kind, code }
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
