//! Editing a draft: its zones are held as one coverage, read once from the workspace. Every edit is
//! written to the draft's log first and taken over in memory after, so that memory never knows more
//! than the disk.

mod sentence;
mod shown;

pub(super) mod changing;
pub(super) mod comparing;
pub(super) mod impact;
pub(super) mod ledger;
pub(super) mod listing;
pub(super) mod looking;
pub(super) mod mending;
pub(super) mod merging;
pub(super) mod relating;
pub(super) mod snapping;
pub(super) mod state;
pub(super) mod tiles;
pub(super) mod tracing;
pub(super) mod versioning;

use super::Desk;
use super::opening::City;
use crate::EngineError;
use redline_coverage::defects::Defect;
use redline_coverage::{Coverage, Point, Transfer};
use redline_wording::{Text, text};
use redline_workspace::{LayerInfo, Workspace};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, MutexGuard, PoisonError};

/// What a desk drafts.
#[derive(Default)]
pub(super) struct Drafting {
    editing: Option<Editing>,
    /// Reference layers unlocked by name.
    unlocked: BTreeSet<String>,
}

/// The draft being edited. Holds the workspace's editor lock.
struct Editing {
    city: Arc<City>,
    workspace: Workspace,
    id: u64,
    layer: LayerInfo,
    coverage: Coverage,
    aims: ledger::Aims,
    /// The defects as last listed, while nothing was edited since.
    defects: Option<Vec<Defect>>,
    /// What this session's edits moved and noted, by place in the log.
    told: BTreeMap<u64, Told>,
}

/// What an edit moved, and what a person should know of it.
struct Told {
    transfers: Vec<Transfer>,
    notes: Vec<Text>,
}

/// An edit as the draft's log keeps it: with the vertices it put into boundaries, which the
/// zones alone do not tell.
#[derive(Default, Serialize, Deserialize)]
struct Logged {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edit: Option<redline_coverage::Edit>,
    /// The draft that was brought in, where that is what was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merged: Option<String>,
    #[serde(default)]
    nodes_added: Vec<[f64; 2]>,
    #[serde(default)]
    nodes_removed: Vec<[f64; 2]>,
}

impl Editing {
    fn begin(city: &Arc<City>, workspace: Workspace, id: u64) -> Result<Editing, EngineError> {
        let draft = workspace.draft(id)?;
        if let Some(revision) = draft.confirmed {
            let name = draft.name;
            return Err(EngineError::new(
                "draft-closed",
                text!(
                    "草案“{name}”已确认为版本 {revision}，不能再编辑；请另建草案。"
                        | "The draft “{name}” was confirmed as revision {revision} and cannot be edited any more; start another."
                ),
            ));
        }
        let layer = workspace.layer_at(&draft.layer, draft.base_revision)?;
        let coverage = read(city, &workspace, id)?;
        let aims = ledger::Aims::of(&workspace, &layer)?;
        Ok(Editing { city: city.clone(), workspace, id, layer, coverage, aims, defects: None, told: BTreeMap::new() })
    }

    /// Reads the zones anew.
    fn reload(&mut self) -> Result<(), EngineError> {
        self.coverage = read(&self.city, &self.workspace, self.id)?;
        Ok(())
    }
}

/// The zones of a draft as they stand on the disk.
fn read(city: &City, workspace: &Workspace, id: u64) -> Result<Coverage, EngineError> {
    let mut zones = Vec::new();
    workspace.draft_zones(id, |zone| {
        zones.push(zone);
        Ok(())
    })?;
    let mut coverage = Coverage::new(zones, city.grid(), *city.plane());
    for entry in workspace.edits(id)?.into_iter().filter(|entry| !entry.undone) {
        // a log written by another program's edits has no vertices to remember
        let Ok(logged) = serde_json::from_value::<Logged>(entry.command) else { continue };
        coverage.forget_nodes(points(&logged.nodes_removed));
        coverage.remember_nodes(points(&logged.nodes_added));
    }
    Ok(coverage)
}

fn points(places: &[[f64; 2]]) -> Vec<Point> {
    places.iter().map(|&[x, y]| Point { x, y }).collect()
}

/// What the desk drafts; held while a command works.
fn drafting(desk: &Desk) -> MutexGuard<'_, Drafting> {
    // memory is taken over after the disk: what a panic left is read anew by opening the draft
    desk.drafting.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drafting {
    /// The draft being edited.
    ///
    /// # Errors
    /// `no-draft`.
    fn editing(&mut self) -> Result<&mut Editing, EngineError> {
        self.editing.as_mut().ok_or_else(|| {
            EngineError::new(
                "no-draft",
                text!(
                    "没有正在编辑的草案；请先新建或打开一个。" | "No draft is being edited; start or open one first."
                ),
            )
        })
    }

    /// Ends editing and gives the workspace's lock back; nothing of the draft is drawn any more.
    fn end(&mut self, desk: &Desk) -> Result<(), EngineError> {
        tiles::clear(desk);
        self.editing.take().map_or(Ok(()), |editing| editing.workspace.close()).map_err(EngineError::from)
    }
}

/// Lets go of the draft being edited, and of the layers unlocked: its edits are on the disk.
pub(super) fn let_go(desk: &Desk) {
    let mut drafting = drafting(desk);
    *drafting = Drafting::default();
    tiles::clear(desk);
}
