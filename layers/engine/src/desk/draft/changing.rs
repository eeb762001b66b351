//! Edits planned, made, taken back and made again.

use super::super::Desk;
use super::super::places::place_of;
use super::super::wire::*;
use super::relating::Related;
use super::{Editing, Logged, Told, drafting, points, relating, shown, state};
use crate::EngineError;
use crate::progress::Progress;
use jiff::Timestamp;
use redline_coverage::{Change, Edit, Point};
use redline_wording::text;
use redline_workspace::{EditEntry, NewEdit, ZoneChange};

/// What an edit would do.
pub(in super::super) fn plan(desk: &Desk, asked: EditAsked, _: &dyn Progress) -> Result<EditPlan, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let city = &*editing.city;
    Ok(match editing.coverage.plan(&asked.edit) {
        Ok(change) => {
            // a vertex is dragged at the pace of the pointer: what other layers say waits until it is let go
            let related = match asked.edit {
                Edit::MoveVertex { .. } => Related::Kept,
                _ => relating::of(editing, &change.transfers)?,
            };
            let (related, refusal) = match related {
                Related::Kept => (None, None),
                Related::Noted(note) => (Some(note), None),
                Related::Broken(text, at) => {
                    let at = Some(place_of(city, at));
                    (None, Some(EditRefusal { code: relating::REFUSED.to_owned(), text, at }))
                }
            };
            EditPlan {
                boundaries: shown::new_boundaries(city, &change.zones),
                moved: shown::moved(city, &editing.layer, &change.transfers),
                notes: change.notes.into_iter().chain(related).collect(),
                refusal,
            }
        }
        Err(refused) => EditPlan {
            boundaries: shown::new_boundaries(city, &[]),
            moved: Vec::new(),
            notes: Vec::new(),
            refusal: Some(EditRefusal {
                code: refused.code.to_owned(),
                text: refused.text,
                at: refused.at.map(|at| place_of(city, at)),
            }),
        },
    })
}

/// Makes an edit.
pub(in super::super) fn apply(desk: &Desk, asked: EditAsked, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    make(editing, asked.edit, (desk.clock)().timestamp())?;
    state::of(desk, editing)
}

/// Plans an edit, writes it, takes it over: in this order.
pub(super) fn make(editing: &mut Editing, edit: Edit, at: Timestamp) -> Result<(), EngineError> {
    let change = editing.coverage.plan(&edit).map_err(|r| EngineError::new(r.code, r.text))?;
    let kind = kind(&edit);
    write(editing, &kind, Logged { edit: Some(edit), ..Logged::default() }, change, at)
}

/// Writes what was planned, then takes it over.
pub(super) fn write(
    editing: &mut Editing,
    kind: &str,
    logged: Logged,
    change: Change,
    at: Timestamp,
) -> Result<(), EngineError> {
    let related = relating::of(editing, &change.transfers)?.notes()?;
    let places = |nodes: &[Point]| nodes.iter().map(|p| [p.x, p.y]).collect();
    let (nodes_added, nodes_removed) = (places(&change.nodes_added), places(&change.nodes_removed));
    let command = serde_json::to_value(Logged { nodes_added, nodes_removed, ..logged }).map_err(|e| {
        EngineError::new("edit-unwritable", text!("编辑写不出来：{e}。" | "The edit cannot be written: {e}."))
    })?;
    let new = NewEdit { at, kind: kind.to_owned(), command, changes: change.zones.clone() };
    let entry = editing.workspace.apply_edit(editing.id, &new)?;
    take_over(editing, &change)?;
    let notes = change.notes.into_iter().chain(related).collect();
    // what was undone before can no longer be redone
    editing.told.split_off(&entry.seq);
    editing.told.insert(entry.seq, Told { transfers: change.transfers, notes });
    Ok(())
}

/// Memory follows the disk; where it cannot, it is read anew.
fn take_over(editing: &mut Editing, change: &Change) -> Result<(), EngineError> {
    editing.defects = None;
    match editing.coverage.apply(change) {
        Ok(()) => Ok(()),
        Err(_) => editing.reload(),
    }
}

/// The kind as the edit's own serialized form calls it.
fn kind(edit: &Edit) -> String {
    let words = serde_json::to_value(edit).ok();
    words.as_ref().and_then(|w| w.get("edit")?.as_str()).unwrap_or_default().to_owned()
}

/// Takes the last edit back.
pub(in super::super) fn undo(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let Some((entry, zones)) = editing.workspace.undo_edit(editing.id)? else {
        return Err(EngineError::new(
            "nothing-to-undo",
            text!("没有可以撤销的编辑。" | "There is no edit to take back."),
        ));
    };
    step(desk, editing, entry, zones, true)
}

/// Makes the edit again that was taken back last.
pub(in super::super) fn redo(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let Some((entry, zones)) = editing.workspace.redo_edit(editing.id)? else {
        return Err(EngineError::new(
            "nothing-to-redo",
            text!("没有可以重做的编辑。" | "There is no edit to make again."),
        ));
    };
    step(desk, editing, entry, zones, false)
}

fn step(
    desk: &Desk,
    editing: &mut Editing,
    entry: EditEntry,
    zones: Vec<ZoneChange>,
    back: bool,
) -> Result<DraftState, EngineError> {
    let logged = serde_json::from_value::<Logged>(entry.command).ok();
    let (added, removed) = logged.map(|l| (points(&l.nodes_added), points(&l.nodes_removed))).unwrap_or_default();
    let (nodes_added, nodes_removed) = if back { (removed, added) } else { (added, removed) };
    take_over(editing, &Change { zones, nodes_added, nodes_removed, ..Change::default() })?;
    state::of(desk, editing)
}
