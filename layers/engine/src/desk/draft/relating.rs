//! What an edit does to the relation of the red line and the control line: the red line lies within
//! tier 1. The founding plan does not say that it must, so ground that breaks it is noted and the edit
//! is made; where the workspace states the relation as binding, the edit is refused.

use super::super::Desk;
use super::super::wire::{Nothing, Relation};
use super::looking::rings;
use super::{Editing, drafting};
use crate::EngineError;
use crate::progress::Progress;
use redline_coverage::{Point, Transfer};
use redline_geometry::{Shape, overlay};
use redline_wording::{Text, text};
use redline_workspace::Workspace;
use redline_zoning::{LayerRole, Zone, ZoneFacts};

/// Less than this is rounding of the overlay grid, m².
const NOISE_M2: f64 = 1e-4;

/// The workspace's setting, and its value where the relation binds.
const KEY: &str = "red-line-within-tier-1";
const BINDING: &str = "binding";

fn binds(workspace: &Workspace) -> bool {
    workspace.settings().more.get(KEY).is_some_and(|value| value == BINDING)
}

/// How the two lines lie to one another, as the workspace states it.
pub(in super::super) fn relation(desk: &Desk, _: Nothing, _: &dyn Progress) -> Result<Relation, EngineError> {
    Ok(Relation { binding: binds(&Workspace::open(desk.city()?.path())?) })
}

/// States it.
pub(in super::super) fn set_relation(desk: &Desk, asked: Relation, _: &dyn Progress) -> Result<Relation, EngineError> {
    let put = |workspace: &mut Workspace| {
        let mut settings = workspace.settings().clone();
        match asked.binding {
            true => settings.more.insert(KEY.to_owned(), BINDING.to_owned()),
            false => settings.more.remove(KEY),
        };
        workspace.set_settings(&settings)
    };
    let mut drafting = drafting(desk);
    let city = desk.city()?;
    match &mut drafting.editing {
        Some(editing) => put(&mut editing.workspace)?,
        None => {
            let mut workspace = Workspace::open_for_drafting(city.path())?;
            put(&mut workspace)?;
            workspace.close()?;
        }
    }
    Ok(asked)
}

/// What ground that changes hands does to the relation.
pub(super) enum Related {
    /// Nothing, or nothing that can be told: the other layer is not there.
    Kept,
    /// It breaks the relation, which is only noted.
    Noted(Text),
    /// It breaks the relation, which binds; and where.
    Broken(Text, Point),
}

impl Related {
    /// What a person should know, where the edit may be made.
    pub fn notes(self) -> Result<Vec<Text>, EngineError> {
        match self {
            Related::Kept => Ok(Vec::new()),
            Related::Noted(note) => Ok(vec![note]),
            Related::Broken(words, _) => Err(EngineError::new(REFUSED, words)),
        }
    }
}

/// The code of a refusal for the relation's sake.
pub(super) const REFUSED: &str = "edit-leaves-tier-1";

/// What ground that changes hands does to the relation.
pub(super) fn of(editing: &Editing, transfers: &[Transfer]) -> Result<Related, EngineError> {
    let tier_1 = |facts: &Option<ZoneFacts>| facts.as_ref().is_some_and(|f| f.tier.as_deref() == Some("1"));
    let (other, ground): (LayerRole, Vec<&Shape>) = match editing.layer.role {
        // what becomes red line
        LayerRole::RedLine => {
            let new = transfers.iter().filter(|t| t.from.is_none() && t.to.is_some());
            (LayerRole::ControlLine, new.map(|t| &t.shape).collect())
        }
        // what tier 1 gives away
        LayerRole::ControlLine => {
            let gone = transfers.iter().filter(|t| tier_1(&t.from) && !tier_1(&t.to));
            (LayerRole::RedLine, gone.map(|t| &t.shape).collect())
        }
        _ => return Ok(Related::Kept),
    };
    let grid = editing.city.grid();
    let ground = overlay::union(&ground, &grid);
    let points = || rings(&ground).flat_map(|ring| &ring.0);
    let Some(first) = points().next() else { return Ok(Related::Kept) };
    let bounds = points().fold([first.x, first.y, first.x, first.y], |b, c| {
        [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)]
    });
    let mut found: Vec<Zone> = Vec::new();
    let mut there = false;
    for layer in editing.workspace.layers()?.iter().filter(|l| l.role == other) {
        there = true;
        found.extend(editing.workspace.zones_in(layer, bounds)?);
    }
    if !there {
        return Ok(Related::Kept);
    }
    let red = editing.layer.role == LayerRole::RedLine;
    let shapes: Vec<&Shape> =
        found.iter().filter(|z| !red || z.facts.tier.as_deref() == Some("1")).map(|z| &z.shape).collect();
    let others = overlay::union(&shapes, &grid);
    let broken =
        if red { overlay::difference(&ground, &others, &grid) } else { overlay::intersection(&ground, &others, &grid) };
    let area = editing.city.plane().area(&broken);
    let place = rings(&broken).flat_map(|ring| &ring.0).next();
    let Some(at) = place.filter(|_| area.planar_m2 > NOISE_M2) else { return Ok(Related::Kept) };
    let (m2, north, east) = (area.ellipsoidal_m2, at.y, at.x);
    if binds(&editing.workspace) {
        let words = text!(
            "有 {m2:.2} m²（椭球）生态保护红线会不再位于生态控制线一级管制区内，在 N {north:.2} E {east:.2} 附近；本工作空间规定红线须在一级管制区内。请改画，或先取消这条规定。"
                | "{m2:.2} m² (ellipsoidal) of the red line would no longer lie in tier 1 of the control line, near N {north:.2} E {east:.2}; this workspace states that it must. Draw it otherwise, or lift that statement first."
        );
        return Ok(Related::Broken(words, Point { x: at.x, y: at.y }));
    }
    Ok(Related::Noted(text!(
        "有 {m2:.2} m²（椭球）生态保护红线不再位于生态控制线一级管制区内，在 N {north:.2} E {east:.2} 附近；请核对两条线的关系。"
            | "{m2:.2} m² (ellipsoidal) of the red line would no longer lie in tier 1 of the control line, near N {north:.2} E {east:.2}; check how the two lines relate."
    )))
}
