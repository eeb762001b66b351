//! The drafts of a workspace: started, opened, closed, thrown away.

use super::super::Desk;
use super::super::opening::City;
use super::super::wire::*;
use super::{Drafting, Editing, drafting, state};
use crate::EngineError;
use crate::progress::Progress;
use redline_wording::{Text, text};
use redline_workspace::{DraftInfo, NewDraft, Workspace};
use redline_zoning::LayerRole;
use std::sync::{Arc, MutexGuard};

/// The drafts of the workspace, and the layers that can be drafted.
pub(in super::super) fn drafts(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Drafts, EngineError> {
    let (drafting, city) = at_hand(desk)?;
    list(&city, &drafting)
}

/// What is drafted, then the city: whoever opens another one swaps it first and lets go of the draft
/// after, so that no draft of the city before is begun behind its back.
fn at_hand(desk: &Desk) -> Result<(MutexGuard<'_, Drafting>, Arc<City>), EngineError> {
    let drafting = drafting(desk);
    Ok((drafting, desk.city()?))
}

/// Unlocks a reference layer.
pub(in super::super) fn unlock(desk: &Desk, asked: UnlockLayer, _: &dyn Progress) -> Result<Drafts, EngineError> {
    let (mut drafting, city) = at_hand(desk)?;
    Workspace::open(city.path())?.layer(&asked.layer)?;
    drafting.unlocked.insert(asked.layer);
    list(&city, &drafting)
}

/// Starts a draft of a layer and edits it.
pub(in super::super) fn start(desk: &Desk, asked: StartDraft, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let (mut drafting, city) = at_hand(desk)?;
    let layer = Workspace::open(city.path())?.layer(&asked.layer)?;
    if let Some(why) = locked(&drafting, &layer.name, layer.role) {
        return Err(EngineError::new("layer-locked", why));
    }
    // its lock is the one asked for
    drafting.end(desk)?;
    let mut workspace = Workspace::open_for_drafting(city.path())?;
    let new = NewDraft { name: asked.name, author: asked.author, started: (desk.clock)().timestamp() };
    let draft = workspace.start_draft(&asked.layer, &new)?;
    begin(desk, &city, &mut drafting, workspace, draft.id)
}

/// Edits a draft that is there.
pub(in super::super) fn open(desk: &Desk, asked: DraftAsked, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let (mut drafting, city) = at_hand(desk)?;
    // known before the one at hand is closed
    let draft = Workspace::open(city.path())?.draft(asked.id)?;
    if let Some(layer) = city.layers().iter().find(|l| l.name == draft.layer)
        && let Some(why) = locked(&drafting, &layer.name, layer.role)
    {
        return Err(EngineError::new("layer-locked", why));
    }
    drafting.end(desk)?;
    let workspace = Workspace::open_for_drafting(city.path())?;
    begin(desk, &city, &mut drafting, workspace, asked.id)
}

fn begin(
    desk: &Desk,
    city: &Arc<City>,
    drafting: &mut Drafting,
    workspace: Workspace,
    id: u64,
) -> Result<DraftState, EngineError> {
    let editing = Editing::begin(city, workspace, id)?;
    let state = state::of(desk, &editing)?;
    drafting.editing = Some(editing);
    Ok(state)
}

/// Ends editing; the draft stays in the workspace.
pub(in super::super) fn close(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Nothing, EngineError> {
    drafting(desk).end(desk)?;
    Ok(Nothing {})
}

/// Throws a draft away.
pub(in super::super) fn discard(desk: &Desk, asked: DraftAsked, _: &dyn Progress) -> Result<Drafts, EngineError> {
    let (mut drafting, city) = at_hand(desk)?;
    match &mut drafting.editing {
        Some(editing) => editing.workspace.drop_draft(asked.id)?,
        None => {
            let mut workspace = Workspace::open_for_drafting(city.path())?;
            workspace.drop_draft(asked.id)?;
            workspace.close()?;
        }
    }
    if drafting.editing.as_ref().is_some_and(|editing| editing.id == asked.id) {
        drafting.end(desk)?;
    }
    list(&city, &drafting)
}

fn list(city: &City, drafting: &Drafting) -> Result<Drafts, EngineError> {
    let reading;
    let workspace = match &drafting.editing {
        Some(editing) => &editing.workspace,
        None => {
            reading = Workspace::open(city.path())?;
            &reading
        }
    };
    let mut layers = workspace.layers()?;
    layers.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
    let layers = layers.into_iter().map(|layer| {
        let why = locked(drafting, &layer.name, layer.role);
        DraftLayer { editable: why.is_none(), why, name: layer.name, title: layer.title, role: layer.role }
    });
    let editing = drafting.editing.as_ref().map(|e| e.workspace.draft(e.id)).transpose()?;
    let being_edited_by = if editing.is_some() { None } else { other_editor(city) };
    Ok(Drafts {
        layers: layers.collect(),
        open: workspace.drafts()?.iter().map(draft).collect(),
        editing: editing.as_ref().map(draft),
        being_edited_by,
    })
}

/// Who else edits: asked by trying for the lock, only where a lock file lies beside the workspace, so
/// that listing drafts writes nothing.
fn other_editor(city: &City) -> Option<Text> {
    let mut lock = std::fs::canonicalize(city.path()).ok()?.into_os_string();
    lock.push("-editor");
    if !std::path::Path::new(&lock).exists() {
        return None;
    }
    Workspace::open_for_drafting(city.path()).err().filter(|e| e.code == "workspace-being-edited").map(|e| e.text)
}

/// Why a layer cannot be drafted.
fn locked(drafting: &Drafting, name: &str, role: LayerRole) -> Option<Text> {
    let reference = matches!(role, LayerRole::LandUse | LayerRole::District);
    (reference && !drafting.unlocked.contains(name)).then(|| {
        text!(
            "图层“{name}”是参考数据，已锁定；确需编辑请先按名称解锁。"
                | "The layer “{name}” is reference data and locked; unlock it by name to edit it."
        )
    })
}

/// A draft as the page is told of it.
pub(super) fn draft(info: &DraftInfo) -> Draft {
    Draft {
        id: info.id,
        layer: info.layer.clone(),
        name: info.name.clone(),
        author: info.author.clone(),
        base_revision: info.base_revision,
        overtaken: info.overtaken,
        started: info.started.to_string(),
        position: info.position,
        edits: info.edits,
    }
}
