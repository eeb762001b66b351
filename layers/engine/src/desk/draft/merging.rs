//! Another draft of the same layer brought into the one being edited: three ways, from the revision both
//! know. What only the other changed comes over; what both changed otherwise is asked for one by one.

use super::super::Desk;
use super::super::places::place_of;
use super::super::wire::*;
use super::{Editing, Logged, changing, drafting, listing, shown, state};
use crate::EngineError;
use crate::progress::Progress;
use redline_coverage::Transfer;
use redline_coverage::merge::{Conflict, Given, Merger, Taken, merger};
use redline_geometry::Shape;
use redline_wording::{Text, text};
use redline_workspace::{DraftInfo, composed};
use redline_zoning::ZoneFacts;
use std::collections::BTreeSet;

/// What bringing another draft in would do.
pub(in super::super) fn plan(desk: &Desk, asked: DraftAsked, _: &dyn Progress) -> Result<MergePlan, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let (other, merger) = held_against(editing, asked.id)?;
    let city = &editing.city;
    let given: Vec<Transfer> = merger
        .taken
        .iter()
        .filter_map(|taken| match taken {
            Taken::Ground(given) => Some(Transfer {
                from: given.from.clone(),
                to: given.to.clone(),
                still: None,
                shape: given.shape.clone(),
                area: given.area,
            }),
            Taken::Facts { .. } => None,
        })
        .collect();
    let facts = merger.taken.iter().filter_map(|taken| match taken {
        Taken::Facts { zone, .. } => Some(zone.clone()),
        Taken::Ground(_) => None,
    });
    Ok(MergePlan {
        with: listing::draft(&other),
        taken: shown::moved(city, &editing.layer, &given),
        facts: facts.collect(),
        conflicts: merger.conflicts.iter().map(|conflict| view(editing, conflict)).collect(),
    })
}

/// Brings another draft in, as one edit that can be taken back.
pub(in super::super) fn merge(desk: &Desk, asked: MergeDraft, _: &dyn Progress) -> Result<DraftState, EngineError> {
    let mut drafting = drafting(desk);
    let editing = drafting.editing()?;
    let (other, merger) = held_against(editing, asked.id)?;
    let there: BTreeSet<String> = merger.conflicts.iter().map(key).collect();
    let seen: BTreeSet<String> = asked.decided.iter().map(|d| d.key.clone()).collect();
    if there != seen {
        return Err(EngineError::new(
            "merge-overtaken",
            text!(
                "两份草案的冲突与列出时不同；没有合并。请重新查看冲突后再合并。"
                    | "The conflicts of the two drafts are not those that were listed; nothing was merged. Look at them again."
            ),
        ));
    }
    let theirs: BTreeSet<&str> = asked.decided.iter().filter(|d| d.theirs).map(|d| d.key.as_str()).collect();
    let decided = merger.conflicts.iter().enumerate().filter(|(_, c)| theirs.contains(key(c).as_str()));
    let change = editing
        .coverage
        .merged(&merger, &decided.map(|(n, _)| n).collect())
        .map_err(|r| EngineError::new(r.code, r.text))?;
    if change.zones.is_empty() {
        let name = other.name;
        return Err(EngineError::new(
            "nothing-to-merge",
            text!("草案“{name}”没有需要并入的改动。" | "The draft “{name}” has no change that is not here already."),
        ));
    }
    let logged = Logged { merged: Some(other.name), ..Logged::default() };
    changing::write(editing, "merge-draft", logged, change, (desk.clock)().timestamp())?;
    state::of(desk, editing)
}

/// This draft and another held against each other, from the revision both know.
fn held_against(editing: &Editing, id: u64) -> Result<(DraftInfo, Merger), EngineError> {
    let workspace = &editing.workspace;
    let (own, other) = (workspace.draft(editing.id)?, workspace.draft(id)?);
    let name = &other.name;
    if own.id == other.id || own.layer != other.layer || other.confirmed.is_some() {
        return Err(EngineError::new(
            "not-to-be-merged",
            text!(
                "草案“{name}”不能并入：只能并入同一图层的另一份未确认的草案。"
                    | "The draft “{name}” cannot be brought in: only another open draft of the same layer can."
            ),
        ));
    }
    let common = own.base_revision.min(other.base_revision);
    let since = |draft: &DraftInfo| -> Result<Vec<_>, EngineError> {
        let earlier = workspace.changed_between(&draft.layer, common, draft.base_revision)?;
        Ok(composed(earlier, workspace.draft_changes(draft.id)?))
    };
    let found = merger(&since(&own)?, &since(&other)?, &editing.city.grid(), editing.city.plane());
    Ok((other, found))
}

fn view(editing: &Editing, conflict: &Conflict) -> MergeConflict {
    let city = &editing.city;
    let zone = |facts: Option<&ZoneFacts>| facts.map(|facts| shown::zone(&editing.layer, facts));
    let first = |shape: &Shape| shape.0.first().and_then(|p| p.exterior().0.first()).map(|at| place_of(city, *at));
    match conflict {
        Conflict::Ground { mine, theirs } => MergeConflict {
            key: key(conflict),
            was: zone(theirs.from.as_ref()),
            mine: zone(mine.as_ref()),
            theirs: zone(theirs.to.as_ref()),
            facts: false,
            area: Some(theirs.area),
            at: first(&theirs.shape),
            geometry: Some(shown::geometry(city, &theirs.shape)),
        },
        Conflict::Facts { mine, theirs, shape, .. } => MergeConflict {
            key: key(conflict),
            was: Some(Text::same(&theirs.id)),
            mine: zone(mine.as_ref()),
            theirs: zone(Some(theirs)),
            facts: true,
            area: None,
            at: first(shape),
            geometry: Some(shown::geometry(city, shape)),
        },
    }
}

/// What tells a conflict from others of the same two drafts.
fn key(conflict: &Conflict) -> String {
    let id = |facts: &Option<ZoneFacts>| facts.as_ref().map_or("", |f| f.id.as_str()).to_owned();
    match conflict {
        Conflict::Ground { mine, theirs: Given { to, shape, area, .. } } => {
            let at = shape.0.first().and_then(|p| p.exterior().0.first()).copied().unwrap_or_default();
            format!("ground/{}/{}/{}/{}/{}", at.x, at.y, area.planar_m2, id(mine), id(to))
        }
        Conflict::Facts { theirs, .. } => format!("facts/{}", theirs.id),
    }
}
